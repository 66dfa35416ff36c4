/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Attached to somebody else's SoupServer.
 */
#include "server-fixture.h"
#include "test-certificate.h"

#define POLLING "/engine.io/?EIO=4&transport=polling"

#ifdef __SANITIZE_ADDRESS__
/* The leak checker itself faults on GIO's TLS module; valgrind does not. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

/* The fixture's server, with its port being that of the host. */
typedef struct {
  ServerFixture server;
  SoupServer *host;
} Fixture;

static void
on_other (SoupServer *host, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "other", 5);
}

static guint16
listen_at_host (SoupServer *host, SoupServerListenOptions options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GSList *uris;
  guint16 port;

  g_assert_true (soup_server_listen (host, address, options, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (host);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static void
attach (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->host = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->host, "/other", on_other, NULL, NULL);
  g_assert_true (eio_server_attach (self->server.server, self->host, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *self)
{
  const char *const origins[] = { "http://friend", NULL };
  const char *const hosts[] = { "localhost", NULL };

  server_fixture_set_up (&self->server, "max-payload", 1000, "allowed-origins", origins,
                         "allowed-hosts", hosts, NULL);
  attach (self);
  self->server.port = listen_at_host (self->host, 0);
}

static void
tear_down (Fixture *self)
{
  soup_server_disconnect (self->host);
  server_fixture_tear_down (&self->server);
  g_assert_finalize_object (self->host);
}

static void
expect_frame (RawClient *client, const char *wanted)
{
  g_autofree char *frame = raw_client_take_frame (client, NULL, NULL);

  g_assert_cmpstr (frame, ==, wanted);
}

static void
test_polling (void)
{
  Fixture fixture;
  RawClient *client, *poster;
  g_autofree char *target = NULL;
  g_autofree char *ok = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *other = NULL;

  set_up (&fixture);
  client = raw_client_new (fixture.server.port);
  poster = raw_client_new (fixture.server.port);
  target = server_fixture_open_polling (&fixture.server, client);
  g_assert_cmpstr (eio_socket_get_remote_address (fixture.server.socket), ==, "127.0.0.1");
  g_assert_false (eio_socket_is_secure (fixture.server.socket));
  raw_client_get (client, target);
  raw_client_post (poster, target, "4one\x1e" "4two");
  ok = raw_client_take_answer (poster);
  g_assert_true (g_str_has_suffix (ok, "\r\n\r\nok"));
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n4one\x1e" "4two"));
  raw_client_get (poster, "/other");
  other = raw_client_take_answer (poster);
  g_assert_true (g_str_has_suffix (other, "\r\n\r\nother"));
  raw_client_free (client);
  raw_client_free (poster);
  tear_down (&fixture);
}

static void
test_websocket (void)
{
  Fixture fixture;
  RawClient *client;
  g_autofree char *open = NULL;
  guint8 early[] = { 0x81, 0x82, 0, 0, 0, 0, '4', 'a' };

  set_up (&fixture);
  client = raw_client_new (fixture.server.port);
  /* With the first frame behind the request, which the host has read along. */
  raw_client_send (client, "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
  raw_client_send_bytes (client, early, sizeof early);
  raw_client_expect (client, "HTTP/1.1 101 ");
  raw_client_expect (client, "\r\n\r\n");
  open = raw_client_take_frame (client, NULL, NULL);
  g_assert_true (g_str_has_prefix (open, "0{\"sid\":\""));
  expect_frame (client, "4a");
  raw_client_send_text_frame (client, "4b");
  expect_frame (client, "4b");
  raw_client_end_writing (client);
  server_fixture_expect_log (&fixture.server, "closed transport close;");
  raw_client_free (client);
  tear_down (&fixture);
}

static void
test_upgrade (void)
{
  Fixture fixture;
  RawClient *poller, *socket;
  g_autofree char *target = NULL;
  g_autofree char *websocket = NULL;
  g_autofree char *noop = NULL;

  set_up (&fixture);
  poller = raw_client_new (fixture.server.port);
  target = server_fixture_open_polling (&fixture.server, poller);
  raw_client_get (poller, target);
  websocket = g_strdup_printf ("/engine.io/?EIO=4&transport=websocket&sid=%s",
                               eio_socket_get_id (fixture.server.socket));
  socket = raw_client_new (fixture.server.port);
  raw_client_switch (socket, websocket);
  raw_client_send_text_frame (socket, "2probe");
  expect_frame (socket, "3probe");
  noop = raw_client_take_answer (poller);
  g_assert_true (g_str_has_suffix (noop, "\r\n\r\n6"));
  raw_client_send_text_frame (socket, "5");
  raw_client_send_text_frame (socket, "4after");
  expect_frame (socket, "4after");
  g_assert_cmpint (eio_socket_get_transport (fixture.server.socket), ==, EIO_TRANSPORT_WEBSOCKET);
  raw_client_free (poller);
  raw_client_free (socket);
  tear_down (&fixture);
}

static void
send_head (RawClient *client, const char *method, const char *target, const char *headers)
{
  g_autofree char *head = g_strdup_printf ("%s %s HTTP/1.1\r\n%s\r\n", method, target, headers);

  raw_client_send (client, head);
}

/* What the gate would not have let through, as far as one can tell here. */
static void
test_refused (void)
{
  static const struct {
    const char *headers;
    const char *answer;
  } bad[] = {
    { "Host: localhost\r\nOrigin: http://stranger\r\n", "HTTP/1.1 403 " },
    { "Host: elsewhere\r\n", "HTTP/1.1 421 " },
    { "Host: local/host\r\n", "HTTP/1.1 400 " },
    { "Host: localhost\r\nOrigin: http://friend\r\n", "HTTP/1.1 200 " },
  };
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RawClient *client = raw_client_new (fixture.server.port);
      g_autofree char *answer = NULL;

      send_head (client, "GET", POLLING, bad[i].headers);
      answer = raw_client_take_answer (client);
      g_assert_true (g_str_has_prefix (answer, bad[i].answer));
      raw_client_free (client);
    }
  tear_down (&fixture);
}

/* A body that is too long ends the session that it is for, with or without a length. */
static void
test_long_body (gconstpointer data)
{
  gboolean chunked = GPOINTER_TO_INT (data);
  Fixture fixture;
  RawClient *client;
  g_autofree char *target = NULL;
  g_autofree char *chunk = g_strnfill (1001, 'x');

  set_up (&fixture);
  client = raw_client_new (fixture.server.port);
  target = server_fixture_open_polling (&fixture.server, client);
  send_head (client, "POST", target,
             chunked ? "Host: localhost\r\nTransfer-Encoding: chunked\r\n"
                     : "Host: localhost\r\nContent-Length: 1001\r\n");
  if (chunked)
    raw_client_send (client, "3e9\r\n");
  raw_client_send (client, chunk);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  raw_client_expect_end (client);
  raw_client_free (client);
  tear_down (&fixture);
}

/* A paused answer does not notice that nobody waits for it any more. */
static void
test_hang_up (void)
{
  Fixture fixture;
  RawClient *client;
  g_autofree char *target = NULL;

  set_up (&fixture);
  client = raw_client_new (fixture.server.port);
  target = server_fixture_open_polling (&fixture.server, client);
  raw_client_get (client, target);
  raw_client_free (client);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  tear_down (&fixture);
}

/* The host drops what it has; websockets are not the host's any more. */
static void
test_host_goes (void)
{
  Fixture fixture;
  RawClient *poller, *socket;
  g_autofree char *target = NULL;

  set_up (&fixture);
  socket = server_fixture_open_websocket (&fixture.server);
  poller = raw_client_new (fixture.server.port);
  target = server_fixture_open_polling (&fixture.server, poller);
  raw_client_get (poller, target);
  raw_client_send_text_frame (socket, "4a");
  expect_frame (socket, "4a");
  soup_server_disconnect (fixture.host);
  server_fixture_expect_log (&fixture.server, "closed transport error;");
  raw_client_send_text_frame (socket, "4b");
  expect_frame (socket, "4b");
  raw_client_free (poller);
  raw_client_free (socket);
  tear_down (&fixture);
}

/* The host goes on without us. */
static void
test_server_goes (void)
{
  Fixture fixture;
  RawClient *client;
  SoupServer *host;
  guint16 port;
  g_autofree char *target = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *other = NULL;

  set_up (&fixture);
  host = fixture.host;
  port = fixture.server.port;
  client = raw_client_new (port);
  target = server_fixture_open_polling (&fixture.server, client);
  raw_client_get (client, target);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  server_fixture_tear_down (&fixture.server);
  raw_client_expect (client, "HTTP/1.1 200 ");
  raw_client_expect (client, "\r\n\r\n1");
  raw_client_get (client, POLLING);
  gone = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (gone, "HTTP/1.1 404 "));
  raw_client_get (client, "/other");
  other = raw_client_take_answer (client);
  g_assert_true (g_str_has_suffix (other, "other"));
  raw_client_free (client);
  soup_server_disconnect (host);
  g_assert_finalize_object (host);
}

static void
test_tls (void)
{
  Fixture fixture;
  RawClient *client, *socket;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *target = NULL;
  g_autofree char *ok = NULL;
  g_autofree char *open = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GIO has no TLS here");
      return;
    }
  server_fixture_set_up (&fixture.server, NULL);
  attach (&fixture);
  certificate = g_tls_certificate_new_from_pem (test_certificate, -1, NULL);
  soup_server_set_tls_certificate (fixture.host, certificate);
  fixture.server.port = listen_at_host (fixture.host, SOUP_SERVER_LISTEN_HTTPS);
  client = raw_client_new (fixture.server.port);
  raw_client_start_tls (client);
  target = server_fixture_open_polling (&fixture.server, client);
  g_assert_true (eio_socket_is_secure (fixture.server.socket));
  raw_client_post (client, target, "4a");
  ok = raw_client_take_answer (client);
  raw_client_free (client);
  socket = raw_client_new (fixture.server.port);
  raw_client_start_tls (socket);
  raw_client_switch (socket, "/engine.io/?EIO=4&transport=websocket");
  open = raw_client_take_frame (socket, NULL, NULL);
  g_assert_true (eio_socket_is_secure (fixture.server.socket));
  raw_client_send_text_frame (socket, "4a");
  expect_frame (socket, "4a");
  raw_client_free (socket);
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/eio/guest/polling", test_polling);
  g_test_add_func ("/eio/guest/websocket", test_websocket);
  g_test_add_func ("/eio/guest/upgrade", test_upgrade);
  g_test_add_func ("/eio/guest/refused", test_refused);
  g_test_add_data_func ("/eio/guest/long-body", GINT_TO_POINTER (FALSE), test_long_body);
  g_test_add_data_func ("/eio/guest/long-chunks", GINT_TO_POINTER (TRUE), test_long_body);
  g_test_add_func ("/eio/guest/hang-up", test_hang_up);
  g_test_add_func ("/eio/guest/host-goes", test_host_goes);
  g_test_add_func ("/eio/guest/server-goes", test_server_goes);
  g_test_add_func ("/eio/guest/tls", test_tls);
  return g_test_run ();
}
