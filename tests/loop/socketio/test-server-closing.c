/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server's graceful end, and its place on somebody else's HTTP server. */
#include "server-fixture.h"

static void
on_closed (GObject *source, GAsyncResult *result, gpointer fixture)
{
  g_autoptr (GError) error = NULL;

  sio_server_close_finish (SIO_SERVER (source), result, &error);
  g_assert_no_error (error);
  log_word (fixture, "over");
}

static void
on_disconnected (SioSocket *socket, SioDisconnectReason reason, ServerFixture *fixture)
{
  log_word (fixture, "%s", sio_disconnect_reason_to_string (reason, FALSE));
}

static void
test_close (ServerFixture *fixture, gconstpointer unused)
{
  Peer *peer = peer_open (fixture);
  SioSocket *socket = peer_join (peer, "/");

  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), fixture);
  for (guint i = 0; i < 1000; i++)
    sio_socket_emit (socket, "last", NULL);
  sio_server_close_async (fixture->server, 60000, NULL, on_closed, fixture);
  expect_log (fixture, "server shutting down");
  for (guint i = 0; i < 1000; i++)
    peer_expect (peer, "42[\"last\"]");
  peer_expect (peer, "closed");
  expect_log (fixture, "over");
}

/* The peers of the fixture go where the engine listens; this one where the host does. */
static void
test_attach (ServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (SoupServer) host = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  Peer *direct, *guest;

  g_assert_true (sio_server_attach (fixture->server, host, &error));
  g_assert_no_error (error);
  g_assert_true (soup_server_listen_local (host, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  direct = peer_open (fixture);
  guest = peer_open_at (fixture, host);
  peer_join (direct, "/");
  peer_join (guest, "/");
  sio_namespace_emit (fixture->nsp, "both", NULL);
  peer_expect (direct, "42[\"both\"]");
  peer_expect (guest, "42[\"both\"]");
  sio_server_close_async (fixture->server, 60000, NULL, on_closed, fixture);
  peer_expect (guest, "closed");
  peer_expect (direct, "closed");
  expect_log (fixture, "over");
  soup_server_disconnect (host);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/server/closing/" path, ServerFixture, NULL, server_fixture_set_up, test,           \
              server_fixture_tear_down)
  ADD ("close", test_close);
  ADD ("attach", test_attach);
  return g_test_run ();
}
