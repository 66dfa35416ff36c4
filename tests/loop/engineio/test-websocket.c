/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sessions on websocket: peers that break the protocol, that do not read, that come with a flood.
 */
#include "server-fixture.h"

#define MAX_BUFFERED (256 * 1024)

static RawClient *
set_up (ServerFixture *fixture)
{
  server_fixture_set_up (fixture, "max-payload", 100000, "max-buffered", MAX_BUFFERED, NULL);
  return server_fixture_open_websocket (fixture);
}

static void
tear_down (ServerFixture *fixture, RawClient *client)
{
  raw_client_free (client);
  server_fixture_tear_down (fixture);
}

static void
expect_close_code (RawClient *client, guint code)
{
  guint8 first;
  gsize size;
  g_autofree char *frame = raw_client_take_frame (client, &first, &size);

  g_assert_cmphex (first, ==, 0x88);
  g_assert_cmpuint (size, ==, code != 0 ? 2 : 0);
  if (code != 0)
    g_assert_cmpuint ((guint8) frame[0] << 8 | (guint8) frame[1], ==, code);
  raw_client_expect_end (client);
}

static void
expect_echo (RawClient *client, const char *text)
{
  g_autofree char *frame = NULL;

  raw_client_send_text_frame (client, text);
  frame = raw_client_take_frame (client, NULL, NULL);
  g_assert_cmpstr (frame, ==, text);
}

/* A frame by its first byte and its content, and how the connection ends. */
static const struct {
  const char *name;
  guint8 first;
  const char *data;
  guint code;
  const char *log;
} rows[] = {
  { "W2 reserved bit", 0xc1, "4a", 1002, "closed transport error;" },
  { "W3 opcode", 0x83, "4a", 1002, "closed transport error;" },
  { "W4 fragmented ping", 0x09, "", 1002, "closed transport error;" },
  { "W5 continuation first", 0x80, "4a", 1002, "closed transport error;" },
  { "W8 invalid UTF-8", 0x81, "4\xff", 1007, "closed transport error;" },
  { "W10 close 999", 0x88, "\x03\xe7", 1002, "closed transport error;" },
  { "W10 close of one byte", 0x88, "\x03", 1002, "closed transport error;" },
  { "close", 0x88, "", 0, "closed transport close;" },
  { "close 1000", 0x88, "\x03\xe8", 1000, "closed transport close;" },
  { "close 4999 with a reason", 0x88, "\x13\x87" "bye", 4999, "closed transport close;" },
  { "W12 empty text", 0x81, "", 0, "closed parse error;" },
  { "unknown packet", 0x81, "7a", 0, "closed parse error;" },
  { "close packet", 0x81, "1", 0, "closed transport close;" },
  { "ping packet", 0x81, "2", 0, "closed transport error;" },
  { "bad base64", 0x81, "b!!!", 0, "closed parse error;" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServerFixture fixture;
      RawClient *client = set_up (&fixture);
      g_autofree char *log = g_strconcat ("open;", rows[i].log, NULL);

      g_test_message ("%s", rows[i].name);
      raw_client_send_frame (client, rows[i].first, rows[i].data, strlen (rows[i].data));
      /* W9, W11: nothing after it counts. */
      raw_client_send_text_frame (client, "4late");
      expect_close_code (client, rows[i].code);
      g_assert_cmpstr (fixture.log->str, ==, log);
      g_assert_cmpuint (eio_server_get_n_sockets (fixture.server), ==, 0);
      tear_down (&fixture, client);
    }
}

static void
test_unmasked (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);

  raw_client_send_bytes (client, "\x81\x02" "4a", 4);
  expect_close_code (client, 1002);
  tear_down (&fixture, client);
}

static void
test_size (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autofree char *text = g_strnfill (100001, '4');
  g_autofree char *frame = NULL;
  gsize size;

  raw_client_send_frame (client, 0x81, text, 100000);
  frame = raw_client_take_frame (client, NULL, &size);
  g_assert_cmpuint (size, ==, 100000);
  raw_client_send_frame (client, 0x81, text, 100001);
  expect_close_code (client, 1009);
  tear_down (&fixture, client);
}

/* Fragments that are never finished. */
static void
test_endless_message (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autofree char *text = g_strnfill (10000, '4');

  raw_client_send_frame (client, 0x01, text, 10000);
  for (guint i = 0; i < 10; i++)
    raw_client_send_frame (client, 0x00, text, 10000);
  expect_close_code (client, 1009);
  tear_down (&fixture, client);
}

static void
test_fragments (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);

  raw_client_send_frame (client, 0x01, "4", 1);
  for (guint i = 0; i < 64; i++)
    raw_client_send_frame (client, 0x00, "x", 1);
  expect_close_code (client, 1009);
  tear_down (&fixture, client);
}

static void
test_base64_text (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);

  raw_client_send_text_frame (client, "bAAEC");
  server_fixture_expect_log (&fixture, "binary 3;");
  tear_down (&fixture, client);
}

static void
test_ping_frames (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autofree char *pong = NULL;
  guint8 first;

  raw_client_send_frame (client, 0x89, "hello", 5);
  pong = raw_client_take_frame (client, &first, NULL);
  g_assert_cmphex (first, ==, 0x8a);
  g_assert_cmpstr (pong, ==, "hello");
  raw_client_send_frame (client, 0x8a, "unasked", 7);
  expect_echo (client, "4a");
  for (guint i = 0; i < 30; i++)
    raw_client_send_frame (client, 0x89, "x", 1);
  raw_client_expect_end (client);
  server_fixture_expect_log (&fixture, "closed transport error;");
  tear_down (&fixture, client);
}

/* Frames in the same segment as the handshake. */
static void
test_early_frames (void)
{
  ServerFixture fixture;
  RawClient *client;
  static const char head[] =
      "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Version: 13\r\n\r\n";
  static const char frames[] = "\x81\x82\0\0\0\0" "4a" "\x81\x82\0\0\0\0" "4b" "\x81\x82\0\0";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  server_fixture_set_up (&fixture, NULL);
  client = raw_client_new (fixture.port);
  g_byte_array_append (bytes, (const guint8 *) head, sizeof head - 1);
  g_byte_array_append (bytes, (const guint8 *) frames, sizeof frames - 1);
  raw_client_send_bytes (client, bytes->data, bytes->len);
  raw_client_expect (client, "HTTP/1.1 101 ");
  raw_client_expect (client, "0{\"sid\":");
  raw_client_expect (client, "\x81\x02" "4a\x81\x02" "4b");
  raw_client_send_bytes (client, "\0\0" "4c", 4);
  raw_client_expect (client, "\x81\x02" "4c");
  g_assert_cmpstr (fixture.log->str, ==, "open;text a;text b;text c;");
  tear_down (&fixture, client);
}

static void
expect_ping (RawClient *client)
{
  g_autofree char *ping = raw_client_take_frame (client, NULL, NULL);

  g_assert_cmpstr (ping, ==, "2");
}

static RawClient *
set_up_heartbeat (ServerFixture *fixture, guint timeout)
{
  server_fixture_set_up (fixture, "ping-interval", 20, "ping-timeout", timeout, NULL);
  return server_fixture_open_websocket (fixture);
}

static void
test_heartbeat (void)
{
  ServerFixture fixture;
  RawClient *client = set_up_heartbeat (&fixture, 60000);

  for (guint i = 0; i < 3; i++)
    {
      expect_ping (client);
      g_assert_cmpstr (fixture.log->str, ==, "open;");
      raw_client_send_text_frame (client, "3");
    }
  tear_down (&fixture, client);
}

/* However late the ping of a busy machine is: who does not answer it is gone. */
static void
test_no_heartbeat (void)
{
  ServerFixture fixture;
  RawClient *client = set_up_heartbeat (&fixture, 20);

  expect_ping (client);
  server_fixture_expect_log (&fixture, "closed ping timeout;");
  tear_down (&fixture, client);
}

static gboolean
is_closed (gpointer socket)
{
  return !eio_socket_is_open (socket);
}

/* A peer that does not read costs as much as max-buffered says, then it goes. */
static void
test_slow_reader (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 10000);
  g_autoptr (EioFrame) frame = eio_frame_new_text (bytes);
  gsize most = 0;

  raw_client_set_reading (client, FALSE);
  while (eio_socket_is_open (fixture.socket))
    {
      eio_socket_send_frame (fixture.socket, frame);
      most = MAX (most, eio_socket_get_buffered_amount (fixture.socket));
      if (!eio_socket_is_writable (fixture.socket))
        g_main_context_iteration (NULL, FALSE);
    }
  raw_await (is_closed, fixture.socket);
  g_assert_cmpuint (most, >, MAX_BUFFERED);
  g_assert_cmpuint (most, <=, MAX_BUFFERED + 10010);
  g_assert_cmpstr (fixture.log->str, ==, "open;closed too slow;");
  tear_down (&fixture, client);
}

/* Much at once for a peer that reads is fine. */
static void
test_burst (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autofree char *text = g_strnfill (1000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 1000);
  g_autoptr (EioFrame) frame = eio_frame_new_text (bytes);

  for (guint turn = 0; turn < 20; turn++)
    {
      for (guint i = 0; i < 200; i++)
        eio_socket_send_frame (fixture.socket, frame);
      for (guint i = 0; i < 200; i++)
        {
          gsize size;
          g_autofree char *got = raw_client_take_frame (client, NULL, &size);

          g_assert_cmpuint (size, ==, 1001);
        }
    }
  g_assert_cmpuint (eio_socket_get_buffered_amount (fixture.socket), ==, 0);
  g_assert_cmpstr (fixture.log->str, ==, "open;");
  tear_down (&fixture, client);
}

static void
test_close (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("last", 4);
  g_autofree char *last = NULL;

  eio_socket_send_text (fixture.socket, bytes);
  eio_socket_close (fixture.socket, FALSE);
  eio_socket_send_text (fixture.socket, bytes);
  g_assert_cmpstr (fixture.log->str, ==, "open;closed forced close;");
  last = raw_client_take_frame (client, NULL, NULL);
  g_assert_cmpstr (last, ==, "4last");
  expect_close_code (client, 0);
  tear_down (&fixture, client);
}

/* With discard, nothing that waits for the peer is waited for. */
static void
test_discard (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 100000);

  raw_client_set_reading (client, FALSE);
  while (eio_socket_is_writable (fixture.socket))
    {
      eio_socket_send_text (fixture.socket, bytes);
      g_main_context_iteration (NULL, FALSE);
    }
  eio_socket_close (fixture.socket, TRUE);
  g_assert_cmpuint (eio_server_get_n_connections (fixture.server), ==, 0);
  g_assert_cmpstr (fixture.log->str, ==, "open;closed forced close;");
  tear_down (&fixture, client);
}

static void
on_drained (EioSocket *socket, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_drained (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint n = 0;

  g_signal_connect (fixture.socket, "drained", G_CALLBACK (on_drained), &n);
  eio_socket_send_text (fixture.socket, bytes);
  eio_socket_send_binary (fixture.socket, bytes);
  g_assert_cmpuint (eio_socket_get_buffered_amount (fixture.socket), ==, 4 + 3);
  first = raw_client_take_frame (client, NULL, NULL);
  second = raw_client_take_frame (client, NULL, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (fixture.socket, &n);
  tear_down (&fixture, client);
}

/* One floods, the other is served all the same: a turn of the loop brings each one budget. */
static void
test_flood (void)
{
  ServerFixture fixture;
  RawClient *flooder = set_up (&fixture);
  RawClient *other = server_fixture_open_websocket (&fixture);
  g_autoptr (GByteArray) flood = g_byte_array_new ();
  guint before;

  for (guint i = 0; i < 300000; i++)
    g_byte_array_append (flood, (const guint8 *) "\x81\x81\0\0\0\0" "6", 7);
  before = fixture.log->len;
  raw_client_send_bytes (flooder, flood->data, flood->len);
  expect_echo (other, "4served");
  g_assert_cmpuint (fixture.log->len, ==, before + strlen ("text served;"));
  raw_client_free (other);
  tear_down (&fixture, flooder);
}

/* A socket may be closed, and let go, in the middle of its own signal. */
static void
on_message_close (EioSocket *socket, GBytes *data, gboolean binary, gpointer user_data)
{
  eio_socket_close (socket, FALSE);
}

static void
test_close_in_signal (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture);

  g_signal_connect (fixture.socket, "message", G_CALLBACK (on_message_close), &fixture);
  g_clear_object (&fixture.socket);
  raw_client_send_bytes (client, "\x81\x82\0\0\0\0" "4a" "\x81\x82\0\0\0\0" "4b", 16);
  raw_client_expect (client, "\x81\x02" "4a");
  expect_close_code (client, 0);
  g_assert_cmpstr (fixture.log->str, ==, "open;text a;closed forced close;");
  tear_down (&fixture, client);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/websocket/rows", test_rows);
  g_test_add_func ("/engineio/websocket/unmasked", test_unmasked);
  g_test_add_func ("/engineio/websocket/size", test_size);
  g_test_add_func ("/engineio/websocket/endless-message", test_endless_message);
  g_test_add_func ("/engineio/websocket/fragments", test_fragments);
  g_test_add_func ("/engineio/websocket/base64-text", test_base64_text);
  g_test_add_func ("/engineio/websocket/ping-frames", test_ping_frames);
  g_test_add_func ("/engineio/websocket/early-frames", test_early_frames);
  g_test_add_func ("/engineio/websocket/heartbeat", test_heartbeat);
  g_test_add_func ("/engineio/websocket/no-heartbeat", test_no_heartbeat);
  g_test_add_func ("/engineio/websocket/slow-reader", test_slow_reader);
  g_test_add_func ("/engineio/websocket/burst", test_burst);
  g_test_add_func ("/engineio/websocket/close", test_close);
  g_test_add_func ("/engineio/websocket/discard", test_discard);
  g_test_add_func ("/engineio/websocket/drained", test_drained);
  g_test_add_func ("/engineio/websocket/flood", test_flood);
  g_test_add_func ("/engineio/websocket/close-in-signal", test_close_in_signal);
  return g_test_run ();
}
