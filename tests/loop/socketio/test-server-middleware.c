/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

static void
on_connection (SioNamespace *nsp, SioSocket *socket, ServerFixture *fixture)
{
  log_word (fixture, "connection");
}

/* Accepts; user_data is a word for the log, the fixture is the namespace's data. */
static void
pass (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer word)
{
  g_assert_false (sio_socket_is_connected (socket));
  log_word (g_object_get_data (G_OBJECT (nsp), "fixture"), "%s", (char *)word);
  sio_next_accept (next);
  sio_next_accept (next);
  sio_next_reject (next, "too late", NULL);
}

static void
refuse (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer with_data)
{
  g_autoptr (JsonNode) data = with_data != NULL ? json_node_init_int (json_node_alloc (), 7) : NULL;

  sio_next_reject (next, "go \"away\"", data);
  sio_next_accept (next);
}

static void
keep (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer kept)
{
  sio_socket_join (socket, "room");
  g_ptr_array_add (kept, sio_next_ref (next));
}

static gboolean
is_kept (gpointer kept)
{
  return ((GPtrArray *)kept)->len > 0;
}

static void
set_up (ServerFixture *fixture, gconstpointer unused)
{
  server_fixture_set_up (fixture, NULL);
  g_object_set_data (G_OBJECT (fixture->nsp), "fixture", fixture);
  g_signal_connect (fixture->nsp, "connection", G_CALLBACK (on_connection), fixture);
}

static void
test_order (ServerFixture *fixture, gconstpointer unused)
{
  sio_namespace_use (fixture->nsp, pass, (gpointer) "first", NULL);
  sio_namespace_use (fixture->nsp, pass, (gpointer) "second", NULL);
  peer_join (peer_open (fixture), "/");
  expect_log (fixture, "first second connection");
}

static void
test_refusal (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_namespace_use (fixture->nsp, pass, (gpointer) "first", NULL);
  sio_namespace_use (fixture->nsp, refuse, NULL, NULL);
  sio_namespace_use (fixture->nsp, pass, (gpointer) "never", NULL);
  peer_send (peer, "40");
  peer_expect (peer, "44{\"message\":\"go \\\"away\\\"\"}");
  expect_log (fixture, "first");
  /* The connection lives, and may ask again. */
  peer_send (peer, "40");
  peer_expect (peer, "44*");
  expect_log (fixture, "first");
  g_assert_cmpuint (sio_namespace_get_n_sockets (fixture->nsp), ==, 0);
}

static void
test_refusal_with_data (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_namespace_use (sio_server_of (fixture->server, "/n"), refuse, fixture, NULL);
  peer_send (peer, "40/n,");
  peer_expect (peer, "44/n,{\"message\":\"go \\\"away\\\"\",\"data\":7}");
}

static void
test_later (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_next_unref);
  g_autoptr (SioBroadcast) room = sio_namespace_to (fixture->nsp, "room");

  sio_namespace_use (fixture->nsp, keep, kept, NULL);
  peer_send (peer, "40");
  wait_for (is_kept, kept);
  g_assert_cmpuint (sio_namespace_get_n_sockets (fixture->nsp), ==, 0);
  sio_broadcast_emit (room, "early", NULL);
  sio_next_accept (kept->pdata[0]);
  peer_expect (peer, "40{*");
  sio_broadcast_emit (room, "now", NULL);
  peer_expect (peer, "42[\"now\"]");
  expect_log (fixture, "connection");
}

static void
test_gone_meanwhile (ServerFixture *fixture, gconstpointer how)
{
  Peer *peer = peer_open (fixture);
  Peer *other = peer_open (fixture);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_next_unref);
  gboolean accepts = g_str_equal (how, "accept");

  sio_namespace_use (sio_server_of (fixture->server, "/slow"), keep, kept, NULL);
  peer_send (peer, "40/slow,");
  wait_for (is_kept, kept);
  /* A second CONNECT is a breach, and ends the connection. */
  peer_send (peer, "40/slow,");
  peer_expect (peer, "closed");
  if (accepts)
    sio_next_accept (kept->pdata[0]);
  else
    sio_next_reject (kept->pdata[0], "no", NULL);
  g_assert_cmpuint (sio_namespace_get_n_sockets (sio_server_of (fixture->server, "/slow")), ==, 0);
  peer_join (other, "/");
  expect_log (fixture, "connection");
}

static void
on_destroy (gpointer fixture)
{
  log_word (fixture, "destroyed");
}

static void
pass_quietly (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer unused)
{
  sio_next_accept (next);
}

static void
test_destroy (ServerFixture *fixture, gconstpointer unused)
{
  sio_namespace_use (fixture->nsp, pass_quietly, fixture, on_destroy);
  peer_join (peer_open (fixture), "/");
  expect_log (fixture, "connection");
  g_clear_object (&fixture->server);
  expect_log (fixture, "destroyed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add ("/server/middleware/" path, ServerFixture, data, set_up, test,                       \
              server_fixture_tear_down)
  ADD ("order", NULL, test_order);
  ADD ("refusal", NULL, test_refusal);
  ADD ("refusal-with-data", NULL, test_refusal_with_data);
  ADD ("later", NULL, test_later);
  ADD ("gone-meanwhile/accept", "accept", test_gone_meanwhile);
  ADD ("gone-meanwhile/reject", "reject", test_gone_meanwhile);
  ADD ("destroy", NULL, test_destroy);
  return g_test_run ();
}
