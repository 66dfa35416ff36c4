/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-private.h"

#include "engineio/eio-client-private.h"
#include "socketio/sio-args-private.h"
#include "socketio/sio-backoff.h"
#include "socketio/sio-decoder.h"
#include "socketio/sio-types-private.h"

/* IDLE -> OPENING (a socket is active) -> OPEN (engine open)
 * OPENING, OPEN -> WAITING (failed or lost) -> OPENING (the back-off is over)
 * OPENING, OPEN, WAITING -> IDLE (no socket is active any more; closed; given up) */
typedef enum
{
  STATE_IDLE,
  STATE_OPENING,
  STATE_OPEN,
  STATE_WAITING,
} State;

struct _SioClient
{
  GObject parent_instance;

  /* properties */
  gboolean reconnection;
  guint reconnection_attempts;
  guint timeout;
  EioClientConfig config;
  gboolean remember_upgrade;
  SioBackoff backoff;
  SioPacketLimits limits;

  GUri *uri;
  gboolean upgraded;   /* the last connection was a websocket in the end */
  GHashTable *sockets; /* owned: name -> SioClientSocket, owned */
  State state;
  EioClient *engine;      /* owned, while OPENING and OPEN */
  SioDecoder *decoder;    /* owned, with the engine */
  GSource *timer;         /* owned, while WAITING */
  guint attempt;          /* number of the reconnection under way, 0 for a first connection */
  gsize peer_max_payload; /* what the server accepted when it was last heard of, 0 for no limit */
};

G_DEFINE_FINAL_TYPE (SioClient, sio_client, G_TYPE_OBJECT)

enum
{
  PROP_RECONNECTION = EIO_CLIENT_CONFIG_N_PROPS,
  PROP_RECONNECTION_ATTEMPTS,
  PROP_RECONNECTION_DELAY,
  PROP_RECONNECTION_DELAY_MAX,
  PROP_RANDOMIZATION_FACTOR,
  PROP_TIMEOUT,
  PROP_REMEMBER_UPGRADE,
  PROP_MAX_ATTACHMENTS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  OPEN,
  ERROR,
  PACKET,
  CLOSED,
  RECONNECT_SCHEDULED,
  RECONNECT_ATTEMPT,
  RECONNECT_ERROR,
  RECONNECTED,
  RECONNECT_FAILED,
  PING,
  ACCEPT_CERTIFICATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void open_engine (SioClient *self);

/* A copy, since what they are told may change the table. */
static GPtrArray *
list_sockets (SioClient *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer socket;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    g_ptr_array_add (list, g_object_ref (socket));
  return list;
}

static gboolean
has_socket (SioClient *self, gboolean (*is) (SioClientSocket *socket))
{
  GHashTableIter iter;
  gpointer socket;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    if (is (socket))
      return TRUE;
  return FALSE;
}

static gboolean
has_active_socket (SioClient *self)
{
  return has_socket (self, sio_client_socket_is_active);
}

gboolean
sio_client_has_connected_socket (SioClient *self)
{
  return has_socket (self, sio_client_socket_is_connected);
}

static void
set_timer (SioClient *self, guint delay_ms, GSourceFunc func)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (func == NULL)
    return;
  self->timer = g_timeout_source_new (delay_ms);
  g_source_set_static_name (self->timer, "SioClient");
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* Lets go of the engine, which flushes and closes by itself. */
static void
drop_engine (SioClient *self)
{
  g_autoptr (EioClient) engine = g_steal_pointer (&self->engine);

  g_clear_pointer (&self->decoder, sio_decoder_free);
  if (engine == NULL)
    return;
  g_signal_handlers_disconnect_by_data (engine, self);
  eio_client_close (engine);
}

static void
set_idle (SioClient *self)
{
  self->state = STATE_IDLE;
  self->attempt = 0;
  set_timer (self, 0, NULL);
  sio_backoff_reset (&self->backoff);
  drop_engine (self);
}

static gboolean
on_backoff_over (gpointer user_data)
{
  SioClient *self = user_data;

  g_object_ref (self);
  set_timer (self, 0, NULL);
  g_signal_emit (self, signals[RECONNECT_ATTEMPT], 0, self->attempt);
  if (self->state == STATE_WAITING)
    open_engine (self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
give_up (SioClient *self)
{
  g_autoptr (GPtrArray) sockets = list_sockets (self);

  set_idle (self);
  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_handle_give_up (sockets->pdata[i]);
  g_signal_emit (self, signals[RECONNECT_FAILED], 0);
}

/* After a failure or a loss, when the sockets have been told. */
static void
schedule_reconnection (SioClient *self)
{
  guint delay;

  if (!has_active_socket (self))
    {
      set_idle (self);
      return;
    }
  if (!self->reconnection
      || (self->reconnection_attempts > 0 && self->backoff.attempts >= self->reconnection_attempts))
    {
      give_up (self);
      return;
    }
  delay = sio_backoff_next (&self->backoff, g_random_double ());
  self->attempt = self->backoff.attempts;
  self->state = STATE_WAITING;
  set_timer (self, delay, on_backoff_over);
  g_signal_emit (self, signals[RECONNECT_SCHEDULED], 0, self->attempt, delay);
}

static void
on_open_failed (SioClient *self, const GError *error)
{
  g_autoptr (GPtrArray) sockets = list_sockets (self);

  self->upgraded = FALSE;
  /* Not OPENING while others act; the attempt is over. */
  self->state = STATE_WAITING;
  g_signal_emit (self, signals[ERROR], 0, error);
  if (self->attempt > 0)
    g_signal_emit (self, signals[RECONNECT_ERROR], 0, error);
  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_handle_failure (sockets->pdata[i], error);
  if (self->state == STATE_WAITING && self->timer == NULL)
    schedule_reconnection (self);
}

static void
on_lost (SioClient *self, SioDisconnectReason reason, const GError *error)
{
  g_autoptr (GPtrArray) sockets = list_sockets (self);

  self->state = STATE_WAITING;
  self->attempt = 0;
  sio_backoff_reset (&self->backoff);
  if (error != NULL)
    g_signal_emit (self, signals[ERROR], 0, error);
  g_signal_emit (self, signals[CLOSED], 0, reason, error);
  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_handle_close (sockets->pdata[i], reason);
  if (self->state == STATE_WAITING && self->timer == NULL)
    schedule_reconnection (self);
}

/* The engine is gone or is let go of. error: nullable. */
static void
end_engine (SioClient *self, SioDisconnectReason reason, const GError *error)
{
  State state = self->state;

  g_object_ref (self);
  drop_engine (self);
  if (state == STATE_OPEN)
    on_lost (self, reason, error);
  else if (state == STATE_OPENING)
    on_open_failed (self, error);
  g_object_unref (self);
}

static void
on_engine_closed (SioClient *self, EioCloseReason reason, const GError *error)
{
  end_engine (self, sio_disconnect_reason_from_engine (reason), error);
}

static void
on_engine_opened (SioClient *self)
{
  g_autoptr (GPtrArray) sockets = list_sockets (self);
  EioClient *engine = self->engine;
  guint attempt = self->attempt;

  g_object_ref (self);
  self->state = STATE_OPEN;
  self->attempt = 0;
  self->upgraded = eio_client_get_transport (engine) == EIO_TRANSPORT_WEBSOCKET;
  self->peer_max_payload = eio_client_get_max_payload (engine);
  sio_backoff_reset (&self->backoff);
  g_signal_emit (self, signals[OPEN], 0);
  if (attempt > 0 && self->state == STATE_OPEN)
    g_signal_emit (self, signals[RECONNECTED], 0, attempt);
  for (guint i = 0; i < sockets->len && self->state == STATE_OPEN && self->engine == engine; i++)
    sio_client_socket_handle_open (sockets->pdata[i]);
  g_object_unref (self);
}

/* Whether the connection that it came by is there still. */
static gboolean
tell_packet (SioClient *self, const SioPacket *packet)
{
  EioClient *engine = self->engine;

  if (!g_signal_has_handler_pending (self, signals[PACKET], 0, FALSE))
    return TRUE;
  g_signal_emit (self, signals[PACKET], 0, packet->type, packet->nsp, packet->event, packet->args);
  return self->engine == engine;
}

/* Packets for a namespace that nobody asked for are ignored: it may just have been left. */
static void
dispatch (SioClient *self, SioPacket *packet)
{
  g_autoptr (SioClient) alive = g_object_ref (self);
  SioClientSocket *socket;

  if (!tell_packet (self, packet))
    return;
  socket = g_hash_table_lookup (self->sockets, packet->nsp);
  if (socket != NULL)
    sio_client_socket_handle_packet (socket, packet);
}

static void
on_engine_message (SioClient *self, GBytes *data, gboolean binary)
{
  g_auto (SioPacket) packet = { 0 };
  g_autoptr (GError) error = NULL;
  SioDecoderResult result;

  if (binary)
    result = sio_decoder_feed_binary (self->decoder, data, &packet, &error);
  else
    result = sio_decoder_feed_text (self->decoder, data, &packet, &error);
  if (result == SIO_DECODER_ERROR)
    end_engine (self, SIO_DISCONNECT_PARSE_ERROR, error);
  else if (result == SIO_DECODER_PACKET)
    dispatch (self, &packet);
}

static void
on_engine_upgraded (SioClient *self)
{
  self->upgraded = TRUE;
}

static void
on_engine_drained (SioClient *self)
{
  g_autoptr (GPtrArray) sockets = list_sockets (self);

  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_handle_drained (sockets->pdata[i]);
}

static void
on_engine_ping (SioClient *self)
{
  g_signal_emit (self, signals[PING], 0);
}

static gboolean
on_accept_certificate (SioClient *self, GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  gboolean accepted = FALSE;

  g_signal_emit (self, signals[ACCEPT_CERTIFICATE], 0, certificate, errors, &accepted);
  return accepted;
}

static EioClient *
new_engine (SioClient *self)
{
  EioClient *engine = eio_client_new_with_config (
      self->uri, &self->config, self->timeout, self->remember_upgrade && self->upgraded);

  g_signal_connect_object (engine, "opened", G_CALLBACK (on_engine_opened), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "upgraded", G_CALLBACK (on_engine_upgraded), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "accept-certificate", G_CALLBACK (on_accept_certificate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "message", G_CALLBACK (on_engine_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "ping", G_CALLBACK (on_engine_ping), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "drained", G_CALLBACK (on_engine_drained), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "closed", G_CALLBACK (on_engine_closed), self,
                           G_CONNECT_SWAPPED);
  return engine;
}

static void
open_engine (SioClient *self)
{
  g_assert (self->engine == NULL);

  self->state = STATE_OPENING;
  set_timer (self, 0, NULL);
  self->decoder = sio_decoder_new (&self->limits);
  self->engine = new_engine (self);
  eio_client_open (self->engine);
}

void
sio_client_want (SioClient *self, SioClientSocket *socket)
{
  if (self->state == STATE_IDLE)
    open_engine (self);
  else if (self->state == STATE_OPEN)
    sio_client_socket_handle_open (socket);
}

void
sio_client_unwant (SioClient *self)
{
  g_autoptr (GPtrArray) sockets = NULL;
  State state = self->state;

  if (state == STATE_IDLE || has_active_socket (self))
    return;
  g_object_ref (self);
  sockets = list_sockets (self);
  set_idle (self);
  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_handle_close (sockets->pdata[i], SIO_DISCONNECT_FORCED_CLOSE);
  if (state == STATE_OPEN)
    g_signal_emit (self, signals[CLOSED], 0, SIO_DISCONNECT_FORCED_CLOSE, NULL);
  g_object_unref (self);
}

gboolean
sio_client_is_open (SioClient *self)
{
  return self->state == STATE_OPEN;
}

gboolean
sio_client_check_alive (SioClient *self)
{
  return self->state == STATE_OPEN && !eio_client_check_heartbeat (self->engine);
}

gboolean
sio_client_is_writable (SioClient *self)
{
  return self->state == STATE_OPEN && eio_client_is_writable (self->engine);
}

gsize
sio_client_get_engine_buffered_amount (SioClient *self)
{
  return self->engine != NULL ? eio_client_get_buffered_amount (self->engine) : 0;
}

guint
sio_client_get_timeout (SioClient *self)
{
  return self->timeout;
}

gboolean
sio_client_check_size (SioClient *self, GBytes *text, SioArgs *args)
{
  guint n = args != NULL ? sio_args_get_n_attachments (args) : 0;
  gsize limit = self->peer_max_payload;

  if (n > self->limits.max_attachments)
    return FALSE;
  if (limit == 0)
    return TRUE;
  /* The packet's digit counts. */
  if (g_bytes_get_size (text) >= limit)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_bytes_get_size (sio_args_get_attachment (args, i)) > limit)
      return FALSE;
  return TRUE;
}

/* mark: filled but for its number of attachments. */
static void
send_marked (SioClient *self, GBytes *text, SioArgs *args, EioClientMark mark)
{
  g_autoptr (EioClient) engine = self->engine != NULL ? g_object_ref (self->engine) : NULL;
  g_autofree GBytes **attachments = NULL;

  if (engine == NULL)
    return;
  mark.n_more = args != NULL ? sio_args_get_n_attachments (args) : 0;
  if (mark.n_more > 0)
    attachments = g_new (GBytes *, mark.n_more);
  for (guint i = 0; i < mark.n_more; i++)
    attachments[i] = sio_args_get_attachment (args, i);
  eio_client_send_marked (engine, text, attachments, &mark);
}

void
sio_client_send (SioClient *self, GBytes *text, SioArgs *args)
{
  send_marked (self, text, args, (EioClientMark){ .tag = -1 });
}

void
sio_client_send_event (SioClient *self, SioClientSocket *socket, const SioClientEvent *event)
{
  send_marked (self, event->text, event->args,
               (EioClientMark){ socket, event->ack_id, 0, event->plain });
}

gboolean
sio_client_drop_oldest (SioClient *self, SioClientSocket *socket, int64_t *ack_id)
{
  return self->engine != NULL && eio_client_drop_oldest (self->engine, socket, ack_id);
}

uint64_t
sio_client_get_given (SioClient *self)
{
  return self->engine != NULL ? eio_client_get_given (self->engine) : 0;
}

void
sio_client_fail (SioClient *self, SioDisconnectReason reason, GError *error)
{
  g_autoptr (GError) owned = error;

  if (self->state == STATE_OPEN)
    end_engine (self, reason, owned);
}

static void
sio_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SioClient *self = SIO_CLIENT (object);

  if (eio_client_config_get_property (&self->config, id, value))
    return;
  switch (id)
    {
    case PROP_RECONNECTION:
      g_value_set_boolean (value, self->reconnection);
      break;
    case PROP_RECONNECTION_ATTEMPTS:
      g_value_set_uint (value, self->reconnection_attempts);
      break;
    case PROP_RECONNECTION_DELAY:
      g_value_set_uint (value, self->backoff.min_ms);
      break;
    case PROP_RECONNECTION_DELAY_MAX:
      g_value_set_uint (value, self->backoff.max_ms);
      break;
    case PROP_RANDOMIZATION_FACTOR:
      g_value_set_double (value, self->backoff.factor);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    case PROP_REMEMBER_UPGRADE:
      g_value_set_boolean (value, self->remember_upgrade);
      break;
    case PROP_MAX_ATTACHMENTS:
      g_value_set_uint (value, self->limits.max_attachments);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sio_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SioClient *self = SIO_CLIENT (object);

  if (eio_client_config_set_property (&self->config, id, value))
    return;
  switch (id)
    {
    case PROP_RECONNECTION:
      self->reconnection = g_value_get_boolean (value);
      break;
    case PROP_RECONNECTION_ATTEMPTS:
      self->reconnection_attempts = g_value_get_uint (value);
      break;
    case PROP_RECONNECTION_DELAY:
      self->backoff.min_ms = g_value_get_uint (value);
      break;
    case PROP_RECONNECTION_DELAY_MAX:
      self->backoff.max_ms = g_value_get_uint (value);
      break;
    case PROP_RANDOMIZATION_FACTOR:
      self->backoff.factor = g_value_get_double (value);
      break;
    case PROP_TIMEOUT:
      self->timeout = g_value_get_uint (value);
      break;
    case PROP_REMEMBER_UPGRADE:
      self->remember_upgrade = g_value_get_boolean (value);
      break;
    case PROP_MAX_ATTACHMENTS:
      self->limits.max_attachments = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* No signal of its own any more; the sockets live as long as others hold them, without a client. */
static void
sio_client_dispose (GObject *object)
{
  SioClient *self = SIO_CLIENT (object);
  g_autoptr (GPtrArray) sockets = list_sockets (self);

  set_idle (self);
  g_hash_table_remove_all (self->sockets);
  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_detach (sockets->pdata[i]);
  G_OBJECT_CLASS (sio_client_parent_class)->dispose (object);
}

static void
sio_client_finalize (GObject *object)
{
  SioClient *self = SIO_CLIENT (object);

  g_clear_pointer (&self->uri, g_uri_unref);
  eio_client_config_clear (&self->config);
  g_hash_table_unref (self->sockets);
  G_OBJECT_CLASS (sio_client_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  eio_client_config_fill_props (props, "/socket.io/", flags);
  props[PROP_RECONNECTION] = g_param_spec_boolean ("reconnection", NULL, NULL, TRUE, flags);
  props[PROP_RECONNECTION_ATTEMPTS]
      = g_param_spec_uint ("reconnection-attempts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_RECONNECTION_DELAY]
      = g_param_spec_uint ("reconnection-delay", NULL, NULL, 0, G_MAXINT, 1000, flags);
  props[PROP_RECONNECTION_DELAY_MAX]
      = g_param_spec_uint ("reconnection-delay-max", NULL, NULL, 0, G_MAXINT, 5000, flags);
  props[PROP_RANDOMIZATION_FACTOR]
      = g_param_spec_double ("randomization-factor", NULL, NULL, 0, 1, 0.5, flags);
  props[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXINT, 20000, flags);
  props[PROP_REMEMBER_UPGRADE] = g_param_spec_boolean ("remember-upgrade", NULL, NULL, FALSE, flags);
  props[PROP_MAX_ATTACHMENTS]
      = g_param_spec_uint ("max-attachments", NULL, NULL, 0, 1000, 10, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static guint
install_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, SIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, first, second);
}

static void
sio_client_class_init (SioClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sio_client_get_property;
  object_class->set_property = sio_client_set_property;
  object_class->dispose = sio_client_dispose;
  object_class->finalize = sio_client_finalize;
  install_properties (object_class);

  signals[OPEN] = install_signal ("open", 0, 0, 0);
  signals[ERROR] = install_signal ("error", 1, G_TYPE_ERROR, 0);
  signals[PACKET]
      = g_signal_new ("packet", SIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                      SIO_TYPE_PACKET_TYPE, G_TYPE_STRING, G_TYPE_STRING, SIO_TYPE_ARGS);
  signals[CLOSED] = install_signal ("closed", 2, SIO_TYPE_DISCONNECT_REASON, G_TYPE_ERROR);
  signals[RECONNECT_SCHEDULED]
      = install_signal ("reconnect-scheduled", 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[RECONNECT_ATTEMPT] = install_signal ("reconnect-attempt", 1, G_TYPE_UINT, 0);
  signals[RECONNECT_ERROR] = install_signal ("reconnect-error", 1, G_TYPE_ERROR, 0);
  signals[RECONNECTED] = install_signal ("reconnected", 1, G_TYPE_UINT, 0);
  signals[RECONNECT_FAILED] = install_signal ("reconnect-failed", 0, 0, 0);
  signals[PING] = install_signal ("ping", 0, 0, 0);
  signals[ACCEPT_CERTIFICATE]
      = g_signal_new ("accept-certificate", SIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0,
                      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                      G_TYPE_TLS_CERTIFICATE, G_TYPE_TLS_CERTIFICATE_FLAGS);
}

static void
sio_client_init (SioClient *self)
{
  sio_packet_limits_init (&self->limits);
  eio_client_config_init (&self->config);
  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static gboolean
check_uri (GUri *uri, GError **error)
{
  static const char *const schemes[] = { "http", "https", "ws", "wss", NULL };
  const char *host = g_uri_get_host (uri);

  if (!g_strv_contains (schemes, g_uri_get_scheme (uri)))
    {
      g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
                   "Not an address of a Socket.IO server");
      return FALSE;
    }
  if (host == NULL || *host == '\0')
    {
      g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST, "The address names no host");
      return FALSE;
    }
  return TRUE;
}

SioClient *
sio_client_new (const char *uri, GError **error)
{
  g_autoptr (GUri) parsed = NULL;
  SioClient *self;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_SCHEME_NORMALIZE, error);
  if (parsed == NULL || !check_uri (parsed, error))
    return NULL;
  self = g_object_new (SIO_TYPE_CLIENT, NULL);
  self->uri = g_steal_pointer (&parsed);
  return self;
}

void
sio_client_set_header (SioClient *self, const char *name, const char *value)
{
  g_return_if_fail (SIO_IS_CLIENT (self));

  eio_client_config_set_header (&self->config, name, value);
}

void
sio_client_set_query (SioClient *self, const char *name, const char *value)
{
  g_return_if_fail (SIO_IS_CLIENT (self));

  eio_client_config_set_query (&self->config, name, value);
}

SioClientSocket *
sio_client_socket (SioClient *self, const char *nsp)
{
  SioClientSocket *socket;

  g_return_val_if_fail (SIO_IS_CLIENT (self), NULL);
  g_return_val_if_fail (nsp != NULL && *nsp == '/' && strchr (nsp, ',') == NULL, NULL);

  socket = g_hash_table_lookup (self->sockets, nsp);
  if (socket == NULL)
    {
      socket = sio_client_socket_new (self, nsp);
      g_hash_table_insert (self->sockets, g_strdup (nsp), socket);
    }
  return socket;
}

const char *
sio_client_get_engine_id (SioClient *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT (self), NULL);

  return self->state == STATE_OPEN ? eio_client_get_id (self->engine) : NULL;
}

EioTransports
sio_client_get_transport (SioClient *self)
{
  g_return_val_if_fail (SIO_IS_CLIENT (self), 0);

  return self->state == STATE_OPEN ? eio_client_get_transport (self->engine) : 0;
}

void
sio_client_reconnect_now (SioClient *self)
{
  g_return_if_fail (SIO_IS_CLIENT (self));

  if (self->state == STATE_WAITING && self->timer != NULL)
    on_backoff_over (self);
}

void
sio_client_close (SioClient *self)
{
  g_autoptr (GPtrArray) sockets = NULL;

  g_return_if_fail (SIO_IS_CLIENT (self));

  g_object_ref (self);
  sockets = list_sockets (self);
  for (guint i = 0; i < sockets->len; i++)
    sio_client_socket_disconnect (sockets->pdata[i]);
  g_object_unref (self);
}
