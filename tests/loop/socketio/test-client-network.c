/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is between the client and its server: proxies, balancers that know their clients by a cookie, and
 * a lid that is closed over both. */
#include "desk.h"
#include "engineio/eio-client-heartbeat.h"
#include "fake-server.h"
#include "tcp-relay.h"

static const Mode polling = { "polling", EIO_TRANSPORT_POLLING, FALSE };
static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode upgrade = { "upgrade", EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, TRUE };

static void
answer_polling (FakeServer *server)
{
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
}

/* A host that nobody but the proxy knows: a tunnel for the websocket, whole addresses for polling. */
static void
test_proxy (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (TcpRelay) proxy = tcp_relay_new (server->port);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", tcp_relay_get_port (proxy));
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (address, NULL);
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("proxy-resolver", resolver, NULL);
  g_autoptr (SioClient) client = sio_client_new ("http://board.invalid:8000", NULL);
  SioClientSocket *socket = sio_client_socket (client, "/");
  const char *heads;

  g_object_set (client, "session", session, "transports", mode_get_names (mode), NULL);
  answer_polling (server);
  sio_client_socket_connect (socket);
  wait_until (sio_client_socket_is_connected (socket));
  heads = tcp_relay_get_heads (proxy);
  if (mode == &websocket)
    g_assert_true (g_str_has_prefix (heads, "CONNECT board.invalid:8000 HTTP/1."));
  else
    g_assert_true (g_str_has_prefix (heads, "GET http://board.invalid:8000/socket.io/?EIO=4"));
  sio_client_socket_emit (socket, "through", NULL);
  wait_until (fake_server_count (server, "42[\"through\"]") == 1);
}

/* The proxy that is configured is not there: no connection around it. */
static void
test_proxy_gone (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (TcpRelay) proxy = tcp_relay_new (0);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", tcp_relay_get_port (proxy));
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (address, NULL);
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("proxy-resolver", resolver, NULL);
  g_autoptr (Desk) desk = desk_new (server->port, mode, "/");

  g_object_set (desk->client, "session", session, "reconnection", FALSE, NULL);
  answer_polling (server);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connect-error 5 ");
  g_assert_cmpuint (server->n_gets + server->n_connections, ==, 0);
}

typedef struct
{
  GPtrArray *cookies; /* owned: of each request, "" for none */
} Balancer;

static void
on_headers (Balancer *self, SoupServerMessage *message)
{
  const char *cookies
      = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie");

  g_ptr_array_add (self->cookies, g_strdup (cookies != NULL ? cookies : ""));
  if (cookies == NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                                 "route=b; Path=/; HttpOnly");
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer balancer)
{
  g_signal_connect_data (message, "got-headers", G_CALLBACK (on_headers), balancer, NULL,
                         G_CONNECT_SWAPPED);
}

/* The cookie of the first answer goes along with all requests of that connection, the websocket's
 * included; the next connection begins without, since its server may be another one. */
static void
test_sticky (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &upgrade, "/");
  g_autoptr (GPtrArray) cookies = g_ptr_array_new_with_free_func (g_free);
  Balancer balancer = { cookies };

  g_signal_connect (server->server, "request-started", G_CALLBACK (on_request_started), &balancer);
  answer_polling (server);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "connected");
  wait_until (fake_server_release_polls (server) && fake_server_count (server, "5") == 1);
  g_assert_cmpuint (cookies->len, >=, 4);
  g_assert_cmpstr (cookies->pdata[0], ==, "");
  for (guint i = 1; i < cookies->len; i++)
    g_assert_cmpstr (cookies->pdata[i], ==, "route=b");

  g_ptr_array_set_size (cookies, 0);
  fake_server_cut (server);
  wait_until (cookies->len > 0);
  g_assert_cmpstr (cookies->pdata[0], ==, "");
  g_signal_handlers_disconnect_by_data (server->server, &balancer);
}

static int64_t now;

static int64_t
get_now (void)
{
  return now;
}

/* The computer slept for a night: no timer of GLib has noticed, the connection is long dead, but nothing
 * has come over it that says so. Who emits is not sent into it. */
static void
test_wake_up (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = NULL;

  eio_client_heartbeat_set_clock (get_now);
  desk = desk_new (server->port, &websocket, "/");
  desk_connect (desk, &websocket);
  desk_emit (desk, "in the evening", "[]");
  wait_until (fake_server_count (server, "42[\"in the evening\"]") == 1);
  now += 8 * 3600 * 1000;
  desk_emit (desk, "in the morning", "[]");
  desk_expect (desk, "closed ping timeout: The server's heartbeat has stopped");
  desk_expect (desk, "disconnected ping timeout");
  g_assert_cmpuint (fake_server_count (server, "42[\"in the morning\"]"), ==, 0);
  desk_expect (desk, "reconnected 1");
  desk_expect (desk, "connected");
  wait_until (fake_server_count (server, "42[\"in the morning\"]") == 1);
  g_assert_cmpuint (server->n_connections, ==, 2);
  desk_free (g_steal_pointer (&desk));
  eio_client_heartbeat_set_clock (NULL);
}

/* Nobody emits: it is noticed all the same. */
static void
test_wake_up_idle (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = NULL;

  eio_client_heartbeat_set_clock (get_now);
  server->open = "0{\"sid\":\"abcdefghijklmnopqrst\",\"upgrades\":[],\"pingInterval\":20,"
                 "\"pingTimeout\":20,\"maxPayload\":1000000}";
  desk = desk_new (server->port, &websocket, "/");
  desk_connect (desk, &websocket);
  now += 8 * 3600 * 1000;
  desk_expect (desk, "disconnected ping timeout");
  desk_expect (desk, "connected");
  desk_free (g_steal_pointer (&desk));
  eio_client_heartbeat_set_clock (NULL);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_ping (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  guint n = 0;

  g_signal_connect_swapped (desk->client, "ping", G_CALLBACK (count), &n);
  desk_connect (desk, &websocket);
  g_assert_cmpuint (n, ==, 0);
  for (guint i = 1; i <= 2; i++)
    {
      fake_server_send (server, "2");
      wait_until (n == i && fake_server_count (server, "3") == i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/network/proxy/polling", &polling, test_proxy);
  g_test_add_data_func ("/network/proxy/websocket", &websocket, test_proxy);
  g_test_add_data_func ("/network/proxy-gone/polling", &polling, test_proxy_gone);
  g_test_add_data_func ("/network/proxy-gone/websocket", &websocket, test_proxy_gone);
  g_test_add_func ("/network/sticky", test_sticky);
  g_test_add_func ("/network/ping", test_ping);
  g_test_add_func ("/network/wake-up", test_wake_up);
  g_test_add_func ("/network/wake-up-idle", test_wake_up_idle);
  return g_test_run ();
}
