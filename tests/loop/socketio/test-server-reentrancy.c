/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Handlers that pull the floor from under what calls them. */
#include "server-fixture.h"

static void
on_event (SioSocket *socket, const char *name, SioArgs *args, SioAck *ack, ServerFixture *fixture)
{
  log_word (fixture, "%s", name);
}

static void
on_disconnected (SioSocket *socket, int reason, ServerFixture *fixture)
{
  log_word (fixture, "gone:%d", reason);
}

static SioSocket *
join (ServerFixture *fixture, Peer *peer, const char *nsp)
{
  SioSocket *socket = peer_join (peer, nsp);

  g_signal_connect (socket, "event", G_CALLBACK (on_event), fixture);
  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), fixture);
  return socket;
}

static void
leave (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer unused)
{
  sio_socket_disconnect (socket, FALSE);
  sio_socket_disconnect (socket, FALSE);
  if (ack != NULL)
    sio_ack_send (ack, NULL);
}

static void
test_leave (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = join (fixture, peer, "/");

  sio_socket_on (socket, "leave", leave, NULL, NULL);
  peer_send (peer, "421[\"leave\"]");
  peer_send (peer, "42[\"late\"]");
  peer_expect (peer, "41");
  expect_log (fixture, "leave gone:8");
  peer_send (peer, "40");
  peer_expect (peer, "40{*");
}

static void
hang_up (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer unused)
{
  sio_socket_disconnect (socket, TRUE);
  sio_socket_emit (socket, "late", NULL);
}

static void
test_hang_up (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_server_of (fixture->server, "/n");
  join (fixture, peer, "/n");
  sio_socket_on (join (fixture, peer, "/"), "hang-up", hang_up, NULL, NULL);
  peer_send (peer, "42[\"hang-up\"]");
  peer_send (peer, "42/n,[\"late\"]");
  expect_log (fixture, "hang-up gone:8 gone:8");
  peer_expect (peer, "41/n,");
  peer_expect (peer, "41");
  peer_expect (peer, "closed");
}

static void
shut_down (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer server)
{
  sio_server_close (server);
}

static void
test_shut_down (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };

  join (fixture, peers[1], "/");
  sio_socket_on (join (fixture, peers[0], "/"), "shut-down", shut_down, fixture->server, NULL);
  peer_send (peers[0], "42[\"shut-down\"]");
  peer_expect (peers[0], "closed");
  peer_expect (peers[1], "closed");
  expect_log (fixture, "shut-down gone:5 gone:5");
}

static void
drop_server (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  g_clear_object (&((ServerFixture *)fixture)->server);
}

static void
test_drop_server (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_socket_on (join (fixture, peer, "/"), "drop", drop_server, fixture, NULL);
  peer_send (peer, "42[\"drop\"]");
  peer_send (peer, "42[\"late\"]");
  peer_expect (peer, "closed");
  expect_log (fixture, "drop gone:5");
}

/* While the event is told of, its socket ends: the handler of its name is not called. */
static void
on_event_leave (SioSocket *socket, const char *name, SioArgs *args, SioAck *ack, gpointer unused)
{
  sio_socket_disconnect (socket, FALSE);
}

static void
never (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer unused)
{
  g_assert_not_reached ();
}

static void
test_leave_in_signal (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = join (fixture, peer, "/");

  g_signal_connect (socket, "event", G_CALLBACK (on_event_leave), NULL);
  sio_socket_on (socket, "a", never, NULL, NULL);
  peer_send (peer, "42[\"a\"]");
  expect_log (fixture, "a gone:8");
  peer_expect (peer, "41");
}

static void
on_connection_leave (SioNamespace *nsp, SioSocket *socket, gpointer unused)
{
  sio_socket_disconnect (socket, FALSE);
}

static void
test_leave_at_once (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  g_signal_connect (fixture->nsp, "connection", G_CALLBACK (on_connection_leave), NULL);
  peer_send (peer, "40");
  peer_expect (peer, "40{*");
  peer_expect (peer, "41");
  g_assert_cmpuint (sio_namespace_get_n_sockets (fixture->nsp), ==, 0);
}

static void
on_disconnecting (SioSocket *socket, int reason, ServerFixture *fixture)
{
  g_autoptr (SioBroadcast) room = sio_socket_to (socket, "room");

  sio_socket_disconnect (socket, FALSE);
  sio_socket_disconnect (socket, TRUE);
  sio_socket_emit (socket, "never", NULL);
  sio_socket_join (socket, "other");
  sio_broadcast_emit (room, "bye", NULL);
}

static void
test_farewell (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  SioSocket *sockets[2] = { join (fixture, peers[0], "/"), join (fixture, peers[1], "/") };

  sio_socket_join (sockets[0], "room");
  sio_socket_join (sockets[1], "room");
  g_signal_connect (sockets[0], "disconnecting", G_CALLBACK (on_disconnecting), fixture);
  peer_close (peers[0]);
  peer_expect (peers[1], "42[\"bye\"]");
  expect_log (fixture, "gone:1");
}

static void
keep (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer kept)
{
  *(SioNext **)kept = sio_next_ref (next);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *)pointer != NULL;
}

static void
on_disconnected_accept (SioSocket *socket, int reason, gpointer next)
{
  sio_next_accept (next);
}

static void
on_disconnected_reject (SioSocket *socket, int reason, gpointer next)
{
  sio_next_reject (next, "no", NULL);
}

/* One socket of a connection ends first, and its handler decides about the other one. */
static void
test_decide_at_end (ServerFixture *fixture, gconstpointer accepts)
{
  Peer *peer = peer_open (fixture);
  SioNamespace *slow = sio_server_of (fixture->server, "/slow");
  SioSocket *socket = join (fixture, peer, "/");
  g_autoptr (SioNext) next = NULL;

  sio_namespace_use (slow, keep, &next, NULL);
  peer_send (peer, "40/slow,");
  wait_for (is_set, &next);
  g_signal_connect (socket, "disconnected",
                    accepts != NULL ? G_CALLBACK (on_disconnected_accept)
                                    : G_CALLBACK (on_disconnected_reject),
                    next);
  peer_close (peer);
  expect_log (fixture, "gone:1");
  g_assert_cmpuint (sio_namespace_get_n_sockets (slow), ==, 0);
}

static void
hang_up_first (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer unused)
{
  sio_socket_disconnect (socket, TRUE);
  sio_next_accept (next);
}

static void
test_hang_up_in_middleware (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_namespace_use (fixture->nsp, hang_up_first, NULL, NULL);
  peer_send (peer, "40");
  peer_expect (peer, "closed");
  g_assert_cmpuint (sio_namespace_get_n_sockets (fixture->nsp), ==, 0);
}

static void
second (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  log_word (fixture, "second");
}

static void
on_destroy (gpointer fixture)
{
  log_word (fixture, "destroyed");
}

static void
first (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  sio_socket_on (socket, "a", second, fixture, on_destroy);
  log_word (fixture, "first");
}

static void
test_replace_handler (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_socket_on (peer_join (peer, "/"), "a", first, fixture, on_destroy);
  peer_send (peer, "42[\"a\"]");
  peer_send (peer, "42[\"a\"]");
  expect_log (fixture, "first destroyed second");
  peer_close (peer);
  expect_log (fixture, "destroyed");
}

static void
remove_itself (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  sio_socket_off (socket, "a");
  sio_socket_off (socket, "a");
  log_word (fixture, "once");
}

static void
test_remove_handler (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  sio_socket_off (socket, "a");
  sio_socket_on (socket, "a", remove_itself, fixture, on_destroy);
  sio_socket_on (socket, "b", second, fixture, NULL);
  peer_send (peer, "42[\"a\"]");
  peer_send (peer, "42[\"a\"]");
  peer_send (peer, "42[\"b\"]");
  expect_log (fixture, "once destroyed second");
}

static void
on_acked (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) args = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);

  log_word (fixture, args != NULL ? "acked" : "failed");
  sio_socket_disconnect (SIO_SOCKET (source), TRUE);
}

static void
test_hang_up_in_ack (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  sio_socket_emit_with_ack_async (socket, "a", NULL, 60000, NULL, on_acked, fixture);
  sio_socket_emit_with_ack_async (socket, "b", NULL, 60000, NULL, on_acked, fixture);
  peer_expect (peer, "420*");
  peer_send (peer, "430[]");
  expect_log (fixture, "acked failed");
  peer_expect (peer, "421*");
  peer_expect (peer, "41");
  peer_expect (peer, "closed");
}

/* Everybody who hears of an end leaves as well. */
static void
leave_all (SioSocket *socket, int reason, SioNamespace *nsp)
{
  SioSocket *other = g_object_get_data (G_OBJECT (socket), "next");

  if (other != NULL)
    sio_socket_disconnect (other, FALSE);
}

static void
test_chain (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[3];
  SioSocket *sockets[3];

  for (guint i = 0; i < 3; i++)
    {
      peers[i] = peer_open (fixture);
      sockets[i] = join (fixture, peers[i], "/");
      g_signal_connect (sockets[i], "disconnected", G_CALLBACK (leave_all), fixture->nsp);
    }
  g_object_set_data_full (G_OBJECT (sockets[0]), "next", g_object_ref (sockets[1]), g_object_unref);
  g_object_set_data_full (G_OBJECT (sockets[1]), "next", g_object_ref (sockets[2]), g_object_unref);
  sio_socket_disconnect (sockets[0], FALSE);
  expect_log (fixture, "gone:8 gone:8 gone:8");
  for (guint i = 0; i < 3; i++)
    peer_expect (peers[i], "41");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add ("/server/reentrancy/" path, ServerFixture, data, server_fixture_set_up, test,        \
              server_fixture_tear_down)
  ADD ("leave", NULL, test_leave);
  ADD ("hang-up", NULL, test_hang_up);
  ADD ("shut-down", NULL, test_shut_down);
  ADD ("drop-server", NULL, test_drop_server);
  ADD ("leave-in-signal", NULL, test_leave_in_signal);
  ADD ("leave-at-once", NULL, test_leave_at_once);
  ADD ("farewell", NULL, test_farewell);
  ADD ("decide-at-end/accept", "accept", test_decide_at_end);
  ADD ("decide-at-end/reject", NULL, test_decide_at_end);
  ADD ("hang-up-in-middleware", NULL, test_hang_up_in_middleware);
  ADD ("replace-handler", NULL, test_replace_handler);
  ADD ("remove-handler", NULL, test_remove_handler);
  ADD ("hang-up-in-ack", NULL, test_hang_up_in_ack);
  ADD ("chain", NULL, test_chain);
  return g_test_run ();
}
