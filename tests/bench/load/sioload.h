/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the load generator share; sioload.c says what it is. One thread, one set of clients: what
 * there is once has one name here. */
#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NSEC 1000000000ull
#define RBUF_SIZE (4u << 20) /* shared receive buffer = largest message */
#define OUT_LIMIT (1u << 20) /* unsent bytes per client before we drop */
#define MAX_EVENTS 512
#define STAMP_HEX 30 /* 16 time, 6 sender, 8 sequence */
#define STAMP_BIN 20 /* "SIOL", u64 time, u32 sender, u32 sequence */
#define NO_SENDER UINT32_MAX

struct options {
  const char *scenario, *name, *path, *nsp, *query, *auth;
  const char *event, *recv_event, *join_event, *echo_event, *room_prefix;
  struct sockaddr_in addr;
  int clients, rooms, senders, idle, bytes, window, conc, src, attachments, batch_us;
  double rate, secs, warmup, hold, drain, timeout;
  bool max, binary, polling, no_join_ack, room_arg, offer_deflate, rst, spin, poisson;
  int pids[64], n_pids;
};
extern struct options opt;

enum state {
  ST_NEW,
  ST_TCP,
  ST_UPGRADE,
  ST_OPEN,
  ST_CONNECT,
  ST_CONNECTED,
  ST_JOINING,
  ST_READY,
  ST_DEAD
};
enum kind { K_WS, K_GET, K_POST };

struct buffer {
  char *p;
  size_t len, cap;
};

struct conn { /* one TCP connection; a polling client has two */
  struct client *c;
  int fd;
  enum kind kind;
  bool up, want_out, busy; /* busy: an HTTP request is under way */
  struct buffer in, out;   /* carried-over input, unsent output */
  size_t out_off;
};

struct track { /* what one receiver has seen of one sender */
  uint32_t next;
  uint64_t seen; /* bit i: sequence number next-1-i has arrived */
};

struct client {
  struct conn a, b; /* a: WebSocket or GET, b: POST */
  enum state state;
  uint32_t id, room; /* room == UINT32_MAX: takes no part */
  uint32_t sender;   /* index of the sender in its room, or NO_SENDER */
  bool dirty, counted;
  uint64_t t_first, t_start, retry_at; /* first attempt, this attempt, next one */
  char sid[64];
  struct buffer post;  /* polling: packets waiting for the next POST */
  struct track *track; /* one for each sender of the room */
  /* sender */
  uint32_t next_seq, base_seq;
  uint32_t *left; /* --max: receivers missing, per event of the window */
  /* echo */
  uint64_t *t_emit;
  uint32_t next_ack;
  /* the binary event being received */
  int attach_left, attach_no;
  bool attach_ours;
  uint64_t stamp_t;
  uint32_t stamp_sender, stamp_seq;
};

struct tally {
  uint64_t sent, delivered, unique, gaps, late, duplicated, misrouted, altered, other;
  uint64_t unsent, acks, bytes_in, disconnects, failed, retries, refused, timeouts;
  uint64_t expected, http_reopened, deflate_accepted;
};

/* Log-linear: 64 buckets per power of two, so values are exact to 1.6 %. */
#define HIST_BUCKETS (59 * 64)
struct hist {
  uint64_t n[HIST_BUCKETS], count, max;
};

struct usage {
  double wall, server_cpu, gen_cpu, all_cpu;
};
struct memory {
  double rss_kb, pss_kb;
};

/* load-measure.c */
extern struct hist h_latency, h_connect, h_late;
extern bool measuring;
extern uint64_t window_start, window_end, last_progress;
uint64_t now_ns (void);
uint64_t in_secs (double s);
void hist_add (struct hist *h, uint64_t v);
double hist_us (const struct hist *h, double q);
struct usage usage_now (void);
struct memory memory_now (void);

/* load-buffer.c */
void *xcalloc (size_t n, size_t size);
void buf_reserve (struct buffer *b, size_t more);
void buf_add (struct buffer *b, const void *p, size_t len);
void buf_add_base64 (struct buffer *b, const unsigned char *p, size_t len);
size_t base64_decode (const char *p, size_t len, unsigned char *out, size_t max);

/* load-packet.c */
extern struct client **dirty;
extern int n_dirty;
void mark_dirty (struct client *c);
void ws_frame (struct client *c, unsigned opcode, const void *payload, size_t len);
void send_packet (struct client *c, bool binary, const void *p, size_t len);
void send_text (struct client *c, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));
size_t unsent_bytes (const struct client *c);
const char *nsp_prefix (void);
void send_join (struct client *c);

/* load-connection.c */
extern struct client *clients;
extern int n_clients, epfd;
extern char *rbuf;
extern struct tally tally;
extern int in_flight, n_connected, n_joined;
extern bool retry_failed;
void conn_close (struct conn *k);
void client_start (struct client *c);
void client_down (struct client *c);
void client_fail (struct client *c, const char *why);
void client_connected (struct client *c, uint64_t now);
void conn_readable (struct conn *k);
void conn_writable (struct conn *k);
void flush_dirty (void);

/* load-event.c */
void build_templates (void);
void emit_event (struct client *c, uint64_t due);
void on_event (struct client *c, const char *p, size_t len, uint64_t now);
void on_binary_header (struct client *c, const char *p, size_t len);
void on_attachment (struct client *c, const char *p, size_t len, size_t full_len, uint64_t now);
void emit_echo (struct client *c);
void on_ack (struct client *c, const char *p, size_t len, uint64_t now);

/* load-parse.c */
size_t parse_input (struct conn *k, char *p, size_t len, uint64_t now);

/* load-loop.c */
extern int conc_limit;
void run_loop (uint64_t deadline, bool (*done) (void), uint64_t (*work) (uint64_t now));
double connect_all (void);
void join_all (void);

/* load-report.c */
void j_str (const char *key, const char *v);
void j_int (const char *key, uint64_t v);
void j_num (const char *key, double v);
void j_bool (const char *key, bool v);
void j_hist (const char *what, const struct hist *h);
void j_usage (struct usage a, struct usage b, uint64_t messages);
void j_begin (void);
void j_end (void);

/* load-fanout.c */
extern uint64_t schedule_stop;
void sender_may_continue (struct client *s);
bool no_progress (void);
int scenario_fanout (void);

/* load-scenario.c */
extern bool stalled;
void measure (struct usage *a, struct usage *b, uint64_t (*work) (uint64_t));
int scenario_echo (void);
int scenario_connect (void);
int scenario_storm (void);

/* sioload.c */
_Noreturn void die (const char *fmt, ...) __attribute__ ((format (printf, 1, 2)));
