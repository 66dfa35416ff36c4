/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-broadcast-private.h"

#include "socketio/sio-gather.h"
#include "socketio/sio-packet.h"

#define DEFAULT_TIMEOUT_MS 5000

struct _SioBroadcast
{
  gatomicrefcount ref_count;
  SioAdapter *adapter; /* owned */
  GPtrArray *rooms;    /* NULL-terminated; NULL: everybody */
  GPtrArray *except;   /* NULL-terminated, nullable */
  EioTimers *timers;   /* owned */
  SioSelection how;    /* without the rooms */
};

G_DEFINE_BOXED_TYPE (SioBroadcast, sio_broadcast, sio_broadcast_ref, sio_broadcast_unref)

SioBroadcast *
sio_broadcast_new (SioAdapter *adapter, EioTimers *timers)
{
  SioBroadcast *self = g_new0 (SioBroadcast, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->adapter = g_object_ref (adapter);
  self->timers = eio_timers_ref (timers);
  self->how.timeout_ms = DEFAULT_TIMEOUT_MS;
  return self;
}

SioBroadcast *
sio_broadcast_ref (SioBroadcast *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_broadcast_unref (SioBroadcast *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  g_clear_pointer (&self->except, g_ptr_array_unref);
  eio_timers_unref (self->timers);
  g_object_unref (self->adapter);
  g_free (self);
}

static void
append (GPtrArray **strings, const char *string)
{
  if (*strings == NULL)
    *strings = g_ptr_array_new_with_free_func (g_free);
  else
    g_ptr_array_set_size (*strings, (*strings)->len - 1);
  g_ptr_array_add (*strings, g_strdup (string));
  g_ptr_array_add (*strings, NULL);
}

void
sio_broadcast_to (SioBroadcast *self, const char *room)
{
  g_return_if_fail (self != NULL && room != NULL);
  append (&self->rooms, room);
}

void
sio_broadcast_in (SioBroadcast *self, const char *room)
{
  sio_broadcast_to (self, room);
}

void
sio_broadcast_except (SioBroadcast *self, const char *room)
{
  g_return_if_fail (self != NULL && room != NULL);
  append (&self->except, room);
}

void
sio_broadcast_set_volatile (SioBroadcast *self, gboolean is_volatile)
{
  g_return_if_fail (self != NULL);
  self->how.is_volatile = is_volatile;
}

void
sio_broadcast_set_local (SioBroadcast *self, gboolean is_local)
{
  g_return_if_fail (self != NULL);
  self->how.is_local = is_local;
}

void
sio_broadcast_set_compress (SioBroadcast *self, gboolean compress)
{
  g_return_if_fail (self != NULL);
  self->how.is_uncompressed = !compress;
}

void
sio_broadcast_set_timeout (SioBroadcast *self, guint timeout_ms)
{
  g_return_if_fail (self != NULL && timeout_ms > 0);
  self->how.timeout_ms = timeout_ms;
}

/* Valid until the next change. */
static SioSelection
get_selection (SioBroadcast *self)
{
  SioSelection to = self->how;

  to.rooms = self->rooms != NULL ? (const char *const *)self->rooms->pdata : NULL;
  to.except = self->except != NULL ? (const char *const *)self->except->pdata : NULL;
  return to;
}

void
sio_broadcast_emit (SioBroadcast *self, const char *event, SioArgs *args)
{
  SioSelection to;

  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  to = get_selection (self);
  to.timeout_ms = 0;
  sio_adapter_broadcast (self->adapter, &to, event, args);
}

/* Answers */

static void
on_server_count (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioGather) gather = user_data;
  g_autoptr (GError) error = NULL;
  guint n_servers = sio_adapter_server_count_finish (SIO_ADAPTER (source), result, &error);

  if (error != NULL)
    sio_gather_fail (gather, g_steal_pointer (&error));
  else
    sio_gather_set_n_servers (gather, n_servers);
}

void
sio_broadcast_ask (SioBroadcast *self, const char *event, SioArgs *args, GTask *task)
{
  g_autoptr (SioBroadcast) alive = NULL;
  g_autoptr (SioGather) gather = NULL;
  g_autoptr (SioCollector) collector = NULL;
  SioSelection to;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  alive = sio_broadcast_ref (self);
  to = get_selection (self);
  gather = sio_gather_new (task, self->timers, to.timeout_ms);
  collector = sio_gather_new_collector (gather);
  sio_adapter_broadcast_with_ack (self->adapter, &to, event, args, collector);
  if (to.is_local)
    sio_gather_set_n_servers (gather, 1);
  else
    sio_adapter_server_count_async (self->adapter, NULL, on_server_count,
                                    g_steal_pointer (&gather));
}

void
sio_broadcast_emit_with_ack_async (SioBroadcast *self,
                                   const char *event,
                                   SioArgs *args,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_broadcast_emit_with_ack_async);
  sio_broadcast_ask (self, event, args, task);
}

gboolean
sio_broadcast_emit_with_ack_finish (GAsyncResult *result, GPtrArray **responses, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sio_broadcast_emit_with_ack_async),
                        FALSE);
  return sio_gather_propagate (G_TASK (result), responses, error);
}

/* The sockets themselves */

void
sio_broadcast_fetch_sockets_async (SioBroadcast *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  SioSelection to;

  g_return_if_fail (self != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  to = get_selection (self);
  sio_adapter_fetch_sockets_async (self->adapter, &to, cancellable, callback, user_data);
}

GPtrArray *
sio_broadcast_fetch_sockets_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GObject) source = NULL;

  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  source = g_async_result_get_source_object (result);
  g_return_val_if_fail (SIO_IS_ADAPTER (source), NULL);
  return sio_adapter_fetch_sockets_finish (SIO_ADAPTER (source), result, error);
}

void
sio_broadcast_sockets_join (SioBroadcast *self, const char *room)
{
  const char *const rooms[] = { room, NULL };
  SioSelection to;

  g_return_if_fail (self != NULL && room != NULL);
  to = get_selection (self);
  sio_adapter_add_sockets (self->adapter, &to, rooms);
}

void
sio_broadcast_sockets_leave (SioBroadcast *self, const char *room)
{
  const char *const rooms[] = { room, NULL };
  SioSelection to;

  g_return_if_fail (self != NULL && room != NULL);
  to = get_selection (self);
  sio_adapter_del_sockets (self->adapter, &to, rooms);
}

void
sio_broadcast_disconnect_sockets (SioBroadcast *self, gboolean close_connection)
{
  SioSelection to;

  g_return_if_fail (self != NULL);
  to = get_selection (self);
  sio_adapter_disconnect_sockets (self->adapter, &to, close_connection);
}
