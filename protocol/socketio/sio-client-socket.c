/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every event goes through the send buffer, so that what was emitted while disconnected always
 * leaves before what was emitted later, whatever the handlers do in between. */
#include "socketio/sio-client-socket.h"

#include "socketio/sio-ack-private.h"
#include "socketio/sio-args-private.h"
#include "socketio/sio-client-acks.h"
#include "socketio/sio-client-auth.h"
#include "socketio/sio-client-buffer.h"
#include "socketio/sio-client-private.h"
#include "socketio/sio-client-recovery.h"

#define DEFAULT_SEND_BUFFER_LIMIT (1024 * 1024)

/* An incoming ack id carries the connection that it belongs to in the bits that no valid id uses:
 * an answer that comes after a reconnection must not answer another event of the same number. */
#define ACK_ID_BITS 53
#define ACK_ID_MASK ((G_GUINT64_CONSTANT (1) << ACK_ID_BITS) - 1)
#define ACK_SESSION_MASK ((1U << (64 - ACK_ID_BITS)) - 1)

/* IDLE -> WAITING (connect) -> CONNECTING (CONNECT sent) -> CONNECTED (its reply)
 * CONNECTING, CONNECTED -> WAITING (the connection was lost)
 * WAITING, CONNECTING, CONNECTED -> IDLE (disconnect by either side, refused, given up) */
typedef enum
{
  STATE_IDLE,
  STATE_WAITING,
  STATE_CONNECTING,
  STATE_CONNECTED,
} State;

struct _SioClientSocket
{
  GObject parent_instance;

  SioClient *client; /* borrowed; NULL when it is gone */
  char *nsp;
  SioClientAuth auth;
  guint64 send_buffer_limit; /* bytes */

  State state;
  char *id;             /* while CONNECTED */
  guint session;        /* counts connections */
  gboolean asked;       /* CONNECT was sent on this connection and is not answered yet */
  GSource *timer;       /* owned, while CONNECTING */
  SioClientEarly early; /* while CONNECTING */
  gboolean delivering;  /* the early events: nothing is flushed meanwhile */

  SioClientRecovery recovery;
  gboolean recovered; /* while CONNECTED */
  SioClientBuffer outgoing;
  SioClientAcks *acks; /* owned */
};

G_DEFINE_FINAL_TYPE (SioClientSocket, sio_client_socket, G_TYPE_OBJECT)

enum
{
  PROP_CONNECTED = 1,
  PROP_ACTIVE,
  PROP_ID,
  PROP_RECOVERED,
  PROP_SEND_BUFFER_LIMIT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  CONNECTED,
  CONNECT_ERROR,
  DISCONNECTED,
  EVENT,
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
set_state (SioClientSocket *self, State state)
{
  gboolean was_active = self->state != STATE_IDLE;
  gboolean was_connected = self->state == STATE_CONNECTED;

  self->state = state;
  if (state != STATE_CONNECTING)
    clear_timer (self);
  if (state != STATE_CONNECTING && state != STATE_CONNECTED)
    sio_client_early_clear (&self->early);
  if (state != STATE_CONNECTED)
    g_clear_pointer (&self->id, g_free);
  if (was_active != (state != STATE_IDLE))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  if (was_connected != (state == STATE_CONNECTED))
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
  set_state (self, STATE_IDLE);
  sio_client_recovery_clear (&self->recovery); /* the server has forgotten it, too */
  if (self->client != NULL)
    sio_client_unwant (self->client);
}

/* The namespace is left; what was sent is not answered any more. */
static void
emit_disconnected (SioClientSocket *self, SioDisconnectReason reason)
{
  g_signal_emit (self, signals[DISCONNECTED], 0, reason);
  sio_client_acks_disconnect (self->acks, FALSE);
}

static void
on_ack_gone (uint64_t id, gpointer user_data)
{
  SioClientSocket *self = user_data;

  sio_client_buffer_drop_ack (&self->outgoing, id);
}

static GError *
new_size_error (void)
{
  return g_error_new_literal (SIO_ERROR, SIO_ERROR_LIMIT,
                              "The event is larger than the server accepts");
}

static void
send_event (SioClientSocket *self, SioClientEvent *event)
{
  if (!sio_client_check_size (self->client, event->text, event->args))
    {
      if (event->ack_id >= 0)
        sio_client_acks_fail (self->acks, (uint64_t)event->ack_id, new_size_error ());
      else
        g_warning ("A buffered event is larger than the server accepts and was dropped");
      return;
    }
  if (event->ack_id >= 0)
    sio_client_acks_set_sent (self->acks, (uint64_t)event->ack_id);
  sio_client_send (self->client, event->text, event->args);
}

static void
flush (SioClientSocket *self)
{
  while (self->state == STATE_CONNECTED && !self->delivering && self->outgoing.size > 0)
    {
      g_autoptr (SioClientEvent) event = sio_client_buffer_pop (&self->outgoing);

      send_event (self, event);
    }
}

/* An SioAckSendFunc. */
static void
send_ack (GObject *target, uint64_t id, SioArgs *args)
{
  SioClientSocket *self = SIO_CLIENT_SOCKET (target);
  g_autoptr (GBytes) text = NULL;

  if (self->state != STATE_CONNECTED || id >> ACK_ID_BITS != (self->session & ACK_SESSION_MASK))
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
  g_signal_emit (self, signals[EVENT], 0, packet->event, packet->args, ack);
}

static void
deliver_early (SioClientSocket *self)
{
  g_autoptr (GPtrArray) early = sio_client_early_take (&self->early);

  self->delivering = TRUE;
  for (guint i = 0; i < early->len && self->state == STATE_CONNECTED; i++)
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
  if (self->state == STATE_IDLE && asked)
    send_disconnect (self); /* left while the server thought about it */
  if (self->state != STATE_CONNECTING)
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
  set_state (self, STATE_CONNECTED);
  deliver_early (self);
  flush (self);
  if (self->state == STATE_CONNECTED && self->session == session)
    g_signal_emit (self, signals[CONNECTED], 0, self->recovered);
}

/* {"message":"...","data":...}, or a string. */
static void
on_refused (SioClientSocket *self, SioPacket *packet)
{
  const char *message = NULL;
  JsonNode *data = NULL;

  self->asked = FALSE;
  if (self->state != STATE_CONNECTING)
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
  State state = self->state;

  self->asked = FALSE;
  if (state != STATE_CONNECTED && state != STATE_CONNECTING)
    return;
  become_idle (self);
  if (state == STATE_CONNECTED)
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
      if (self->state == STATE_CONNECTED)
        emit_event (self, packet);
      else if (self->state == STATE_CONNECTING)
        keep_early (self, packet);
      break;
    case SIO_PACKET_ACK:
    case SIO_PACKET_BINARY_ACK:
      if (self->state == STATE_CONNECTED)
        sio_client_acks_answer (self->acks, packet->id, packet->args);
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
  const char *message = "The server did not accept in time";

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
  set_state (self, STATE_CONNECTING);
  self->timer = g_timeout_source_new (sio_client_get_timeout (self->client));
  g_source_set_static_name (self->timer, "SioClientSocket");
  g_source_set_callback (self->timer, on_no_reply, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

void
sio_client_socket_handle_open (SioClientSocket *self)
{
  g_autoptr (SioClientSocket) owned = g_object_ref (self);
  g_autoptr (JsonNode) auth = NULL;
  g_autoptr (GBytes) text = NULL;

  if (self->state != STATE_WAITING)
    return;
  if (self->asked)
    {
      wait_for_reply (self); /* left and joined again meanwhile; a second CONNECT is a fault */
      return;
    }
  auth = sio_client_auth_make (&self->auth, self, sio_client_get_engine_id (self->client));
  /* The function is the application's. */
  if (self->state != STATE_WAITING || !sio_client_is_open (self->client))
    return;
  wait_for_reply (self);
  self->asked = TRUE;
  auth = sio_client_recovery_ask (&self->recovery, g_steal_pointer (&auth));
  text = sio_packet_encode_connect (self->nsp, auth);
  sio_client_send (self->client, text, NULL);
}

void
sio_client_socket_handle_close (SioClientSocket *self, SioDisconnectReason reason)
{
  State state = self->state;

  self->asked = FALSE;
  if (state == STATE_IDLE || state == STATE_WAITING)
    return;
  g_object_ref (self);
  set_state (self, STATE_WAITING);
  if (state == STATE_CONNECTED)
    emit_disconnected (self, reason);
  else
    emit_connect_error (self, SIO_ERROR_TRANSPORT, "The connection was lost", NULL);
  g_object_unref (self);
}

void
sio_client_socket_handle_failure (SioClientSocket *self, const GError *error)
{
  if (self->state == STATE_WAITING)
    emit_connect_error (self, SIO_ERROR_TRANSPORT, error->message, NULL);
}

void
sio_client_socket_handle_give_up (SioClientSocket *self)
{
  if (self->state != STATE_IDLE)
    set_state (self, STATE_IDLE);
}

void
sio_client_socket_detach (SioClientSocket *self)
{
  State state = self->state;

  g_object_ref (self);
  self->client = NULL;
  self->asked = FALSE;
  set_state (self, STATE_IDLE);
  sio_client_buffer_clear (&self->outgoing);
  if (state == STATE_CONNECTED)
    g_signal_emit (self, signals[DISCONNECTED], 0, SIO_DISCONNECT_CLIENT_NAMESPACE);
  sio_client_acks_disconnect (self->acks, TRUE);
  g_object_unref (self);
}

static void
sio_client_socket_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SioClientSocket *self = SIO_CLIENT_SOCKET (object);

  switch (id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->state == STATE_CONNECTED);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->state != STATE_IDLE);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_RECOVERED:
      g_value_set_boolean (value, self->state == STATE_CONNECTED && self->recovered);
      break;
    case PROP_SEND_BUFFER_LIMIT:
      g_value_set_uint64 (value, self->send_buffer_limit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sio_client_socket_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SEND_BUFFER_LIMIT:
      SIO_CLIENT_SOCKET (object)->send_buffer_limit = g_value_get_uint64 (value);
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
  sio_client_acks_free (self->acks);
  sio_client_early_clear (&self->early);
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
  props[PROP_SEND_BUFFER_LIMIT]
      = g_param_spec_uint64 ("send-buffer-limit", NULL, NULL, 0, G_MAXUINT64,
                             DEFAULT_SEND_BUFFER_LIMIT, readable | G_PARAM_WRITABLE);
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
}

static void
sio_client_socket_init (SioClientSocket *self)
{
  self->send_buffer_limit = DEFAULT_SEND_BUFFER_LIMIT;
  self->acks = sio_client_acks_new (on_ack_gone, self);
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

  sio_client_auth_set (&self->auth, func, user_data, destroy);
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

  if (self->state != STATE_IDLE || self->client == NULL)
    return;
  g_object_ref (self);
  set_state (self, STATE_WAITING);
  /* Who was notified may have dropped the client or disconnected. */
  if (self->state == STATE_WAITING)
    sio_client_want (self->client, self);
  g_object_unref (self);
}

void
sio_client_socket_disconnect (SioClientSocket *self)
{
  gboolean was_connected;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));

  if (self->state == STATE_IDLE)
    return;
  g_object_ref (self);
  if (self->state == STATE_CONNECTED)
    send_disconnect (self);
  /* Sending may have found the connection broken, and said so. */
  was_connected = self->state == STATE_CONNECTED;
  if (self->state != STATE_IDLE)
    become_idle (self);
  if (was_connected)
    emit_disconnected (self, SIO_DISCONNECT_CLIENT_NAMESPACE);
  g_object_unref (self);
}

gboolean
sio_client_socket_is_connected (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), FALSE);

  return self->state == STATE_CONNECTED;
}

gboolean
sio_client_socket_is_active (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), FALSE);

  return self->state != STATE_IDLE;
}

const char *
sio_client_socket_get_id (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), NULL);

  return self->id;
}

gsize
sio_client_socket_get_buffered_amount (SioClientSocket *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);

  if (self->client == NULL)
    return 0;
  return self->outgoing.size + sio_client_get_engine_buffered_amount (self->client);
}

/* One event alone may be larger than the whole buffer while there is nothing to be buffered. */
static gboolean
has_room (SioClientSocket *self, gsize size)
{
  gsize buffered = sio_client_socket_get_buffered_amount (self);

  if (self->state == STATE_CONNECTED && buffered == 0)
    return TRUE;
  return size <= self->send_buffer_limit && buffered <= self->send_buffer_limit - size;
}

static gboolean
queue_event (SioClientSocket *self, const char *name, SioArgs *args, int64_t ack_id, GError **error)
{
  g_autoptr (SioClientEvent) event
      = sio_client_event_new (sio_packet_encode_event (self->nsp, name, args, ack_id), args,
                              ack_id);

  if (self->client == NULL)
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_DISCONNECTED, "The client is gone");
      return FALSE;
    }
  if (!sio_client_check_size (self->client, event->text, args))
    {
      g_propagate_error (error, new_size_error ());
      return FALSE;
    }
  if (!has_room (self, event->size))
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_LIMIT, "The send buffer is full");
      return FALSE;
    }
  sio_client_buffer_push (&self->outgoing, g_steal_pointer (&event));
  flush (self);
  return TRUE;
}

/* A connection that died while the computer slept is noticed here: the event is buffered then. */
static void
check_alive (SioClientSocket *self)
{
  if (self->state == STATE_CONNECTED)
    sio_client_check_alive (self->client);
}

gboolean
sio_client_socket_emit (SioClientSocket *self, const char *event, SioArgs *args)
{
  g_autoptr (SioClientSocket) owned = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), FALSE);
  g_return_val_if_fail (event != NULL && !sio_packet_is_reserved_event (event), FALSE);

  owned = g_object_ref (self);
  check_alive (self);
  if (queue_event (self, event, args, -1, &error))
    return TRUE;
  g_debug ("An event was not taken: %s", error->message);
  return FALSE;
}

void
sio_client_socket_emit_volatile (SioClientSocket *self, const char *event, SioArgs *args)
{
  g_autoptr (SioClientSocket) owned = NULL;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));

  owned = g_object_ref (self);
  check_alive (self);
  if (self->state == STATE_CONNECTED && self->outgoing.size == 0
      && sio_client_is_writable (self->client))
    queue_event (self, event, args, -1, NULL);
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
  g_autoptr (GError) error = NULL;
  uint64_t id;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_client_socket_emit_with_ack_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  check_alive (self);
  id = sio_client_acks_add (self->acks, task, timeout_ms);
  if (!queue_event (self, event, args, (int64_t)id, &error))
    sio_client_acks_fail (self->acks, id, g_steal_pointer (&error));
}

SioArgs *
sio_client_socket_emit_with_ack_finish (SioClientSocket *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
