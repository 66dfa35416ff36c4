/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-socket-struct.h"

#include "engineio/eio-socket-private.h"
#include "socketio/sio-adapter-private.h"
#include "socketio/sio-args-private.h"

void
sio_socket_on_outgoing (SioSocket *self,
                        SioOutgoingFunc func,
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_clear_pointer (&self->outgoing, sio_outgoing_handler_free);
  if (func == NULL)
    return;
  self->outgoing = sio_outgoing_handler_new (func, user_data, destroy);
  if (self->state == SIO_SOCKET_DISCONNECTED)
    g_clear_pointer (&self->outgoing, sio_outgoing_handler_free);
}

/* Where an event may go now: NULL: nowhere. */
static EioSocket *
get_way_out (SioSocket *self, gboolean is_volatile)
{
  EioSocket *engine
      = self->state == SIO_SOCKET_CONNECTED ? sio_session_get_engine (self->session) : NULL;

  return engine != NULL && is_volatile && !eio_socket_is_writable (engine) ? NULL : engine;
}

/* Whether that many bytes may be queued, by the policy of the server; counts if not. */
static gboolean
has_place (SioSocket *self, gsize size)
{
  gboolean has = sio_session_has_place (self->session, size);

  self->n_dropped += has ? 0 : 1;
  return has;
}

static void
note_drop (SioSocket *self, SioOutgoing *outgoing)
{
  self->n_dropped++;
  if (self->comeback != NULL)
    sio_comeback_note_drop (self->comeback, sio_outgoing_get_position (outgoing));
}

gboolean
sio_socket_has_outgoing (SioSocket *self)
{
  return self->outgoing != NULL;
}

void
sio_socket_deliver (SioSocket *self,
                    SioOutgoing *outgoing,
                    const char *event,
                    SioArgs *args,
                    gboolean is_volatile)
{
  if (self->outgoing != NULL && get_way_out (self, is_volatile) != NULL)
    sio_outgoing_handler_call (self->outgoing, self, event, args);
  if (self->state == SIO_SOCKET_CONNECTED
      && !sio_session_deliver (self->session, outgoing, is_volatile))
    note_drop (self, outgoing);
}

/* The packet's text, NULL if it is to go nowhere. */
static GBytes *
encode (SioSocket *self, const char *event, SioArgs *args, int64_t id)
{
  g_autoptr (GBytes) text = NULL;

  if (self->outgoing != NULL)
    sio_outgoing_handler_call (self->outgoing, self, event, args);
  if (self->state != SIO_SOCKET_CONNECTED)
    return NULL;
  text = sio_packet_encode_event (sio_namespace_get_name (self->nsp), event, args, id);
  return has_place (self, g_bytes_get_size (text) + sio_args_get_attachments_size (args))
             ? g_steal_pointer (&text) : NULL;
}

static void
emit (SioSocket *self, const char *event, SioArgs *args)
{
  g_autoptr (SioSession) session = sio_session_ref (self->session);
  g_autoptr (SioSocket) alive = g_object_ref (self);
  GBytes *text = encode (self, event, args, -1);

  if (text != NULL)
    sio_session_send_event (session, text, args, !self->is_uncompressed);
}

void
sio_socket_emit (SioSocket *self, const char *event, SioArgs *args)
{
  /* To be remembered. */
  const char *const rooms[] = { self->id, NULL };
  SioSelection to = { .rooms = rooms, .is_local = TRUE };

  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  if (self->state != SIO_SOCKET_CONNECTED)
    return;
  to.is_uncompressed = self->is_uncompressed;
  if (self->comeback != NULL)
    sio_adapter_broadcast (sio_socket_get_adapter (self), &to, event, args);
  else
    emit (self, event, args);
}

void
sio_socket_send (SioSocket *self, SioArgs *args)
{
  sio_socket_emit (self, "message", args);
}

void
sio_socket_emit_volatile (SioSocket *self, const char *event, SioArgs *args)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  if (get_way_out (self, TRUE) != NULL)
    emit (self, event, args);
}

void
sio_socket_set_compress (SioSocket *self, gboolean compress)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  self->is_uncompressed = !compress;
}

static SioPendingAcks *
ensure_acks (SioSocket *self)
{
  if (self->acks == NULL)
    self->acks = sio_pending_acks_new (sio_namespace_get_timers (self->nsp));
  return self->acks;
}

void
sio_socket_expect (SioSocket *self, uint64_t id, guint timeout_ms, SioCollector *collector)
{
  if (self->state == SIO_SOCKET_CONNECTED)
    sio_pending_acks_collect (ensure_acks (self), id, collector, timeout_ms);
  else
    sio_collector_add_missing (collector);
}

void
sio_socket_emit_with_ack_async (SioSocket *self,
                                const char *event,
                                SioArgs *args,
                                guint timeout_ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (SioSocket) alive = NULL;
  g_autoptr (SioSession) session = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) text = NULL;
  uint64_t id;

  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  g_return_if_fail (timeout_ms > 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_socket_emit_with_ack_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  alive = g_object_ref (self);
  session = self->session != NULL ? sio_session_ref (self->session) : NULL;
  id = sio_adapter_next_ack_id (sio_socket_get_adapter (self));
  if (self->state == SIO_SOCKET_CONNECTED)
    text = encode (self, event, args, id);
  if (self->state != SIO_SOCKET_CONNECTED)
    g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_DISCONNECTED,
                             "socket has been disconnected");
  else if (text == NULL)
    g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_LIMIT, "too much is queued for the socket");
  if (text == NULL)
    return;
  sio_pending_acks_add (ensure_acks (self), id, g_steal_pointer (&task), timeout_ms);
  sio_session_send_event (session, g_steal_pointer (&text), args, !self->is_uncompressed);
}

SioArgs *
sio_socket_emit_with_ack_finish (SioSocket *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
