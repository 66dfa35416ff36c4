/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/bridge-answer.h"

#include <string.h>

#include "json/wire-json.h"

/* Scripts and styles of this server only, no picture, no frame, no form, nobody else. */
static const char policy[]
    = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; "
      "form-action 'none'; frame-ancestors 'none'";

void
bridge_answer_headers (SoupServerMessage *message, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (message, status, NULL);
}

void
bridge_answer (SoupServerMessage *message,
               guint status,
               const char *type,
               const char *body,
               gssize length)
{
  bridge_answer_headers (message, status);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body,
                                    length < 0 ? strlen (body) : (gsize) length);
}

void
bridge_answer_status (SoupServerMessage *message, guint status)
{
  bridge_answer (message, status, "text/plain; charset=utf-8", soup_status_get_phrase (status), -1);
}

void
bridge_answer_refusal (SoupServerMessage *message,
                       guint status,
                       BoardRefusal refusal,
                       const char *text)
{
  g_autoptr (JsonNode) node = board_refusal_to_json (refusal, text);
  gsize length = 0;
  g_autofree char *json = wire_json_print (node, &length);

  bridge_answer (message, status, "application/json", json, (gssize) length);
}

/* 127.0.0.0/8, ::1, and the former as a dual-stack socket shows it. */
static gboolean
is_loopback (GSocketAddress *address)
{
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127 };
  GInetAddress *inet;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return FALSE;
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  return g_inet_address_get_is_loopback (inet)
         || (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6
             && memcmp (g_inet_address_to_bytes (inet), mapped, sizeof mapped) == 0);
}

/* A proxy on this computer connects from here too, but says for whom. */
gboolean
bridge_message_is_local (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return is_loopback (soup_server_message_get_remote_address (message))
         && soup_message_headers_get_one (headers, "X-Forwarded-For") == NULL
         && soup_message_headers_get_one (headers, "Forwarded") == NULL;
}
