/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connections of clients, from the first attempt to the last byte. */
#include "sioload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct client *clients;
int n_clients, epfd = -1;
char *rbuf;
struct tally tally;
int in_flight, n_connected, n_joined;
bool retry_failed;

static void
conn_watch (struct conn *k, bool out)
{
  if (k->want_out == out)
    return;
  k->want_out = out;
  struct epoll_event ev = { .events = EPOLLIN | (out ? EPOLLOUT : 0u), .data.ptr = k };
  epoll_ctl (epfd, EPOLL_CTL_MOD, k->fd, &ev);
}

static void
conn_flush (struct conn *k)
{
  while (k->up && k->out_off < k->out.len)
    {
      ssize_t w = send (k->fd, k->out.p + k->out_off, k->out.len - k->out_off, MSG_NOSIGNAL);
      if (w < 0)
        {
          if (errno == EAGAIN)
            {
              conn_watch (k, true);
              return;
            }
          client_fail (k->c, strerror (errno));
          return;
        }
      k->out_off += (size_t) w;
    }
  if (k->up)
    {
      k->out.len = k->out_off = 0;
      conn_watch (k, false);
    }
}

void
conn_close (struct conn *k)
{
  if (k->fd >= 0)
    {
      if (opt.rst)
        {
          struct linger l = { .l_onoff = 1, .l_linger = 0 };
          setsockopt (k->fd, SOL_SOCKET, SO_LINGER, &l, sizeof l);
        }
      close (k->fd);
    }
  k->fd = -1;
  k->up = k->want_out = k->busy = false;
  k->in.len = k->out.len = k->out_off = 0;
}

static bool
conn_open (struct conn *k)
{
  k->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (k->fd < 0)
    die ("socket: %s", strerror (errno));
  int one = 1;
  setsockopt (k->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (opt.src > 1)
    { /* several source addresses: more ephemeral ports */
      struct sockaddr_in src = { .sin_family = AF_INET };
      src.sin_addr.s_addr = htonl (INADDR_LOOPBACK + k->c->id % (uint32_t) opt.src);
      setsockopt (k->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
      if (bind (k->fd, (struct sockaddr *) &src, sizeof src) < 0)
        die ("bind: %s", strerror (errno));
    }
  if (connect (k->fd, (struct sockaddr *) &opt.addr, sizeof opt.addr) < 0 && errno != EINPROGRESS)
    return false;
  struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT, .data.ptr = k };
  k->want_out = true;
  if (epoll_ctl (epfd, EPOLL_CTL_ADD, k->fd, &ev) < 0)
    die ("epoll_ctl: %s", strerror (errno));
  return true;
}

static void
http_request (struct client *c, struct conn *k, const char *body, size_t len)
{
  char head[1024];
  char host[64];
  snprintf (host, sizeof host, "%s:%d", inet_ntoa (opt.addr.sin_addr), ntohs (opt.addr.sin_port));
  int m = snprintf (head, sizeof head, "%s %s?EIO=4&transport=%s%s%s%s%s HTTP/1.1\r\nHost: %s\r\n",
                    body ? "POST" : "GET", opt.path, opt.polling ? "polling" : "websocket",
                    c->sid[0] ? "&sid=" : "", c->sid, opt.query[0] ? "&" : "", opt.query, host);
  if (!opt.polling)
    m += snprintf (head + m, sizeof head - (size_t) m,
                   "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2lvbG9hZCBiZW5jaG1hcg==\r\n%s",
                   opt.offer_deflate ? "Sec-WebSocket-Extensions: permessage-deflate; "
                                       "client_max_window_bits\r\n"
                                     : "");
  else if (body)
    m += snprintf (head + m, sizeof head - (size_t) m,
                   "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %zu\r\n", len);
  m += snprintf (head + m, sizeof head - (size_t) m, "\r\n");
  if ((size_t) m >= sizeof head)
    die ("request head too long");
  buf_add (&k->out, head, (size_t) m);
  if (body)
    buf_add (&k->out, body, len);
  k->busy = true;
}

void
client_start (struct client *c)
{
  c->state = ST_TCP;
  c->t_start = now_ns ();
  c->retry_at = 0;
  c->sid[0] = 0;
  c->post.len = 0;
  c->attach_left = 0;
  in_flight++;
  if (!conn_open (&c->a))
    client_fail (c, strerror (errno));
}

void
client_down (struct client *c)
{
  if (c->counted)
    {
      c->counted = false;
      n_connected--;
    }
  if (c->state >= ST_TCP && c->state < ST_CONNECTED)
    in_flight--;
  if (c->state == ST_READY)
    n_joined--;
  conn_close (&c->a);
  conn_close (&c->b);
  c->state = ST_DEAD;
}

void
client_fail (struct client *c, const char *why)
{
  static int told;
  if (c->state == ST_DEAD)
    return;
  if (told++ < 5)
    fprintf (stderr, "sioload: client %u in state %d: %s\n", c->id, c->state, why);
  if (c->state >= ST_CONNECTED)
    tally.disconnects++;
  else
    tally.failed++;
  client_down (c);
  if (retry_failed)
    c->retry_at = now_ns () + NSEC / 10;
}

void
client_connected (struct client *c, uint64_t now)
{
  in_flight--;
  c->state = ST_CONNECTED;
  c->counted = true;
  n_connected++;
  hist_add (&h_connect, now - c->t_first);
  if (retry_failed && opt.rooms > 0) /* storm: rejoin at once */
    send_join (c);
}

static void
conn_closed (struct conn *k, const char *why)
{
  struct client *c = k->c;
  if (k->kind == K_WS || k->busy || c->state < ST_CONNECT)
    {
      client_fail (c, why);
      return;
    }
  tally.http_reopened++; /* an idle keep-alive connection may be closed */
  conn_close (k);
  mark_dirty (c);
}

void
conn_readable (struct conn *k)
{
  size_t have = k->in.len;
  if (have)
    memcpy (rbuf, k->in.p, have);
  ssize_t r = recv (k->fd, rbuf + have, RBUF_SIZE - have, 0);
  if (r < 0 && errno == EAGAIN)
    return;
  if (r <= 0)
    {
      conn_closed (k, r ? strerror (errno) : "connection closed by the server");
      return;
    }
  tally.bytes_in += (uint64_t) r;
  size_t len = have + (size_t) r;
  size_t used = parse_input (k, rbuf, len, now_ns ());
  k->in.len = 0;
  if (k->fd >= 0 && used < len)
    buf_add (&k->in, rbuf + used, len - used);
}

void
conn_writable (struct conn *k)
{
  struct client *c = k->c;
  if (!k->up)
    {
      int err = 0;
      socklen_t len = sizeof err;
      getsockopt (k->fd, SOL_SOCKET, SO_ERROR, &err, &len);
      if (err)
        {
          client_fail (c, strerror (err));
          return;
        }
      k->up = true;
      if (c->state == ST_TCP)
        {
          c->state = opt.polling ? ST_OPEN : ST_UPGRADE;
          http_request (c, k, NULL, 0);
        }
    }
  conn_flush (k);
}

/* Writes what the last round of events has produced. */
void
flush_dirty (void)
{
  for (int i = 0; i < n_dirty; i++)
    {
      struct client *c = dirty[i];
      c->dirty = false;
      if (c->state == ST_DEAD || c->state == ST_NEW)
        continue;
      if (opt.polling && c->state >= ST_CONNECT)
        {
          if (c->a.fd < 0 && !conn_open (&c->a))
            client_fail (c, strerror (errno));
          if (c->b.fd < 0 && c->state != ST_DEAD && !conn_open (&c->b))
            client_fail (c, strerror (errno));
          if (c->state == ST_DEAD)
            continue;
          if (!c->a.busy)
            http_request (c, &c->a, NULL, 0);
          if (!c->b.busy && c->post.len)
            {
              http_request (c, &c->b, c->post.p, c->post.len);
              c->post.len = 0;
            }
          if (c->b.up)
            conn_flush (&c->b);
        }
      if (c->state != ST_DEAD && c->a.up)
        conn_flush (&c->a);
    }
  n_dirty = 0;
}
