/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our client against the reference's server. */
#include "desk.h"
#include "peer.h"
#include "tcp-relay.h"

/* A server of the reference and a client of ours that may connect to it. */
typedef struct
{
  const Mode *mode;
  Peer *peer; /* owned, nullable */
  Desk *desk; /* owned */
} Table;

typedef struct
{
  const char *name;
  void (*func) (Table *self, gconstpointer data);
  const char *nsp;     /* NULL: "/" */
  const char *options; /* of the server, as peer_new_node() takes them */
  const char *where;   /* names of modes; NULL: everywhere */
} Row;

typedef struct
{
  const Mode *mode;
  const Row *row;
} Place;

static void
set_up (Table *self, gconstpointer data)
{
  const Place *place = data;

  self->mode = place->mode;
  self->peer = peer_new_node ("server.cjs", place->row->options);
  self->desk = desk_new (peer_get_port (self->peer), self->mode,
                         place->row->nsp != NULL ? place->row->nsp : "/");
}

static void
tear_down (Table *self, gconstpointer data)
{
  g_clear_pointer (&self->desk, desk_free);
  g_clear_pointer (&self->peer, peer_free);
}

static void
test_events (Table *self, gconstpointer data)
{
  static const char *const rows[] = {
    "[]",
    "[1]",
    "[null,true,false,\"\",0,-1,1.5,1e+21,123456789012]",
    "[{\"a\":[{\"b\":{\"c\":[[],{}]}}]},[[[[\"deep\"]]]]]",
    "[\"ünïcödé 日本語 🎨 \\\"quoted\\\" back\\\\slash \\n\\t\\u0001\"]",
    "[\"\u2028\u2029\x7f\"]",
  };
  Desk *desk = self->desk;

  desk_connect (desk, self->mode);
  g_assert_cmpuint (strlen (sio_client_socket_get_id (desk->socket)), ==, 20);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *answer = NULL;

      desk_emit (desk, "echo", rows[i]);
      g_assert_cmpstr (desk_expect (desk, "event echo "), ==, rows[i]);
      answer = desk_ask_json (desk, "echo", rows[i]);
      g_assert_cmpstr (answer, ==, rows[i]);
    }
}

static GBytes *
make_bytes (gsize size)
{
  guint8 *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)(i * 7);
  return g_bytes_new_take (bytes, size);
}

static SioArgs *
make_binary_args (gsize size)
{
  SioArgs *args = sio_args_new ();
  g_autoptr (GBytes) first = make_bytes (size);
  g_autoptr (GBytes) second = g_bytes_new_static ("\0\x1e\xff", 3);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  sio_args_add_bytes (args, first);
  json_object_set_string_member (object, "name", "ä");
  json_object_set_member (object, "inside", sio_args_placeholder (args, second));
  json_node_take_object (root, object);
  sio_args_add_node (args, root);
  return args;
}

static void
check_binary_args (SioArgs *args, gsize size)
{
  g_autoptr (GBytes) first = make_bytes (size);
  JsonObject *object = sio_args_get_object (args, 1);
  GBytes *second;

  g_assert_cmpuint (sio_args_get_size (args), ==, 2);
  g_assert_true (g_bytes_equal (sio_args_get_bytes (args, 0), first));
  g_assert_nonnull (object);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "ä");
  second = sio_args_lookup_bytes (args, json_object_get_member (object, "inside"));
  g_assert_nonnull (second);
  g_assert_cmpmem (g_bytes_get_data (second, NULL), g_bytes_get_size (second), "\0\x1e\xff", 3);
}

static void
test_binary (Table *self, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 125, 126, 65535, 65536, 500000 };
  Desk *desk = self->desk;

  desk_connect (desk, self->mode);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (SioArgs) args = make_binary_args (sizes[i]);
      g_autoptr (SioArgs) answer = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (sio_client_socket_emit (desk->socket, "echo", args));
      desk_expect (desk, "event echo ");
      check_binary_args (desk->last_args, sizes[i]);
      answer = desk_ask (desk, "echo", args, 0, &error);
      g_assert_no_error (error);
      check_binary_args (answer, sizes[i]);
    }
}

/* The server asks, our application answers: at once, and later than other events. */
static void
test_acks_of_ours (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (SioArgs) late = args_from_json ("[\"late\"]");
  g_autoptr (SioAck) ack = NULL;

  desk_connect (desk, self->mode);
  desk_emit (desk, "ask", "[\"what?\",{\"x\":1}]");
  g_assert_cmpstr (desk_expect (desk, "event question "), ==, "[\"what?\",{\"x\":1}]");
  g_assert_cmpstr (desk_expect (desk, "event answered "), ==, "[\"what?\",{\"x\":1}]");

  desk->answers = FALSE;
  desk_emit (desk, "ask", "[]");
  desk_expect (desk, "event question []");
  ack = sio_ack_ref (desk->last_ack);
  desk_emit (desk, "echo", "[]");
  desk_expect (desk, "event echo []");
  sio_ack_send (ack, late);
  sio_ack_send (ack, late);
  g_assert_cmpstr (desk_expect (desk, "event answered "), ==, "[\"late\"]");
  desk_emit (desk, "echo", "[]");
  desk_expect (desk, "event echo []");
  g_assert_cmpuint (desk_count (desk, "event answered"), ==, 0);
}

static void
test_ack_time_out (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  desk_connect (desk, self->mode);
  g_assert_null (desk_ask (desk, "silence", NULL, 50, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "operation has timed out");
  /* An answer that comes too late meets nobody. */
  g_clear_error (&error);
  {
    g_autoptr (SioArgs) args = args_from_json ("[100]");

    g_assert_null (desk_ask (desk, "late", args, 20, &error));
    g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  }
  answer = desk_ask_json (desk, "late", "[200]");
  g_assert_cmpstr (answer, ==, "[\"late\"]");
}

static void
test_handshake (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (JsonNode) auth = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (SioArgs) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "token", "ß");
  json_node_take_object (auth, object);
  sio_client_socket_set_auth (desk->socket, auth);
  sio_client_set_header (desk->client, "X-Tested", "yes");
  desk_connect (desk, self->mode);
  answer = desk_ask (desk, "handshake", NULL, 0, &error);
  g_assert_no_error (error);
  object = sio_args_get_object (answer, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "tested"), ==, "yes");
  g_assert_cmpstr (json_object_get_string_member (object, "sid"), ==,
                   sio_client_get_engine_id (desk->client));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "auth"),
                                                  "token"),
                   ==, "ß");
  object = json_object_get_object_member (object, "query");
  g_assert_cmpstr (json_object_get_string_member (object, "colour"), ==, "dark blue");
  g_assert_cmpstr (json_object_get_string_member (object, "EIO"), ==, "4");
}

static JsonNode *
make_auth (SioClientSocket *socket, const char *engine_id, gpointer user_data)
{
  guint *n_calls = user_data;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  g_assert_cmpuint (strlen (engine_id), ==, 20);
  json_object_set_string_member (object, "token", ++*n_calls == 1 ? "guess" : "open sesame");
  json_node_take_object (node, object);
  return node;
}

/* Refused by a middleware, with data; asked again, with another auth, over the same connection. */
static void
test_refused (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  guint n_calls = 0;
  JsonObject *object;

  sio_client_socket_set_auth_func (desk->socket, make_auth, &n_calls, NULL);
  sio_client_socket_connect (desk->socket);
  g_assert_true (sio_client_socket_is_active (desk->socket));
  g_assert_cmpstr (desk_expect (desk, "connect-error 2 "), ==, "not invited");
  g_assert_false (sio_client_socket_is_active (desk->socket));
  g_assert_nonnull (desk->last_data);
  object = json_node_get_object (desk->last_data);
  g_assert_cmpstr (json_object_get_string_member (object, "code"), ==, "not-invited");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "retry")), ==, 2);

  desk_connect (desk, self->mode);
  g_assert_cmpuint (n_calls, ==, 2);
}

static void
test_unknown_namespace (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;

  sio_client_socket_connect (desk->socket);
  g_assert_cmpstr (desk_expect (desk, "connect-error 2 "), ==, "Invalid namespace");
  g_assert_null (desk->last_data);
}

/* Two namespaces over one connection; one is left, the other stays; the last one closes it. */
static void
test_namespaces (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  SioClientSocket *other = sio_client_socket (desk->client, "/");
  g_autofree char *answer = NULL;
  g_autofree char *engine_id = NULL;

  g_assert_true (sio_client_socket (desk->client, "/custom") == desk->socket);
  sio_client_socket_connect (other);
  desk_connect (desk, self->mode);
  g_assert_cmpstr (desk_expect (desk, "event welcome "), ==, "[\"/custom\"]");
  wait_until (sio_client_socket_is_connected (other));
  g_assert_cmpstr (sio_client_socket_get_id (other), !=, sio_client_socket_get_id (desk->socket));
  engine_id = g_strdup (sio_client_get_engine_id (desk->client));

  sio_client_socket_disconnect (other);
  g_assert_false (sio_client_socket_is_active (other));
  g_assert_null (sio_client_socket_get_id (other));
  answer = desk_ask_json (desk, "echo", "[1]");
  g_assert_cmpstr (answer, ==, "[1]");
  sio_client_socket_connect (other);
  wait_until (sio_client_socket_is_connected (other));
  g_assert_cmpstr (sio_client_get_engine_id (desk->client), ==, engine_id);

  sio_client_socket_disconnect (other);
  sio_client_socket_disconnect (desk->socket);
  desk_expect (desk, "closed forced close");
  desk_expect (desk, "disconnected io client disconnect");
  g_assert_null (sio_client_get_engine_id (desk->client));
  desk_connect (desk, self->mode);
}

static void
test_server_disconnects (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;

  desk_connect (desk, self->mode);
  desk_emit (desk, "kick", "[]");
  desk_expect (desk, "disconnected io server disconnect");
  g_assert_false (sio_client_socket_is_active (desk->socket));
  desk_connect (desk, self->mode);
  desk_emit (desk, "kick all", "[]");
  desk_expect (desk, "disconnected io server disconnect");
  g_assert_false (sio_client_socket_is_active (desk->socket));
  desk_connect (desk, self->mode);
}

static void
test_many (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;

  desk_connect (desk, self->mode);
  desk_emit (desk, "burst", "[1000]");
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *number = g_strdup_printf ("[%d]", i);

      g_assert_cmpstr (desk_expect (desk, "event tick "), ==, number);
    }
  desk_forget (desk);
  desk_emit (desk, "binary burst", "[50]");
  wait_until (desk_count (desk, "event tock ") == 50);
  g_assert_cmpuint (g_bytes_get_size (sio_args_get_bytes (desk->last_args, 1)), ==, 50);
}

/* What is emitted before, while and after the transport changes arrives once and in order. */
static void
test_order (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (GString) expected = g_string_new ("[[");
  g_autofree char *pushed = NULL;
  int n = 0;

  sio_client_socket_connect (desk->socket);
  do
    {
      g_autofree char *number = g_strdup_printf ("[%d]", n);

      g_string_append_printf (expected, "%s%d", n > 0 ? "," : "", n);
      desk_emit (desk, "push", number);
      g_main_context_iteration (NULL, FALSE);
    }
  while (++n < 500 || sio_client_get_transport (desk->client) == 0
         || (self->mode->upgrade && sio_client_get_transport (desk->client) == EIO_TRANSPORT_POLLING));
  g_string_append (expected, "]]");
  pushed = desk_ask_json (desk, "pushed", "[]");
  g_assert_cmpstr (pushed, ==, expected->str);
}

/* The server dies and comes again: what is emitted meanwhile arrives once and in order, an ack that
 * was under way fails, one that was buffered is answered. */
static void
test_restart (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_node ("server.cjs", NULL);
  g_autoptr (TcpRelay) front = tcp_relay_new (peer_get_port (peer));
  g_autoptr (Desk) desk = desk_new (tcp_relay_get_port (front), mode, "/");
  g_autoptr (SioArgs) args = args_from_json ("[0]");
  g_autoptr (GError) error = NULL;
  g_autofree char *pushed = NULL;

  desk_connect (desk, mode);
  desk_emit (desk, "push", "[\"lost with the old server\"]");
  tcp_relay_set_target (front, 0);
  g_clear_pointer (&peer, peer_free);
  desk_expect (desk, "disconnected transport ");
  g_assert_true (sio_client_socket_is_active (desk->socket));
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *number = g_strdup_printf ("[%d]", i % 10);

      desk_emit (desk, "push", number);
    }
  sio_client_socket_emit_volatile (desk->socket, "push", args);
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), >, 0);
  desk_expect (desk, "reconnect-scheduled 1");
  desk_expect (desk, "reconnect-attempt 1");
  desk_expect (desk, "reconnect-error ");
  desk_expect (desk, "connect-error 5 ");
  desk_expect (desk, "reconnect-scheduled 2");

  peer = peer_new_node ("server.cjs", NULL);
  tcp_relay_set_target (front, peer_get_port (peer));
  pushed = desk_ask_json (desk, "pushed", "[]");
  g_assert_cmpuint (strlen (pushed), ==, strlen ("[[") + 100 * strlen ("0,") - 1 + strlen ("]]"));
  for (int i = 0; i < 100; i++)
    g_assert_cmpint (pushed[2 + i * 2] - '0', ==, i % 10);
  g_assert_cmpuint (desk_count (desk, "reconnected "), ==, 1);
  g_assert_cmpuint (desk_count (desk, "connected"), ==, 1);
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), ==, 0);
}

static void
on_ack (GObject *source, GAsyncResult *result, gpointer user_data)
{
  sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, user_data);
}

static void
test_ack_lost (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (GError) error = NULL;

  desk_connect (desk, self->mode);
  sio_client_socket_emit_with_ack_async (desk->socket, "silence", NULL, 0, NULL, on_ack, &error);
  desk_emit (desk, "echo", "[]");
  desk_expect (desk, "event echo");
  g_assert_no_error (error);
  g_clear_pointer (&self->peer, peer_free);
  wait_until (error != NULL);
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_assert_cmpstr (error->message, ==, "socket has been disconnected");
}

/* The next ping goes out when the last was answered; how soon is the machine's affair. */
static void
test_heartbeat (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autofree char *answer = NULL;

  desk_connect (desk, self->mode);
  answer = desk_ask_json (desk, "heartbeats", "[5]");
  g_assert_cmpstr (answer, ==, "[5]");
  g_assert_cmpuint (desk_count (desk, "disconnected"), ==, 0);
}

/* The server says what it accepts; more is refused here rather than by a lost connection, and many
 * small events are put into several POSTs. */
static void
test_max_payload (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autofree char *fits = g_strnfill (1900, 'x');
  g_autofree char *large = g_strnfill (2000, 'x');
  g_autofree char *fits_json = g_strdup_printf ("[\"%s\"]", fits);
  g_autofree char *large_json = g_strdup_printf ("[\"%s\"]", large);
  g_autoptr (SioArgs) args = args_from_json (large_json);
  g_autoptr (GError) error = NULL;
  g_autofree char *pushed = NULL;

  desk_connect (desk, self->mode);
  g_assert_false (sio_client_socket_emit (desk->socket, "push", args));
  g_assert_null (desk_ask (desk, "push", args, 0, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_LIMIT);
  for (int i = 0; i < 5; i++)
    desk_emit (desk, "silence", fits_json);
  for (int i = 0; i < 300; i++)
    desk_emit (desk, "push", "[\"0123456789\"]");
  desk_emit (desk, "silence", fits_json);
  pushed = desk_ask_json (desk, "pushed", "[]");
  g_assert_cmpuint (strlen (pushed), ==,
                    strlen ("[[") + 300 * strlen ("\"0123456789\",") - 1 + strlen ("]]"));
  g_assert_cmpuint (desk_count (desk, "disconnected"), ==, 0);
}

/* A namespace whose middleware never answers: another connection is tried. */
static void
test_no_answer (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;

  /* Within it the connection has to open, and a busy machine has to get that far. */
  g_object_set (desk->client, "timeout", 3000, NULL);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "open");
  desk_expect (desk, "closed transport error: The server did not accept in time");
  desk_expect (desk, "reconnect-attempt 1");
  desk_expect (desk, "open");
  desk_expect (desk, "reconnected 1");
}

static void
test_cut (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;

  desk_connect (desk, self->mode);
  for (int i = 0; i < 3; i++)
    {
      desk_emit (desk, "cut", "[]");
      desk_expect (desk, "disconnected transport ");
      desk_expect (desk, "connected");
      if (self->mode->upgrade)
        wait_until (sio_client_get_transport (desk->client) == EIO_TRANSPORT_WEBSOCKET);
    }
}

/* The connection is cut while events are on their way: they come before "connected", offsets are the
 * library's alone. */
static void
test_recovery (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autofree char *id = NULL;
  gboolean recovered = FALSE;

  g_object_set (desk->client, "reconnection-delay", 300, "randomization-factor", 0.0, NULL);
  desk_connect (desk, self->mode);
  id = g_strdup (sio_client_socket_get_id (desk->socket));
  desk_emit (desk, "echo", "[\"word\",1]");
  g_assert_cmpstr (desk_expect (desk, "event echo "), ==, "[\"word\",1]");
  desk_emit (desk, "echo", "[\"two words\",\"word\"]");
  g_assert_cmpstr (desk_expect (desk, "event echo "), ==, "[\"two words\",\"word\"]");
  desk_emit (desk, "miss", "[3]");
  desk_expect (desk, "disconnected ");
  g_assert_cmpstr (desk_expect (desk, "event missed "), ==, "[0,\"word\"]");
  g_assert_cmpstr (desk_expect (desk, "event missed "), ==, "[1,\"word\"]");
  g_assert_cmpstr (desk_expect (desk, "event missed "), ==, "[2,\"word\"]");
  desk_expect (desk, "connected again");
  g_assert_cmpstr (sio_client_socket_get_id (desk->socket), ==, id);
  g_object_get (desk->socket, "recovered", &recovered, NULL);
  g_assert_true (recovered);

  /* A namespace that was left is not recovered. */
  sio_client_socket_disconnect (desk->socket);
  desk_forget (desk);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  g_assert_cmpuint (desk_count (desk, "connected again"), ==, 0);
}

/* The server's program does not answer the first two times; the events arrive in order all the same. */
static void
test_retries (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autofree char *c = NULL;
  g_autofree char *tried = NULL;

  /* A slow machine may take more than three. */
  g_object_set (desk->socket, "retries", 1000, "ack-timeout", 50, NULL);
  desk_emit (desk, "flaky", "[\"a\"]");
  desk_connect (desk, self->mode);
  desk_emit (desk, "flaky", "[\"b\"]");
  c = desk_ask_json (desk, "flaky", "[\"c\"]");
  g_assert_cmpstr (c, ==, "[\"c\"]");
  g_object_set (desk->socket, "retries", 0, "ack-timeout", 0, NULL);
  tried = desk_ask_json (desk, "tried", "[]");
  g_assert_cmpstr (tried, ==, "[[\"a\",\"b\",\"c\"]]");
}

/* The cookie of the handshake comes back with the next request, of polling and of the websocket. */
static void
test_cookie (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autofree char *answer = NULL;

  desk_connect (desk, self->mode);
  answer = desk_ask_json (desk, "cookie", "[]");
  g_assert_cmpstr (answer, ==, "[true]");
}

/* Bytes as text, on a websocket too. */
static void
test_base64 (Table *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (SioArgs) args = make_binary_args (1000);
  g_autofree char *answer = NULL;

  g_object_set (desk->client, "force-base64", TRUE, NULL);
  desk_connect (desk, self->mode);
  answer = desk_ask_json (desk, "b64", "[]");
  g_assert_cmpstr (answer, ==, "[\"1\"]");
  g_assert_true (sio_client_socket_emit (desk->socket, "echo", args));
  desk_expect (desk, "event echo ");
  check_binary_args (desk->last_args, 1000);
}

/* Text and bytes by the echo, counted on the wire: who compresses. */
static void
check_echo (Desk *desk, TcpRelay *front, gboolean from_client, gboolean from_server)
{
  g_autofree char *letters = g_strnfill (50000, 'x');
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (50000), 50000);
  uint64_t of_client = tcp_relay_get_n_bytes (front, TRUE);
  uint64_t of_server = tcp_relay_get_n_bytes (front, FALSE);

  sio_args_add_string (args, letters);
  sio_args_add_bytes (args, zeros);
  sio_client_socket_emit (desk->socket, "echo", args);
  desk_expect (desk, "event echo ");
  g_assert_cmpstr (sio_args_get_string (desk->last_args, 0), ==, letters);
  g_assert_true (g_bytes_equal (sio_args_get_bytes (desk->last_args, 1), zeros));
  of_client = tcp_relay_get_n_bytes (front, TRUE) - of_client;
  of_server = tcp_relay_get_n_bytes (front, FALSE) - of_server;
  g_assert_cmpint (of_client < 5000, ==, from_client);
  g_assert_cmpint (of_server < 5000, ==, from_server);
}

/* By polling what the server answers is compressed; by websocket all, if both want it. */
static void
test_compression (gconstpointer data)
{
  const Mode *mode = data;
  gboolean polls = mode->transports == EIO_TRANSPORT_POLLING;

  for (guint i = 0; i < 4; i++)
    {
      gboolean both = i == 3 && !polls;
      g_autoptr (Peer) peer = peer_new_node (
          "server.cjs", i & 1 ? "\"perMessageDeflate\":{\"threshold\":1024}" : NULL);
      g_autoptr (TcpRelay) front = tcp_relay_new (peer_get_port (peer));
      g_autoptr (Desk) desk = desk_new (tcp_relay_get_port (front), mode, "/");

      g_object_set (desk->client, "per-message-deflate", i & 2 ? 1024 : 0, NULL);
      desk_connect (desk, mode);
      for (guint k = 0; k < 3; k++)
        check_echo (desk, front, both, both || polls);
      sio_client_socket_set_compress (desk->socket, FALSE);
      check_echo (desk, front, FALSE, both || polls);
    }
}

/* The server allows one transport, which is not the first in the list. */
static void
test_try_all (gconstpointer data)
{
  static const char *const polling_last[] = { "webtransport", "websocket", "polling", NULL };
  static const char *const websocket_last[] = { "polling", "websocket", NULL };
  const Mode *mode = data;
  gboolean polls = mode->transports == EIO_TRANSPORT_POLLING;
  g_autoptr (Peer) peer = peer_new_node (
      "server.cjs", polls ? "\"transports\":[\"polling\"]" : "\"transports\":[\"websocket\"]");
  g_autoptr (Desk) desk = desk_new (peer_get_port (peer), mode, "/");
  g_autofree char *answer = NULL;

  g_object_set (desk->client, "transports", polls ? polling_last : websocket_last,
                "try-all-transports", TRUE, NULL);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  g_assert_cmpuint (desk_count (desk, "connect-error"), ==, 0);
  g_assert_cmpuint (sio_client_get_transport (desk->client), ==,
                    polls ? EIO_TRANSPORT_POLLING : EIO_TRANSPORT_WEBSOCKET);
  answer = desk_ask_json (desk, "echo", "[1]");
  g_assert_cmpstr (answer, ==, "[1]");
}

int
main (int argc, char **argv)
{
  static const Row rows[] = {
    { "events", test_events },
    { "binary", test_binary },
    { "acks-of-ours", test_acks_of_ours },
    { "ack-time-out", test_ack_time_out },
    { "ack-lost", test_ack_lost },
    { "handshake", test_handshake },
    { "refused", test_refused, .nsp = "/guarded" },
    { "unknown-namespace", test_unknown_namespace, .nsp = "/nowhere" },
    { "namespaces", test_namespaces, .nsp = "/custom" },
    { "server-disconnects", test_server_disconnects },
    { "many", test_many },
    { "order", test_order },
    { "heartbeat", test_heartbeat, .options = "\"pingInterval\":20,\"pingTimeout\":60000" },
    { "max-payload", test_max_payload, .options = "\"maxHttpBufferSize\":2000" },
    { "no-answer", test_no_answer, .nsp = "/never" },
    { "cut", test_cut },
    { "recovery", test_recovery, .options = "\"connectionStateRecovery\":{}" },
    { "retries", test_retries },
    /* The reference gives cookies by polling only. */
    { "cookie", test_cookie, .options = "\"cookie\":true", .where = "polling upgrade" },
    { "base64", test_base64 },
  };
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } own[] = {
    { "restart", test_restart },
    { "try-all", test_try_all },
    { "compression", test_compression },
  };

  g_autofree Place *places = g_new (Place, n_modes * G_N_ELEMENTS (rows));

  g_test_init (&argc, &argv, NULL);
  if (!peer_prepare_node ())
    return 0;
  for (guint mode = 0; mode < n_modes; mode++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          g_autofree char *path = g_strdup_printf ("/client/%s/%s", modes[mode].name, rows[i].name);
          Place *place = &places[mode * G_N_ELEMENTS (rows) + i];

          if (rows[i].where != NULL && strstr (rows[i].where, modes[mode].name) == NULL)
            continue;
          *place = (Place){ &modes[mode], &rows[i] };
          g_test_add (path, Table, place, set_up, rows[i].func, tear_down);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
        {
          g_autofree char *path = g_strdup_printf ("/client/%s/%s", modes[mode].name, own[i].name);

          g_test_add_data_func (path, &modes[mode], own[i].func);
        }
    }
  return g_test_run ();
}
