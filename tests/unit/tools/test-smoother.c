/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

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

  draw_smoother_reset (smoother, 7);
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

  draw_smoother_reset (smoother, 7);
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

  draw_smoother_reset (smoother, 7);
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

  draw_smoother_reset (smoother, 7);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smoother/takes-steps-out", test_takes_steps_out);
  g_test_add_func ("/smoother/ends-are-exact", test_ends_are_exact);
  g_test_add_func ("/smoother/swung-corners-stay", test_swung_corners_stay);
  g_test_add_func ("/smoother/says-what-changed", test_says_what_changed);
  return g_test_run ();
}
