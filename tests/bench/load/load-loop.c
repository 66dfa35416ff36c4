/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One epoll set for all; connecting and joining. */
#include "sioload.h"

#include <sys/epoll.h>
#include <time.h>

int conc_limit;
static int next_to_start;

static void
poll_once (uint64_t wait_ns)
{
  static uint64_t last;
  struct epoll_event ev[MAX_EVENTS];
  if (opt.spin)
    wait_ns = 0;
  if (opt.batch_us > 0 && n_connected == n_clients)
    { /* not more than one round per batch_us */
      uint64_t now = now_ns (), next = last + (uint64_t) opt.batch_us * 1000;
      if (next > now)
        {
          uint64_t nap = next - now < wait_ns ? next - now : wait_ns;
          struct timespec ts = { .tv_nsec = (long) nap };
          nanosleep (&ts, NULL);
          wait_ns -= nap;
          now += nap;
        }
      last = now;
    }
  struct timespec ts = { .tv_sec = (time_t) (wait_ns / NSEC), .tv_nsec = (long) (wait_ns % NSEC) };
  int m = epoll_pwait2 (epfd, ev, MAX_EVENTS, &ts, NULL);
  for (int i = 0; i < m; i++)
    {
      struct conn *k = ev[i].data.ptr;
      if (k->fd >= 0 && (ev[i].events & (EPOLLOUT | EPOLLERR)) && (k->want_out || !k->up))
        conn_writable (k);
      if (k->fd >= 0 && (ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        conn_readable (k);
    }
}

/* Runs until `deadline` or until done() is true.  work() does what is due and
 * returns the time at which it wants to be called again. */
void
run_loop (uint64_t deadline, bool (*done) (void), uint64_t (*work) (uint64_t now))
{
  for (;;)
    {
      uint64_t now = now_ns ();
      if (now >= deadline || (done && done ()))
        break;
      uint64_t wake = work ? work (now) : deadline;
      if (wake > deadline)
        wake = deadline;
      flush_dirty ();
      now = now_ns ();
      poll_once (wake > now ? wake - now : 0);
    }
  flush_dirty ();
}

/* Starts connections, at most conc_limit handshakes under way; times out and
 * (storm) retries those that failed. */
static uint64_t
work_connect (uint64_t now)
{
  static uint64_t next_check;
  for (int burst = 0; burst < 64 && in_flight < conc_limit && next_to_start < n_clients; burst++)
    {
      clients[next_to_start].t_first = now_ns ();
      client_start (&clients[next_to_start++]);
    }
  if (now >= next_check)
    {
      next_check = now + NSEC / 20;
      for (int i = 0; i < next_to_start; i++)
        {
          struct client *c = &clients[i];
          if (c->state >= ST_TCP && c->state < ST_CONNECTED
              && now > c->t_start + (uint64_t) (opt.timeout * 1e9))
            {
              tally.timeouts++;
              client_fail (c, "handshake timed out");
            }
          else if (c->state == ST_DEAD && c->retry_at && now >= c->retry_at)
            {
              tally.retries++;
              client_start (c);
            }
        }
    }
  if (in_flight < conc_limit && next_to_start < n_clients)
    return now;
  return next_check;
}

static bool
done_connect (void)
{
  if (retry_failed)
    return n_connected == n_clients && (opt.rooms == 0 || n_joined == n_clients);
  return next_to_start == n_clients && in_flight == 0;
}

/* Connects everybody; returns the seconds it took. */
double
connect_all (void)
{
  uint64_t t0 = now_ns ();
  next_to_start = 0;
  run_loop (in_secs (opt.timeout * 4), done_connect, work_connect);
  return (double) (now_ns () - t0) / 1e9;
}

static bool
done_join (void)
{
  return n_joined >= opt.clients;
}

void
join_all (void)
{
  n_joined = 0;
  for (int i = 0; i < opt.clients; i++)
    if (clients[i].state == ST_CONNECTED)
      send_join (&clients[i]);
  flush_dirty ();
  if (!opt.no_join_ack)
    run_loop (in_secs (opt.timeout), done_join, NULL);
  if (opt.no_join_ack)
    run_loop (in_secs (1), NULL, NULL);
  if (n_joined < opt.clients)
    die ("only %d of %d clients could join", n_joined, opt.clients);
  run_loop (in_secs (0.3), NULL, NULL);
}
