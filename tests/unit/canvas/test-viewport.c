/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-viewport.h"

static void
count (DrawViewport *viewport, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_inverse (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (DrawViewport) viewport = draw_viewport_new ();
      const double scale = exp (
          g_rand_double_range (rand, log (DRAW_VIEWPORT_SCALE_MIN), log (DRAW_VIEWPORT_SCALE_MAX)));
      const double wx = g_rand_double_range (rand, -1000, 5000),
                   wy = g_rand_double_range (rand, -1000, 5000);
      double x, y, back_x, back_y;

      draw_viewport_set_size (viewport, 1280, 800);
      draw_viewport_set_scale (viewport, scale);
      draw_viewport_center_on (viewport, g_rand_double_range (rand, -1e6, 1e6),
                               g_rand_double_range (rand, -1e6, 1e6));
      draw_viewport_to_board (viewport, wx, wy, &x, &y);
      draw_viewport_to_widget (viewport, x, y, &back_x, &back_y);
      g_assert_cmpfloat_with_epsilon (back_x, wx, 1e-5);
      g_assert_cmpfloat_with_epsilon (back_y, wy, 1e-5);
    }
}

static void
test_zoom_keeps_place (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (DrawViewport) viewport = draw_viewport_new ();

  draw_viewport_set_size (viewport, 1280, 800);
  for (guint i = 0; i < 5000; i++)
    {
      const double wx = g_rand_double_range (rand, 0, 1280),
                   wy = g_rand_double_range (rand, 0, 800);
      double x, y, after_x, after_y;

      draw_viewport_to_board (viewport, wx, wy, &x, &y);
      draw_viewport_zoom_at (viewport, exp (g_rand_double_range (rand, -5, 5)), wx, wy);
      draw_viewport_to_board (viewport, wx, wy, &after_x, &after_y);
      g_assert_cmpfloat_with_epsilon (after_x, x, 1e-4);
      g_assert_cmpfloat_with_epsilon (after_y, y, 1e-4);
      g_assert_cmpfloat (draw_viewport_get_scale (viewport), >=, DRAW_VIEWPORT_SCALE_MIN);
      g_assert_cmpfloat (draw_viewport_get_scale (viewport), <=, DRAW_VIEWPORT_SCALE_MAX);
      draw_viewport_center_on (viewport, x, y);
    }
}

static void
test_bad_numbers (void)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY };
  g_autoptr (DrawViewport) viewport = draw_viewport_new ();
  BoardRect before, after;

  draw_viewport_set_size (viewport, 100, 100);
  draw_viewport_get_visible (viewport, &before);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      draw_viewport_pan (viewport, bad[i], 0);
      draw_viewport_zoom_at (viewport, NAN, bad[i], 0);
      draw_viewport_zoom_at (viewport, 2, bad[i], 0);
      draw_viewport_center_on (viewport, 0, bad[i]);
      draw_viewport_get_visible (viewport, &after);
      g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
    }
}

static void
test_stays_on_the_board (void)
{
  g_autoptr (DrawViewport) viewport = draw_viewport_new ();
  BoardRect visible;

  draw_viewport_set_size (viewport, 1000, 1000);
  draw_viewport_pan (viewport, -1e12, 1e12);
  draw_viewport_get_visible (viewport, &visible);
  g_assert_cmpfloat (visible.x + visible.width / 2, ==, BOARD_COORDINATE_MAX);
  g_assert_cmpfloat (visible.y + visible.height / 2, ==, -BOARD_COORDINATE_MAX);
}

static void
test_fit (void)
{
  g_autoptr (DrawViewport) viewport = draw_viewport_new ();
  const BoardRect small = { 10, 20, 30, 40 }, large = { -5000, 100, 10000, 200 },
                  point = { 7, 8, 0, 0 };
  BoardRect visible;

  draw_viewport_set_size (viewport, 1000, 500);
  draw_viewport_fit (viewport, &small);
  g_assert_cmpfloat (draw_viewport_get_scale (viewport), ==, 1);
  draw_viewport_get_visible (viewport, &visible);
  g_assert_true (board_rect_contains (&visible, 10, 20) && board_rect_contains (&visible, 39, 59));

  draw_viewport_fit (viewport, &large);
  draw_viewport_get_visible (viewport, &visible);
  g_assert_cmpfloat (visible.x, <, -5000);
  g_assert_cmpfloat (visible.x + visible.width, >, 5000);
  g_assert_cmpfloat (visible.width, <, 12000);

  draw_viewport_fit (viewport, &point);
  draw_viewport_get_visible (viewport, &visible);
  g_assert_cmpfloat (draw_viewport_get_scale (viewport), ==, 1);
  g_assert_cmpfloat (visible.x + visible.width / 2, ==, 7);
}

static void
test_changed_only_when_changed (void)
{
  g_autoptr (DrawViewport) viewport = draw_viewport_new ();
  guint n = 0;

  g_signal_connect (viewport, "changed", G_CALLBACK (count), &n);
  draw_viewport_set_size (viewport, 100, 100);
  g_assert_cmpuint (n, ==, 1);
  draw_viewport_set_size (viewport, 100, 100);
  draw_viewport_pan (viewport, 0, 0);
  draw_viewport_set_scale (viewport, 1);
  g_assert_cmpuint (n, ==, 1);
  draw_viewport_pan (viewport, 3, 0);
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewport/inverse", test_inverse);
  g_test_add_func ("/viewport/zoom-keeps-place", test_zoom_keeps_place);
  g_test_add_func ("/viewport/bad-numbers", test_bad_numbers);
  g_test_add_func ("/viewport/stays-on-the-board", test_stays_on_the_board);
  g_test_add_func ("/viewport/fit", test_fit);
  g_test_add_func ("/viewport/changed-only-when-changed", test_changed_only_when_changed);
  return g_test_run ();
}
