/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The same server with a certificate.
 */
#include "server-fixture.h"
#include "test-certificate.h"

#ifdef __SANITIZE_ADDRESS__
/* The leak checker itself faults on GIO's TLS module; valgrind does not. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static gboolean
set_up (ServerFixture *fixture)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GIO has no TLS here");
      return FALSE;
    }
  server_fixture_set_up (fixture, "ping-interval", 200, NULL);
  certificate = g_tls_certificate_new_from_pem (test_certificate, -1, &error);
  g_assert_no_error (error);
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_socket_bind (socket, address, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  g_assert_true (eio_server_listen_socket (fixture->server, socket, certificate, &error));
  bound = g_socket_get_local_address (socket, NULL);
  fixture->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

static RawClient *
connect_tls (ServerFixture *fixture)
{
  RawClient *client = raw_client_new (fixture->port);

  raw_client_start_tls (client);
  return client;
}

static void
test_polling (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *target = NULL;
  g_autofree char *ok = NULL;
  g_autofree char *answer = NULL;

  if (!set_up (&fixture))
    return;
  client = connect_tls (&fixture);
  target = server_fixture_open_polling (&fixture, client);
  raw_client_post (client, target, "4a");
  ok = raw_client_take_answer (client);
  raw_client_get (client, target);
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n4a"));
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

static gboolean
is_empty (gpointer server)
{
  return eio_server_get_n_connections (server) == 0;
}

static void
test_websocket (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *open = NULL;
  g_autofree char *echo = NULL;
  g_autofree char *ping = NULL;
  g_autofree char *text = g_strnfill (300000, '4');
  gsize size;

  if (!set_up (&fixture))
    return;
  client = connect_tls (&fixture);
  raw_client_switch (client, "/engine.io/?EIO=4&transport=websocket");
  open = raw_client_take_frame (client, NULL, NULL);
  /* More than any buffer on the way holds. */
  raw_client_send_text_frame (client, text);
  echo = raw_client_take_frame (client, NULL, &size);
  g_assert_cmpuint (size, ==, 300000);
  ping = raw_client_take_frame (client, NULL, NULL);
  g_assert_cmpstr (ping, ==, "2");
  raw_client_send_text_frame (client, "1");
  server_fixture_expect_log (&fixture, "closed transport close;");
  raw_client_free (client);
  raw_await (is_empty, fixture.server);
  server_fixture_tear_down (&fixture);
}

static void
test_plain (void)
{
  ServerFixture fixture;
  RawClient *client;

  if (!set_up (&fixture))
    return;
  client = raw_client_new (fixture.port);
  raw_client_get (client, "/engine.io/?EIO=4&transport=polling");
  raw_client_expect_end (client);
  raw_client_free (client);
  raw_await (is_empty, fixture.server);
  server_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/tls/polling", test_polling);
  g_test_add_func ("/engineio/tls/websocket", test_websocket);
  g_test_add_func ("/engineio/tls/plain", test_plain);
  return g_test_run ();
}
