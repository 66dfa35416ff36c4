/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 *   CONNECTING    -> CONNECTED       accepted by the last middleware
 *   CONNECTING    -> DISCONNECTED    refused, or the connection ended: nobody ever knew of it
 *   CONNECTED     -> DISCONNECTING   either side leaves, or the connection ended; rooms stay
 *   DISCONNECTING -> DISCONNECTED
 */
#include "socketio/sio-socket-private.h"

#include <gio/gio.h>
#include <string.h>

#include "socketio/sio-ack-private.h"
#include "socketio/sio-broadcast-private.h"
#include "socketio/sio-args-private.h"
#include "socketio/sio-chain.h"
#include "socketio/sio-comeback.h"
#include "socketio/sio-handlers.h"
#include "socketio/sio-handshake-private.h"
#include "socketio/sio-id.h"
#include "socketio/sio-incoming.h"
#include "socketio/sio-namespace-private.h"
#include "socketio/sio-outgoing-handler.h"
#include "socketio/sio-pending-acks.h"
#include "socketio/sio-server-private.h"

typedef enum
{
  STATE_CONNECTING,
  STATE_CONNECTED,
  STATE_DISCONNECTING,
  STATE_DISCONNECTED,
} State;

struct _SioSocket
{
  GObject parent_instance;

  State state;
  gboolean is_uncompressed;     /* what it emits */
  SioSession *session;          /* owned; NULL once disconnected */
  SioOutgoingHandler *outgoing; /* NULL until there is one, as are handlers and middlewares */
  SioMember member;             /* in the namespace's rooms */
  SioHandlers *handlers;
  SioChain *middlewares;
  SioNamespace *nsp; /* owned */
  char id[SIO_ID_LENGTH + 1];
  char *engine_id;      /* ref string */
  JsonNode *auth;       /* nullable */
  SioPendingAcks *acks; /* NULL until one is wanted */
  int64_t issued;       /* ms since 1970 */
  SioHandshake *handshake; /* NULL until it is asked for */
  JsonNode *data;          /* nullable */
  uint64_t n_dropped;
  SioComeback *comeback;   /* NULL where there is none, and before it is connected or restored */
};

G_DEFINE_FINAL_TYPE (SioSocket, sio_socket, G_TYPE_OBJECT)

enum
{
  SIGNAL_EVENT,
  SIGNAL_DISCONNECTING,
  SIGNAL_DISCONNECTED,
  SIGNAL_DRAINED,
  SIGNAL_ERROR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
sio_socket_finalize (GObject *object)
{
  SioSocket *self = SIO_SOCKET (object);

  g_assert (self->state == STATE_DISCONNECTED);
  g_clear_pointer (&self->handlers, sio_handlers_free);
  g_clear_pointer (&self->middlewares, sio_chain_unref);
  g_clear_pointer (&self->outgoing, sio_outgoing_handler_free);
  g_clear_pointer (&self->comeback, sio_comeback_free);
  g_clear_pointer (&self->acks, sio_pending_acks_free);
  g_clear_pointer (&self->handshake, sio_handshake_unref);
  g_clear_pointer (&self->data, json_node_unref);
  g_clear_pointer (&self->auth, json_node_unref);
  g_clear_object (&self->nsp);
  g_ref_string_release (self->engine_id);
  G_OBJECT_CLASS (sio_socket_parent_class)->finalize (object);
}

static void
sio_socket_class_init (SioSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_socket_finalize;

  /**
   * SioSocket::event:
   * @self: the socket
   * @name: the event's name
   * @args: its arguments
   * @ack: (nullable): the answer that the client waits for
   *
   * Any event, before the handler of its name is called. When this ends the socket, that is not.
   */
  signals[SIGNAL_EVENT]
      = g_signal_new ("event", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      3, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                      SIO_TYPE_ARGS | G_SIGNAL_TYPE_STATIC_SCOPE,
                      SIO_TYPE_ACK | G_SIGNAL_TYPE_STATIC_SCOPE);
  /**
   * SioSocket::disconnecting:
   * @self: the socket
   * @reason: why
   *
   * It is still in its rooms and in the namespace, but nothing is sent to it any more.
   */
  signals[SIGNAL_DISCONNECTING]
      = g_signal_new ("disconnecting", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, SIO_TYPE_DISCONNECT_REASON);
  /**
   * SioSocket::disconnected:
   * @self: the socket
   * @reason: why
   *
   * Once, last. Handlers are dropped after it.
   */
  signals[SIGNAL_DISCONNECTED]
      = g_signal_new ("disconnected", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, SIO_TYPE_DISCONNECT_REASON);
  /**
   * SioSocket::drained:
   * @self: the socket
   *
   * All that was queued for the connection has gone out.
   */
  signals[SIGNAL_DRAINED] = g_signal_new ("drained", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  /**
   * SioSocket::error:
   * @self: the socket
   * @message: of the refusal
   * @data: (nullable): of the refusal
   *
   * A middleware has refused an event, which was dropped.
   */
  signals[SIGNAL_ERROR] = g_signal_new ("error", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
}

static void
sio_socket_init (SioSocket *self)
{
  sio_id_make (self->id);
  sio_member_init (&self->member, self, self->id);
}

SioSocket *
sio_socket_new (SioSession *session, SioNamespace *nsp, JsonNode *auth)
{
  SioSocket *self = g_object_new (SIO_TYPE_SOCKET, NULL);

  self->session = sio_session_ref (session);
  self->engine_id = sio_session_ref_engine_id (session);
  self->nsp = g_object_ref (nsp);
  sio_namespace_enter (nsp);
  self->auth = auth != NULL ? json_node_ref (auth) : NULL;
  self->issued = g_get_real_time () / 1000;
  return self;
}

SioNamespace *
sio_socket_get_namespace (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return self->nsp;
}

SioMember *
sio_socket_get_member (SioSocket *self)
{
  return &self->member;
}

static SioAdapter *
adapter (SioSocket *self)
{
  return sio_namespace_get_adapter (self->nsp);
}

/* Coming and going */

static void
set_state (SioSocket *self, State state)
{
  g_assert (state > self->state);
  self->state = state;
}

/* When a session ends, its sockets end one after the other; the later ones are in their old state
 * while handlers of the earlier ones run. */
static gboolean
has_session (SioSocket *self)
{
  return self->session != NULL && sio_session_get_engine (self->session) != NULL;
}

gboolean
sio_socket_is_connecting (SioSocket *self)
{
  return self->state == STATE_CONNECTING && has_session (self);
}

/* Recovery */

void
sio_socket_take_recovery (SioSocket *self, char **pid, char **offset)
{
  sio_comeback_take (self->auth, pid, offset);
}

gboolean
sio_socket_restore (SioSocket *self, SioSavedSession *saved)
{
  g_assert (self->state == STATE_CONNECTING && self->comeback == NULL);
  if (sio_namespace_get_socket (self->nsp, saved->sid) != NULL)
    return FALSE;
  self->comeback = sio_comeback_new_restored (saved);
  if (self->comeback == NULL)
    return FALSE;
  strcpy (self->id, saved->sid);
  sio_socket_set_data (self, saved->data);
  if (saved->rooms != NULL)
    sio_adapter_add_all (adapter (self), self, (const char *const *)saved->rooms);
  return TRUE;
}

void
sio_socket_give_up (SioSocket *self)
{
  if (self->session != NULL)
    sio_session_give_up (self->session);
}

/* While it is in its rooms. */
static void
persist (SioSocket *self, gboolean was_connected, SioDisconnectReason reason)
{
  g_auto (GStrv) rooms = NULL;
  g_autoptr (SioSavedSession) saved = NULL;

  if (self->comeback == NULL)
    return;
  if (was_connected)
    sio_namespace_set_private_id (self->nsp, self->comeback->pid, NULL);
  if (!sio_comeback_is_possible (reason))
    return;
  rooms = sio_socket_dup_rooms (self);
  if (was_connected)
    saved = sio_comeback_save (self->comeback, self->id, (const char *const *)rooms, self->data);
  else
    saved = sio_saved_session_ref (self->comeback->restored);
  sio_adapter_persist_session (adapter (self), saved);
}

/* What it has missed goes before the reply to its CONNECT, as the reference's clients have it. */
static void
begin_recovery (SioSocket *self)
{
  SioRecovery *recovery = sio_adapter_get_recovery (adapter (self));

  if (recovery != NULL && self->comeback == NULL)
    self->comeback = sio_comeback_new (recovery);
  if (self->comeback == NULL)
    return;
  sio_namespace_set_private_id (self->nsp, self->comeback->pid, self);
  sio_comeback_send_missed (self->comeback, recovery, self->session,
                            sio_namespace_get_name (self->nsp));
}

void
sio_socket_accept (SioSocket *self)
{
  g_autoptr (SioSocket) alive = g_object_ref (self);

  g_assert (self->state == STATE_CONNECTING);
  set_state (self, STATE_CONNECTED);
  sio_adapter_add (adapter (self), self);
  begin_recovery (self);
  /* The connection may have broken under what was missed, or under the reply. */
  if (self->state == STATE_CONNECTED)
    sio_session_accept (self->session, self->nsp, self->id,
                        self->comeback != NULL ? self->comeback->pid : NULL);
  if (self->state == STATE_CONNECTED)
    sio_namespace_announce (self->nsp, self);
}

void
sio_socket_refuse (SioSocket *self, const char *message, JsonNode *data)
{
  g_autoptr (SioSocket) alive = g_object_ref (self);
  g_autoptr (SioSession) session = NULL;

  if (!sio_socket_is_connecting (self))
    return;
  session = sio_session_ref (self->session);
  sio_socket_end (self, SIO_DISCONNECT_SERVER_NAMESPACE);
  sio_session_refuse (session, sio_namespace_get_name (self->nsp), message, data);
  g_object_unref (self); /* the connection's */
}

/* Nobody hears of the end of a socket that was never connected. */
void
sio_socket_end (SioSocket *self, SioDisconnectReason reason)
{
  g_autoptr (SioSocket) alive = g_object_ref (self);
  gboolean was_connected = self->state == STATE_CONNECTED;

  if (self->state >= STATE_DISCONNECTING)
    return;
  set_state (self, STATE_DISCONNECTING);
  if (was_connected)
    g_signal_emit (self, signals[SIGNAL_DISCONNECTING], 0, reason);
  persist (self, was_connected, reason);
  sio_adapter_del_all (adapter (self), self);
  set_state (self, STATE_DISCONNECTED);
  g_clear_pointer (&self->session, sio_session_unref);
  if (self->acks != NULL)
    sio_pending_acks_fail_all (self->acks);
  if (was_connected)
    g_signal_emit (self, signals[SIGNAL_DISCONNECTED], 0, reason);
  g_clear_pointer (&self->handlers, sio_handlers_free);
  g_clear_pointer (&self->middlewares, sio_chain_unref);
  g_clear_pointer (&self->outgoing, sio_outgoing_handler_free);
  sio_namespace_exit (self->nsp);
}

void
sio_socket_disconnect (SioSocket *self, gboolean close_connection)
{
  g_autoptr (SioSession) session = NULL;
  g_autoptr (SioSocket) alive = NULL;

  g_return_if_fail (SIO_IS_SOCKET (self));
  if (self->session == NULL)
    return;
  alive = g_object_ref (self);
  session = sio_session_ref (self->session);
  if (close_connection)
    {
      sio_session_disconnect_all (session);
      return;
    }
  if (self->state != STATE_CONNECTED || !has_session (self))
    return;
  sio_session_leave (session, self->nsp);
  sio_socket_end (self, SIO_DISCONNECT_SERVER_NAMESPACE);
  g_object_unref (self); /* the connection's */
}

/* Incoming */

static void
send_ack (GObject *target, uint64_t id, SioArgs *args)
{
  SioSocket *self = SIO_SOCKET (target);

  if (self->state == STATE_CONNECTED)
    sio_session_send (self->session,
                      sio_packet_encode_ack (sio_namespace_get_name (self->nsp), id, args), args);
}

void
sio_socket_dispatch (SioSocket *self, const char *event, SioArgs *args, SioAck *ack)
{
  if (self->state == STATE_CONNECTED && self->handlers != NULL)
    sio_handlers_call (self->handlers, self, event, args, ack);
}

void
sio_socket_tell_error (SioSocket *self, const char *message, JsonNode *data)
{
  g_signal_emit (self, signals[SIGNAL_ERROR], 0, message, data);
}

void
sio_socket_use (SioSocket *self,
                SioPacketMiddlewareFunc func,
                gpointer user_data,
                GDestroyNotify destroy)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (func != NULL);
  if (self->middlewares == NULL)
    self->middlewares = sio_chain_new ();
  self->middlewares = sio_chain_append (
      self->middlewares, &(SioMiddleware){ G_CALLBACK (func), user_data, destroy });
  /* Nothing comes any more, and nothing would drop it. */
  if (self->state == STATE_DISCONNECTED)
    g_clear_pointer (&self->middlewares, sio_chain_unref);
}

void
sio_socket_receive_event (SioSocket *self, SioPacket *packet)
{
  g_autoptr (SioSocket) alive = g_object_ref (self);
  g_autoptr (SioAck) ack = NULL;

  if (self->state != STATE_CONNECTED)
    return;
  if (packet->has_id)
    ack = sio_ack_new (G_OBJECT (self), packet->id, send_ack);
  if (g_signal_has_handler_pending (self, signals[SIGNAL_EVENT], 0, FALSE))
    g_signal_emit (self, signals[SIGNAL_EVENT], 0, packet->event, packet->args, ack);
  if (self->middlewares != NULL)
    sio_incoming_ask (self->middlewares, self, packet, ack);
  else
    sio_socket_dispatch (self, packet->event, packet->args, ack);
}

void
sio_socket_receive_ack (SioSocket *self, SioPacket *packet)
{
  if (self->acks != NULL && self->state == STATE_CONNECTED)
    sio_pending_acks_resolve (self->acks, packet->id, packet->args);
}

gboolean
sio_socket_wants_drained (SioSocket *self)
{
  return g_signal_has_handler_pending (self, signals[SIGNAL_DRAINED], 0, FALSE);
}

void
sio_socket_drained (SioSocket *self)
{
  if (self->state == STATE_CONNECTED)
    g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
}

void
sio_socket_on (SioSocket *self,
               const char *event,
               SioEventFunc func,
               gpointer user_data,
               GDestroyNotify destroy)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  g_return_if_fail (func != NULL);
  if (self->handlers == NULL)
    self->handlers = sio_handlers_new ();
  sio_handlers_set (self->handlers, event, func, user_data, destroy);
  /* Nothing comes any more, and nothing would drop it. */
  if (self->state == STATE_DISCONNECTED)
    g_clear_pointer (&self->handlers, sio_handlers_free);
}

void
sio_socket_off (SioSocket *self, const char *event)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (event != NULL);
  if (self->handlers != NULL)
    sio_handlers_remove (self->handlers, event);
}

/* Outgoing */

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
  if (self->state == STATE_DISCONNECTED)
    g_clear_pointer (&self->outgoing, sio_outgoing_handler_free);
}

/* Where an event may go now: NULL: nowhere. */
static EioSocket *
get_way_out (SioSocket *self, gboolean is_volatile)
{
  EioSocket *engine
      = self->state == STATE_CONNECTED ? sio_session_get_engine (self->session) : NULL;

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
  if (self->state == STATE_CONNECTED
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
  if (self->state != STATE_CONNECTED)
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
  if (self->state != STATE_CONNECTED)
    return;
  to.is_uncompressed = self->is_uncompressed;
  if (self->comeback != NULL)
    sio_adapter_broadcast (adapter (self), &to, event, args);
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
  if (self->state == STATE_CONNECTED)
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
  id = sio_adapter_next_ack_id (adapter (self));
  if (self->state == STATE_CONNECTED)
    text = encode (self, event, args, id);
  if (self->state != STATE_CONNECTED)
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

/* Rooms */

void
sio_socket_join (SioSocket *self, const char *room)
{
  const char *const rooms[] = { room, NULL };

  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (room != NULL);
  if (self->state <= STATE_CONNECTED)
    sio_adapter_add_all (adapter (self), self, rooms);
}

void
sio_socket_leave (SioSocket *self, const char *room)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (room != NULL);
  sio_adapter_del (adapter (self), self, room);
}

GStrv
sio_socket_dup_rooms (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return sio_rooms_dup_rooms_of (sio_adapter_get_rooms (adapter (self)), &self->member);
}

SioBroadcast *
sio_socket_broadcast (SioSocket *self)
{
  SioBroadcast *broadcast;

  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  broadcast = sio_broadcast_new (adapter (self), sio_namespace_get_timers (self->nsp));
  sio_broadcast_except (broadcast, self->id);
  sio_broadcast_set_compress (broadcast, !self->is_uncompressed);
  return broadcast;
}

SioBroadcast *
sio_socket_to (SioSocket *self, const char *room)
{
  SioBroadcast *broadcast;

  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  g_return_val_if_fail (room != NULL, NULL);
  broadcast = sio_socket_broadcast (self);
  sio_broadcast_to (broadcast, room);
  return broadcast;
}

/* What it is */

const char *
sio_socket_get_id (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return self->id;
}

const char *
sio_socket_get_engine_id (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return self->engine_id;
}

EioSocket *
sio_socket_get_engine (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return self->session != NULL ? sio_session_get_engine (self->session) : NULL;
}

JsonObject *
sio_socket_get_auth (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return self->auth != NULL ? json_node_get_object (self->auth) : NULL;
}

SioHandshake *
sio_socket_get_handshake (SioSocket *self)
{
  EioSocket *engine = sio_socket_get_engine (self);

  if (self->handshake == NULL && engine != NULL)
    self->handshake = sio_handshake_new_for_engine (engine, sio_namespace_get_path (self->nsp),
                                                    self->auth, self->issued);
  return self->handshake;
}

void
sio_socket_set_data (SioSocket *self, JsonNode *data)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  if (data != NULL)
    json_node_ref (data);
  g_clear_pointer (&self->data, json_node_unref);
  self->data = data;
}

JsonNode *
sio_socket_get_data (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  return self->data;
}

gboolean
sio_socket_is_recovered (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);
  return self->comeback != NULL && self->comeback->restored != NULL;
}

gboolean
sio_socket_is_connected (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);
  return self->state == STATE_CONNECTED;
}

gsize
sio_socket_get_buffered_amount (SioSocket *self)
{
  EioSocket *engine = sio_socket_get_engine (self);

  return engine != NULL ? eio_socket_get_buffered_amount (engine) : 0;
}

uint64_t
sio_socket_get_n_dropped (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);
  return self->n_dropped;
}
