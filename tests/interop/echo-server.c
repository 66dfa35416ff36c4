/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * echo-server: our server, with the events that client.cjs and client.py ask for. Prints
 * "ready PORT"; ends with its standard input. Environment: PING_INTERVAL, PING_TIMEOUT (ms),
 * MAX_PAYLOAD, HTTP_COMPRESSION, PER_MESSAGE_DEFLATE (bytes); COOKIE (its name); HOST (of any value): as a
 * guest of a SoupServer. */
#include "socketio/sio-server.h"

#include <gio/gunixinputstream.h>

typedef struct
{
  SioServer *server;
  GMainLoop *loop;
  GString *pushed; /* JSON values with commas between them */
  GHashTable *farewells; /* id of a socket that went away -> why */
} App;

static void
on_echo (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  if (ack != NULL)
    sio_ack_send (ack, args);
  else
    sio_socket_emit (socket, "echo", args);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SioSocket *socket = SIO_SOCKET (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) answer = sio_socket_emit_with_ack_finish (socket, result, &error);

  if (answer == NULL)
    {
      answer = sio_args_new ();
      sio_args_add_string (answer, error->message);
    }
  sio_socket_emit (socket, "answered", answer);
}

static void
on_ask (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  sio_socket_emit_with_ack_async (socket, "question", args, 1000, NULL, on_answer, NULL);
}

static void
on_handshake (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  EioSocket *engine = sio_socket_get_engine (socket);
  const char *colour = g_hash_table_lookup (eio_socket_get_query (engine), "colour");
  const char *tested = eio_socket_get_header (engine, "X-Tested");
  g_autoptr (JsonNode) auth = json_node_new (JSON_NODE_NULL);
  g_autoptr (SioArgs) answer = sio_args_new ();

  if (sio_socket_get_auth (socket) != NULL)
    {
      json_node_init (auth, JSON_NODE_OBJECT);
      json_node_set_object (auth, sio_socket_get_auth (socket));
    }
  sio_args_add_node (answer, auth);
  sio_args_add_string (answer, colour != NULL ? colour : "");
  sio_args_add_string (answer, tested != NULL ? tested : "");
  sio_args_add_string (answer, sio_socket_get_engine_id (socket));
  sio_args_add_string (answer, eio_socket_get_remote_address (engine));
  if (ack != NULL)
    sio_ack_send (ack, answer);
}

static void
on_push (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  App *app = user_data;
  const char *json = sio_args_get_json (args);

  if (app->pushed->len > 0)
    g_string_append_c (app->pushed, ',');
  g_string_append_len (app->pushed, json + 1, (gssize)strlen (json) - 2);
}

static void
on_pushed (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  App *app = user_data;
  g_autoptr (SioArgs) answer = sio_args_new ();
  g_autofree char *json = g_strdup_printf ("[%s]", app->pushed->str);

  g_string_truncate (app->pushed, 0);
  sio_args_add_json (answer, json, -1);
  if (ack != NULL)
    sio_ack_send (ack, answer);
}

static void
on_burst (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  int64_t n = 0;

  sio_args_get_int (args, 0, &n);
  for (int64_t i = 0; i < MIN (n, 10000); i++)
    {
      g_autoptr (SioArgs) tick = sio_args_new ();

      sio_args_add_int (tick, i);
      sio_socket_emit (socket, "tick", tick);
    }
}

static void
on_binary_burst (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  int64_t n = 0;

  sio_args_get_int (args, 0, &n);
  for (int64_t i = 0; i < MIN (n, 1000); i++)
    {
      g_autoptr (SioArgs) tock = sio_args_new ();
      g_autofree char *fill = g_strnfill ((gsize)i + 1, (char)i);
      g_autoptr (GBytes) bytes = g_bytes_new (fill, (gsize)i + 1);

      sio_args_add_int (tock, i);
      sio_args_add_bytes (tock, bytes);
      sio_socket_emit (socket, "tock", tock);
    }
}

static void
on_join (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  const char *room = sio_args_get_string (args, 0);

  if (room != NULL)
    sio_socket_join (socket, room);
  if (ack != NULL)
    sio_ack_send (ack, NULL);
}

static void
on_leave (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  const char *room = sio_args_get_string (args, 0);

  if (room != NULL)
    sio_socket_leave (socket, room);
  if (ack != NULL)
    sio_ack_send (ack, NULL);
}

/* [room, value]: to the others in the room; room null: to all of the namespace, the sender
 * included. */
static void
on_relay (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  const char *room = sio_args_get_string (args, 0);
  JsonNode *value = sio_args_get_node (args, 1);
  GBytes *bytes = sio_args_get_bytes (args, 1);
  g_autoptr (SioArgs) relayed = sio_args_new ();

  if (bytes != NULL)
    sio_args_add_bytes (relayed, bytes);
  else if (value != NULL)
    sio_args_add_node (relayed, value);
  if (room != NULL)
    {
      g_autoptr (SioBroadcast) broadcast = sio_socket_to (socket, room);

      sio_broadcast_emit (broadcast, "relayed", relayed);
    }
  else
    {
      sio_namespace_emit (user_data, "relayed", relayed);
    }
  if (ack != NULL)
    sio_ack_send (ack, NULL);
}

static void
on_kick (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  sio_socket_disconnect (socket, FALSE);
}

static void
on_kick_all (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  sio_socket_disconnect (socket, TRUE);
}

/* [id]: why that socket went away, "" while it has not. */
static void
on_farewell (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  App *app = user_data;
  const char *id = sio_args_get_string (args, 0);
  const char *reason = id != NULL ? g_hash_table_lookup (app->farewells, id) : NULL;
  g_autoptr (SioArgs) answer = sio_args_new ();

  sio_args_add_string (answer, reason != NULL ? reason : "");
  if (ack != NULL)
    sio_ack_send (ack, answer);
}

static void
on_silence (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
}

static void
on_disconnected (SioSocket *socket, SioDisconnectReason reason, App *app)
{
  g_hash_table_replace (app->farewells, g_strdup (sio_socket_get_id (socket)),
                        (gpointer)sio_disconnect_reason_to_string (reason, FALSE));
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, App *app)
{
  const struct
  {
    const char *event;
    SioEventFunc func;
    gpointer data;
  } rows[] = {
    { "echo", on_echo, NULL },
    { "ask", on_ask, NULL },
    { "handshake", on_handshake, NULL },
    { "push", on_push, app },
    { "pushed", on_pushed, app },
    { "burst", on_burst, NULL },
    { "binary burst", on_binary_burst, NULL },
    { "join", on_join, NULL },
    { "leave", on_leave, NULL },
    { "relay", on_relay, nsp },
    { "kick", on_kick, NULL },
    { "kick all", on_kick_all, NULL },
    { "farewell", on_farewell, app },
    { "silence", on_silence, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sio_socket_on (socket, rows[i].event, rows[i].func, rows[i].data, NULL);
  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), app);
  if (g_str_equal (sio_namespace_get_name (nsp), "/custom"))
    {
      g_autoptr (SioArgs) args = sio_args_new ();

      sio_args_add_string (args, "/custom");
      sio_socket_emit (socket, "welcome", args);
    }
}

static gboolean
answer_later (gpointer user_data)
{
  sio_next_accept (user_data);
  return G_SOURCE_REMOVE;
}

static void
guard (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
  JsonObject *auth = sio_socket_get_auth (socket);
  const char *token = NULL;

  if (auth != NULL && json_object_has_member (auth, "token"))
    token = json_object_get_string_member (auth, "token");
  if (g_strcmp0 (token, "open sesame") == 0)
    {
      g_timeout_add_full (G_PRIORITY_DEFAULT, 20, answer_later, sio_next_ref (next),
                          (GDestroyNotify)sio_next_unref);
    }
  else
    {
      g_autoptr (JsonNode) data
          = json_from_string ("{\"code\":\"not-invited\",\"retry\":[1,2]}", NULL);

      sio_next_reject (next, "not invited", data);
    }
}

static void
never (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
}

static void
on_input_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  App *app = user_data;

  g_main_loop_quit (app->loop);
}

static void
add_namespaces (App *app)
{
  static const char *const names[] = { "/", "/custom", "/guarded", "/never" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect (sio_server_of (app->server, names[i]), "connection",
                      G_CALLBACK (on_connection), app);
  sio_namespace_use (sio_server_of (app->server, "/guarded"), guard, NULL, NULL);
  sio_namespace_use (sio_server_of (app->server, "/never"), never, NULL, NULL);
}

static void
set_from_environment (EioServer *engine, const char *variable, const char *property)
{
  const char *value = g_getenv (variable);
  g_autoptr (GParamSpec) pspec = NULL;

  if (value == NULL)
    return;
  pspec = g_param_spec_ref (g_object_class_find_property (G_OBJECT_GET_CLASS (engine), property));
  if (G_PARAM_SPEC_VALUE_TYPE (pspec) == G_TYPE_UINT64)
    g_object_set (engine, property, g_ascii_strtoull (value, NULL, 10), NULL);
  else
    g_object_set (engine, property, (guint)g_ascii_strtoull (value, NULL, 10), NULL);
}

/* Returns the port, 0 after having said what is wrong. */
static guint16
serve (SioServer *server, SoupServer *host)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;
  GSList *uris;
  guint16 port;

  if (host != NULL ? sio_server_attach (server, host, &error)
                         && soup_server_listen (host, address, 0, &error)
                   : sio_server_listen (server, address, NULL, &error))
    {
      if (host == NULL)
        return eio_server_get_port (sio_server_get_engine (server));
      uris = soup_server_get_uris (host);
      port = g_uri_get_port (uris->data);
      g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
      return port;
    }
  g_printerr ("echo-server: %s\n", error->message);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (SioServer) server = sio_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) host = g_getenv ("HOST") != NULL ? soup_server_new (NULL, NULL) : NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GString) pushed = g_string_new (NULL);
  g_autoptr (GHashTable) farewells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  App app = { .server = server, .loop = loop, .pushed = pushed, .farewells = farewells };
  guint16 port;
  char byte;

  set_from_environment (sio_server_get_engine (server), "PING_INTERVAL", "ping-interval");
  set_from_environment (sio_server_get_engine (server), "PING_TIMEOUT", "ping-timeout");
  set_from_environment (sio_server_get_engine (server), "MAX_PAYLOAD", "max-payload");
  set_from_environment (sio_server_get_engine (server), "HTTP_COMPRESSION", "http-compression");
  set_from_environment (sio_server_get_engine (server), "PER_MESSAGE_DEFLATE", "per-message-deflate");
  add_namespaces (&app);
  eio_server_set_cookie (sio_server_get_engine (server), g_getenv ("COOKIE"), NULL, -1,
                         EIO_COOKIE_HTTP_ONLY, SOUP_SAME_SITE_POLICY_LAX);
  port = serve (server, host);
  if (port == 0)
    return 1;
  g_print ("ready %u\n", port);
  g_input_stream_read_async (input, &byte, 1, G_PRIORITY_DEFAULT, NULL, on_input_ended, &app);
  g_main_loop_run (loop);
  sio_server_close (server);
  return 0;
}
