/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
/*
 * sioload - a load generator ("ruler") for Socket.IO v5 / Engine.IO v4 servers
 *
 *   cc -O2 -Wall -Wextra -o sioload sioload.c          (C11, Linux, libc only)
 *   ./sioload SCENARIO --url http://127.0.0.1:PORT [flags]     one JSON line out
 *
 * One process, one thread, one epoll set plays all clients, so that all send and
 * receive times come from one clock and so that the generator is far cheaper
 * than the server.  Run the server on one core and sioload on another
 * (taskset -c 0 server; taskset -c 1 sioload ...).  Targets outside 127.0.0.0/8
 * are refused.
 *
 * PROTOCOL
 *   Engine.IO v4, by default straight over WebSocket
 *   (GET /socket.io/?EIO=4&transport=websocket, no extensions offered), client
 *   frames masked with one constant mask.  With --transport polling: HTTP
 *   long-polling, two keep-alive connections per client (GET, POST), packets
 *   separated by 0x1e, binary as 'b'+base64.
 *   Packets: "0{..}" open -> we send "40" -> "40{..}" means connected;
 *   "2" ping -> "3" pong; "42[..]" event; "43id[..]" ack; "451-[..]" + binary
 *   frames for a binary event.  Other events are counted and ignored.
 *
 * WHAT A SERVER MUST OFFER (event names can be changed with flags)
 *   ["join", room]     with an ack id: put the socket into the room, then ack
 *                      (--no-join-ack: fire and forget, then wait one second)
 *   ["draw", payload]  relay the same event and payload to everybody else in
 *                      the sender's room, not to the sender
 *   ["echo", payload]  with an ack id: ack with the payload (scenario echo)
 *   The payload is an object {"k":"<30 hex digits>","p":[[x,y],..],"z":".."} of
 *   exactly --bytes bytes; "k" holds send time, sender and sequence number.
 *   With --binary it is one binary attachment of --bytes bytes.
 *
 * SCENARIOS
 *   fanout   --clients C in --rooms R; the first --senders S of each room emit
 *            --rate E events/s each for --secs T after --warmup W seconds.  The
 *            schedule is open loop: latency counts from the time at which an
 *            event was due, so a late generator or a blocked socket shows up as
 *            latency and is not hidden.  --poisson: random gaps, as of independent
 *            people, in place of equal ones.  --idle N adds N connected clients
 *            that take no part.
 *   fanout --max   closed loop: each sender keeps --window W events that not
 *            all receivers have got yet; finds the peak throughput.  Use it with
 *            --batch-us 200: on loopback, waking a sleeping receiver costs the
 *            SERVER 1-2 us per message, which remote clients would not.
 *   echo     each client keeps --window W emits with ack id under way.
 *   connect  connects C clients, --conc K handshakes at a time (rate, handshake
 *            time), then holds them idle: memory per connection, CPU while idle
 *            for --hold seconds, memory after all have left.  --offer-deflate
 *            offers permessage-deflate as browsers do (this scenario only).
 *   storm    connects C clients (and joins rooms if --rooms is given), drops all
 *            at once and reconnects all at once (--conc K limits it); time until
 *            all are back.
 *   polling  = fanout --transport polling
 *
 * FIGURES (JSON keys)
 *   delivered        events received by all receivers within the window
 *   delivered_per_s  the same per second; expected_per_s: what the rate asks for
 *   lat_*_us         delivery latency of events sent within the window
 *   rtt_*_us         echo round trip
 *   lost             gaps: a later event of that sender came, this one never did
 *   undelivered      sent, but neither seen nor overtaken when the drain ended
 *   duplicated, out_of_order, misrouted (foreign room or own event), altered
 *                    (length differs), unsent (client buffer full): all 0 if ok
 *   server_cpu_s     utime+stime of --server-pid (all threads; several pids with
 *                    commas) in the window.  On loopback the kernel runs the
 *                    receiving half of TCP inside the sender's write, so this
 *                    holds it, for every server alike.
 *   cpu_us_per_msg   server_cpu_s per delivered event (per ack in echo)
 *   gen_cpu_share    our own CPU; when near 1, WE were the bottleneck and the
 *                    line says "generator_bound":true: do not trust throughput
 *   other_cpu        CPUs used by everything else on the machine: noise
 *   late_p99_us      how late our own schedule ran (0.99 quantile)
 *   sent_least, sent_most   events of the least and the most served sender: far
 *                    apart in --max when a server lets one client starve others
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NSEC 1000000000ull
#define RBUF_SIZE (4u << 20)      /* shared receive buffer = largest message */
#define OUT_LIMIT (1u << 20)      /* unsent bytes per client before we drop */
#define MAX_EVENTS 512
#define STAMP_HEX 30              /* 16 time, 6 sender, 8 sequence */
#define STAMP_BIN 20              /* "SIOL", u64 time, u32 sender, u32 sequence */
#define NO_SENDER UINT32_MAX

/* ------------------------------------------------------------ options -- */

static struct {
    const char *scenario, *name, *path, *nsp, *query, *auth;
    const char *event, *recv_event, *join_event, *echo_event, *room_prefix;
    struct sockaddr_in addr;
    int clients, rooms, senders, idle, bytes, window, conc, src, attachments, batch_us;
    double rate, secs, warmup, hold, drain, timeout;
    bool max, binary, polling, join_ack, room_arg, offer_deflate, rst, spin, poisson;
    int pids[64], n_pids;
} opt = {
    .name = "", .path = "/socket.io/", .nsp = "/", .query = "", .auth = "",
    .event = "draw", .join_event = "join", .echo_event = "echo", .room_prefix = "r",
    .clients = 50, .rooms = 0, .senders = 1, .bytes = 100, .window = 8,
    .attachments = 1, .rate = 60, .secs = 8, .warmup = 2, .hold = 10, .drain = 3,
    .timeout = 30, .join_ack = true,
};

_Noreturn static void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("sioload: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

static void *xrealloc(void *p, size_t n)
{
    p = realloc(p, n);
    if (!p)
        die("out of memory");
    return p;
}

static void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n, size);
    if (!p)
        die("out of memory");
    return p;
}

static uint64_t now_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * NSEC + (uint64_t)ts.tv_nsec;
}

/* ---------------------------------------------------------- histogram -- */

/* Log-linear: 64 buckets per power of two, so values are exact to 1.6 %. */
#define HIST_BUCKETS (59 * 64)
struct hist {
    uint64_t n[HIST_BUCKETS], count, max;
};
static struct hist h_latency, h_connect, h_late;

static void hist_add(struct hist *h, uint64_t v)
{
    unsigned i = (unsigned)v;
    if (v >= 64) {
        int e = 63 - __builtin_clzll(v);
        i = (unsigned)(e - 5) * 64 + ((v >> (e - 6)) & 63);
    }
    h->n[i]++;
    h->count++;
    if (v > h->max)
        h->max = v;
}

static double hist_us(const struct hist *h, double q)
{
    uint64_t want = (uint64_t)(q * (double)h->count), seen = 0;
    for (unsigned i = 0; i < HIST_BUCKETS; i++) {
        seen += h->n[i];
        if (seen > want)
            return i < 64 ? i / 1e3
                          : (double)((64ull + i % 64) << (i / 64 - 1)) / 1e3;
    }
    return (double)h->max / 1e3;
}

/* ------------------------------------------------ what /proc tells us -- */

struct usage {
    double wall, server_cpu, gen_cpu, all_cpu;
};
struct memory {
    double rss_kb, pss_kb;
};

static double server_cpu_seconds(void)
{
    double ticks = 0;
    for (int i = 0; i < opt.n_pids; i++) {
        char path[64], buf[1024];
        snprintf(path, sizeof path, "/proc/%d/stat", opt.pids[i]);
        FILE *f = fopen(path, "r");
        if (!f)
            die("server pid %d is gone", opt.pids[i]);
        size_t n = fread(buf, 1, sizeof buf - 1, f);
        fclose(f);
        buf[n] = 0;
        unsigned long ut = 0, st = 0;
        char *p = strrchr(buf, ')');
        if (!p || sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                         &ut, &st) != 2)
            die("cannot read %s", path);
        ticks += (double)(ut + st);
    }
    return ticks / (double)sysconf(_SC_CLK_TCK);
}

static double machine_cpu_seconds(void)
{
    unsigned long long v[8] = {0};
    FILE *f = fopen("/proc/stat", "r");
    if (f) {
        if (fscanf(f, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &v[0], &v[1], &v[2],
                   &v[3], &v[4], &v[5], &v[6], &v[7]) != 8)
            memset(v, 0, sizeof v);
        fclose(f);
    }   /* all but idle and iowait */
    return (double)(v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) / (double)sysconf(_SC_CLK_TCK);
}

static struct usage usage_now(void)
{
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (struct usage){
        .wall = (double)now_ns() / 1e9,
        .server_cpu = server_cpu_seconds(),
        .gen_cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
                   (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6,
        .all_cpu = machine_cpu_seconds(),
    };
}

static struct memory memory_now(void)
{
    struct memory m = {0};
    for (int i = 0; i < opt.n_pids; i++) {
        char path[64], line[256];
        snprintf(path, sizeof path, "/proc/%d/smaps_rollup", opt.pids[i]);
        FILE *f = fopen(path, "r");
        while (f && fgets(line, sizeof line, f)) {
            double kb;
            if (sscanf(line, "Rss: %lf", &kb) == 1)
                m.rss_kb += kb;
            else if (sscanf(line, "Pss: %lf", &kb) == 1)
                m.pss_kb += kb;
        }
        if (f)
            fclose(f);
    }
    return m;
}

/* ------------------------------------------------------- client state -- */

enum state {
    ST_NEW, ST_TCP, ST_UPGRADE, ST_OPEN, ST_CONNECT, ST_CONNECTED, ST_JOINING,
    ST_READY, ST_DEAD
};
enum kind { K_WS, K_GET, K_POST };

struct buffer {
    char *p;
    size_t len, cap;
};

struct conn {               /* one TCP connection; a polling client has two */
    struct client *c;
    int fd;
    enum kind kind;
    bool up, want_out, busy;   /* busy: an HTTP request is under way */
    struct buffer in, out;     /* carried-over input, unsent output */
    size_t out_off;
};

struct track {              /* what one receiver has seen of one sender */
    uint32_t next;
    uint64_t seen;          /* bit i: sequence number next-1-i has arrived */
};

struct client {
    struct conn a, b;       /* a: WebSocket or GET, b: POST */
    enum state state;
    uint32_t id, room;      /* room == UINT32_MAX: takes no part */
    uint32_t sender;        /* index of the sender in its room, or NO_SENDER */
    bool dirty, counted;
    uint64_t t_first, t_start, retry_at;    /* first attempt, this attempt, next one */
    char sid[64];
    struct buffer post;     /* polling: packets waiting for the next POST */
    struct track *track;    /* one for each sender of the room */
    /* sender */
    uint32_t next_seq, base_seq;
    uint32_t *left;         /* --max: receivers missing, per event of the window */
    /* echo */
    uint64_t *t_emit;
    uint32_t next_ack;
    /* the binary event being received */
    int attach_left, attach_no;
    bool attach_ours;
    uint64_t stamp_t;
    uint32_t stamp_sender, stamp_seq;
};

static struct client *clients;
static int n_clients, epfd = -1;
static char *rbuf;
static struct client **dirty;
static int n_dirty;
static struct client **sender_list;
static int n_senders;

static struct {
    uint64_t sent, delivered, unique, gaps, late, duplicated, misrouted, altered, other;
    uint64_t unsent, acks, bytes_in, disconnects, failed, retries, refused, timeouts;
    uint64_t expected, http_reopened, deflate_accepted;
} n;

static int in_flight, n_connected, n_joined, next_to_start, conc_limit;
static bool measuring, retry_failed, stalled;
static uint64_t window_start, window_end, last_progress;

static void client_start(struct client *c);
static void client_fail(struct client *c, const char *why);
static void on_packet(struct client *c, bool binary, const char *p, size_t len, uint64_t now);
static void sender_may_continue(struct client *s);

/* ------------------------------------------------------------- output -- */

static void buf_reserve(struct buffer *b, size_t more)
{
    if (b->len + more > b->cap) {
        b->cap = (b->len + more) * 2 < 512 ? 512 : (b->len + more) * 2;
        b->p = xrealloc(b->p, b->cap);
    }
}

static void buf_add(struct buffer *b, const void *p, size_t len)
{
    buf_reserve(b, len);
    memcpy(b->p + b->len, p, len);
    b->len += len;
}

static void mark_dirty(struct client *c)
{
    if (!c->dirty) {
        c->dirty = true;
        dirty[n_dirty++] = c;
    }
}

static void conn_watch(struct conn *k, bool out)
{
    if (k->want_out == out)
        return;
    k->want_out = out;
    struct epoll_event ev = {.events = EPOLLIN | (out ? EPOLLOUT : 0u), .data.ptr = k};
    epoll_ctl(epfd, EPOLL_CTL_MOD, k->fd, &ev);
}

static void conn_flush(struct conn *k)
{
    while (k->up && k->out_off < k->out.len) {
        ssize_t w = send(k->fd, k->out.p + k->out_off, k->out.len - k->out_off, MSG_NOSIGNAL);
        if (w < 0) {
            if (errno == EAGAIN) {
                conn_watch(k, true);
                return;
            }
            client_fail(k->c, strerror(errno));
            return;
        }
        k->out_off += (size_t)w;
    }
    if (k->up) {
        k->out.len = k->out_off = 0;
        conn_watch(k, false);
    }
}

/* Appends one client frame: FIN set, masked with a constant non-zero mask (an
 * all-zero mask lets some servers skip the unmasking). */
static void ws_frame(struct client *c, unsigned opcode, const void *payload, size_t len)
{
    static const unsigned char mask[8] = {0x37, 0xfa, 0x21, 0x3d, 0x37, 0xfa, 0x21, 0x3d};
    struct buffer *o = &c->a.out;
    buf_reserve(o, len + 14);
    unsigned char *d = (unsigned char *)o->p + o->len;
    *d++ = (unsigned char)(0x80 | opcode);
    if (len < 126) {
        *d++ = (unsigned char)(0x80 | len);
    } else if (len < 65536) {
        *d++ = 0x80 | 126;
        *d++ = (unsigned char)(len >> 8);
        *d++ = (unsigned char)len;
    } else {
        *d++ = 0x80 | 127;
        for (int s = 56; s >= 0; s -= 8)
            *d++ = (unsigned char)((uint64_t)len >> s);
    }
    memcpy(d, mask, 4);
    d += 4;
    const unsigned char *src = payload;
    size_t i = 0;
    uint64_t m, v;
    memcpy(&m, mask, 8);
    for (; i + 8 <= len; i += 8) {
        memcpy(&v, src + i, 8);
        v ^= m;
        memcpy(d + i, &v, 8);
    }
    for (; i < len; i++)
        d[i] = src[i] ^ mask[i & 3];
    o->len = (size_t)((char *)d + len - o->p);
    mark_dirty(c);
}

static const char b64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void buf_add_base64(struct buffer *b, const unsigned char *p, size_t len)
{
    for (size_t i = 0; i < len; i += 3) {
        uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < len ? (uint32_t)p[i + 1] << 8 : 0) |
                     (i + 2 < len ? p[i + 2] : 0);
        char q[4] = {b64[v >> 18], b64[v >> 12 & 63], i + 1 < len ? b64[v >> 6 & 63] : '=',
                     i + 2 < len ? b64[v & 63] : '='};
        buf_add(b, q, 4);
    }
}

static size_t base64_decode(const char *p, size_t len, unsigned char *out, size_t max)
{
    size_t o = 0;
    uint32_t v = 0;
    int bits = 0;
    for (size_t i = 0; i < len && o < max; i++) {
        const char *q = p[i] ? strchr(b64, p[i]) : NULL;
        if (!q)
            break;
        v = v << 6 | (uint32_t)(q - b64);
        if ((bits += 6) >= 8)
            out[o++] = (unsigned char)(v >> (bits -= 8));
    }
    return o;
}

/* Sends one Engine.IO packet (text: already with its type digit). */
static void send_packet(struct client *c, bool binary, const void *p, size_t len)
{
    if (!opt.polling) {
        ws_frame(c, binary ? 2 : 1, p, len);
        return;
    }
    if (c->post.len)
        buf_add(&c->post, "\x1e", 1);
    if (binary) {
        buf_add(&c->post, "b", 1);
        buf_add_base64(&c->post, p, len);
    } else {
        buf_add(&c->post, p, len);
    }
    mark_dirty(c);
}

static void send_text(struct client *c, const char *fmt, ...)
{
    char buf[1024];
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    if (len < 0 || (size_t)len >= sizeof buf)
        die("packet too long");
    send_packet(c, false, buf, (size_t)len);
}

static size_t unsent_bytes(const struct client *c)
{
    return opt.polling ? c->post.len : c->a.out.len - c->a.out_off;
}

/* "/nsp," or "" for the default namespace */
static const char *nsp_prefix(void)
{
    static char buf[256];
    if (!buf[0] && strcmp(opt.nsp, "/") != 0)
        snprintf(buf, sizeof buf, "%s,", opt.nsp);
    return buf;
}

/* ---------------------------------------------------- connection setup -- */

static void conn_close(struct conn *k)
{
    if (k->fd >= 0) {
        if (opt.rst) {
            struct linger l = {.l_onoff = 1, .l_linger = 0};
            setsockopt(k->fd, SOL_SOCKET, SO_LINGER, &l, sizeof l);
        }
        close(k->fd);
    }
    k->fd = -1;
    k->up = k->want_out = k->busy = false;
    k->in.len = k->out.len = k->out_off = 0;
}

static bool conn_open(struct conn *k)
{
    k->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (k->fd < 0)
        die("socket: %s", strerror(errno));
    int one = 1;
    setsockopt(k->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (opt.src > 1) {       /* several source addresses: more ephemeral ports */
        struct sockaddr_in src = {.sin_family = AF_INET};
        src.sin_addr.s_addr = htonl(INADDR_LOOPBACK + k->c->id % (uint32_t)opt.src);
        setsockopt(k->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
        if (bind(k->fd, (struct sockaddr *)&src, sizeof src) < 0)
            die("bind: %s", strerror(errno));
    }
    if (connect(k->fd, (struct sockaddr *)&opt.addr, sizeof opt.addr) < 0 &&
        errno != EINPROGRESS)
        return false;
    struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT, .data.ptr = k};
    k->want_out = true;
    if (epoll_ctl(epfd, EPOLL_CTL_ADD, k->fd, &ev) < 0)
        die("epoll_ctl: %s", strerror(errno));
    return true;
}

static void http_request(struct client *c, struct conn *k, const char *body, size_t len)
{
    char head[1024];
    char host[64];
    snprintf(host, sizeof host, "%s:%d", inet_ntoa(opt.addr.sin_addr), ntohs(opt.addr.sin_port));
    int m = snprintf(head, sizeof head, "%s %s?EIO=4&transport=%s%s%s%s%s HTTP/1.1\r\nHost: %s\r\n",
                     body ? "POST" : "GET", opt.path, opt.polling ? "polling" : "websocket",
                     c->sid[0] ? "&sid=" : "", c->sid, opt.query[0] ? "&" : "", opt.query, host);
    if (!opt.polling)
        m += snprintf(head + m, sizeof head - (size_t)m,
                      "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2lvbG9hZCBiZW5jaG1hcg==\r\n%s",
                      opt.offer_deflate ? "Sec-WebSocket-Extensions: permessage-deflate; "
                                          "client_max_window_bits\r\n"
                                        : "");
    else if (body)
        m += snprintf(head + m, sizeof head - (size_t)m,
                      "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %zu\r\n", len);
    m += snprintf(head + m, sizeof head - (size_t)m, "\r\n");
    if ((size_t)m >= sizeof head)
        die("request head too long");
    buf_add(&k->out, head, (size_t)m);
    if (body)
        buf_add(&k->out, body, len);
    k->busy = true;
}

static void client_start(struct client *c)
{
    c->state = ST_TCP;
    c->t_start = now_ns();
    c->retry_at = 0;
    c->sid[0] = 0;
    c->post.len = 0;
    c->attach_left = 0;
    in_flight++;
    if (!conn_open(&c->a))
        client_fail(c, strerror(errno));
}

static void client_down(struct client *c)
{
    if (c->counted) {
        c->counted = false;
        n_connected--;
    }
    if (c->state >= ST_TCP && c->state < ST_CONNECTED)
        in_flight--;
    if (c->state == ST_READY)
        n_joined--;
    conn_close(&c->a);
    conn_close(&c->b);
    c->state = ST_DEAD;
}

static void client_fail(struct client *c, const char *why)
{
    static int told;
    if (c->state == ST_DEAD)
        return;
    if (told++ < 5)
        fprintf(stderr, "sioload: client %u in state %d: %s\n", c->id, c->state, why);
    if (c->state >= ST_CONNECTED)
        n.disconnects++;
    else
        n.failed++;
    client_down(c);
    if (retry_failed)
        c->retry_at = now_ns() + NSEC / 10;
}

static void send_join(struct client *c)
{
    c->state = ST_JOINING;
    send_text(c, "42%s%s[\"%s\",\"%s%u\"]", nsp_prefix(), opt.join_ack ? "0" : "", opt.join_event,
              opt.room_prefix, c->room);
    if (!opt.join_ack) {
        c->state = ST_READY;
        n_joined++;
    }
}

static void client_connected(struct client *c, uint64_t now)
{
    in_flight--;
    c->state = ST_CONNECTED;
    c->counted = true;
    n_connected++;
    hist_add(&h_connect, now - c->t_first);
    if (retry_failed && opt.rooms > 0)      /* storm: rejoin at once */
        send_join(c);
}

/* -------------------------------------------------- events and stamps -- */

static char *payload;           /* template of opt.bytes bytes */
static char ev_tail[2] = "]";
static char recv_prefix[256];   /* what a relayed event starts with, after '4' and type */
static size_t recv_prefix_len;

static const char hexdigit[] = "0123456789abcdef";

static void put_hex(char *d, uint64_t v, int digits)
{
    while (digits--) {
        d[digits] = hexdigit[v & 15];
        v >>= 4;
    }
}

static uint64_t get_hex(const char *p, int digits)
{
    uint64_t v = 0;
    for (int i = 0; i < digits; i++)
        v = v << 4 | (uint64_t)((p[i] & 15) + (p[i] > '9' ? 9 : 0));
    return v;
}

static void build_templates(void)
{
    int min = opt.binary ? STAMP_BIN : 6 + STAMP_HEX + 2;   /* {"k":"<30>"} */
    if (opt.bytes < min)
        opt.bytes = min;
    size_t B = (size_t)opt.bytes;
    payload = xcalloc(1, B + 32);
    if (opt.binary) {
        memcpy(payload, "SIOL", 4);
        for (size_t i = STAMP_BIN; i < B; i++)
            payload[i] = (char)(i * 37);
    } else {
        size_t at = (size_t)sprintf(payload, "{\"k\":\"%030d\"", 0);
        if (B >= at + 1 + 7 + 9 + 7) {       /* room for points and padding */
            at += (size_t)sprintf(payload + at, ",\"p\":[[512,384]");
            while (B - at >= 10 + 1 + 7 + 1)
                at += (size_t)sprintf(payload + at, ",[%d,%d]", 100 + (int)(at % 900),
                                      100 + (int)(at * 7 % 900));
            at += (size_t)sprintf(payload + at, "]");
        }
        if (B - at >= 8) {
            at += (size_t)sprintf(payload + at, ",\"z\":\"");
            while (at < B - 2)
                payload[at++] = '0';
            payload[at++] = '"';
        } else {
            while (at < B - 1)
                payload[at++] = ' ';
        }
        payload[B - 1] = '}';
        payload[B] = 0;
    }
    recv_prefix_len = (size_t)snprintf(recv_prefix, sizeof recv_prefix, "%s[\"%s\",", nsp_prefix(),
                                       opt.recv_event ? opt.recv_event : opt.event);
}

static void emit_event(struct client *c, uint64_t due)
{
    static struct buffer pkt;
    if (c->state != ST_READY || unsent_bytes(c) > OUT_LIMIT) {
        n.unsent++;
        return;
    }
    char room[64] = "";
    if (opt.room_arg)
        snprintf(room, sizeof room, "\"%s%u\",", opt.room_prefix, c->room);
    pkt.len = 0;
    buf_reserve(&pkt, (size_t)opt.bytes + 1024);
    if (opt.binary) {
        uint32_t id = c->id, seq = c->next_seq;
        int m = sprintf(pkt.p, "45%d-%s[\"%s\",%s", opt.attachments, nsp_prefix(), opt.event, room);
        for (int i = 0; i < opt.attachments; i++)
            m += sprintf(pkt.p + m, "%s{\"_placeholder\":true,\"num\":%d}", i ? "," : "", i);
        m += sprintf(pkt.p + m, "]");
        send_packet(c, false, pkt.p, (size_t)m);
        memcpy(payload + 4, &due, 8);
        memcpy(payload + 12, &id, 4);
        memcpy(payload + 16, &seq, 4);
        send_packet(c, true, payload, (size_t)opt.bytes);
        for (int i = 1; i < opt.attachments; i++)
            send_packet(c, true, "initvector12", 12);
    } else {
        int m = sprintf(pkt.p, "42%s[\"%s\",%s", nsp_prefix(), opt.event, room);
        pkt.len = (size_t)m;
        put_hex(payload + 6, due, 16);
        put_hex(payload + 22, c->id, 6);
        put_hex(payload + 28, c->next_seq, 8);
        buf_add(&pkt, payload, (size_t)opt.bytes);
        buf_add(&pkt, ev_tail, 1);
        send_packet(c, false, pkt.p, pkt.len);
    }
    c->next_seq++;
    n.sent++;
}

/* One event has reached one receiver. */
static void deliver(struct client *c, uint64_t t, uint32_t from, uint32_t seq, uint64_t now)
{
    struct client *s = from < (uint32_t)n_clients ? &clients[from] : NULL;
    if (!s || s == c || s->sender == NO_SENDER || s->room != c->room) {
        n.misrouted++;
        return;
    }
    struct track *k = &c->track[s->sender];
    if (seq >= k->next) {
        uint32_t step = seq - k->next + 1;
        n.gaps += step - 1;
        k->seen = (step >= 64 ? 0 : k->seen << step) | 1;
        k->next = seq + 1;
    } else {
        uint32_t back = k->next - 1 - seq;
        if (back >= 64 || (k->seen >> back & 1)) {
            n.duplicated++;
            return;
        }
        k->seen |= 1ull << back;
        n.late++;
    }
    n.unique++;
    last_progress = now;
    if (measuring)
        n.delivered++;
    if (t >= window_start && t < window_end)
        hist_add(&h_latency, now > t ? now - t : 0);
    if (s->left && --s->left[seq & (uint32_t)(opt.window - 1)] == 0)
        sender_may_continue(s);
}

/* "k":"<30 hex>" somewhere in a text event; remembers where it was last time. */
static bool find_stamp(const char *p, size_t len, uint64_t *t, uint32_t *from, uint32_t *seq)
{
    static size_t hint;
    const char *q = p + hint;
    if (hint + 5 + STAMP_HEX > len || memcmp(q, "\"k\":\"", 5) != 0) {
        q = memmem(p, len, "\"k\":\"", 5);
        if (!q || (size_t)(p + len - q) < 5 + STAMP_HEX)
            return false;
        hint = (size_t)(q - p);
    }
    q += 5;
    *t = get_hex(q, 16);
    *from = (uint32_t)get_hex(q + 16, 6);
    *seq = (uint32_t)get_hex(q + 22, 8);
    return true;
}

static bool is_our_event(const char *p, size_t len)
{
    return len > recv_prefix_len && memcmp(p, recv_prefix, recv_prefix_len) == 0;
}

static void on_event(struct client *c, const char *p, size_t len, uint64_t now)
{
    uint64_t t;
    uint32_t from, seq;
    if (!is_our_event(p, len) || !find_stamp(p, len, &t, &from, &seq)) {
        n.other++;
        return;
    }
    if (len != recv_prefix_len + (size_t)opt.bytes + 1)
        n.altered++;
    deliver(c, t, from, seq, now);
}

static void on_binary_header(struct client *c, const char *p, size_t len)
{
    const char *dash = memchr(p, '-', len < 8 ? len : 8);
    c->attach_left = dash ? atoi(p) : 0;
    c->attach_no = 0;
    c->attach_ours = dash && is_our_event(dash + 1, (size_t)(p + len - dash - 1));
}

static void on_attachment(struct client *c, const char *p, size_t len, size_t full_len, uint64_t now)
{
    if (c->attach_left <= 0) {
        n.other++;
        return;
    }
    if (c->attach_no++ == 0 && c->attach_ours) {
        if (len < STAMP_BIN || memcmp(p, "SIOL", 4) != 0) {
            c->attach_ours = false;
        } else {
            memcpy(&c->stamp_t, p + 4, 8);
            memcpy(&c->stamp_sender, p + 12, 4);
            memcpy(&c->stamp_seq, p + 16, 4);
            if (full_len != (size_t)opt.bytes)
                n.altered++;
        }
    }
    if (--c->attach_left == 0) {
        if (c->attach_ours)
            deliver(c, c->stamp_t, c->stamp_sender, c->stamp_seq, now);
        else
            n.other++;
    }
}

/* --------------------------------------------------------------- echo -- */

static void emit_echo(struct client *c)
{
    static struct buffer pkt;
    uint32_t id = c->next_ack++;
    pkt.len = 0;
    buf_reserve(&pkt, (size_t)opt.bytes + 512);
    pkt.len = (size_t)sprintf(pkt.p, "42%s%" PRIu32 "[\"%s\",", nsp_prefix(), id, opt.echo_event);
    buf_add(&pkt, payload, (size_t)opt.bytes);
    buf_add(&pkt, ev_tail, 1);
    c->t_emit[id % (uint32_t)opt.window] = now_ns();
    send_packet(c, false, pkt.p, pkt.len);
    n.sent++;
}

static void on_ack(struct client *c, const char *p, size_t len, uint64_t now)
{
    uint32_t id = 0;
    if (c->state == ST_JOINING) {
        c->state = ST_READY;
        n_joined++;
        return;
    }
    size_t skip = strlen(nsp_prefix());
    for (size_t i = skip; i < len && p[i] >= '0' && p[i] <= '9'; i++)
        id = id * 10 + (uint32_t)(p[i] - '0');
    if (!c->t_emit)
        return;
    last_progress = now;
    if (measuring) {
        n.acks++;
        hist_add(&h_latency, now - c->t_emit[id % (uint32_t)opt.window]);
    }
    if (now < window_end)
        emit_echo(c);
}

/* ------------------------------------------------------ packets, frames -- */

static void on_open(struct client *c, const char *p, size_t len)
{
    if (opt.polling) {
        const char *q = memmem(p, len, "\"sid\":\"", 7);
        const char *e = q ? memchr(q + 7, '"', (size_t)(p + len - q - 7)) : NULL;
        if (!e || (size_t)(e - q - 7) >= sizeof c->sid) {
            client_fail(c, "no sid in the open packet");
            return;
        }
        memcpy(c->sid, q + 7, (size_t)(e - q - 7));
        c->sid[e - q - 7] = 0;
    }
    c->state = ST_CONNECT;
    send_text(c, "40%s%s", nsp_prefix(), opt.auth);
}

/* One Engine.IO packet. */
static void on_packet(struct client *c, bool binary, const char *p, size_t len, uint64_t now)
{
    if (binary) {
        on_attachment(c, p, len, len, now);
        return;
    }
    if (len == 0)
        return;
    switch (p[0]) {
    case '0':
        if (c->state == ST_OPEN)
            on_open(c, p, len);
        return;
    case '1':
        client_fail(c, "server sent an Engine.IO close");
        return;
    case '2':
        send_packet(c, false, "3", 1);
        return;
    case '4':
        break;
    case 'b': {
        unsigned char stamp[STAMP_BIN];
        if (len < 5)
            return;
        size_t m = base64_decode(p + 1, len - 1, stamp, sizeof stamp);
        size_t full = (len - 1) / 4 * 3 - (p[len - 1] == '=') - (p[len - 2] == '=');
        on_attachment(c, (char *)stamp, m, full, now);
        return;
    }
    default:
        return;
    }
    if (len < 2)
        return;
    switch (p[1]) {
    case '0':
        if (c->state == ST_CONNECT)
            client_connected(c, now);
        break;
    case '1':
        client_fail(c, "server disconnected the namespace");
        break;
    case '2':
        on_event(c, p + 2, len - 2, now);
        break;
    case '3':
        on_ack(c, p + 2, len - 2, now);
        break;
    case '4':
        n.refused++;
        client_fail(c, "CONNECT refused");
        break;
    case '5':
        on_binary_header(c, p + 2, len - 2);
        break;
    default:
        n.other++;
    }
}

/* A compressed message (only after --offer-deflate): we do not inflate it, but
 * during the handshake we know what it must be. */
static void on_compressed(struct client *c, uint64_t now)
{
    if (c->state == ST_OPEN) {
        c->state = ST_CONNECT;
        send_text(c, "40%s%s", nsp_prefix(), opt.auth);
    } else if (c->state == ST_CONNECT) {
        client_connected(c, now);
    } else {
        send_packet(c, false, "3", 1);       /* an idle client only gets pings */
    }
}

/* Consumes whole frames; returns the number of bytes used. */
static size_t parse_ws(struct client *c, const char *p, size_t len, uint64_t now)
{
    size_t at = 0;
    while (len - at >= 2 && c->state != ST_DEAD) {
        const unsigned char *h = (const unsigned char *)p + at;
        uint64_t size = h[1] & 127;
        size_t head = 2;
        if (size == 126) {
            if (len - at < 4)
                break;
            size = (uint64_t)h[2] << 8 | h[3];
            head = 4;
        } else if (size == 127) {
            if (len - at < 10)
                break;
            size = 0;
            for (int i = 2; i < 10; i++)
                size = size << 8 | h[i];
            head = 10;
        }
        if (size > RBUF_SIZE / 2) {
            client_fail(c, "frame too large");
            break;
        }
        if (len - at < head + size)
            break;
        const char *body = p + at + head;
        switch (h[0] & 0xf) {
        case 1:
        case 2:
            if (!(h[0] & 0x80))
                client_fail(c, "fragmented message (not supported)");
            else if (h[0] & 0x40)
                on_compressed(c, now);
            else
                on_packet(c, (h[0] & 0xf) == 2, body, (size_t)size, now);
            break;
        case 8:
            client_fail(c, "server sent a WebSocket close");
            break;
        case 9:
            ws_frame(c, 10, body, (size_t)size);
            break;
        default:
            break;
        }
        at += head + (size_t)size;
    }
    return at;
}

/* Finds the end of an HTTP head; returns its length or 0. */
static size_t http_head(const char *p, size_t len)
{
    const char *e = memmem(p, len, "\r\n\r\n", 4);
    return e ? (size_t)(e - p) + 4 : 0;
}

static const char *http_header(const char *head, size_t len, const char *name)
{
    size_t m = strlen(name);
    for (const char *p = head; (p = memmem(p, (size_t)(head + len - p), "\r\n", 2)); ) {
        p += 2;
        if ((size_t)(head + len - p) > m && strncasecmp(p, name, m) == 0 && p[m] == ':')
            return p + m + 1;
    }
    return NULL;
}

/* If a whole response is there: its body (chunks joined in place), its total
 * length in *total; else NULL. */
static char *http_body(char *p, size_t len, size_t *total, size_t *body_len)
{
    size_t head = http_head(p, len);
    if (!head)
        return NULL;
    const char *v = http_header(p, head, "content-length");
    if (v) {
        *body_len = strtoul(v, NULL, 10);
        *total = head + *body_len;
        return *total <= len ? p + head : NULL;
    }
    v = http_header(p, head, "transfer-encoding");
    if (!v) {
        *body_len = 0;
        *total = head;
        return p + head;
    }
    /* two passes, so that an incomplete response is left untouched */
    for (int pass = 0; pass < 2; pass++) {
        size_t at = head, to = head;
        for (;;) {
            char *e = memmem(p + at, len - at, "\r\n", 2);
            if (!e)
                return NULL;
            size_t size = strtoul(p + at, NULL, 16);
            at = (size_t)(e - p) + 2;
            if (at + size + 2 > len)
                return NULL;
            if (pass)
                memmove(p + to, p + at, size);
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

static size_t parse_http(struct conn *k, char *p, size_t len, uint64_t now)
{
    struct client *c = k->c;
    size_t at = 0, total, body_len;
    char *body;
    while (c->state != ST_DEAD && (body = http_body(p + at, len - at, &total, &body_len))) {
        if (len - at < 12 || memcmp(p + at + 9, "200", 3) != 0) {
            client_fail(c, "HTTP status other than 200");
            break;
        }
        k->busy = false;
        mark_dirty(c);
        const char *v = http_header(p + at, (size_t)(body - p) - at, "connection");
        bool last = v && strncasecmp(v + strspn(v, " "), "close", 5) == 0;
        if (k->kind == K_GET) {
            char *end = body + body_len;
            for (char *q = body; q < end && c->state != ST_DEAD; ) {
                char *e = memchr(q, 0x1e, (size_t)(end - q));
                if (!e)
                    e = end;
                on_packet(c, false, q, (size_t)(e - q), now);
                q = e + 1;
            }
        }
        at += total;
        if (last && c->state != ST_DEAD) {
            n.http_reopened++;
            conn_close(k);
            break;
        }
    }
    return at;
}

static size_t parse_input(struct conn *k, char *p, size_t len, uint64_t now)
{
    struct client *c = k->c;
    if (k->kind != K_WS)
        return parse_http(k, p, len, now);
    size_t at = 0;
    if (c->state == ST_UPGRADE) {
        at = http_head(p, len);
        if (!at)
            return 0;
        if (memcmp(p, "HTTP/1.1 101", 12) != 0) {
            client_fail(c, "no 101 answer to the WebSocket handshake");
            return at;
        }
        if (http_header(p, at, "sec-websocket-extensions"))
            n.deflate_accepted++;
        c->state = ST_OPEN;
    }
    return at + parse_ws(c, p + at, len - at, now);
}

static void conn_closed(struct conn *k, const char *why)
{
    struct client *c = k->c;
    if (k->kind == K_WS || k->busy || c->state < ST_CONNECT) {
        client_fail(c, why);
        return;
    }
    n.http_reopened++;      /* an idle keep-alive connection may be closed */
    conn_close(k);
    mark_dirty(c);
}

static void conn_readable(struct conn *k)
{
    size_t have = k->in.len;
    if (have)
        memcpy(rbuf, k->in.p, have);
    ssize_t r = recv(k->fd, rbuf + have, RBUF_SIZE - have, 0);
    if (r < 0 && errno == EAGAIN)
        return;
    if (r <= 0) {
        conn_closed(k, r ? strerror(errno) : "connection closed by the server");
        return;
    }
    n.bytes_in += (uint64_t)r;
    size_t len = have + (size_t)r;
    size_t used = parse_input(k, rbuf, len, now_ns());
    k->in.len = 0;
    if (k->fd >= 0 && used < len)
        buf_add(&k->in, rbuf + used, len - used);
}

static void conn_writable(struct conn *k)
{
    struct client *c = k->c;
    if (!k->up) {
        int err = 0;
        socklen_t len = sizeof err;
        getsockopt(k->fd, SOL_SOCKET, SO_ERROR, &err, &len);
        if (err) {
            client_fail(c, strerror(err));
            return;
        }
        k->up = true;
        if (c->state == ST_TCP) {
            c->state = opt.polling ? ST_OPEN : ST_UPGRADE;
            http_request(c, k, NULL, 0);
        }
    }
    conn_flush(k);
}

/* Writes what the last round of events has produced. */
static void flush_dirty(void)
{
    for (int i = 0; i < n_dirty; i++) {
        struct client *c = dirty[i];
        c->dirty = false;
        if (c->state == ST_DEAD || c->state == ST_NEW)
            continue;
        if (opt.polling && c->state >= ST_CONNECT) {
            if (c->a.fd < 0 && !conn_open(&c->a))
                client_fail(c, strerror(errno));
            if (c->b.fd < 0 && c->state != ST_DEAD && !conn_open(&c->b))
                client_fail(c, strerror(errno));
            if (c->state == ST_DEAD)
                continue;
            if (!c->a.busy)
                http_request(c, &c->a, NULL, 0);
            if (!c->b.busy && c->post.len) {
                http_request(c, &c->b, c->post.p, c->post.len);
                c->post.len = 0;
            }
            if (c->b.up)
                conn_flush(&c->b);
        }
        if (c->state != ST_DEAD && c->a.up)
            conn_flush(&c->a);
    }
    n_dirty = 0;
}

/* ---------------------------------------------------------- main loop -- */

static void poll_once(uint64_t wait_ns)
{
    static uint64_t last;
    struct epoll_event ev[MAX_EVENTS];
    if (opt.spin)
        wait_ns = 0;
    if (opt.batch_us > 0 && n_connected == n_clients) {     /* not more than one round per batch_us */
        uint64_t now = now_ns(), next = last + (uint64_t)opt.batch_us * 1000;
        if (next > now) {
            uint64_t nap = next - now < wait_ns ? next - now : wait_ns;
            struct timespec ts = {.tv_nsec = (long)nap};
            nanosleep(&ts, NULL);
            wait_ns -= nap;
            now += nap;
        }
        last = now;
    }
    struct timespec ts = {.tv_sec = (time_t)(wait_ns / NSEC), .tv_nsec = (long)(wait_ns % NSEC)};
    int m = epoll_pwait2(epfd, ev, MAX_EVENTS, &ts, NULL);
    for (int i = 0; i < m; i++) {
        struct conn *k = ev[i].data.ptr;
        if (k->fd >= 0 && (ev[i].events & (EPOLLOUT | EPOLLERR)) && (k->want_out || !k->up))
            conn_writable(k);
        if (k->fd >= 0 && (ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
            conn_readable(k);
    }
}

/* Runs until `deadline` or until done() is true.  work() does what is due and
 * returns the time at which it wants to be called again. */
static void run_loop(uint64_t deadline, bool (*done)(void), uint64_t (*work)(uint64_t now))
{
    for (;;) {
        uint64_t now = now_ns();
        if (now >= deadline || (done && done()))
            break;
        uint64_t wake = work ? work(now) : deadline;
        if (wake > deadline)
            wake = deadline;
        flush_dirty();
        now = now_ns();
        poll_once(wake > now ? wake - now : 0);
    }
    flush_dirty();
}

static uint64_t in_secs(double s)
{
    return now_ns() + (uint64_t)(s * 1e9);
}

/* Starts connections, at most conc_limit handshakes under way; times out and
 * (storm) retries those that failed. */
static uint64_t work_connect(uint64_t now)
{
    static uint64_t next_check;
    for (int burst = 0; burst < 64 && in_flight < conc_limit && next_to_start < n_clients; burst++) {
        clients[next_to_start].t_first = now_ns();
        client_start(&clients[next_to_start++]);
    }
    if (now >= next_check) {
        next_check = now + NSEC / 20;
        for (int i = 0; i < next_to_start; i++) {
            struct client *c = &clients[i];
            if (c->state >= ST_TCP && c->state < ST_CONNECTED &&
                now > c->t_start + (uint64_t)(opt.timeout * 1e9)) {
                n.timeouts++;
                client_fail(c, "handshake timed out");
            } else if (c->state == ST_DEAD && c->retry_at && now >= c->retry_at) {
                n.retries++;
                client_start(c);
            }
        }
    }
    if (in_flight < conc_limit && next_to_start < n_clients)
        return now;
    return next_check;
}

static bool done_connect(void)
{
    if (retry_failed)
        return n_connected == n_clients && (opt.rooms == 0 || n_joined == n_clients);
    return next_to_start == n_clients && in_flight == 0;
}

/* Connects everybody; returns the seconds it took. */
static double connect_all(void)
{
    uint64_t t0 = now_ns();
    next_to_start = 0;
    run_loop(in_secs(opt.timeout * 4), done_connect, work_connect);
    return (double)(now_ns() - t0) / 1e9;
}

static bool done_join(void)
{
    return n_joined >= opt.clients;
}

static void join_all(void)
{
    n_joined = 0;
    for (int i = 0; i < opt.clients; i++)
        if (clients[i].state == ST_CONNECTED)
            send_join(&clients[i]);
    flush_dirty();
    if (opt.join_ack)
        run_loop(in_secs(opt.timeout), done_join, NULL);
    if (!opt.join_ack)
        run_loop(in_secs(1), NULL, NULL);
    if (n_joined < opt.clients)
        die("only %d of %d clients could join", n_joined, opt.clients);
    run_loop(in_secs(0.3), NULL, NULL);
}

/* ------------------------------------------------------- output as JSON -- */

static bool json_first = true;

static void j_key(const char *key)
{
    printf("%s\"%s\":", json_first ? "{" : ",", key);
    json_first = false;
}
static void j_str(const char *key, const char *v) { j_key(key); printf("\"%s\"", v); }
static void j_int(const char *key, uint64_t v) { j_key(key); printf("%" PRIu64, v); }
static void j_num(const char *key, double v) { j_key(key); printf("%.3f", v); }
static void j_bool(const char *key, bool v) { j_key(key); printf(v ? "true" : "false"); }

static void j_hist(const char *what, const struct hist *h)
{
    static const struct { const char *name; double q; } q[] = {
        {"p50", .5}, {"p90", .9}, {"p99", .99}, {"p999", .999}, {"max", 1}};
    for (unsigned i = 0; i < 5; i++) {
        char key[64];
        snprintf(key, sizeof key, "%s_%s_us", what, q[i].name);
        j_num(key, h->count ? q[i].q < 1 ? hist_us(h, q[i].q) : (double)h->max / 1e3 : 0);
    }
}

static void j_usage(struct usage a, struct usage b, uint64_t messages)
{
    double wall = b.wall - a.wall, srv = b.server_cpu - a.server_cpu, gen = b.gen_cpu - a.gen_cpu;
    double other = (b.all_cpu - a.all_cpu - srv - gen) / wall;
    j_num("wall_s", wall);
    if (opt.n_pids) {
        j_num("server_cpu_s", srv);
        j_num("server_cpu_share", srv / wall);
        if (messages)
            j_num("cpu_us_per_msg", srv * 1e6 / (double)messages);
    }
    j_num("gen_cpu_s", gen);
    j_num("gen_cpu_share", gen / wall);
    if (messages)
        j_num("gen_cpu_us_per_msg", gen * 1e6 / (double)messages);
    j_bool("generator_bound", !opt.spin && gen / wall > 0.9);
    j_num("other_cpu", other > 0 ? other : 0);
}

static void j_begin(void)
{
    j_str("name", opt.name);
    j_str("scenario", opt.scenario);
    j_str("transport", opt.polling ? "polling" : "websocket");
    j_int("clients", (uint64_t)opt.clients);
    if (opt.idle)
        j_int("idle_clients", (uint64_t)opt.idle);
}

static void j_end(void)
{
    j_int("bytes_in", n.bytes_in);
    j_int("disconnects", n.disconnects);
    j_int("failed", n.failed);
    j_int("timeouts", n.timeouts);
    j_int("other_events", n.other);
    if (opt.polling)
        j_int("http_reopened", n.http_reopened);
    if (opt.n_pids) {
        struct memory m = memory_now();
        j_num("rss_end_mb", m.rss_kb / 1024);
    }
    puts("}");
}

/* ---------------------------------------------------------- scenarios -- */

static uint64_t schedule_start, schedule_n, schedule_stop;

/* -ln(u) for a uniform random u: the gap between events of a Poisson process
 * of rate 1.  Own logarithm, so that libm is not needed; fixed seed. */
static double exponential(void)
{
    static uint64_t x = 0x9e3779b97f4a7c15ull;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    int k = __builtin_clzll(x) + 1;                              /* u = m / 2^k, 1 <= m < 2 */
    double m = (double)x / 18446744073709551616.0;
    for (int i = 0; i < k; i++)
        m *= 2;
    double s = (m - 1) / (m + 1), q = s * s;
    double ln_m = 2 * s * (1 + q * (1 / 3. + q * (1 / 5. + q * (1 / 7. + q / 9))));
    return k * 0.69314718055994531 - ln_m;
}

/* Open loop: all senders together emit one stream of events, dealt out in turn,
 * so that neighbours in time are of different rooms.  The gaps are equal or,
 * with --poisson, random as of many independent people. */
static uint64_t work_schedule(uint64_t now)
{
    static double offset;
    double step = 1e9 / (opt.rate * n_senders);
    for (;;) {
        uint64_t due = schedule_start + (uint64_t)offset;
        if (due >= schedule_stop)
            return UINT64_MAX;
        if (due > now)
            return due;
        if (measuring)
            hist_add(&h_late, now - due);
        emit_event(sender_list[schedule_n++ % (uint64_t)n_senders], due);
        offset += opt.poisson ? step * exponential() : step;
    }
}

static uint32_t room_size(uint32_t room)
{
    return (uint32_t)(opt.clients / opt.rooms) + (room < (uint32_t)(opt.clients % opt.rooms));
}

static void sender_fill(struct client *s)
{
    uint32_t mask = (uint32_t)opt.window - 1;
    while (s->next_seq - s->base_seq < (uint32_t)opt.window && s->state == ST_READY &&
           unsent_bytes(s) < OUT_LIMIT) {
        s->left[s->next_seq & mask] = room_size(s->room) - 1;
        emit_event(s, now_ns());
    }
}

static void sender_may_continue(struct client *s)
{
    uint32_t mask = (uint32_t)opt.window - 1;
    while (s->base_seq != s->next_seq && s->left[s->base_seq & mask] == 0)
        s->base_seq++;
    if (now_ns() < schedule_stop)
        sender_fill(s);
}

static bool all_delivered(void)
{
    return n.unique >= n.expected;
}

static bool no_progress(void)
{
    return opt.max && now_ns() - last_progress > 5 * NSEC;
}

/* Sets the measured window and runs warm-up and window. */
static void measure(struct usage *a, struct usage *b, uint64_t (*work)(uint64_t))
{
    window_start = in_secs(opt.warmup);
    window_end = window_start + (uint64_t)(opt.secs * 1e9);
    schedule_stop = window_end;
    last_progress = now_ns();
    run_loop(window_start, no_progress, work);
    *a = usage_now();
    measuring = true;
    run_loop(window_end, no_progress, work);
    *b = usage_now();
    measuring = false;
    stalled = no_progress();
}

static int scenario_fanout(void)
{
    if (opt.rooms <= 0)
        opt.rooms = 1;
    if (opt.max && (opt.window & (opt.window - 1)))
        die("--window must be a power of two with --max");
    sender_list = xcalloc((size_t)opt.clients, sizeof *sender_list);
    if (opt.clients / opt.rooms < 2)
        die("a room needs two clients");
    if (opt.senders > opt.clients / opt.rooms)
        opt.senders = opt.clients / opt.rooms;
    for (int i = 0; i < opt.clients; i++) {
        struct client *c = &clients[i];
        c->room = (uint32_t)(i % opt.rooms);
        int place = i / opt.rooms;
        c->sender = place < opt.senders ? (uint32_t)place : NO_SENDER;
        c->track = xcalloc((size_t)opt.senders, sizeof *c->track);
        if (c->sender != NO_SENDER) {
            sender_list[n_senders++] = c;
            if (opt.max)
                c->left = xcalloc((size_t)opt.window, sizeof *c->left);
        }
    }
    double t_connect = connect_all();
    if (n_connected < n_clients)
        die("only %d of %d clients could connect", n_connected, n_clients);
    join_all();
    uint64_t least = UINT64_MAX, most = 0;

    struct usage a, b;
    if (opt.max) {
        schedule_stop = UINT64_MAX;
        for (int i = 0; i < n_senders; i++)
            sender_fill(sender_list[i]);
    }
    schedule_start = now_ns();
    measure(&a, &b, opt.max ? NULL : work_schedule);
    for (int i = 0; i < n_senders; i++) {
        struct client *s = sender_list[i];
        n.expected += (uint64_t)s->next_seq * (room_size(s->room) - 1);
        least = s->next_seq < least ? s->next_seq : least;
        most = s->next_seq > most ? s->next_seq : most;
    }
    run_loop(in_secs(opt.drain), all_delivered, NULL);

    double wall = b.wall - a.wall;
    j_begin();
    j_int("rooms", (uint64_t)opt.rooms);
    j_int("senders_per_room", (uint64_t)opt.senders);
    j_int("bytes", (uint64_t)opt.bytes);
    j_bool("binary", opt.binary);
    j_str("mode", opt.max ? "closed" : opt.poisson ? "poisson" : "open");
    if (opt.max)
        j_int("window", (uint64_t)opt.window);
    else
        j_num("rate_per_sender", opt.rate);
    j_num("connect_s", t_connect);
    j_int("sent", n.sent);
    j_int("sent_least", least);
    j_int("sent_most", most);
    j_int("delivered", n.delivered);
    j_num("delivered_per_s", (double)n.delivered / wall);
    if (!opt.max) {
        double per_room = (double)opt.clients / opt.rooms - 1;
        j_num("expected_per_s", opt.rate * opt.senders * opt.rooms * per_room);
        j_num("late_p99_us", hist_us(&h_late, .99));
    }
    j_hist("lat", &h_latency);
    j_int("lost", n.gaps > n.late ? n.gaps - n.late : 0);
    uint64_t lost = n.gaps > n.late ? n.gaps - n.late : 0;
    j_int("undelivered", n.expected > n.unique + lost ? n.expected - n.unique - lost : 0);
    j_int("duplicated", n.duplicated);
    j_int("out_of_order", n.late);
    j_int("misrouted", n.misrouted);
    j_int("altered", n.altered);
    j_int("unsent", n.unsent);
    j_bool("stalled", stalled);
    j_usage(a, b, n.delivered);
    j_end();
    return 0;
}

static int scenario_echo(void)
{
    for (int i = 0; i < opt.clients; i++)
        clients[i].t_emit = xcalloc((size_t)opt.window, sizeof(uint64_t));
    connect_all();
    if (n_connected < n_clients)
        die("only %d of %d clients could connect", n_connected, n_clients);
    window_end = UINT64_MAX;
    for (int i = 0; i < opt.clients; i++)
        for (int w = 0; w < opt.window; w++)
            emit_echo(&clients[i]);
    struct usage a, b;
    measure(&a, &b, NULL);
    j_begin();
    j_int("window", (uint64_t)opt.window);
    j_int("bytes", (uint64_t)opt.bytes);
    j_int("acks", n.acks);
    j_num("acks_per_s", (double)n.acks / (b.wall - a.wall));
    j_hist("rtt", &h_latency);
    j_usage(a, b, n.acks);
    j_end();
    return 0;
}

static int scenario_connect(void)
{
    struct memory m0 = memory_now();
    struct usage a = usage_now();
    double t = connect_all();
    struct usage b = usage_now();
    int connected = n_connected;
    run_loop(in_secs(2), NULL, NULL);
    struct memory m1 = memory_now();
    struct usage idle_a = usage_now();
    run_loop(in_secs(opt.hold), NULL, NULL);
    struct usage idle_b = usage_now();
    int held = n_connected;
    for (int i = 0; i < n_clients; i++)
        client_down(&clients[i]);
    run_loop(in_secs(3), NULL, NULL);
    struct memory m2 = memory_now();

    j_begin();
    j_int("connected", (uint64_t)connected);
    j_int("still_connected", (uint64_t)held);
    j_int("conc", (uint64_t)opt.conc);
    j_num("connect_s", t);
    j_num("connects_per_s", connected / t);
    j_hist("connect", &h_connect);
    j_usage(a, b, (uint64_t)connected);
    if (opt.offer_deflate)
        j_int("deflate_accepted", n.deflate_accepted);
    if (opt.n_pids) {
        double c = connected ? connected : 1;
        j_num("rss_before_mb", m0.rss_kb / 1024);
        j_num("rss_held_mb", m1.rss_kb / 1024);
        j_num("rss_after_mb", m2.rss_kb / 1024);
        j_num("rss_per_conn_kb", (m1.rss_kb - m0.rss_kb) / c);
        j_num("pss_per_conn_kb", (m1.pss_kb - m0.pss_kb) / c);
        j_num("idle_cpu_s", idle_b.server_cpu - idle_a.server_cpu);
        j_num("idle_cpu_share",
              (idle_b.server_cpu - idle_a.server_cpu) / (idle_b.wall - idle_a.wall));
    }
    j_end();
    return 0;
}

static int scenario_storm(void)
{
    if (opt.rooms > 0)
        for (int i = 0; i < opt.clients; i++)
            clients[i].room = (uint32_t)(i % opt.rooms);
    int conc = conc_limit;
    conc_limit = 64;
    connect_all();
    if (n_connected < n_clients)
        die("only %d of %d clients could connect", n_connected, n_clients);
    if (opt.rooms > 0)
        join_all();
    run_loop(in_secs(2), NULL, NULL);
    memset(&h_connect, 0, sizeof h_connect);

    struct usage a = usage_now();
    for (int i = 0; i < n_clients; i++) {
        client_down(&clients[i]);
        clients[i].state = ST_NEW;
    }
    n_joined = 0;
    retry_failed = true;
    conc_limit = conc;
    double t = connect_all();
    struct usage b = usage_now();

    j_begin();
    j_int("rooms", (uint64_t)(opt.rooms > 0 ? opt.rooms : 0));
    j_int("conc", (uint64_t)conc);
    j_int("back", (uint64_t)n_connected);
    j_num("all_back_s", t);
    j_num("connects_per_s", n_connected / t);
    j_hist("reconnect", &h_connect);
    j_int("retries", n.retries);
    j_usage(a, b, (uint64_t)n_connected);
    j_end();
    return 0;
}

/* --------------------------------------------------------------- main -- */

_Noreturn static void usage_exit(void)
{
    fputs("usage: sioload fanout|echo|connect|storm|polling --url http://127.0.0.1:PORT [flags]\n"
          "  --server-pid P[,P..]  --name LABEL  --path /socket.io/  --nsp /  --query a=b  --auth JSON\n"
          "  --clients N  --rooms N  --senders N  --rate EV/S  --bytes N  --binary  --attachments N\n"
          "  --idle N  --max  --window N  --secs S  --warmup S  --drain S  --hold S  --timeout S\n"
          "  --event NAME  --recv-event NAME  --join-event NAME  --echo-event NAME  --no-join-ack\n"
          "  --room-arg (room is the first argument of each event)  --room-prefix S\n"
          "  --transport websocket|polling  --conc N  --src N (source addresses 127.0.0.1..N)\n"
          "  --poisson (random gaps)  --offer-deflate  --rst (drop with RST)\n"
          "  --spin (never sleep)  --batch-us N (look for input at most every N us)\n"
          "See the comment at the top of sioload.c.\n", stderr);
    exit(2);
}

static void parse_url(const char *u)
{
    char host[64];
    int port = 80, used = 0;
    if (sscanf(u, "%*[a-z]://%63[0-9.]%n:%d", host, &used, &port) < 1)
        die("cannot read the URL %s (want http://127.0.0.1:PORT)", u);
    opt.addr.sin_family = AF_INET;
    opt.addr.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &opt.addr.sin_addr) != 1 ||
        ntohl(opt.addr.sin_addr.s_addr) >> 24 != 127)
        die("%s: only 127.0.0.0/8 is allowed", host);
}

static void parse_pids(const char *s)
{
    for (char *e; *s && opt.n_pids < 64; s = *e ? e + 1 : e)
        opt.pids[opt.n_pids++] = (int)strtol(s, &e, 10);
}

int main(int argc, char **argv)
{
    enum { URL = 1, PID, NAME, PATH_, NSP, QUERY, AUTH, CLIENTS, ROOMS, SENDERS, RATE, BYTES,
           BINARY, ATTACH, IDLE, MAX, WINDOW, SECS, WARMUP, DRAIN, HOLD, TIMEOUT, EVENT, REVENT,
           JEVENT, EEVENT, NOACK, ROOMARG, ROOMPRE, TRANSPORT, CONC, SRC, DEFLATE, RST, SPIN, BATCH,
           POISSON };
    static const struct option longopts[] = {
        {"url", 1, 0, URL}, {"server-pid", 1, 0, PID}, {"name", 1, 0, NAME}, {"path", 1, 0, PATH_},
        {"nsp", 1, 0, NSP}, {"query", 1, 0, QUERY}, {"auth", 1, 0, AUTH},
        {"clients", 1, 0, CLIENTS}, {"rooms", 1, 0, ROOMS}, {"senders", 1, 0, SENDERS},
        {"rate", 1, 0, RATE}, {"bytes", 1, 0, BYTES}, {"binary", 0, 0, BINARY},
        {"attachments", 1, 0, ATTACH}, {"idle", 1, 0, IDLE}, {"max", 0, 0, MAX},
        {"window", 1, 0, WINDOW}, {"secs", 1, 0, SECS}, {"warmup", 1, 0, WARMUP},
        {"drain", 1, 0, DRAIN}, {"hold", 1, 0, HOLD}, {"timeout", 1, 0, TIMEOUT},
        {"event", 1, 0, EVENT}, {"recv-event", 1, 0, REVENT}, {"join-event", 1, 0, JEVENT},
        {"echo-event", 1, 0, EEVENT}, {"no-join-ack", 0, 0, NOACK}, {"room-arg", 0, 0, ROOMARG},
        {"room-prefix", 1, 0, ROOMPRE}, {"transport", 1, 0, TRANSPORT}, {"conc", 1, 0, CONC},
        {"src", 1, 0, SRC}, {"offer-deflate", 0, 0, DEFLATE}, {"rst", 0, 0, RST},
        {"spin", 0, 0, SPIN}, {"batch-us", 1, 0, BATCH}, {"poisson", 0, 0, POISSON},
        {0}};
    if (argc < 2 || argv[1][0] == '-')
        usage_exit();
    opt.scenario = argv[1];
    optind = 2;
    for (int o; (o = getopt_long(argc, argv, "", longopts, NULL)) != -1; )
        switch (o) {
        case URL: parse_url(optarg); break;
        case PID: parse_pids(optarg); break;
        case NAME: opt.name = optarg; break;
        case PATH_: opt.path = optarg; break;
        case NSP: opt.nsp = optarg; break;
        case QUERY: opt.query = optarg; break;
        case AUTH: opt.auth = optarg; break;
        case CLIENTS: opt.clients = atoi(optarg); break;
        case ROOMS: opt.rooms = atoi(optarg); break;
        case SENDERS: opt.senders = atoi(optarg); break;
        case RATE: opt.rate = atof(optarg); break;
        case BYTES: opt.bytes = atoi(optarg); break;
        case BINARY: opt.binary = true; break;
        case ATTACH: opt.attachments = atoi(optarg); break;
        case IDLE: opt.idle = atoi(optarg); break;
        case MAX: opt.max = true; break;
        case WINDOW: opt.window = atoi(optarg); break;
        case SECS: opt.secs = atof(optarg); break;
        case WARMUP: opt.warmup = atof(optarg); break;
        case DRAIN: opt.drain = atof(optarg); break;
        case HOLD: opt.hold = atof(optarg); break;
        case TIMEOUT: opt.timeout = atof(optarg); break;
        case EVENT: opt.event = optarg; break;
        case REVENT: opt.recv_event = optarg; break;
        case JEVENT: opt.join_event = optarg; break;
        case EEVENT: opt.echo_event = optarg; break;
        case NOACK: opt.join_ack = false; break;
        case ROOMARG: opt.room_arg = true; break;
        case ROOMPRE: opt.room_prefix = optarg; break;
        case TRANSPORT: opt.polling = strcmp(optarg, "polling") == 0; break;
        case CONC: opt.conc = atoi(optarg); break;
        case SRC: opt.src = atoi(optarg); break;
        case DEFLATE: opt.offer_deflate = true; break;
        case RST: opt.rst = true; break;
        case SPIN: opt.spin = true; break;
        case POISSON: opt.poisson = true; break;
        case BATCH: opt.batch_us = atoi(optarg) < 100000 ? atoi(optarg) : 100000; break;
        default: usage_exit();
        }
    if (!opt.addr.sin_port)
        usage_exit();
    if (opt.clients < 1 || opt.idle < 0 || opt.window < 1 || opt.rate <= 0 || opt.senders < 1 ||
        opt.attachments < 1 || opt.attachments > 8)
        die("a flag is out of range");
    bool storm = strcmp(opt.scenario, "storm") == 0;
    if (strcmp(opt.scenario, "polling") == 0)
        opt.polling = true;
    if (opt.conc <= 0)
        opt.conc = storm ? opt.clients : 64;
    conc_limit = opt.conc;
    n_clients = opt.clients + opt.idle;
    if (opt.src <= 0)
        opt.src = 1 + n_clients / 4000;

    struct rlimit rl;
    getrlimit(RLIMIT_NOFILE, &rl);
    rl.rlim_cur = rl.rlim_max;
    setrlimit(RLIMIT_NOFILE, &rl);
    if (rl.rlim_cur < (rlim_t)n_clients * (opt.polling ? 2 : 1) + 16)
        die("the file descriptor limit of %lu is too small", (unsigned long)rl.rlim_cur);
    prctl(PR_SET_TIMERSLACK, 1000ul);
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);

    epfd = epoll_create1(EPOLL_CLOEXEC);
    rbuf = malloc(RBUF_SIZE + 1);
    clients = xcalloc((size_t)n_clients, sizeof *clients);
    dirty = xcalloc((size_t)n_clients * 2 + 16, sizeof *dirty);
    if (epfd < 0 || !rbuf)
        die("cannot set up");
    for (int i = 0; i < n_clients; i++) {
        struct client *c = &clients[i];
        c->id = (uint32_t)i;
        c->room = UINT32_MAX;
        c->sender = NO_SENDER;
        c->a = (struct conn){.c = c, .fd = -1, .kind = opt.polling ? K_GET : K_WS};
        c->b = (struct conn){.c = c, .fd = -1, .kind = K_POST};
    }
    build_templates();
    if (strcmp(opt.scenario, "fanout") == 0 || strcmp(opt.scenario, "polling") == 0)
        return scenario_fanout();
    if (strcmp(opt.scenario, "echo") == 0)
        return scenario_echo();
    if (strcmp(opt.scenario, "connect") == 0)
        return scenario_connect();
    if (storm)
        return scenario_storm();
    usage_exit();
}
