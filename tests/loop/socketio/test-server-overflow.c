/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * More than a connection takes, and what the policy makes of it. */
#include "server-fixture.h"

#define MAX_BUFFERED 100000

static void
set_up (ServerFixture *fixture, gconstpointer policy)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  server_fixture_set_up (fixture, NULL);
  sio_server_close (fixture->server);
  g_object_unref (fixture->server);
  fixture->server = sio_server_new ();
  fixture->nsp = sio_server_of (fixture->server, "/");
  g_object_set (fixture->server, "overflow-policy", GPOINTER_TO_INT (policy), NULL);
  g_object_set (sio_server_get_engine (fixture->server), "max-buffered", MAX_BUFFERED, NULL);
  g_assert_true (sio_server_listen (fixture->server, address, NULL, &error));
}

static SioArgs *
make_args (int64_t i)
{
  g_autofree char *filler = g_strnfill (10000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (filler, 10000);
  SioArgs *args = sio_args_new ();

  sio_args_add_int (args, i);
  sio_args_add_bytes (args, bytes);
  return args;
}

/* Until the kernel and the queue are full; nobody reads meanwhile. */
static int64_t
fill (SioSocket *socket)
{
  int64_t n_sent = 0;

  while (sio_socket_get_n_dropped (socket) == 0)
    {
      g_autoptr (SioArgs) args = make_args (n_sent);

      sio_socket_emit (socket, "much", args);
      g_assert_cmpuint (sio_socket_get_buffered_amount (socket), <=, MAX_BUFFERED + 1000);
      n_sent++;
    }
  return n_sent - 1;
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_LIMIT);
  log_word (fixture, "full");
}

static void
on_drained (SioSocket *socket, ServerFixture *fixture)
{
  log_word (fixture, "drained");
  g_signal_handlers_disconnect_by_func (socket, on_drained, fixture);
}

static void
test_drop (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");
  int64_t n_sent = fill (socket);
  g_autoptr (SioArgs) args = make_args (-1);

  g_assert_cmpint (n_sent, >, 0);
  sio_namespace_emit (fixture->nsp, "to all", args);
  g_assert_cmpuint (sio_socket_get_n_dropped (socket), ==, 2);
  sio_socket_emit_with_ack_async (socket, "ask", args, 60000, NULL, on_refused, fixture);
  g_assert_cmpuint (sio_socket_get_n_dropped (socket), ==, 3);
  /* Those are for the moment only, and nobody's loss. */
  sio_socket_emit_volatile (socket, "volatile", NULL);
  g_assert_cmpuint (sio_socket_get_n_dropped (socket), ==, 3);
  expect_log (fixture, "full");
  g_signal_connect (socket, "drained", G_CALLBACK (on_drained), fixture);
  /* What was taken comes whole and in order. */
  for (int64_t i = 0; i < n_sent; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("451-[\"much\",%" G_GINT64_FORMAT ",{\"_placeholder\":true,\"num\":0}]", i);

      peer_expect (peer, text);
      peer_expect (peer, "b:xxx*");
    }
  expect_log (fixture, "drained");
  sio_socket_emit (socket, "again", NULL);
  peer_expect (peer, "42[\"again\"]");
  g_assert_true (sio_socket_is_connected (socket));
}

static void
on_disconnected (SioSocket *socket, SioDisconnectReason reason, ServerFixture *fixture)
{
  log_word (fixture, "%s", sio_disconnect_reason_to_string (reason, FALSE));
}

static void
test_disconnect (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_autoptr (SioSocket) socket = g_object_ref (peer_join (peer, "/"));
  g_autoptr (SioArgs) args = make_args (0);

  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), fixture);
  while (sio_socket_get_buffered_amount (socket) <= MAX_BUFFERED)
    sio_socket_emit (socket, "much", args);
  expect_log (fixture, "too slow");
  g_assert_cmpuint (sio_socket_get_n_dropped (socket), ==, 0);
}

/* --- Recovery of what was dropped -------------------------------------------------------------- */

static void
set_up_recovery (ServerFixture *fixture, gconstpointer unused)
{
  set_up (fixture, GINT_TO_POINTER (SIO_OVERFLOW_DROP));
  g_object_set (fixture->server, "max-disconnection-duration", 60000, "recovery-max-bytes", 1 << 28,
                NULL);
}

static char *
dup_quoted (const char *text, guint n)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);

  g_assert_cmpuint (g_strv_length (parts), >, n);
  return g_strdup (parts[n]);
}

/* The n-th part, from 0, of the peer's next message that is split at quotes. */
static char *
next_quoted (Peer *peer, guint n)
{
  g_autofree char *text = peer_next (peer);

  return dup_quoted (text, n);
}

static SioSocket *
join (ServerFixture *fixture, Peer *peer, char **pid)
{
  g_autofree char *reply = NULL;
  g_autofree char *sid = NULL;

  peer_send (peer, "40");
  reply = peer_next (peer);
  sid = dup_quoted (reply, 3);
  *pid = dup_quoted (reply, 7);
  return sio_namespace_get_socket (fixture->nsp, sid);
}

static void
on_left (SioSocket *socket, SioDisconnectReason reason, ServerFixture *fixture)
{
  log_word (fixture, "left");
}

/* Fills the connection until two events were dropped. Returns the offset of the last one that was not, when
 * the peer has got all. */
static char *
drop_two (ServerFixture *fixture, Peer *peer, SioSocket *socket)
{
  int64_t n_sent = fill (socket);
  g_autoptr (SioArgs) args = make_args (-1);
  g_autofree char *offset = NULL;

  g_signal_connect (socket, "disconnected", G_CALLBACK (on_left), fixture);
  g_signal_connect (socket, "drained", G_CALLBACK (on_drained), fixture);
  sio_namespace_emit (fixture->nsp, "dropped too", args);
  g_assert_cmpuint (sio_socket_get_n_dropped (socket), ==, 2);
  for (int64_t i = 0; i < n_sent; i++)
    {
      g_free (offset);
      offset = next_quoted (peer, 7);
      peer_expect (peer, "b:xxx*");
    }
  expect_log (fixture, "drained");
  return g_steal_pointer (&offset);
}

static Peer *
come_back (ServerFixture *fixture, Peer *peer, const char *pid, const char *offset)
{
  g_autofree char *text = g_strdup_printf ("40{\"pid\":\"%s\",\"offset\":\"%s\"}", pid, offset);

  peer_close (peer);
  expect_log (fixture, "left");
  peer = peer_open (fixture);
  peer_send (peer, text);
  return peer;
}

/* The connection goes before anything else came: nothing is lost, and all is in order. */
static void
test_recovered (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket;
  g_autofree char *pid = NULL;
  g_autofree char *offset = NULL;
  g_autofree char *same = NULL;

  socket = join (fixture, peer, &pid);
  offset = drop_two (fixture, peer, socket);
  peer = come_back (fixture, peer, pid, offset);
  peer_expect (peer, "451-[\"much\",*");
  peer_expect (peer, "b:xxx*");
  peer_expect (peer, "451-[\"dropped too\",*");
  peer_expect (peer, "b:xxx*");
  same = next_quoted (peer, 7);
  g_assert_cmpstr (same, ==, pid);
}

/* The client has something newer: what was dropped before it has no place any more. */
static void
test_not_recovered (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket;
  g_autofree char *pid = NULL;
  g_autofree char *old = NULL;
  g_autofree char *offset = NULL;
  g_autofree char *other = NULL;

  socket = join (fixture, peer, &pid);
  old = drop_two (fixture, peer, socket);
  sio_namespace_emit (fixture->nsp, "newer", NULL);
  offset = next_quoted (peer, 3);
  g_assert_cmpstr (offset, !=, old);
  peer = come_back (fixture, peer, pid, offset);
  other = next_quoted (peer, 7);
  g_assert_cmpstr (other, !=, pid);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/overflow/drop", ServerFixture, GINT_TO_POINTER (SIO_OVERFLOW_DROP), set_up,
              test_drop, server_fixture_tear_down);
  g_test_add ("/server/overflow/disconnect", ServerFixture,
              GINT_TO_POINTER (SIO_OVERFLOW_DISCONNECT), set_up, test_disconnect,
              server_fixture_tear_down);
  g_test_add ("/server/overflow/recovered", ServerFixture, NULL, set_up_recovery, test_recovered,
              server_fixture_tear_down);
  g_test_add ("/server/overflow/not-recovered", ServerFixture, NULL, set_up_recovery,
              test_not_recovered, server_fixture_tear_down);
  return g_test_run ();
}
