/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Anything may happen inside of a handler: sockets disconnect, the engine closes, the server goes.
 * So every way in holds a reference, and what has ended answers with nothing.
 */
#include "socketio/sio-session.h"

#include "engineio/eio-socket-private.h"
#include "socketio/sio-args-private.h"
#include "socketio/sio-connection.h"
#include "socketio/sio-namespace-private.h"
#include "socketio/sio-server-private.h"
#include "socketio/sio-socket-private.h"
#include "socketio/sio-types-private.h"

struct _SioSession
{
  grefcount ref_count;
  SioServer *server; /* borrowed; NULL once ended */
  EioSocket *engine; /* owned; NULL once ended */
  char *engine_id; /* ref string */
  SioConnection *connection; /* its data are SioSockets, each referenced once by the session */
  SioSocket *lone; /* borrowed: the only one of these, if there is but one */
  EioTimers *timers;
  EioTimer connect_timer;    /* while no namespace was joined */
  EioTimer attachment_timer; /* while attachments are outstanding */
};

SioSession *
sio_session_ref (SioSession *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_session_unref (SioSession *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_assert (self->engine == NULL);
  sio_connection_free (self->connection);
  eio_timers_unref (self->timers);
  g_ref_string_release (self->engine_id);
  g_free (self);
}

EioSocket *
sio_session_get_engine (SioSession *self)
{
  return self->engine;
}

char *
sio_session_ref_engine_id (SioSession *self)
{
  return g_ref_string_acquire (self->engine_id);
}

/* frame: taken. */
static void
send_frame (SioSession *self, EioFrame *frame, gboolean compress)
{
  g_autoptr (EioFrame) owned = frame;

  eio_frame_set_compress (frame, compress);
  if (self->engine != NULL)
    eio_socket_send_frame (self->engine, frame);
}

void
sio_session_send_event (SioSession *self, GBytes *text, SioArgs *args, gboolean compress)
{
  g_autoptr (GBytes) owned = text;
  guint n_attachments = args != NULL ? sio_args_get_n_attachments (args) : 0;

  send_frame (self, eio_frame_new_text (text), compress);
  for (guint i = 0; i < n_attachments; i++)
    send_frame (self, eio_frame_new_binary (sio_args_get_attachment (args, i)), compress);
}

void
sio_session_send (SioSession *self, GBytes *text, SioArgs *args)
{
  sio_session_send_event (self, text, args, TRUE);
}

/* While there is an engine. */
static gboolean
may_drop (SioSession *self)
{
  return sio_server_get_limits (self->server)->overflow == SIO_OVERFLOW_DROP;
}

gboolean
sio_session_has_place (SioSession *self, gsize size)
{
  return self->engine == NULL || !may_drop (self) || eio_socket_has_place (self->engine, size);
}

gboolean
sio_session_deliver (SioSession *self, SioOutgoing *outgoing, gboolean is_volatile)
{
  EioSocket *engine = self->engine;

  if (engine == NULL || (is_volatile && !eio_socket_is_writable (engine)))
    return TRUE;
  if (may_drop (self) && !eio_socket_has_place (engine, sio_outgoing_get_wire_size (outgoing)))
    return FALSE;
  sio_outgoing_send (outgoing, engine);
  return TRUE;
}

/* After each change of the connection's data. */
static void
note_lone (SioSession *self)
{
  self->lone = sio_connection_get_lone (self->connection);
}

/* Endings */

void
sio_session_end (SioSession *self, SioDisconnectReason reason)
{
  g_autoptr (SioSession) alive = sio_session_ref (self);
  g_autoptr (EioSocket) engine = g_steal_pointer (&self->engine);
  g_autoptr (GPtrArray) sockets = NULL;
  SioServer *server = g_steal_pointer (&self->server);

  if (engine == NULL)
    return;
  eio_timers_disarm (self->timers, &self->connect_timer);
  eio_timers_disarm (self->timers, &self->attachment_timer);
  sockets = sio_connection_close (self->connection);
  note_lone (self);
  g_ptr_array_set_free_func (sockets, g_object_unref);
  sio_server_forget (server, self);
  for (guint i = 0; i < sockets->len; i++)
    sio_socket_end (sockets->pdata[i], reason);
  eio_socket_set_funcs (engine, NULL, NULL);
  sio_session_unref (self); /* the engine's */
}

static void
on_closed (EioSocket *engine, EioCloseReason reason, gpointer user_data)
{
  sio_session_end (user_data, sio_disconnect_reason_from_engine (reason));
}

/* Ends the connection in order: what is queued is flushed first. The engine tells at once that it
 * has closed ("forced close"), or only later, when a poll has taken what is left: the sockets do
 * not wait. */
static void
close_engine (SioSession *self)
{
  g_autoptr (SioSession) alive = sio_session_ref (self);

  if (self->engine == NULL)
    return;
  eio_socket_close (self->engine, FALSE);
  sio_session_end (self, SIO_DISCONNECT_FORCED_SERVER_CLOSE);
}

void
sio_session_give_up (SioSession *self)
{
  g_autoptr (SioSession) alive = sio_session_ref (self);

  if (self->engine == NULL)
    return;
  eio_socket_close (self->engine, TRUE);
  sio_session_end (self, SIO_DISCONNECT_FORCED_CLOSE);
}

void
sio_session_disconnect_all (SioSession *self)
{
  g_autoptr (SioSession) alive = sio_session_ref (self);
  g_autoptr (GPtrArray) sockets = sio_connection_get_all (self->connection);

  g_ptr_array_set_free_func (sockets, g_object_unref);
  for (guint i = 0; i < sockets->len; i++)
    g_object_ref (sockets->pdata[i]);
  for (guint i = 0; i < sockets->len; i++)
    sio_socket_disconnect (sockets->pdata[i], FALSE);
  close_engine (self);
}

static void
on_timeout (EioTimer *timer, gpointer user_data)
{
  close_engine (user_data);
}

/* Namespaces */

void
sio_session_refuse (SioSession *self, const char *nsp, const char *message, JsonNode *data)
{
  sio_connection_refuse (self->connection, nsp);
  note_lone (self);
  sio_session_send (self, sio_packet_encode_connect_error (nsp, message, data), NULL);
}

void
sio_session_accept (SioSession *self, SioNamespace *nsp, const char *id, const char *pid)
{
  const char *name = sio_namespace_get_name (nsp);

  sio_connection_accept (self->connection, name);
  eio_timers_disarm (self->timers, &self->connect_timer);
  sio_session_send (self, sio_packet_encode_connected (name, id, pid), NULL);
}

void
sio_session_leave (SioSession *self, SioNamespace *nsp)
{
  const char *name = sio_namespace_get_name (nsp);

  sio_connection_leave (self->connection, name);
  note_lone (self);
  sio_session_send (self, sio_packet_encode_disconnect (name), NULL);
}

static void
admit (SioSession *self, SioNamespace *nsp, JsonNode *auth)
{
  g_autoptr (SioSocket) socket = sio_socket_new (self, nsp, auth);

  sio_connection_set_data (self->connection, sio_namespace_get_name (nsp), g_object_ref (socket));
  note_lone (self);
  sio_namespace_admit (nsp, socket);
}

/* A namespace that is not there, and that a rule may make. */
typedef struct
{
  SioSession *session; /* owned, as are the others */
  char *name;
  JsonNode *auth; /* nullable */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  sio_session_unref (request->session);
  g_free (request->name);
  g_clear_pointer (&request->auth, json_node_unref);
  g_free (request);
}

static void
on_found (SioNamespace *parent, gpointer user_data)
{
  Request *request = user_data;
  SioSession *self = request->session;
  SioNamespace *nsp = NULL;

  if (self->engine == NULL)
    return;
  if (parent != NULL)
    nsp = sio_server_ensure_child (self->server, parent, request->name);
  /* Handlers of "new-namespace" may do anything. */
  if (self->engine == NULL)
    return;
  if (nsp != NULL)
    admit (self, nsp, request->auth);
  else
    sio_session_refuse (self, request->name, "Invalid namespace", NULL);
}

static void
search (SioSession *self, const SioPacket *packet)
{
  Request *request = g_new0 (Request, 1);

  request->session = sio_session_ref (self);
  request->name = g_strdup (packet->nsp);
  request->auth = packet->data != NULL ? json_node_ref (packet->data) : NULL;
  sio_parents_search (sio_server_get_parents (self->server), packet->nsp, packet->data, on_found,
                      request, request_free);
}

static void
on_connect (SioSession *self, const SioPacket *packet, gsize length)
{
  const SioServerLimits *limits = sio_server_get_limits (self->server);
  SioNamespace *nsp = sio_server_lookup (self->server, packet->nsp);

  if (limits->max_auth != 0 && length > limits->max_auth)
    sio_session_refuse (self, packet->nsp, "Auth too large", NULL);
  else if (nsp != NULL)
    admit (self, nsp, packet->data);
  else
    search (self, packet);
}

/* Messages */

static void
watch_attachments (SioSession *self)
{
  guint timeout = sio_server_get_limits (self->server)->attachment_timeout;

  if (!sio_connection_is_waiting (self->connection))
    eio_timers_disarm (self->timers, &self->attachment_timer);
  else if (timeout > 0)
    eio_timers_arm (self->timers, &self->attachment_timer, timeout);
}

static void
act (SioSession *self,
     SioConnectionAction action,
     SioPacket *packet,
     SioSocket *socket,
     gsize length)
{
  switch (action)
    {
    case SIO_CONNECTION_NOTHING:
      break;
    case SIO_CONNECTION_CONNECT:
      on_connect (self, packet, length);
      break;
    case SIO_CONNECTION_DISCONNECT:
      sio_socket_end (socket, SIO_DISCONNECT_CLIENT_NAMESPACE);
      g_object_unref (socket); /* the connection's */
      break;
    case SIO_CONNECTION_EVENT:
      sio_socket_receive_event (socket, packet);
      break;
    case SIO_CONNECTION_ACK:
      sio_socket_receive_ack (socket, packet);
      break;
    case SIO_CONNECTION_BREACH:
      close_engine (self);
      break;
    }
}

static void
on_message (EioSocket *engine, GBytes *message, gboolean binary, gpointer user_data)
{
  SioSession *self = user_data;
  g_autoptr (SioSession) alive = sio_session_ref (self);
  g_autoptr (GError) error = NULL;
  g_auto (SioPacket) packet = { 0 };
  gpointer socket = NULL;
  SioConnectionAction action;

  if (self->engine == NULL)
    return;
  action = sio_connection_receive (self->connection, message, binary, &packet, &socket, &error);
  note_lone (self);
  if (error != NULL)
    g_debug ("Session %s: %s", self->engine_id, error->message);
  watch_attachments (self);
  act (self, action, &packet, socket, g_bytes_get_size (message));
}

static gboolean
wants_drained (gpointer socket)
{
  return sio_socket_wants_drained (socket);
}

static void
tell_drained (SioSession *self)
{
  g_autoptr (SioSession) alive = sio_session_ref (self);
  g_autoptr (GPtrArray) sockets = sio_connection_get_all (self->connection);

  g_ptr_array_set_free_func (sockets, g_object_unref);
  for (guint i = 0; i < sockets->len; i++)
    g_object_ref (sockets->pdata[i]);
  for (guint i = 0; i < sockets->len; i++)
    sio_socket_drained (sockets->pdata[i]);
}

/* After nearly every write of nearly every session, and nearly never of interest: to emit a signal that
 * nobody hears costs a third of asking whether somebody does. */
static void
on_drained (EioSocket *engine, gpointer user_data)
{
  SioSession *self = user_data;

  if (self->lone != NULL)
    sio_socket_drained (self->lone);
  else if (sio_connection_any (self->connection, wants_drained))
    tell_drained (self);
}

static const EioSocketFuncs engine_funcs = { on_message, on_drained, on_closed };

SioSession *
sio_session_new (SioServer *server, EioSocket *engine)
{
  const SioServerLimits *limits = sio_server_get_limits (server);
  SioSession *self = g_new0 (SioSession, 1);

  g_ref_count_init (&self->ref_count);
  self->server = server;
  self->engine = g_object_ref (engine);
  self->engine_id = eio_socket_ref_id (engine);
  self->connection = sio_connection_new (&limits->packets, limits->max_namespaces);
  self->timers = eio_timers_ref (sio_server_get_timers (server));
  eio_timer_init (&self->connect_timer, on_timeout, self);
  eio_timer_init (&self->attachment_timer, on_timeout, self);
  eio_timers_arm (self->timers, &self->connect_timer, limits->connect_timeout);
  eio_socket_set_funcs (engine, &engine_funcs, sio_session_ref (self));
  return self;
}
