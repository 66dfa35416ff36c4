/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

/* The next thing that each peer hears is this: so nothing came before. */
static void
mark (ServerFixture *fixture, Peer **peers, guint n_peers)
{
  sio_namespace_emit (fixture->nsp, "mark", NULL);
  for (guint i = 0; i < n_peers; i++)
    peer_expect (peers[i], "42[\"mark\"]");
}

static void
test_rooms (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[4];
  SioSocket *sockets[4];
  g_autoptr (SioBroadcast) both = NULL;
  g_autoptr (SioBroadcast) others = NULL;
  g_autoptr (SioBroadcast) except = NULL;
  g_autoptr (SioBroadcast) single = NULL;
  g_autoptr (SioArgs) args = sio_args_new ();

  for (guint i = 0; i < 4; i++)
    {
      peers[i] = peer_open (fixture);
      sockets[i] = peer_join (peers[i], "/");
    }
  sio_socket_join (sockets[0], "one");
  sio_socket_join (sockets[1], "one");
  sio_socket_join (sockets[1], "two");
  sio_socket_join (sockets[2], "two");
  sio_args_add_int (args, 1);

  both = sio_namespace_to (fixture->nsp, "one");
  sio_broadcast_to (both, "two");
  sio_broadcast_emit (both, "both", args);
  for (guint i = 0; i < 3; i++)
    peer_expect (peers[i], "42[\"both\",1]");
  mark (fixture, peers, 4);

  others = sio_socket_to (sockets[0], "one");
  sio_broadcast_emit (others, "others", NULL);
  peer_expect (peers[1], "42[\"others\"]");
  mark (fixture, peers, 4);

  except = sio_namespace_to (fixture->nsp, "one");
  sio_broadcast_to (except, sio_socket_get_id (sockets[3]));
  sio_broadcast_except (except, "two");
  sio_broadcast_emit (except, "except", NULL);
  peer_expect (peers[0], "42[\"except\"]");
  peer_expect (peers[3], "42[\"except\"]");
  mark (fixture, peers, 4);

  sio_socket_leave (sockets[0], "one");
  sio_socket_disconnect (sockets[1], FALSE);
  peer_expect (peers[1], "41");
  single = sio_namespace_to (fixture->nsp, "two");
  sio_broadcast_to (single, "one");
  sio_broadcast_emit (single, "single", NULL);
  peer_expect (peers[2], "42[\"single\"]");
}

static void
test_binary (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);

  peer_join (peers[0], "/");
  peer_join (peers[1], "/");
  sio_args_add_bytes (args, one);
  sio_args_add_bytes (args, two);
  sio_namespace_emit (fixture->nsp, "a", args);
  for (guint i = 0; i < 2; i++)
    {
      peer_expect (peers[i], "452-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,"
                             "\"num\":1}]");
      peer_expect (peers[i], "b:one");
      peer_expect (peers[i], "b:two");
    }
}

static void
on_relay (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  g_autoptr (SioBroadcast) others = sio_socket_to (socket, "room");

  sio_broadcast_emit (others, "relay", args);
}

/* What came in goes out, byte for byte. */
static void
test_relay (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[3];

  for (guint i = 0; i < 3; i++)
    {
      SioSocket *socket;

      peers[i] = peer_open (fixture);
      socket = peer_join (peers[i], "/");
      sio_socket_join (socket, "room");
      sio_socket_on (socket, "relay", on_relay, fixture, NULL);
    }
  peer_send (peers[0], "42[\"relay\", 1.50,\"\\u00e9\\u000a\",{\"k\":1,\"k\":2}]");
  peer_send (peers[0], "451-[\"relay\",{\"_placeholder\":true,\"num\":0}]");
  peer_send_bytes (peers[0], "bytes");
  for (guint i = 1; i < 3; i++)
    {
      peer_expect (peers[i], "42[\"relay\",1.50,\"\\u00e9\\u000a\",{\"k\":1,\"k\":2}]");
      peer_expect (peers[i], "451-[\"relay\",{\"_placeholder\":true,\"num\":0}]");
      peer_expect (peers[i], "b:bytes");
    }
  mark (fixture, peers, 3);
}

/* The kernel takes no more. */
static gboolean
is_blocked (gpointer socket)
{
  return !eio_socket_is_writable (sio_socket_get_engine (socket));
}

/* What is volatile does not wait for what is on its way. */
static void
test_volatile (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");
  g_autoptr (SioBroadcast) all = sio_namespace_to (fixture->nsp, sio_socket_get_id (socket));
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autofree char *letters = g_strnfill (2000000, 'x');
  guint n_big;

  sio_broadcast_set_volatile (all, TRUE);
  sio_broadcast_emit (all, "first", NULL);
  peer_expect (peer, "42[\"first\"]");

  sio_args_add_string (args, letters);
  /* How much the kernel takes before that is its own affair. */
  for (n_big = 0; !is_blocked (socket); n_big++)
    {
      sio_socket_emit (socket, "big", args);
      g_main_context_iteration (NULL, FALSE);
    }
  sio_broadcast_emit (all, "dropped", NULL);
  sio_socket_emit_volatile (socket, "dropped", NULL);
  sio_socket_emit (socket, "kept", NULL);
  for (; n_big > 0; n_big--)
    peer_expect (peer, "42[\"big\",*]");
  peer_expect (peer, "42[\"kept\"]");
  sio_socket_emit_volatile (socket, "last", NULL);
  peer_expect (peer, "42[\"last\"]");
}

static void
on_drained (SioSocket *socket, ServerFixture *fixture)
{
  g_assert_cmpuint (sio_socket_get_buffered_amount (socket), ==, 0);
  log_word (fixture, "drained");
  g_signal_handlers_disconnect_by_data (socket, fixture);
}

static void
test_drained (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  g_signal_connect (socket, "drained", G_CALLBACK (on_drained), fixture);
  sio_socket_emit (socket, "a", NULL);
  expect_log (fixture, "drained");
  peer_expect (peer, "42[\"a\"]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/server/rooms/" path, ServerFixture, NULL, server_fixture_set_up, test,             \
              server_fixture_tear_down)
  ADD ("rooms", test_rooms);
  ADD ("binary", test_binary);
  ADD ("relay", test_relay);
  ADD ("volatile", test_volatile);
  ADD ("drained", test_drained);
  return g_test_run ();
}
