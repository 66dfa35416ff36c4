/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "server-fixture.h"

static char *
post (RawClient *client, const char *target, const char *body)
{
  raw_client_post (client, target, body);
  return raw_client_take_answer (client);
}

static void
assert_begins (const char *answer, const char *beginning)
{
  if (!g_str_has_prefix (answer, beginning))
    g_error ("\"%s\" does not begin with \"%s\"", answer, beginning);
}

static void
assert_ends (const char *answer, const char *end)
{
  if (!g_str_has_suffix (answer, end))
    g_error ("\"%s\" does not end with \"%s\"", answer, end);
}

static void
test_handshake (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *target = NULL;

  server_fixture_set_up (&fixture, "ping-interval", 300, "ping-timeout", 200, NULL);
  client = raw_client_new (fixture.port);
  raw_client_get (client, "/engine.io/?EIO=4&transport=polling&name=a%20b");
  raw_client_expect (client, "0{\"sid\":\"");
  raw_client_expect (client, "\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,"
                             "\"pingTimeout\":200,\"maxPayload\":1000000}");
  g_assert_cmpuint (strlen (eio_socket_get_id (fixture.socket)), ==, 20);
  g_assert_cmpstr (eio_socket_get_remote_address (fixture.socket), ==, "127.0.0.1");
  g_assert_cmpstr (g_hash_table_lookup (eio_socket_get_query (fixture.socket), "name"), ==, "a b");
  g_assert_cmpstr (eio_socket_get_header (fixture.socket, "host"), ==, "localhost");
  g_assert_cmpuint (eio_server_get_n_sockets (fixture.server), ==, 1);
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

static void
test_polling (void)
{
  ServerFixture fixture;
  RawClient *client, *poster;
  g_autofree char *target = NULL;
  g_autofree char *ok = NULL;
  g_autofree char *answer = NULL;

  server_fixture_set_up (&fixture, NULL);
  client = raw_client_new (fixture.port);
  poster = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, client);
  raw_client_get (client, target);
  ok = post (poster, target, "4one\x1e" "4two\x1e" "bAAEC");
  assert_begins (ok, "HTTP/1.1 200 OK\r\n");
  assert_ends (ok, "\r\n\r\nok");
  answer = raw_client_take_answer (client);
  assert_ends (answer, "\r\n\r\n4one\x1e" "4two\x1e" "bAAEC");
  g_assert_nonnull (strstr (answer, "Content-Type: text/plain; charset=UTF-8\r\n"));
  g_assert_cmpstr (fixture.log->str, ==, "open;text one;text two;binary 3;");
  raw_client_free (client);
  raw_client_free (poster);
  server_fixture_tear_down (&fixture);
}

static void
test_websocket (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *text = NULL;
  g_autofree char *binary = NULL;
  guint8 first;
  gsize size;

  server_fixture_set_up (&fixture, NULL);
  client = server_fixture_open_websocket (&fixture);
  raw_client_send_text_frame (client, "4h\xc3\xa9llo");
  text = raw_client_take_frame (client, &first, NULL);
  g_assert_cmpstr (text, ==, "4h\xc3\xa9llo");
  g_assert_cmphex (first, ==, 0x81);
  raw_client_send_frame (client, 0x82, "\0\1\2", 3);
  binary = raw_client_take_frame (client, &first, &size);
  g_assert_cmphex (first, ==, 0x82);
  g_assert_cmpmem (binary, size, "\0\1\2", 3);
  g_assert_true (eio_socket_is_writable (fixture.socket));
  g_assert_cmpint (eio_socket_get_transport (fixture.socket), ==, EIO_TRANSPORT_WEBSOCKET);
  raw_client_free (client);
  server_fixture_expect_log (&fixture, "closed transport close;");
  g_assert_cmpuint (eio_server_get_n_sockets (fixture.server), ==, 0);
  server_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/server/handshake", test_handshake);
  g_test_add_func ("/engineio/server/polling", test_polling);
  g_test_add_func ("/engineio/server/websocket", test_websocket);
  return g_test_run ();
}
