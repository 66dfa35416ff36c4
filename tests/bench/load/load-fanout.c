/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scenario fanout: open loop by a schedule, or closed loop by windows. */
#include "sioload.h"

uint64_t schedule_stop;
static struct client **sender_list;
static int n_senders;
static uint64_t schedule_start, schedule_n;

/* -ln(u) for a uniform random u: the gap between events of a Poisson process
 * of rate 1.  Own logarithm, so that libm is not needed; fixed seed. */
static double
exponential (void)
{
  static uint64_t x = 0x9e3779b97f4a7c15ull;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  int k = __builtin_clzll (x) + 1; /* u = m / 2^k, 1 <= m < 2 */
  double m = (double) x / 18446744073709551616.0;
  for (int i = 0; i < k; i++)
    m *= 2;
  double s = (m - 1) / (m + 1), q = s * s;
  double ln_m = 2 * s * (1 + q * (1 / 3. + q * (1 / 5. + q * (1 / 7. + q / 9))));
  return k * 0.69314718055994531 - ln_m;
}

/* Open loop: all senders together emit one stream of events, dealt out in turn,
 * so that neighbours in time are of different rooms.  The gaps are equal or,
 * with --poisson, random as of many independent people. */
static uint64_t
work_schedule (uint64_t now)
{
  static double offset;
  double step = 1e9 / (opt.rate * n_senders);
  for (;;)
    {
      uint64_t due = schedule_start + (uint64_t) offset;
      if (due >= schedule_stop)
        return UINT64_MAX;
      if (due > now)
        return due;
      if (measuring)
        hist_add (&h_late, now - due);
      emit_event (sender_list[schedule_n++ % (uint64_t) n_senders], due);
      offset += opt.poisson ? step * exponential () : step;
    }
}

static uint32_t
room_size (uint32_t room)
{
  return (uint32_t) (opt.clients / opt.rooms) + (room < (uint32_t) (opt.clients % opt.rooms));
}

static void
sender_fill (struct client *s)
{
  uint32_t mask = (uint32_t) opt.window - 1;
  while (s->next_seq - s->base_seq < (uint32_t) opt.window && s->state == ST_READY
         && unsent_bytes (s) < OUT_LIMIT)
    {
      s->left[s->next_seq & mask] = room_size (s->room) - 1;
      emit_event (s, now_ns ());
    }
}

void
sender_may_continue (struct client *s)
{
  uint32_t mask = (uint32_t) opt.window - 1;
  while (s->base_seq != s->next_seq && s->left[s->base_seq & mask] == 0)
    s->base_seq++;
  if (now_ns () < schedule_stop)
    sender_fill (s);
}

static bool
all_delivered (void)
{
  return tally.unique >= tally.expected;
}

bool
no_progress (void)
{
  return opt.max && now_ns () - last_progress > 5 * NSEC;
}

/* Who is in which room, and who of them sends. */
static void
assign_rooms (void)
{
  if (opt.rooms <= 0)
    opt.rooms = 1;
  if (opt.max && (opt.window & (opt.window - 1)))
    die ("--window must be a power of two with --max");
  sender_list = xcalloc ((size_t) opt.clients, sizeof *sender_list);
  if (opt.clients / opt.rooms < 2)
    die ("a room needs two clients");
  if (opt.senders > opt.clients / opt.rooms)
    opt.senders = opt.clients / opt.rooms;
  for (int i = 0; i < opt.clients; i++)
    {
      struct client *c = &clients[i];
      c->room = (uint32_t) (i % opt.rooms);
      int place = i / opt.rooms;
      c->sender = place < opt.senders ? (uint32_t) place : NO_SENDER;
      c->track = xcalloc ((size_t) opt.senders, sizeof *c->track);
      if (c->sender != NO_SENDER)
        {
          sender_list[n_senders++] = c;
          if (opt.max)
            c->left = xcalloc ((size_t) opt.window, sizeof *c->left);
        }
    }
}

/* The window, and who sent how much by its end. */
struct run {
  struct usage a, b;
  double t_connect;
  uint64_t least, most;
};

static void
play (struct run *run)
{
  if (opt.max)
    {
      schedule_stop = UINT64_MAX;
      for (int i = 0; i < n_senders; i++)
        sender_fill (sender_list[i]);
    }
  schedule_start = now_ns ();
  measure (&run->a, &run->b, opt.max ? NULL : work_schedule);
  run->least = UINT64_MAX;
  for (int i = 0; i < n_senders; i++)
    {
      struct client *s = sender_list[i];
      tally.expected += (uint64_t) s->next_seq * (room_size (s->room) - 1);
      run->least = s->next_seq < run->least ? s->next_seq : run->least;
      run->most = s->next_seq > run->most ? s->next_seq : run->most;
    }
  run_loop (in_secs (opt.drain), all_delivered, NULL);
}

static void
report_faults (void)
{
  uint64_t lost = tally.gaps > tally.late ? tally.gaps - tally.late : 0;
  j_int ("lost", lost);
  j_int ("undelivered",
         tally.expected > tally.unique + lost ? tally.expected - tally.unique - lost : 0);
  j_int ("duplicated", tally.duplicated);
  j_int ("out_of_order", tally.late);
  j_int ("misrouted", tally.misrouted);
  j_int ("altered", tally.altered);
  j_int ("unsent", tally.unsent);
  j_bool ("stalled", stalled);
}

static void
report (const struct run *run)
{
  double wall = run->b.wall - run->a.wall;
  j_begin ();
  j_int ("rooms", (uint64_t) opt.rooms);
  j_int ("senders_per_room", (uint64_t) opt.senders);
  j_int ("bytes", (uint64_t) opt.bytes);
  j_bool ("binary", opt.binary);
  j_str ("mode", opt.max ? "closed" : opt.poisson ? "poisson" : "open");
  if (opt.max)
    j_int ("window", (uint64_t) opt.window);
  else
    j_num ("rate_per_sender", opt.rate);
  j_num ("connect_s", run->t_connect);
  j_int ("sent", tally.sent);
  j_int ("sent_least", run->least);
  j_int ("sent_most", run->most);
  j_int ("delivered", tally.delivered);
  j_num ("delivered_per_s", (double) tally.delivered / wall);
  if (!opt.max)
    {
      double per_room = (double) opt.clients / opt.rooms - 1;
      j_num ("expected_per_s", opt.rate * opt.senders * opt.rooms * per_room);
      j_num ("late_p99_us", hist_us (&h_late, .99));
    }
  j_hist ("lat", &h_latency);
  report_faults ();
  j_usage (run->a, run->b, tally.delivered);
  j_end ();
}

int
scenario_fanout (void)
{
  struct run run = { 0 };

  assign_rooms ();
  run.t_connect = connect_all ();
  if (n_connected < n_clients)
    die ("only %d of %d clients could connect", n_connected, n_clients);
  join_all ();
  play (&run);
  report (&run);
  return 0;
}
