/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands between the wire and the handlers. */
#include "server-fixture.h"

static void
on_a (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  log_word (fixture, "a%s", sio_args_get_json (args));
  if (ack != NULL)
    sio_ack_send (ack, args);
}

static void
on_event (SioSocket *socket, const char *name, SioArgs *args, SioAck *ack, ServerFixture *fixture)
{
  log_word (fixture, "any");
}

static void
on_error (SioSocket *socket, const char *message, JsonNode *data, ServerFixture *fixture)
{
  log_word (fixture, "%s:%" G_GINT64_FORMAT, message, data != NULL ? json_node_get_int (data) : 0);
}

static void
pass (SioSocket *socket, const char *event, SioArgs *args, SioNext *next, gpointer fixture)
{
  log_word (fixture, "pass");
  sio_next_accept (next);
}

/* Only events with arguments. */
static void
judge (SioSocket *socket, const char *event, SioArgs *args, SioNext *next, gpointer fixture)
{
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), 7);

  if (sio_args_get_size (args) > 0)
    sio_next_accept (next);
  else
    sio_next_reject (next, event, data);
}

static void
test_middlewares (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  g_signal_connect (socket, "event", G_CALLBACK (on_event), fixture);
  g_signal_connect (socket, "error", G_CALLBACK (on_error), fixture);
  sio_socket_on (socket, "a", on_a, fixture, NULL);
  sio_socket_use (socket, pass, fixture, NULL);
  sio_socket_use (socket, judge, fixture, NULL);
  peer_send (peer, "425[\"a\",1]");
  expect_log (fixture, "any pass a[1]");
  peer_expect (peer, "435[1]");
  peer_send (peer, "426[\"a\"]");
  expect_log (fixture, "any pass a:7");
}

static void
keep (SioSocket *socket, const char *event, SioArgs *args, SioNext *next, gpointer kept)
{
  g_ptr_array_add (kept, sio_next_ref (next));
}

static gboolean
has_two (gpointer kept)
{
  return ((GPtrArray *)kept)->len == 2;
}

static void
on_destroy (gpointer fixture)
{
  log_word (fixture, "destroyed");
}

static void
test_later (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_autoptr (SioSocket) socket = g_object_ref (peer_join (peer, "/"));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_next_unref);

  sio_socket_on (socket, "a", on_a, fixture, NULL);
  sio_socket_use (socket, keep, kept, NULL);
  peer_send (peer, "420[\"a\",1]");
  peer_send (peer, "421[\"a\",2]");
  wait_for (has_two, kept);
  sio_next_accept (kept->pdata[1]);
  peer_expect (peer, "431[2]");
  sio_socket_disconnect (socket, FALSE);
  sio_next_accept (kept->pdata[0]);
  expect_log (fixture, "a[2]");
  /* Nobody would ever let go of it. */
  sio_socket_use (socket, pass, fixture, on_destroy);
  expect_log (fixture, "destroyed");
}

static void
on_outgoing (SioSocket *socket, const char *event, SioArgs *args, gpointer fixture)
{
  log_word (fixture, "%s%s", event, sio_args_get_json (args));
}

static void
test_outgoing (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_int (args, 1);
  sio_socket_on_outgoing (socket, on_outgoing, fixture, on_destroy);
  sio_socket_on (socket, "a", on_a, fixture, NULL);
  sio_socket_emit (socket, "one", args);
  sio_namespace_emit (fixture->nsp, "all", NULL);
  sio_socket_emit_volatile (socket, "last", NULL);
  peer_send (peer, "420[\"a\"]");
  peer_expect (peer, "42[\"one\",1]");
  peer_expect (peer, "42[\"all\"]");
  peer_expect (peer, "42[\"last\"]");
  peer_expect (peer, "430[]");
  /* Not the ack. */
  expect_log (fixture, "one[1] all[] last[] a[]");
  sio_socket_on_outgoing (socket, NULL, NULL, NULL);
  expect_log (fixture, "destroyed");
}

static void
on_outgoing_leave (SioSocket *socket, const char *event, SioArgs *args, gpointer unused)
{
  sio_socket_disconnect (socket, TRUE);
}

static void
test_outgoing_ends (ServerFixture *fixture, gconstpointer how)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  sio_socket_on_outgoing (socket, on_outgoing_leave, NULL, NULL);
  if (g_str_equal (how, "emit"))
    sio_socket_emit (socket, "never", NULL);
  else
    sio_namespace_emit (fixture->nsp, "never", NULL);
  peer_expect (peer, "41");
  peer_expect (peer, "closed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add ("/server/packets/" path, ServerFixture, data, server_fixture_set_up, test,           \
              server_fixture_tear_down)
  ADD ("middlewares", NULL, test_middlewares);
  ADD ("later", NULL, test_later);
  ADD ("outgoing", NULL, test_outgoing);
  ADD ("outgoing-ends/emit", "emit", test_outgoing_ends);
  ADD ("outgoing-ends/broadcast", "broadcast", test_outgoing_ends);
  return g_test_run ();
}
