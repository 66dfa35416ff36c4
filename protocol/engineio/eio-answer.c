/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-answer.h"

#include "engineio/eio-deflate.h"
#include "engineio/eio-encoding.h"
#include "json/wire-json.h"

const char *
eio_answer_text (EioError code)
{
  switch (code)
    {
    case EIO_ERROR_UNKNOWN_TRANSPORT: return "Transport unknown";
    case EIO_ERROR_UNKNOWN_SID: return "Session ID unknown";
    case EIO_ERROR_BAD_METHOD: return "Bad handshake method";
    case EIO_ERROR_FORBIDDEN: return "Forbidden";
    case EIO_ERROR_UNSUPPORTED_VERSION: return "Unsupported protocol version";
    default: return "Bad request";
    }
}

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *body, gsize size)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, size);
}

static void
answer_error (SoupServerMessage *message, guint status, EioError code, const char *text)
{
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "{\"code\":%d,\"message\":", code);
  wire_json_append_string (body, text != NULL ? text : eio_answer_text (code));
  g_string_append_c (body, '}');
  answer (message, status, "application/json", body->str, body->len);
}

void
eio_answer_error (SoupServerMessage *message, EioError code, const char *text)
{
  answer_error (message, code == EIO_ERROR_FORBIDDEN ? 403 : 400, code, text);
}

void
eio_answer_refusal (SoupServerMessage *message, guint status, const char *text)
{
  answer_error (message, status, EIO_ERROR_FORBIDDEN, text);
}

/* What the request wants of a body of this size. */
static EioEncoding
choose_encoding (SoupServerMessage *message, gsize size, gsize compress_from)
{
  const char *accepted = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "Accept-Encoding");
  gboolean needed;
  EioEncoding encoding = eio_encoding_choose (accepted, &needed);

  if (compress_from == 0 || size > EIO_DEFLATE_MAX || (!needed && size < compress_from))
    return EIO_ENCODING_IDENTITY;
  return encoding;
}

/* Nobody keeps such an answer, so there is no need for Vary. */
void
eio_answer_payload (SoupServerMessage *message, GString *payload, gsize compress_from)
{
  static const char type[] = "text/plain; charset=UTF-8";
  EioEncoding encoding = choose_encoding (message, payload->len, compress_from);
  g_autoptr (GByteArray) body = NULL;

  if (encoding == EIO_ENCODING_IDENTITY)
    {
      answer (message, 200, type, payload->str, payload->len);
      return;
    }
  body = eio_deflate_body (eio_encoding_get_format (encoding), (guint8 *) payload->str,
                           payload->len);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Encoding", eio_encoding_get_name (encoding));
  answer (message, 200, type, (char *) body->data, body->len);
}

void
eio_answer_ok (SoupServerMessage *message)
{
  answer (message, 200, "text/html", "ok", 2);
}
