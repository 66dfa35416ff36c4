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

/* What the children have said, together. */
typedef struct
{
  guint n_pending; /* children that have not told yet */
  guint n_servers;
  GPtrArray *sockets; /* owned: of SioRemoteSocket */
  GError *error;      /* nullable: of the first that failed */
} Sum;

static void
sum_free (gpointer data)
{
  Sum *sum = data;

  g_clear_pointer (&sum->sockets, g_ptr_array_unref);
  g_clear_error (&sum->error);
  g_free (sum);
}

static void
end_sum (GTask *task)
{
  Sum *sum = g_task_get_task_data (task);

  if (sum->error != NULL)
    g_task_return_error (task, g_steal_pointer (&sum->error));
  else if (g_task_get_source_tag (task) == sio_adapter_fetch_sockets_async)
    g_task_return_pointer (task, g_steal_pointer (&sum->sockets),
                           (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_int (task, sum->n_servers);
}

/* error: (nullable) (transfer full): of a child, which has told. */
static void
add_child (GTask *task, GError *error)
{
  Sum *sum = g_task_get_task_data (task);

  if (error != NULL && sum->error == NULL)
    sum->error = error;
  else
    g_clear_error (&error);
  if (--sum->n_pending == 0)
    end_sum (task);
}

static void
on_child_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sum *sum = g_task_get_task_data (task);
  GError *error = NULL;

  sum->n_servers += sio_adapter_server_count_finish (SIO_ADAPTER (source), result, &error);
  add_child (task, error);
}

static void
on_child_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sum *sum = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *sockets = sio_adapter_fetch_sockets_finish (SIO_ADAPTER (source), result, &error);

  if (sockets != NULL)
    g_ptr_array_extend_and_steal (sum->sockets, sockets);
  add_child (task, error);
}

/* tag: what it is a sum of. */
static GTask *
new_sum (SioAdapter *self,
         gpointer tag,
         guint n_children,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Sum *sum = g_new0 (Sum, 1);

  sum->n_pending = n_children;
  sum->n_servers = 1;
  sum->sockets = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_remote_socket_unref);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, sum, sum_free);
  if (n_children == 0)
    end_sum (task);
  return task;
}

static void
sio_parent_adapter_server_count_async (SioAdapter *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);
  g_autoptr (GTask) task = new_sum (self, sio_adapter_server_count_async, adapters->len, cancellable,
                                    callback, user_data);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_server_count_async (adapters->pdata[i], cancellable, on_child_counted,
                                    g_object_ref (task));
}

/* The reference refuses, since the list of its parent's own adapter is always empty. */
static void
sio_parent_adapter_fetch_sockets_async (SioAdapter *self,
                                        const SioSelection *to,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);
  g_autoptr (GTask) task = new_sum (self, sio_adapter_fetch_sockets_async, adapters->len, cancellable,
                                    callback, user_data);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_fetch_sockets_async (adapters->pdata[i], to, cancellable, on_child_fetched,
                                     g_object_ref (task));
}

/* Each child at the other servers. As with acks the parent counts as one that has nobody. */
static void
sio_parent_adapter_server_side_emit (SioAdapter *self,
                                     const char *event,
                                     SioArgs *args,
                                     guint timeout_ms,
                                     SioCollector *collector)
{
  g_autoptr (GPtrArray) adapters = get_adapters (self);

  for (guint i = 0; i < adapters->len; i++)
    sio_adapter_server_side_emit (adapters->pdata[i], event, args, timeout_ms, collector);
  if (collector != NULL)
    sio_collector_add_clients (collector, 0);
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
  adapter_class->server_side_emit = sio_parent_adapter_server_side_emit;
  adapter_class->fetch_sockets_async = sio_parent_adapter_fetch_sockets_async;
}

static void
sio_parent_adapter_init (SioParentAdapter *self)
{
}
