/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The composition: a gate with its loop, an HTTP server behind it, and the sessions by id.
 */
#include "engineio/eio-server-private.h"

#include <sys/random.h>

#include "engineio/eio-closing.h"
#include "engineio/eio-cookie.h"
#include "engineio/eio-frame-private.h"
#include "engineio/eio-handshake.h"
#include "engineio/eio-request-private.h"
#include "engineio/eio-server-options.h"

/* net.core.somaxconn as Linux sets it, which bounds it: when everybody comes back at once, who finds
 * no place tries again after a whole second. */
#define BACKLOG 4096
#define ID_BYTES 15

struct _EioServer {
  GObject parent_instance;

  EioServerOptions options; /* what the properties hold */
  char *cookie_name; /* NULL: none */
  char *cookie_attributes;

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
  GHashTable *requests; /* of EioRequest: somebody decides about them */
  GPtrArray *hosts;    /* of SoupServer: not ours, that we are attached to */
  EioHttpRules rules;
  EioClosing *closing; /* nullable */
  gboolean closed;
  EioSocketHouse house;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (EioServer, eio_server, G_TYPE_OBJECT)

enum {
  CONNECTION,
  CONNECTION_ERROR,
  INITIAL_HEADERS,
  HEADERS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A session or a connection has gone. */
static void
on_left (gpointer user_data)
{
  EioServer *self = user_data;

  if (self->closing != NULL)
    eio_closing_check (self->closing);
}

static void
on_socket_closed (EioSocket *socket, gpointer user_data)
{
  EioServer *self = user_data;

  g_hash_table_remove (self->sockets, eio_socket_get_id (socket));
  on_left (self);
}

static uint64_t
get_max_body (const char *path, gpointer user_data)
{
  EioServer *self = user_data;
  gsize length = strlen (self->base_path);

  return strncmp (path, self->base_path, length) == 0 &&
                 (path[length] == '\0' || g_str_equal (path + length, "/"))
             ? self->options.max_payload : self->options.max_body;
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
      .max_message = self->options.max_payload,
      .deflate_from = self->options.per_message_deflate,
    },
    .session = {
      .ping_interval = self->options.ping_interval,
      .ping_timeout = self->options.ping_timeout,
      .upgrade_timeout = self->options.upgrade_timeout,
      .allow_upgrades = self->options.allow_upgrades && (self->options.transports & EIO_TRANSPORT_WEBSOCKET) != 0,
    },
    .max_buffered = self->options.max_buffered,
    .compress_from = self->options.http_compression,
    .ping = eio_frame_new_packet (EIO_PACKET_PING, NULL),
    .noop = eio_frame_new_packet (EIO_PACKET_NOOP, NULL),
    .close = eio_frame_new_packet (EIO_PACKET_CLOSE, NULL),
    .closed = on_socket_closed,
    .user_data = self,
  };
}

static void
fill_rules (EioServer *self)
{
  self->rules = (EioHttpRules) {
    .allowed_hosts = (const char *const *) self->options.allowed_hosts,
    .allowed_origins = (const char *const *) self->options.allowed_origins,
    .get_max_body = get_max_body,
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
    .rules = self->rules,
    .max_connections = self->options.max_connections,
    .max_connections_per_address = self->options.max_connections_per_address,
    .head_timeout = self->options.head_timeout,
    .refused = on_refused,
    .left = on_left,
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
  eio_reactor_set_delay (self->reactor, self->options.write_delay);
  if (!keep_alive (self, error))
    {
      g_clear_pointer (&self->reactor, eio_reactor_unref);
      return FALSE;
    }
  self->timers = eio_timers_new ();
  self->farewell = eio_farewell_new (self->timers);
  eio_farewell_set_left (self->farewell, on_left, self);
  self->base_path = g_strdup (self->options.path);
  if (g_str_has_suffix (self->base_path, "/"))
    self->base_path[strlen (self->base_path) - 1] = '\0';
  fill_house (self);
  fill_rules (self);
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
abandon_requests (EioServer *self)
{
  GHashTableIter iter;
  gpointer request;

  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, &request, NULL))
    eio_request_abandon (request);
  g_hash_table_remove_all (self->requests);
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

  g_clear_pointer (&self->closing, eio_closing_free);
  if (self->gate != NULL)
    {
      eio_gate_close (self->gate);
      eio_gate_disown (self->gate);
    }
  abandon_all (self);
  abandon_requests (self);
  for (guint i = 0; i < self->hosts->len; i++)
    eio_endpoint_detach (self, self->hosts->pdata[i]);
  g_ptr_array_unref (self->hosts);
  g_hash_table_unref (self->sockets);
  g_hash_table_unref (self->requests);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->farewell, eio_farewell_free);
  g_clear_pointer (&self->gate, eio_gate_unref);
  g_clear_pointer (&self->timers, eio_timers_unref);
  g_clear_pointer (&self->reactor, eio_reactor_unref);
  clear_house (self);
  if (self->allow_destroy != NULL)
    self->allow_destroy (self->allow_data);
  eio_server_options_clear (&self->options);
  g_free (self->base_path);
  g_free (self->cookie_name);
  g_free (self->cookie_attributes);

  G_OBJECT_CLASS (eio_server_parent_class)->finalize (object);
}

static void
eio_server_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  eio_server_options_get (&EIO_SERVER (object)->options, id, value);
}

static void
eio_server_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EioServer *self = EIO_SERVER (object);

  /* Sessions and gate have copied them. */
  g_return_if_fail (self->gate == NULL);

  eio_server_options_set (&self->options, id, value);
}

static guint
new_message_signal (const char *name, guint n_params)
{
  return g_signal_new (name, EIO_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, SOUP_TYPE_SERVER_MESSAGE, G_TYPE_ERROR);
}

static void
install_signals (void)
{
  /**
   * EioServer::connection:
   * @self: the server
   * @socket: the session
   *
   * A session has just been opened.
   */
  signals[CONNECTION] = g_signal_new ("connection", EIO_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, EIO_TYPE_SOCKET);
  /**
   * EioServer::connection-error:
   * @self: the server
   * @message: the request
   * @error: of [error@Eio.Error], with the code and the words that the client is told
   *
   * A request was refused, with one of the protocol's six codes. What was not even HTTP is not told of.
   */
  signals[CONNECTION_ERROR] = new_message_signal ("connection-error", 2);
  /**
   * EioServer::initial-headers:
   * @self: the server
   * @message: the request; its response headers may be added to
   *
   * The first answer of a session is about to be written: of its first poll, or its websocket's 101.
   */
  signals[INITIAL_HEADERS] = new_message_signal ("initial-headers", 1);
  /**
   * EioServer::headers:
   * @self: the server
   * @message: the request; its response headers may be added to
   *
   * An answer of a session is about to be written, the first one included.
   */
  signals[HEADERS] = new_message_signal ("headers", 1);
}

static void
eio_server_class_init (EioServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = eio_server_finalize;
  object_class->get_property = eio_server_get_property;
  object_class->set_property = eio_server_set_property;

  eio_server_options_install (object_class);
  install_signals ();
}

static void
eio_server_init (EioServer *self)
{
  self->soup = soup_server_new (NULL, NULL);
  soup_server_remove_websocket_extension (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->requests = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
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

const char *
eio_server_get_base_path (EioServer *self)
{
  return self->base_path;
}

EioTransports
eio_server_get_transports (EioServer *self)
{
  return self->options.transports;
}

gboolean
eio_server_get_allow_upgrades (EioServer *self)
{
  return self->house.session.allow_upgrades;
}

gboolean
eio_server_has_origins (EioServer *self)
{
  return self->options.allowed_origins != NULL;
}

const EioWebsocketHouse *
eio_server_get_websocket_house (EioServer *self)
{
  return &self->house.websocket;
}

gboolean
eio_server_has_allow (EioServer *self)
{
  return self->allow != NULL;
}

static void
on_decided (EioRequest *request,
            SoupServerMessage *message,
            const GError *refusal,
            guint status,
            gpointer user_data)
{
  g_autoptr (EioServer) self = g_object_ref (user_data);

  g_hash_table_remove (self->requests, request);
  if (message != NULL)
    eio_endpoint_decided (self, message, refusal, status);
}

void
eio_server_ask (EioServer *self, SoupServerMessage *message)
{
  g_autoptr (EioServer) hold = g_object_ref (self);
  g_autoptr (EioRequest) request = eio_request_new (message, on_decided, self);

  self->allow (self, request, self->allow_data);
  if (eio_request_wait (request, self->reactor, self->timers, self->options.allow_request_timeout))
    g_hash_table_add (self->requests, g_object_ref (request));
  /* By whoever was asked. */
  if (self->closed)
    abandon_requests (self);
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
    .ping_interval = self->options.ping_interval,
    .ping_timeout = self->options.ping_timeout,
    .max_payload = self->options.max_payload,
  };
  g_autoptr (GBytes) data = eio_handshake_encode (&handshake);

  return eio_frame_new_packet (EIO_PACKET_OPEN, data);
}

EioSocket *
eio_server_open (EioServer *self, const EioSocketIdentity *identity, EioWebsocket *websocket)
{
  g_autofree char *id = new_id ();
  g_autoptr (EioFrame) open = new_open_frame (self, id, websocket != NULL);
  EioSocketIdentity named = *identity;
  g_autoptr (EioSocket) socket = NULL;

  named.id = id;
  socket = eio_socket_new (&self->house, &named, websocket, open);
  g_hash_table_insert (self->sockets, (gpointer) eio_socket_get_id (socket),
                       g_object_ref (socket));
  g_signal_emit (self, signals[CONNECTION], 0, socket);
  return g_hash_table_lookup (self->sockets, id);
}

gboolean
eio_server_is_closed (EioServer *self)
{
  return self->closed;
}

gboolean
eio_server_has_credentials (EioServer *self)
{
  return self->options.cors_credentials;
}

const EioHttpRules *
eio_server_get_rules (EioServer *self)
{
  return &self->rules;
}

static gboolean
tell_message (EioServer *self, guint signal, SoupServerMessage *message)
{
  if (!g_signal_has_handler_pending (self, signals[signal], 0, FALSE))
    return FALSE;
  g_signal_emit (self, signals[signal], 0, message);
  return TRUE;
}

gboolean
eio_server_tell_headers (EioServer *self, SoupServerMessage *message, gboolean initial)
{
  gboolean told_initial = initial && tell_message (self, INITIAL_HEADERS, message);
  gboolean told = tell_message (self, HEADERS, message);

  return told_initial || told;
}

void
eio_server_tell_refusal (EioServer *self, SoupServerMessage *message, const GError *error)
{
  if (g_signal_has_handler_pending (self, signals[CONNECTION_ERROR], 0, FALSE))
    g_signal_emit (self, signals[CONNECTION_ERROR], 0, message, error);
}

void
eio_server_add_cookie (EioServer *self, EioSocket *socket, SoupServerMessage *message)
{
  g_autofree char *cookie = NULL;

  if (self->cookie_name == NULL)
    return;
  cookie = g_strconcat (self->cookie_name, "=", eio_socket_get_id (socket),
                        self->cookie_attributes, NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                               cookie);
}

void
eio_server_set_cookie (EioServer *self,
                       const char *name,
                       const char *path,
                       int max_age,
                       EioCookieFlags flags,
                       SoupSameSitePolicy same_site)
{
  g_return_if_fail (EIO_IS_SERVER (self));
  g_return_if_fail (name == NULL || eio_cookie_is_name (name));
  g_return_if_fail (path == NULL || eio_cookie_is_path (path));

  g_free (self->cookie_name);
  g_free (self->cookie_attributes);
  self->cookie_name = g_strdup (name);
  self->cookie_attributes =
      eio_cookie_format_attributes (path != NULL ? path : "/", max_age, flags, same_site);
}

gboolean
eio_server_attach (EioServer *self, SoupServer *soup, GError **error)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), FALSE);
  g_return_val_if_fail (SOUP_IS_SERVER (soup) && soup != self->soup, FALSE);
  g_return_val_if_fail (!g_ptr_array_find (self->hosts, soup, NULL), FALSE);

  if (!prepare (self, error))
    return FALSE;
  g_ptr_array_add (self->hosts, g_object_ref (soup));
  eio_endpoint_attach (self, soup);
  return TRUE;
}

/* Endings */

/* While libsoup has a connection, the last answer on it may still be on its way. */
static gboolean
is_over (gpointer user_data)
{
  EioServer *self = user_data;

  if (g_hash_table_size (self->sockets) > 0 || eio_farewell_get_n_leavers (self->farewell) > 0)
    return FALSE;
  eio_gate_end_idle (self->gate);
  return eio_gate_get_n_connections (self->gate) == 0;
}

static void
cut (gpointer user_data)
{
  EioServer *self = user_data;

  abandon_all (self);
  eio_farewell_clear (self->farewell);
  soup_server_disconnect (self->soup);
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
  self->closed = TRUE;
  eio_gate_close (self->gate);
  abandon_requests (self);
  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    g_ptr_array_add (sockets, g_object_ref (socket));
  for (guint i = 0; i < sockets->len; i++)
    eio_socket_close (g_ptr_array_index (sockets, i), FALSE);
}

void
eio_server_close_async (EioServer *self,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  static const EioClosingFuncs funcs = { is_over, cut };
  GTask *task;

  g_return_if_fail (EIO_IS_SERVER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (self->closing == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eio_server_close_async);
  if (self->gate == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  self->closing = eio_closing_new (task, self->timers, timeout_ms, &funcs, self);
  eio_server_close (self);
}

gboolean
eio_server_close_finish (EioServer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (EIO_IS_SERVER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
