/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a client tells of its connection beside what its sockets do: packets, errors. */
#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };

static void
on_packet (SioClient *client,
           SioPacketType type,
           const char *nsp,
           const char *event,
           SioArgs *args,
           GString *log)
{
  g_string_append_printf (log, "%d %s %s %s;", type, nsp, event != NULL ? event : "-",
                          args != NULL ? sio_args_get_json (args) : "-");
}

/* All of them, for namespaces that are joined and others. */
static void
test_packet (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (desk->client, "packet", G_CALLBACK (on_packet), log);
  desk_connect (desk, &websocket);
  fake_server_send (server, "42[\"a\",1]");
  fake_server_send (server, "451-[\"b\",{\"_placeholder\":true,\"num\":0}]");
  fake_server_send_bytes (server, SOUP_WEBSOCKET_DATA_BINARY, "x", 1);
  fake_server_send (server, "437[true]");
  fake_server_send (server, "44/other,{\"message\":\"no\"}");
  fake_server_send (server, "41");
  desk_expect (desk, "event a [1]");
  desk_expect (desk, "disconnected io server disconnect");
  g_assert_cmpstr (log->str, ==,
                   "0 / - -;2 / a [1];2 / b [{\"_placeholder\":true,\"num\":0}];3 / - [true];"
                   "4 /other - -;1 / - -;");
  g_signal_handlers_disconnect_by_data (desk->client, log);
}

static void
close_client (SioClient *client)
{
  sio_client_close (client);
}

/* The end of the connection in there ends the packet. */
static void
test_packet_ends_it (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  desk_connect (desk, &websocket);
  g_signal_connect (desk->client, "packet", G_CALLBACK (close_client), NULL);
  fake_server_send (server, "42[\"a\"]");
  desk_expect (desk, "disconnected io client disconnect");
  g_assert_cmpuint (desk_count (desk, "event"), ==, 0);
}

static void
on_error (SioClient *client, GError *error, GPtrArray *record)
{
  g_ptr_array_add (record, g_strdup_printf ("error %s", error->message));
}

/* Before what comes of it, at the first attempt as well, and not for a connection that ends in order. */
static void
test_error (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  g_signal_connect (desk->client, "error", G_CALLBACK (on_error), desk->record);
  g_object_set (desk->client, "reconnection-delay", 1, NULL);
  server->open = "nothing of Engine.IO";
  sio_client_socket_connect (desk->socket);
  desk_expect (desk, "error ");
  desk_expect (desk, "connect-error ");
  server->open = FAKE_OPEN;
  desk_expect (desk, "connected");
  fake_server_send (server, "42 no JSON");
  desk_expect (desk, "error ");
  desk_expect (desk, "closed parse error");
  desk_expect (desk, "connected");
  sio_client_socket_disconnect (desk->socket);
  desk_expect (desk, "closed forced close");
  g_assert_cmpuint (desk_count (desk, "error "), ==, 0);
  g_signal_handlers_disconnect_by_data (desk->client, desk->record);
}

/* "message", as at the server. */
static void
test_send (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (SioArgs) args = args_from_json ("[1,\"two\"]");

  desk_connect (desk, &websocket);
  g_assert_true (sio_client_socket_send (desk->socket, args));
  wait_until (fake_server_count (server, "42[\"message\",1,\"two\"]") == 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signals/packet", test_packet);
  g_test_add_func ("/signals/packet-ends-it", test_packet_ends_it);
  g_test_add_func ("/signals/error", test_error);
  g_test_add_func ("/signals/send", test_send);
  return g_test_run ();
}
