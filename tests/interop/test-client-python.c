/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our client against python3-socketio's server. */
#include "desk.h"
#include "json/wire-json.h"
#include "peer.h"
#include "tcp-relay.h"

/* Python escapes what is not ASCII. */
static char *
normalise (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root
      = wire_json_parse (json, strlen (json), &wire_json_limits_default, &error);

  g_assert_no_error (error);
  return wire_json_print (root, NULL);
}

static void
test_events (gconstpointer data)
{
  static const char *const rows[] = {
    "[]",
    "[1]",
    "[null,true,{\"a\":[[],{}]},\"ünïcödé 🎨\"]",
  };
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_python ("server.py");
  g_autoptr (Desk) desk = desk_new (peer_get_port (peer), mode, "/");

  desk_connect (desk, mode);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *heard = NULL;
      g_autofree char *answer = NULL;
      g_autofree char *plain_answer = NULL;

      desk_emit (desk, "echo", rows[i]);
      heard = normalise (desk_expect (desk, "event echo "));
      g_assert_cmpstr (heard, ==, rows[i]);
      /* This server cannot tell whether an answer is wanted: it does both. */
      answer = desk_ask_json (desk, "echo", rows[i]);
      plain_answer = normalise (answer);
      g_assert_cmpstr (plain_answer, ==, rows[i]);
      desk_expect (desk, "event echo ");
    }
  desk_emit (desk, "ask", "[\"what?\"]");
  g_assert_cmpstr (desk_expect (desk, "event question "), ==, "[\"what?\"]");
  g_assert_cmpstr (desk_expect (desk, "event answered "), ==, "[\"what?\"]");
}

static void
test_binary (gconstpointer data)
{
  /* No larger ones: python-engineio 4.3 takes what has arrived of a POST for the whole of it. */
  static const gsize sizes[] = { 0, 1, 125, 126, 20000 };
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_python ("server.py");
  g_autoptr (Desk) desk = desk_new (peer_get_port (peer), mode, "/");

  desk_connect (desk, mode);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *fill = g_strnfill (sizes[i], '\xfe');
      g_autoptr (GBytes) bytes = g_bytes_new (fill, sizes[i]);
      g_autoptr (SioArgs) args = sio_args_new ();
      g_autoptr (SioArgs) answer = NULL;
      g_autoptr (GError) error = NULL;

      sio_args_add_bytes (args, bytes);
      answer = desk_ask (desk, "echo", args, 0, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (sio_args_get_bytes (answer, 0), bytes));
    }
}

static void
test_refused (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_python ("server.py");
  g_autoptr (Desk) desk = desk_new (peer_get_port (peer), mode, "/");
  g_autoptr (JsonNode) auth = json_from_string ("{\"token\":\"guess\"}", NULL);

  sio_client_socket_set_auth (desk->socket, auth);
  sio_client_socket_connect (desk->socket);
  g_assert_cmpstr (desk_expect (desk, "connect-error 2 "), ==, "not invited");
  sio_client_socket_set_auth (desk->socket, NULL);
  desk_connect (desk, mode);
}

static void
test_namespaces (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_python ("server.py");
  g_autoptr (Desk) desk = desk_new (peer_get_port (peer), mode, "/custom");
  SioClientSocket *other = sio_client_socket (desk->client, "/");

  sio_client_socket_connect (other);
  sio_client_socket_connect (desk->socket);
  /* This server sends it before it answers CONNECT. */
  desk_expect (desk, "event welcome [\"/custom\"]");
  desk_expect (desk, "connected");
  wait_until (sio_client_socket_is_connected (other));
}

static void
test_order (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_python ("server.py");
  g_autoptr (Desk) desk = desk_new (peer_get_port (peer), mode, "/");
  g_autoptr (GString) expected = g_string_new ("[[");
  g_autofree char *pushed = NULL;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *number = g_strdup_printf ("[%d]", i);

      g_string_append_printf (expected, "%s%d", i > 0 ? "," : "", i);
      desk_emit (desk, "push", number);
      if (i == 100)
        desk_connect (desk, mode);
    }
  g_string_append (expected, "]]");
  pushed = desk_ask_json (desk, "pushed", "[]");
  g_assert_cmpstr (pushed, ==, expected->str);
}

static void
test_ends (gconstpointer data)
{
  const Mode *mode = data;
  g_autoptr (Peer) peer = peer_new_python ("server.py");
  g_autoptr (TcpRelay) front = tcp_relay_new (peer_get_port (peer));
  g_autoptr (Desk) desk = desk_new (tcp_relay_get_port (front), mode, "/");

  desk_connect (desk, mode);
  desk_emit (desk, "kick", "[]");
  desk_expect (desk, "disconnected io server disconnect");
  desk_connect (desk, mode);
  tcp_relay_set_target (front, 0);
  g_clear_pointer (&peer, peer_free);
  desk_expect (desk, "disconnected transport ");
  peer = peer_new_python ("server.py");
  tcp_relay_set_target (front, peer_get_port (peer));
  desk_expect (desk, "connected");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } rows[] = {
    { "events", test_events },         { "binary", test_binary }, { "refused", test_refused },
    { "namespaces", test_namespaces }, { "order", test_order },   { "ends", test_ends },
  };

  g_test_init (&argc, &argv, NULL);
  if (!peer_prepare_python ())
    return 0;
  for (guint mode = 0; mode < n_modes; mode++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          g_autofree char *path
              = g_strdup_printf ("/client-python/%s/%s", modes[mode].name, rows[i].name);

          g_test_add_data_func (path, &modes[mode], rows[i].func);
        }
    }
  return g_test_run ();
}
