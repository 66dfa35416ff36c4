/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What clients send: frames and packets, by either transport. */
#include "sioload.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct client **dirty;
int n_dirty;

void
mark_dirty (struct client *c)
{
  if (!c->dirty)
    {
      c->dirty = true;
      dirty[n_dirty++] = c;
    }
}

/* Appends one client frame: FIN set, masked with a constant non-zero mask (an
 * all-zero mask lets some servers skip the unmasking). */
void
ws_frame (struct client *c, unsigned opcode, const void *payload, size_t len)
{
  static const unsigned char mask[8] = { 0x37, 0xfa, 0x21, 0x3d, 0x37, 0xfa, 0x21, 0x3d };
  struct buffer *o = &c->a.out;
  buf_reserve (o, len + 14);
  unsigned char *d = (unsigned char *) o->p + o->len;
  *d++ = (unsigned char) (0x80 | opcode);
  if (len < 126)
    {
      *d++ = (unsigned char) (0x80 | len);
    }
  else if (len < 65536)
    {
      *d++ = 0x80 | 126;
      *d++ = (unsigned char) (len >> 8);
      *d++ = (unsigned char) len;
    }
  else
    {
      *d++ = 0x80 | 127;
      for (int s = 56; s >= 0; s -= 8)
        *d++ = (unsigned char) ((uint64_t) len >> s);
    }
  memcpy (d, mask, 4);
  d += 4;
  const unsigned char *src = payload;
  size_t i = 0;
  uint64_t m, v;
  memcpy (&m, mask, 8);
  for (; i + 8 <= len; i += 8)
    {
      memcpy (&v, src + i, 8);
      v ^= m;
      memcpy (d + i, &v, 8);
    }
  for (; i < len; i++)
    d[i] = src[i] ^ mask[i & 3];
  o->len = (size_t) ((char *) d + len - o->p);
  mark_dirty (c);
}

/* Sends one Engine.IO packet (text: already with its type digit). */
void
send_packet (struct client *c, bool binary, const void *p, size_t len)
{
  if (!opt.polling)
    {
      ws_frame (c, binary ? 2 : 1, p, len);
      return;
    }
  if (c->post.len)
    buf_add (&c->post, "\x1e", 1);
  if (binary)
    {
      buf_add (&c->post, "b", 1);
      buf_add_base64 (&c->post, p, len);
    }
  else
    {
      buf_add (&c->post, p, len);
    }
  mark_dirty (c);
}

void
send_text (struct client *c, const char *fmt, ...)
{
  char buf[1024];
  va_list ap;
  va_start (ap, fmt);
  int len = vsnprintf (buf, sizeof buf, fmt, ap);
  va_end (ap);
  if (len < 0 || (size_t) len >= sizeof buf)
    die ("packet too long");
  send_packet (c, false, buf, (size_t) len);
}

size_t
unsent_bytes (const struct client *c)
{
  return opt.polling ? c->post.len : c->a.out.len - c->a.out_off;
}

/* "/nsp," or "" for the default namespace */
const char *
nsp_prefix (void)
{
  static char buf[256];
  if (!buf[0] && strcmp (opt.nsp, "/") != 0)
    snprintf (buf, sizeof buf, "%s,", opt.nsp);
  return buf;
}

void
send_join (struct client *c)
{
  c->state = ST_JOINING;
  send_text (c, "42%s%s[\"%s\",\"%s%u\"]", nsp_prefix (), !opt.no_join_ack ? "0" : "",
             opt.join_event, opt.room_prefix, c->room);
  if (opt.no_join_ack)
    {
      c->state = ST_READY;
      n_joined++;
    }
}
