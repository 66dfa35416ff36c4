/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-handshake.h"

#include <string.h>

#include "engineio/eio-types.h"

/* RFC 6455 section 1.3. */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define GOOD                                                                                       \
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "                            \
  "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"

/* fault: the beginning of the error, NULL for none. */
static const struct {
  const char *head;
  const char *fault;
} rows[] = {
  { "HTTP/1.1 101 Switching Protocols\r\n" GOOD "\r\n", NULL },
  { "HTTP/1.1 101 X\r\nupgrade: WebSocket\r\nconnection: keep-alive, upgrade\r\n"
    "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    NULL },
  { "HTTP/1.1 200 OK\r\n" GOOD "\r\n", "The server refused the websocket: HTTP 200" },
  { "HTTP/1.1 400 Bad Request\r\n\r\n", "The server refused the websocket: HTTP 400" },
  { "HTTP/1.1 302 Found\r\nLocation: /else\r\n\r\n", "The server refused the websocket: HTTP 302" },
  { "HTTP/1.1 101 X\r\n\r\n", "The server does not upgrade to" },
  { "HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    "The server does not upgrade to" },
  { "HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\n", "The server does not upgrade the connection" },
  { "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: close\r\n\r\n",
    "The server does not upgrade the connection" },
  { "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "The server's answer is to another handshake" },
  { "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    "The server's answer is to another handshake" },
  { "HTTP/1.1 101 X\r\n" GOOD "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    "The server's answer is to another handshake" },
  { "HTTP/1.1 101 X\r\n" GOOD "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
    "The server uses an extension" },
  { "HTTP/1.1 101 X\r\n" GOOD "Sec-WebSocket-Protocol: chat\r\n\r\n",
    "The server uses a protocol" },
  { "\r\n\r\n", "The server does not speak HTTP" },
  { "hello\r\n\r\n", "The server does not speak HTTP" },
  { "SSH-2.0-OpenSSH_9.2\r\n\r\n", "The server does not speak HTTP" },
  { "HTTP/1.1\r\n\r\n", "The server does not speak HTTP" },
  { "HTTP/1.1 abc\r\n\r\n", "The server does not speak HTTP" },
  { "HTTP/9.1 99999 X\r\n\r\n", "The server does not speak HTTP" },
  { "HTTP/1.1 200 OK\r\n", NULL }, /* no end: see test_rows */
};

static SoupMessage *
new_message (const char *uri)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, uri);

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Tested", "yes");
  return message;
}

static void
test_rows (void)
{
  g_autoptr (SoupMessage) message = new_message ("http://localhost/socket.io/?EIO=4");

  /* The server closed without a word. */
  g_assert_cmpuint (eio_client_handshake_find_end (NULL, 0), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize size = strlen (rows[i].head);
      gboolean deflate = FALSE;
      gsize end = eio_client_handshake_find_end (rows[i].head, size);

      g_test_message ("%s", rows[i].head);
      if (end == 0)
        {
          g_assert_false (g_str_has_suffix (rows[i].head, "\r\n\r\n"));
          continue;
        }
      g_assert_cmpuint (end, ==, size);
      g_assert_cmpint (eio_client_handshake_check (rows[i].head, end, message, KEY, NULL, &deflate,
                                                   &error),
                       ==, rows[i].fault == NULL);
      g_assert_false (deflate);
      g_assert_cmpint (error == NULL, ==, rows[i].fault == NULL);
      if (error != NULL)
        {
          g_assert_error (error, EIO_ERROR, EIO_ERROR_TRANSPORT);
          g_assert_true (g_str_has_prefix (error->message, rows[i].fault));
        }
    }
}

static void
test_zero_inside (void)
{
  static const char head[] = "HTTP/1.1 101 X\r\n" GOOD "X: a\0b\r\n\r\n";
  g_autoptr (SoupMessage) message = new_message ("http://localhost/");
  g_autoptr (GError) error = NULL;
  gboolean deflate = FALSE;

  g_assert_false (eio_client_handshake_check (head, sizeof head - 1, message, KEY, NULL, &deflate,
                                              &error));
  g_assert_error (error, EIO_ERROR, EIO_ERROR_TRANSPORT);
}

static void
test_request (void)
{
  static const struct {
    const char *uri;
    const char *line;
    const char *host;
  } requests[] = {
    { "http://localhost:8000/socket.io/?EIO=4&a=b", "GET /socket.io/?EIO=4&a=b HTTP/1.1\r\n",
      "\r\nHost: localhost:8000\r\n" },
    { "http://localhost/a", "GET /a HTTP/1.1\r\n", "\r\nHost: localhost\r\n" },
    { "https://localhost:443/a", "GET /a HTTP/1.1\r\n", "\r\nHost: localhost\r\n" },
    { "https://localhost:80/a", "GET /a HTTP/1.1\r\n", "\r\nHost: localhost:80\r\n" },
    { "http://[::1]:3000/a", "GET /a HTTP/1.1\r\n", "\r\nHost: [::1]:3000\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (SoupMessage) message = new_message (requests[i].uri);
      g_autoptr (GBytes) bytes = eio_client_handshake_encode (message, KEY, NULL, FALSE);
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      g_assert_true (g_str_has_prefix (text, requests[i].line));
      g_assert_nonnull (strstr (text, requests[i].host));
      g_assert_nonnull (strstr (text, "\r\nX-Tested: yes\r\n"));
      g_assert_nonnull (strstr (text, "\r\nSec-WebSocket-Key: " KEY "\r\n"));
      g_assert_null (strstr (text, "Extensions"));
      g_assert_true (g_str_has_suffix (text, "\r\n\r\n"));
    }
}

/* Cookies go both ways. */
static void
test_cookies (void)
{
  static const char head[] = "HTTP/1.1 101 X\r\n" GOOD "Set-Cookie: route=b; Path=/\r\n\r\n";
  g_autoptr (SoupMessage) message = new_message ("http://localhost/socket.io/");
  g_autoptr (SoupMessage) next = new_message ("http://localhost/socket.io/");
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_autoptr (GBytes) bytes = NULL;
  gboolean deflate = FALSE;

  g_assert_true (eio_client_handshake_check (head, sizeof head - 1, message, KEY, jar, &deflate, NULL));
  bytes = eio_client_handshake_encode (next, KEY, jar, FALSE);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                  "\r\nCookie: route=b\r\n"));
}

static void
test_key (void)
{
  g_autofree char *one = eio_client_handshake_new_key ();
  g_autofree char *other = eio_client_handshake_new_key ();

  g_assert_cmpuint (strlen (one), ==, 24);
  g_assert_cmpstr (one, !=, other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/client-handshake/rows", test_rows);
  g_test_add_func ("/engineio/client-handshake/zero-inside", test_zero_inside);
  g_test_add_func ("/engineio/client-handshake/request", test_request);
  g_test_add_func ("/engineio/client-handshake/cookies", test_cookies);
  g_test_add_func ("/engineio/client-handshake/key", test_key);
  return g_test_run ();
}
