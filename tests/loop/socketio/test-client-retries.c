/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events that are sent until they are answered, against a server of the test's words. */
#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };

/* What has become of an event. */
typedef struct
{
  guint n_done;
  char *answer;  /* owned, nullable */
  GError *error; /* owned, nullable */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->answer, g_free);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  g_autoptr (SioArgs) args = sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source),
                                                                     result, &outcome->error);

  outcome->n_done++;
  if (args != NULL)
    outcome->answer = g_strdup (sio_args_get_json (args));
}

static void
ask (Desk *desk, const char *event, GCancellable *cancellable, Outcome *outcome)
{
  sio_client_socket_emit_with_ack_async (desk->socket, event, NULL, 0, cancellable, on_done,
                                         outcome);
}

static Desk *
new_desk (FakeServer *server, guint retries, guint ack_timeout_ms)
{
  Desk *desk = desk_new (server->port, &websocket, "/");

  g_object_set (desk->socket, "retries", retries, "ack-timeout", ack_timeout_ms, NULL);
  return desk;
}

static gboolean
got (FakeServer *server, const char *packet)
{
  return fake_server_count (server, packet) == 1;
}

/* One at a time, in order, each when the one before was answered. */
static void
test_order (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 3, 0);
  g_auto (Outcome) b = { 0 };

  desk_emit (desk, "a", "[1]");
  ask (desk, "b", NULL, &b);
  desk_connect (desk, &websocket);
  desk_emit (desk, "c", "[]");
  wait_until (got (server, "420[\"a\",1]"));
  sio_client_socket_emit_volatile (desk->socket, "volatile", NULL);
  wait_until (got (server, "42[\"volatile\"]"));
  g_assert_cmpuint (fake_server_count (server, "421"), ==, 0);
  fake_server_send (server, "430[]");
  wait_until (got (server, "421[\"b\"]"));
  g_assert_cmpuint (b.n_done, ==, 0);
  fake_server_send (server, "431[\"of b\"]");
  wait_until (got (server, "422[\"c\"]"));
  g_assert_cmpuint (b.n_done, ==, 1);
  g_assert_cmpstr (b.answer, ==, "[\"of b\"]");
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), >, 0);
  fake_server_send (server, "432[]");
  wait_until (sio_client_socket_get_buffered_amount (desk->socket) == 0);
}

/* Never answered: the first try and two more, each with an id of its own, then the next event. */
static void
test_given_up (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 2, 10);
  g_auto (Outcome) a = { 0 };

  ask (desk, "a", NULL, &a);
  desk_connect (desk, &websocket);
  wait_until (a.n_done == 1);
  g_assert_error (a.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_object_set (desk->socket, "ack-timeout", 0, NULL);
  desk_emit (desk, "b", "[]");
  wait_until (got (server, "423[\"b\"]"));
  g_assert_true (got (server, "420[\"a\"]"));
  g_assert_true (got (server, "421[\"a\"]"));
  g_assert_true (got (server, "422[\"a\"]"));
}

/* The connection goes while one is under way: it is sent again, before what was emitted after it; an
 * answer to the first try comes too late. */
static void
test_reconnection (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 1, 0);
  g_auto (Outcome) a = { 0 };

  desk_connect (desk, &websocket);
  ask (desk, "a", NULL, &a);
  wait_until (got (server, "420[\"a\"]"));
  fake_server_cut (server);
  desk_expect (desk, "disconnected ");
  desk_emit (desk, "b", "[]");
  desk_expect (desk, "connected");
  wait_until (got (server, "421[\"a\"]"));
  fake_server_send (server, "430[\"late\"]");
  fake_server_send (server, "431[\"in time\"]");
  wait_until (got (server, "422[\"b\"]"));
  g_assert_cmpstr (a.answer, ==, "[\"in time\"]");
}

/* Lost with the connection as often as it may be tried. */
static void
test_lost (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 1, 0);
  g_auto (Outcome) a = { 0 };

  ask (desk, "a", NULL, &a);
  sio_client_socket_connect (desk->socket);
  for (guint i = 0; i < 2; i++)
    {
      desk_expect (desk, "connected");
      wait_until (fake_server_count (server, "42") == i + 1);
      fake_server_cut (server);
    }
  wait_until (a.n_done == 1);
  g_assert_error (a.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
}

static void
test_cancelled (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 3, 0);
  g_autoptr (GCancellable) of_a = g_cancellable_new ();
  g_autoptr (GCancellable) of_b = g_cancellable_new ();
  g_auto (Outcome) a = { 0 };
  g_auto (Outcome) b = { 0 };

  desk_connect (desk, &websocket);
  ask (desk, "a", of_a, &a);
  ask (desk, "b", of_b, &b);
  desk_emit (desk, "c", "[]");
  wait_until (got (server, "420[\"a\"]"));
  g_cancellable_cancel (of_b);
  wait_until (b.n_done == 1);
  g_assert_error (b.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (a.n_done, ==, 0);
  g_cancellable_cancel (of_a);
  wait_until (a.n_done == 1);
  g_assert_error (a.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wait_until (got (server, "421[\"c\"]"));
  g_assert_cmpuint (fake_server_count (server, "42"), ==, 2);
}

static void
test_bounded (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 3, 0);
  g_auto (Outcome) late = { 0 };
  guint n = 0;

  g_object_set (desk->socket, "send-buffer-limit", (guint64)1000, NULL);
  while (n < 1000 && sio_client_socket_emit (desk->socket, "0123456789", NULL))
    n++;
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (n, <, 100);
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), <=, 1000);
  ask (desk, "0123456789", NULL, &late);
  wait_until (late.n_done == 1);
  g_assert_error (late.error, SIO_ERROR, SIO_ERROR_LIMIT);
  desk_connect (desk, &websocket);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *packet = g_strdup_printf ("42%u[\"0123456789\"]", i);
      g_autofree char *answer = g_strdup_printf ("43%u[]", i);

      wait_until (got (server, packet));
      fake_server_send (server, answer);
    }
  desk_expect (desk, "drained");
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), ==, 0);
}

static void
test_without_client (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  Desk *desk = new_desk (server, 3, 0);
  g_auto (Outcome) a = { 0 };
  g_auto (Outcome) b = { 0 };

  desk_connect (desk, &websocket);
  ask (desk, "a", NULL, &a);
  ask (desk, "b", NULL, &b);
  desk_emit (desk, "c", "[]");
  desk_free (desk);
  wait_until (a.n_done == 1 && b.n_done == 1);
  g_assert_error (a.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_assert_error (b.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
}

/* An answer's callback may do everything. */
static void
on_done_disconnect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_done (source, result, user_data);
  sio_client_socket_disconnect (SIO_CLIENT_SOCKET (source));
}

static void
test_callback_leaves (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = new_desk (server, 3, 0);
  g_auto (Outcome) a = { 0 };

  desk_connect (desk, &websocket);
  sio_client_socket_emit_with_ack_async (desk->socket, "a", NULL, 0, NULL, on_done_disconnect, &a);
  desk_emit (desk, "b", "[]");
  wait_until (got (server, "420[\"a\"]"));
  fake_server_send (server, "430[]");
  desk_expect (desk, "disconnected io client disconnect");
  desk_connect (desk, &websocket);
  wait_until (got (server, "421[\"b\"]"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retries/order", test_order);
  g_test_add_func ("/retries/given-up", test_given_up);
  g_test_add_func ("/retries/reconnection", test_reconnection);
  g_test_add_func ("/retries/lost", test_lost);
  g_test_add_func ("/retries/cancelled", test_cancelled);
  g_test_add_func ("/retries/bounded", test_bounded);
  g_test_add_func ("/retries/without-client", test_without_client);
  g_test_add_func ("/retries/callback-leaves", test_callback_leaves);
  return g_test_run ();
}
