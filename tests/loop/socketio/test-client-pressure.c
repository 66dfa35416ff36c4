/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the client does with more than leaves: how much waits is known, that it is gone is told, and there
 * is an end to it. */
#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode polling = { "polling", EIO_TRANSPORT_POLLING, FALSE };

static gsize
get_amount (Desk *desk)
{
  guint64 amount;

  g_object_get (desk->socket, "buffered-amount", &amount, NULL);
  g_assert_cmpuint (amount, ==, sio_client_socket_get_buffered_amount (desk->socket));
  return amount;
}

/* A server that does not read: what the kernel does not take waits, up to the limit; then it reads. */
static void
test_slow_server (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *fill = g_strnfill (60000, 'x');
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  sio_args_add_string (args, fill);
  desk_connect (desk, &websocket);
  g_assert_cmpuint (get_amount (desk), ==, 0);
  /* Nobody reads while the main loop is not run. */
  while (n < 10000 && sio_client_socket_emit (desk->socket, "fill", args))
    n++;
  g_assert_cmpuint (n, <, 10000);
  g_assert_cmpuint (get_amount (desk), >, 900000);
  g_assert_cmpuint (get_amount (desk), <=, 1048576);
  sio_client_socket_emit_volatile (desk->socket, "volatile", NULL);
  g_assert_null (desk_ask (desk, "fill", args, 0, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_LIMIT);
  desk_expect (desk, "drained");
  g_assert_cmpuint (get_amount (desk), ==, 0);
  desk_emit (desk, "last", "[]");
  wait_until (fake_server_count (server, "42[\"last\"]") == 1);
  g_assert_cmpuint (fake_server_count (server, "42[\"fill\""), ==, n);
  g_assert_cmpuint (fake_server_count (server, "42[\"volatile\""), ==, 0);
}

static void
test_drained_by_polling (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");

  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  desk_connect (desk, &polling);
  desk_emit (desk, "a", "[]");
  desk_emit (desk, "b", "[]");
  g_assert_cmpuint (get_amount (desk), >, 0);
  desk_expect (desk, "drained");
  g_assert_cmpuint (get_amount (desk), ==, 0);
  g_assert_cmpuint (desk_count (desk, "drained"), ==, 0);
}

/* What waited for a connection is gone with it. */
static void
test_drained_at_connect (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  desk_emit (desk, "a", "[]");
  g_assert_cmpuint (get_amount (desk), >, 0);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "drained");
  desk_expect (desk, "connected");
  /* Nothing has to wait now. */
  desk_emit (desk, "b", "[]");
  wait_until (fake_server_count (server, "42[\"b\"]") == 1);
  g_assert_cmpuint (desk_count (desk, "drained"), ==, 0);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioArgs) args
      = sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, user_data);

  g_assert_null (args);
}

/* While there is no connection the newest are kept, if the program wants it so. */
static void
test_drop_oldest (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *fill = g_strnfill (2000, 'x');
  g_autoptr (SioArgs) large = sio_args_new ();
  g_autoptr (GError) error = NULL;
  gsize one;

  desk_emit (desk, "e", "[0]");
  one = get_amount (desk);
  g_object_set (desk->socket, "overflow-policy", SIO_CLIENT_OVERFLOW_DROP_OLDEST, "send-buffer-limit",
                (guint64)one * 4, NULL);
  sio_client_socket_emit_with_ack_async (desk->socket, "ask", NULL, 0, NULL, on_done, &error);
  for (int i = 1; i <= 6; i++)
    {
      g_autofree char *number = g_strdup_printf ("[%d]", i);

      desk_emit (desk, "e", number);
      g_assert_cmpuint (get_amount (desk), <=, one * 4);
    }
  wait_until (error != NULL);
  g_assert_error (error, SIO_ERROR, SIO_ERROR_LIMIT);
  /* One that is larger than all the room there is does not take it from others. */
  sio_args_add_string (large, fill);
  g_assert_false (sio_client_socket_emit (desk->socket, "large", large));
  g_assert_cmpuint (get_amount (desk), ==, one * 4);
  desk_connect (desk, &websocket);
  wait_until (fake_server_count (server, "42[\"e\",6]") == 1);
  g_assert_cmpuint (fake_server_count (server, "42[\"e\","), ==, 4);
  g_assert_cmpuint (fake_server_count (server, "42[\"e\",3]"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pressure/slow-server", test_slow_server);
  g_test_add_func ("/pressure/drained-by-polling", test_drained_by_polling);
  g_test_add_func ("/pressure/drained-at-connect", test_drained_at_connect);
  g_test_add_func ("/pressure/drop-oldest", test_drop_oldest);
  return g_test_run ();
}
