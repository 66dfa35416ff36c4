/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Namespaces that come into being when somebody asks for them. */
#include "server-fixture.h"

static void
on_connection (SioNamespace *nsp, SioSocket *socket, ServerFixture *fixture)
{
  log_word (fixture, "in:%s", sio_namespace_get_name (sio_socket_get_namespace (socket)));
}

static void
on_new_namespace (SioServer *server, SioNamespace *nsp, ServerFixture *fixture)
{
  log_word (fixture, "new:%s", sio_namespace_get_name (nsp));
}

static SioNamespace *
add_pattern (ServerFixture *fixture, const char *text)
{
  g_autoptr (GRegex) pattern = g_regex_new (text, 0, 0, NULL);
  SioNamespace *parent = sio_server_of_pattern (fixture->server, pattern);

  g_signal_connect (parent, "connection", G_CALLBACK (on_connection), fixture);
  return parent;
}

static void
set_up (ServerFixture *fixture, gconstpointer unused)
{
  server_fixture_set_up (fixture, NULL);
  g_signal_connect (fixture->server, "new-namespace", G_CALLBACK (on_new_namespace), fixture);
}

static void
ask (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer fixture)
{
  log_word (fixture, "ask:%s", sio_namespace_get_name (nsp));
  if (sio_socket_get_auth (socket) != NULL)
    sio_next_reject (next, "no", NULL);
  else
    sio_next_accept (next);
}

static void
test_pattern (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  SioNamespace *parent = add_pattern (fixture, "^/dynamic-\\d+$");
  g_autoptr (SioBroadcast) room = sio_namespace_to (parent, "room");

  sio_namespace_use (parent, ask, fixture, NULL);
  sio_socket_join (peer_join (peers[0], "/dynamic-1"), "room");
  expect_log (fixture, "new:/dynamic-1 ask:/dynamic-1 in:/dynamic-1");
  peer_join (peers[1], "/dynamic-1");
  expect_log (fixture, "ask:/dynamic-1 in:/dynamic-1");
  peer_send (peers[1], "40/dynamic-x,");
  peer_expect (peers[1], "44/dynamic-x,{\"message\":\"Invalid namespace\"}");
  /* All children hear what is said to the parent. */
  sio_socket_join (peer_join (peers[1], "/dynamic-2"), "room");
  expect_log (fixture, "new:/dynamic-2 ask:/dynamic-2 in:/dynamic-2");
  sio_namespace_emit (parent, "all", NULL);
  peer_expect (peers[0], "42/dynamic-1,[\"all\"]");
  for (guint i = 0; i < 2; i++)
    peer_expect (peers[1], "42/dynamic-?,[\"all\"]");
  sio_broadcast_emit (room, "room", NULL);
  peer_expect (peers[0], "42/dynamic-1,[\"room\"]");
  peer_expect (peers[1], "42/dynamic-2,[\"room\"]");
  sio_broadcast_disconnect_sockets (room, FALSE);
  peer_expect (peers[0], "41/dynamic-1,");
  peer_expect (peers[1], "41/dynamic-2,");
}

static void
test_of (ServerFixture *fixture, gconstpointer unused)
{
  SioNamespace *parent = add_pattern (fixture, "^/a");
  SioNamespace *child = sio_server_of (fixture->server, "abc");
  Peer *peer = peer_open (fixture);

  g_assert_true (parent != child);
  g_assert_true (sio_server_of (fixture->server, "/abc") == child);
  peer_join (peer, "/abc");
  expect_log (fixture, "new:/abc in:/abc");
  sio_namespace_emit (parent, "all", NULL);
  peer_expect (peer, "42/abc,[\"all\"]");
}

static void
test_clean_up (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioNamespace *parent = add_pattern (fixture, "^/a");
  g_autoptr (SioNamespace) child = NULL;

  g_object_set (fixture->server, "cleanup-empty-child-namespaces", TRUE, "max-child-namespaces", 1,
                NULL);
  sio_namespace_use (parent, ask, fixture, NULL);
  peer_join (peer, "/a");
  child = g_object_ref (sio_server_of (fixture->server, "/a"));
  expect_log (fixture, "new:/a ask:/a in:/a");
  peer_send (peer, "40/ab,");
  peer_expect (peer, "44/ab,{\"message\":\"Invalid namespace\"}");
  peer_send (peer, "41/a,");
  peer_send (peer, "40/ab,");
  peer_expect (peer, "40/ab,*");
  expect_log (fixture, "new:/ab ask:/ab in:/ab");
  g_assert_null (sio_adapter_get_namespace (sio_namespace_get_adapter (child)));
  /* Said to nobody. */
  sio_namespace_emit (child, "x", NULL);
  /* A refusal leaves nothing behind either. */
  peer_send (peer, "41/ab,");
  for (guint i = 0; i < 2; i++)
    {
      peer_send (peer, "40/ac,{\"x\":1}");
      peer_expect (peer, "44/ac,{\"message\":\"no\"}");
      expect_log (fixture, "new:/ac ask:/ac");
    }
}

static void
decide (const char *name, JsonNode *auth, SioNext *next, gpointer kept)
{
  g_ptr_array_add (kept, sio_next_ref (next));
}

static gboolean
has_two (gpointer kept)
{
  return ((GPtrArray *)kept)->len == 2;
}

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

/* Two ask for the same name before it is decided: one namespace comes of it. */
static void
test_func (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_next_unref);

  sio_server_of_func (fixture->server, decide, g_ptr_array_ref (kept), unref_array);
  for (guint i = 0; i < 2; i++)
    peer_send (peers[i], "40/later,{\"token\":1}");
  wait_for (has_two, kept);
  sio_next_accept (kept->pdata[0]);
  sio_next_accept (kept->pdata[1]);
  sio_next_reject (kept->pdata[1], "again", NULL);
  for (guint i = 0; i < 2; i++)
    peer_expect (peers[i], "40/later,*");
  expect_log (fixture, "new:/later");
  g_ptr_array_set_size (kept, 0);
}

/* A rule that refuses leaves it to the next; who has gone is not let in. */
static void
test_rules (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_next_unref);

  sio_server_of_func (fixture->server, decide, kept, NULL);
  add_pattern (fixture, "^/known$");
  peer_send (peers[0], "40/known,");
  peer_send (peers[1], "40/other,");
  wait_for (has_two, kept);
  sio_next_reject (kept->pdata[0], "no", NULL);
  sio_next_reject (kept->pdata[1], "no", NULL);
  peer_expect (peers[0], "40/known,*");
  peer_expect (peers[1], "44/other,{\"message\":\"Invalid namespace\"}");
  expect_log (fixture, "new:/known in:/known");
  g_ptr_array_set_size (kept, 0);
  peer_send (peers[0], "40/late,");
  peer_send (peers[1], "40/late,");
  wait_for (has_two, kept);
  peer_send (peers[0], "42/late,[\"a\"]");
  peer_expect (peers[0], "closed");
  peer_send (peers[1], "40/late,");
  peer_expect (peers[1], "closed");
  sio_next_accept (kept->pdata[0]);
  sio_next_accept (kept->pdata[1]);
}

static void
on_answers (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) responses = NULL;

  sio_broadcast_emit_with_ack_finish (result, &responses, &error);
  for (guint i = 0; i < responses->len; i++)
    log_word (fixture, "%s", sio_args_get_json (responses->pdata[i]));
  log_word (fixture, "%s", error != NULL ? error->message : "all");
}

/* The answers of all children together. */
static void
test_acks (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  SioNamespace *parent = add_pattern (fixture, "^/d-\\d+$");
  g_autoptr (SioBroadcast) all = sio_namespace_broadcast (parent);

  sio_broadcast_emit_with_ack_async (all, "ask", NULL, NULL, on_answers, fixture);
  expect_log (fixture, "all");
  peer_join (peers[0], "/d-1");
  peer_join (peers[1], "/d-2");
  expect_log (fixture, "new:/d-1 in:/d-1 new:/d-2 in:/d-2");
  for (guint i = 0; i < 2; i++)
    {
      sio_broadcast_set_local (all, i == 1);
      sio_broadcast_emit_with_ack_async (all, "ask", NULL, NULL, on_answers, fixture);
      peer_expect (peers[0], i == 0 ? "42/d-1,0[\"ask\"]" : "42/d-1,1[\"ask\"]");
      peer_expect (peers[1], i == 0 ? "42/d-2,0[\"ask\"]" : "42/d-2,1[\"ask\"]");
      peer_send (peers[0], i == 0 ? "43/d-1,0[1]" : "43/d-1,1[1]");
      peer_send (peers[1], i == 0 ? "43/d-2,0[1]" : "43/d-2,1[1]");
      expect_log (fixture, "[1] [1] all");
    }
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sockets = sio_broadcast_fetch_sockets_finish (result, &error);

  g_assert_no_error (error);
  log_word (fixture, "%u", sockets->len);
}

/* A parent's sockets are those of its children. */
static void
test_sockets (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  SioNamespace *parent = add_pattern (fixture, "^/d-\\d+$");
  g_autoptr (SioBroadcast) all = sio_namespace_broadcast (parent);
  g_autoptr (SioBroadcast) room = sio_namespace_to (parent, "room");
  SioSocket *socket;

  sio_broadcast_fetch_sockets_async (all, NULL, on_fetched, fixture);
  expect_log (fixture, "0");
  g_assert_cmpuint (sio_namespace_get_n_sockets (parent), ==, 0);
  peer_join (peers[0], "/d-1");
  socket = peer_join (peers[1], "/d-2");
  expect_log (fixture, "new:/d-1 in:/d-1 new:/d-2 in:/d-2");
  g_assert_cmpuint (sio_namespace_get_n_sockets (parent), ==, 2);
  g_assert_true (sio_namespace_get_socket (parent, sio_socket_get_id (socket)) == socket);
  g_assert_null (sio_namespace_get_socket (parent, "nobody"));
  sio_broadcast_fetch_sockets_async (all, NULL, on_fetched, fixture);
  expect_log (fixture, "2");
  sio_socket_join (socket, "room");
  sio_broadcast_fetch_sockets_async (room, NULL, on_fetched, fixture);
  expect_log (fixture, "1");
}

/* Nobody answers. */
static void
test_acks_missing (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  SioNamespace *parent = add_pattern (fixture, "^/d-\\d+$");
  g_autoptr (SioBroadcast) all = sio_namespace_broadcast (parent);

  peer_join (peers[0], "/d-1");
  peer_join (peers[1], "/d-2");
  expect_log (fixture, "new:/d-1 in:/d-1 new:/d-2 in:/d-2");
  sio_broadcast_set_timeout (all, 200);
  sio_broadcast_emit_with_ack_async (all, "ask", NULL, NULL, on_answers, fixture);
  expect_log (fixture, "operation has timed out");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/server/dynamic/" path, ServerFixture, NULL, set_up, test, server_fixture_tear_down)
  ADD ("pattern", test_pattern);
  ADD ("of", test_of);
  ADD ("clean-up", test_clean_up);
  ADD ("func", test_func);
  ADD ("rules", test_rules);
  ADD ("acks", test_acks);
  ADD ("acks-missing", test_acks_missing);
  ADD ("sockets", test_sockets);
  return g_test_run ();
}
