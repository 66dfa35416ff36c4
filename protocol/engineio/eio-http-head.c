/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-http-head.h"

#include <string.h>

#include "engineio/eio-http-guard.h"

/* A length of more digits is no length. */
#define MAX_DIGITS 15

enum {
  BAD_REQUEST = 400,
  METHOD_NOT_ALLOWED = 405,
  URI_TOO_LONG = 414,
  UNSUPPORTED_MEDIA_TYPE = 415,
  MISDIRECTED = 421,
  FIELDS_TOO_LARGE = 431,
  NOT_IMPLEMENTED = 501,
  VERSION_NOT_SUPPORTED = 505,
};

void
eio_http_head_clear (EioHttpHead *head)
{
  g_clear_pointer (&head->method, g_free);
  g_clear_pointer (&head->target, g_free);
  g_clear_pointer (&head->host, g_free);
  g_clear_pointer (&head->origin, g_free);
}

gsize
eio_http_head_find_end (const char *text, gsize size, gsize *scanned)
{
  gsize from = *scanned > 3 ? *scanned - 3 : 0;
  const char *end = size > from ? memmem (text + from, size - from, "\r\n\r\n", 4) : NULL;

  *scanned = size;
  return end != NULL ? (gsize) (end + 4 - text) : 0;
}

/* RFC 9110 section 5.6.2. */
static gboolean
is_token (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || !strchr ("!#$%&'*+-.^_`|~", text[i])))
      return FALSE;
  return size > 0;
}

/* Printable ASCII without the blank; others have to be escaped in a target. */
static gboolean
is_target (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (text[i] <= ' ' || text[i] == 0x7f)
      return FALSE;
  return size > 0;
}

static guint
check_method (const char *method, gsize size)
{
  static const char *const known[] = { "GET", "POST", "OPTIONS", "HEAD", "PUT", "DELETE", "PATCH" };

  if (!is_token (method, size))
    return BAD_REQUEST;
  if (size == 7 && memcmp (method, "CONNECT", 7) == 0)
    return METHOD_NOT_ALLOWED;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (size == strlen (known[i]) && memcmp (method, known[i], size) == 0)
      return 0;
  return NOT_IMPLEMENTED;
}

/* request-line = method SP request-target SP HTTP-version, section 3. */
static guint
parse_request_line (EioHttpHead *head, const char *line, gsize size)
{
  const char *end = line + size;
  const char *first = memchr (line, ' ', size);
  const char *last = first != NULL ? memrchr (line, ' ', size) : NULL;
  guint status;

  if (first == NULL || first == last)
    return size > EIO_HTTP_MAX_TARGET ? NOT_IMPLEMENTED : BAD_REQUEST;
  status = check_method (line, first - line);
  if (status != 0)
    return status;
  if (last - first - 1 > EIO_HTTP_MAX_TARGET)
    return URI_TOO_LONG;
  if (!is_target (first + 1, last - first - 1))
    return BAD_REQUEST;
  if (end - last != 9 || memcmp (last, " HTTP/", 6) != 0)
    return BAD_REQUEST;
  if (memcmp (last, " HTTP/1.1", 9) != 0)
    return VERSION_NOT_SUPPORTED;
  head->method = g_strndup (line, first - line);
  head->target = g_strndup (first + 1, last - first - 1);
  return 0;
}

/* Once, and never twice. */
static guint
keep (char **slot, const char *value, gsize size)
{
  if (*slot != NULL)
    return BAD_REQUEST;
  *slot = g_strndup (value, size);
  return 0;
}

static guint
parse_length (EioHttpHead *head, const char *value, gsize size)
{
  if (head->has_length || size == 0 || size > MAX_DIGITS)
    return BAD_REQUEST;
  head->has_length = TRUE;
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isdigit (value[i]))
        return BAD_REQUEST;
      head->length = head->length * 10 + (value[i] - '0');
    }
  return 0;
}

static gboolean
equals (const char *text, gsize size, const char *name)
{
  return strlen (name) == size && g_ascii_strncasecmp (text, name, size) == 0;
}

static guint
parse_field (EioHttpHead *head, const char *name, gsize name_size, const char *value, gsize size)
{
  if (equals (name, name_size, "Host"))
    return keep (&head->host, value, size);
  if (equals (name, name_size, "Origin"))
    return keep (&head->origin, value, size);
  if (equals (name, name_size, "Content-Length"))
    return parse_length (head, value, size);
  if (equals (name, name_size, "Content-Encoding"))
    return equals (value, size, "identity") ? 0 : UNSUPPORTED_MEDIA_TYPE;
  if (equals (name, name_size, "Transfer-Encoding"))
    {
      if (head->chunked)
        return BAD_REQUEST;
      head->chunked = TRUE;
      return equals (value, size, "chunked") ? 0 : NOT_IMPLEMENTED;
    }
  return 0;
}

static gboolean
has_control (const char *value, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (((guchar) value[i] < ' ' && value[i] != '\t') || value[i] == 0x7f)
      return TRUE;
  return FALSE;
}

/* field-line = field-name ":" OWS field-value OWS, section 5. Folded lines begin with a blank, which
 * is no token. */
static guint
parse_line (EioHttpHead *head, const char *line, gsize size)
{
  const char *colon = memchr (line, ':', size);
  const char *value, *end = line + size;

  if (colon == NULL || !is_token (line, colon - line))
    return BAD_REQUEST;
  value = colon + 1;
  while (value < end && (*value == ' ' || *value == '\t'))
    value++;
  while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  if (has_control (value, end - value))
    return BAD_REQUEST;
  return parse_field (head, line, colon - line, value, end - value);
}

static guint
check_whole (const EioHttpHead *head)
{
  if (head->host == NULL || (head->chunked && head->has_length))
    return BAD_REQUEST;
  return 0;
}

guint
eio_http_head_parse (EioHttpHead *head, const char *text, gsize size)
{
  const char *end = text + size - 2; /* before the empty line */
  guint n_lines = 0;

  g_assert (size >= 4);

  while (text < end)
    {
      const char *line = text;
      const char *stop = memchr (line, '\n', end - line);
      guint status;

      if (stop == NULL || stop == line || stop[-1] != '\r' ||
          memchr (line, '\r', stop - 1 - line) != NULL)
        return BAD_REQUEST;
      if (n_lines > EIO_HTTP_MAX_HEADERS)
        return FIELDS_TOO_LARGE;
      status = n_lines == 0 ? parse_request_line (head, line, stop - 1 - line)
                            : parse_line (head, line, stop - 1 - line);
      if (status != 0)
        return status;
      n_lines++;
      text = stop + 1;
    }
  return check_whole (head);
}
