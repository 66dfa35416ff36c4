/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

static void
on_acked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) args = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);

  if (args != NULL)
    log_word (user_data, "%s", sio_args_get_json (args));
  else
    log_word (user_data, "%s:%d", g_quark_to_string (error->domain), error->code);
}

static void
ask (ServerFixture *fixture, SioSocket *socket, guint timeout_ms, GCancellable *cancellable)
{
  sio_socket_emit_with_ack_async (socket, "ask", NULL, timeout_ms, cancellable, on_acked, fixture);
}

static void
test_answers (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  ask (fixture, socket, 60000, NULL);
  ask (fixture, socket, 60000, NULL);
  peer_expect (peer, "420[\"ask\"]");
  peer_expect (peer, "421[\"ask\"]");
  /* Ids that nobody waits for, an answer without one, and one that comes twice. */
  peer_send (peer, "43999[1]");
  peer_send (peer, "43[1]");
  peer_send (peer, "431[\"second\",2]");
  peer_send (peer, "431[\"again\"]");
  peer_send (peer, "430[]");
  expect_log (fixture, "[\"second\",2] []");
}

static void
test_binary_answer (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  ask (fixture, peer_join (peer, "/"), 60000, NULL);
  peer_expect (peer, "420[\"ask\"]");
  peer_send (peer, "461-0[{\"_placeholder\":true,\"num\":0}]");
  peer_send_bytes (peer, "x");
  expect_log (fixture, "[{\"_placeholder\":true,\"num\":0}]");
}

static void
test_timeout (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");
  g_autofree char *timeout = g_strdup_printf ("sio-error-quark:%d", SIO_ERROR_TIMEOUT);

  ask (fixture, socket, 30, NULL);
  expect_log (fixture, timeout);
  peer_expect (peer, "420[\"ask\"]");
  peer_send (peer, "430[\"late\"]");
  ask (fixture, socket, 60000, NULL);
  peer_expect (peer, "421[\"ask\"]");
  peer_send (peer, "431[]");
  expect_log (fixture, "[]");
}

static void
test_disconnect (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_autoptr (SioSocket) socket = g_object_ref (peer_join (peer, "/"));
  g_autofree char *gone = g_strdup_printf ("sio-error-quark:%d", SIO_ERROR_DISCONNECTED);

  ask (fixture, socket, 60000, NULL);
  peer_close (peer);
  expect_log (fixture, gone);
  ask (fixture, socket, 60000, NULL);
  expect_log (fixture, gone);
}

static void
test_cancel (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *cancelled = g_strdup_printf ("g-io-error-quark:%d", G_IO_ERROR_CANCELLED);

  ask (fixture, socket, 60000, cancellable);
  g_cancellable_cancel (cancellable);
  expect_log (fixture, cancelled);
  ask (fixture, socket, 60000, cancellable);
  expect_log (fixture, cancelled);
  peer_expect (peer, "420[\"ask\"]");
  sio_socket_emit (socket, "next", NULL);
  peer_expect (peer, "42[\"next\"]");
}

static void
on_ask (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer fixture)
{
  g_autoptr (SioArgs) answer = sio_args_new ();

  if (ack == NULL)
    {
      log_word (fixture, "no-ack");
      return;
    }
  sio_args_add_string (answer, "yes");
  sio_ack_send (ack, answer);
  sio_ack_send (ack, NULL);
}

static void
test_client_asks (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);

  sio_socket_on (peer_join (peer, "/"), "ask", on_ask, fixture, NULL);
  peer_send (peer, "420[\"ask\"]");
  peer_send (peer, "429007199254740991[\"ask\"]");
  peer_send (peer, "42[\"ask\"]");
  peer_expect (peer, "430[\"yes\"]");
  peer_expect (peer, "439007199254740991[\"yes\"]");
  expect_log (fixture, "no-ack");
}

static void
on_keep (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer kept)
{
  g_ptr_array_add (kept, sio_ack_ref (ack));
}

static gboolean
has_two (gpointer kept)
{
  return ((GPtrArray *)kept)->len == 2;
}

/* Answered later, with bytes; and when nobody is there any more. */
static void
test_late_answer (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  g_autoptr (SioSocket) socket = g_object_ref (peer_join (peer, "/"));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_ack_unref);
  g_autoptr (SioArgs) answer = sio_args_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  sio_socket_on (socket, "ask", on_keep, kept, NULL);
  peer_send (peer, "425[\"ask\"]");
  peer_send (peer, "426[\"ask\"]");
  wait_for (has_two, kept);
  sio_args_add_bytes (answer, bytes);
  sio_ack_send (kept->pdata[1], answer);
  peer_expect (peer, "461-6[{\"_placeholder\":true,\"num\":0}]");
  peer_expect (peer, "b:x");
  sio_socket_disconnect (socket, TRUE);
  sio_ack_send (kept->pdata[0], NULL);
  peer_expect (peer, "41");
  peer_expect (peer, "closed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/server/acks/" path, ServerFixture, NULL, server_fixture_set_up, test,              \
              server_fixture_tear_down)
  ADD ("answers", test_answers);
  ADD ("binary-answer", test_binary_answer);
  ADD ("timeout", test_timeout);
  ADD ("disconnect", test_disconnect);
  ADD ("cancel", test_cancel);
  ADD ("client-asks", test_client_asks);
  ADD ("late-answer", test_late_answer);
  return g_test_run ();
}
