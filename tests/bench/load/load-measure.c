/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is counted: time, latencies, and what /proc tells of the server. */
#include "sioload.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct hist h_latency, h_connect, h_late;
bool measuring;
uint64_t window_start, window_end, last_progress;

uint64_t
now_ns (void)
{
  struct timespec ts;
  clock_gettime (CLOCK_MONOTONIC, &ts);
  return (uint64_t) ts.tv_sec * NSEC + (uint64_t) ts.tv_nsec;
}

uint64_t
in_secs (double s)
{
  return now_ns () + (uint64_t) (s * 1e9);
}

void
hist_add (struct hist *h, uint64_t v)
{
  unsigned i = (unsigned) v;
  if (v >= 64)
    {
      int e = 63 - __builtin_clzll (v);
      i = (unsigned) (e - 5) * 64 + ((v >> (e - 6)) & 63);
    }
  h->n[i]++;
  h->count++;
  if (v > h->max)
    h->max = v;
}

double
hist_us (const struct hist *h, double q)
{
  uint64_t want = (uint64_t) (q * (double) h->count), seen = 0;
  for (unsigned i = 0; i < HIST_BUCKETS; i++)
    {
      seen += h->n[i];
      if (seen > want)
        return i < 64 ? i / 1e3 : (double) ((64ull + i % 64) << (i / 64 - 1)) / 1e3;
    }
  return (double) h->max / 1e3;
}

static double
server_cpu_seconds (void)
{
  double ticks = 0;
  for (int i = 0; i < opt.n_pids; i++)
    {
      char path[64], buf[1024];
      snprintf (path, sizeof path, "/proc/%d/stat", opt.pids[i]);
      FILE *f = fopen (path, "r");
      if (!f)
        die ("server pid %d is gone", opt.pids[i]);
      size_t n = fread (buf, 1, sizeof buf - 1, f);
      fclose (f);
      buf[n] = 0;
      unsigned long ut = 0, st = 0;
      char *p = strrchr (buf, ')');
      if (!p
          || sscanf (p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &ut, &st) != 2)
        die ("cannot read %s", path);
      ticks += (double) (ut + st);
    }
  return ticks / (double) sysconf (_SC_CLK_TCK);
}

static double
machine_cpu_seconds (void)
{
  unsigned long long v[8] = { 0 };
  FILE *f = fopen ("/proc/stat", "r");
  if (f)
    {
      if (fscanf (f, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &v[0], &v[1], &v[2], &v[3],
                  &v[4], &v[5], &v[6], &v[7])
          != 8)
        memset (v, 0, sizeof v);
      fclose (f);
    } /* all but idle and iowait */
  return (double) (v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) / (double) sysconf (_SC_CLK_TCK);
}

struct usage
usage_now (void)
{
  struct rusage r;
  getrusage (RUSAGE_SELF, &r);
  return (struct usage){
    .wall = (double) now_ns () / 1e9,
    .server_cpu = server_cpu_seconds (),
    .gen_cpu = (double) (r.ru_utime.tv_sec + r.ru_stime.tv_sec)
               + (double) (r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6,
    .all_cpu = machine_cpu_seconds (),
  };
}

struct memory
memory_now (void)
{
  struct memory m = { 0 };
  for (int i = 0; i < opt.n_pids; i++)
    {
      char path[64], line[256];
      snprintf (path, sizeof path, "/proc/%d/smaps_rollup", opt.pids[i]);
      FILE *f = fopen (path, "r");
      while (f && fgets (line, sizeof line, f))
        {
          double kb;
          if (sscanf (line, "Rss: %lf", &kb) == 1)
            m.rss_kb += kb;
          else if (sscanf (line, "Pss: %lf", &kb) == 1)
            m.pss_kb += kb;
        }
      if (f)
        fclose (f);
    }
  return m;
}
