/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engineio/eio-server.h"
#include "server-fixture.h"

static void
on_disconnecting (SioSocket *socket, int reason, ServerFixture *fixture)
{
  log_word (fixture, "disconnecting:%s", sio_disconnect_reason_to_string (reason, FALSE));
}

static void
on_disconnected (SioSocket *socket, int reason, ServerFixture *fixture)
{
  g_assert_false (sio_socket_is_connected (socket));
  log_word (fixture, "disconnected:%s", sio_disconnect_reason_to_string (reason, FALSE));
}

static void
watch (ServerFixture *fixture, SioSocket *socket)
{
  g_signal_connect (socket, "disconnecting", G_CALLBACK (on_disconnecting), fixture);
  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), fixture);
}

static void
on_event (SioSocket *socket, const char *name, SioArgs *args, SioAck *ack, ServerFixture *fixture)
{
  log_word (fixture, "%s%s", name, sio_args_get_json (args));
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, ServerFixture *fixture)
{
  log_word (fixture, "connection:%s", sio_namespace_get_name (nsp));
  g_assert_true (sio_socket_is_connected (socket));
  g_signal_connect (socket, "event", G_CALLBACK (on_event), fixture);
}

static void
test_events (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  g_signal_connect (fixture->nsp, "connection", G_CALLBACK (on_connection), fixture);
  peer_send (peer, "40");
  peer_send (peer, "42[\"a\",1,{\"b\":[]}]");
  peer_send (peer, "42[\"__proto__\"]");
  peer_send (peer, "42[7]");
  expect_log (fixture, "connection:/ a[1,{\"b\":[]}] __proto__[] 7[]");
  peer_expect (peer, "40{\"sid\":\"????????????????????\"}");
}

static void
on_greet (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  log_word (fixture, "greet:%s", sio_args_get_string (args, 0));
}

static void
test_handlers (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  sio_socket_on (socket, "greet", on_greet, fixture, NULL);
  peer_send (peer, "42[\"other\",\"x\"]");
  peer_send (peer, "42[\"greet\",\"y\"]");
  expect_log (fixture, "greet:y");
}

static void
test_auth (ServerFixture *fixture, gconstpointer unused)
{
  Peer *with = peer_open (fixture);
  Peer *without = peer_open (fixture);
  SioSocket *socket = peer_join (without, "/");
  g_autofree char *reply = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_null (sio_socket_get_auth (socket));
  peer_send (with, "40{\"token\":\"abc\"}");
  reply = peer_next (with);
  parts = g_strsplit (reply, "\"", -1);
  socket = sio_namespace_get_socket (fixture->nsp, parts[3]);
  g_assert_cmpstr (json_object_get_string_member (sio_socket_get_auth (socket), "token"), ==,
                   "abc");
}

static void
test_namespaces (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *main_socket = peer_join (peer, "/");
  SioSocket *other;

  sio_server_of (fixture->server, "other");
  other = peer_join (peer, "/other");
  g_assert_cmpstr (sio_socket_get_engine_id (main_socket), ==, sio_socket_get_engine_id (other));
  g_assert_cmpstr (sio_socket_get_id (main_socket), !=, sio_socket_get_id (other));
  peer_send (peer, "40/none,");
  peer_expect (peer, "44/none,{\"message\":\"Invalid namespace\"}");
  peer_send (peer, "40/none?x=1,");
  peer_expect (peer, "44/none?x=1,{\"message\":\"Invalid namespace\"}");
  sio_socket_emit (other, "a", NULL);
  peer_expect (peer, "42/other,[\"a\"]");
  sio_namespace_emit (fixture->nsp, "b", NULL);
  peer_expect (peer, "42[\"b\"]");
}

/* Each of these ends the connection, and the socket with it. */
static const char *const breaches[] = {
  "40",
  "44{\"message\":\"x\"}",
  "42/other,[\"a\"]",
  "41{}",
  "4",
  "47",
  "4abc",
  "42",
  "42[]",
  "42[\"disconnect\"]",
  "42[\"a\"]x",
  "451[\"a\"]",
  "4511-[\"a\"]",
  "451-[\"a\",{\"_placeholder\":true,\"num\":1}]",
  "431{}",
  "42[\"a\",1e999]",
};

static void
test_breaches (ServerFixture *fixture, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (breaches); i++)
    {
      Peer *peer = peer_open (fixture);

      g_test_message ("%s", breaches[i]);
      watch (fixture, peer_join (peer, "/"));
      peer_send (peer, breaches[i]);
      expect_log (fixture, "disconnecting:forced close disconnected:forced close");
      peer_expect (peer, "closed");
    }
}

static void
test_unannounced_binary (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  watch (fixture, peer_join (peer, "/"));
  peer_send_bytes (peer, "x");
  expect_log (fixture, "disconnecting:forced close disconnected:forced close");
  peer_expect (peer, "closed");
}

static void
test_client_leaves (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *first = peer_join (peer, "/");
  g_autofree char *id = g_strdup (sio_socket_get_id (first));

  watch (fixture, first);
  peer_send (peer, "41");
  expect_log (fixture,
              "disconnecting:client namespace disconnect disconnected:client namespace disconnect");
  g_assert_cmpstr (sio_socket_get_id (peer_join (peer, "/")), !=, id);
}

static void
test_client_goes (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  watch (fixture, peer_join (peer, "/"));
  peer_close (peer);
  expect_log (fixture, "disconnecting:transport close disconnected:transport close");
}

static void
test_server_disconnects (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket;
  SioSocket *other;

  sio_server_of (fixture->server, "/other");
  other = peer_join (peer, "/other");
  socket = peer_join (peer, "/");
  watch (fixture, socket);
  g_object_ref (socket);
  sio_socket_disconnect (socket, FALSE);
  expect_log (fixture,
              "disconnecting:server namespace disconnect disconnected:server namespace disconnect");
  g_assert_null (sio_socket_get_engine (socket));
  sio_socket_emit (socket, "late", NULL);
  sio_socket_join (socket, "late");
  sio_socket_disconnect (socket, TRUE);
  g_assert_finalize_object (socket);
  peer_expect (peer, "41");
  /* What was under way is no breach: the other namespace lives. */
  peer_send (peer, "42[\"late\"]");
  peer_send (peer, "40");
  peer_expect (peer, "40{*");
  sio_socket_emit (other, "a", NULL);
  peer_expect (peer, "42/other,[\"a\"]");
}

static void
test_server_closes_connection (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket;

  sio_server_of (fixture->server, "/other");
  watch (fixture, peer_join (peer, "/other"));
  socket = peer_join (peer, "/");
  sio_socket_disconnect (socket, TRUE);
  expect_log (fixture,
              "disconnecting:server namespace disconnect disconnected:server namespace disconnect");
  peer_expect (peer, "41/other,");
  peer_expect (peer, "41");
  peer_expect (peer, "closed");
}

static void
test_server_shuts_down (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  watch (fixture, peer_join (peer, "/"));
  sio_server_close (fixture->server);
  expect_log (fixture, "disconnecting:server shutting down disconnected:server shutting down");
  peer_expect (peer, "closed");
}

static void
on_hang_up (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer unused)
{
  sio_socket_disconnect (socket, TRUE);
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GBytes **)user_data = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
}

static gboolean
is_there (gpointer response)
{
  return *(GBytes **)response != NULL;
}

/* A poll, or with a payload a post. The response comes by and by. */
static void
poll (ServerFixture *fixture, const char *sid, const char *payload, GBytes **response)
{
  g_autofree char *uri
      = g_strdup_printf ("http://127.0.0.1:%u/socket.io/?EIO=4&transport=polling%s%s",
                         eio_server_get_port (sio_server_get_engine (fixture->server)),
                         sid != NULL ? "&sid=" : "", sid != NULL ? sid : "");
  g_autoptr (SoupMessage) message = soup_message_new (payload != NULL ? "POST" : "GET", uri);
  g_autoptr (GBytes) body = payload != NULL ? g_bytes_new (payload, strlen (payload)) : NULL;

  *response = NULL;
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "text/plain", body);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    on_response, response);
}

static char *
take_response (GBytes **response)
{
  gsize length;
  const char *text;
  char *copy;

  wait_for (is_there, response);
  text = g_bytes_get_data (*response, &length);
  copy = g_strndup (text, length);
  g_clear_pointer (response, g_bytes_unref);
  return copy;
}

static void
expect_response (GBytes **response, const char *expected)
{
  g_autofree char *text = take_response (response);

  g_assert_cmpstr (text, ==, expected);
}

/* The reference's client only hears of the disconnection when the close packet does not come with
 * it, whether a poll waits when it is said or not. */
static void
test_polling_farewell (ServerFixture *fixture, gconstpointer polls_before)
{
  GBytes *get, *post;
  g_autofree char *open = NULL;
  g_autofree char *connected = NULL;
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) ids = NULL;

  poll (fixture, NULL, NULL, &get);
  open = take_response (&get);
  parts = g_strsplit (open, "\"", -1);
  poll (fixture, parts[3], "40", &post);
  expect_response (&post, "ok");
  poll (fixture, parts[3], NULL, &get);
  connected = take_response (&get);
  ids = g_strsplit (connected, "\"", -1);
  sio_socket_on (sio_namespace_get_socket (fixture->nsp, ids[3]), "hang-up", on_hang_up, NULL,
                 NULL);

  get = NULL;
  if (polls_before != NULL)
    poll (fixture, parts[3], NULL, &get);
  poll (fixture, parts[3], "42[\"hang-up\"]", &post);
  expect_response (&post, "ok");
  if (polls_before == NULL)
    poll (fixture, parts[3], NULL, &get);
  expect_response (&get, "41");
  poll (fixture, parts[3], NULL, &get);
  expect_response (&get, "6\x1e"
                         "1");
}

static void
test_connect_timeout (ServerFixture *fixture, gconstpointer unused)
{
  Peer *idle, *joined;

  joined = peer_open (fixture);
  peer_join (joined, "/");
  g_object_set (fixture->server, "connect-timeout", 100, NULL);
  idle = peer_open (fixture);
  peer_expect (idle, "closed");
  sio_namespace_emit (fixture->nsp, "a", NULL);
  peer_expect (joined, "42[\"a\"]");
}

static void
test_attachment_timeout (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  g_object_set (fixture->server, "attachment-timeout", 100, NULL);
  peer_join (peer, "/");
  peer_send (peer, "451-[\"a\"]");
  peer_expect (peer, "closed");
}

static void
test_limits (ServerFixture *fixture, gconstpointer unused)
{
  static const char *const over[]
      = { "4299[\"a\"]",        "42[\"abcde\"]",   "42[1]",
          "42[\"a\",[[[[]]]]]", "4511-[\"a\"]",    "42[\"a\",{\"k\":1,\"k\":2}]",
          "40/abcdefgh,",       "42[\"\xc3\xa9\"]" };

  g_object_set (fixture->server, "max-ack-id", G_GUINT64_CONSTANT (98), "max-event-name", 4,
                "numeric-events", FALSE, "max-depth", 4, "max-attachments", 1, "unique-keys", TRUE,
                "max-namespace-name", 8, "plain-names", TRUE, "max-auth", 32, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (over); i++)
    {
      Peer *peer = peer_open (fixture);

      g_test_message ("%s", over[i]);
      peer_send (peer, "40{\"token\":\"much longer than 32 bytes\"}");
      peer_expect (peer, "44{\"message\":\"Auth too large\"}");
      peer_join (peer, "/");
      peer_send (peer, "4298[\"abcd\",[[[]]],{\"k\":1,\"l\":2}]");
      peer_send (peer, over[i]);
      peer_expect (peer, "closed");
    }
}

static void
test_max_namespaces (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer;

  g_object_set (fixture->server, "max-namespaces", 2, NULL);
  peer = peer_open (fixture);
  peer_send (peer, "40/a,");
  peer_expect (peer, "44/a,*");
  peer_send (peer, "40/b,");
  peer_expect (peer, "44/b,*");
  peer_send (peer, "40/c,");
  peer_expect (peer, "closed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/server/session/" path, ServerFixture, NULL, server_fixture_set_up, test,           \
              server_fixture_tear_down)
  ADD ("events", test_events);
  ADD ("handlers", test_handlers);
  ADD ("auth", test_auth);
  ADD ("namespaces", test_namespaces);
  ADD ("breaches", test_breaches);
  ADD ("unannounced-binary", test_unannounced_binary);
  ADD ("client-leaves", test_client_leaves);
  ADD ("client-goes", test_client_goes);
  ADD ("server-disconnects", test_server_disconnects);
  ADD ("server-closes-connection", test_server_closes_connection);
  ADD ("server-shuts-down", test_server_shuts_down);
  ADD ("polling-farewell/no-poll", test_polling_farewell);
  g_test_add ("/server/session/polling-farewell/poll", ServerFixture, "poll", server_fixture_set_up,
              test_polling_farewell, server_fixture_tear_down);
  ADD ("connect-timeout", test_connect_timeout);
  ADD ("attachment-timeout", test_attachment_timeout);
  ADD ("limits", test_limits);
  ADD ("max-namespaces", test_max_namespaces);
  return g_test_run ();
}
