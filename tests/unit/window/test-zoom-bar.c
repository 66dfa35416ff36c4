/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-zoom-bar.h"

#include <math.h>

/* In and out again comes back; 100 % is met from everywhere; the ends hold. */
static void
test_steps (void)
{
  double scale = 1;

  for (guint i = 0; i < 30; i++)
    {
      double in = draw_zoom_bar_step (scale, 1);

      g_assert_true (in > scale || scale == DRAW_VIEWPORT_SCALE_MAX);
      if (in < DRAW_VIEWPORT_SCALE_MAX)
        g_assert_cmpfloat_with_epsilon (draw_zoom_bar_step (in, -1), scale, scale * 1e-9);
      scale = in;
    }
  g_assert_cmpfloat (scale, ==, DRAW_VIEWPORT_SCALE_MAX);
  for (guint i = 0; i < 60; i++)
    scale = draw_zoom_bar_step (scale, -1);
  g_assert_cmpfloat (scale, ==, DRAW_VIEWPORT_SCALE_MIN);
}

static void
test_rounds (void)
{
  static const double odd[] = { 0.83, 0.99, 1.02, 1.3 };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_cmpfloat_with_epsilon (draw_zoom_bar_step (odd[i], odd[i] < 1 ? 1 : -1), 1.0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/zoom-bar/steps", test_steps);
  g_test_add_func ("/window/zoom-bar/rounds", test_rounds);
  return g_test_run ();
}
