/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line of JSON. */
#include "sioload.h"

#include <inttypes.h>
#include <stdio.h>

static bool json_first = true;

static void
j_key (const char *key)
{
  printf ("%s\"%s\":", json_first ? "{" : ",", key);
  json_first = false;
}

void
j_str (const char *key, const char *v)
{
  j_key (key);
  printf ("\"%s\"", v);
}
void
j_int (const char *key, uint64_t v)
{
  j_key (key);
  printf ("%" PRIu64, v);
}
void
j_num (const char *key, double v)
{
  j_key (key);
  printf ("%.3f", v);
}
void
j_bool (const char *key, bool v)
{
  j_key (key);
  printf (v ? "true" : "false");
}
void
j_hist (const char *what, const struct hist *h)
{
  static const struct {
    const char *name;
    double q;
  } q[] = { { "p50", .5 }, { "p90", .9 }, { "p99", .99 }, { "p999", .999 }, { "max", 1 } };
  for (unsigned i = 0; i < 5; i++)
    {
      char key[64];
      snprintf (key, sizeof key, "%s_%s_us", what, q[i].name);
      j_num (key, h->count ? q[i].q < 1 ? hist_us (h, q[i].q) : (double) h->max / 1e3 : 0);
    }
}

void
j_usage (struct usage a, struct usage b, uint64_t messages)
{
  double wall = b.wall - a.wall, srv = b.server_cpu - a.server_cpu, gen = b.gen_cpu - a.gen_cpu;
  double other = (b.all_cpu - a.all_cpu - srv - gen) / wall;
  j_num ("wall_s", wall);
  if (opt.n_pids)
    {
      j_num ("server_cpu_s", srv);
      j_num ("server_cpu_share", srv / wall);
      if (messages)
        j_num ("cpu_us_per_msg", srv * 1e6 / (double) messages);
    }
  j_num ("gen_cpu_s", gen);
  j_num ("gen_cpu_share", gen / wall);
  if (messages)
    j_num ("gen_cpu_us_per_msg", gen * 1e6 / (double) messages);
  j_bool ("generator_bound", !opt.spin && gen / wall > 0.9);
  j_num ("other_cpu", other > 0 ? other : 0);
}

void
j_begin (void)
{
  j_str ("name", opt.name);
  j_str ("scenario", opt.scenario);
  j_str ("transport", opt.polling ? "polling" : "websocket");
  j_int ("clients", (uint64_t) opt.clients);
  if (opt.idle)
    j_int ("idle_clients", (uint64_t) opt.idle);
}

void
j_end (void)
{
  j_int ("bytes_in", tally.bytes_in);
  j_int ("disconnects", tally.disconnects);
  j_int ("failed", tally.failed);
  j_int ("timeouts", tally.timeouts);
  j_int ("other_events", tally.other);
  if (opt.polling)
    j_int ("http_reopened", tally.http_reopened);
  if (opt.n_pids)
    {
      struct memory m = memory_now ();
      j_num ("rss_end_mb", m.rss_kb / 1024);
    }
  puts ("}");
}
