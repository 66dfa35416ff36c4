/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server that breaks the protocol, by mistake or not: the client ends the connection with the
 * reason of the row, or goes on, and grows no more than its limits allow. */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode polling = { "polling", EIO_TRANSPORT_POLLING, FALSE };
static const Mode upgrade = { "upgrade", EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, TRUE };

/* In place of a good open packet: no connection comes of it. */
static const char *const bad_opens[] = {
  "",
  "0",
  "0null",
  "0[]",
  "0{",
  "0{}",
  "7",
  "40{\"sid\":\"x\"}",
  "6",
  "2",
  "1",
  "0{\"sid\":1,\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}",
  "0{\"sid\":\"\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}",
  "0{\"sid\":\"a b\\r\\nX: y\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}",
  "0{\"sid\":\"abc\",\"upgrades\":{},\"pingInterval\":25000,\"pingTimeout\":20000}",
  "0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":0,\"pingTimeout\":20000}",
  "0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":-1,\"pingTimeout\":20000}",
  "0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":1e300,\"pingTimeout\":20000}",
  "0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":\"1\",\"pingTimeout\":20000}",
};

static void
test_open (gconstpointer data)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  server->open = data;
  g_object_set (desk->client, "reconnection", FALSE, "timeout", 2000, NULL);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connect-error 5 ");
  desk_expect (desk, "reconnect-failed");
  g_assert_false (sio_client_socket_is_active (desk->socket));
}

/* After CONNECT: reason of the end, NULL when the client goes on. */
static const struct
{
  const char *packet;
  const char *reason;
} packets[] = {
  /* Engine.IO */
  { "", "parse error" },
  { "9", "parse error" },
  { "x", "parse error" },
  { "0{}", NULL },
  { "3", NULL },
  { "3probe", NULL },
  { "5", NULL },
  { "6", NULL },
  { "1", "transport close" },
  { "b!!!", "parse error" },
  { "bAAAA", "parse error" },
  /* Socket.IO */
  { "4", "parse error" },
  { "47", "parse error" },
  { "4x", "parse error" },
  { "42{}", "parse error" },
  { "42[]", "parse error" },
  { "42[null]", "parse error" },
  { "42[\"connect\"]", "parse error" },
  { "42[\"a\"]x", "parse error" },
  { "42[\"a\",]", "parse error" },
  { "42[\"a\",1e400]", "parse error" },
  { "42-1[\"a\"]", "parse error" },
  { "43[1]x", "parse error" },
  { "45[\"a\"]", "parse error" },
  { "450-[\"a\"]", NULL }, /* as older servers write it */
  { "4511-[\"a\"]", "parse error" },
  { "459999999999999999999-[\"a\"]", "parse error" },
  { "452-[\"a\",{\"_placeholder\":true,\"num\":0}]\x01then", "parse error" },
  { "40{\"sid\":\"again\"}", NULL },
  { "44{\"message\":\"too late\"}", NULL },
  { "430[\"nobody waits for it\"]", NULL },
  { "439007199254740991[]", NULL },
  { "42/elsewhere,[\"a\"]", NULL },
  { "41/elsewhere,", NULL },
  { "40/elsewhere,{\"sid\":\"x\"}", NULL },
};

static void
check_alive (Desk *desk, FakeServer *server)
{
  fake_server_send (server, "42[\"still here\"]");
  desk_expect (desk, "event still here []");
  g_assert_cmpuint (desk_count (desk, "closed"), ==, 0);
}

static void
test_packets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
      g_autofree char *expected = NULL;

      g_test_message ("%s", packets[i].packet);
      g_object_set (desk->client, "reconnection", FALSE, NULL);
      desk_connect (desk, &websocket);
      fake_server_send (server, packets[i].packet);
      if (packets[i].reason == NULL)
        {
          check_alive (desk, server);
          continue;
        }
      expected = g_strdup_printf ("disconnected %s", packets[i].reason);
      desk_expect (desk, expected);
    }
}

static void
test_unannounced_binary (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  desk_connect (desk, &websocket);
  fake_server_send_bytes (server, SOUP_WEBSOCKET_DATA_BINARY, "abc", 3);
  desk_expect (desk, "disconnected parse error");
  desk_expect (desk, "connected");
  fake_server_send (server, "451-[\"a\",{\"_placeholder\":true,\"num\":0}]");
  fake_server_send (server, "42[\"in between\"]");
  desk_expect (desk, "disconnected parse error");
}

static void
test_deep_json (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *brackets = g_strnfill (400000, '[');
  g_autofree char *packet = g_strdup_printf ("42[\"a\",%s", brackets);

  desk_connect (desk, &websocket);
  fake_server_send (server, packet);
  desk_expect (desk, "disconnected parse error");
}

static void
test_large_message (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *fits = g_strdup_printf ("42[\"a\",\"%.9990s\"]", text);
  g_autofree char *large = g_strdup_printf ("42[\"a\",\"%.9993s\"]", text);

  g_object_set (desk->client, "max-payload", (guint64)10000, NULL);
  desk_connect (desk, &websocket);
  fake_server_send (server, fits);
  desk_expect (desk, "event a ");
  fake_server_send (server, large);
  desk_expect (desk, "closed transport error: ");
}

static void
test_not_utf8 (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");

  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  desk_connect (desk, &polling);
  fake_server_answer (server, 200, "42[\"a\",\"\xff\xfe\"]", -1);
  desk_expect (desk, "disconnected parse error");
}

/* A server that pings and does not wait for pongs. */
static void
test_ping_flood (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  desk_connect (desk, &websocket);
  for (int i = 0; i < 10000; i++)
    fake_server_send (server, "2");
  check_alive (desk, server);
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), ==, 0);
}

/* --- Bytes of no libsoup's making ------------------------------------------------------------------ */

static void
send_raw (FakeServer *server, gconstpointer bytes, gsize size)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (server->connection);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, size, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Frames that no server should send, and what they are called. */
static void
test_frames (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *error;
  } frames[] = {
#define BYTES(s) s, sizeof s - 1
    { BYTES ("\x81\x81\1\2\3\4\x37"), "The server does not speak websocket" },
    { BYTES ("\xc1\x01\x36"), "The server does not speak websocket" },
    { BYTES ("\x80\x01\x36"), "The server does not speak websocket" },
    { BYTES ("\x09\x00"), "The server does not speak websocket" },
    { BYTES ("\x83\x00"), "The server does not speak websocket" },
    { BYTES ("\x81\x02\x36\xff"), "The server sent text that is not UTF-8" },
    { BYTES ("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff"), "The server sent a message beyond" },
    { BYTES ("\x88\x02\x03\xf1"), "The server was sent a message beyond" },
    { BYTES ("\x88\x02\x0f\xa0"), "The server closed the websocket with code 4000" },
    { BYTES ("\x88\x00"), "" },
#undef BYTES
  };

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
      const char *record;

      g_test_message ("%s", frames[i].error);
      g_object_set (desk->client, "reconnection", FALSE, NULL);
      desk_connect (desk, &websocket);
      send_raw (server, frames[i].bytes, frames[i].size);
      record = desk_expect (desk, "closed transport ");
      g_assert_nonnull (strstr (record, frames[i].error));
    }
}

/* A message that never ends, in many small pieces or in few large ones. */
static void
test_endless_fragments (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree guint8 *frame = g_malloc0 (4 + size);

  g_object_set (desk->client, "reconnection", FALSE, NULL);
  desk_connect (desk, &websocket);
  frame[0] = 0x02;
  frame[1] = 126;
  frame[2] = size >> 8;
  frame[3] = size & 0xff;
  for (int i = 0; i < 100 && desk_count (desk, "closed") == 0; i++)
    {
      send_raw (server, frame, 4 + size);
      g_main_context_iteration (NULL, FALSE);
      frame[0] = 0x00;
    }
  desk_expect (desk, "closed transport error: The server sent a message beyond the limit");
}

typedef struct
{
  int fd;
  int stop;
} Flood;

/* As fast as the kernel takes it. */
static gpointer
run_flood (gpointer data)
{
  Flood *flood = data;
  g_autofree guint8 *frames = g_malloc (3 * 20000);

  for (gsize i = 0; i < 20000; i++)
    memcpy (frames + 3 * i, "\x81\x01\x36", 3);
  while (!g_atomic_int_get (&flood->stop))
    if (send (flood->fd, frames, 3 * 20000, MSG_NOSIGNAL) != 3 * 20000)
      break;
  return NULL;
}

static gboolean
count_idle (gpointer user_data)
{
  ++*(guint *)user_data;
  return G_SOURCE_CONTINUE;
}

/* What a toolkit draws with comes to its turn all the same. */
static void
test_flood (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  Flood flood = { 0 };
  guint n_idle = 0;
  guint idle;
  g_autoptr (GIOStream) base = NULL;
  GSocket *socket;
  GThread *thread;

  desk_connect (desk, &websocket);
  g_object_get (soup_websocket_connection_get_io_stream (server->connection), "base-iostream", &base,
                NULL);
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (base));
  flood.fd = dup (g_socket_get_fd (socket));
  g_assert_cmpint (fcntl (flood.fd, F_SETFL, fcntl (flood.fd, F_GETFL) & ~O_NONBLOCK), ==, 0);
  thread = g_thread_new ("flood", run_flood, &flood);
  idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, count_idle, &n_idle, NULL);
  wait_until (n_idle >= 1000);
  g_assert_cmpuint (desk_count (desk, "closed"), ==, 0);
  g_source_remove (idle);
  g_atomic_int_set (&flood.stop, 1);
  shutdown (flood.fd, SHUT_RDWR);
  g_thread_join (thread);
  close (flood.fd);
}

static void
test_no_pings (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  server->open = "0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":50,\"pingTimeout\":50}";
  desk_connect (desk, &websocket);
  desk_expect (desk, "closed ping timeout: ");
  desk_expect (desk, "disconnected ping timeout");
  desk_expect (desk, "connected");
}

/* Events before the answer to CONNECT are kept, but not for ever. */
static void
test_early_events (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  server->connect = NULL;
  sio_client_socket_connect (desk->socket);
  wait_until (fake_server_count (server, "40") == 1);
  fake_server_send (server, "42[\"first\"]");
  fake_server_send (server, "421[\"second\"]");
  fake_server_send (server, FAKE_CONNECT);
  desk_expect (desk, "event first []");
  desk_expect (desk, "event second []");
  desk_expect (desk, "connected");
  wait_until (fake_server_count (server, "431[]") == 1);

  fake_server_cut (server);
  desk_expect (desk, "disconnected ");
  wait_until (fake_server_count (server, "40") == 2);
  for (int i = 0; i < 5000; i++)
    fake_server_send (server, "42[\"flood\"]");
  desk_expect (desk, "closed parse error: ");
}

static void
test_no_sid (gconstpointer data)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  server->connect = data;
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connect-error 0 ");
  g_assert_false (sio_client_socket_is_active (desk->socket));
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *packet;
    const char *message;
  } rows[] = {
    { "44{\"message\":\"no\",\"data\":{\"a\":[1]}}", "no" },
    { "44\"just words\"", "just words" },
    { "44{}", "" },
    { "44{\"message\":{\"a\":1}}", "" },
    { "41", "io server disconnect" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

      server->connect = rows[i].packet;
      sio_client_socket_connect (desk->socket);
      g_assert_cmpstr (desk_expect (desk, "connect-error 2 "), ==, rows[i].message);
    }
}

/* What a GET may be answered with: the beginning of the error. */
static void
test_bad_answers (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *error;
  } rows[] = {
    { 400, "{\"code\":1,\"message\":\"Session ID unknown\"}", "HTTP 400: Session ID unknown" },
    { 400, "{\"code\":99,\"message\":\"?\"}", "The server answered HTTP 400" },
    { 400, "{\"code\":[],\"message\":{}}", "The server answered HTTP 400" },
    { 400, "{\"code\":1.5,\"message\":\"x\"}", "The server answered HTTP 400" },
    { 400, "[[[[[[", "The server answered HTTP 400" },
    { 413, "", "The server answered HTTP 413" },
    { 503, "<html>", "The server answered HTTP 503" },
    { 302, "", "The server answered HTTP 302" },
    { 200, "", "" },
    { 200, "\x1e", "" },
    { 200, "x", "" },
    { 200, "6", "The server did not begin with an open packet" },
    { 204, "", "The server answered HTTP 204" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");

      g_object_set (desk->client, "reconnection", FALSE, NULL);
      fake_server_answer (server, rows[i].status, rows[i].body, -1);
      sio_client_socket_connect (desk->socket);
      g_assert_true (g_str_has_prefix (desk_expect (desk, "connect-error 5 "), rows[i].error));
      g_assert_cmpuint (server->n_gets, ==, 1);
      g_assert_true (server->accepts_gzip);
    }
}

static void
test_endless_answer (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");
  g_autofree char *noops = g_strnfill (30000, '6');

  for (int i = 1; i < 30000; i += 2)
    noops[i] = '\x1e';
  noops[29999] = '\0';
  g_object_set (desk->client, "max-payload", (guint64)1000, NULL);
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  desk_connect (desk, &polling);
  fake_server_answer (server, 200, noops, 20000 - 1);
  wait_until (server->waiting.length > 0);
  fake_server_answer (server, 200, noops, -1);
  desk_expect (desk, "closed transport error: The server's response is larger");
}

/* The upgrade fails in different ways: the session goes on by polling. */
static void
test_bad_probes (void)
{
  static const char *const answers[] = { "3", "3nope", "2probe", "6", "4hello", "", "1" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (Desk) desk = desk_new (server->port, &upgrade, "/");

      g_test_message ("%s", answers[i]);
      server->probe = answers[i];
      fake_server_answer (server, 200, FAKE_OPEN, -1);
      fake_server_answer (server, 200, FAKE_CONNECT, -1);
      sio_client_socket_connect (desk->socket);
      wait_until (fake_server_count (server, "2probe") == 1);
      wait_until (soup_websocket_connection_get_state (server->connection)
                  == SOUP_WEBSOCKET_STATE_CLOSED);
      fake_server_answer (server, 200, "42[\"by polling\"]", -1);
      desk_expect (desk, "event by polling []");
      desk_emit (desk, "answer", "[]");
      wait_until (fake_server_count (server, "42[\"answer\"]") == 1);
      g_assert_cmpuint (fake_server_count (server, "5"), ==, 0);
      g_assert_cmpuint (desk_count (desk, "closed"), ==, 0);
    }
}

/* A volatile event is dropped when it cannot leave at once. */
static gboolean
is_sent_at_once (Desk *desk)
{
  sio_client_socket_emit_volatile (desk->socket, "volatile", NULL);
  return sio_client_socket_get_buffered_amount (desk->socket) > 0;
}

/* The candidate dies while the poll is still to be released: polling goes on. */
static void
test_probe_dies_late (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &upgrade, "/");

  server->probe = NULL;
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  wait_until (fake_server_count (server, "2probe") == 1 && server->waiting.length == 1
              && fake_server_count (server, "40") == 1);
  fake_server_send (server, "3probe");
  /* Paused: nothing is sent by polling any more. */
  wait_until (!is_sent_at_once (desk));
  desk_emit (desk, "held", "[]");
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), >, 0);
  fake_server_cut (server);
  wait_until (fake_server_count (server, "42[\"held\"]") == 1);
  fake_server_answer (server, 200, "42[\"by polling\"]", -1);
  desk_expect (desk, "event by polling []");
  g_assert_cmpuint (desk_count (desk, "closed"), ==, 0);
}

/* Nobody answers the probe: given up after the time-out. */
static void
test_probe_silence (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &upgrade, "/");

  server->probe = NULL;
  /* Within it the connection has to open, too. */
  g_object_set (desk->client, "timeout", 3000, NULL);
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  sio_client_socket_connect (desk->socket);
  wait_until (fake_server_count (server, "2probe") == 1);
  wait_until (soup_websocket_connection_get_state (server->connection)
              == SOUP_WEBSOCKET_STATE_CLOSED);
  desk_emit (desk, "answer", "[]");
  wait_until (fake_server_count (server, "42[\"answer\"]") == 1);
  g_assert_cmpuint (desk_count (desk, "closed"), ==, 0);
}

/* A server that takes the connection and says nothing. */
static void
test_silence (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, mode, "/");

  server->open = NULL;
  g_object_set (desk->client, "timeout", 100, "reconnection-attempts", 2, NULL);
  sio_client_socket_connect (desk->socket);
  g_assert_cmpstr (desk_expect (desk, "connect-error 5 "), ==, "The server did not answer in time");
  desk_expect (desk, "reconnect-attempt 1");
  desk_expect (desk, "reconnect-error The server did not answer in time");
  desk_expect (desk, "reconnect-attempt 2");
  desk_expect (desk, "reconnect-failed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_opens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/hostile/open/%02u", (guint)i);

      g_test_add_data_func (path, bad_opens[i], test_open);
    }
  g_test_add_func ("/hostile/packets", test_packets);
  g_test_add_func ("/hostile/unannounced-binary", test_unannounced_binary);
  g_test_add_func ("/hostile/deep-json", test_deep_json);
  g_test_add_func ("/hostile/large-message", test_large_message);
  g_test_add_func ("/hostile/not-utf8", test_not_utf8);
  g_test_add_func ("/hostile/ping-flood", test_ping_flood);
  g_test_add_func ("/hostile/frames", test_frames);
  g_test_add_data_func ("/hostile/endless-fragments/small", GSIZE_TO_POINTER (126),
                        test_endless_fragments);
  g_test_add_data_func ("/hostile/endless-fragments/large", GSIZE_TO_POINTER (60000),
                        test_endless_fragments);
  g_test_add_func ("/hostile/flood", test_flood);
  g_test_add_func ("/hostile/no-pings", test_no_pings);
  g_test_add_func ("/hostile/early-events", test_early_events);
  g_test_add_data_func ("/hostile/no-sid/absent", "40", test_no_sid);
  g_test_add_data_func ("/hostile/no-sid/number", "40{\"sid\":1}", test_no_sid);
  g_test_add_data_func ("/hostile/no-sid/object", "40{\"sid\":{}}", test_no_sid);
  g_test_add_func ("/hostile/refusals", test_refusals);
  g_test_add_func ("/hostile/bad-answers", test_bad_answers);
  g_test_add_func ("/hostile/endless-answer", test_endless_answer);
  g_test_add_func ("/hostile/bad-probes", test_bad_probes);
  g_test_add_func ("/hostile/probe-dies-late", test_probe_dies_late);
  g_test_add_func ("/hostile/probe-silence", test_probe_silence);
  g_test_add_data_func ("/hostile/silence/polling", &polling, test_silence);
  g_test_add_data_func ("/hostile/silence/websocket", &websocket, test_silence);
  return g_test_run ();
}
