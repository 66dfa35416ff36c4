/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-replay-time.h"

#include <string.h>

/* 14 November 2026, 09:58:20 UTC, in ms. */
#define MORNING 1794650300000
#define MINUTE (60 * 1000)
#define HOUR (60 * (int64_t)MINUTE)

static void
test_gap (void)
{
  g_assert_cmpint (draw_replay_gap (1000, 1300), ==, 300);
  g_assert_cmpint (draw_replay_gap (1000, 1000), ==, 0);
  g_assert_cmpint (draw_replay_gap (1000, 100000000), ==, DRAW_REPLAY_LONGEST_GAP);
  /* a server's clock may have been set back */
  g_assert_cmpint (draw_replay_gap (5000, 1000), ==, 0);
  g_assert_cmpint (draw_replay_gap (0, 1000), ==, DRAW_REPLAY_USUAL_GAP);
  g_assert_cmpint (draw_replay_gap (1000, 0), ==, DRAW_REPLAY_USUAL_GAP);
  g_assert_cmpint (draw_replay_gap (1, G_MAXINT64), ==, DRAW_REPLAY_LONGEST_GAP);
}

static char *
make_text (const int64_t *times, guint n)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GArray) ticks = draw_replay_make_ticks (times, n, zone);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const DrawReplayTick *tick = &g_array_index (ticks, DrawReplayTick, i);

      g_string_append_printf (text, "%s%u %s", i > 0 ? ", " : "", tick->position, tick->label);
    }
  return g_string_free (text, FALSE);
}

/* n moments, so far apart. */
static void
assert_ticks (int64_t begin, int64_t apart, guint n, const char *expected)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (int64_t));
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      int64_t time = begin + (int64_t)i * apart;

      g_array_append_val (times, time);
    }
  text = make_text ((const int64_t *)times->data, n);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_ticks (void)
{
  assert_ticks (0, 0, 50, "");
  assert_ticks (MORNING, 0, 50, "");
  assert_ticks (MORNING, 1000, 0, "");
  /* half an hour: every ten minutes */
  assert_ticks (MORNING, 30 * 1000, 60, "4 10:00, 14 10:05, 24 10:10, 34 10:15, 44 10:20, 54 10:25");
  /* a minute and a half: with seconds */
  assert_ticks (MORNING, 1000, 90, "10 09:58:30, 40 09:59:00, 70 09:59:30");
  /* two days */
  assert_ticks (MORNING, 30 * MINUTE, 96, "5 12:00, 29 15 Nov, 53 12:00, 77 16 Nov");
  /* three months */
  assert_ticks (MORNING, 24 * HOUR, 90, "19 3 Dec, 49 2 Jan, 79 1 Feb");
}

/* A pause: all of the time that passes in it is one tick; what is too near to another is left out. */
static void
test_pauses (void)
{
  int64_t times[40];
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    times[i] = MORNING + i * 1000 + (i >= 20 ? 5 * HOUR : 0);
  text = make_text (times, G_N_ELEMENTS (times));
  g_assert_cmpstr (text, ==, "20 14:00");
}

/* Whatever times a stranger's log has. */
static void
test_odd_times (void)
{
  static const int64_t odd[][4] = {
    { G_MAXINT64, 1, 5, 7 },
    { 9007199254740991, 1, 9007199254740991, 2 },
    { -5, -7, 0, 3 },
    { 1, 0, 0, G_MAXINT64 },
    { 253402300800000, 253402300800000 * 2, 5, 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = make_text (odd[i], 4);

      g_assert_nonnull (text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/replay-time/gap", test_gap);
  g_test_add_func ("/window/replay-time/ticks", test_ticks);
  g_test_add_func ("/window/replay-time/pauses", test_pauses);
  g_test_add_func ("/window/replay-time/odd-times", test_odd_times);
  return g_test_run ();
}
