/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clients that lose their connection and come back. */
#include "server-fixture.h"

typedef struct
{
  char *sid;
  char *pid;
} Ids;

static void
ids_clear (Ids *ids)
{
  g_free (ids->sid);
  g_free (ids->pid);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ids, ids_clear)

static void
on_disconnected (SioSocket *socket, SioDisconnectReason reason, ServerFixture *fixture)
{
  log_word (fixture, "out:%d", reason);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, ServerFixture *fixture)
{
  JsonNode *data = sio_socket_get_data (socket);

  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), fixture);
  if (sio_socket_is_recovered (socket))
    log_word (fixture, "back:%" G_GINT64_FORMAT, data != NULL ? json_node_get_int (data) : 0);
  else
    log_word (fixture, "in");
}

static void
set_up (ServerFixture *fixture, gconstpointer unused)
{
  server_fixture_set_up (fixture, NULL);
  g_object_set (fixture->server, "max-disconnection-duration", 60000, NULL);
  g_signal_connect (fixture->nsp, "connection", G_CALLBACK (on_connection), fixture);
}

static void
tear_down (ServerFixture *fixture, gconstpointer unused)
{
  g_signal_handlers_disconnect_by_data (fixture->nsp, fixture);
  sio_server_close (fixture->server);
  g_string_truncate (fixture->log, 0);
  server_fixture_tear_down (fixture, NULL);
}

static void
read_ids (Peer *peer, Ids *ids)
{
  g_autofree char *reply = peer_next (peer);
  g_auto (GStrv) parts = g_strsplit (reply, "\"", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 9);
  g_assert_cmpstr (parts[1], ==, "sid");
  g_assert_cmpstr (parts[5], ==, "pid");
  ids_clear (ids);
  ids->sid = g_strdup (parts[3]);
  ids->pid = g_strdup (parts[7]);
}

static SioSocket *
join (ServerFixture *fixture, Peer *peer, Ids *ids)
{
  peer_send (peer, "40");
  read_ids (peer, ids);
  expect_log (fixture, "in");
  return sio_namespace_get_socket (fixture->nsp, ids->sid);
}

/* The last string of an event. */
static char *
read_offset (Peer *peer, const char *begin)
{
  g_autofree char *event = peer_next (peer);
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_str_has_prefix (event, begin));
  parts = g_strsplit (event, "\"", -1);
  return g_strdup (parts[g_strv_length (parts) - 2]);
}

static void
leave (ServerFixture *fixture, Peer *peer)
{
  g_autofree char *expected = g_strdup_printf ("out:%d", SIO_DISCONNECT_TRANSPORT_CLOSE);

  peer_close (peer);
  expect_log (fixture, expected);
}

/* offset: nullable. */
static Peer *
come_back (ServerFixture *fixture, const Ids *ids, const char *offset)
{
  Peer *peer = peer_open (fixture);
  g_autofree char *text = NULL;

  if (offset != NULL)
    text = g_strdup_printf ("40{\"pid\":\"%s\",\"offset\":\"%s\",\"x\":1}", ids->pid, offset);
  else
    text = g_strdup_printf ("40{\"pid\":\"%s\"}", ids->pid);
  peer_send (peer, text);
  return peer;
}

static void
expect_same (Peer *peer, const Ids *ids)
{
  g_autofree char *expected
      = g_strdup_printf ("40{\"sid\":\"%s\",\"pid\":\"%s\"}", ids->sid, ids->pid);

  peer_expect (peer, expected);
}

static void
expect_new (ServerFixture *fixture, Peer *peer, const Ids *old)
{
  g_auto (Ids) ids = { NULL, NULL };

  read_ids (peer, &ids);
  g_assert_cmpstr (ids.sid, !=, old->sid);
  g_assert_cmpstr (ids.pid, !=, old->pid);
  expect_log (fixture, "in");
}

static void
emit_to (ServerFixture *fixture, const char *room, const char *event)
{
  g_autoptr (SioBroadcast) broadcast = sio_namespace_to (fixture->nsp, room);

  sio_broadcast_emit (broadcast, event, NULL);
}

static void
test_missed (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_auto (Ids) ids = { NULL, NULL };
  SioSocket *socket = join (fixture, peer, &ids);
  g_autoptr (SioBroadcast) others = NULL;
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), 7);
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autofree char *offset = NULL;

  sio_socket_join (socket, "room");
  sio_socket_set_data (socket, data);
  others = sio_socket_broadcast (socket);
  sio_socket_emit (socket, "mine", NULL);
  offset = read_offset (peer, "42[\"mine\",\"");
  leave (fixture, peer);

  sio_args_add_bytes (args, bytes);
  sio_namespace_emit (fixture->nsp, "all", args);
  emit_to (fixture, "room", "room");
  emit_to (fixture, "other", "other");
  emit_to (fixture, ids.sid, "id");
  sio_broadcast_emit (others, "others", NULL);
  peer = come_back (fixture, &ids, offset);
  peer_expect (peer, "451-[\"all\",{\"_placeholder\":true,\"num\":0},\"*\"]");
  peer_expect (peer, "b:x");
  peer_expect (peer, "42[\"room\",\"*\"]");
  peer_expect (peer, "42[\"id\",\"*\"]");
  expect_same (peer, &ids);
  expect_log (fixture, "back:7");

  socket = sio_namespace_get_socket (fixture->nsp, ids.sid);
  g_assert_cmpuint (json_object_get_size (sio_socket_get_auth (socket)), ==, 1);
  emit_to (fixture, "room", "now");
  peer_expect (peer, "42[\"now\",\"*\"]");
}

/* Acks and what is volatile have no offset, and are not made up for. */
static void
test_unlogged (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_auto (Ids) ids = { NULL, NULL };
  SioSocket *socket = join (fixture, peer, &ids);
  g_autoptr (SioBroadcast) volatiles = sio_namespace_broadcast (fixture->nsp);

  sio_broadcast_set_volatile (volatiles, TRUE);
  sio_broadcast_emit (volatiles, "v", NULL);
  peer_expect (peer, "42[\"v\"]");
  sio_socket_emit_volatile (socket, "w", NULL);
  peer_expect (peer, "42[\"w\"]");
  leave (fixture, peer);
  sio_broadcast_emit (volatiles, "v", NULL);
  peer = come_back (fixture, &ids, NULL);
  expect_same (peer, &ids);
  expect_log (fixture, "back:0");
}

/* Without an event that it has got, it gets all since it came. */
static void
test_no_offset (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_auto (Ids) ids = { NULL, NULL };

  sio_namespace_emit (fixture->nsp, "before", NULL);
  join (fixture, peer, &ids);
  leave (fixture, peer);
  sio_namespace_emit (fixture->nsp, "missed", NULL);
  peer = come_back (fixture, &ids, NULL);
  peer_expect (peer, "42[\"missed\",\"*\"]");
  expect_same (peer, &ids);
  expect_log (fixture, "back:0");
}

/* One session is for one client. */
static void
test_twice (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peers[2] = { peer_open (fixture), NULL };
  g_auto (Ids) ids = { NULL, NULL };
  g_autofree char *given_up = g_strdup_printf ("out:%d back:0", SIO_DISCONNECT_FORCED_CLOSE);

  join (fixture, peers[0], &ids);
  leave (fixture, peers[0]);
  peers[0] = come_back (fixture, &ids, NULL);
  expect_same (peers[0], &ids);
  expect_log (fixture, "back:0");
  /* The first is there still: it is taken for dead, and goes. */
  peers[1] = come_back (fixture, &ids, NULL);
  expect_same (peers[1], &ids);
  expect_log (fixture, given_up);
  peer_expect (peers[0], "closed");
  g_assert_cmpuint (sio_namespace_get_n_sockets (fixture->nsp), ==, 1);
  sio_namespace_emit (fixture->nsp, "a", NULL);
  peer_expect (peers[1], "42[\"a\",\"*\"]");
}

static void
test_unknown (ServerFixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = {
    "40{\"pid\":\"AAAAAAAAAAAAAAAAAAAA\"}",
    "40{\"pid\":\"AAAAAAAAAAAAAAAAAAAA\",\"offset\":\"1\"}",
    "40{\"pid\":1,\"offset\":[]}",
    "40{\"pid\":null}",
    "40{\"pid\":\"\",\"offset\":\"\"}",
    "40{\"offset\":\"x\"}",
  };
  Ids nobody = { (char *)"", (char *)"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Peer *peer = peer_open (fixture);

      peer_send (peer, texts[i]);
      expect_new (fixture, peer, &nobody);
    }
}

static void
test_wrong_offset (ServerFixture *fixture, gconstpointer unused)
{
  static const char *const offsets[]
      = { "", "1", "hello", "zzzzzz", "zzzzzz1", "ffffffffffffffffffffffff" };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      Peer *peer = peer_open (fixture);
      g_auto (Ids) ids = { NULL, NULL };

      join (fixture, peer, &ids);
      leave (fixture, peer);
      expect_new (fixture, come_back (fixture, &ids, offsets[i]), &ids);
    }
}

/* Whoever left does not come back. */
static void
test_left (ServerFixture *fixture, gconstpointer who)
{
  Peer *peer = peer_open (fixture);
  g_auto (Ids) ids = { NULL, NULL };
  SioSocket *socket = join (fixture, peer, &ids);
  gboolean client = g_str_equal (who, "client");
  g_autofree char *expected = g_strdup_printf (
      "out:%d", client ? SIO_DISCONNECT_CLIENT_NAMESPACE : SIO_DISCONNECT_SERVER_NAMESPACE);

  if (client)
    peer_send (peer, "41");
  else
    sio_socket_disconnect (socket, FALSE);
  expect_log (fixture, expected);
  expect_new (fixture, come_back (fixture, &ids, NULL), &ids);
}

/* Too much has happened. */
static void
test_bounds (ServerFixture *fixture, gconstpointer property)
{
  Peer *peers[2] = { peer_open (fixture), peer_open (fixture) };
  g_auto (Ids) first = { NULL, NULL };
  g_auto (Ids) second = { NULL, NULL };
  gboolean counts_sessions = g_str_equal (property, "recovery-max-sessions");
  g_autofree char *letters = g_strnfill (2000, 'x');
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_string (args, letters);
  g_object_set (fixture->server, property, g_str_equal (property, "recovery-max-bytes") ? 8000 : 1,
                NULL);
  join (fixture, peers[0], &first);
  join (fixture, peers[1], &second);
  leave (fixture, peers[0]);
  leave (fixture, peers[1]);
  for (guint i = 0; i < 2 && !counts_sessions; i++)
    sio_namespace_emit (fixture->nsp, "a", args);
  expect_new (fixture, come_back (fixture, &first, NULL), &first);
  if (counts_sessions)
    {
      expect_same (come_back (fixture, &second, NULL), &second);
      expect_log (fixture, "back:0");
    }
}

static void
keep (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer kept)
{
  g_ptr_array_add (kept, sio_next_ref (next));
}

static gboolean
is_kept (gpointer kept)
{
  return ((GPtrArray *)kept)->len > 0;
}

/* What is sent while they think is missed by nobody; and who goes meanwhile may try again. */
static void
test_middlewares (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_auto (Ids) ids = { NULL, NULL };
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_next_unref);

  join (fixture, peer, &ids);
  leave (fixture, peer);
  g_object_set (fixture->server, "recovery-skips-middlewares", FALSE, NULL);
  sio_namespace_use (fixture->nsp, keep, kept, NULL);
  peer = come_back (fixture, &ids, NULL);
  wait_for (is_kept, kept);
  peer_send (peer, "40");
  peer_expect (peer, "closed");
  sio_next_accept (kept->pdata[0]);
  g_ptr_array_set_size (kept, 0);

  peer = come_back (fixture, &ids, NULL);
  wait_for (is_kept, kept);
  sio_namespace_emit (fixture->nsp, "meanwhile", NULL);
  sio_next_accept (kept->pdata[0]);
  peer_expect (peer, "42[\"meanwhile\",\"*\"]");
  expect_same (peer, &ids);
  expect_log (fixture, "back:0");
}

static gboolean
is_over (gpointer socket)
{
  return !sio_socket_is_connected (socket);
}

static void
test_expiry (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_auto (Ids) ids = { NULL, NULL };
  g_autofree char *expected = g_strdup_printf ("out:%d", SIO_DISCONNECT_TRANSPORT_CLOSE);
  g_autoptr (SioSocket) socket = NULL;
  int64_t end;

  g_object_set (fixture->server, "max-disconnection-duration", 20, NULL);
  socket = g_object_ref (join (fixture, peer, &ids));
  peer_close (peer);
  wait_for (is_over, socket);
  expect_log (fixture, expected);
  end = g_get_monotonic_time () + 60000;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  expect_new (fixture, come_back (fixture, &ids, NULL), &ids);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add ("/server/recovery/" path, ServerFixture, data, set_up, test, tear_down)
  ADD ("missed", NULL, test_missed);
  ADD ("unlogged", NULL, test_unlogged);
  ADD ("no-offset", NULL, test_no_offset);
  ADD ("twice", NULL, test_twice);
  ADD ("unknown", NULL, test_unknown);
  ADD ("wrong-offset", NULL, test_wrong_offset);
  ADD ("left/client", "client", test_left);
  ADD ("left/server", "server", test_left);
  ADD ("bounds/packets", "recovery-max-packets", test_bounds);
  ADD ("bounds/bytes", "recovery-max-bytes", test_bounds);
  ADD ("bounds/sessions", "recovery-max-sessions", test_bounds);
  ADD ("middlewares", NULL, test_middlewares);
  ADD ("expiry", NULL, test_expiry);
  return g_test_run ();
}
