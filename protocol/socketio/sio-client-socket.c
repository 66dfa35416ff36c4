/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-socket-private.h"

#include "socketio/sio-ack-private.h"

#define DEFAULT_SEND_BUFFER_LIMIT (1024 * 1024)

/* An incoming ack id carries the connection that it belongs to in the bits that no valid id uses:
 * an answer that comes after a reconnection must not answer another event of the same number. */
#define ACK_ID_BITS 53
#define ACK_ID_MASK ((G_GUINT64_CONSTANT (1) << ACK_ID_BITS) - 1)
#define ACK_SESSION_MASK ((1U << (64 - ACK_ID_BITS)) - 1)

G_DEFINE_ENUM_TYPE (SioClientOverflow,
                    sio_client_overflow,
                    G_DEFINE_ENUM_VALUE (SIO_CLIENT_OVERFLOW_REFUSE, "refuse"),
                    G_DEFINE_ENUM_VALUE (SIO_CLIENT_OVERFLOW_DROP_OLDEST, "drop-oldest"))

G_DEFINE_FINAL_TYPE (SioClientSocket, sio_client_socket, G_TYPE_OBJECT)

enum
{
  PROP_CONNECTED = 1,
  PROP_ACTIVE,
  PROP_ID,
  PROP_RECOVERED,
  PROP_BUFFERED_AMOUNT,
  PROP_SEND_BUFFER_LIMIT,
  PROP_OVERFLOW_POLICY,
  PROP_ACK_TIMEOUT,
  PROP_RETRIES,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  CONNECTED,
  CONNECT_ERROR,
  DISCONNECTED,
  EVENT,
  DRAINED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
clear_timer (SioClientSocket *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_state (SioClientSocket *self, SioClientSocketState state)
{
  gboolean was_active = self->state != SIO_CLIENT_SOCKET_IDLE;
  gboolean was_connected = self->state == SIO_CLIENT_SOCKET_CONNECTED;

  self->state = state;
  if (state != SIO_CLIENT_SOCKET_CONNECTING)
    clear_timer (self);
  if (state != SIO_CLIENT_SOCKET_CONNECTING && state != SIO_CLIENT_SOCKET_CONNECTED)
    sio_client_early_clear (&self->early);
  if (state != SIO_CLIENT_SOCKET_CONNECTED)
    g_clear_pointer (&self->id, g_free);
  if (was_active != (state != SIO_CLIENT_SOCKET_IDLE))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  if (was_connected != (state == SIO_CLIENT_SOCKET_CONNECTED))
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ID]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECOVERED]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONNECTED]);
    }
}

static void
emit_connect_error (SioClientSocket *self, SioError code, const char *message, JsonNode *data)
{
  g_autoptr (GError) error = g_error_new_literal (SIO_ERROR, (int)code, message);

  g_signal_emit (self, signals[CONNECT_ERROR], 0, error, data);
}

/* Not active any more, by its own will or the server's. */
static void
become_idle (SioClientSocket *self)
{
  set_state (self, SIO_CLIENT_SOCKET_IDLE);
  sio_client_recovery_clear (&self->recovery); /* the server has forgotten it, too */
  if (self->client != NULL)
    sio_client_unwant (self->client);
}

/* The namespace is left; what was sent is not answered any more. */
static void
emit_disconnected (SioClientSocket *self, SioDisconnectReason reason)
{
  g_signal_emit (self, signals[DISCONNECTED], 0, reason);
  sio_client_socket_fail_sent (self);
}

void
sio_client_socket_emit_drained (SioClientSocket *self)
{
  g_signal_emit (self, signals[DRAINED], 0);
}

/* An SioAckSendFunc. */
static void
send_ack (GObject *target, uint64_t id, SioArgs *args)
{
  SioClientSocket *self = SIO_CLIENT_SOCKET (target);
  g_autoptr (GBytes) text = NULL;

  if (self->state != SIO_CLIENT_SOCKET_CONNECTED || id >> ACK_ID_BITS != (self->session & ACK_SESSION_MASK))
    return;
  text = sio_packet_encode_ack (self->nsp, id & ACK_ID_MASK, args);
  if (sio_client_check_size (self->client, text, args))
    sio_client_send (self->client, text, args);
  else
    g_warning ("An ack is larger than the server accepts and was dropped");
}

static void
emit_event (SioClientSocket *self, SioPacket *packet)
{
  g_autoptr (SioAck) ack = NULL;

  sio_client_recovery_take_offset (&self->recovery, packet);
  if (packet->has_id)
    ack = sio_ack_new (G_OBJECT (self),
                       packet->id | (uint64_t)(self->session & ACK_SESSION_MASK) << ACK_ID_BITS,
                       send_ack);
  sio_listeners_tell (&self->incoming_listeners, FALSE, self, packet->event, packet->args, ack);
  g_signal_emit (self, signals[EVENT], 0, packet->event, packet->args, ack);
  sio_listeners_tell (&self->incoming_listeners, TRUE, self, packet->event, packet->args, ack);
}

static void
deliver_early (SioClientSocket *self)
{
  g_autoptr (GPtrArray) early = sio_client_early_take (&self->early);

  self->delivering = TRUE;
  for (guint i = 0; i < early->len && self->state == SIO_CLIENT_SOCKET_CONNECTED; i++)
    emit_event (self, early->pdata[i]);
  self->delivering = FALSE;
}

/* Said only when the server has surely taken us in: it ends the whole connection otherwise. */
static void
send_disconnect (SioClientSocket *self)
{
  g_autoptr (GBytes) text = sio_packet_encode_disconnect (self->nsp);

  sio_client_send (self->client, text, NULL);
}

static void
on_connect_reply (SioClientSocket *self, SioPacket *packet)
{
  const char *sid = sio_client_get_member_string (packet->data, "sid");
  gboolean asked = self->asked;
  guint session;

  self->asked = FALSE;
  if (self->state == SIO_CLIENT_SOCKET_IDLE && asked)
    send_disconnect (self); /* left while the server thought about it */
  if (self->state != SIO_CLIENT_SOCKET_CONNECTING || !asked)
    return;
  if (sid == NULL)
    {
      become_idle (self);
      emit_connect_error (self, SIO_ERROR_PARSE,
                          "The server answered without an id: it may be of Socket.IO 2", NULL);
      return;
    }
  self->id = g_strdup (sid);
  session = ++self->session;
  self->recovered = sio_client_recovery_accept (&self->recovery, packet->data);
  set_state (self, SIO_CLIENT_SOCKET_CONNECTED);
  deliver_early (self);
  sio_client_socket_flush (self);
  if (self->state == SIO_CLIENT_SOCKET_CONNECTED && self->session == session)
    g_signal_emit (self, signals[CONNECTED], 0, self->recovered);
}

/* {"message":"...","data":...}, or a string. */
static void
on_refused (SioClientSocket *self, SioPacket *packet)
{
  const char *message = NULL;
  JsonNode *data = NULL;

  self->asked = FALSE;
  if (self->state != SIO_CLIENT_SOCKET_CONNECTING)
    return;
  if (packet->data != NULL && JSON_NODE_HOLDS_OBJECT (packet->data))
    {
      message = sio_client_get_member_string (packet->data, "message");
      data = json_object_get_member (json_node_get_object (packet->data), "data");
    }
  else if (packet->data != NULL && json_node_get_value_type (packet->data) == G_TYPE_STRING)
    {
      message = json_node_get_string (packet->data);
    }
  become_idle (self);
  emit_connect_error (self, SIO_ERROR_REFUSED, message != NULL ? message : "", data);
}

static void
on_server_disconnect (SioClientSocket *self)
{
  SioClientSocketState state = self->state;

  self->asked = FALSE;
  if (state != SIO_CLIENT_SOCKET_CONNECTED && state != SIO_CLIENT_SOCKET_CONNECTING)
    return;
  become_idle (self);
  if (state == SIO_CLIENT_SOCKET_CONNECTED)
    emit_disconnected (self, SIO_DISCONNECT_SERVER_NAMESPACE);
  else
    emit_connect_error (self, SIO_ERROR_REFUSED, "io server disconnect", NULL);
}

static void
keep_early (SioClientSocket *self, SioPacket *packet)
{
  if (!sio_client_early_keep (&self->early, packet))
    sio_client_fail (self->client, SIO_DISCONNECT_PARSE_ERROR,
                     g_error_new_literal (SIO_ERROR, SIO_ERROR_LIMIT,
                                          "The server sends events without having accepted"));
}

void
sio_client_socket_handle_packet (SioClientSocket *self, SioPacket *packet)
{
  g_object_ref (self);
  switch (packet->type)
    {
    case SIO_PACKET_CONNECT:
      on_connect_reply (self, packet);
      break;
    case SIO_PACKET_CONNECT_ERROR:
      on_refused (self, packet);
      break;
    case SIO_PACKET_DISCONNECT:
      on_server_disconnect (self);
      break;
    case SIO_PACKET_EVENT:
    case SIO_PACKET_BINARY_EVENT:
      if (self->state == SIO_CLIENT_SOCKET_CONNECTED)
        emit_event (self, packet);
      else if (self->state == SIO_CLIENT_SOCKET_CONNECTING)
        keep_early (self, packet);
      break;
    case SIO_PACKET_ACK:
    case SIO_PACKET_BINARY_ACK:
      if (self->state == SIO_CLIENT_SOCKET_CONNECTED && self->acks != NULL)
        sio_pending_acks_resolve (self->acks, packet->id, packet->args);
      break;
    }
  g_object_unref (self);
}

static void wait_for_reply (SioClientSocket *self);

/* A connection that serves no other namespace is made anew; else there is only waiting, since
 * asking twice is a fault. */
static gboolean
on_no_reply (gpointer user_data)
{
  g_autoptr (SioClientSocket) self = g_object_ref (user_data);
  const char *message
      = self->asked ? "The server did not accept in time" : "No auth was given in time";

  clear_timer (self);
  if (sio_client_has_connected_socket (self->client))
    {
      wait_for_reply (self);
      emit_connect_error (self, SIO_ERROR_TIMEOUT, message, NULL);
    }
  else
    {
      sio_client_fail (self->client, SIO_DISCONNECT_TRANSPORT_ERROR,
                       g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT, message));
    }
  return G_SOURCE_REMOVE;
}

static void
wait_for_reply (SioClientSocket *self)
{
  set_state (self, SIO_CLIENT_SOCKET_CONNECTING);
  self->timer = g_timeout_source_new (sio_client_get_timeout (self->client));
  g_source_set_static_name (self->timer, "SioClientSocket");
  g_source_set_callback (self->timer, on_no_reply, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* A SioAuthReadyFunc. What it was asked for may be over: then it is asked again for what is now. */
static void
send_connect (SioClientSocket *self, guint serial, JsonNode *auth)
{
  g_autoptr (JsonNode) payload = auth;
  g_autoptr (GBytes) text = NULL;

  if (self->state != SIO_CLIENT_SOCKET_CONNECTING || self->asked || serial != self->auth_serial)
    return;
  self->asked = TRUE;
  payload = sio_client_recovery_ask (&self->recovery, g_steal_pointer (&payload));
  text = sio_packet_encode_connect (self->nsp, payload);
  sio_client_send (self->client, text, NULL);
}

void
sio_client_socket_handle_open (SioClientSocket *self)
{
  g_autoptr (SioClientSocket) owned = g_object_ref (self);

  if (self->state != SIO_CLIENT_SOCKET_WAITING)
    return;
  wait_for_reply (self);
  /* Left and joined again before the answer: a second CONNECT is a fault. */
  if (!self->asked)
    sio_client_auth_ask (&self->auth, self, sio_client_get_engine_id (self->client),
                         ++self->auth_serial, send_connect);
}

void
sio_client_socket_handle_drained (SioClientSocket *self)
{
  g_object_ref (self);
  sio_client_socket_check_drained (self);
  g_object_unref (self);
}

void
sio_client_socket_handle_close (SioClientSocket *self, SioDisconnectReason reason)
{
  SioClientSocketState state = self->state;

  self->asked = FALSE;
  self->auth_serial++;
  if (state == SIO_CLIENT_SOCKET_IDLE || state == SIO_CLIENT_SOCKET_WAITING)
    return;
  g_object_ref (self);
  set_state (self, SIO_CLIENT_SOCKET_WAITING);
  if (state == SIO_CLIENT_SOCKET_CONNECTED)
    emit_disconnected (self, reason);
  else
    emit_connect_error (self, SIO_ERROR_TRANSPORT, "The connection was lost", NULL);
  g_object_unref (self);
}

void
sio_client_socket_handle_failure (SioClientSocket *self, const GError *error)
{
  if (self->state == SIO_CLIENT_SOCKET_WAITING)
    emit_connect_error (self, SIO_ERROR_TRANSPORT, error->message, NULL);
}

void
sio_client_socket_handle_give_up (SioClientSocket *self)
{
  if (self->state != SIO_CLIENT_SOCKET_IDLE)
    set_state (self, SIO_CLIENT_SOCKET_IDLE);
}

void
sio_client_socket_detach (SioClientSocket *self)
{
  SioClientSocketState state = self->state;

  g_object_ref (self);
  self->client = NULL;
  self->asked = FALSE;
  set_state (self, SIO_CLIENT_SOCKET_IDLE);
  sio_client_socket_clear_outgoing (self);
  if (state == SIO_CLIENT_SOCKET_CONNECTED)
    g_signal_emit (self, signals[DISCONNECTED], 0, SIO_DISCONNECT_CLIENT_NAMESPACE);
  sio_client_socket_fail_all (self);
  g_object_unref (self);
}

static void
sio_client_socket_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SioClientSocket *self = SIO_CLIENT_SOCKET (object);

  switch (id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->state == SIO_CLIENT_SOCKET_CONNECTED);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->state != SIO_CLIENT_SOCKET_IDLE);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_RECOVERED:
      g_value_set_boolean (value, self->state == SIO_CLIENT_SOCKET_CONNECTED && self->recovered);
      break;
    case PROP_BUFFERED_AMOUNT:
      g_value_set_uint64 (value, sio_client_socket_get_buffered_amount (self));
      break;
    case PROP_SEND_BUFFER_LIMIT:
      g_value_set_uint64 (value, self->send_buffer_limit);
      break;
    case PROP_OVERFLOW_POLICY:
      g_value_set_enum (value, (int)self->overflow);
      break;
    case PROP_ACK_TIMEOUT:
      g_value_set_uint (value, self->ack_timeout);
      break;
    case PROP_RETRIES:
      g_value_set_uint (value, self->retries);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sio_client_socket_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SioClientSocket *self = SIO_CLIENT_SOCKET (object);

  switch (id)
    {
    case PROP_SEND_BUFFER_LIMIT:
      self->send_buffer_limit = g_value_get_uint64 (value);
      break;
    case PROP_OVERFLOW_POLICY:
      self->overflow = (SioClientOverflow)g_value_get_enum (value);
      break;
    case PROP_ACK_TIMEOUT:
      self->ack_timeout = g_value_get_uint (value);
      break;
    case PROP_RETRIES:
      self->retries = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sio_client_socket_finalize (GObject *object)
{
  SioClientSocket *self = SIO_CLIENT_SOCKET (object);

  clear_timer (self);
  sio_client_auth_clear (&self->auth);
  sio_client_recovery_clear (&self->recovery);
  sio_client_buffer_clear (&self->outgoing);
  g_ptr_array_unref (sio_client_retries_take (&self->queue));
  /* Who waits in them holds the socket: they are empty. */
  g_clear_pointer (&self->acks, sio_pending_acks_free);
  sio_client_early_clear (&self->early);
  sio_listeners_clear (&self->incoming_listeners);
  sio_listeners_clear (&self->outgoing_listeners);
  g_free (self->id);
  g_free (self->nsp);
  G_OBJECT_CLASS (sio_client_socket_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  props[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE, readable);
  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, readable);
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, readable);
  props[PROP_RECOVERED] = g_param_spec_boolean ("recovered", NULL, NULL, FALSE, readable);
  props[PROP_BUFFERED_AMOUNT]
      = g_param_spec_uint64 ("buffered-amount", NULL, NULL, 0, G_MAXUINT64, 0, readable);
  props[PROP_SEND_BUFFER_LIMIT]
      = g_param_spec_uint64 ("send-buffer-limit", NULL, NULL, 0, G_MAXUINT64,
                             DEFAULT_SEND_BUFFER_LIMIT, readable | G_PARAM_WRITABLE);
  props[PROP_OVERFLOW_POLICY]
      = g_param_spec_enum ("overflow-policy", NULL, NULL, SIO_TYPE_CLIENT_OVERFLOW,
                           SIO_CLIENT_OVERFLOW_REFUSE, readable | G_PARAM_WRITABLE);
  props[PROP_ACK_TIMEOUT] = g_param_spec_uint ("ack-timeout", NULL, NULL, 0, G_MAXINT, 0,
                                               readable | G_PARAM_WRITABLE);
  props[PROP_RETRIES]
      = g_param_spec_uint ("retries", NULL, NULL, 0, G_MAXINT, 0, readable | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
sio_client_socket_class_init (SioClientSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = SIO_TYPE_CLIENT_SOCKET;

  object_class->get_property = sio_client_socket_get_property;
  object_class->set_property = sio_client_socket_set_property;
  object_class->finalize = sio_client_socket_finalize;
  install_properties (object_class);

  signals[CONNECTED] = g_signal_new ("connected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CONNECT_ERROR] = g_signal_new ("connect-error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_ERROR, JSON_TYPE_NODE);
  signals[DISCONNECTED] = g_signal_new ("disconnected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, SIO_TYPE_DISCONNECT_REASON);
  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 3, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                 SIO_TYPE_ARGS | G_SIGNAL_TYPE_STATIC_SCOPE,
                                 SIO_TYPE_ACK | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[DRAINED]
      = g_signal_new ("drained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sio_client_socket_init (SioClientSocket *self)
{
  self->send_buffer_limit = DEFAULT_SEND_BUFFER_LIMIT;
}

SioClientSocket *
sio_client_socket_new (SioClient *client, const char *nsp)
{
  SioClientSocket *self = g_object_new (SIO_TYPE_CLIENT_SOCKET, NULL);

  self->client = client;
  self->nsp = g_strdup (nsp);
  return self;
}

void
sio_client_socket_set_auth_func (SioClientSocket *self,
                                 SioAuthFunc func,
                                 gpointer user_data,
                                 GDestroyNotify destroy)
{
  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));

  sio_client_auth_set (&self->auth, func, NULL, user_data, destroy);
}

void
sio_client_socket_set_auth_request_func (SioClientSocket *self,
                                         SioAuthRequestFunc func,
                                         gpointer user_data,
                                         GDestroyNotify destroy)
{
  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));

  sio_client_auth_set (&self->auth, NULL, func, user_data, destroy);
}

void
sio_client_socket_set_auth (SioClientSocket *self, JsonNode *auth)
{
  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (auth == NULL || JSON_NODE_HOLDS_OBJECT (auth));

  sio_client_auth_set_value (&self->auth, auth);
}

void
sio_client_socket_connect (SioClientSocket *self)
{
  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));

  if (self->state != SIO_CLIENT_SOCKET_IDLE || self->client == NULL)
    return;
  g_object_ref (self);
  set_state (self, SIO_CLIENT_SOCKET_WAITING);
  /* Who was notified may have dropped the client or disconnected. */
  if (self->state == SIO_CLIENT_SOCKET_WAITING)
    sio_client_want (self->client, self);
  g_object_unref (self);
}

void
sio_client_socket_disconnect (SioClientSocket *self)
{
  gboolean was_connected;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));

  if (self->state == SIO_CLIENT_SOCKET_IDLE)
    return;
  g_object_ref (self);
  if (self->state == SIO_CLIENT_SOCKET_CONNECTED)
    send_disconnect (self);
  /* Sending may have found the connection broken, and said so. */
  was_connected = self->state == SIO_CLIENT_SOCKET_CONNECTED;
  if (self->state != SIO_CLIENT_SOCKET_IDLE)
    become_idle (self);
  if (was_connected)
    emit_disconnected (self, SIO_DISCONNECT_CLIENT_NAMESPACE);
  g_object_unref (self);
}

gboolean
sio_client_socket_is_connected (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), FALSE);

  return self->state == SIO_CLIENT_SOCKET_CONNECTED;
}

gboolean
sio_client_socket_is_active (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), FALSE);

  return self->state != SIO_CLIENT_SOCKET_IDLE;
}

const char *
sio_client_socket_get_id (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), NULL);

  return self->id;
}
