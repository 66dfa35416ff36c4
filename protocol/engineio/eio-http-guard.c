/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-http-guard.h"

#include <string.h>

#include "engineio/eio-http-head.h"

/* A chunk's size line with its extension, which nobody sends. */
#define MAX_CHUNK_LINE 64
/* A TLS hello's first byte. */
#define TLS_HANDSHAKE 0x16

/* Where a chunked body stands: SIZE -> DATA -> DATA_END -> SIZE ... -> TRAILER, RFC 9112 section 7.1. */
typedef enum {
  CHUNK_SIZE,
  CHUNK_DATA,
  CHUNK_DATA_END,
  CHUNK_TRAILER,
} ChunkPhase;

struct _EioHttpGuard {
  const EioHttpRules *rules; /* borrowed */
  EioHttpPhase phase;
  gsize scanned;
  char *target; /* owned, nullable */
  guint status;
  gboolean at_end;

  /* the body */
  gboolean chunked;
  ChunkPhase chunk;
  uint64_t left;     /* of the body, or of the chunk */
  uint64_t max_left; /* of all chunks together */
};

EioHttpGuard *
eio_http_guard_new (const EioHttpRules *rules)
{
  EioHttpGuard *self = g_new0 (EioHttpGuard, 1);

  self->rules = rules;
  return self;
}

void
eio_http_guard_free (EioHttpGuard *self)
{
  g_free (self->target);
  g_free (self);
}

static gsize
refuse (EioHttpGuard *self, guint status)
{
  self->phase = EIO_HTTP_REFUSED;
  self->status = status;
  return 0;
}

/* host [":" port] of Host, without the port; NULL if it is neither a name nor an address. */
static char *
dup_host_name (const char *host)
{
  const char *end = host[0] == '[' ? strchr (host, ']') : strchr (host, ':');
  const char *port;
  gsize size;

  if (host[0] == '[' && end == NULL)
    return NULL;
  end = host[0] == '[' ? end + 1 : end;
  size = end != NULL ? (gsize) (end - host) : strlen (host);
  port = host + size;
  if (size == 0 || (*port != '\0' && *port != ':'))
    return NULL;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (host[i]) && !strchr ("-._[]:", host[i]))
      return NULL;
  if (*port == ':' && (port[1] == '\0' || strlen (port + 1) > 5 ||
                       strspn (port + 1, "0123456789") != strlen (port + 1)))
    return NULL;
  return g_ascii_strdown (host, size);
}

/* A web page that had its own name resolve to our address still names itself in Host. */
guint
eio_http_rules_judge_host (const EioHttpRules *rules, const char *host)
{
  g_autofree char *name = dup_host_name (host);

  if (name == NULL)
    return 400;
  if (rules->allowed_hosts == NULL)
    return 0;
  for (guint i = 0; rules->allowed_hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (rules->allowed_hosts[i], name) == 0)
      return 0;
  return 421;
}

/* Browsers always send Origin across origins and scripts cannot change it; native programs send none. */
guint
eio_http_rules_judge_origin (const EioHttpRules *rules, const char *origin)
{
  if (origin == NULL || rules->allowed_origins == NULL)
    return 0;
  return g_strv_contains (rules->allowed_origins, origin) ||
                 g_strv_contains (rules->allowed_origins, "*")
             ? 0 : 403;
}

/* Only the origin form. Dots as segments and escapes of what separates would be read differently by
 * whoever maps paths. */
static guint
check_target (const char *target)
{
  g_autofree char *lower = NULL;
  const char *query = strchr (target, '?');

  if (g_str_has_prefix (target, "http://") || g_str_has_prefix (target, "https://"))
    return 421;
  if (g_str_equal (target, "*"))
    return 405;
  if (target[0] != '/' || strchr (target, '#'))
    return 400;
  lower = g_ascii_strdown (target, query != NULL ? query - target : -1);
  if (strstr (lower, "%00"))
    return 400;
  if (strstr (lower, "%2e") || strstr (lower, "%2f") || strstr (lower, "/../") ||
      strstr (lower, "/./") || g_str_has_suffix (lower, "/..") || g_str_has_suffix (lower, "/."))
    return 404;
  return 0;
}

static char *
dup_path (const char *target)
{
  return g_strndup (target, strcspn (target, "?"));
}

static guint
begin_body (EioHttpGuard *self, const EioHttpHead *head)
{
  g_autofree char *path = dup_path (self->target);
  uint64_t max = self->rules->get_max_body (path, self->rules->user_data);

  self->chunked = head->chunked;
  self->chunk = CHUNK_SIZE;
  self->left = head->chunked ? 0 : head->length;
  self->max_left = max;
  return self->left > max ? 413 : 0;
}

static guint
check_head (EioHttpGuard *self, const char *bytes, gsize size)
{
  g_auto (EioHttpHead) head = EIO_HTTP_HEAD_INIT;
  guint status = eio_http_head_parse (&head, bytes, size);

  if (status == 0)
    status = check_target (head.target);
  if (status == 0)
    status = eio_http_rules_judge_host (self->rules, head.host);
  if (status == 0)
    status = eio_http_rules_judge_origin (self->rules, head.origin);
  if (status != 0)
    return status;
  g_free (self->target);
  self->target = g_steal_pointer (&head.target);
  return begin_body (self, &head);
}

static void
end_request (EioHttpGuard *self)
{
  self->phase = EIO_HTTP_IDLE;
  self->scanned = 0;
  self->at_end = TRUE;
}

/* What an incomplete head shows already. */
static guint
check_beginning (const char *bytes, gsize size)
{
  const char *line_end = memchr (bytes, '\n', MIN (size, EIO_HTTP_MAX_HEAD));

  /* No method is longer than this, no target than its limit. */
  if (line_end == NULL && size > EIO_HTTP_MAX_TARGET + 64)
    return memchr (bytes, ' ', 64) != NULL ? 414 : 501;
  if (line_end != NULL && (line_end == bytes || line_end[-1] != '\r'))
    return 400;
  return size > EIO_HTTP_MAX_HEAD ? 431 : 0;
}

static gsize
judge_head (EioHttpGuard *self, const char *bytes, gsize size)
{
  gsize length;
  guint status;

  self->at_end = FALSE;
  if (size == 0)
    return 0;
  /* Methods are upper case; a TLS hello on the plain port, or any other protocol, gets no answer. */
  if (self->phase == EIO_HTTP_IDLE && !g_ascii_isupper (bytes[0]))
    return refuse (self, bytes[0] == TLS_HANDSHAKE ? 0 : 400);
  self->phase = EIO_HTTP_HEAD;
  length = eio_http_head_find_end (bytes, MIN (size, EIO_HTTP_MAX_HEAD), &self->scanned);
  status = length > 0 ? check_head (self, bytes, length) : check_beginning (bytes, size);
  if (status != 0)
    return refuse (self, status);
  if (length == 0)
    return 0;
  self->phase = EIO_HTTP_BODY;
  if (!self->chunked && self->left == 0)
    end_request (self);
  return length;
}

/* A line with its CR LF at the beginning of @bytes: its length without them, -1 if it is not complete,
 * -2 if it is none. */
static gssize
line_length (const char *bytes, gsize size, gsize max)
{
  const char *end = memchr (bytes, '\n', MIN (size, max));

  if (end == NULL)
    return size >= max ? -2 : -1;
  return end > bytes && end[-1] == '\r' ? end - 1 - bytes : -2;
}

/* chunk-size = 1*HEXDIG, without extensions. */
static gboolean
parse_chunk_size (const char *bytes, gsize length, uint64_t *size)
{
  *size = 0;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (bytes[i]);

      if (digit < 0)
        return FALSE;
      *size = *size << 4 | (guint) digit;
    }
  return length > 0 && length <= 8;
}

static gsize
judge_chunk_size (EioHttpGuard *self, const char *bytes, gsize size)
{
  gssize length = line_length (bytes, size, MAX_CHUNK_LINE);

  if (length == -1)
    return 0;
  if (length < 0 || !parse_chunk_size (bytes, length, &self->left))
    return refuse (self, 400);
  if (self->left > self->max_left)
    return refuse (self, 413);
  self->max_left -= self->left;
  self->chunk = self->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
  return length + 2;
}

/* The end of a chunk, or the empty trailer: just CR LF. */
static gsize
judge_chunk_end (EioHttpGuard *self, const char *bytes, gsize size)
{
  if (size < 2)
    return size == 1 && bytes[0] != '\r' ? refuse (self, 400) : 0;
  if (bytes[0] != '\r' || bytes[1] != '\n')
    return refuse (self, 400);
  if (self->chunk == CHUNK_TRAILER)
    end_request (self);
  else
    self->chunk = CHUNK_SIZE;
  return 2;
}

static gsize
judge_data (EioHttpGuard *self, gsize size)
{
  gsize n = MIN (size, self->left);

  self->left -= n;
  if (self->left > 0)
    return n;
  if (self->chunked)
    self->chunk = CHUNK_DATA_END;
  else
    end_request (self);
  return n;
}

static gsize
judge_body (EioHttpGuard *self, const char *bytes, gsize size)
{
  if (!self->chunked || self->chunk == CHUNK_DATA)
    return judge_data (self, size);
  return self->chunk == CHUNK_SIZE ? judge_chunk_size (self, bytes, size)
                                   : judge_chunk_end (self, bytes, size);
}

gsize
eio_http_guard_judge (EioHttpGuard *self, const char *bytes, gsize size)
{
  g_assert (self != NULL);

  switch (self->phase)
    {
    case EIO_HTTP_IDLE:
    case EIO_HTTP_HEAD:
      return judge_head (self, bytes, size);
    case EIO_HTTP_BODY:
      return judge_body (self, bytes, size);
    case EIO_HTTP_REFUSED:
    default:
      return 0;
    }
}

EioHttpPhase
eio_http_guard_get_phase (EioHttpGuard *self)
{
  return self->phase;
}

gboolean
eio_http_guard_is_at_end (EioHttpGuard *self)
{
  return self->at_end;
}

guint
eio_http_guard_get_status (EioHttpGuard *self)
{
  return self->status;
}

const char *
eio_http_guard_get_target (EioHttpGuard *self)
{
  return self->target;
}

static const char *
status_phrase (guint status)
{
  switch (status)
    {
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 505: return "HTTP Version Not Supported";
    default: return "Bad Request";
    }
}

char *
eio_http_guard_dup_refusal (EioHttpGuard *self)
{
  const char *phrase = status_phrase (self->status);
  g_autofree char *body = NULL;

  if (self->status == 0)
    return NULL;
  body = g_strdup_printf ("{\"code\":%d,\"message\":\"%s\"}", self->status == 403 ? 4 : 3,
                          self->status == 400 ? "Bad request" : phrase);
  return g_strdup_printf ("HTTP/1.1 %u %s\r\nConnection: close\r\nCache-Control: no-store\r\n"
                          "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                          self->status, phrase, strlen (body), body);
}
