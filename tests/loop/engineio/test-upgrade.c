/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From polling to websocket, and every step of it going wrong.
 */
#include "server-fixture.h"

typedef struct {
  ServerFixture server;
  RawClient *poller;
  RawClient *socket;
  char *polling;
  char *websocket;
} Fixture;

static void
set_up (Fixture *self, guint upgrade_timeout)
{
  server_fixture_set_up (&self->server, "upgrade-timeout", upgrade_timeout, NULL);
  self->poller = raw_client_new (self->server.port);
  self->polling = server_fixture_open_polling (&self->server, self->poller);
  self->websocket = g_strdup_printf ("/engine.io/?EIO=4&transport=websocket&sid=%s",
                                     eio_socket_get_id (self->server.socket));
  self->socket = raw_client_new (self->server.port);
  raw_client_switch (self->socket, self->websocket);
}

static void
tear_down (Fixture *self)
{
  raw_client_free (self->poller);
  raw_client_free (self->socket);
  g_free (self->polling);
  g_free (self->websocket);
  server_fixture_tear_down (&self->server);
}

static void
expect_frame (RawClient *client, const char *wanted)
{
  g_autofree char *frame = raw_client_take_frame (client, NULL, NULL);

  g_assert_cmpstr (frame, ==, wanted);
}

/* The server's close frame and the end of the connection. */
static void
expect_closed (RawClient *client)
{
  guint8 first;
  gsize size;
  g_autofree char *frame = raw_client_take_frame (client, &first, &size);

  g_assert_cmphex (first, ==, 0x88);
  g_assert_cmpuint (size, ==, 0);
  raw_client_expect_end (client);
}

static void
expect_poll (Fixture *self, const char *body)
{
  g_autofree char *answer = raw_client_take_answer (self->poller);
  g_autofree char *end = g_strconcat ("\r\n\r\n", body, NULL);

  if (!g_str_has_suffix (answer, end))
    g_error ("\"%s\" is not \"%s\"", answer, body);
}

static void
wait_for_poll (Fixture *self)
{
  raw_client_get (self->poller, self->polling);
  while (!eio_socket_is_writable (self->server.socket))
    g_main_context_iteration (NULL, TRUE);
}

static void
send_text (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  eio_socket_send_text (self->server.socket, bytes);
}

/* The session is on polling as if nothing had been. */
static void
assert_polling (Fixture *self)
{
  wait_for_poll (self);
  send_text (self, "by polling");
  expect_poll (self, "4by polling");
  g_assert_cmpint (eio_socket_get_transport (self->server.socket), ==, EIO_TRANSPORT_POLLING);
  g_assert_cmpstr (self->server.log->str, ==, "open;");
}

static void
note_upgraded (EioSocket *socket, GString *log)
{
  g_assert_cmpint (eio_socket_get_transport (socket), ==, EIO_TRANSPORT_WEBSOCKET);
  g_string_append (log, "upgraded;");
}

static void
note_heartbeat (EioSocket *socket, GString *log)
{
  g_string_append (log, "heartbeat;");
}

static void
test_upgrade (void)
{
  Fixture fixture;
  g_autofree char *late = NULL;

  set_up (&fixture, 10000);
  g_signal_connect (fixture.server.socket, "upgraded", G_CALLBACK (note_upgraded),
                    fixture.server.log);
  g_signal_connect (fixture.server.socket, "heartbeat", G_CALLBACK (note_heartbeat),
                    fixture.server.log);
  wait_for_poll (&fixture);
  raw_client_send_text_frame (fixture.socket, "2probe");
  expect_frame (fixture.socket, "3probe");
  expect_poll (&fixture, "6");
  send_text (&fixture, "between");
  raw_client_send_text_frame (fixture.socket, "5");
  expect_frame (fixture.socket, "4between");
  raw_client_send_text_frame (fixture.socket, "4echo");
  expect_frame (fixture.socket, "4echo");
  g_assert_cmpint (eio_socket_get_transport (fixture.server.socket), ==, EIO_TRANSPORT_WEBSOCKET);
  /* H9, U5 */
  raw_client_get (fixture.poller, fixture.polling);
  late = raw_client_take_answer (fixture.poller);
  g_assert_true (g_str_has_suffix (late, "{\"code\":3,\"message\":\"Bad request\"}"));
  raw_client_send_text_frame (fixture.socket, "5");
  raw_client_send_text_frame (fixture.socket, "3");
  raw_client_send_text_frame (fixture.socket, "4again");
  expect_frame (fixture.socket, "4again");
  g_assert_nonnull (strstr (fixture.server.log->str, "upgraded;"));
  g_assert_nonnull (strstr (fixture.server.log->str, "heartbeat;"));
  tear_down (&fixture);
}

/* A poll that comes after the probe is released as well. */
static void
test_poll_after_probe (void)
{
  Fixture fixture;

  set_up (&fixture, 10000);
  raw_client_send_text_frame (fixture.socket, "2probe");
  expect_frame (fixture.socket, "3probe");
  raw_client_get (fixture.poller, fixture.polling);
  expect_poll (&fixture, "6");
  raw_client_send_text_frame (fixture.socket, "5");
  raw_client_send_text_frame (fixture.socket, "4echo");
  expect_frame (fixture.socket, "4echo");
  tear_down (&fixture);
}

/* What spoils an attempt: the candidate is closed, the session lives. */
static void
test_spoiled (void)
{
  static const char *const spoilers[] = { "2nope", "2", "4a", "5", "6", "x", "" };

  for (guint i = 0; i < G_N_ELEMENTS (spoilers); i++)
    {
      Fixture fixture;

      g_test_message ("\"%s\"", spoilers[i]);
      set_up (&fixture, 10000);
      raw_client_send_text_frame (fixture.socket, spoilers[i]);
      expect_closed (fixture.socket);
      assert_polling (&fixture);
      tear_down (&fixture);
    }
}

static void
test_binary_probe (void)
{
  Fixture fixture;

  set_up (&fixture, 10000);
  raw_client_send_frame (fixture.socket, 0x82, "2probe", 6);
  expect_closed (fixture.socket);
  assert_polling (&fixture);
  tear_down (&fixture);
}

static void
test_silence (void)
{
  Fixture fixture;

  set_up (&fixture, 50);
  raw_client_send_text_frame (fixture.socket, "2probe");
  expect_frame (fixture.socket, "3probe");
  expect_closed (fixture.socket);
  assert_polling (&fixture);
  tear_down (&fixture);
}

static gboolean
has_one_connection (gpointer data)
{
  return eio_server_get_n_connections (data) == 1;
}

static void
test_reset (void)
{
  Fixture fixture;

  set_up (&fixture, 10000);
  raw_client_send_text_frame (fixture.socket, "2probe");
  expect_frame (fixture.socket, "3probe");
  raw_client_reset (fixture.socket);
  raw_await (has_one_connection, fixture.server.server);
  assert_polling (&fixture);
  tear_down (&fixture);
}

/* A second candidate is closed, the first goes on. */
static void
test_second_candidate (void)
{
  Fixture fixture;
  RawClient *second;

  set_up (&fixture, 10000);
  second = raw_client_new (fixture.server.port);
  raw_client_switch (second, fixture.websocket);
  expect_closed (second);
  raw_client_free (second);
  raw_client_send_text_frame (fixture.socket, "2probe");
  expect_frame (fixture.socket, "3probe");
  raw_client_send_text_frame (fixture.socket, "5");
  raw_client_send_text_frame (fixture.socket, "4echo");
  expect_frame (fixture.socket, "4echo");
  second = raw_client_new (fixture.server.port);
  raw_client_switch (second, fixture.websocket);
  expect_closed (second);
  raw_client_free (second);
  tear_down (&fixture);
}

/* A session's end takes its candidate along. */
static void
test_close_while_upgrading (void)
{
  Fixture fixture;

  set_up (&fixture, 10000);
  raw_client_send_text_frame (fixture.socket, "2probe");
  expect_frame (fixture.socket, "3probe");
  wait_for_poll (&fixture);
  eio_socket_close (fixture.server.socket, FALSE);
  expect_closed (fixture.socket);
  tear_down (&fixture);
}

static void
test_refused (void)
{
  ServerFixture server;
  RawClient *client;
  g_autofree char *polling = NULL;
  g_autofree char *head = NULL;
  g_autofree char *answer = NULL;

  server_fixture_set_up (&server, "allow-upgrades", FALSE, NULL);
  client = raw_client_new (server.port);
  polling = server_fixture_open_polling (&server, client);
  head = g_strdup_printf ("GET /engine.io/?EIO=4&transport=websocket&sid=%s HTTP/1.1\r\nHost: a\r\n"
                          "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                          eio_socket_get_id (server.socket));
  raw_client_send (client, head);
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
  raw_client_free (client);
  server_fixture_tear_down (&server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/upgrade/upgrade", test_upgrade);
  g_test_add_func ("/engineio/upgrade/poll-after-probe", test_poll_after_probe);
  g_test_add_func ("/engineio/upgrade/spoiled", test_spoiled);
  g_test_add_func ("/engineio/upgrade/binary-probe", test_binary_probe);
  g_test_add_func ("/engineio/upgrade/silence", test_silence);
  g_test_add_func ("/engineio/upgrade/reset", test_reset);
  g_test_add_func ("/engineio/upgrade/second-candidate", test_second_candidate);
  g_test_add_func ("/engineio/upgrade/close-while-upgrading", test_close_while_upgrading);
  g_test_add_func ("/engineio/upgrade/refused", test_refused);
  return g_test_run ();
}
