/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A session with its transports: EioSession decides, this file does.
 */
#include "engineio/eio-socket-private.h"

#include "engineio/eio-frame-private.h"
#include "engineio/eio-query.h"
#include "engineio/eio-visit.h"
#include "engineio/eio-ws-frame.h"

struct _EioSocket {
  GObject parent_instance;

  /* What a broadcast looks at lies together: with thousands of sockets each line of the cache counts. */
  const EioSocketHouse *house; /* borrowed, NULL once closed */
  EioWebsocket *websocket;     /* owned, once the session is on websocket */
  guint wants_base64 : 1;      /* binary goes as text */
  guint uses_deflate : 1;      /* the websocket does */
  guint discard : 1;
  const EioSocketFuncs *funcs; /* nullable */
  gpointer user_data;
  EioTimer overflow_timer;
  EioSession session;

  EioTimer timers[EIO_SESSION_N_TIMERS];
  EioPolling *polling;     /* owned, until the session is on websocket */
  EioWebsocket *candidate; /* owned, during an upgrade */
  char *id;                /* ref string */
  char *address;           /* ref string, shared by all of one address */
  gboolean is_secure;
  EioVisit *visit;
  GHashTable *query; /* NULL until it is asked for */
};

G_DEFINE_FINAL_TYPE (EioSocket, eio_socket, G_TYPE_OBJECT)

enum {
  MESSAGE,
  DRAINED,
  UPGRADED,
  HEARTBEAT,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The form of a frame for this websocket. */
static const EioSpan *
get_wire (EioSocket *self, EioFrame *frame)
{
  if (self->uses_deflate && eio_frame_get_compress (frame) &&
      eio_frame_get_size (frame) >= self->house->websocket.deflate_from)
    return eio_frame_get_deflated_wire (frame, self->wants_base64);
  return self->wants_base64 ? eio_frame_get_base64_wire (frame) : eio_frame_get_wire (frame);
}

static void
socket_send (EioSocket *self, EioFrame *frame)
{
  if (self->websocket != NULL)
    eio_websocket_send (self->websocket, get_wire (self, frame));
  else if (self->polling != NULL)
    eio_polling_send (self->polling, frame);
}

static gsize
get_buffered (EioSocket *self)
{
  if (self->websocket != NULL)
    return eio_websocket_get_buffered (self->websocket);
  return self->polling != NULL ? eio_polling_get_buffered (self->polling) : 0;
}

/* A peer that does not read is ended at the end of the turn, not in the middle of a broadcast. */
static void
check_overflow (EioSocket *self)
{
  gsize max = self->house->max_buffered;

  if (max == 0 || get_buffered (self) <= max)
    return;
  if (self->websocket != NULL)
    eio_websocket_flush (self->websocket);
  if (self->house != NULL && get_buffered (self) > max)
    eio_timers_arm (self->house->websocket.timers, &self->overflow_timer, 0);
}

static void
on_overflow (EioTimer *timer, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);

  eio_session_too_slow (&self->session);
}

static void
on_timer (EioTimer *timer, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);

  eio_session_expire (&self->session, timer - self->timers);
}

/* The websocket that is the transport. */

static void
receive (EioSocket *self, const EioPacket *packet, gboolean good)
{
  if (!good)
    {
      eio_session_receive_garbage (&self->session);
      return;
    }
  eio_session_receive (&self->session, packet);
  if (packet->type == EIO_PACKET_PONG && eio_socket_is_open (self))
    g_signal_emit (self, signals[HEARTBEAT], 0);
}

static void
on_websocket_message (const guint8 *data, gsize size, gboolean binary, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);
  g_auto (EioPacket) packet = EIO_PACKET_INIT;
  gboolean good = TRUE;

  if (binary)
    packet = (EioPacket) { EIO_PACKET_MESSAGE, TRUE, g_bytes_new (data, size) };
  else
    good = eio_packet_decode_valid ((const char *) data, size, &packet, NULL);
  receive (self, &packet, good);
}

static void
on_transport_drained (gpointer user_data)
{
  EioSocket *self = user_data;

  if (self->funcs == NULL)
    g_signal_emit (self, signals[DRAINED], 0);
  else
    self->funcs->drained (self, self->user_data);
}

static void
on_websocket_gone (EioCloseReason reason, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);

  eio_session_transport_gone (&self->session, reason);
}

static const EioWebsocketFuncs websocket_funcs = {
  on_websocket_message, on_transport_drained, on_websocket_gone,
};

/* The websocket that wants to become it. */

static void
on_candidate_message (const guint8 *data, gsize size, gboolean binary, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);
  g_auto (EioPacket) packet = EIO_PACKET_INIT;
  gboolean good
      = !binary && eio_packet_decode_valid ((const char *) data, size, &packet, NULL);

  eio_session_receive_candidate (&self->session, good ? &packet : NULL);
  if (self->websocket != NULL && eio_socket_is_open (self))
    g_signal_emit (self, signals[UPGRADED], 0);
}

static void
on_candidate_drained (gpointer user_data)
{
}

static void
on_candidate_gone (EioCloseReason reason, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);

  eio_session_candidate_gone (&self->session);
}

static const EioWebsocketFuncs candidate_funcs = {
  on_candidate_message, on_candidate_drained, on_candidate_gone,
};

static void
on_polling_gone (gpointer user_data)
{
  eio_socket_transport_error (user_data);
}

static void
on_polling_packet (const EioPacket *packet, gpointer user_data)
{
  g_autoptr (EioSocket) self = g_object_ref (user_data);

  receive (self, packet, packet != NULL);
}

static const EioPollingFuncs polling_funcs = {
  on_polling_packet, on_transport_drained, on_polling_gone,
};

/* What the session wants done. */

static void
session_send (EioPacketType type, gpointer user_data)
{
  EioSocket *self = user_data;

  g_assert (type == EIO_PACKET_PING);
  socket_send (self, self->house->ping);
}

static void
session_deliver (GBytes *data, gboolean binary, gpointer user_data)
{
  EioSocket *self = user_data;

  if (self->funcs == NULL)
    g_signal_emit (self, signals[MESSAGE], 0, data, binary);
  else
    self->funcs->message (self, data, binary, self->user_data);
}

static void
session_answer_probe (gpointer user_data)
{
  EioSocket *self = user_data;
  g_autoptr (GBytes) probe = g_bytes_new_static ("probe", 5);
  g_autoptr (EioFrame) pong = eio_frame_new_packet (EIO_PACKET_PONG, probe);

  eio_websocket_send (self->candidate, eio_frame_get_wire (pong));
  eio_polling_release (self->polling, self->house->noop);
}

static void
move_frame (EioFrame *frame, gpointer user_data)
{
  socket_send (user_data, frame);
}

static void
session_adopt_candidate (gpointer user_data)
{
  EioSocket *self = user_data;

  self->websocket = g_steal_pointer (&self->candidate);
  self->uses_deflate = eio_websocket_uses_deflate (self->websocket);
  eio_websocket_set_funcs (self->websocket, &websocket_funcs, self);
  eio_polling_drain (self->polling, move_frame, self);
  eio_polling_free (g_steal_pointer (&self->polling), self->house->noop);
}

static void
session_drop_candidate (gpointer user_data)
{
  EioSocket *self = user_data;

  if (self->candidate != NULL)
    eio_websocket_close (g_steal_pointer (&self->candidate), EIO_WS_CODE_NONE);
}

static gboolean
session_check_progress (gpointer user_data)
{
  EioSocket *self = user_data;

  return self->websocket == NULL || eio_websocket_check_progress (self->websocket);
}

static void
session_set_timer (EioSessionTimer timer, guint ms, gpointer user_data)
{
  EioSocket *self = user_data;

  if (ms > 0)
    eio_timers_arm (self->house->websocket.timers, &self->timers[timer], ms);
  else
    eio_timers_disarm (self->house->websocket.timers, &self->timers[timer]);
}

static void
end_transports (EioSocket *self, EioCloseReason reason)
{
  gboolean unreachable = reason == EIO_CLOSE_REASON_PING_TIMEOUT ||
                         reason == EIO_CLOSE_REASON_TOO_SLOW || self->discard;

  if (self->websocket != NULL && unreachable)
    eio_websocket_free (g_steal_pointer (&self->websocket));
  else if (self->websocket != NULL)
    eio_websocket_close (g_steal_pointer (&self->websocket), EIO_WS_CODE_NONE);
  if (self->polling != NULL)
    eio_polling_free (g_steal_pointer (&self->polling),
                      reason == EIO_CLOSE_REASON_TRANSPORT_CLOSE ? self->house->noop
                                                                 : self->house->close);
}

static void
session_closed (EioCloseReason reason, gboolean graceful, gpointer user_data)
{
  EioSocket *self = user_data;
  const EioSocketHouse *house = self->house;

  eio_timers_disarm (house->websocket.timers, &self->overflow_timer);
  end_transports (self, reason);
  self->house = NULL;
  g_object_ref (self);
  house->closed (self, house->user_data);
  if (self->funcs != NULL)
    self->funcs->closed (self, reason, self->user_data);
  g_signal_emit (self, signals[CLOSED], 0, reason);
  g_object_unref (self);
}

static const EioSessionFuncs session_funcs = {
  .send = session_send,
  .deliver = session_deliver,
  .answer_probe = session_answer_probe,
  .adopt_candidate = session_adopt_candidate,
  .drop_candidate = session_drop_candidate,
  .check_progress = session_check_progress,
  .set_timer = session_set_timer,
  .closed = session_closed,
};

static void
eio_socket_finalize (GObject *object)
{
  EioSocket *self = EIO_SOCKET (object);

  /* The server holds a reference until the session has ended. */
  g_assert (self->house == NULL);
  g_ref_string_release (self->id);
  g_ref_string_release (self->address);
  g_clear_pointer (&self->query, g_hash_table_unref);
  eio_visit_free (self->visit);

  G_OBJECT_CLASS (eio_socket_parent_class)->finalize (object);
}

static void
eio_socket_class_init (EioSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eio_socket_finalize;

  /**
   * EioSocket::message:
   * @self: the session
   * @data: what was sent, without the packet's digit
   * @binary: %FALSE: @data is valid UTF-8 (which may hold U+0000)
   *
   * The client has sent a message.
   */
  signals[MESSAGE] = g_signal_new ("message", EIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2,
                                   G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_BOOLEAN);
  /**
   * EioSocket::drained:
   * @self: the session
   *
   * All that was queued has been taken by the kernel or fetched by a poll.
   */
  signals[DRAINED] = g_signal_new ("drained", EIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /**
   * EioSocket::upgraded:
   * @self: the session
   *
   * It has moved from polling to a websocket.
   */
  signals[UPGRADED] = g_signal_new ("upgraded", EIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  /**
   * EioSocket::heartbeat:
   * @self: the session
   *
   * The client has answered a ping: it is there, and its connection works both ways.
   */
  signals[HEARTBEAT] = g_signal_new ("heartbeat", EIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  /**
   * EioSocket::closed:
   * @self: the session
   * @reason: why
   *
   * The last signal, emitted once.
   */
  signals[CLOSED] = g_signal_new ("closed", EIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, EIO_TYPE_CLOSE_REASON);
}

static void
eio_socket_init (EioSocket *self)
{
  for (guint i = 0; i < EIO_SESSION_N_TIMERS; i++)
    eio_timer_init (&self->timers[i], on_timer, self);
  eio_timer_init (&self->overflow_timer, on_overflow, self);
}

EioSocket *
eio_socket_new (const EioSocketHouse *house,
                const EioSocketIdentity *identity,
                EioWebsocket *websocket,
                EioFrame *open)
{
  EioSocket *self = g_object_new (EIO_TYPE_SOCKET, NULL);

  self->house = house;
  self->id = g_ref_string_new (identity->id);
  self->address = g_ref_string_new_intern (identity->address);
  self->is_secure = identity->is_secure;
  self->wants_base64 = eio_query_wants_base64 (identity->query);
  self->visit = eio_visit_new (identity->query, identity->headers);
  self->websocket = websocket;
  self->uses_deflate = websocket != NULL && eio_websocket_uses_deflate (websocket);
  if (websocket != NULL)
    eio_websocket_set_funcs (websocket, &websocket_funcs, self);
  else
    self->polling = eio_polling_new (house->websocket.reactor, house->compress_from,
                                     &polling_funcs, self);
  eio_session_init (&self->session, &session_funcs, self, &house->session,
                    eio_socket_get_transport (self));
  socket_send (self, open);
  return self;
}

void
eio_socket_set_funcs (EioSocket *self, const EioSocketFuncs *funcs, gpointer user_data)
{
  self->funcs = funcs;
  self->user_data = user_data;
}

gboolean
eio_socket_has_place (EioSocket *self, gsize size)
{
  gsize max = self->house != NULL ? self->house->max_buffered : 0;

  if (max == 0 || eio_socket_get_buffered_amount (self) + size <= max)
    return TRUE;
  if (self->websocket != NULL)
    eio_websocket_flush (self->websocket);
  return eio_socket_get_buffered_amount (self) + size <= max;
}

void
eio_socket_abandon (EioSocket *self)
{
  self->discard = TRUE;
  eio_session_transport_gone (&self->session, EIO_CLOSE_REASON_FORCED_CLOSE);
}

gboolean
eio_socket_poll (EioSocket *self, SoupServerMessage *message)
{
  if (!eio_polling_get (self->polling, message))
    {
      eio_socket_transport_error (self);
      return FALSE;
    }
  if (self->session.state == EIO_SESSION_CLOSING)
    {
      if (eio_socket_get_buffered_amount (self) > 0)
        return TRUE;
      /* The reference answers with a packet before the close packet, and so some clients expect it. */
      eio_polling_release (self->polling, self->house->noop);
      eio_session_drained (&self->session);
    }
  else if (self->session.upgrade == EIO_UPGRADE_PROBED)
    {
      /* The client can only switch once no poll of it waits. */
      eio_polling_release (self->polling, self->house->noop);
    }
  return TRUE;
}

gboolean
eio_socket_post_begin (EioSocket *self, SoupServerMessage *message)
{
  if (eio_polling_post_begin (self->polling, message))
    return TRUE;
  eio_socket_transport_error (self);
  return FALSE;
}

void
eio_socket_post_end (EioSocket *self, SoupServerMessage *message, GBytes *payload)
{
  g_autoptr (EioSocket) hold = g_object_ref (self);

  eio_polling_post_end (self->polling, message, payload);
}

void
eio_socket_transport_error (EioSocket *self)
{
  g_autoptr (EioSocket) hold = g_object_ref (self);

  eio_session_transport_gone (&self->session, EIO_CLOSE_REASON_TRANSPORT_ERROR);
}

void
eio_socket_attach (EioSocket *self, EioWebsocket *websocket, gboolean wants_base64)
{
  if (!eio_session_take_candidate (&self->session))
    {
      eio_websocket_close (websocket, EIO_WS_CODE_NONE);
      return;
    }
  self->candidate = websocket;
  self->wants_base64 = wants_base64; /* polling has no other way */
  eio_websocket_set_funcs (websocket, &candidate_funcs, self);
}

char *
eio_socket_ref_id (EioSocket *self)
{
  return g_ref_string_acquire (self->id);
}

const char *
eio_socket_get_id (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), NULL);

  return self->id;
}

const char *
eio_socket_get_remote_address (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), NULL);

  return self->address;
}

GHashTable *
eio_socket_get_query (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), NULL);

  if (self->query == NULL)
    self->query = eio_visit_make_query (self->visit);
  return self->query;
}

const char *
eio_socket_get_header (EioSocket *self, const char *name)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return eio_visit_get_header (self->visit, name);
}

void
eio_socket_foreach_header (EioSocket *self, EioHeaderFunc func, gpointer user_data)
{
  g_return_if_fail (EIO_IS_SOCKET (self));
  g_return_if_fail (func != NULL);

  eio_visit_foreach_header (self->visit, func, user_data);
}

gboolean
eio_socket_is_secure (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), FALSE);

  return self->is_secure;
}

gboolean
eio_socket_is_open (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), FALSE);

  return self->session.state == EIO_SESSION_OPEN;
}

EioTransports
eio_socket_get_transport (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), EIO_TRANSPORT_POLLING);

  return self->websocket != NULL || self->session.upgrade == EIO_UPGRADE_DONE
             ? EIO_TRANSPORT_WEBSOCKET : EIO_TRANSPORT_POLLING;
}

void
eio_socket_send_frame (EioSocket *self, EioFrame *frame)
{
  g_return_if_fail (EIO_IS_SOCKET (self));
  g_return_if_fail (frame != NULL);

  eio_socket_push_frame (self, frame);
}

void
eio_socket_push_frame (EioSocket *self, EioFrame *frame)
{
  if (self->session.state != EIO_SESSION_OPEN || eio_timer_is_armed (&self->overflow_timer))
    return;
  socket_send (self, frame);
  check_overflow (self);
}

void
eio_socket_send_text (EioSocket *self, GBytes *utf8)
{
  g_autoptr (EioFrame) frame = NULL;

  g_return_if_fail (EIO_IS_SOCKET (self));
  g_return_if_fail (utf8 != NULL);

  frame = eio_frame_new_text (utf8);
  eio_socket_send_frame (self, frame);
}

void
eio_socket_send_binary (EioSocket *self, GBytes *data)
{
  g_autoptr (EioFrame) frame = NULL;

  g_return_if_fail (EIO_IS_SOCKET (self));
  g_return_if_fail (data != NULL);

  frame = eio_frame_new_binary (data);
  eio_socket_send_frame (self, frame);
}

gsize
eio_socket_get_buffered_amount (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), 0);

  return get_buffered (self);
}

gboolean
eio_socket_is_writable (EioSocket *self)
{
  g_return_val_if_fail (EIO_IS_SOCKET (self), FALSE);

  if (self->session.state != EIO_SESSION_OPEN)
    return FALSE;
  return self->websocket != NULL ? !eio_websocket_is_blocked (self->websocket)
                                 : eio_polling_is_waiting (self->polling);
}

void
eio_socket_close (EioSocket *self, gboolean discard)
{
  g_return_if_fail (EIO_IS_SOCKET (self));

  if (self->session.state != EIO_SESSION_OPEN)
    return;
  if (discard && self->polling != NULL)
    eio_polling_clear (self->polling);
  self->discard = discard && self->websocket != NULL && eio_websocket_get_buffered (self->websocket) > 0;
  /* What is queued and the close packet go by two polls, as from the reference: its client ends at the
   * close packet before it has looked at what came in the same payload. */
  eio_session_close (&self->session,
                     self->polling != NULL && (!eio_polling_is_waiting (self->polling) ||
                                               eio_socket_get_buffered_amount (self) > 0));
}
