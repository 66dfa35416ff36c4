/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The composition: a gate with its loop, an HTTP server behind it, and the sessions by id.
 */
#include "engineio/eio-server-private.h"

#include <sys/random.h>

#include "engineio/eio-frame-private.h"
#include "engineio/eio-handshake.h"

#define BACKLOG 1024
#define ID_BYTES 15

struct _EioServer {
  GObject parent_instance;

  /* properties */
  char *path;
  guint ping_interval;
  guint ping_timeout;
  guint upgrade_timeout;
  guint max_payload;
  guint max_body;
  EioTransports transports;
  gboolean allow_upgrades;
  guint max_buffered;
  guint max_connections;
  guint max_connections_per_address;
  guint head_timeout;
  guint write_delay;
  char **allowed_origins;
  char **allowed_hosts;

  EioAllowRequestFunc allow;
  gpointer allow_data;
  GDestroyNotify allow_destroy;

  /* owned */
  SoupServer *soup;
  EioReactor *reactor;
  EioTimers *timers;
  EioFarewell *farewell;
  EioGate *gate; /* NULL until the first listen */
  char *base_path;
  GHashTable *sockets; /* char * (the socket's) -> EioSocket */
  EioSocketHouse house;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (EioServer, eio_server, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PATH,
  PROP_PING_INTERVAL,
  PROP_PING_TIMEOUT,
  PROP_UPGRADE_TIMEOUT,
  PROP_MAX_PAYLOAD,
  PROP_MAX_BODY,
  PROP_TRANSPORTS,
  PROP_ALLOW_UPGRADES,
  PROP_MAX_BUFFERED,
  PROP_MAX_CONNECTIONS,
  PROP_MAX_CONNECTIONS_PER_ADDRESS,
  PROP_HEAD_TIMEOUT,
  PROP_WRITE_DELAY,
  PROP_ALLOWED_ORIGINS,
  PROP_ALLOWED_HOSTS,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

enum {
  CONNECTION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Numbers that a property holds. */
static guint *
number_of (EioServer *self, guint id)
{
  switch (id)
    {
    case PROP_PING_INTERVAL: return &self->ping_interval;
    case PROP_PING_TIMEOUT: return &self->ping_timeout;
    case PROP_UPGRADE_TIMEOUT: return &self->upgrade_timeout;
    case PROP_MAX_PAYLOAD: return &self->max_payload;
    case PROP_MAX_BODY: return &self->max_body;
    case PROP_MAX_BUFFERED: return &self->max_buffered;
    case PROP_MAX_CONNECTIONS: return &self->max_connections;
    case PROP_MAX_CONNECTIONS_PER_ADDRESS: return &self->max_connections_per_address;
    case PROP_HEAD_TIMEOUT: return &self->head_timeout;
    case PROP_WRITE_DELAY: return &self->write_delay;
    default: return NULL;
    }
}

static void
on_socket_closed (EioSocket *socket, gpointer user_data)
{
  EioServer *self = user_data;

  g_hash_table_remove (self->sockets, eio_socket_get_id (socket));
}

static uint64_t
get_max_body (const char *path, gpointer user_data)
{
  EioServer *self = user_data;
  gsize length = strlen (self->base_path);

  return strncmp (path, self->base_path, length) == 0 &&
                 (path[length] == '\0' || g_str_equal (path + length, "/"))
             ? self->max_payload : self->max_body;
}

static void
on_refused (const char *target, const char *address, guint status, gpointer user_data)
{
  eio_endpoint_refused (user_data, target, address, status);
}

/* SoupServer closes each connection after one answer unless it listens somewhere itself. This is a place
 * where nothing ever comes in: a datagram socket that is connected to itself. */
static gboolean
keep_alive (EioServer *self, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                             G_SOCKET_PROTOCOL_UDP, error);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) own = NULL;

  return socket != NULL && g_socket_bind (socket, any, FALSE, error) &&
         (own = g_socket_get_local_address (socket, error)) != NULL &&
         g_socket_connect (socket, own, NULL, error) &&
         soup_server_listen_socket (self->soup, socket, 0, error);
}

static void
fill_house (EioServer *self)
{
  self->house = (EioSocketHouse) {
    .websocket = {
      .reactor = self->reactor,
      .timers = self->timers,
      .farewell = self->farewell,
      .max_message = self->max_payload,
    },
    .session = {
      .ping_interval = self->ping_interval,
      .ping_timeout = self->ping_timeout,
      .upgrade_timeout = self->upgrade_timeout,
      .allow_upgrades = self->allow_upgrades && (self->transports & EIO_TRANSPORT_WEBSOCKET) != 0,
    },
    .max_buffered = self->max_buffered,
    .ping = eio_frame_new_packet (EIO_PACKET_PING, NULL),
    .noop = eio_frame_new_packet (EIO_PACKET_NOOP, NULL),
    .close = eio_frame_new_packet (EIO_PACKET_CLOSE, NULL),
    .closed = on_socket_closed,
    .user_data = self,
  };
}

static void
open_gate (EioServer *self)
{
  EioGateOptions options = {
    .soup = self->soup,
    .reactor = self->reactor,
    .timers = self->timers,
    .farewell = self->farewell,
    .rules = {
      .allowed_hosts = (const char *const *) self->allowed_hosts,
      .allowed_origins = (const char *const *) self->allowed_origins,
      .get_max_body = get_max_body,
      .user_data = self,
    },
    .max_connections = self->max_connections,
    .max_connections_per_address = self->max_connections_per_address,
    .head_timeout = self->head_timeout,
    .refused = on_refused,
    .user_data = self,
  };

  self->gate = eio_gate_new (&options);
}

/* Before the first listen: the properties are final from here on. */
static gboolean
prepare (EioServer *self, GError **error)
{
  if (self->gate != NULL)
    return TRUE;
  self->reactor = eio_reactor_new (error);
  if (self->reactor == NULL)
    return FALSE;
  eio_reactor_set_delay (self->reactor, self->write_delay);
  if (!keep_alive (self, error))
    {
      g_clear_pointer (&self->reactor, eio_reactor_unref);
      return FALSE;
    }
  self->timers = eio_timers_new ();
  self->farewell = eio_farewell_new (self->timers);
  self->base_path = g_strdup (self->path);
  if (g_str_has_suffix (self->base_path, "/"))
    self->base_path[strlen (self->base_path) - 1] = '\0';
  fill_house (self);
  eio_endpoint_attach (self, self->soup);
  open_gate (self);
  return TRUE;
}

static void
abandon_all (EioServer *self)
{
  GHashTableIter iter;
  gpointer socket;

  while (g_hash_table_iter_init (&iter, self->sockets),
         g_hash_table_iter_next (&iter, NULL, &socket))
    {
      g_autoptr (EioSocket) hold = g_object_ref (socket);

      eio_socket_abandon (hold);
    }
}

static void
clear_house (EioServer *self)
{
  g_clear_pointer (&self->house.ping, eio_frame_unref);
  g_clear_pointer (&self->house.noop, eio_frame_unref);
  g_clear_pointer (&self->house.close, eio_frame_unref);
}

static void
eio_server_finalize (GObject *object)
{
  EioServer *self = EIO_SERVER (object);

  if (self->gate != NULL)
    eio_gate_close (self->gate);
  abandon_all (self);
  g_hash_table_unref (self->sockets);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->farewell, eio_farewell_free);
  g_clear_pointer (&self->gate, eio_gate_unref);
  g_clear_pointer (&self->timers, eio_timers_unref);
  g_clear_pointer (&self->reactor, eio_reactor_unref);
  clear_house (self);
  if (self->allow_destroy != NULL)
    self->allow_destroy (self->allow_data);
  g_free (self->path);
  g_free (self->base_path);
  g_strfreev (self->allowed_origins);
  g_strfreev (self->allowed_hosts);

  G_OBJECT_CLASS (eio_server_parent_class)->finalize (object);
}

static void
eio_server_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EioServer *self = EIO_SERVER (object);

  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_TRANSPORTS:
      g_value_set_flags (value, self->transports);
      break;
    case PROP_ALLOW_UPGRADES:
      g_value_set_boolean (value, self->allow_upgrades);
      break;
    case PROP_ALLOWED_ORIGINS:
      g_value_set_boxed (value, self->allowed_origins);
      break;
    case PROP_ALLOWED_HOSTS:
      g_value_set_boxed (value, self->allowed_hosts);
      break;
    default:
      g_assert (number_of (self, id) != NULL);
      g_value_set_uint (value, *number_of (self, id));
      break;
    }
}

static void
set_strv (char ***slot, const GValue *value)
{
  g_strfreev (*slot);
  *slot = g_value_dup_boxed (value);
}

static void
eio_server_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EioServer *self = EIO_SERVER (object);

  /* Sessions and gate have copied them. */
  g_return_if_fail (self->gate == NULL);

  switch (id)
    {
    case PROP_PATH:
      g_free (self->path);
      self->path = g_value_dup_string (value);
      break;
    case PROP_TRANSPORTS:
      self->transports = g_value_get_flags (value);
      break;
    case PROP_ALLOW_UPGRADES:
      self->allow_upgrades = g_value_get_boolean (value);
      break;
    case PROP_ALLOWED_ORIGINS:
      set_strv (&self->allowed_origins, value);
      break;
    case PROP_ALLOWED_HOSTS:
      set_strv (&self->allowed_hosts, value);
      break;
    default:
      g_assert (number_of (self, id) != NULL);
      *number_of (self, id) = g_value_get_uint (value);
      break;
    }
}

static void
add_number (guint id, const char *name, guint min, guint max, guint preset)
{
  properties[id] = g_param_spec_uint (name, NULL, NULL, min, max, preset,
                                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT |
                                      G_PARAM_STATIC_STRINGS);
}

static void
add_numbers (void)
{
  const guint day = 24 * 60 * 60 * 1000;

  add_number (PROP_PING_INTERVAL, "ping-interval", 1, day, 25000);
  add_number (PROP_PING_TIMEOUT, "ping-timeout", 1, day, 20000);
  add_number (PROP_UPGRADE_TIMEOUT, "upgrade-timeout", 1, day, 10000);
  add_number (PROP_MAX_PAYLOAD, "max-payload", 1, G_MAXINT, 1000000);
  add_number (PROP_MAX_BODY, "max-body", 0, G_MAXINT, 1000000);
  add_number (PROP_MAX_BUFFERED, "max-buffered", 0, G_MAXINT, 4194304);
  add_number (PROP_MAX_CONNECTIONS, "max-connections", 1, G_MAXINT, 10000);
  add_number (PROP_MAX_CONNECTIONS_PER_ADDRESS, "max-connections-per-address", 0, G_MAXINT, 0);
  add_number (PROP_HEAD_TIMEOUT, "head-timeout", 1, day, 10000);
  add_number (PROP_WRITE_DELAY, "write-delay", 0, 1000, 0);
}

static void
eio_server_class_init (EioServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  object_class->finalize = eio_server_finalize;
  object_class->get_property = eio_server_get_property;
  object_class->set_property = eio_server_set_property;

  add_numbers ();
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, "/engine.io/", flags);
  properties[PROP_TRANSPORTS] =
      g_param_spec_flags ("transports", NULL, NULL, EIO_TYPE_TRANSPORTS,
                          EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, flags);
  properties[PROP_ALLOW_UPGRADES] =
      g_param_spec_boolean ("allow-upgrades", NULL, NULL, TRUE, flags);
  properties[PROP_ALLOWED_ORIGINS] =
      g_param_spec_boxed ("allowed-origins", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_ALLOWED_HOSTS] =
      g_param_spec_boxed ("allowed-hosts", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * EioServer::connection:
   * @self: the server
   * @socket: the session
   *
   * A session has just been opened.
   */
  signals[CONNECTION] = g_signal_new ("connection", EIO_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, EIO_TYPE_SOCKET);
}

static void
eio_server_init (EioServer *self)
{
  self->soup = soup_server_new (NULL, NULL);
  soup_server_remove_websocket_extension (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

EioServer *
eio_server_new (void)
{
  return g_object_new (EIO_TYPE_SERVER, NULL);
}

void
eio_server_set_allow_request (EioServer *self,
                              EioAllowRequestFunc func,
                              gpointer user_data,
                              GDestroyNotify destroy)
{
  g_return_if_fail (EIO_IS_SERVER (self));

  if (self->allow_destroy != NULL)
    self->allow_destroy (self->allow_data);
  self->allow = func;
  self->allow_data = user_data;
  self->allow_destroy = destroy;
}

static void
learn_port (EioServer *self, GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  if (self->port == 0 && G_IS_INET_SOCKET_ADDRESS (address))
    self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

gboolean
eio_server_listen_socket (EioServer *self,
                          GSocket *socket,
                          GTlsCertificate *certificate,
                          GError **error)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), FALSE);
  g_return_val_if_fail (G_IS_SOCKET (socket), FALSE);
  g_return_val_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate), FALSE);

  if (!prepare (self, error))
    return FALSE;
  learn_port (self, socket);
  eio_gate_listen (self->gate, socket, certificate);
  return TRUE;
}

gboolean
eio_server_listen (EioServer *self,
                   GSocketAddress *address,
                   GTlsCertificate *certificate,
                   GError **error)
{
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (EIO_IS_SERVER (self), FALSE);
  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (address), FALSE);

  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, BACKLOG);
  return g_socket_bind (socket, address, TRUE, error) && g_socket_listen (socket, error) &&
         eio_server_listen_socket (self, socket, certificate, error);
}

guint16
eio_server_get_port (EioServer *self)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), 0);

  return self->port;
}

SoupServer *
eio_server_get_soup_server (EioServer *self)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), NULL);

  return self->soup;
}

guint
eio_server_get_n_sockets (EioServer *self)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), 0);

  return g_hash_table_size (self->sockets);
}

guint
eio_server_get_n_connections (EioServer *self)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), 0);

  return self->gate != NULL ? eio_gate_get_n_connections (self->gate) : 0;
}

void
eio_server_close (EioServer *self)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer socket;

  g_return_if_fail (EIO_IS_SERVER (self));

  if (self->gate == NULL)
    return;
  eio_gate_close (self->gate);
  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    g_ptr_array_add (sockets, g_object_ref (socket));
  for (guint i = 0; i < sockets->len; i++)
    eio_socket_close (g_ptr_array_index (sockets, i), FALSE);
}

const char *
eio_server_get_base_path (EioServer *self)
{
  return self->base_path;
}

EioTransports
eio_server_get_transports (EioServer *self)
{
  return self->transports;
}

gboolean
eio_server_get_allow_upgrades (EioServer *self)
{
  return self->house.session.allow_upgrades;
}

gboolean
eio_server_has_origins (EioServer *self)
{
  return self->allowed_origins != NULL;
}

const EioWebsocketHouse *
eio_server_get_websocket_house (EioServer *self)
{
  return &self->house.websocket;
}

gboolean
eio_server_allow (EioServer *self, SoupServerMessage *message, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->allow == NULL || self->allow (self, message, &local, self->allow_data))
    return TRUE;
  g_set_error_literal (error, EIO_ERROR, EIO_ERROR_FORBIDDEN,
                       local != NULL ? local->message : "Forbidden");
  return FALSE;
}

/* The id is a secret of its client: who knows it from elsewhere is a stranger. */
EioSocket *
eio_server_lookup (EioServer *self, const char *id, const char *address)
{
  EioSocket *socket = g_hash_table_lookup (self->sockets, id);

  return socket != NULL && g_str_equal (eio_socket_get_remote_address (socket), address) ? socket
                                                                                         : NULL;
}

/* The reference's form, 20 characters of base64url, but all of it random. */
static char *
new_id (void)
{
  guint8 bytes[ID_BYTES];
  char *id;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The kernel gives no random bytes");
  id = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (id, "+", '-');
  return g_strdelimit (id, "/", '_');
}

static EioFrame *
new_open_frame (EioServer *self, const char *id, gboolean on_websocket)
{
  EioHandshake handshake = {
    .sid = (char *) id,
    .upgrades = !on_websocket && self->house.session.allow_upgrades ? EIO_TRANSPORT_WEBSOCKET : 0,
    .ping_interval = self->ping_interval,
    .ping_timeout = self->ping_timeout,
    .max_payload = self->max_payload,
  };
  g_autoptr (GBytes) data = eio_handshake_encode (&handshake);

  return eio_frame_new_packet (EIO_PACKET_OPEN, data);
}

EioSocket *
eio_server_open (EioServer *self,
                 SoupServerMessage *message,
                 GHashTable *query,
                 EioGateStream *stream,
                 EioWebsocket *websocket)
{
  g_autofree char *id = new_id ();
  g_autoptr (EioFrame) open = new_open_frame (self, id, websocket != NULL);
  EioSocketIdentity identity = {
    .id = id,
    .address = eio_gate_stream_get_address (stream),
    .is_secure = eio_gate_stream_is_tls (stream),
    .query = query,
    .headers = soup_server_message_get_request_headers (message),
  };
  g_autoptr (EioSocket) socket = eio_socket_new (&self->house, &identity, websocket, open);

  g_hash_table_insert (self->sockets, (gpointer) eio_socket_get_id (socket),
                       g_object_ref (socket));
  g_signal_emit (self, signals[CONNECTION], 0, socket);
  return g_hash_table_lookup (self->sockets, id);
}
