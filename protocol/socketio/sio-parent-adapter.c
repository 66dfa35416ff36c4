/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-parent-adapter.h"

#include "socketio/sio-namespace-private.h"

struct _SioParentAdapter
{
  SioAdapter parent_instance;
};

G_DEFINE_FINAL_TYPE (SioParentAdapter, sio_parent_adapter, SIO_TYPE_ADAPTER)

/* (element-type SioAdapter): the children may change while they are gone through. */
static GPtrArray *
get_adapters (SioAdapter *self)
{
  SioNamespace *nsp = sio_adapter_get_namespace (self);

  return nsp != NULL ? sio_namespace_get_child_adapters (nsp)
                     : g_ptr_array_new_with_free_func (g_object_unref);
}

static void
sio_parent_adapter_broadcast (SioAdapter *self,
                              const SioSelection *to,
                              const char *event,
                              SioArgs *args)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_broadcast (adapters->pdata[i], to, event, args);
}

static void
sio_parent_adapter_add_sockets (SioAdapter *self,
                                const SioSelection *to,
                                const char *const *rooms)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_add_sockets (adapters->pdata[i], to, rooms);
}

static void
sio_parent_adapter_del_sockets (SioAdapter *self,
                                const SioSelection *to,
                                const char *const *rooms)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_del_sockets (adapters->pdata[i], to, rooms);
}

static void
sio_parent_adapter_disconnect_sockets (SioAdapter *self, const SioSelection *to, gboolean close)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_disconnect_sockets (adapters->pdata[i], to, close);
}

/* The parent counts as a server that has nobody: so there is an answer when there are no children. */
static void
sio_parent_adapter_broadcast_with_ack (SioAdapter *self,
                                       const SioSelection *to,
                                       const char *event,
                                       SioArgs *args,
                                       SioCollector *collector)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_broadcast_with_ack (adapters->pdata[i], to, event, args, collector);
  sio_collector_add_clients (collector, 0);
}

/* How many servers the children have counted together. */
typedef struct
{
  guint n_pending; /* children that have not told yet */
  guint n_servers;
  GError *error; /* nullable: of the first that failed */
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_clear_error (&count->error);
  g_free (count);
}

static void
end_count (GTask *task)
{
  Count *count = g_task_get_task_data (task);

  if (count->error != NULL)
    g_task_return_error (task, g_steal_pointer (&count->error));
  else
    g_task_return_int (task, count->n_servers);
}

static void
on_child_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Count *count = g_task_get_task_data (task);

  count->n_servers += sio_adapter_server_count_finish (SIO_ADAPTER (source), result, &error);
  if (error != NULL && count->error == NULL)
    count->error = g_steal_pointer (&error);
  if (--count->n_pending == 0)
    end_count (task);
}

static void
sio_parent_adapter_server_count_async (SioAdapter *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) adapters = get_adapters (self);
  Count *count = g_new0 (Count, 1);

  count->n_pending = adapters->len;
  count->n_servers = 1;
  g_task_set_task_data (task, count, count_free);
  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_server_count_async (adapters->pdata[i], cancellable, on_child_counted,
                                    g_object_ref (task));
  if (adapters->len == 0)
    end_count (task);
}

/* As with the reference: an empty list would look like an answer. */
static void
sio_parent_adapter_fetch_sockets_async (SioAdapter *self,
                                        const SioSelection *to,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, sio_parent_adapter_fetch_sockets_async,
                           G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "A parent namespace has no sockets of its own");
}

static void
sio_parent_adapter_class_init (SioParentAdapterClass *klass)
{
  SioAdapterClass *adapter_class = SIO_ADAPTER_CLASS (klass);

  adapter_class->broadcast = sio_parent_adapter_broadcast;
  adapter_class->broadcast_with_ack = sio_parent_adapter_broadcast_with_ack;
  adapter_class->server_count_async = sio_parent_adapter_server_count_async;
  adapter_class->add_sockets = sio_parent_adapter_add_sockets;
  adapter_class->del_sockets = sio_parent_adapter_del_sockets;
  adapter_class->disconnect_sockets = sio_parent_adapter_disconnect_sockets;
  adapter_class->fetch_sockets_async = sio_parent_adapter_fetch_sockets_async;
}

static void
sio_parent_adapter_init (SioParentAdapter *self)
{
}
