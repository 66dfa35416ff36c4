/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Peers that take their time. Nobody waits here: the timers are told that it is later.
 */
#include <sys/socket.h>

#include "engineio/eio-gate.h"
#include "engineio/eio-websocket.h"
#include "raw-client.h"

#define SECONDS G_USEC_PER_SEC
#define BIG (32 * 1024 * 1024)

/* A gate with an HTTP server behind it, and its own timers. */
typedef struct {
  EioReactor *reactor;
  EioTimers *timers;
  EioFarewell *farewell;
  SoupServer *soup;
  EioGate *gate;
  guint16 port;
} World;

static uint64_t
get_max_body (const char *path, gpointer user_data)
{
  return 1000000;
}

static void
on_refused (const char *target, const char *address, guint status, gpointer user_data)
{
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  g_autofree char *body = g_strnfill (g_str_equal (path, "/big") ? BIG : 1, 'x');

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
world_set_up (World *self)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;
  EioGateOptions options;

  self->reactor = eio_reactor_new (NULL);
  self->timers = eio_timers_new ();
  self->farewell = eio_farewell_new (self->timers);
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, NULL, NULL);
  options = (EioGateOptions) {
    .soup = self->soup, .reactor = self->reactor, .timers = self->timers,
    .farewell = self->farewell, .rules = { .get_max_body = get_max_body },
    .max_connections = 100, .head_timeout = 10000, .refused = on_refused,
  };
  self->gate = eio_gate_new (&options);
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL) && g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  eio_gate_listen (self->gate, socket, NULL);
}

static void
world_tear_down (World *self)
{
  eio_gate_close (self->gate);
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  eio_farewell_free (self->farewell);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (eio_gate_get_n_connections (self->gate), ==, 0);
  eio_gate_unref (self->gate);
  eio_timers_unref (self->timers);
  eio_reactor_unref (self->reactor);
}

/* What is between the two ends is within the kernel, which takes no time over it. */
static void
let_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
pass_time (World *self, int64_t time)
{
  eio_timers_run (self->timers, g_get_monotonic_time () + time);
  let_settle ();
}

static gboolean
is_taken (gpointer gate)
{
  return eio_gate_get_n_connections (gate) == 1;
}

static gboolean
is_empty (gpointer gate)
{
  return eio_gate_get_n_connections (gate) == 0;
}

/* What has been sent, and how long the server has patience with it. */
static const struct {
  const char *name;
  const char *sent;
  int64_t patience;
} rows[] = {
  { "nothing", "", 10 * SECONDS },
  { "half a head", "GET / HT", 10 * SECONDS },
  { "half a body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", 20 * SECONDS },
  { "half a chunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
    20 * SECONDS },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      World world;
      RawClient *client;

      g_test_message ("%s", rows[i].name);
      world_set_up (&world);
      client = raw_client_new (world.port);
      raw_client_send (client, rows[i].sent);
      raw_await (is_taken, world.gate);
      raw_client_deliver (client);
      pass_time (&world, rows[i].patience - 2 * SECONDS);
      g_assert_false (raw_client_is_ended (client));
      pass_time (&world, rows[i].patience + 2 * SECONDS);
      raw_client_expect_end (client);
      raw_client_free (client);
      raw_await (is_empty, world.gate);
      world_tear_down (&world);
    }
}

static void
test_big_answer_unread (void)
{
  World world;
  RawClient *client;

  world_set_up (&world);
  client = raw_client_new (world.port);
  raw_client_set_reading (client, FALSE);
  raw_client_get (client, "/big");
  raw_await (is_taken, world.gate);
  raw_client_deliver (client);
  pass_time (&world, 28 * SECONDS);
  g_assert_cmpuint (eio_gate_get_n_connections (world.gate), ==, 1);
  pass_time (&world, 32 * SECONDS);
  raw_await (is_empty, world.gate);
  raw_client_free (client);
  world_tear_down (&world);
}

/* A websocket over a pair of sockets. */
typedef struct {
  World world;
  EioWebsocketHouse house;
  EioWebsocket *websocket;
  GSocket *peer;
  EioCloseReason reason;
  gboolean gone;
} Pair;

static void
on_message (const guint8 *data, gsize size, gboolean binary, gpointer user_data)
{
}

static void
on_drained (gpointer user_data)
{
}

static void
on_gone (EioCloseReason reason, gpointer user_data)
{
  Pair *self = user_data;

  self->gone = TRUE;
  self->reason = reason;
}

static const EioWebsocketFuncs funcs = { on_message, on_drained, on_gone };

static void
pair_set_up (Pair *self)
{
  int fds[2];
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  *self = (Pair) { .gone = FALSE };
  world_set_up (&self->world);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], NULL);
  self->peer = g_socket_new_from_fd (fds[1], NULL);
  connection = g_socket_connection_factory_create_connection (socket);
  self->house = (EioWebsocketHouse) {
    .reactor = self->world.reactor, .timers = self->world.timers,
    .farewell = self->world.farewell, .max_message = 1000,
  };
  self->websocket = eio_websocket_new (
      &self->house,
      eio_pipe_new (self->world.reactor, G_IO_STREAM (connection), NULL, NULL), NULL);
  eio_websocket_set_funcs (self->websocket, &funcs, self);
}

static void
pair_tear_down (Pair *self)
{
  g_clear_pointer (&self->websocket, eio_websocket_free);
  g_object_unref (self->peer);
  world_tear_down (&self->world);
}

static void
tell (Pair *self, const char *bytes, gsize size)
{
  g_assert_cmpint (g_socket_send (self->peer, bytes, size, NULL, NULL), ==, size);
  let_settle ();
}

/* W20: a frame that never ends. */
static void
test_half_a_frame (void)
{
  Pair pair;

  pair_set_up (&pair);
  tell (&pair, "\x81\x82\0\0\0\0" "4a", 8);
  pass_time (&pair.world, 25 * SECONDS);
  g_assert_false (pair.gone);
  tell (&pair, "\x81\x82\0\0\0\0" "4", 7);
  pass_time (&pair.world, 18 * SECONDS);
  g_assert_false (pair.gone);
  pass_time (&pair.world, 22 * SECONDS);
  g_assert_true (pair.gone);
  g_assert_cmpint (pair.reason, ==, EIO_CLOSE_REASON_TRANSPORT_ERROR);
  pair_tear_down (&pair);
}

static gboolean
is_peer_ended (Pair *self)
{
  char bytes[65536];
  gssize n;

  while ((n = g_socket_receive_with_blocking (self->peer, bytes, sizeof bytes, FALSE, NULL, NULL)) > 0)
    ;
  return n == 0;
}

/* Last words that nobody reads are kept for half a minute. */
static void
test_farewell_unread (void)
{
  Pair pair;
  g_autofree char *text = g_strnfill (1000000, 'x');
  EioSpan span;

  memcpy (eio_chunk_allocate (1000000, &span), text, 1000000);
  pair_set_up (&pair);
  eio_websocket_send (pair.websocket, &span);
  eio_chunk_unref (span.chunk);
  eio_websocket_close (g_steal_pointer (&pair.websocket), 0);
  let_settle ();
  pass_time (&pair.world, 32 * SECONDS);
  g_assert_true (is_peer_ended (&pair));
  pair_tear_down (&pair);
}

/* They have been read, but the peer does not end its side: it is listened to for two seconds. */
static void
test_farewell_unanswered (void)
{
  Pair pair;
  g_autoptr (GError) error = NULL;

  pair_set_up (&pair);
  eio_websocket_close (g_steal_pointer (&pair.websocket), 0);
  let_settle ();
  g_assert_true (is_peer_ended (&pair));
  /* It is still there to read. */
  tell (&pair, "x", 1);
  pass_time (&pair.world, 3 * SECONDS);
  g_assert_cmpint (g_socket_send (pair.peer, "x", 1, NULL, &error), ==, -1);
  pair_tear_down (&pair);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/deadlines/rows", test_rows);
  g_test_add_func ("/engineio/deadlines/big-answer-unread", test_big_answer_unread);
  g_test_add_func ("/engineio/deadlines/half-a-frame", test_half_a_frame);
  g_test_add_func ("/engineio/deadlines/farewell-unread", test_farewell_unread);
  g_test_add_func ("/engineio/deadlines/farewell-unanswered", test_farewell_unanswered);
  return g_test_run ();
}
