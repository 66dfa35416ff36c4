/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to many sockets at once. */
#include "server-fixture.h"

#define N_PEERS 3

typedef struct
{
  ServerFixture base;
  Peer *peers[N_PEERS];
  SioSocket *sockets[N_PEERS];
} Many;

static void
set_up (Many *many, gconstpointer unused)
{
  server_fixture_set_up (&many->base, NULL);
  for (guint i = 0; i < N_PEERS; i++)
    {
      many->peers[i] = peer_open (&many->base);
      many->sockets[i] = peer_join (many->peers[i], "/");
    }
  sio_socket_join (many->sockets[0], "room");
  sio_socket_join (many->sockets[1], "room");
}

static void
tear_down (Many *many, gconstpointer unused)
{
  server_fixture_tear_down (&many->base, NULL);
}

/* Acks */

static void
on_answers (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) responses = NULL;
  gboolean all = sio_broadcast_emit_with_ack_finish (result, &responses, &error);

  g_assert_true (all == (error == NULL));
  for (guint i = 0; i < responses->len; i++)
    log_word (fixture, "%s", sio_args_get_json (responses->pdata[i]));
  if (error != NULL)
    log_word (fixture, "%s:%d", g_quark_to_string (error->domain), error->code);
  else
    log_word (fixture, "all");
}

static void
test_acks (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) room = sio_namespace_to (many->base.nsp, "room");

  sio_broadcast_emit_with_ack_async (room, "ask", NULL, NULL, on_answers, &many->base);
  peer_expect (many->peers[0], "420[\"ask\"]");
  peer_expect (many->peers[1], "420[\"ask\"]");
  /* Who was not asked has no say, and nobody has it twice. */
  peer_send (many->peers[2], "430[\"x\"]");
  peer_send (many->peers[1], "430[1]");
  peer_send (many->peers[1], "430[2]");
  peer_send (many->peers[0], "430[0,0]");
  expect_log (&many->base, "[1] [0,0] all");
  /* The ids go on, for all sockets of the namespace. */
  sio_broadcast_set_local (room, TRUE);
  sio_broadcast_emit_with_ack_async (room, "more", NULL, NULL, on_answers, &many->base);
  peer_expect (many->peers[0], "421[\"more\"]");
  peer_send (many->peers[0], "431[]");
  peer_send (many->peers[1], "431[]");
  expect_log (&many->base, "[] [] all");
}

static void
on_all_answers (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) responses = NULL;

  g_assert_true (sio_namespace_emit_with_ack_finish (SIO_NAMESPACE (source), result, &responses,
                                                     &error));
  log_word (fixture, "%u", responses->len);
}

static void
test_acks_of_all (Many *many, gconstpointer unused)
{
  sio_namespace_emit_with_ack_async (many->base.nsp, "ask", NULL, 60000, NULL, on_all_answers,
                                     &many->base);
  for (guint i = 0; i < N_PEERS; i++)
    {
      peer_expect (many->peers[i], "420[\"ask\"]");
      peer_send (many->peers[i], "430[]");
    }
  expect_log (&many->base, "3");
}

static void
test_acks_of_nobody (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) empty = sio_namespace_to (many->base.nsp, "empty");

  sio_broadcast_emit_with_ack_async (empty, "ask", NULL, NULL, on_answers, &many->base);
  expect_log (&many->base, "all");
}

static void
test_acks_in_part (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) all = sio_namespace_broadcast (many->base.nsp);
  g_autofree char *expected = g_strdup_printf ("[7] sio-error-quark:%d", SIO_ERROR_TIMEOUT);

  sio_broadcast_set_timeout (all, 60);
  sio_broadcast_emit_with_ack_async (all, "ask", NULL, NULL, on_answers, &many->base);
  peer_send (many->peers[2], "430[7]");
  expect_log (&many->base, expected);
  /* Too late, and of no consequence. */
  peer_send (many->peers[1], "430[8]");
  peer_expect (many->peers[1], "420[\"ask\"]");
}

static void
test_acks_of_the_gone (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) room = sio_namespace_to (many->base.nsp, "room");
  g_autofree char *expected = g_strdup_printf ("[7] sio-error-quark:%d", SIO_ERROR_DISCONNECTED);

  sio_broadcast_set_timeout (room, 60000);
  sio_broadcast_emit_with_ack_async (room, "ask", NULL, NULL, on_answers, &many->base);
  peer_expect (many->peers[1], "420[\"ask\"]");
  peer_close (many->peers[1]);
  peer_send (many->peers[0], "430[7]");
  expect_log (&many->base, expected);
}

static void
test_acks_cancelled (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) room = sio_namespace_to (many->base.nsp, "room");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *expected = g_strdup_printf ("g-io-error-quark:%d", G_IO_ERROR_CANCELLED);

  sio_broadcast_emit_with_ack_async (room, "ask", NULL, cancellable, on_answers, &many->base);
  g_cancellable_cancel (cancellable);
  expect_log (&many->base, expected);
  sio_broadcast_emit_with_ack_async (room, "never", NULL, cancellable, on_answers, &many->base);
  expect_log (&many->base, expected);
}

static void
on_server_answers (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sio_namespace_server_side_emit_with_ack_finish (SIO_NAMESPACE (source), result,
                                                                 &responses, &error));
  log_word (fixture, "%u", responses->len);
}

/* There is no other. */
static void
test_other_servers (Many *many, gconstpointer unused)
{
  sio_namespace_server_side_emit (many->base.nsp, "hello", NULL);
  sio_namespace_server_side_emit_with_ack_async (many->base.nsp, "hello", NULL, 60000, NULL,
                                                 on_server_answers, &many->base);
  expect_log (&many->base, "0");
}

/* Rooms */

static void
test_joining (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) all = sio_namespace_broadcast (many->base.nsp);
  g_autoptr (SioBroadcast) room = sio_namespace_to (many->base.nsp, "room");
  g_auto (GStrv) rooms = NULL;

  sio_broadcast_sockets_join (all, "new");
  sio_broadcast_sockets_leave (room, "new");
  rooms = sio_socket_dup_rooms (many->sockets[2]);
  g_assert_cmpuint (g_strv_length (rooms), ==, 2);
  g_assert_cmpstr (rooms[0], ==, sio_socket_get_id (many->sockets[2]));
  g_assert_cmpstr (rooms[1], ==, "new");
  g_assert_true (sio_adapter_has_room (sio_namespace_get_adapter (many->base.nsp), "new"));
  sio_broadcast_disconnect_sockets (room, FALSE);
  peer_expect (many->peers[0], "41");
  peer_expect (many->peers[1], "41");
  sio_broadcast_disconnect_sockets (all, TRUE);
  peer_expect (many->peers[2], "41");
  peer_expect (many->peers[2], "closed");
}

static void
test_socket_broadcast (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) others = sio_socket_broadcast (many->sockets[0]);

  sio_broadcast_except (others, sio_socket_get_id (many->sockets[1]));
  sio_broadcast_set_compress (others, FALSE);
  sio_broadcast_emit (others, "a", NULL);
  sio_namespace_send (many->base.nsp, NULL);
  peer_expect (many->peers[0], "42[\"message\"]");
  peer_expect (many->peers[1], "42[\"message\"]");
  peer_expect (many->peers[2], "42[\"a\"]");
  sio_socket_send (many->sockets[2], NULL);
  peer_expect (many->peers[2], "42[\"message\"]");
  peer_expect (many->peers[2], "42[\"message\"]");
}

static void
on_room (SioAdapter *adapter, const char *room, ServerFixture *fixture)
{
  log_word (fixture, "%s", room);
}

static void
on_member (SioAdapter *adapter, const char *room, const char *id, ServerFixture *fixture)
{
  SioSocket *socket = sio_namespace_get_socket (fixture->nsp, id);

  log_word (fixture, "%s%s", room, socket != NULL ? "+" : "-");
}

static void
test_room_signals (Many *many, gconstpointer unused)
{
  SioAdapter *adapter = sio_namespace_get_adapter (many->base.nsp);

  g_signal_connect (adapter, "create-room", G_CALLBACK (on_room), &many->base);
  g_signal_connect (adapter, "delete-room", G_CALLBACK (on_room), &many->base);
  g_signal_connect (adapter, "join-room", G_CALLBACK (on_member), &many->base);
  g_signal_connect (adapter, "leave-room", G_CALLBACK (on_member), &many->base);
  sio_socket_join (many->sockets[0], "a");
  sio_socket_join (many->sockets[1], "a");
  sio_socket_join (many->sockets[1], "a");
  sio_socket_leave (many->sockets[0], "a");
  sio_socket_leave (many->sockets[1], "a");
  sio_socket_leave (many->sockets[1], "a");
  expect_log (&many->base, "a a+ a+ a+ a+ a");
  g_signal_handlers_disconnect_by_data (adapter, &many->base);
}

/* Fetching */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **)user_data = sio_broadcast_fetch_sockets_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *)pointer != NULL;
}

static void
test_fetch (Many *many, gconstpointer unused)
{
  g_autoptr (SioBroadcast) one = sio_namespace_to (many->base.nsp, "room");
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), 7);
  g_autoptr (GPtrArray) fetched = NULL;
  SioRemoteSocket *remote;

  sio_socket_set_data (many->sockets[1], data);
  sio_broadcast_except (one, sio_socket_get_id (many->sockets[0]));
  sio_broadcast_fetch_sockets_async (one, NULL, on_fetched, &fetched);
  wait_for (is_set, &fetched);
  g_assert_cmpuint (fetched->len, ==, 1);
  remote = fetched->pdata[0];
  g_assert_cmpstr (sio_remote_socket_get_id (remote), ==, sio_socket_get_id (many->sockets[1]));
  g_assert_cmpint (json_node_get_int (sio_remote_socket_get_data (remote)), ==, 7);
  g_assert_cmpstr (sio_remote_socket_get_rooms (remote)[1], ==, "room");
  g_assert_cmpstr (sio_handshake_get_address (sio_remote_socket_get_handshake (remote)), ==,
                   "127.0.0.1");
  sio_remote_socket_emit (remote, "hello", NULL);
  peer_expect (many->peers[1], "42[\"hello\"]");
  sio_remote_socket_join (remote, "b");
  g_assert_true (sio_adapter_has_room (sio_namespace_get_adapter (many->base.nsp), "b"));
  sio_remote_socket_leave (remote, "b");
  g_assert_false (sio_adapter_has_room (sio_namespace_get_adapter (many->base.nsp), "b"));
  sio_remote_socket_disconnect (remote, FALSE);
  peer_expect (many->peers[1], "41");
  /* It has gone: nothing more happens. */
  sio_remote_socket_emit (remote, "hello", NULL);
}

static void
test_handshake (Many *many, gconstpointer unused)
{
  Peer *peer = peer_open (&many->base);
  SioSocket *socket = peer_join (peer, "/");
  SioHandshake *handshake = sio_socket_get_handshake (socket);

  g_assert_nonnull (handshake);
  g_assert_true (sio_socket_get_handshake (socket) == handshake);
  g_assert_cmpstr (sio_handshake_get_query (handshake, "EIO"), ==, "4");
  g_assert_cmpstr (sio_handshake_get_header (handshake, "upgrade"), ==, "websocket");
  g_assert_null (sio_handshake_get_header (handshake, "none"));
  g_assert_true (g_str_has_prefix (sio_handshake_get_url (handshake), "/socket.io/?"));
  g_assert_cmpint (sio_handshake_get_issued (handshake) - g_get_real_time () / 1000, <=, 0);
  g_assert_nonnull (sio_handshake_get_time (handshake));
  g_assert_false (sio_handshake_is_secure (handshake));
  g_assert_cmpuint (json_object_get_size (sio_handshake_get_auth (handshake)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/server/many/" path, Many, NULL, set_up, test, tear_down)
  ADD ("acks", test_acks);
  ADD ("acks-of-all", test_acks_of_all);
  ADD ("acks-of-nobody", test_acks_of_nobody);
  ADD ("acks-in-part", test_acks_in_part);
  ADD ("acks-of-the-gone", test_acks_of_the_gone);
  ADD ("acks-cancelled", test_acks_cancelled);
  ADD ("other-servers", test_other_servers);
  ADD ("joining", test_joining);
  ADD ("socket-broadcast", test_socket_broadcast);
  ADD ("room-signals", test_room_signals);
  ADD ("fetch", test_fetch);
  ADD ("handshake", test_handshake);
  return g_test_run ();
}
