/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The payload of CONNECT: given at once, given later, never given, given for a connection that is gone. */
#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };

static void
keep_request (SioClientSocket *socket, SioAuthRequest *request, gpointer user_data)
{
  g_ptr_array_add (user_data, sio_auth_request_ref (request));
}

static GPtrArray *
listen_for_requests (Desk *desk)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_auth_request_unref);

  sio_client_socket_set_auth_request_func (desk->socket, keep_request, requests, NULL);
  return requests;
}

static void
respond (SioAuthRequest *request, const char *json)
{
  g_autoptr (JsonNode) auth = json_from_string (json, NULL);

  sio_auth_request_respond (request, auth);
}

static void
test_later (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GPtrArray) requests = listen_for_requests (desk);

  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 1);
  g_assert_cmpstr (sio_auth_request_get_engine_id (requests->pdata[0]), ==,
                   sio_client_get_engine_id (desk->client));
  g_assert_cmpuint (fake_server_count (server, "40"), ==, 0);
  respond (requests->pdata[0], "{\"token\":\"fresh\"}");
  respond (requests->pdata[0], "{\"token\":\"again\"}");
  desk_expect (desk, "connected");
  g_assert_cmpuint (fake_server_count (server, "40{\"token\":\"fresh\"}"), ==, 1);
  g_assert_cmpuint (fake_server_count (server, "40"), ==, 1);
}

static void
test_nothing_to_say (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GPtrArray) requests = listen_for_requests (desk);

  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 1);
  sio_auth_request_respond (requests->pdata[0], NULL);
  desk_expect (desk, "connected");
  g_assert_cmpstr (server->got->pdata[0], ==, "40");
}

/* Asked at each attempt; what comes for one that is over is nobody's. */
static void
test_stale (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GPtrArray) requests = listen_for_requests (desk);

  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 1);
  fake_server_cut (server);
  desk_expect (desk, "connect-error 5 ");
  respond (requests->pdata[0], "{\"n\":0}");
  wait_until (requests->len == 2);
  respond (requests->pdata[0], "{\"n\":0}");
  respond (requests->pdata[1], "{\"n\":1}");
  desk_expect (desk, "connected");
  g_assert_cmpuint (fake_server_count (server, "40{\"n\":0}"), ==, 0);
  g_assert_cmpuint (fake_server_count (server, "40{\"n\":1}"), ==, 1);

  /* Left and joined again before the answer. */
  sio_client_socket_disconnect (desk->socket);
  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 3);
  sio_client_socket_disconnect (desk->socket);
  respond (requests->pdata[2], "{\"n\":2}");
  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 4);
  respond (requests->pdata[2], "{\"n\":2}");
  respond (requests->pdata[3], "{\"n\":3}");
  desk_expect (desk, "connected");
  g_assert_cmpuint (fake_server_count (server, "40{\"n\":2}"), ==, 0);
  g_assert_cmpuint (fake_server_count (server, "40{\"n\":3}"), ==, 1);
}

/* Never answered: another connection is tried, and asked for. */
static void
test_never (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GPtrArray) requests = listen_for_requests (desk);

  g_object_set (desk->client, "timeout", 3000, NULL);
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "closed transport error: No auth was given in time");
  wait_until (requests->len == 2);
  g_assert_cmpuint (fake_server_count (server, "40"), ==, 0);
}

/* The answer of a server that nobody has asked yet. */
static void
test_accepted_unasked (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GPtrArray) requests = listen_for_requests (desk);

  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 1);
  fake_server_send (server, "40{\"sid\":\"too early\"}");
  fake_server_send (server, "2");
  wait_until (fake_server_count (server, "3") == 1);
  g_assert_false (sio_client_socket_is_connected (desk->socket));
  respond (requests->pdata[0], "{}");
  desk_expect (desk, "connected");
  g_assert_cmpstr (sio_client_socket_get_id (desk->socket), ==, "tsrqponmlkjihgfedcba");
}

/* The socket goes before the answer comes. */
static void
test_without_socket (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  Desk *desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GPtrArray) requests = listen_for_requests (desk);

  sio_client_socket_connect (desk->socket);
  wait_until (requests->len == 1);
  desk_free (desk);
  respond (requests->pdata[0], "{}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/later", test_later);
  g_test_add_func ("/auth/nothing-to-say", test_nothing_to_say);
  g_test_add_func ("/auth/stale", test_stale);
  g_test_add_func ("/auth/never", test_never);
  g_test_add_func ("/auth/accepted-unasked", test_accepted_unasked);
  g_test_add_func ("/auth/without-socket", test_without_socket);
  return g_test_run ();
}
