/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-answer.h"

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

void
eio_answer_payload (SoupServerMessage *message, GString *payload)
{
  answer (message, 200, "text/plain; charset=UTF-8", payload->str, payload->len);
}

void
eio_answer_ok (SoupServerMessage *message)
{
  answer (message, 200, "text/html", "ok", 2);
}
