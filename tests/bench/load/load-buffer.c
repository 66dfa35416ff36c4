/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory that grows, and base64. */
#include "sioload.h"

#include <stdlib.h>
#include <string.h>

static const char b64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void *
xrealloc (void *p, size_t n)
{
  p = realloc (p, n);
  if (!p)
    die ("out of memory");
  return p;
}

void *
xcalloc (size_t n, size_t size)
{
  void *p = calloc (n, size);
  if (!p)
    die ("out of memory");
  return p;
}

void
buf_reserve (struct buffer *b, size_t more)
{
  if (b->len + more > b->cap)
    {
      b->cap = (b->len + more) * 2 < 512 ? 512 : (b->len + more) * 2;
      b->p = xrealloc (b->p, b->cap);
    }
}

void
buf_add (struct buffer *b, const void *p, size_t len)
{
  buf_reserve (b, len);
  memcpy (b->p + b->len, p, len);
  b->len += len;
}

void
buf_add_base64 (struct buffer *b, const unsigned char *p, size_t len)
{
  for (size_t i = 0; i < len; i += 3)
    {
      uint32_t v = (uint32_t) p[i] << 16 | (i + 1 < len ? (uint32_t) p[i + 1] << 8 : 0)
                   | (i + 2 < len ? p[i + 2] : 0);
      char q[4] = { b64[v >> 18], b64[v >> 12 & 63], i + 1 < len ? b64[v >> 6 & 63] : '=',
                    i + 2 < len ? b64[v & 63] : '=' };
      buf_add (b, q, 4);
    }
}

size_t
base64_decode (const char *p, size_t len, unsigned char *out, size_t max)
{
  size_t o = 0;
  uint32_t v = 0;
  int bits = 0;
  for (size_t i = 0; i < len && o < max; i++)
    {
      const char *q = p[i] ? strchr (b64, p[i]) : NULL;
      if (!q)
        break;
      v = v << 6 | (uint32_t) (q - b64);
      if ((bits += 6) >= 8)
        out[o++] = (unsigned char) (v >> (bits -= 8));
    }
  return o;
}
