/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which transport is taken when, and what goes along with its requests. */
#include "../engineio/test-certificate.h"
#include "desk.h"
#include "fake-server.h"
#include "tcp-relay.h"

static const Mode polling = { "polling", EIO_TRANSPORT_POLLING, FALSE };
static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode both = { "both", EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode upgrade = { "upgrade", EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, TRUE };

#ifdef __SANITIZE_ADDRESS__
/* The leak checker itself faults on GIO's TLS module; valgrind does not. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static const char *const websocket_first[] = { "webtransport", "websocket", "polling", NULL };

static void
test_websocket_first (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &both, "/");

  g_object_set (desk->client, "transports", websocket_first, NULL);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  g_assert_cmpuint (sio_client_get_transport (desk->client), ==, EIO_TRANSPORT_WEBSOCKET);
  g_assert_cmpuint (server->n_gets, ==, 0);
}

/* The first transport is refused: by default that is all, else the other one is tried. */
static void
test_try_all (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &both, "/");

  g_object_set (desk->client, "reconnection", FALSE, NULL);
  fake_server_answer (server, 503, "", -1);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connect-error 5 The server answered HTTP 503");
  desk_expect (desk, "reconnect-failed");

  g_object_set (desk->client, "try-all-transports", TRUE, NULL);
  fake_server_answer (server, 503, "", -1);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  g_assert_cmpuint (sio_client_get_transport (desk->client), ==, EIO_TRANSPORT_WEBSOCKET);
  g_assert_cmpuint (desk_count (desk, "connect-error"), ==, 0);
}

static void
test_try_all_fails (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &both, "/");

  server->open = NULL;
  soup_server_remove_handler (server->server, "/socket.io");
  g_object_set (desk->client, "reconnection", FALSE, "try-all-transports", TRUE, NULL);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connect-error 5 The server refused the websocket: HTTP 404");
  desk_expect (desk, "reconnect-failed");
}

static void
test_remember_upgrade (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &upgrade, "/");
  guint n_gets;

  g_object_set (desk->client, "remember-upgrade", TRUE, NULL);
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  wait_until (fake_server_release_polls (server)
              && sio_client_get_transport (desk->client) == EIO_TRANSPORT_WEBSOCKET);
  wait_until (fake_server_count (server, "5") == 1);
  n_gets = server->n_gets;
  fake_server_cut (server);
  desk_expect (desk, "disconnected ");
  desk_expect (desk, "connected");
  g_assert_cmpuint (sio_client_get_transport (desk->client), ==, EIO_TRANSPORT_WEBSOCKET);
  g_assert_cmpuint (server->n_gets, ==, n_gets);
}

typedef struct {
  char *query;   /* owned */
  char *cookies; /* owned, nullable */
  char *tested;  /* owned, nullable */
} Request;

static void
request_clear (Request *self)
{
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->cookies, g_free);
  g_clear_pointer (&self->tested, g_free);
}

/* Notes what came and hands out a cookie. */
static void
on_request (Request *request, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  request_clear (request);
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->cookies = g_strdup (soup_message_headers_get_list (headers, "Cookie"));
  request->tested = g_strdup (soup_message_headers_get_list (headers, "X-Tested"));
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                               "route=b; Path=/");
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect_data (message, "got-headers", G_CALLBACK (on_request), user_data, NULL,
                         G_CONNECT_SWAPPED);
}

static void
test_along (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, mode, "/");
  g_autoptr (SoupSession) session = soup_session_new ();
  Request request = { 0 };

  soup_session_add_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  g_object_set (desk->client, "session", session, NULL);
  sio_client_set_query (desk->client, "mood", "good & calm");
  sio_client_set_query (desk->client, "sid", "of mine");
  sio_client_set_header (desk->client, "X-Tested", "once");
  sio_client_set_header (desk->client, "x-tested", "twice");
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  g_signal_connect (server->server, "request-started", G_CALLBACK (on_request_started), &request);
  desk_connect (desk, mode);
  g_assert_nonnull (strstr (request.query, "&mood=good%20%26%20calm"));
  g_assert_nonnull (strstr (request.query, "colour=dark%20blue"));
  g_assert_null (strstr (request.query, "mine"));
  g_assert_cmpstr (request.tested, ==, "twice");
  if (mode == &websocket) /* polling has asked again by now */
    {
      sio_client_socket_disconnect (desk->socket);
      desk_connect (desk, mode);
    }
  g_assert_cmpstr (request.cookies, ==, "route=b");
  g_signal_handlers_disconnect_by_data (server->server, &request);
  desk_free (g_steal_pointer (&desk));
  request_clear (&request);
}

static gboolean
accept (SioClient *client,
        GTlsCertificate *certificate,
        GTlsCertificateFlags errors,
        guint *n_asked)
{
  g_assert_true (G_IS_TLS_CERTIFICATE (certificate));
  g_assert_cmpuint (errors & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);
  ++*n_asked;
  return TRUE;
}

static gboolean
start_tls (FakeServer *server)
{
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GIO has no TLS here");
      return FALSE;
    }
  certificate = g_tls_certificate_new_from_pem (test_certificate, -1, NULL);
  fake_server_use_tls (server, certificate);
  return TRUE;
}

static void
connect_with_tls (FakeServer *server, SioClientSocket *socket)
{
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  sio_client_socket_connect (socket);
  wait_until (sio_client_socket_is_connected (socket));
}

/* A certificate of nobody: refused, unless the application takes it. */
static void
test_tls (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autofree char *uri = NULL;
  g_autoptr (SioClient) client = NULL;
  SioClientSocket *socket;
  guint n_asked = 0;

  if (!start_tls (server))
    return;
  uri = g_strdup_printf ("https://localhost:%u/", server->port);
  client = sio_client_new (uri, NULL);
  g_object_set (client, "transports", mode_get_names (mode), "upgrade", FALSE, "reconnection",
                FALSE, NULL);
  socket = sio_client_socket (client, "/");
  sio_client_socket_connect (socket);
  wait_until (!sio_client_socket_is_active (socket));

  g_signal_connect (client, "accept-certificate", G_CALLBACK (accept), &n_asked);
  connect_with_tls (server, socket);
  g_assert_cmpuint (n_asked, >, 0);
  if (mode == &websocket)
    {
      fake_server_send (server, "2");
      wait_until (fake_server_count (server, "3") == 1);
    }
}

/* The proxy sees a tunnel and nothing of what goes through it. */
static void
test_tls_by_proxy (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (TcpRelay) proxy = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GProxyResolver) resolver = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (SioClient) client = sio_client_new ("wss://board.invalid", NULL);
  SioClientSocket *socket = sio_client_socket (client, "/");
  guint n_asked = 0;

  if (!start_tls (server))
    return;
  proxy = tcp_relay_new (server->port);
  address = g_strdup_printf ("http://127.0.0.1:%u", tcp_relay_get_port (proxy));
  resolver = g_simple_proxy_resolver_new (address, NULL);
  session = soup_session_new_with_options ("proxy-resolver", resolver, NULL);
  g_object_set (client, "session", session, "transports", mode_get_names (mode), NULL);
  g_signal_connect (client, "accept-certificate", G_CALLBACK (accept), &n_asked);
  connect_with_tls (server, socket);
  g_assert_true (g_str_has_prefix (tcp_relay_get_heads (proxy), "CONNECT board.invalid:443 HTTP/1."));
  g_assert_null (strstr (tcp_relay_get_heads (proxy), "EIO"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-transports/websocket-first", test_websocket_first);
  g_test_add_func ("/client-transports/try-all", test_try_all);
  g_test_add_func ("/client-transports/try-all-fails", test_try_all_fails);
  g_test_add_func ("/client-transports/remember-upgrade", test_remember_upgrade);
  g_test_add_data_func ("/client-transports/along/polling", &polling, test_along);
  g_test_add_data_func ("/client-transports/along/websocket", &websocket, test_along);
  g_test_add_data_func ("/client-transports/tls/polling", &polling, test_tls);
  g_test_add_data_func ("/client-transports/tls/websocket", &websocket, test_tls);
  g_test_add_data_func ("/client-transports/tls-by-proxy/polling", &polling, test_tls_by_proxy);
  g_test_add_data_func ("/client-transports/tls-by-proxy/websocket", &websocket, test_tls_by_proxy);
  return g_test_run ();
}
