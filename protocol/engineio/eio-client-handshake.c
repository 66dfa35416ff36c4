/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-handshake.h"

#include <string.h>
#include <sys/random.h>

#include "engineio/eio-types.h"
#include "engineio/eio-ws-extension.h"
#include "engineio/eio-ws-handshake.h"

char *
eio_client_handshake_new_key (void)
{
  guint8 bytes[EIO_WS_KEY_BYTES];

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The kernel gives no random bytes");
  return g_base64_encode (bytes, sizeof bytes);
}

/* host[:port], as the Host field has it. */
static char *
dup_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  gboolean is_v6 = strchr (host, ':') != NULL;
  gboolean tls = g_str_equal (g_uri_get_scheme (uri), "https");
  int port = g_uri_get_port (uri);

  if (port < 0 || port == (tls ? 443 : 80))
    return g_strdup_printf (is_v6 ? "[%s]" : "%s", host);
  return g_strdup_printf (is_v6 ? "[%s]:%d" : "%s:%d", host, port);
}

static void
add_cookies (SoupMessage *message, SoupCookieJar *jar)
{
  g_autofree char *cookies = NULL;

  if (jar == NULL)
    return;
  cookies = soup_cookie_jar_get_cookies (jar, soup_message_get_uri (message), TRUE);
  if (cookies != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Cookie", cookies);
}

/* What the application has set of these is replaced. */
static void
add_fields (SoupMessage *message, const char *key, gboolean deflate)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *host = dup_host (soup_message_get_uri (message));

  if (soup_message_headers_get_one (headers, "Host") == NULL)
    soup_message_headers_replace (headers, "Host", host);
  soup_message_headers_replace (headers, "Upgrade", "websocket");
  soup_message_headers_replace (headers, "Connection", "Upgrade");
  soup_message_headers_replace (headers, "Sec-WebSocket-Key", key);
  soup_message_headers_replace (headers, "Sec-WebSocket-Version", EIO_WS_VERSION);
  if (deflate)
    soup_message_headers_replace (headers, "Sec-WebSocket-Extensions", EIO_WS_DEFLATE_OFFER);
  else
    soup_message_headers_remove (headers, "Sec-WebSocket-Extensions");
  soup_message_headers_remove (headers, "Sec-WebSocket-Protocol");
  soup_message_headers_remove (headers, "Content-Length");
  soup_message_headers_remove (headers, "Transfer-Encoding");
}

GBytes *
eio_client_handshake_encode (SoupMessage *message,
                             const char *key,
                             SoupCookieJar *jar,
                             gboolean deflate)
{
  GUri *uri = soup_message_get_uri (message);
  GString *out = g_string_new (NULL);
  const char *query = g_uri_get_query (uri);
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  add_fields (message, key, deflate);
  add_cookies (message, jar);
  g_string_append_printf (out, "GET %s%s%s HTTP/1.1\r\n", g_uri_get_path (uri),
                          query != NULL ? "?" : "", query != NULL ? query : "");
  soup_message_headers_iter_init (&iter, soup_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (out, "%s: %s\r\n", name, value);
  g_string_append (out, "\r\n");
  return g_string_free_to_bytes (out);
}

gsize
eio_client_handshake_find_end (const char *bytes, gsize size)
{
  /* Nothing has come: there may be no bytes to point to. */
  const char *end = size > 0 ? g_strstr_len (bytes, (gssize) size, "\r\n\r\n") : NULL;

  return end != NULL ? (gsize) (end - bytes) + 4 : 0;
}

/* libsoup 3.2 loses some bytes for each attribute that a cookie has twice; no honest one has. */
static gboolean
has_attribute_twice (const char *cookie, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (cookie, ";", -1);
  guint n = 0;

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals != NULL)
        *equals = '\0';
      n += g_ascii_strcasecmp (g_strstrip (parts[i]), name) == 0;
    }
  return n > 1;
}

static void
keep_cookies (SoupMessageHeaders *headers, SoupMessage *message, SoupCookieJar *jar)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  if (jar == NULL)
    return;
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Set-Cookie") == 0 && !has_attribute_twice (value, "path") &&
        !has_attribute_twice (value, "domain"))
      soup_cookie_jar_set_cookie (jar, soup_message_get_uri (message), value);
}

/* FALSE: it was not offered, or not like that. */
static gboolean
check_extensions (SoupMessageHeaders *headers, gboolean *deflate)
{
  const char *answer = soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions");
  gboolean offered = *deflate;

  *deflate = offered && answer != NULL && eio_ws_extension_is_good_answer (answer);
  return answer == NULL || *deflate;
}

/* Section 4.1, the list at its end. No subprotocol was offered. */
static const char *
find_fault (SoupMessageHeaders *headers, const char *key, gboolean *deflate)
{
  g_autofree char *accept = eio_ws_handshake_dup_accept (key);
  const char *got = soup_message_headers_get_list (headers, "Sec-WebSocket-Accept");

  if (!soup_message_headers_header_equals (headers, "Upgrade", "websocket"))
    return "The server does not upgrade to a websocket";
  if (!soup_message_headers_header_contains (headers, "Connection", "Upgrade"))
    return "The server does not upgrade the connection";
  if (got == NULL || strcmp (got, accept) != 0)
    return "The server's answer is to another handshake";
  if (!check_extensions (headers, deflate))
    return "The server uses an extension that was not offered";
  if (soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol") != NULL)
    return "The server uses a protocol that was not offered";
  return NULL;
}

gboolean
eio_client_handshake_check (const char *head,
                            gsize size,
                            SoupMessage *message,
                            const char *key,
                            SoupCookieJar *jar,
                            gboolean *deflate,
                            GError **error)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autofree char *text = g_strndup (head, size);
  const char *fault = NULL;
  guint status = 0;

  g_assert (size <= EIO_CLIENT_HANDSHAKE_MAX_HEAD);

  /* libsoup reads a copy that ends in a zero, and wants the empty line left out. */
  if (strlen (text) != size || size < 4
      || !soup_headers_parse_response (text, (int) size - 2, headers, NULL, &status, NULL))
    fault = "The server does not speak HTTP";
  else
    keep_cookies (headers, message, jar);
  if (fault == NULL && status == SOUP_STATUS_SWITCHING_PROTOCOLS)
    fault = find_fault (headers, key, deflate);
  if (fault != NULL)
    g_set_error_literal (error, EIO_ERROR, EIO_ERROR_TRANSPORT, fault);
  else if (status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    g_set_error (error, EIO_ERROR, EIO_ERROR_TRANSPORT, "The server refused the websocket: HTTP %u",
                 status);
  soup_message_headers_unref (headers);
  return fault == NULL && status == SOUP_STATUS_SWITCHING_PROTOCOLS;
}
