/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What clients receive: frames, HTTP, packets. */
#include "sioload.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void
on_open (struct client *c, const char *p, size_t len)
{
  if (opt.polling)
    {
      const char *q = memmem (p, len, "\"sid\":\"", 7);
      const char *e = q ? memchr (q + 7, '"', (size_t) (p + len - q - 7)) : NULL;
      if (!e || (size_t) (e - q - 7) >= sizeof c->sid)
        {
          client_fail (c, "no sid in the open packet");
          return;
        }
      memcpy (c->sid, q + 7, (size_t) (e - q - 7));
      c->sid[e - q - 7] = 0;
    }
  c->state = ST_CONNECT;
  send_text (c, "40%s%s", nsp_prefix (), opt.auth);
}

/* One Engine.IO packet. */
static void
on_packet (struct client *c, bool binary, const char *p, size_t len, uint64_t now)
{
  if (binary)
    {
      on_attachment (c, p, len, len, now);
      return;
    }
  if (len == 0)
    return;
  switch (p[0])
    {
    case '0':
      if (c->state == ST_OPEN)
        on_open (c, p, len);
      return;
    case '1':
      client_fail (c, "server sent an Engine.IO close");
      return;
    case '2':
      send_packet (c, false, "3", 1);
      return;
    case '4':
      break;
      case 'b': {
        unsigned char stamp[STAMP_BIN];
        if (len < 5)
          return;
        size_t m = base64_decode (p + 1, len - 1, stamp, sizeof stamp);
        size_t full = (len - 1) / 4 * 3 - (p[len - 1] == '=') - (p[len - 2] == '=');
        on_attachment (c, (char *) stamp, m, full, now);
        return;
      }
    default:
      return;
    }
  if (len < 2)
    return;
  switch (p[1])
    {
    case '0':
      if (c->state == ST_CONNECT)
        client_connected (c, now);
      break;
    case '1':
      client_fail (c, "server disconnected the namespace");
      break;
    case '2':
      on_event (c, p + 2, len - 2, now);
      break;
    case '3':
      on_ack (c, p + 2, len - 2, now);
      break;
    case '4':
      tally.refused++;
      client_fail (c, "CONNECT refused");
      break;
    case '5':
      on_binary_header (c, p + 2, len - 2);
      break;
    default:
      tally.other++;
    }
}

/* A compressed message (only after --offer-deflate): we do not inflate it, but
 * during the handshake we know what it must be. */
static void
on_compressed (struct client *c, uint64_t now)
{
  if (c->state == ST_OPEN)
    {
      c->state = ST_CONNECT;
      send_text (c, "40%s%s", nsp_prefix (), opt.auth);
    }
  else if (c->state == ST_CONNECT)
    {
      client_connected (c, now);
    }
  else
    {
      send_packet (c, false, "3", 1); /* an idle client only gets pings */
    }
}

/* Consumes whole frames; returns the number of bytes used. */
static size_t
parse_ws (struct client *c, const char *p, size_t len, uint64_t now)
{
  size_t at = 0;
  while (len - at >= 2 && c->state != ST_DEAD)
    {
      const unsigned char *h = (const unsigned char *) p + at;
      uint64_t size = h[1] & 127;
      size_t head = 2;
      if (size == 126)
        {
          if (len - at < 4)
            break;
          size = (uint64_t) h[2] << 8 | h[3];
          head = 4;
        }
      else if (size == 127)
        {
          if (len - at < 10)
            break;
          size = 0;
          for (int i = 2; i < 10; i++)
            size = size << 8 | h[i];
          head = 10;
        }
      if (size > RBUF_SIZE / 2)
        {
          client_fail (c, "frame too large");
          break;
        }
      if (len - at < head + size)
        break;
      const char *body = p + at + head;
      switch (h[0] & 0xf)
        {
        case 1:
        case 2:
          if (!(h[0] & 0x80))
            client_fail (c, "fragmented message (not supported)");
          else if (h[0] & 0x40)
            on_compressed (c, now);
          else
            on_packet (c, (h[0] & 0xf) == 2, body, (size_t) size, now);
          break;
        case 8:
          client_fail (c, "server sent a WebSocket close");
          break;
        case 9:
          ws_frame (c, 10, body, (size_t) size);
          break;
        default:
          break;
        }
      at += head + (size_t) size;
    }
  return at;
}

/* Finds the end of an HTTP head; returns its length or 0. */
static size_t
http_head (const char *p, size_t len)
{
  const char *e = memmem (p, len, "\r\n\r\n", 4);
  return e ? (size_t) (e - p) + 4 : 0;
}

static const char *
http_header (const char *head, size_t len, const char *name)
{
  size_t m = strlen (name);
  for (const char *p = head; (p = memmem (p, (size_t) (head + len - p), "\r\n", 2));)
    {
      p += 2;
      if ((size_t) (head + len - p) > m && strncasecmp (p, name, m) == 0 && p[m] == ':')
        return p + m + 1;
    }
  return NULL;
}

/* If a whole response is there: its body (chunks joined in place), its total
 * length in *total; else NULL. */
static char *
http_body (char *p, size_t len, size_t *total, size_t *body_len)
{
  size_t head = http_head (p, len);
  if (!head)
    return NULL;
  const char *v = http_header (p, head, "content-length");
  if (v)
    {
      *body_len = strtoul (v, NULL, 10);
      *total = head + *body_len;
      return *total <= len ? p + head : NULL;
    }
  v = http_header (p, head, "transfer-encoding");
  if (!v)
    {
      *body_len = 0;
      *total = head;
      return p + head;
    }
  /* two passes, so that an incomplete response is left untouched */
  for (int pass = 0; pass < 2; pass++)
    {
      size_t at = head, to = head;
      for (;;)
        {
          char *e = memmem (p + at, len - at, "\r\n", 2);
          if (!e)
            return NULL;
          size_t size = strtoul (p + at, NULL, 16);
          at = (size_t) (e - p) + 2;
          if (at + size + 2 > len)
            return NULL;
          if (pass)
            memmove (p + to, p + at, size);
          to += size;
          at += size + 2;
          if (size == 0)
            break;
        }
      *total = at;
      *body_len = to - head;
    }
  return p + head;
}

static size_t
parse_http (struct conn *k, char *p, size_t len, uint64_t now)
{
  struct client *c = k->c;
  size_t at = 0, total, body_len;
  char *body;
  while (c->state != ST_DEAD && (body = http_body (p + at, len - at, &total, &body_len)))
    {
      if (len - at < 12 || memcmp (p + at + 9, "200", 3) != 0)
        {
          client_fail (c, "HTTP status other than 200");
          break;
        }
      k->busy = false;
      mark_dirty (c);
      const char *v = http_header (p + at, (size_t) (body - p) - at, "connection");
      bool last = v && strncasecmp (v + strspn (v, " "), "close", 5) == 0;
      if (k->kind == K_GET)
        {
          char *end = body + body_len;
          for (char *q = body; q < end && c->state != ST_DEAD;)
            {
              char *e = memchr (q, 0x1e, (size_t) (end - q));
              if (!e)
                e = end;
              on_packet (c, false, q, (size_t) (e - q), now);
              q = e + 1;
            }
        }
      at += total;
      if (last && c->state != ST_DEAD)
        {
          tally.http_reopened++;
          conn_close (k);
          break;
        }
    }
  return at;
}

size_t
parse_input (struct conn *k, char *p, size_t len, uint64_t now)
{
  struct client *c = k->c;
  if (k->kind != K_WS)
    return parse_http (k, p, len, now);
  size_t at = 0;
  if (c->state == ST_UPGRADE)
    {
      at = http_head (p, len);
      if (!at)
        return 0;
      if (memcmp (p, "HTTP/1.1 101", 12) != 0)
        {
          client_fail (c, "no 101 answer to the WebSocket handshake");
          return at;
        }
      if (http_header (p, at, "sec-websocket-extensions"))
        tally.deflate_accepted++;
      c->state = ST_OPEN;
    }
  return at + parse_ws (c, p + at, len - at, now);
}
