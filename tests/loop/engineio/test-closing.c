/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * eio_server_close_async(): who is let finish, and who is not waited for.
 */
#include "server-fixture.h"

typedef struct {
  gboolean done;
  GError *error;
} Outcome;

static void
on_closed (GObject *server, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_assert_true (eio_server_close_finish (EIO_SERVER (server), result, &outcome->error) ==
                 (outcome->error == NULL));
  outcome->done = TRUE;
}

static gboolean
is_done (gpointer outcome)
{
  return ((Outcome *) outcome)->done;
}

static void
test_nobody (void)
{
  g_autoptr (EioServer) silent = eio_server_new ();
  ServerFixture fixture;
  Outcome outcomes[2] = { { FALSE, NULL }, { FALSE, NULL } };

  eio_server_close_async (silent, 1000, NULL, on_closed, &outcomes[0]);
  raw_await (is_done, &outcomes[0]);
  g_assert_no_error (outcomes[0].error);
  server_fixture_set_up (&fixture, NULL);
  eio_server_close_async (fixture.server, 60000, NULL, on_closed, &outcomes[1]);
  raw_await (is_done, &outcomes[1]);
  g_assert_no_error (outcomes[1].error);
  server_fixture_tear_down (&fixture);
}

/* Everybody gets what was sent, and the end; connections that wait for another request are ended. */
static void
test_everybody (void)
{
  ServerFixture fixture;
  RawClient *socket, *waiting, *between, *idle;
  Outcome outcome = { FALSE, NULL };
  g_autofree char *target = NULL;
  g_autofree char *late_target = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *last = NULL;
  g_autofree char *ok = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static ("last words", 10);
  g_autoptr (EioSocket) late = NULL;

  server_fixture_set_up (&fixture, NULL);
  waiting = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, waiting);
  raw_client_get (waiting, target);
  idle = raw_client_new (fixture.port);
  raw_client_post (idle, target, "4a");
  ok = raw_client_take_answer (idle);
  answer = raw_client_take_answer (waiting);
  raw_client_get (waiting, target);
  between = raw_client_new (fixture.port);
  late_target = server_fixture_open_polling (&fixture, between);
  late = g_object_ref (fixture.socket);
  socket = server_fixture_open_websocket (&fixture);
  eio_socket_send_text (fixture.socket, text);
  eio_socket_send_text (late, text);
  eio_server_close_async (fixture.server, 60000, NULL, on_closed, &outcome);
  raw_client_expect (socket, "4last words");
  raw_client_expect_end (socket);
  raw_client_expect (waiting, "\r\n\r\n1");
  g_assert_false (outcome.done);
  /* What is queued and the end take two polls. */
  raw_client_get (between, late_target);
  g_free (answer);
  answer = raw_client_take_answer (between);
  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n4last words"));
  raw_client_get (between, late_target);
  last = raw_client_take_answer (between);
  g_assert_true (g_str_has_suffix (last, "\r\n\r\n6\x1e" "1"));
  raw_client_free (socket);
  raw_client_expect_end (waiting);
  raw_client_expect_end (between);
  raw_client_expect_end (idle);
  raw_client_free (waiting);
  raw_client_free (between);
  raw_client_free (idle);
  raw_await (is_done, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (eio_server_get_n_connections (fixture.server), ==, 0);
  g_clear_object (&late);
  server_fixture_tear_down (&fixture);
}

/* A kept-alive connection cannot begin a session any more. */
static void
test_no_more (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *target = NULL;
  g_autofree char *answer = NULL;

  server_fixture_set_up (&fixture, NULL);
  client = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, client);
  eio_server_close (fixture.server);
  raw_client_get (client, "/engine.io/?EIO=4&transport=polling");
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_suffix (answer, "{\"code\":3,\"message\":\"Bad request\"}"));
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

static void
send_much (EioSocket *socket)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 100000);

  while (eio_socket_get_buffered_amount (socket) < 3000000)
    eio_socket_send_text (socket, bytes);
}

/* One who does not read, and one who never polls again. */
static void
cut_off (ServerFixture *fixture, guint timeout_ms, gboolean cancel, int code)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RawClient *deaf, *silent;
  Outcome outcome = { FALSE, NULL };
  g_autofree char *target = NULL;

  server_fixture_set_up (fixture, NULL);
  silent = raw_client_new (fixture->port);
  target = server_fixture_open_polling (fixture, silent);
  deaf = server_fixture_open_websocket (fixture);
  raw_client_set_reading (deaf, FALSE);
  send_much (fixture->socket);
  eio_server_close_async (fixture->server, timeout_ms, cancellable, on_closed, &outcome);
  if (cancel)
    g_cancellable_cancel (cancellable);
  raw_await (is_done, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, code);
  g_clear_error (&outcome.error);
  g_assert_cmpuint (eio_server_get_n_sockets (fixture->server), ==, 0);
  raw_client_expect_end (silent);
  raw_client_free (silent);
  raw_client_free (deaf);
  server_fixture_tear_down (fixture);
}

static void
test_deadline (void)
{
  ServerFixture fixture;

  cut_off (&fixture, 50, FALSE, G_IO_ERROR_TIMED_OUT);
}

static void
test_cancelled (void)
{
  ServerFixture fixture;

  cut_off (&fixture, 60000, TRUE, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/eio/closing/nobody", test_nobody);
  g_test_add_func ("/eio/closing/everybody", test_everybody);
  g_test_add_func ("/eio/closing/no-more", test_no_more);
  g_test_add_func ("/eio/closing/deadline", test_deadline);
  g_test_add_func ("/eio/closing/cancelled", test_cancelled);
  return g_test_run ();
}
