/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody was away for a week and drew all the time: everything is there when the board is opened again, and is
 * sent, once, to the real server, while others draw. `-m perf` draws ten thousand strokes, and twenty thousand,
 * which is more than the server takes at once, and tells how long it takes.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "real-fixture.h"

#define OTHERS 50
#define SAMPLES 200 /* what a pen gives in a second and a half */

/* Of this process, MiB. */
static double
get_memory (void)
{
  g_autofree char *text = NULL;
  unsigned long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %lu", &pages);
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

static double
get_seconds_since (int64_t start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
test_week (Real *f, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  double memory = get_memory ();
  int64_t start;
  clock_t cpu;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  draw_session_disconnect (f->ben.session);
  person_draw_with_pen (&f->ben, rand, n, SAMPLES);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ben.session), ==, n);
  g_test_message ("%u strokes drawn offline: %.0f MiB more", n, get_memory () - memory);
  start = g_get_monotonic_time ();
  person_reopen (&f->ben);
  g_test_message ("opened again in %.2f s", get_seconds_since (start));
  g_assert_cmpuint (person_count (&f->ben), ==, n);
  person_draw_with_pen (&f->ada, rand, OTHERS, SAMPLES);

  start = g_get_monotonic_time ();
  cpu = clock ();
  draw_session_connect (f->ben.session);
  AWAIT_LONG (person_is_settled (&f->ben));
  g_test_message ("all acknowledged in %.2f s", get_seconds_since (start));
  AWAIT_LONG (person_is_equal (&f->ada, &f->ben));
  g_test_message ("the other has them after %.2f s; CPU time of both %.2f s, %.0f MiB more",
                  get_seconds_since (start), (double) (clock () - cpu) / CLOCKS_PER_SEC,
                  get_memory () - memory);
  g_assert_cmpuint (f->ben.n_acknowledged, ==, n);
  g_assert_cmpuint (person_count (&f->ada), ==, n + OTHERS);
  g_assert_cmpuint (board_replica_get_seq (draw_session_get_replica (f->ada.session)), ==, n + OTHERS);
  g_assert_cmpuint (f->ben.n_troubles + f->ada.n_troubles, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, n) \
  g_test_add ("/sync/backlog/" path, Real, GUINT_TO_POINTER (n), real_set_up, test_week, real_tear_down)
  TEST ("short", 700);
  if (g_test_perf ())
    {
      TEST ("week", 10000);
      TEST ("more-than-at-once", 20000);
    }
#undef TEST
  return g_test_run ();
}
