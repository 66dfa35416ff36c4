/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-ws-handshake.h"

#include <string.h>

#include "engineio/eio-base64.h"
#include "engineio/eio-ws-extension.h"

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
/* Nobody offers extensions or protocols of that length. */
#define MAX_LIST 1024

gboolean
eio_ws_handshake_is_wanted (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Connection", "Upgrade") &&
         soup_message_headers_header_contains (headers, "Upgrade", "websocket");
}

char *
eio_ws_handshake_dup_accept (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) GUID, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return g_base64_encode (digest, size);
}

static gboolean
is_key (const char *key)
{
  g_autoptr (GBytes) bytes = key != NULL ? eio_base64_decode (key, strlen (key), NULL) : NULL;

  return bytes != NULL && g_bytes_get_size (bytes) == EIO_WS_KEY_BYTES;
}

static gboolean
is_long (SoupMessageHeaders *headers, const char *name)
{
  const char *value = soup_message_headers_get_list (headers, name);

  return value != NULL && strlen (value) > MAX_LIST;
}

/* Whether it was agreed to. */
static gboolean
answer_extensions (SoupMessageHeaders *request, SoupMessageHeaders *response)
{
  const char *answer = eio_ws_extension_accept (
      soup_message_headers_get_list (request, "Sec-WebSocket-Extensions"));

  if (answer != NULL)
    soup_message_headers_replace (response, "Sec-WebSocket-Extensions", answer);
  return answer != NULL;
}

gboolean
eio_ws_handshake_answer (SoupServerMessage *message, gboolean *deflate)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *version = soup_message_headers_get_one (request, "Sec-WebSocket-Version");
  const char *key = soup_message_headers_get_one (request, "Sec-WebSocket-Key");
  g_autofree char *accept = NULL;

  if (g_strcmp0 (version, EIO_WS_VERSION) != 0)
    {
      soup_message_headers_replace (response, "Sec-WebSocket-Version", EIO_WS_VERSION);
      soup_server_message_set_status (message, 426, "Upgrade Required");
      return FALSE;
    }
  if (!is_key (key) || is_long (request, "Sec-WebSocket-Extensions") ||
      is_long (request, "Sec-WebSocket-Protocol"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      return FALSE;
    }
  accept = eio_ws_handshake_dup_accept (key);
  soup_server_message_set_status (message, SOUP_STATUS_SWITCHING_PROTOCOLS, NULL);
  soup_message_headers_replace (response, "Upgrade", "websocket");
  soup_message_headers_replace (response, "Connection", "Upgrade");
  soup_message_headers_replace (response, "Sec-WebSocket-Accept", accept);
  *deflate = *deflate && answer_extensions (request, response);
  return TRUE;
}
