/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-websocket.h"

#include "engineio/eio-ws-frame.h"

/* Patience with a peer that is to read our last words, and with one that has begun a message. */
#define CLOSE_MS 30000
#define MESSAGE_MS 20000
/* Protocol pings per second; ours go in Engine.IO packets, nobody needs many of these. */
#define MAX_PINGS 10

struct _EioWebsocket {
  /* what a broadcast looks at */
  EioPipe *pipe; /* owned, NULL once freed */
  EioOutbox outbox;
  guint gone : 1;
  guint progressed : 1;
  guint owes_drained : 1; /* written out of turn, not told yet */
  guint writing : 1;      /* waits for the pipe to be writable */
  guint uses_deflate : 1;
  GBytes *early;         /* owned, nullable: was read, and is for the next turn */
  const EioWebsocketFuncs *funcs;
  gpointer user_data;

  const EioWebsocketHouse *house; /* borrowed */
  EioWsDeframer *deframer;        /* owned */
  EioTimer message_timer;
  int64_t ping_second;
  guint n_pings;
};

static void
websocket_lose (EioWebsocket *self, EioCloseReason reason)
{
  if (self->gone)
    return;
  self->gone = TRUE;
  eio_pipe_set_interest (self->pipe, FALSE, FALSE);
  eio_timers_disarm (self->house->timers, &self->message_timer);
  self->funcs->gone (reason, self->user_data);
}

static void
push_close (EioWebsocket *self, guint16 code)
{
  guint8 frame[EIO_WS_CONTROL_FRAME];

  eio_outbox_push_copy (&self->outbox, frame, eio_ws_write_close (frame, code));
}

/* The peer broke RFC 6455: it is told the code, the owner the reason. */
static void
websocket_fail (EioWebsocket *self, guint16 code)
{
  if (self->gone)
    return;
  push_close (self, code);
  websocket_lose (self, EIO_CLOSE_REASON_TRANSPORT_ERROR);
}

static void
on_message_timeout (EioTimer *timer, gpointer user_data)
{
  websocket_fail (user_data, EIO_WS_CODE_POLICY);
}

static void
handle_ping (EioWebsocket *self, const EioWsMessage *message)
{
  int64_t second = g_get_monotonic_time () / G_USEC_PER_SEC;
  guint8 pong[EIO_WS_CONTROL_FRAME];

  if (second != self->ping_second)
    self->n_pings = 0;
  self->ping_second = second;
  if (++self->n_pings > MAX_PINGS)
    {
      websocket_fail (self, EIO_WS_CODE_POLICY);
      return;
    }
  eio_outbox_push_copy (&self->outbox, pong,
                        eio_ws_write_pong (pong, message->data, message->size));
  eio_pipe_mark (self->pipe);
}

static void
handle_close (EioWebsocket *self, const EioWsMessage *message)
{
  push_close (self, message->code);
  websocket_lose (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE);
}

static void
handle_message (EioWebsocket *self, const EioWsMessage *message)
{
  switch (message->opcode)
    {
    case EIO_WS_TEXT:
    case EIO_WS_BINARY:
      self->funcs->message (message->data, message->size, message->opcode == EIO_WS_BINARY,
                            self->user_data);
      break;
    case EIO_WS_PING:
      handle_ping (self, message);
      break;
    case EIO_WS_CLOSE:
      handle_close (self, message);
      break;
    default:
      break;
    }
}

/* A message that has begun must end in time. */
static void
update_message_timer (EioWebsocket *self)
{
  gboolean inside = eio_ws_deframer_is_inside (self->deframer);

  if (inside && !eio_timer_is_armed (&self->message_timer))
    eio_timers_arm (self->house->timers, &self->message_timer, MESSAGE_MS);
  else if (!inside)
    eio_timers_disarm (self->house->timers, &self->message_timer);
}

static void
websocket_clear (gpointer data)
{
  EioWebsocket *self = data;

  eio_ws_deframer_free (self->deframer);
  g_clear_pointer (&self->early, g_bytes_unref);
}

/* What a few bytes became counts as what was read: the rest of them waits for its turn. */
static void
put_off (EioWebsocket *self, const guint8 *at, const guint8 *end)
{
  if (at == end)
    return;
  self->early = g_bytes_new (at, end - at);
  eio_pipe_mark (self->pipe);
}

/* The owner may free the websocket while this runs. */
static void
websocket_take (EioWebsocket *self, guint8 *at, gsize size)
{
  guint8 *end = at + size;
  EioWsResult result = EIO_WS_NEED_MORE;
  gboolean completed = FALSE;
  gsize n_inflated = 0;

  g_rc_box_acquire (self);
  while (!self->gone && n_inflated < EIO_READ_BUDGET)
    {
      EioWsMessage message;

      result = eio_ws_deframer_next (self->deframer, &at, end, &message);
      if (result != EIO_WS_MESSAGE)
        break;
      completed = TRUE;
      n_inflated += message.inflated ? message.size : 0;
      handle_message (self, &message);
    }
  if (!self->gone && completed)
    eio_timers_disarm (self->house->timers, &self->message_timer);
  if (!self->gone && result == EIO_WS_ERROR)
    websocket_fail (self, eio_ws_deframer_get_code (self->deframer));
  if (!self->gone)
    {
      update_message_timer (self);
      put_off (self, at, end);
    }
  g_rc_box_release_full (self, websocket_clear);
}

static void
on_readable (gpointer user_data)
{
  EioWebsocket *self = user_data;
  guint8 *scratch = eio_reactor_get_scratch (self->house->reactor);
  gssize n;

  if (self->gone || self->early != NULL)
    return;
  n = eio_pipe_read (self->pipe, scratch, EIO_READ_BUDGET);
  if (n > 0)
    websocket_take (self, scratch, n);
  else if (n == 0)
    websocket_lose (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE);
  else if (n == EIO_PIPE_BROKEN)
    websocket_lose (self, EIO_CLOSE_REASON_TRANSPORT_ERROR);
}

static void
set_writing (EioWebsocket *self, gboolean writing)
{
  if (self->writing == writing)
    return;
  self->writing = writing;
  eio_pipe_set_interest (self->pipe, TRUE, writing);
}

static void
on_writable (gpointer user_data)
{
  EioWebsocket *self = user_data;
  gsize before = self->outbox.size;
  EioOutboxResult result;

  if (self->gone || (before == 0 && !self->owes_drained))
    return;
  self->owes_drained = FALSE;
  result = eio_outbox_write (&self->outbox, self->pipe);
  self->progressed = self->progressed || self->outbox.size < before;
  if (result == EIO_OUTBOX_BROKEN)
    {
      websocket_lose (self, EIO_CLOSE_REASON_TRANSPORT_ERROR);
      return;
    }
  set_writing (self, result == EIO_OUTBOX_BLOCKED);
  if (result == EIO_OUTBOX_EMPTY)
    self->funcs->drained (self->user_data);
}

/* The end of a loop turn. What came with the handshake is read in the turn after it, when the owner
 * is ready; and what was too much for one turn in the next. */
static void
on_flush (gpointer user_data)
{
  EioWebsocket *self = user_data;
  g_autoptr (GBytes) early = g_steal_pointer (&self->early);

  if (self->gone)
    return;
  g_rc_box_acquire (self);
  if (early != NULL)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (early, &size);
      g_autofree guint8 *copy = g_memdup2 (data, size);

      eio_pipe_mark (self->pipe);
      websocket_take (self, copy, size);
    }
  if (!self->gone && !self->writing)
    on_writable (self);
  g_rc_box_release_full (self, websocket_clear);
}

static const EioPipeFuncs pipe_funcs = { on_readable, on_writable, on_flush };

EioWebsocket *
eio_websocket_new (const EioWebsocketHouse *house, EioPipe *pipe, GBytes *early)
{
  EioWebsocket *self = g_rc_box_new0 (EioWebsocket);

  self->house = house;
  self->pipe = pipe;
  self->early = early != NULL ? g_bytes_ref (early) : NULL;
  self->progressed = TRUE;
  self->deframer = eio_ws_deframer_new (house->max_message);
  eio_timer_init (&self->message_timer, on_message_timeout, self);
  eio_pipe_set_funcs (pipe, &pipe_funcs, self);
  eio_pipe_set_interest (pipe, TRUE, FALSE);
  if (early != NULL)
    eio_pipe_mark (pipe);
  return self;
}

void
eio_websocket_use_deflate (EioWebsocket *self)
{
  self->uses_deflate = TRUE;
  eio_ws_deframer_use_deflate (self->deframer);
}

gboolean
eio_websocket_uses_deflate (EioWebsocket *self)
{
  return self->uses_deflate;
}

void
eio_websocket_set_funcs (EioWebsocket *self, const EioWebsocketFuncs *funcs, gpointer user_data)
{
  self->funcs = funcs;
  self->user_data = user_data;
}

void
eio_websocket_free (EioWebsocket *self)
{
  self->gone = TRUE;
  eio_timers_disarm (self->house->timers, &self->message_timer);
  g_clear_pointer (&self->pipe, eio_pipe_free);
  eio_outbox_clear (&self->outbox);
  g_rc_box_release_full (self, websocket_clear);
}

void
eio_websocket_close (EioWebsocket *self, guint16 code)
{
  /* Once it is gone, the close frame that answers the peer's is queued already. */
  if (!self->gone)
    push_close (self, code);
  eio_farewell_add (self->house->farewell, g_steal_pointer (&self->pipe), &self->outbox, CLOSE_MS);
  eio_websocket_free (self);
}

void
eio_websocket_send (EioWebsocket *self, const EioSpan *wire)
{
  if (self->gone)
    return;
  eio_outbox_push (&self->outbox, wire);
  eio_pipe_mark_later (self->pipe);
}

void
eio_websocket_flush (EioWebsocket *self)
{
  gsize before = self->outbox.size;
  EioOutboxResult result;

  if (self->gone || self->writing || before == 0)
    return;
  result = eio_outbox_write (&self->outbox, self->pipe);
  self->progressed = self->progressed || self->outbox.size < before;
  self->owes_drained = result == EIO_OUTBOX_EMPTY;
  set_writing (self, result == EIO_OUTBOX_BLOCKED);
}

gsize
eio_websocket_get_buffered (EioWebsocket *self)
{
  return self->outbox.size;
}

gboolean
eio_websocket_is_blocked (EioWebsocket *self)
{
  return self->writing;
}

gboolean
eio_websocket_check_progress (EioWebsocket *self)
{
  gboolean progressed = self->progressed || self->outbox.size == 0;

  self->progressed = FALSE;
  return progressed;
}
