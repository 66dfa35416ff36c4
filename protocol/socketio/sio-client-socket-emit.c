/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every event goes through the send buffer, so that what was emitted while disconnected always
 * leaves before what was emitted later, whatever the handlers do in between. With `retries` events
 * stand in a queue before it, of which one at a time is in the buffer or on its way. */
#include "socketio/sio-client-socket-private.h"

#include "socketio/sio-args-private.h"

static gboolean
is_connected (SioClientSocket *self)
{
  return self->state == SIO_CLIENT_SOCKET_CONNECTED;
}

static void
on_ack_gone (uint64_t id, gpointer user_data)
{
  SioClientSocket *self = user_data;

  sio_client_buffer_drop_ack (&self->outgoing, id);
}

/* In the context of whoever waits for the first one. */
static SioPendingAcks *
ensure_acks (SioClientSocket *self)
{
  if (self->acks == NULL)
    {
      g_autoptr (EioTimers) timers = eio_timers_new ();

      self->acks = sio_pending_acks_new (timers);
      sio_pending_acks_set_gone_func (self->acks, on_ack_gone, self);
    }
  return self->acks;
}

static GError *
new_limit_error (const char *message)
{
  return g_error_new_literal (SIO_ERROR, SIO_ERROR_LIMIT, message);
}

/* An event that was taken will not be sent. error: taken. */
static void
fail_event (SioClientSocket *self, const SioClientEvent *event, GError *error)
{
  if (event->ack_id >= 0)
    {
      sio_pending_acks_fail (self->acks, (uint64_t)event->ack_id, error);
      return;
    }
  g_warning ("A buffered event was dropped: %s", error->message);
  g_error_free (error);
}

static void
tell_outgoing (SioClientSocket *self, const SioClientEvent *event)
{
  g_autoptr (SioArgs) args = NULL;

  if (self->outgoing_listeners.list == NULL)
    return;
  args = event->args != NULL ? sio_args_ref (event->args) : sio_args_new ();
  sio_args_freeze (args);
  sio_listeners_tell (&self->outgoing_listeners, FALSE, self, event->name, args, NULL);
}

/* The only events that take no room are tries. */
static void
give (SioClientSocket *self, const SioClientEvent *event)
{
  uint64_t before = sio_client_get_given (self->client);

  sio_client_send_event (self->client, self, event);
  if (event->size == 0 && self->client != NULL)
    sio_client_retries_note_given (&self->queue, before, sio_client_get_given (self->client));
}

/* Listeners are told last: what they emit must not overtake this one. */
static void
send_event (SioClientSocket *self, const SioClientEvent *event)
{
  if (!sio_client_check_size (self->client, event->text, event->args))
    {
      fail_event (self, event, new_limit_error ("The event is larger than the server accepts"));
      return;
    }
  if (event->ack_id >= 0)
    sio_pending_acks_set_sent (self->acks, (uint64_t)event->ack_id);
  give (self, event);
  tell_outgoing (self, event);
}

static void
flush_buffer (SioClientSocket *self)
{
  while (is_connected (self) && !self->delivering && self->outgoing.events.length > 0)
    {
      g_autoptr (SioClientEvent) event = sio_client_buffer_pop (&self->outgoing);

      send_event (self, event);
    }
}

/* --- Limits ------------------------------------------------------------------------------------- */

gsize
sio_client_socket_get_buffered_amount (SioClientSocket *self)
{
  uint64_t given;
  gsize below;
  gsize tried;

  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);

  if (self->client == NULL)
    return 0;
  below = sio_client_get_engine_buffered_amount (self->client);
  /* What is tried waits for its answer, and it may wait below: that is one waiting. */
  given = sio_client_get_given (self->client);
  tried = sio_client_retries_get_below (&self->queue, given > below ? given - below : 0);
  return self->outgoing.size + self->queue.size + below - MIN (tried, below);
}

/* One event alone may be larger than the whole buffer while there is nothing to be buffered. */
static gboolean
has_room (SioClientSocket *self, gsize size)
{
  gsize buffered = sio_client_socket_get_buffered_amount (self);

  if (is_connected (self) && buffered == 0)
    return TRUE;
  return size <= self->send_buffer_limit && buffered <= self->send_buffer_limit - size;
}

/* What waits in the connection is older than what waits here. What a transport has taken is on its way, and
 * what is tried until it is answered is not given up for others. */
static gboolean
drop_oldest (SioClientSocket *self)
{
  g_autoptr (SioClientEvent) oldest = NULL;
  int64_t ack_id = -1;

  if (self->queue.trying || self->client == NULL
      || !sio_client_drop_oldest (self->client, self, &ack_id))
    {
      oldest = sio_client_buffer_pop_counted (&self->outgoing);
      if (oldest == NULL)
        return FALSE;
      ack_id = oldest->ack_id;
    }
  if (ack_id >= 0)
    sio_pending_acks_fail (self->acks, (uint64_t)ack_id,
                           new_limit_error ("Newer events have taken its place"));
  return TRUE;
}

static gboolean
make_room (SioClientSocket *self, gsize size)
{
  while (self->overflow == SIO_CLIENT_OVERFLOW_DROP_OLDEST && size <= self->send_buffer_limit
         && !has_room (self, size))
    if (!drop_oldest (self))
      return FALSE;
  return has_room (self, size);
}

/* Whether it may be sent at all, now or later; makes room for it. */
static gboolean
admit (SioClientSocket *self, const SioClientEvent *event, GError **error)
{
  if (self->client == NULL)
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_DISCONNECTED, "The client is gone");
      return FALSE;
    }
  if (!sio_client_check_size (self->client, event->text, event->args))
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_LIMIT,
                           "The event is larger than the server accepts");
      return FALSE;
    }
  if (!make_room (self, event->size))
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_LIMIT, "The send buffer is full");
      return FALSE;
    }
  return TRUE;
}

static void
check_held (SioClientSocket *self)
{
  if (sio_client_socket_get_buffered_amount (self) > 0)
    self->held = TRUE;
}

void
sio_client_socket_check_drained (SioClientSocket *self)
{
  if (!self->held || !is_connected (self) || sio_client_socket_get_buffered_amount (self) > 0)
    return;
  self->held = FALSE;
  sio_client_socket_emit_drained (self);
}

/* event: taken. */
static void
buffer_event (SioClientSocket *self, SioClientEvent *event)
{
  sio_client_buffer_push (&self->outgoing, event);
  flush_buffer (self);
  check_held (self);
}

static SioClientEvent *
new_event (SioClientSocket *self, const char *name, SioArgs *args, int64_t ack_id)
{
  SioClientEvent *event = sio_client_event_new (
      name, sio_packet_encode_event (self->nsp, name, args, ack_id), args, ack_id);

  event->plain = self->is_uncompressed;
  return event;
}

/* --- Retries ------------------------------------------------------------------------------------ */

static void drain_queue (SioClientSocket *self);

/* It has left the queue. answer: nullable, then error is taken. */
static void
settle (SioClientRetry *retry, SioArgs *answer, GError *error)
{
  g_autoptr (GError) owned = error;

  if (retry->task == NULL)
    return;
  if (answer != NULL)
    g_task_return_pointer (retry->task, sio_args_ref (answer), (GDestroyNotify)sio_args_unref);
  else
    g_task_return_error (retry->task, g_steal_pointer (&owned));
}

/* What the server would never take, and what nobody wants any more, is not tried again. */
static gboolean
may_help (const GError *error)
{
  return g_error_matches (error, SIO_ERROR, SIO_ERROR_TIMEOUT)
         || g_error_matches (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioClientSocket) self = g_object_ref (SIO_CLIENT_SOCKET (source));
  g_autoptr (SioClientRetry) retry = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) answer = g_task_propagate_pointer (G_TASK (result), &error);

  if (!retry->queued)
    return;
  if (answer != NULL || !may_help (error))
    sio_client_retries_remove (&self->queue, retry);
  else
    sio_client_retries_fail (&self->queue, retry, self->retries);
  if (!retry->queued)
    settle (retry, answer, g_steal_pointer (&error));
  drain_queue (self);
  sio_client_socket_check_drained (self);
}

/* Each try has a new ack id: an answer to the one before is too late. */
static void
try_once (SioClientSocket *self, SioClientRetry *retry)
{
  GCancellable *cancellable = retry->task != NULL ? g_task_get_cancellable (retry->task) : NULL;
  GTask *task = g_task_new (self, cancellable, on_tried, sio_client_retry_ref (retry));
  uint64_t id = self->next_ack_id++;
  SioClientEvent *event;

  g_task_set_source_tag (task, try_once);
  sio_pending_acks_add_unsent (ensure_acks (self), id, task, retry->timeout_ms);
  event = new_event (self, retry->event, retry->args, (int64_t)id);
  event->size = 0; /* the queue has it */
  event->plain = retry->plain;
  buffer_event (self, event);
}

static void
drain_queue (SioClientSocket *self)
{
  SioClientRetry *retry = is_connected (self) ? sio_client_retries_next (&self->queue) : NULL;

  if (retry != NULL)
    try_once (self, retry);
}

static gboolean
on_unwanted (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (SioClientRetry) retry = sio_client_retry_ref (user_data);
  g_autoptr (SioClientSocket) self = g_object_ref (g_task_get_source_object (retry->task));

  sio_client_retries_remove (&self->queue, retry);
  g_task_return_error_if_cancelled (retry->task);
  drain_queue (self);
  return G_SOURCE_REMOVE;
}

/* Who waits its turn does not wait for that to be cancelled. The source ends with the place in the
 * queue, which holds the retry. */
static void
watch_cancellable (SioClientRetry *retry)
{
  GCancellable *cancellable = retry->task != NULL ? g_task_get_cancellable (retry->task) : NULL;

  if (cancellable == NULL)
    return;
  retry->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_static_name (retry->cancelled, "SioClientSocket");
  g_source_set_callback (retry->cancelled, G_SOURCE_FUNC (on_unwanted), retry, NULL);
  g_source_attach (retry->cancelled, g_task_get_context (retry->task));
}

/* task: nullable, referenced. */
static gboolean
queue_retry (SioClientSocket *self,
             const char *name,
             SioArgs *args,
             guint timeout_ms,
             GTask *task,
             GError **error)
{
  g_autoptr (SioClientEvent) event = new_event (self, name, args, 0);
  SioClientRetry *retry;

  if (!admit (self, event, error))
    return FALSE;
  retry = sio_client_retry_new (name, args, timeout_ms, event->size, task);
  retry->plain = event->plain;
  sio_client_retries_push (&self->queue, retry);
  watch_cancellable (retry);
  check_held (self);
  drain_queue (self);
  return TRUE;
}

/* --- Emitting ----------------------------------------------------------------------------------- */

void
sio_client_socket_set_compress (SioClientSocket *self, gboolean compress)
{
  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));

  self->is_uncompressed = !compress;
}

static gboolean
queue_event (SioClientSocket *self, const char *name, SioArgs *args, int64_t ack_id, GError **error)
{
  g_autoptr (SioClientEvent) event = new_event (self, name, args, ack_id);

  if (!admit (self, event, error))
    return FALSE;
  buffer_event (self, g_steal_pointer (&event));
  return TRUE;
}

/* A connection that died while the computer slept is noticed here: the event is buffered then. */
static void
check_alive (SioClientSocket *self)
{
  if (is_connected (self))
    sio_client_check_alive (self->client);
}

gboolean
sio_client_socket_emit (SioClientSocket *self, const char *event, SioArgs *args)
{
  g_autoptr (SioClientSocket) owned = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken;

  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), FALSE);
  g_return_val_if_fail (event != NULL && !sio_packet_is_reserved_event (event), FALSE);

  owned = g_object_ref (self);
  check_alive (self);
  if (self->retries > 0)
    taken = queue_retry (self, event, args, self->ack_timeout, NULL, &error);
  else
    taken = queue_event (self, event, args, -1, &error);
  if (!taken)
    g_debug ("An event was not taken: %s", error->message);
  return taken;
}

gboolean
sio_client_socket_send (SioClientSocket *self, SioArgs *args)
{
  return sio_client_socket_emit (self, "message", args);
}

void
sio_client_socket_emit_volatile (SioClientSocket *self, const char *event, SioArgs *args)
{
  g_autoptr (SioClientSocket) owned = NULL;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));

  owned = g_object_ref (self);
  check_alive (self);
  if (is_connected (self) && self->outgoing.events.length == 0 && sio_client_is_writable (self->client))
    queue_event (self, event, args, -1, NULL);
}

static void
ask (SioClientSocket *self, const char *event, SioArgs *args, guint timeout_ms, GTask *task)
{
  g_autoptr (GError) error = NULL;
  uint64_t id;

  if (self->retries > 0)
    {
      if (!queue_retry (self, event, args, timeout_ms, task, &error))
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  id = self->next_ack_id++;
  sio_pending_acks_add_unsent (ensure_acks (self), id, g_object_ref (task), timeout_ms);
  if (!queue_event (self, event, args, (int64_t)id, &error))
    sio_pending_acks_fail (self->acks, id, g_steal_pointer (&error));
}

void
sio_client_socket_emit_with_ack_async (SioClientSocket *self,
                                       const char *event,
                                       SioArgs *args,
                                       guint timeout_ms,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_client_socket_emit_with_ack_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  check_alive (self);
  ask (self, event, args, timeout_ms > 0 ? timeout_ms : self->ack_timeout, task);
}

SioArgs *
sio_client_socket_emit_with_ack_finish (SioClientSocket *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Ends --------------------------------------------------------------------------------------- */

void
sio_client_socket_flush (SioClientSocket *self)
{
  flush_buffer (self);
  drain_queue (self);
  sio_client_socket_check_drained (self);
}

void
sio_client_socket_fail_sent (SioClientSocket *self)
{
  if (self->acks != NULL)
    sio_pending_acks_fail_sent (self->acks);
}

void
sio_client_socket_clear_outgoing (SioClientSocket *self)
{
  sio_client_buffer_clear (&self->outgoing);
}

void
sio_client_socket_fail_all (SioClientSocket *self)
{
  g_autoptr (GPtrArray) retries = sio_client_retries_take (&self->queue);

  sio_client_buffer_clear (&self->outgoing);
  if (self->acks != NULL)
    sio_pending_acks_fail_all (self->acks);
  for (guint i = 0; i < retries->len; i++)
    settle (retries->pdata[i], NULL,
            g_error_new_literal (SIO_ERROR, SIO_ERROR_DISCONNECTED, "socket has been disconnected"));
}
