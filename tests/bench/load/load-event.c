/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events with stamps: made by senders, recognised and accounted for at receivers; echoes. */
#include "sioload.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *payload; /* template of opt.bytes bytes */
static char ev_tail[2] = "]";
static char recv_prefix[256]; /* what a relayed event starts with, after '4' and type */
static size_t recv_prefix_len;

static const char hexdigit[] = "0123456789abcdef";

static void
put_hex (char *d, uint64_t v, int digits)
{
  while (digits--)
    {
      d[digits] = hexdigit[v & 15];
      v >>= 4;
    }
}

static uint64_t
get_hex (const char *p, int digits)
{
  uint64_t v = 0;
  for (int i = 0; i < digits; i++)
    v = v << 4 | (uint64_t) ((p[i] & 15) + (p[i] > '9' ? 9 : 0));
  return v;
}

void
build_templates (void)
{
  int min = opt.binary ? STAMP_BIN : 6 + STAMP_HEX + 2; /* {"k":"<30>"} */
  if (opt.bytes < min)
    opt.bytes = min;
  size_t B = (size_t) opt.bytes;
  payload = xcalloc (1, B + 32);
  if (opt.binary)
    {
      memcpy (payload, "SIOL", 4);
      for (size_t i = STAMP_BIN; i < B; i++)
        payload[i] = (char) (i * 37);
    }
  else
    {
      size_t at = (size_t) sprintf (payload, "{\"k\":\"%030d\"", 0);
      if (B >= at + 1 + 7 + 9 + 7)
        { /* room for points and padding */
          at += (size_t) sprintf (payload + at, ",\"p\":[[512,384]");
          while (B - at >= 10 + 1 + 7 + 1)
            at += (size_t) sprintf (payload + at, ",[%d,%d]", 100 + (int) (at % 900),
                                    100 + (int) (at * 7 % 900));
          at += (size_t) sprintf (payload + at, "]");
        }
      if (B - at >= 8)
        {
          at += (size_t) sprintf (payload + at, ",\"z\":\"");
          while (at < B - 2)
            payload[at++] = '0';
          payload[at++] = '"';
        }
      else
        {
          while (at < B - 1)
            payload[at++] = ' ';
        }
      payload[B - 1] = '}';
      payload[B] = 0;
    }
  recv_prefix_len = (size_t) snprintf (recv_prefix, sizeof recv_prefix, "%s[\"%s\",", nsp_prefix (),
                                       opt.recv_event ? opt.recv_event : opt.event);
}

void
emit_event (struct client *c, uint64_t due)
{
  static struct buffer pkt;
  if (c->state != ST_READY || unsent_bytes (c) > OUT_LIMIT)
    {
      tally.unsent++;
      return;
    }
  char room[64] = "";
  if (opt.room_arg)
    snprintf (room, sizeof room, "\"%s%u\",", opt.room_prefix, c->room);
  pkt.len = 0;
  buf_reserve (&pkt, (size_t) opt.bytes + 1024);
  if (opt.binary)
    {
      uint32_t id = c->id, seq = c->next_seq;
      int m = sprintf (pkt.p, "45%d-%s[\"%s\",%s", opt.attachments, nsp_prefix (), opt.event, room);
      for (int i = 0; i < opt.attachments; i++)
        m += sprintf (pkt.p + m, "%s{\"_placeholder\":true,\"num\":%d}", i ? "," : "", i);
      m += sprintf (pkt.p + m, "]");
      send_packet (c, false, pkt.p, (size_t) m);
      memcpy (payload + 4, &due, 8);
      memcpy (payload + 12, &id, 4);
      memcpy (payload + 16, &seq, 4);
      send_packet (c, true, payload, (size_t) opt.bytes);
      for (int i = 1; i < opt.attachments; i++)
        send_packet (c, true, "initvector12", 12);
    }
  else
    {
      int m = sprintf (pkt.p, "42%s[\"%s\",%s", nsp_prefix (), opt.event, room);
      pkt.len = (size_t) m;
      put_hex (payload + 6, due, 16);
      put_hex (payload + 22, c->id, 6);
      put_hex (payload + 28, c->next_seq, 8);
      buf_add (&pkt, payload, (size_t) opt.bytes);
      buf_add (&pkt, ev_tail, 1);
      send_packet (c, false, pkt.p, pkt.len);
    }
  c->next_seq++;
  tally.sent++;
}

/* One event has reached one receiver. */
static void
deliver (struct client *c, uint64_t t, uint32_t from, uint32_t seq, uint64_t now)
{
  struct client *s = from < (uint32_t) n_clients ? &clients[from] : NULL;
  if (!s || s == c || s->sender == NO_SENDER || s->room != c->room)
    {
      tally.misrouted++;
      return;
    }
  struct track *k = &c->track[s->sender];
  if (seq >= k->next)
    {
      uint32_t step = seq - k->next + 1;
      tally.gaps += step - 1;
      k->seen = (step >= 64 ? 0 : k->seen << step) | 1;
      k->next = seq + 1;
    }
  else
    {
      uint32_t back = k->next - 1 - seq;
      if (back >= 64 || (k->seen >> back & 1))
        {
          tally.duplicated++;
          return;
        }
      k->seen |= 1ull << back;
      tally.late++;
    }
  tally.unique++;
  last_progress = now;
  if (measuring)
    tally.delivered++;
  if (t >= window_start && t < window_end)
    hist_add (&h_latency, now > t ? now - t : 0);
  if (s->left && --s->left[seq & (uint32_t) (opt.window - 1)] == 0)
    sender_may_continue (s);
}

/* "k":"<30 hex>" somewhere in a text event; remembers where it was last time. */
static bool
find_stamp (const char *p, size_t len, uint64_t *t, uint32_t *from, uint32_t *seq)
{
  static size_t hint;
  const char *q = p + hint;
  if (hint + 5 + STAMP_HEX > len || memcmp (q, "\"k\":\"", 5) != 0)
    {
      q = memmem (p, len, "\"k\":\"", 5);
      if (!q || (size_t) (p + len - q) < 5 + STAMP_HEX)
        return false;
      hint = (size_t) (q - p);
    }
  q += 5;
  *t = get_hex (q, 16);
  *from = (uint32_t) get_hex (q + 16, 6);
  *seq = (uint32_t) get_hex (q + 22, 8);
  return true;
}

static bool
is_our_event (const char *p, size_t len)
{
  return len > recv_prefix_len && memcmp (p, recv_prefix, recv_prefix_len) == 0;
}

void
on_event (struct client *c, const char *p, size_t len, uint64_t now)
{
  uint64_t t;
  uint32_t from, seq;
  if (!is_our_event (p, len) || !find_stamp (p, len, &t, &from, &seq))
    {
      tally.other++;
      return;
    }
  if (len != recv_prefix_len + (size_t) opt.bytes + 1)
    tally.altered++;
  deliver (c, t, from, seq, now);
}

void
on_binary_header (struct client *c, const char *p, size_t len)
{
  const char *dash = memchr (p, '-', len < 8 ? len : 8);
  c->attach_left = dash ? atoi (p) : 0;
  c->attach_no = 0;
  c->attach_ours = dash && is_our_event (dash + 1, (size_t) (p + len - dash - 1));
}

void
on_attachment (struct client *c, const char *p, size_t len, size_t full_len, uint64_t now)
{
  if (c->attach_left <= 0)
    {
      tally.other++;
      return;
    }
  if (c->attach_no++ == 0 && c->attach_ours)
    {
      if (len < STAMP_BIN || memcmp (p, "SIOL", 4) != 0)
        {
          c->attach_ours = false;
        }
      else
        {
          memcpy (&c->stamp_t, p + 4, 8);
          memcpy (&c->stamp_sender, p + 12, 4);
          memcpy (&c->stamp_seq, p + 16, 4);
          if (full_len != (size_t) opt.bytes)
            tally.altered++;
        }
    }
  if (--c->attach_left == 0)
    {
      if (c->attach_ours)
        deliver (c, c->stamp_t, c->stamp_sender, c->stamp_seq, now);
      else
        tally.other++;
    }
}

void
emit_echo (struct client *c)
{
  static struct buffer pkt;
  uint32_t id = c->next_ack++;
  pkt.len = 0;
  buf_reserve (&pkt, (size_t) opt.bytes + 512);
  pkt.len = (size_t) sprintf (pkt.p, "42%s%" PRIu32 "[\"%s\",", nsp_prefix (), id, opt.echo_event);
  buf_add (&pkt, payload, (size_t) opt.bytes);
  buf_add (&pkt, ev_tail, 1);
  c->t_emit[id % (uint32_t) opt.window] = now_ns ();
  send_packet (c, false, pkt.p, pkt.len);
  tally.sent++;
}

void
on_ack (struct client *c, const char *p, size_t len, uint64_t now)
{
  uint32_t id = 0;
  if (c->state == ST_JOINING)
    {
      c->state = ST_READY;
      n_joined++;
      return;
    }
  size_t skip = strlen (nsp_prefix ());
  for (size_t i = skip; i < len && p[i] >= '0' && p[i] <= '9'; i++)
    id = id * 10 + (uint32_t) (p[i] - '0');
  if (!c->t_emit)
    return;
  last_progress = now;
  if (measuring)
    {
      tally.acks++;
      hist_add (&h_latency, now - c->t_emit[id % (uint32_t) opt.window]);
    }
  if (now < window_end)
    emit_echo (c);
}
