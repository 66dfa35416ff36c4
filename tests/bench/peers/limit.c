/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
/*
 * limit - the least work a Socket.IO relay can do on this kernel: epoll, fixed
 * Engine.IO / Socket.IO packets, no JSON.  Only for comparison; not a real
 * server (no heartbeat, constant Sec-WebSocket-Accept for sioload's key).
 *
 *   limit PORT naive          one send() per event per receiver, at once
 *   limit PORT tick           events of one epoll round are written together
 *   limit PORT hold USEC      a room is written to at most once per USEC
 *                             (first event at once, the next ones wait)
 *   CC=cubic|bbr|reno in the environment sets TCP_CONGESTION
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define RBUF (1 << 20)
#define MAX_ROOMS 4096

struct buf { char *p; size_t len, cap; };
struct conn {
    int fd;
    bool up, want_out, attach;
    struct room *room;
    unsigned place;
    struct buf in, out, head;
    size_t out_off;
};
struct seg { size_t at, len; struct conn *from; };
struct room {
    char name[32];
    struct conn **m;
    unsigned n, cap;
    struct buf tick;
    struct seg *seg;
    unsigned n_seg, cap_seg;
    uint64_t last, due;
    bool dirty;
};
static struct room rooms[MAX_ROOMS];
static unsigned n_rooms;
static struct room *dirty[MAX_ROOMS];
static unsigned n_dirty;
static int ep;
static char rbuf[RBUF];
static enum { NAIVE, TICK, HOLD } mode;
static uint64_t hold_ns;

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static void add(struct buf *b, const void *p, size_t n)
{
    if (b->len + n > b->cap)
        b->p = realloc(b->p, b->cap = (b->len + n) * 2);
    memcpy(b->p + b->len, p, n);
    b->len += n;
}

static size_t frame_head(char *d, int op, size_t n)
{
    d[0] = (char)(0x80 | op);
    if (n < 126) {
        d[1] = (char)n;
        return 2;
    }
    d[1] = 126;
    d[2] = (char)(n >> 8);
    d[3] = (char)n;
    return 4;
}

static void watch(struct conn *c, bool out)
{
    if (c->want_out == out)
        return;
    c->want_out = out;
    struct epoll_event e = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}

static void send_iov(struct conn *c, struct iovec *v, int n)
{
    if (c->fd < 0)
        return;
    ssize_t w = 0;
    if (c->out.len == c->out_off) {
        c->out.len = c->out_off = 0;
        struct msghdr h = {.msg_iov = v, .msg_iovlen = (size_t)n};
        w = n == 1 ? send(c->fd, v->iov_base, v->iov_len, MSG_NOSIGNAL) : sendmsg(c->fd, &h, MSG_NOSIGNAL);
        if (w < 0)
            w = 0;
    }
    for (int i = 0; i < n; i++) {
        size_t l = v[i].iov_len, skip = (size_t)w < l ? (size_t)w : l;
        w -= (ssize_t)skip;
        if (skip < l) {
            add(&c->out, (char *)v[i].iov_base + skip, l - skip);
            watch(c, true);
        }
    }
}

static void send_buf(struct conn *c, void *p, size_t n)
{
    struct iovec v = {p, n};
    send_iov(c, &v, 1);
}

static void send_text(struct conn *c, const char *p, size_t n)
{
    char b[4096];
    size_t h = frame_head(b, 1, n);
    memcpy(b + h, p, n);
    send_buf(c, b, h + n);
}

static void flush_room(struct room *r)
{
    struct iovec v[1024];
    for (unsigned i = 0; i < r->n; i++) {
        struct conn *c = r->m[i];
        int k = 0;
        bool open = false;
        for (unsigned s = 0; s < r->n_seg; s++) {
            struct seg *g = &r->seg[s];
            if (g->from == c) {
                open = false;
                continue;
            }
            if (open) {
                v[k - 1].iov_len += g->len;
            } else {
                if (k == 1024) {
                    send_iov(c, v, k);
                    k = 0;
                }
                v[k++] = (struct iovec){r->tick.p + g->at, g->len};
                open = true;
            }
        }
        if (k)
            send_iov(c, v, k);
    }
    r->tick.len = 0;
    r->n_seg = 0;
    r->dirty = false;
}

static void relay(struct conn *c, const char *frames, size_t len)
{
    struct room *r = c->room;
    if (!r)
        return;
    if (mode == NAIVE) {
        for (unsigned i = 0; i < r->n; i++)
            if (r->m[i] != c)
                send_buf(r->m[i], (void *)frames, len);
        return;
    }
    if (r->n_seg == r->cap_seg)
        r->seg = realloc(r->seg, (r->cap_seg = r->cap_seg * 2 + 16) * sizeof *r->seg);
    r->seg[r->n_seg++] = (struct seg){r->tick.len, len, c};
    add(&r->tick, frames, len);
    if (!r->dirty) {
        r->dirty = true;
        r->due = 0;
        if (mode == HOLD)
            r->due = r->last + hold_ns;
        dirty[n_dirty++] = r;
    }
}

static void leave(struct conn *c)
{
    struct room *r = c->room;
    if (!r)
        return;
    r->m[c->place] = r->m[--r->n];
    r->m[c->place]->place = c->place;
    for (unsigned i = 0; i < r->n_seg; i++)
        if (r->seg[i].from == c)
            r->seg[i].from = NULL;
    c->room = NULL;
}

static void join(struct conn *c, const char *name, size_t n)
{
    struct room *r = NULL;
    for (unsigned i = 0; i < n_rooms && !r; i++)
        if (strlen(rooms[i].name) == n && memcmp(rooms[i].name, name, n) == 0)
            r = &rooms[i];
    if (!r) {
        r = &rooms[n_rooms++];
        memcpy(r->name, name, n);
    }
    leave(c);
    if (r->n == r->cap)
        r->m = realloc(r->m, (r->cap = r->cap * 2 + 16) * sizeof *r->m);
    c->room = r;
    c->place = r->n;
    r->m[r->n++] = c;
}

static void on_text(struct conn *c, char *p, size_t n)
{
    char b[4096];
    if (n >= 9 && memcmp(p, "42[\"draw\",", 9) == 0) {
        size_t h = frame_head(b, 1, n);
        memcpy(b + h, p, n);
        relay(c, b, h + n);
    } else if (n > 3 && memcmp(p, "451-", 4) == 0) {
        char h[8];
        c->head.len = 0;
        add(&c->head, h, frame_head(h, 1, n));
        add(&c->head, p, n);
        c->attach = true;
    } else if (n == 2 && memcmp(p, "40", 2) == 0) {
        send_text(c, "40{\"sid\":\"abcdefghijklmnopqrst\"}", 32);
    } else if (n > 4 && memcmp(p, "42", 2) == 0) {
        char *q = memchr(p, '[', n);
        if (q && memcmp(q, "[\"join\",\"", 9) == 0) {
            join(c, q + 9, (size_t)(p + n - q) - 11);
            int m = sprintf(b, "43%.*s[\"ok\"]", (int)(q - p - 2), p + 2);
            send_text(c, b, (size_t)m);
        } else if (q && memcmp(q, "[\"echo\",", 8) == 0) {
            size_t id = (size_t)(q - p);        /* "42" + id */
            memcpy(b, p, id);
            b[1] = '3';
            b[id] = '[';
            memcpy(b + id + 1, q + 8, (size_t)(p + n - q) - 8);
            send_text(c, b, n - 7);
        }
    }
}

static void on_binary(struct conn *c, char *p, size_t n)
{
    if (!c->attach)
        return;
    char h[8];
    add(&c->head, h, frame_head(h, 2, n));
    add(&c->head, p, n);
    c->attach = false;
    relay(c, c->head.p, c->head.len);
}

static void drop(struct conn *c)
{
    leave(c);
    close(c->fd);
    c->fd = -1;         /* leaked on purpose: events of this round may point here */
    free(c->in.p);
    free(c->out.p);
    c->in = c->out = (struct buf){0};
    c->out_off = 0;
}

static void send_open(struct conn *c);

static void readable(struct conn *c)
{
    size_t have = c->in.len;
    if (have)
        memcpy(rbuf, c->in.p, have);
    ssize_t r = recv(c->fd, rbuf + have, RBUF - have, 0);
    if (r <= 0) {
        if (r == 0 || errno != EAGAIN)
            drop(c);
        return;
    }
    size_t len = have + (size_t)r, at = 0;
    if (!c->up) {
        char *e = memmem(rbuf, len, "\r\n\r\n", 4);
        if (!e)
            goto keep;
        at = (size_t)(e - rbuf) + 4;
        static const char ok[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Accept: R4Cmq1FvlGmNVsmBLFdaAUSnmhQ=\r\n\r\n";
        send_buf(c, (void *)ok, sizeof ok - 1);
        send_open(c);
        c->up = true;
    }
    while (len - at >= 6) {
        unsigned char *h = (unsigned char *)rbuf + at;
        size_t n = h[1] & 127, hl = 6;
        if (n == 126) {
            if (len - at < 8)
                break;
            n = (size_t)h[2] << 8 | h[3];
            hl = 8;
        } else if (n == 127) {
            drop(c);
            return;
        }
        if (len - at < hl + n)
            break;
        char *p = rbuf + at + hl;
        uint32_t m;
        memcpy(&m, p - 4, 4);
        uint64_t mm = (uint64_t)m << 32 | m, v;
        size_t i = 0;
        for (; i + 8 <= n; i += 8) {
            memcpy(&v, p + i, 8);
            v ^= mm;
            memcpy(p + i, &v, 8);
        }
        for (; i < n; i++)
            p[i] ^= ((char *)&m)[i & 3];
        if ((h[0] & 15) == 1)
            on_text(c, p, n);
        else if ((h[0] & 15) == 2)
            on_binary(c, p, n);
        at += hl + n;
    }
keep:
    c->in.len = 0;
    if (at < len)
        add(&c->in, rbuf + at, len - at);
    else if (c->in.p) {
        free(c->in.p);
        c->in = (struct buf){0};
    }
}

static void writable(struct conn *c)
{
    ssize_t w = send(c->fd, c->out.p + c->out_off, c->out.len - c->out_off, MSG_NOSIGNAL);
    if (w > 0)
        c->out_off += (size_t)w;
    if (c->out_off == c->out.len) {
        free(c->out.p);
        c->out = (struct buf){0};
        c->out_off = 0;
        watch(c, false);
    }
}

static struct conn *adopt(int fd, bool up)
{
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct conn *c = calloc(1, sizeof *c);
    c->fd = fd;
    c->up = up;
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    return c;
}

static void on_conn_event(struct conn *c, uint32_t ev)
{
    if (c->fd >= 0 && ev & EPOLLOUT && c->want_out)
        writable(c);
    if (c->fd >= 0 && ev & (EPOLLIN | EPOLLHUP | EPOLLERR))
        readable(c);
}

/* Nanoseconds until a held room is due; UINT64_MAX if none waits. */
static uint64_t next_due(void)
{
    if (!n_dirty)
        return UINT64_MAX;
    uint64_t t = now_ns(), due = UINT64_MAX;
    for (unsigned i = 0; i < n_dirty; i++)
        if (dirty[i]->due < due)
            due = dirty[i]->due;
    return due > t ? due - t : 0;
}

static void flush_due(void)
{
    if (!n_dirty)
        return;
    uint64_t t = mode == HOLD ? now_ns() : 0;
    unsigned keep = 0;
    for (unsigned i = 0; i < n_dirty; i++) {
        struct room *r = dirty[i];
        if (mode == HOLD && r->due > t) {
            dirty[keep++] = r;
            continue;
        }
        flush_room(r);
        r->last = t;
    }
    n_dirty = keep;
}

static void send_open(struct conn *c)
{
    static const char open[] = "0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[],"
        "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
    send_text(c, open, sizeof open - 1);
}

#ifndef LIMIT_CORE
int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    mode = argv[2][0] == 'n' ? NAIVE : argv[2][0] == 't' ? TICK : HOLD;
    hold_ns = argc > 3 ? (uint64_t)atoi(argv[3]) * 1000 : 0;
    struct rlimit rl;
    getrlimit(RLIMIT_NOFILE, &rl);
    rl.rlim_cur = rl.rlim_max;
    setrlimit(RLIMIT_NOFILE, &rl);
    signal(SIGPIPE, SIG_IGN);
    int ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (getenv("CC"))
        if (setsockopt(ls, IPPROTO_TCP, TCP_CONGESTION, getenv("CC"), (socklen_t)strlen(getenv("CC"))) < 0)
            perror("TCP_CONGESTION");
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(ls, (void *)&a, sizeof a) || listen(ls, 4096)) {
        perror("listen");
        return 1;
    }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL}, ev[512];
    epoll_ctl(ep, EPOLL_CTL_ADD, ls, &e);
    for (;;) {
        uint64_t w = next_due();
        struct timespec ts = {(time_t)(w / 1000000000), (long)(w % 1000000000)};
        int n = epoll_pwait2(ep, ev, 512, w == UINT64_MAX ? NULL : &ts, NULL);
        for (int i = 0; i < n; i++) {
            struct conn *c = ev[i].data.ptr;
            int fd;
            if (c)
                on_conn_event(c, ev[i].events);
            else
                while ((fd = accept4(ls, NULL, NULL, SOCK_NONBLOCK)) >= 0)
                    adopt(fd, false);
        }
        flush_due();
    }
}
#endif
