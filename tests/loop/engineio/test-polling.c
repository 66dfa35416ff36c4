/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "server-fixture.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define BAD_REQUEST "{\"code\":3,\"message\":\"Bad request\"}"
#define SID_UNKNOWN "{\"code\":1,\"message\":\"Session ID unknown\"}"

/* A session with two connections: one to ask, one to tell. */
typedef struct {
  ServerFixture server;
  RawClient *getter;
  RawClient *poster;
  char *target;
} Fixture;

static void
set_up (Fixture *self)
{
  server_fixture_set_up (&self->server, "max-payload", 1000, NULL);
  self->getter = raw_client_new (self->server.port);
  self->poster = raw_client_new (self->server.port);
  self->target = server_fixture_open_polling (&self->server, self->getter);
}

static void
tear_down (Fixture *self)
{
  raw_client_free (self->getter);
  raw_client_free (self->poster);
  g_free (self->target);
  server_fixture_tear_down (&self->server);
}

static void
assert_answer (char *answer, const char *beginning, const char *end)
{
  if (!g_str_has_prefix (answer, beginning) || !g_str_has_suffix (answer, end))
    g_error ("\"%s\" is not \"%s...%s\"", answer, beginning, end);
  g_free (answer);
}

static void
expect_get (Fixture *self, const char *body)
{
  g_autofree char *end = g_strconcat ("\r\n\r\n", body, NULL);

  assert_answer (raw_client_take_answer (self->getter), OK, end);
}

static void
post (Fixture *self, const char *body)
{
  raw_client_post (self->poster, self->target, body);
}

static void
expect_post (Fixture *self, const char *beginning, const char *end)
{
  assert_answer (raw_client_take_answer (self->poster), beginning, end);
}

/* A GET waits at the server. */
static void
wait_for_get (Fixture *self)
{
  raw_client_get (self->getter, self->target);
  while (!eio_socket_is_writable (self->server.socket))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_gone (Fixture *self)
{
  RawClient *client = raw_client_new (self->server.port);

  raw_client_get (client, self->target);
  assert_answer (raw_client_take_answer (client), "HTTP/1.1 400 ", SID_UNKNOWN);
  raw_client_free (client);
  g_assert_cmpuint (eio_server_get_n_sockets (self->server.server), ==, 0);
}

/* Bodies of a POST while a GET waits: the answers to both, and what became of the session. */
static const struct {
  const char *name;
  const char *body;
  const char *post; /* end of the answer */
  const char *get;  /* NULL: goes on waiting */
  const char *log;
} rows[] = {
  { "P1 empty", "", BAD_REQUEST, "1", "open;closed parse error;" },
  { "P1 abc", "abc", BAD_REQUEST, "1", "open;closed parse error;" },
  { "P1 7x", "7x", BAD_REQUEST, "1", "open;closed parse error;" },
  { "P1 9", "9", BAD_REQUEST, "1", "open;closed parse error;" },
  { "P1 separator", "\x1e", BAD_REQUEST, "1", "open;closed parse error;" },
  { "P2 good then bad", "4a\x1exyz", BAD_REQUEST, "4a\x1e" "1", "open;text a;closed parse error;" },
  { "P3 ping", "2", "ok", "1", "open;closed transport error;" },
  { "P3 probe", "2probe", "ok", "1", "open;closed transport error;" },
  { "P4 upgrade", "5", "ok", NULL, "open;" },
  { "P4 noop", "6", "ok", NULL, "open;" },
  { "P4 open", "0{}", "ok", NULL, "open;" },
  { "P4 pong", "3abc", "ok", NULL, "open;" },
  { "P5 close", "1", "ok", "6", "open;closed transport close;" },
  { "close, then more", "1\x1e" "4a", "ok", "6", "open;closed transport close;" },
  { "P7 bad base64", "b!!!", BAD_REQUEST, "1", "open;closed parse error;" },
  { "P11 invalid UTF-8", "4\xff", BAD_REQUEST, "1", "open;closed parse error;" },
  { "message", "4a", "ok", "4a", "open;text a;" },
  { "empty message", "4", "ok", "4", "open;text ;" },
  { "empty binary", "b", "ok", "b", "open;binary 0;" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture;

      g_test_message ("%s", rows[i].name);
      set_up (&fixture);
      wait_for_get (&fixture);
      post (&fixture, rows[i].body);
      expect_post (&fixture, "HTTP/1.1 ", rows[i].post);
      if (rows[i].get != NULL)
        expect_get (&fixture, rows[i].get);
      g_assert_cmpstr (fixture.server.log->str, ==, rows[i].log);
      if (strstr (rows[i].log, "closed") != NULL)
        assert_gone (&fixture);
      else
        g_assert_true (eio_socket_is_open (fixture.server.socket));
      tear_down (&fixture);
    }
}

static void
test_type (void)
{
  Fixture fixture;
  g_autofree char *request = NULL;

  set_up (&fixture);
  request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                             "Content-Type: application/octet-stream\r\n\r\n4a", fixture.target);
  raw_client_send (fixture.poster, request);
  expect_post (&fixture, "HTTP/1.1 400 ", BAD_REQUEST);
  g_assert_cmpstr (fixture.server.log->str, ==, "open;closed transport error;");
  tear_down (&fixture);
}

static void
test_size (void)
{
  Fixture fixture;
  g_autofree char *largest = g_strnfill (1000, '4');
  g_autofree char *request = NULL;

  set_up (&fixture);
  post (&fixture, largest);
  expect_post (&fixture, OK, "ok");
  request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n",
                             fixture.target);
  raw_client_send (fixture.poster, request);
  expect_post (&fixture, "HTTP/1.1 413 ", "");
  raw_client_expect_end (fixture.poster);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  tear_down (&fixture);
}

/* The bytes of chunks are counted as well. */
static void
test_chunks (void)
{
  Fixture fixture;
  g_autofree char *head = NULL;

  set_up (&fixture);
  head = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                          fixture.target);
  raw_client_send (fixture.poster, head);
  raw_client_send (fixture.poster, "2\r\n4a\r\n3\r\n\x1e" "4b\r\n0\r\n\r\n");
  expect_post (&fixture, OK, "ok");
  g_assert_cmpstr (fixture.server.log->str, ==, "open;text a;text b;");
  raw_client_send (fixture.poster, head);
  raw_client_send (fixture.poster, "2\r\n4a\r\n3e7\r\n");
  raw_client_expect (fixture.poster, "HTTP/1.1 413 ");
  raw_client_expect_end (fixture.poster);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  tear_down (&fixture);
}

/* Far more packets than are handled in one turn: all of them, in order, and then the answer. */
static void
test_many_packets (void)
{
  Fixture fixture;
  g_autoptr (GString) body = g_string_new ("40");
  g_autoptr (GString) log = g_string_new ("open;text 0;");

  server_fixture_set_up (&fixture.server, NULL);
  fixture.getter = raw_client_new (fixture.server.port);
  fixture.poster = raw_client_new (fixture.server.port);
  fixture.target = server_fixture_open_polling (&fixture.server, fixture.getter);
  for (guint i = 1; i < 5000; i++)
    {
      g_string_append_printf (body, "\x1e" "4%u", i);
      g_string_append_printf (log, "text %u;", i);
    }
  post (&fixture, body->str);
  expect_post (&fixture, OK, "ok");
  g_assert_cmpstr (fixture.server.log->str, ==, log->str);
  tear_down (&fixture);
}

/* The session ends in the middle of them. */
static void
test_end_within_many_packets (void)
{
  Fixture fixture;
  g_autoptr (GString) body = g_string_new ("4a");

  set_up (&fixture);
  for (guint i = 1; i < 400; i++)
    g_string_append (body, i == 300 ? "\x1e" "1" : "\x1e" "6");
  post (&fixture, body->str);
  expect_post (&fixture, OK, "ok");
  g_assert_cmpstr (fixture.server.log->str, ==, "open;text a;closed transport close;");
  tear_down (&fixture);
}

/* What is no packet comes late. */
static void
test_garbage_after_many_packets (void)
{
  Fixture fixture;
  g_autoptr (GString) body = g_string_new ("4a");

  set_up (&fixture);
  for (guint i = 1; i < 400; i++)
    g_string_append (body, "\x1e" "6");
  g_string_append (body, "\x1e" "x");
  post (&fixture, body->str);
  expect_post (&fixture, "HTTP/1.1 400 ", BAD_REQUEST);
  g_assert_cmpstr (fixture.server.log->str, ==, "open;text a;closed parse error;");
  tear_down (&fixture);
}

static void
test_two_gets (void)
{
  Fixture fixture;

  set_up (&fixture);
  wait_for_get (&fixture);
  raw_client_get (fixture.poster, fixture.target);
  expect_post (&fixture, "HTTP/1.1 400 ", BAD_REQUEST);
  expect_get (&fixture, "1");
  g_assert_cmpstr (fixture.server.log->str, ==, "open;closed transport error;");
  assert_gone (&fixture);
  tear_down (&fixture);
}

static void
test_two_posts (void)
{
  Fixture fixture;
  g_autofree char *half = NULL;

  set_up (&fixture);
  half = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n4a",
                          fixture.target);
  raw_client_send (fixture.getter, half);
  raw_client_deliver (fixture.getter);
  post (&fixture, "4b");
  expect_post (&fixture, "HTTP/1.1 400 ", BAD_REQUEST);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  assert_gone (&fixture);
  tear_down (&fixture);
}

static void
test_dropped_get (void)
{
  Fixture fixture;

  set_up (&fixture);
  wait_for_get (&fixture);
  raw_client_reset (fixture.getter);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  assert_gone (&fixture);
  tear_down (&fixture);
}

static void
test_dropped_post (void)
{
  Fixture fixture;
  g_autofree char *half = NULL;

  set_up (&fixture);
  half = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n4a",
                          fixture.target);
  raw_client_send (fixture.poster, half);
  raw_client_deliver (fixture.poster);
  raw_client_end_writing (fixture.poster);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  assert_gone (&fixture);
  tear_down (&fixture);
}

/* A GET that ends between two polls is nothing special. */
static void
test_idle_connection_dropped (void)
{
  Fixture fixture;

  set_up (&fixture);
  raw_client_free (fixture.getter);
  fixture.getter = raw_client_new (fixture.server.port);
  raw_client_get (fixture.getter, fixture.target);
  post (&fixture, "4a");
  expect_get (&fixture, "4a");
  g_assert_cmpstr (fixture.server.log->str, ==, "open;text a;");
  tear_down (&fixture);
}

static void
send_text (EioSocket *socket, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  eio_socket_send_text (socket, bytes);
}

static void
test_queue (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_assert_false (eio_socket_is_writable (fixture.server.socket));
  send_text (fixture.server.socket, "a");
  send_text (fixture.server.socket, "b");
  g_assert_cmpuint (eio_socket_get_buffered_amount (fixture.server.socket), ==, 4);
  raw_client_get (fixture.getter, fixture.target);
  expect_get (&fixture, "4a\x1e" "4b");
  g_assert_cmpuint (eio_socket_get_buffered_amount (fixture.server.socket), ==, 0);
  tear_down (&fixture);
}

/* What was queued has been fetched; the close packet goes by a poll of its own. */
static void
expect_close_packet (Fixture *self)
{
  g_assert_cmpstr (self->server.log->str, ==, "open;");
  raw_client_get (self->getter, self->target);
  expect_get (self, "6\x1e" "1");
  g_assert_cmpstr (self->server.log->str, ==, "open;closed forced close;");
  assert_gone (self);
}

static void
test_close_while_waiting (void)
{
  Fixture fixture;

  set_up (&fixture);
  wait_for_get (&fixture);
  send_text (fixture.server.socket, "last");
  eio_socket_close (fixture.server.socket, FALSE);
  expect_get (&fixture, "4last");
  expect_close_packet (&fixture);
  tear_down (&fixture);
}

static void
test_close_with_nobody_waiting (void)
{
  Fixture fixture;

  set_up (&fixture);
  eio_socket_close (fixture.server.socket, FALSE);
  expect_close_packet (&fixture);
  tear_down (&fixture);
}

static void
test_close_with_a_queue (void)
{
  Fixture fixture;

  set_up (&fixture);
  send_text (fixture.server.socket, "last");
  eio_socket_close (fixture.server.socket, FALSE);
  send_text (fixture.server.socket, "never");
  raw_client_get (fixture.getter, fixture.target);
  expect_get (&fixture, "4last");
  expect_close_packet (&fixture);
  tear_down (&fixture);
}

static void
open_with_heartbeat (Fixture *self, guint interval, guint timeout)
{
  server_fixture_set_up (&self->server, "ping-interval", interval, "ping-timeout", timeout, NULL);
  self->getter = raw_client_new (self->server.port);
  self->poster = raw_client_new (self->server.port);
  self->target = server_fixture_open_polling (&self->server, self->getter);
}

static void
expect_ping (Fixture *self)
{
  raw_client_get (self->getter, self->target);
  expect_get (self, "2");
}

static void
test_heartbeat (void)
{
  Fixture fixture;

  open_with_heartbeat (&fixture, 20, 60000);
  for (guint i = 0; i < 3; i++)
    {
      expect_ping (&fixture);
      post (&fixture, "3");
      expect_post (&fixture, OK, "ok");
    }
  g_assert_cmpstr (fixture.server.log->str, ==, "open;");
  tear_down (&fixture);
}

/* Nobody answers the ping. */
static void
test_no_heartbeat (void)
{
  Fixture fixture;

  open_with_heartbeat (&fixture, 20, 20);
  server_fixture_expect_log (&fixture.server, "closed ping timeout;");
  assert_gone (&fixture);
  tear_down (&fixture);
}

/* Nobody else has any use for a session's id. */
static void
test_other_address (void)
{
  Fixture fixture;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.2", 0);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = NULL;
  char answer[2000] = "";
  gssize n = -1;

  set_up (&fixture);
  g_socket_client_set_local_address (client, address);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", fixture.server.port, NULL, NULL);
  g_assert_nonnull (connection);
  request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n4a",
                             fixture.target);
  g_socket_send (g_socket_connection_get_socket (connection), request, strlen (request), NULL, NULL);
  while (n < 0)
    {
      g_main_context_iteration (NULL, FALSE);
      n = g_socket_receive_with_blocking (g_socket_connection_get_socket (connection), answer,
                                          sizeof answer - 1, FALSE, NULL, NULL);
    }
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
  g_assert_cmpstr (fixture.server.log->str, ==, "open;");
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/polling/rows", test_rows);
  g_test_add_func ("/engineio/polling/type", test_type);
  g_test_add_func ("/engineio/polling/size", test_size);
  g_test_add_func ("/engineio/polling/chunks", test_chunks);
  g_test_add_func ("/engineio/polling/many-packets", test_many_packets);
  g_test_add_func ("/engineio/polling/end-within-many-packets", test_end_within_many_packets);
  g_test_add_func ("/engineio/polling/garbage-after-many-packets", test_garbage_after_many_packets);
  g_test_add_func ("/engineio/polling/two-gets", test_two_gets);
  g_test_add_func ("/engineio/polling/two-posts", test_two_posts);
  g_test_add_func ("/engineio/polling/dropped-get", test_dropped_get);
  g_test_add_func ("/engineio/polling/dropped-post", test_dropped_post);
  g_test_add_func ("/engineio/polling/idle-connection-dropped", test_idle_connection_dropped);
  g_test_add_func ("/engineio/polling/queue", test_queue);
  g_test_add_func ("/engineio/polling/close-while-waiting", test_close_while_waiting);
  g_test_add_func ("/engineio/polling/close-with-nobody-waiting", test_close_with_nobody_waiting);
  g_test_add_func ("/engineio/polling/close-with-a-queue", test_close_with_a_queue);
  g_test_add_func ("/engineio/polling/heartbeat", test_heartbeat);
  g_test_add_func ("/engineio/polling/no-heartbeat", test_no_heartbeat);
  g_test_add_func ("/engineio/polling/other-address", test_other_address);
  return g_test_run ();
}
