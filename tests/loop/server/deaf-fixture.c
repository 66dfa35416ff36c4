/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "deaf-fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* The kernel doubles it. Little, so that it is the server that has to keep what is not read. */
#define RECEIVE_BUFFER 4096

static GSocket *
connect_socket (House *house)
{
  g_autoptr (GUri) uri = g_uri_parse (house->origin, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string (g_uri_get_host (uri), (guint)g_uri_get_port (uri));
  GSocket *socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER, NULL));
  g_assert_true (g_socket_connect (socket, address, NULL, NULL));
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

/* Reads, the server running meanwhile, until the text is there. */
static void
read_until (GSocket *socket, GString *seen, const char *text)
{
  char bytes[1024];

  while (strstr (seen->str, text) == NULL)
    {
      gssize n = g_socket_receive (socket, bytes, sizeof bytes, NULL, NULL);

      g_assert_cmpint (n, !=, 0);
      for (gssize i = 0; i < n; i++)
        g_string_append_c (seen, bytes[i] != '\0' ? bytes[i] : ' ');
      g_main_context_iteration (NULL, FALSE);
    }
}

/* One text frame, masked with zeros. */
static void
send_text (GSocket *socket, const char *text)
{
  gsize length = strlen (text);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  const guint8 head[] = { 0x81, 0x80 | 126, (guint8)(length >> 8), (guint8)length, 0, 0, 0, 0 };

  g_assert_cmpuint (length, >=, 126);
  g_byte_array_append (frame, head, sizeof head);
  g_byte_array_append (frame, (const guint8 *)text, (guint)length);
  g_assert_cmpint (g_socket_send (socket, (const char *)frame->data, frame->len, NULL, NULL), ==,
                   frame->len);
}

GSocket *
deaf_join (House *house, char mark, char invite)
{
  static const char request[] = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                                "Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Version: 13\r\n\r\n";
  GSocket *socket = connect_socket (house);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (JsonNode) auth = NULL;
  g_autofree char *text = NULL;
  g_autofree char *packet = NULL;
  Guest guest = { .mark = mark };
  char sid[64] = "";

  g_socket_send (socket, request, strlen (request), NULL, NULL);
  read_until (socket, seen, "\"upgrades\"");
  g_assert_cmpint (sscanf (strstr (seen->str, "\"sid\":\""), "\"sid\":\"%63[^\"]", sid), ==, 1);
  guest.sid = sid;
  auth = guest_auth (&guest, invite, -1);
  text = json_to_string (auth, FALSE);
  packet = g_strconcat ("40", text, NULL);
  send_text (socket, packet);
  read_until (socket, seen, "\"hello\"");
  return socket;
}
