/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the client does with more than leaves: how much waits is known, that it is gone is told, and there
 * is an end to it. */
#include <stdio.h>

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

/* A server that does not read: the newest are kept, whatever the kernel has not taken makes place. What
 * arrives is whole and in order. */
static void
test_drop_below (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *fill = g_strnfill (60000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new_static (fill, 60000);
  g_autoptr (SioArgs) filler = sio_args_new ();
  g_autoptr (GError) error = NULL;
  guint last = 0;
  guint n_got = 0;
  guint n_filled;

  desk_connect (desk, &websocket);
  g_object_set (desk->socket, "overflow-policy", SIO_CLIENT_OVERFLOW_DROP_OLDEST, NULL);
  /* Nobody reads while the main loop is not run. What asks is the oldest that can be dropped. */
  sio_args_add_bytes (filler, bytes);
  while (get_amount (desk) < 500000)
    sio_client_socket_emit (desk->socket, "fill", filler);
  sio_client_socket_emit_with_ack_async (desk->socket, "ask", NULL, 0, NULL, on_done, &error);
  for (guint i = 1; i <= 400; i++)
    {
      g_autoptr (SioArgs) args = sio_args_new ();

      sio_args_add_int (args, i);
      sio_args_add_bytes (args, bytes);
      g_assert_true (sio_client_socket_emit (desk->socket, "large", args));
      g_assert_cmpuint (get_amount (desk), <=, 1048576 + 1000);
    }
  desk_emit (desk, "end", "[]");
  wait_until (error != NULL && fake_server_count (server, "42[\"end\"]") == 1);
  g_assert_error (error, SIO_ERROR, SIO_ERROR_LIMIT);
  g_assert_cmpuint (fake_server_count (server, "420[\"ask\"]"), ==, 0);
  for (guint i = 0; i < server->got->len; i++)
    {
      guint number;

      if (sscanf (server->got->pdata[i], "451-[\"large\",%u", &number) != 1)
        continue;
      g_assert_cmpuint (number, >, last);
      g_assert_true (g_str_has_prefix (server->got->pdata[i + 1], "xxx"));
      last = number;
      n_got++;
    }
  g_assert_cmpuint (last, ==, 400);
  g_assert_cmpuint (n_got, <, 400);
  n_filled = fake_server_count (server, "451-[\"fill\"");
  g_assert_cmpuint (fake_server_count (server, "xxx"), ==, n_got + n_filled);
}

/* An event that is sent until it is answered waits once, be it in the queue, in the connection or gone. */
static void
test_counted_once (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");
  gsize tried;

  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  g_object_set (desk->socket, "retries", 3, NULL);
  desk_emit (desk, "tried", "[]");
  tried = get_amount (desk);
  desk_connect (desk, &polling);
  wait_until (fake_server_count (server, "420[\"tried\"]") == 1);
  /* It has left the connection, and waits for its answer. */
  wait_until (get_amount (desk) == tried);
  fake_server_answer (server, 200, "430[]", -1);
  wait_until (get_amount (desk) == 0);
  /* A POST is under way, so that it waits in the connection. */
  desk_emit (desk, "tried", "[]");
  g_assert_cmpuint (get_amount (desk), <=, tried + 2);
  wait_until (fake_server_count (server, "421[\"tried\"]") == 1);
  fake_server_answer (server, 200, "431[]", -1);
  wait_until (get_amount (desk) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pressure/slow-server", test_slow_server);
  g_test_add_func ("/pressure/drained-by-polling", test_drained_by_polling);
  g_test_add_func ("/pressure/drained-at-connect", test_drained_at_connect);
  g_test_add_func ("/pressure/drop-oldest", test_drop_oldest);
  g_test_add_func ("/pressure/drop-below", test_drop_below);
  g_test_add_func ("/pressure/counted-once", test_counted_once);
  return g_test_run ();
}
