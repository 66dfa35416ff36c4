/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-private.h"

#include "engineio/eio-client-heartbeat.h"
#include "engineio/eio-client-upgrade.h"
#include "engineio/eio-handshake.h"
#include "engineio/eio-websocket-client.h"

#define CLOSE_TIMEOUT_MS 5000

/* IDLE -> OPENING (first request) -> OPEN (open packet) -> CLOSING (flushes what is queued) ->
 * CLOSED IDLE, OPENING, OPEN -> CLOSED */
typedef enum
{
  STATE_IDLE,
  STATE_OPENING,
  STATE_OPEN,
  STATE_CLOSING,
  STATE_CLOSED,
} State;

struct _EioClient
{
  GObject parent_instance;

  /* properties */
  EioClientConfig config;
  GUri *uri;
  guint open_timeout;
  guint64 max_buffered;

  State state;
  EioTransports tried;           /* to open the session */
  EioClientTarget *target;       /* owned */
  EioClientTransport *transport; /* owned, from OPENING to CLOSED */
  EioClientUpgrade *upgrading;   /* owned, while it is tried */
  EioClientHeartbeat *heartbeat; /* owned, from OPEN to CLOSED */
  GSource *timer;                /* owned: open time-out, then close time-out */

  EioClientQueue outgoing;
  gboolean held; /* something could not leave at once: "drained" is due */
  gboolean pong_queued;
};

G_DEFINE_FINAL_TYPE (EioClient, eio_client, G_TYPE_OBJECT)

enum
{
  PROP_URI = EIO_CLIENT_CONFIG_N_PROPS,
  PROP_OPEN_TIMEOUT,
  PROP_MAX_BUFFERED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  OPENED,
  MESSAGE,
  UPGRADED,
  PING,
  DRAINED,
  ACCEPT_CERTIFICATE,
  CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_timer (EioClient *self, guint timeout_ms, GSourceFunc func)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (func == NULL)
    return;
  self->timer = g_timeout_source_new (timeout_ms);
  g_source_set_static_name (self->timer, "EioClient");
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
cancel_upgrade (EioClient *self)
{
  g_autoptr (EioClientUpgrade) upgrading = g_steal_pointer (&self->upgrading);

  if (upgrading == NULL)
    return;
  g_signal_handlers_disconnect_by_data (upgrading, self);
  eio_client_upgrade_cancel (upgrading);
}

static void
finish (EioClient *self, EioCloseReason reason, const GError *error)
{
  g_autoptr (EioClient) hold = g_object_ref (self);
  g_autoptr (EioClientTransport) transport = NULL;
  gboolean was_closing = self->state == STATE_CLOSING;

  if (self->state == STATE_CLOSED)
    return;
  self->state = STATE_CLOSED;
  set_timer (self, 0, NULL);
  g_clear_pointer (&self->heartbeat, eio_client_heartbeat_free);
  cancel_upgrade (self);
  transport = g_steal_pointer (&self->transport);
  if (transport != NULL)
    {
      g_signal_handlers_disconnect_by_data (transport, self);
      if (reason == EIO_CLOSE_REASON_TRANSPORT_CLOSE)
        eio_client_transport_abort (transport);
      else
        eio_client_transport_close (transport);
    }
  eio_client_queue_clear (&self->outgoing);
  g_signal_emit (self, signals[CLOSED], 0, reason, error);
  if (was_closing)
    g_object_unref (self); /* it lived by itself until now */
}

static void
finish_with (EioClient *self, EioCloseReason reason, EioError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (EIO_ERROR, (int)code, message);

  finish (self, reason, error);
}

/* Gives the transport what it takes. */
static void
flush (EioClient *self)
{
  while (self->transport != NULL && self->outgoing.packets.length > 0
         && eio_client_transport_is_writable (self->transport))
    self->outgoing.size -= eio_client_transport_take (self->transport, &self->outgoing.packets);
  if (self->outgoing.packets.length == 0)
    self->pong_queued = FALSE;
}

static void
check_drained (EioClient *self)
{
  if (!self->held || eio_client_get_buffered_amount (self) > 0)
    return;
  self->held = FALSE;
  g_signal_emit (self, signals[DRAINED], 0);
}

static void
on_writable (EioClient *self)
{
  g_object_ref (self);
  flush (self);
  if (self->state == STATE_CLOSING && eio_client_get_buffered_amount (self) == 0)
    finish (self, EIO_CLOSE_REASON_FORCED_CLOSE, NULL);
  else if (self->state == STATE_OPEN)
    check_drained (self);
  g_object_unref (self);
}

/* What is in the queue now leaves, or waits. */
static void
send_queued (EioClient *self, EioPacketType type)
{
  g_object_ref (self);
  flush (self);
  if (self->state == STATE_OPEN && type == EIO_PACKET_MESSAGE
      && eio_client_get_buffered_amount (self) > 0)
    self->held = TRUE;
  if (self->max_buffered > 0 && self->outgoing.size > self->max_buffered)
    finish_with (self, EIO_CLOSE_REASON_TOO_SLOW, EIO_ERROR_TOO_LARGE, "The server does not read");
  g_object_unref (self);
}

static void
send_packet (EioClient *self, EioPacketType type, gboolean binary, GBytes *data)
{
  eio_client_queue_push (&self->outgoing, type, binary, data, NULL);
  send_queued (self, type);
}

static void
on_missed (gpointer user_data)
{
  finish_with (user_data, EIO_CLOSE_REASON_PING_TIMEOUT, EIO_ERROR_TIMEOUT,
               "The server's heartbeat has stopped");
}

static void on_packet (EioClient *self, const EioPacket *packet);
static gboolean try_transport (EioClient *self);

static void
on_failed (EioClient *self, EioCloseReason reason, const GError *error)
{
  if (self->state == STATE_OPENING && self->config.try_all && try_transport (self))
    return;
  if (self->state == STATE_OPENING && error == NULL)
    finish_with (self, reason, EIO_ERROR_TRANSPORT, "The server closed the connection");
  else
    finish (self, reason, error);
}

static void
use_transport (EioClient *self, EioClientTransport *transport)
{
  g_set_object (&self->transport, transport);
  g_signal_connect_object (transport, "packet", G_CALLBACK (on_packet), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (transport, "writable", G_CALLBACK (on_writable), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (transport, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
}

static void
on_upgrade_done (EioClient *self, EioClientTransport *websocket)
{
  g_autoptr (EioClientUpgrade) upgrading = g_steal_pointer (&self->upgrading);

  if (websocket == NULL)
    return;
  g_object_ref (self);
  g_signal_handlers_disconnect_by_data (self->transport, self);
  eio_client_transport_abort (self->transport);
  use_transport (self, websocket);
  on_writable (self);
  if (self->state == STATE_OPEN)
    g_signal_emit (self, signals[UPGRADED], 0);
  g_object_unref (self);
}

static void
start_upgrade (EioClient *self, EioTransports offered)
{
  EioTransports left = eio_client_config_get_transports (&self->config) & ~self->tried;

  if (!self->config.upgrade || (left & offered & EIO_TRANSPORT_WEBSOCKET) == 0
      || !EIO_IS_POLLING_CLIENT (self->transport))
    return;
  self->upgrading = eio_client_upgrade_new (EIO_POLLING_CLIENT (self->transport));
  g_signal_connect_object (self->upgrading, "done", G_CALLBACK (on_upgrade_done), self,
                           G_CONNECT_SWAPPED);
  eio_client_upgrade_start (self->upgrading, self->open_timeout);
}

static void
on_open_packet (EioClient *self, GBytes *data)
{
  g_auto (EioHandshake) handshake = EIO_HANDSHAKE_INIT;
  g_autoptr (GError) error = NULL;

  if (!eio_handshake_decode (data, &handshake, &error))
    {
      finish (self, EIO_CLOSE_REASON_PARSE_ERROR, error);
      return;
    }
  set_timer (self, 0, NULL);
  self->target->sid = g_steal_pointer (&handshake.sid);
  self->target->max_payload = handshake.max_payload;
  self->heartbeat
      = eio_client_heartbeat_new ((guint64)handshake.ping_interval + handshake.ping_timeout,
                                  on_missed, self);
  self->state = STATE_OPEN;
  g_signal_emit (self, signals[OPENED], 0);
  if (self->state == STATE_OPEN)
    start_upgrade (self, handshake.upgrades);
}

static void
on_message (EioClient *self, const EioPacket *packet)
{
  if (g_bytes_get_size (packet->data) > self->config.max_payload)
    finish_with (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, EIO_ERROR_TOO_LARGE,
                 "The server sent a message beyond the limit");
  else
    g_signal_emit (self, signals[MESSAGE], 0, packet->data, packet->binary);
}

/* A server that pings without reading our pongs gets one of them. */
static void
on_ping (EioClient *self, const EioPacket *packet)
{
  eio_client_heartbeat_beat (self->heartbeat);
  if (!self->pong_queued)
    {
      self->pong_queued = TRUE;
      send_packet (self, EIO_PACKET_PONG, FALSE, packet->data);
    }
  g_signal_emit (self, signals[PING], 0);
}

static void
on_packet (EioClient *self, const EioPacket *packet)
{
  g_object_ref (self);
  if (packet->type == EIO_PACKET_CLOSE)
    {
      on_failed (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE, NULL);
    }
  else if (self->state == STATE_OPENING)
    {
      if (packet->type == EIO_PACKET_OPEN)
        on_open_packet (self, packet->data);
      else
        finish_with (self, EIO_CLOSE_REASON_PARSE_ERROR, EIO_ERROR_PARSE,
                     "The server did not begin with an open packet");
    }
  else if (packet->type == EIO_PACKET_PING)
    {
      on_ping (self, packet);
    }
  else if (packet->type == EIO_PACKET_MESSAGE && self->state == STATE_OPEN)
    {
      on_message (self, packet);
    }
  g_object_unref (self);
}

static gboolean
on_open_timeout (gpointer user_data)
{
  finish_with (user_data, EIO_CLOSE_REASON_TRANSPORT_ERROR, EIO_ERROR_TIMEOUT,
               "The server did not answer in time");
  return G_SOURCE_REMOVE;
}

static gboolean
on_close_timeout (gpointer user_data)
{
  finish (user_data, EIO_CLOSE_REASON_FORCED_CLOSE, NULL);
  return G_SOURCE_REMOVE;
}

static void
eio_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EioClient *self = EIO_CLIENT (object);

  if (eio_client_config_set_property (&self->config, id, value))
    return;
  switch (id)
    {
    case PROP_URI:
      self->uri = g_value_dup_boxed (value);
      break;
    case PROP_OPEN_TIMEOUT:
      self->open_timeout = g_value_get_uint (value);
      break;
    case PROP_MAX_BUFFERED:
      self->max_buffered = g_value_get_uint64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eio_client_dispose (GObject *object)
{
  EioClient *self = EIO_CLIENT (object);

  self->state = STATE_CLOSED;
  set_timer (self, 0, NULL);
  g_clear_pointer (&self->heartbeat, eio_client_heartbeat_free);
  cancel_upgrade (self);
  if (self->transport != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->transport, self);
      eio_client_transport_abort (self->transport);
    }
  g_clear_object (&self->transport);
  eio_client_queue_clear (&self->outgoing);
  self->target->accept = NULL;
  G_OBJECT_CLASS (eio_client_parent_class)->dispose (object);
}

static void
eio_client_finalize (GObject *object)
{
  EioClient *self = EIO_CLIENT (object);

  g_clear_pointer (&self->uri, g_uri_unref);
  eio_client_config_clear (&self->config);
  eio_client_target_unref (self->target);
  G_OBJECT_CLASS (eio_client_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  eio_client_config_fill_props (props, "/engine.io/", flags);
  props[PROP_URI] = g_param_spec_boxed ("uri", NULL, NULL, G_TYPE_URI, flags);
  props[PROP_OPEN_TIMEOUT]
      = g_param_spec_uint ("open-timeout", NULL, NULL, 1, G_MAXINT, 20000, flags);
  props[PROP_MAX_BUFFERED]
      = g_param_spec_uint64 ("max-buffered", NULL, NULL, 0, G_MAXINT64, 16777216, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
eio_client_class_init (EioClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = eio_client_set_property;
  object_class->dispose = eio_client_dispose;
  object_class->finalize = eio_client_finalize;
  install_properties (object_class);

  signals[OPENED] = g_signal_new ("opened", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_BYTES, G_TYPE_BOOLEAN);
  signals[UPGRADED] = g_signal_new ("upgraded", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[PING]
      = g_signal_new ("ping", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAINED] = g_signal_new ("drained", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ACCEPT_CERTIFICATE]
      = g_signal_new ("accept-certificate", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0,
                      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                      G_TYPE_TLS_CERTIFICATE, G_TYPE_TLS_CERTIFICATE_FLAGS);
  signals[CLOSED] = g_signal_new ("closed", EIO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, EIO_TYPE_CLOSE_REASON, G_TYPE_ERROR);
}

static void
eio_client_init (EioClient *self)
{
  self->target = eio_client_target_new ();
  eio_client_config_init (&self->config);
}

EioClient *
eio_client_new (GUri *uri, const char *path)
{
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (path != NULL && *path == '/', NULL);

  return g_object_new (EIO_TYPE_CLIENT, "uri", uri, "path", path, NULL);
}

EioClient *
eio_client_new_with_config (GUri *uri,
                            const EioClientConfig *config,
                            guint open_timeout_ms,
                            gboolean prefer_websocket)
{
  EioClient *self
      = g_object_new (EIO_TYPE_CLIENT, "uri", uri, "open-timeout", open_timeout_ms, NULL);

  eio_client_config_copy (config, &self->config);
  if (prefer_websocket)
    eio_client_config_prefer_websocket (&self->config);
  return self;
}

void
eio_client_set_query (EioClient *self, const char *name, const char *value)
{
  g_return_if_fail (EIO_IS_CLIENT (self));
  g_return_if_fail (self->state == STATE_IDLE);

  eio_client_config_set_query (&self->config, name, value);
}

void
eio_client_set_header (EioClient *self, const char *name, const char *value)
{
  g_return_if_fail (EIO_IS_CLIENT (self));
  g_return_if_fail (self->state == STATE_IDLE);

  eio_client_config_set_header (&self->config, name, value);
}

/* A session of its own: a waiting GET, a POST and a websocket at once; no time-out, since a waiting
 * GET may be silent for as long as the heartbeat allows; and the cookies by which balancers find the
 * server that has the session. */
static SoupSession *
new_session (void)
{
  SoupSession *session
      = soup_session_new_with_options ("timeout", 0, "idle-timeout", 60, "max-conns-per-host", 6,
                                       "user-agent", "socketio-glib ", NULL);

  soup_session_add_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  return session;
}

static gboolean
on_accept_certificate (GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer user_data)
{
  gboolean accepted = FALSE;

  g_signal_emit (user_data, signals[ACCEPT_CERTIFICATE], 0, certificate, errors, &accepted);
  return accepted;
}

static char *
copy_string (const char *string, gpointer user_data)
{
  return g_strdup (string);
}

static void
fill_target (EioClient *self)
{
  EioClientTarget *target = self->target;
  const char *scheme = g_uri_get_scheme (self->uri);
  gboolean tls = g_str_equal (scheme, "https") || g_str_equal (scheme, "wss");

  target->session
      = self->config.session != NULL ? g_object_ref (self->config.session) : new_session ();
  target->uri
      = g_uri_build (G_URI_FLAGS_ENCODED, tls ? "https" : "http", NULL, g_uri_get_host (self->uri),
                     g_uri_get_port (self->uri), self->config.path, NULL, NULL);
  target->query = eio_client_config_build_query (&self->config, self->uri);
  g_ptr_array_extend (target->headers, self->config.headers, (GCopyFunc)copy_string, NULL);
  target->base64 = self->config.force_base64;
  target->max_incoming = (gsize)self->config.max_payload;
  target->deflate_from = self->config.per_message_deflate;
  target->accept = on_accept_certificate;
  target->accept_data = self;
}

/* Opens with the next transport; FALSE when there is none. */
static gboolean
try_transport (EioClient *self)
{
  g_autoptr (EioClientTransport) transport = NULL;
  EioTransports next = eio_client_config_next_transport (&self->config, self->tried);

  if (next == 0)
    return FALSE;
  self->tried |= next;
  if (self->transport != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->transport, self);
      eio_client_transport_abort (self->transport);
    }
  transport = next == EIO_TRANSPORT_POLLING ? eio_polling_client_new (self->target)
                                            : eio_websocket_client_new (self->target);
  use_transport (self, transport);
  eio_client_transport_open (transport);
  return TRUE;
}

void
eio_client_open (EioClient *self)
{
  g_return_if_fail (EIO_IS_CLIENT (self));
  g_return_if_fail (self->state == STATE_IDLE);
  g_return_if_fail (self->uri != NULL && g_uri_get_host (self->uri) != NULL);

  fill_target (self);
  self->state = STATE_OPENING;
  set_timer (self, self->open_timeout, on_open_timeout);
  if (!try_transport (self))
    finish_with (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, EIO_ERROR_UNKNOWN_TRANSPORT,
                 "No transport that is known is allowed");
}

const char *
eio_client_get_id (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), NULL);

  return self->target->sid;
}

gboolean
eio_client_is_open (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), FALSE);

  return self->state == STATE_OPEN;
}

EioTransports
eio_client_get_transport (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), 0);

  if (self->transport == NULL)
    return 0;
  return EIO_IS_POLLING_CLIENT (self->transport) ? EIO_TRANSPORT_POLLING : EIO_TRANSPORT_WEBSOCKET;
}

gsize
eio_client_get_max_payload (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), 0);

  return self->target->max_payload;
}

void
eio_client_send_text (EioClient *self, GBytes *utf8)
{
  g_return_if_fail (EIO_IS_CLIENT (self));
  g_return_if_fail (utf8 != NULL);

  if (self->state == STATE_OPEN)
    send_packet (self, EIO_PACKET_MESSAGE, FALSE, utf8);
}

void
eio_client_send_binary (EioClient *self, GBytes *data)
{
  g_return_if_fail (EIO_IS_CLIENT (self));
  g_return_if_fail (data != NULL);

  if (self->state == STATE_OPEN)
    send_packet (self, EIO_PACKET_MESSAGE, TRUE, data);
}

void
eio_client_send_marked (EioClient *self,
                        GBytes *utf8,
                        GBytes *const *attachments,
                        const EioClientMark *mark)
{
  const EioClientMark followers = { .plain = mark->plain };

  if (self->state != STATE_OPEN)
    return;
  eio_client_queue_push (&self->outgoing, EIO_PACKET_MESSAGE, FALSE, utf8, mark);
  for (guint i = 0; i < mark->n_more; i++)
    eio_client_queue_push (&self->outgoing, EIO_PACKET_MESSAGE, TRUE, attachments[i], &followers);
  send_queued (self, EIO_PACKET_MESSAGE);
}

gboolean
eio_client_drop_oldest (EioClient *self, gconstpointer owner, int64_t *tag)
{
  return eio_client_queue_drop_oldest (&self->outgoing, owner, tag);
}

uint64_t
eio_client_get_given (EioClient *self)
{
  return self->outgoing.given;
}

gsize
eio_client_get_buffered_amount (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), 0);

  if (self->transport == NULL)
    return 0;
  return self->outgoing.size + eio_client_transport_get_in_flight (self->transport);
}

gboolean
eio_client_is_writable (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), FALSE);

  return self->state == STATE_OPEN && self->outgoing.packets.length == 0
         && eio_client_transport_is_writable (self->transport);
}

gboolean
eio_client_check_heartbeat (EioClient *self)
{
  g_return_val_if_fail (EIO_IS_CLIENT (self), FALSE);

  if (self->heartbeat == NULL || !eio_client_heartbeat_is_overdue (self->heartbeat))
    return FALSE;
  on_missed (self);
  return TRUE;
}

void
eio_client_close (EioClient *self)
{
  g_return_if_fail (EIO_IS_CLIENT (self));

  if (self->state == STATE_CLOSING || self->state == STATE_CLOSED)
    return;
  g_object_ref (self);
  cancel_upgrade (self);
  if (self->state == STATE_OPEN && eio_client_get_buffered_amount (self) > 0)
    {
      self->state = STATE_CLOSING;
      g_object_ref (self); /* until it is closed */
      set_timer (self, CLOSE_TIMEOUT_MS, on_close_timeout);
    }
  else
    {
      finish (self, EIO_CLOSE_REASON_FORCED_CLOSE, NULL);
    }
  g_object_unref (self);
}
