/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-server.h"

#include <netinet/in.h>

#include "bridge-admin-namespace.h"
#include "bridge-admin-socket.h"
#include "bridge-backups.h"
#include "bridge-hosts.h"
#include "bridge-strict.h"
#include "http/bridge-http.h"
#include "log/bridge-log.h"
#include "log/bridge-metrics.h"
#include "room/bridge-lobby.h"
#include "socketio/sio-server.h"
#include "store/bridge-memory-store.h"
#include "store/bridge-sqlite-store.h"

/* net.core.somaxconn as Linux sets it, which bounds it: when everybody comes back at once, who finds
 * no place tries again after a whole second. */
#define BACKLOG 4096
#define SWEEP_SECONDS 600
/* While stopping: how often it is looked whether everybody has gone, and how long at most. */
#define STOP_POLL_MS 20
#define STOP_LIMIT_MS 2000

struct _BridgeServer {
  GObject parent_instance;

  /* owned */
  GPtrArray *listen;            /* (element-type GSocketAddress) */
  char **allowed_hosts;         /* as configured */
  GTlsCertificate *certificate; /* nullable: plain HTTP */
  BridgeStore *store;
  BridgeBlobs *blobs;
  SioServer *sio;
  BridgeLobby *lobby;
  BridgeHttp *http;
  BridgeBackups *backups; /* nullable: as admin */
  guint sweep_source;
  int64_t empty_boards, silent_members; /* seconds; 0 = never swept */
  BridgeAdmin *admin;   /* nullable: a server without a data directory has none; so the next two */
  BridgeAdminSocket *admin_socket;
  BridgeAdminNamespace *admin_namespace;
  GPtrArray *uris;      /* (element-type utf8), ended by NULL */

  gint64 started; /* monotonic */
  gint64 stop_deadline;
};

G_DEFINE_TYPE (BridgeServer, bridge_server, G_TYPE_OBJECT)

char *
bridge_server_dup_default_data_dir (void)
{
  const char *state = g_getenv ("STATE_DIRECTORY");

  if (state != NULL && g_path_is_absolute (state))
    return g_strdup (state);
  return g_build_filename (g_get_user_data_dir (), "drawbridge-server", NULL);
}

char *
bridge_server_dup_data_dir (const BridgeConfig *config)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (config->memory)
    return NULL;
  return config->data_dir != NULL ? g_strdup (config->data_dir)
                                  : bridge_server_dup_default_data_dir ();
}

static BridgeStore *
open_store (const BridgeConfig *config, GError **error)
{
  g_autofree char *data_dir = bridge_server_dup_data_dir (config);

  return data_dir != NULL ? bridge_sqlite_store_new (data_dir, &config->limits, error)
                          : bridge_memory_store_new (&config->limits);
}

static BridgeBlobs *
open_blobs (const BridgeConfig *config, GError **error)
{
  g_autofree char *data_dir = bridge_server_dup_data_dir (config);
  g_autofree char *directory = data_dir != NULL ? g_build_filename (data_dir, "blobs", NULL) : NULL;

  return bridge_blobs_new (directory, &config->limits, error);
}

static gboolean
is_loopback_address (GSocketAddress *address)
{
  return g_inet_address_get_is_loopback (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
is_beyond_loopback (GPtrArray *listen)
{
  for (guint i = 0; i < listen->len; i++)
    if (!is_loopback_address (g_ptr_array_index (listen, i)))
      return TRUE;
  return FALSE;
}

/* Names by which this server may be asked for. */
static void
set_hosts (BridgeServer *self, gboolean beyond_loopback)
{
  g_auto (GStrv) hosts
      = bridge_hosts_list (beyond_loopback, (const char *const *) self->allowed_hosts);

  g_object_set (sio_server_get_engine (self->sio), "allowed-hosts", hosts, NULL);
}

static SioServer *
make_sio (BridgeServer *self, const BridgeConfig *config)
{
  const BridgeLimits *limits = &config->limits;
  SioServer *sio = sio_server_new ();

  g_object_set (sio, "connect-timeout", (guint) limits->connect_timeout, NULL);
  bridge_strict_apply (sio);
  g_object_set (sio_server_get_engine (sio), "ping-interval", (guint) limits->ping_interval,
                "ping-timeout", (guint) limits->ping_timeout, "max-payload",
                (guint) limits->message_bytes, "max-body", (guint) limits->blob_bytes,
                "max-buffered", (guint) limits->buffered_bytes, "max-connections",
                (guint) limits->connections, "max-connections-per-address",
                (guint) limits->connections_per_address, "head-timeout",
                (guint) limits->head_timeout, "allowed-origins", config->allowed_origins, NULL);
  return sio;
}

/* --- What HTTP asks of the rest --- */

static gboolean
get_presence (const char *board,
              const char *member,
              const char **engine_id,
              BoardRole *role,
              gpointer user_data)
{
  BridgeServer *self = user_data;

  return bridge_lobby_get_presence (self->lobby, board, member, engine_id, role);
}

static void
print_gauges (GString *out, gpointer user_data)
{
  BridgeServer *self = user_data;
  EioServer *engine = sio_server_get_engine (self->sio);

  bridge_gauge_print (out, "rooms", "Boards in memory", bridge_lobby_get_n_rooms (self->lobby));
  bridge_gauge_print (out, "members_connected", "Members who are on a board now",
                      bridge_lobby_get_n_guests (self->lobby));
  bridge_gauge_print (out, "sessions", "Engine.IO sessions", eio_server_get_n_sockets (engine));
  bridge_gauge_print (out, "connections", "TCP connections", eio_server_get_n_connections (engine));
  bridge_gauge_print (out, "uptime_seconds", "Since the start",
                      (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC);
}

static BridgeHttp *
make_http (BridgeServer *self, const BridgeConfig *config)
{
  const BridgeHttpOptions options = {
    .soup = eio_server_get_soup_server (sio_server_get_engine (self->sio)),
    .store = self->store,
    .blobs = self->blobs,
    .presence = get_presence,
    .print_gauges = print_gauges,
    .user_data = self,
  };

  return bridge_http_new (&options, config);
}

static GPtrArray *
copy_listen (const BridgeConfig *config)
{
  GPtrArray *listen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < config->listen->len; i++)
    g_ptr_array_add (listen, g_object_ref (g_ptr_array_index (config->listen, i)));
  if (listen->len == 0)
    g_ptr_array_add (listen,
                     g_inet_socket_address_new_from_string ("127.0.0.1", BRIDGE_DEFAULT_PORT));
  return listen;
}

static void
open_admin_socket (BridgeServer *self, const char *data_dir)
{
  g_autofree char *path = bridge_admin_socket_dup_path (data_dir);
  g_autoptr (GError) error = NULL;

  self->admin_socket = bridge_admin_socket_new (path, self->admin, &error);
  if (self->admin_socket == NULL)
    bridge_log (G_LOG_LEVEL_WARNING, "admin-unavailable", "reason", error->message, NULL);
}

static void
open_admin_namespace (BridgeServer *self, const char *data_dir)
{
  g_autoptr (GError) error = NULL;
  BoardKey key;

  if (bridge_admin_namespace_load_key (data_dir, &key, &error))
    self->admin_namespace = bridge_admin_namespace_new (
        sio_server_of (self->sio, BRIDGE_ADMIN_NAMESPACE), self->admin, &key);
  else
    bridge_log (G_LOG_LEVEL_WARNING, "admin-unavailable", "reason", error->message, NULL);
}

/* Boards are drawn on without it all the same (a path that is too long for a socket, say). */
static void
open_admin (BridgeServer *self, const BridgeConfig *config)
{
  g_autofree char *data_dir = bridge_server_dup_data_dir (config);

  if (data_dir == NULL)
    return;
  self->admin = bridge_admin_new (self->store, self->blobs, self->lobby);
  open_admin_socket (self, data_dir);
  open_admin_namespace (self, data_dir);
}

static void
open_backups (BridgeServer *self, const BridgeConfig *config)
{
  g_autofree char *data_dir = bridge_server_dup_data_dir (config);

  if (data_dir != NULL)
    self->backups = bridge_backups_new (data_dir, self->store, &config->limits);
}

static gboolean
on_sweep_due (gpointer user_data)
{
  BridgeServer *self = user_data;

  bridge_lobby_sweep (self->lobby, self->empty_boards > 0 ? self->empty_boards : -1,
                      self->silent_members > 0 ? self->silent_members : -1);
  return G_SOURCE_CONTINUE;
}

static GTlsCertificate *
load_certificate (const BridgeConfig *config, GError **error)
{
  return config->tls_key != NULL
             ? g_tls_certificate_new_from_files (config->tls_certificate, config->tls_key, error)
             : g_tls_certificate_new_from_file (config->tls_certificate, error);
}

BridgeServer *
bridge_server_new (const BridgeConfig *config, GError **error)
{
  g_autoptr (BridgeServer) self = NULL;

  g_return_val_if_fail (config != NULL, NULL);

  self = g_object_new (BRIDGE_TYPE_SERVER, NULL);
  self->listen = copy_listen (config);
  self->allowed_hosts = g_strdupv (config->allowed_hosts);
  if (config->tls_certificate != NULL)
    {
      self->certificate = load_certificate (config, error);
      if (self->certificate == NULL)
        {
          g_prefix_error (error, "%s: ", config->tls_certificate);
          return NULL;
        }
    }
  self->store = open_store (config, error);
  if (self->store == NULL)
    return NULL;
  self->blobs = open_blobs (config, error);
  if (self->blobs == NULL)
    return NULL;

  self->sio = make_sio (self, config);
  self->lobby = bridge_lobby_new (sio_server_of (self->sio, "/"), self->store, self->blobs,
                                  &config->limits);
  self->http = make_http (self, config);
  open_admin (self, config);
  open_backups (self, config);
  self->empty_boards = config->limits.empty_boards;
  self->silent_members = config->limits.silent_members;
  self->sweep_source = g_timeout_add_seconds (SWEEP_SECONDS, on_sweep_due, self);
  return g_steal_pointer (&self);
}

/* --- Listening --- */

static char *
address_to_uri (BridgeServer *self, GSocketAddress *address)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  GInetAddress *host = g_inet_socket_address_get_address (inet);
  g_autofree char *text = g_inet_address_to_string (host);
  gboolean is_v6 = g_inet_address_get_family (host) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf ("http%s://%s%s%s:%u", self->certificate != NULL ? "s" : "",
                          is_v6 ? "[" : "", text, is_v6 ? "]" : "",
                          g_inet_socket_address_get_port (inet));
}

/* Bound and listening. IPv6 means IPv6 alone, so that 0.0.0.0 and [::] can have the same port. */
static GSocket *
make_socket (GSocketAddress *address, GError **error)
{
  GSocketFamily family = g_socket_address_get_family (address);
  g_autoptr (GSocket) socket
      = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6
      && !g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, error))
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static gboolean
listen_on_socket (BridgeServer *self, GSocket *socket, GError **error)
{
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (socket, error);

  if (bound == NULL
      || !eio_server_listen_socket (sio_server_get_engine (self->sio), socket, self->certificate,
                                    error))
    return FALSE;
  g_ptr_array_insert (self->uris, (int) self->uris->len - 1, address_to_uri (self, bound));
  return TRUE;
}

static gboolean
listen_on (BridgeServer *self, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = make_socket (address, error);

  if (socket == NULL || !listen_on_socket (self, socket, error))
    {
      g_autofree char *uri = address_to_uri (self, address);

      g_prefix_error (error, "%s: ", uri);
      return FALSE;
    }
  return TRUE;
}

gboolean
bridge_server_listen (BridgeServer *self, GError **error)
{
  g_return_val_if_fail (BRIDGE_IS_SERVER (self), FALSE);

  set_hosts (self, is_beyond_loopback (self->listen));
  for (guint i = 0; i < self->listen->len; i++)
    if (!listen_on (self, g_ptr_array_index (self->listen, i), error))
      return FALSE;
  return TRUE;
}

gboolean
bridge_server_listen_sockets (BridgeServer *self, GPtrArray *sockets, GError **error)
{
  gboolean beyond = FALSE;

  g_return_val_if_fail (BRIDGE_IS_SERVER (self) && sockets != NULL, FALSE);

  for (guint i = 0; i < sockets->len; i++)
    {
      g_autoptr (GSocketAddress) address
          = g_socket_get_local_address (g_ptr_array_index (sockets, i), error);

      if (address == NULL)
        return FALSE;
      beyond |= !is_loopback_address (address);
    }
  set_hosts (self, beyond);
  for (guint i = 0; i < sockets->len; i++)
    if (!listen_on_socket (self, g_ptr_array_index (sockets, i), error))
      return FALSE;
  return TRUE;
}

void
bridge_server_reload (BridgeServer *self, const BridgeConfig *config)
{
  g_return_if_fail (BRIDGE_IS_SERVER (self) && config != NULL);

  bridge_lobby_set_limits (self->lobby, &config->limits);
  bridge_blobs_set_limits (self->blobs, &config->limits);
  bridge_http_configure (self->http, config);
  self->empty_boards = config->limits.empty_boards;
  self->silent_members = config->limits.silent_members;
  bridge_log (G_LOG_LEVEL_INFO, "reloaded", NULL);
}

const char *const *
bridge_server_get_uris (BridgeServer *self)
{
  g_return_val_if_fail (BRIDGE_IS_SERVER (self), NULL);

  return (const char *const *) self->uris->pdata;
}

/* --- Stopping --- */

static gboolean
check_gone (gpointer user_data)
{
  GTask *task = user_data;
  BridgeServer *self = g_task_get_source_object (task);

  if (eio_server_get_n_sockets (sio_server_get_engine (self->sio)) > 0
      && g_get_monotonic_time () < self->stop_deadline)
    return G_SOURCE_CONTINUE;

  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* What was taken is on disk and its acknowledgements are on their way. */
static void
on_store_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BridgeServer *self = g_task_get_source_object (task);

  bridge_store_flush_finish (BRIDGE_STORE (source), result, NULL);
  bridge_lobby_close (self->lobby);
  sio_server_close (self->sio);
  self->stop_deadline = g_get_monotonic_time () + STOP_LIMIT_MS * 1000;
  g_timeout_add_full (G_PRIORITY_DEFAULT, STOP_POLL_MS, check_gone, g_steal_pointer (&task),
                      g_object_unref);
}

void
bridge_server_stop_async (BridgeServer *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (BRIDGE_IS_SERVER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bridge_server_stop_async);
  bridge_log (G_LOG_LEVEL_INFO, "stopping", NULL);
  bridge_store_flush_async (self->store, on_store_flushed, task);
}

gboolean
bridge_server_stop_finish (BridgeServer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The object --- */

static void
bridge_server_finalize (GObject *object)
{
  BridgeServer *self = BRIDGE_SERVER (object);

  if (self->sio != NULL)
    sio_server_close (self->sio);
  g_clear_handle_id (&self->sweep_source, g_source_remove);
  g_clear_pointer (&self->backups, bridge_backups_free);
  g_clear_pointer (&self->admin_socket, bridge_admin_socket_free);
  g_clear_pointer (&self->admin_namespace, bridge_admin_namespace_free);
  g_clear_pointer (&self->admin, bridge_admin_free);
  g_clear_pointer (&self->http, bridge_http_free);
  g_clear_object (&self->sio);
  g_clear_object (&self->lobby);
  g_clear_pointer (&self->blobs, bridge_blobs_unref);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->uris);
  g_clear_pointer (&self->listen, g_ptr_array_unref);
  g_strfreev (self->allowed_hosts);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (bridge_server_parent_class)->finalize (object);
}

static void
bridge_server_class_init (BridgeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bridge_server_finalize;
}

static void
bridge_server_init (BridgeServer *self)
{
  self->started = g_get_monotonic_time ();
  self->uris = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->uris, NULL);
}
