/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "tools/draw-smoother.h"

static void
add (DrawSmoother *smoother, double x, double y)
{
  const BoardPoint point = { x, y, 0.5f };

  draw_smoother_add (smoother, &point);
}

/* A mouse on a shallow slope: whole pixels, so steps. */
static void
test_takes_steps_out (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();
  double raw_error = 0, error = 0;

  draw_smoother_reset (smoother, 7, 0);
  for (int x = 0; x < 100; x += 2)
    add (smoother, x, round (x * 0.15));
  for (guint i = 6; i < 44; i++)
    {
      const BoardPoint *point = &draw_smoother_get_points (smoother)[i];

      error = MAX (error, fabs (point->y - point->x * 0.15));
      raw_error = MAX (raw_error, fabs (round (i * 2 * 0.15) - i * 2 * 0.15));
    }
  g_assert_cmpfloat (raw_error, >, 0.39);
  g_assert_cmpfloat (error, <, 0.25);
}

static void
test_ends_are_exact (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();

  draw_smoother_reset (smoother, 7, 0);
  for (guint i = 0; i < 30; i++)
    {
      add (smoother, i % 3, i * 2);
      g_assert_cmpfloat (draw_smoother_get_points (smoother)[0].x, ==, 0);
      g_assert_cmpfloat (draw_smoother_get_points (smoother)[i].x, ==, i % 3);
      g_assert_cmpfloat (draw_smoother_get_points (smoother)[i].y, ==, i * 2);
    }
}

static void
test_swung_corners_stay (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();

  draw_smoother_reset (smoother, 7, 0);
  for (guint i = 0; i < 10; i++)
    add (smoother, i * 20, (i % 2) * 50);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (draw_smoother_get_points (smoother)[i].y, ==, (i % 2) * 50);
}

static void
test_says_what_changed (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();
  BoardPoint before[40];

  draw_smoother_reset (smoother, 7, 0);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      const BoardPoint point = { i % 5, i, 0.5f };
      const guint changed = draw_smoother_add (smoother, &point);

      for (guint k = 0; k < changed; k++)
        g_assert_cmpfloat (draw_smoother_get_points (smoother)[k].x, ==, before[k].x);
      for (guint k = 0; k <= i; k++)
        before[k] = draw_smoother_get_points (smoother)[k];
    }
}

/* ---- the stabiliser ---- */

static void
add_at (DrawSmoother *smoother, double x, double y, double pressure, uint32_t time)
{
  const BoardPoint point = { x, y, (float) pressure, 0, 0, time };

  draw_smoother_add (smoother, &point);
}

static const BoardPoint *
get_end (DrawSmoother *smoother)
{
  return &draw_smoother_get_points (smoother)[draw_smoother_get_n_points (smoother) - 1];
}

/* How far the line is from level, left out what is near its ends. */
static double
measure_tremble (double lag)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();
  double worst = 0;

  draw_smoother_reset (smoother, 2, lag);
  for (int i = 0; i < 120; i++)
    add_at (smoother, i * 3, i % 2 == 0 ? 2 : -2, 0.5, (uint32_t) i * 8);
  for (guint i = 50; i < 100; i++)
    worst = MAX (worst, fabs (draw_smoother_get_points (smoother)[i].y));
  return worst;
}

static void
test_stabiliser_calms (void)
{
  const double off = measure_tremble (0), light = measure_tremble (15);
  const double medium = measure_tremble (40), strong = measure_tremble (90);

  g_assert_cmpfloat (off, >, 1.9);
  g_assert_cmpfloat (light, <, 0.6 * off);
  g_assert_cmpfloat (medium, <, 0.5 * light);
  g_assert_cmpfloat (strong, <, 0.5 * medium);
}

/* Whenever the pen lifted, the line would end where the pen is: nothing is behind. */
static void
test_stabiliser_reaches_the_pen (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();

  draw_smoother_reset (smoother, 2, 90);
  for (int i = 0; i < 60; i++)
    {
      add_at (smoother, i * 20, i * i, 0.3 + 0.01 * i, (uint32_t) i * 7);
      g_assert_cmpfloat (get_end (smoother)->x, ==, i * 20);
      g_assert_cmpfloat (get_end (smoother)->y, ==, i * i);
      g_assert_cmpfloat_with_epsilon (get_end (smoother)->pressure, 0.3 + 0.01 * i, 1e-6);
      g_assert_cmpuint (get_end (smoother)->time, ==, i * 7);
      g_assert_cmpfloat (draw_smoother_get_points (smoother)[0].x, ==, 0);
      g_assert_cmpuint (draw_smoother_get_n_points (smoother), <=, i + 1 + DRAW_SMOOTHER_TAIL);
      g_assert_cmpfloat (draw_smoother_get_last (smoother)->x, ==, i * 20);
    }
}

/* The way to the pen goes on without a jump, and time never runs back. */
static void
test_stabiliser_has_no_gap (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();
  const BoardPoint *points;

  draw_smoother_reset (smoother, 2, 90);
  for (int i = 0; i < 60; i++)
    add_at (smoother, i * 10, 0, 0.5, (uint32_t) i * 8);
  points = draw_smoother_get_points (smoother);
  for (guint i = 1; i < draw_smoother_get_n_points (smoother); i++)
    {
      g_assert_cmpfloat (points[i].x, >=, points[i - 1].x);
      g_assert_cmpfloat (points[i].x - points[i - 1].x, <, 45);
      g_assert_cmpuint (points[i].time, >=, points[i - 1].time);
    }
}

/* What was said to be settled stays as it was told. */
static void
test_stabiliser_says_what_changed (void)
{
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();
  BoardPoint before[200];
  guint n_before = 0;

  draw_smoother_reset (smoother, 2, 40);
  for (guint i = 0; i < 100; i++)
    {
      const BoardPoint point = { i * 3 + (i % 3), 20 * sin (i * 0.4), 0.5f, 0, 0, i * 5 };
      const guint changed = draw_smoother_add (smoother, &point);

      g_assert_cmpuint (changed, <=, n_before);
      for (guint k = 0; k < changed; k++)
        g_assert_cmpmem (&draw_smoother_get_points (smoother)[k], sizeof before[k], &before[k],
                         sizeof before[k]);
      n_before = draw_smoother_get_n_points (smoother);
      memcpy (before, draw_smoother_get_points (smoother), n_before * sizeof before[0]);
    }
}

/* Clocks that stand still or run back are a driver's, and no reason to stop. */
static void
test_stabiliser_survives_clocks (void)
{
  static const uint32_t times[] = { 100, 100, 100, 90, 0, G_MAXUINT32, 5 };
  g_autoptr (DrawSmoother) smoother = draw_smoother_new ();

  draw_smoother_reset (smoother, 2, 40);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      add_at (smoother, i * 10, 0, 0.5, times[i]);
      g_assert_cmpfloat (get_end (smoother)->x, ==, i * 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smoother/takes-steps-out", test_takes_steps_out);
  g_test_add_func ("/smoother/ends-are-exact", test_ends_are_exact);
  g_test_add_func ("/smoother/swung-corners-stay", test_swung_corners_stay);
  g_test_add_func ("/smoother/says-what-changed", test_says_what_changed);
  g_test_add_func ("/smoother/stabiliser/calms", test_stabiliser_calms);
  g_test_add_func ("/smoother/stabiliser/reaches-the-pen", test_stabiliser_reaches_the_pen);
  g_test_add_func ("/smoother/stabiliser/has-no-gap", test_stabiliser_has_no_gap);
  g_test_add_func ("/smoother/stabiliser/says-what-changed", test_stabiliser_says_what_changed);
  g_test_add_func ("/smoother/stabiliser/survives-clocks", test_stabiliser_survives_clocks);
  return g_test_run ();
}
