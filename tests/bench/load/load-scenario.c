/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window that is measured; scenarios echo, connect, storm. */
#include "sioload.h"

#include <string.h>

bool stalled;

/* Sets the measured window and runs warm-up and window. */
void
measure (struct usage *a, struct usage *b, uint64_t (*work) (uint64_t))
{
  window_start = in_secs (opt.warmup);
  window_end = window_start + (uint64_t) (opt.secs * 1e9);
  schedule_stop = window_end;
  last_progress = now_ns ();
  run_loop (window_start, no_progress, work);
  *a = usage_now ();
  measuring = true;
  run_loop (window_end, no_progress, work);
  *b = usage_now ();
  measuring = false;
  stalled = no_progress ();
}

int
scenario_echo (void)
{
  for (int i = 0; i < opt.clients; i++)
    clients[i].t_emit = xcalloc ((size_t) opt.window, sizeof (uint64_t));
  connect_all ();
  if (n_connected < n_clients)
    die ("only %d of %d clients could connect", n_connected, n_clients);
  window_end = UINT64_MAX;
  for (int i = 0; i < opt.clients; i++)
    for (int w = 0; w < opt.window; w++)
      emit_echo (&clients[i]);
  struct usage a, b;
  measure (&a, &b, NULL);
  j_begin ();
  j_int ("window", (uint64_t) opt.window);
  j_int ("bytes", (uint64_t) opt.bytes);
  j_int ("acks", tally.acks);
  j_num ("acks_per_s", (double) tally.acks / (b.wall - a.wall));
  j_hist ("rtt", &h_latency);
  j_usage (a, b, tally.acks);
  j_end ();
  return 0;
}

int
scenario_connect (void)
{
  struct memory m0 = memory_now ();
  struct usage a = usage_now ();
  double t = connect_all ();
  struct usage b = usage_now ();
  int connected = n_connected;
  run_loop (in_secs (2), NULL, NULL);
  struct memory m1 = memory_now ();
  struct usage idle_a = usage_now ();
  run_loop (in_secs (opt.hold), NULL, NULL);
  struct usage idle_b = usage_now ();
  int held = n_connected;
  for (int i = 0; i < n_clients; i++)
    client_down (&clients[i]);
  run_loop (in_secs (3), NULL, NULL);
  struct memory m2 = memory_now ();

  j_begin ();
  j_int ("connected", (uint64_t) connected);
  j_int ("still_connected", (uint64_t) held);
  j_int ("conc", (uint64_t) opt.conc);
  j_num ("connect_s", t);
  j_num ("connects_per_s", connected / t);
  j_hist ("connect", &h_connect);
  j_usage (a, b, (uint64_t) connected);
  if (opt.offer_deflate)
    j_int ("deflate_accepted", tally.deflate_accepted);
  if (opt.n_pids)
    {
      double c = connected ? connected : 1;
      j_num ("rss_before_mb", m0.rss_kb / 1024);
      j_num ("rss_held_mb", m1.rss_kb / 1024);
      j_num ("rss_after_mb", m2.rss_kb / 1024);
      j_num ("rss_per_conn_kb", (m1.rss_kb - m0.rss_kb) / c);
      j_num ("pss_per_conn_kb", (m1.pss_kb - m0.pss_kb) / c);
      j_num ("idle_cpu_s", idle_b.server_cpu - idle_a.server_cpu);
      j_num ("idle_cpu_share",
             (idle_b.server_cpu - idle_a.server_cpu) / (idle_b.wall - idle_a.wall));
    }
  j_end ();
  return 0;
}

int
scenario_storm (void)
{
  if (opt.rooms > 0)
    for (int i = 0; i < opt.clients; i++)
      clients[i].room = (uint32_t) (i % opt.rooms);
  int conc = conc_limit;
  conc_limit = 64;
  connect_all ();
  if (n_connected < n_clients)
    die ("only %d of %d clients could connect", n_connected, n_clients);
  if (opt.rooms > 0)
    join_all ();
  run_loop (in_secs (2), NULL, NULL);
  memset (&h_connect, 0, sizeof h_connect);

  struct usage a = usage_now ();
  for (int i = 0; i < n_clients; i++)
    {
      client_down (&clients[i]);
      clients[i].state = ST_NEW;
    }
  n_joined = 0;
  retry_failed = true;
  conc_limit = conc;
  double t = connect_all ();
  struct usage b = usage_now ();

  j_begin ();
  j_int ("rooms", (uint64_t) (opt.rooms > 0 ? opt.rooms : 0));
  j_int ("conc", (uint64_t) conc);
  j_int ("back", (uint64_t) n_connected);
  j_num ("all_back_s", t);
  j_num ("connects_per_s", n_connected / t);
  j_hist ("reconnect", &h_connect);
  j_int ("retries", tally.retries);
  j_usage (a, b, (uint64_t) n_connected);
  j_end ();
  return 0;
}
