/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "board/board-limits.h"
#include "canvas/draw-curve.h"
#include "tools/draw-simplify.h"

#define WIDTH 4.0

#define STEPS 100

static double
get_distance (const DrawKnot *a, const DrawKnot *b, const DrawKnot *target)
{
  const double dx = b->x - a->x, dy = b->y - a->y;
  const double t
      = CLAMP (((target->x - a->x) * dx + (target->y - a->y) * dy) / MAX (dx * dx + dy * dy, 1e-12),
               0, 1);

  return MAX (hypot (a->x + t * dx - target->x, a->y + t * dy - target->y),
              fabs (a->r + t * (b->r - a->r) - target->r));
}

/* How far a point is from the curve through others. */
static double
get_error (const BoardPoint *points, gsize n_points, const BoardPoint *point)
{
  double error = G_MAXDOUBLE;
  DrawKnot target;

  draw_curve_knot (point, WIDTH, &target);
  for (gsize i = 0; i + 1 < n_points; i++)
    {
      DrawKnot knots[4];
      DrawCurve curve;

      for (gsize k = 0; k < 4; k++)
        draw_curve_knot (&points[CLAMP ((int) (i + k) - 1, 0, (int) n_points - 1)], WIDTH,
                         &knots[k]);
      draw_curve_through (&curve, i > 0 ? &knots[0] : NULL, &knots[1], &knots[2],
                          i + 2 < n_points ? &knots[3] : NULL);
      for (guint step = 0; step < STEPS; step++)
        {
          DrawKnot a, b;

          draw_curve_get_knot (&curve, step / (double) STEPS, &a);
          draw_curve_get_knot (&curve, (step + 1) / (double) STEPS, &b);
          error = MIN (error, get_distance (&a, &b, &target));
        }
    }
  return error;
}

typedef void (*Draw) (BoardPoint *point, double t, GRand *rand);

static void
draw_circle (BoardPoint *point, double t, GRand *rand)
{
  point->x = 100 * cos (t * 6.2);
  point->y = 100 * sin (t * 6.2);
}

/* Straight, then a sharp corner, then straight: where a curve through few points would bulge. */
static void
draw_corner (BoardPoint *point, double t, GRand *rand)
{
  point->x = t < 0.5 ? t * 400 : 200;
  point->y = t < 0.5 ? 0 : (t - 0.5) * 400;
}

static void
draw_scribble (BoardPoint *point, double t, GRand *rand)
{
  point->x = t * 500 + 30 * sin (t * 60);
  point->y = 80 * sin (t * 37) + g_rand_double_range (rand, -0.2, 0.2);
  point->pressure = (float) (0.5 + 0.4 * sin (t * 20));
}

static void
draw_zigzag (BoardPoint *point, double t, GRand *rand)
{
  point->x = t * 300;
  point->y = ((int) (t * 60) % 2) * 40.0;
}

static void
test_error_is_bounded (gconstpointer data)
{
  const Draw draw = (Draw) data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  BoardPoint points[400], kept[400];
  gsize n_kept;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      points[i] = (BoardPoint){ .pressure = 0.5f, .time = i };
      draw (&points[i], i / (double) G_N_ELEMENTS (points), rand);
    }
  memcpy (kept, points, sizeof kept);
  n_kept = draw_simplify (kept, G_N_ELEMENTS (kept), WIDTH, 0.25);

  g_assert_cmpuint (n_kept, >=, 2);
  g_assert_cmpuint (n_kept, <, G_N_ELEMENTS (points));
  g_assert_cmpmem (&kept[0], sizeof (BoardPoint), &points[0], sizeof (BoardPoint));
  g_assert_cmpmem (&kept[n_kept - 1], sizeof (BoardPoint), &points[399], sizeof (BoardPoint));
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    g_assert_cmpfloat (get_error (kept, n_kept, &points[i]), <=, 0.25 + 0.05);
  g_test_message ("%" G_GSIZE_FORMAT " of 400 points left", n_kept);
}

static void
test_straight_line_needs_two_points (void)
{
  BoardPoint points[100];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (BoardPoint){ i * 3.0, i * 1.5, 0.5f };
  g_assert_cmpuint (draw_simplify (points, 100, WIDTH, 0.25), ==, 2);
}

static void
test_box_is_kept (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  BoardPoint points[300];
  double low = 0, high = 0, kept_low = 0, kept_high = 0;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      points[i] = (BoardPoint){ .pressure = 0.5f };
      draw_circle (&points[i], i / 300.0, rand);
      low = MIN (low, points[i].y);
      high = MAX (high, points[i].y);
    }
  const gsize n = draw_simplify (points, 300, WIDTH, 0.25);
  for (gsize i = 0; i < n; i++)
    {
      kept_low = MIN (kept_low, points[i].y);
      kept_high = MAX (kept_high, points[i].y);
    }
  g_assert_cmpfloat (kept_low, ==, low);
  g_assert_cmpfloat (kept_high, ==, high);
}

static void
test_few_and_equal_points (void)
{
  BoardPoint points[50] = { { 1, 2, 0.5f }, { 1, 2, 0.5f }, { 1, 2, 0.5f } };

  g_assert_cmpuint (draw_simplify (NULL, 0, WIDTH, 0.25), ==, 0);
  g_assert_cmpuint (draw_simplify (points, 1, WIDTH, 0.25), ==, 1);
  g_assert_cmpuint (draw_simplify (points, 2, WIDTH, 0.25), ==, 2);
  g_assert_cmpuint (draw_simplify (points, 3, WIDTH, 0.25), ==, 2);
}

/* The longest stroke of noise, where nearly nothing can go. */
static void
test_longest_stroke_ends (void)
{
  g_autofree BoardPoint *points = g_new0 (BoardPoint, BOARD_MAX_POINTS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < BOARD_MAX_POINTS; i++)
    points[i] = (BoardPoint){ g_rand_double_range (rand, 0, 900),
                              g_rand_double_range (rand, 0, 900), 0.5f };
  g_assert_cmpuint (draw_simplify (points, BOARD_MAX_POINTS, WIDTH, 0.25), >, BOARD_MAX_POINTS / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/simplify/error-is-bounded/circle", draw_circle, test_error_is_bounded);
  g_test_add_data_func ("/simplify/error-is-bounded/corner", draw_corner, test_error_is_bounded);
  g_test_add_data_func ("/simplify/error-is-bounded/scribble", draw_scribble,
                        test_error_is_bounded);
  g_test_add_data_func ("/simplify/error-is-bounded/zigzag", draw_zigzag, test_error_is_bounded);
  g_test_add_func ("/simplify/straight-line-needs-two-points", test_straight_line_needs_two_points);
  g_test_add_func ("/simplify/box-is-kept", test_box_is_kept);
  g_test_add_func ("/simplify/few-and-equal-points", test_few_and_equal_points);
  g_test_add_func ("/simplify/longest-stroke-ends", test_longest_stroke_ends);
  return g_test_run ();
}
