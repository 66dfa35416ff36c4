/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "canvas/draw-curve.h"
#include "canvas/draw-outline.h"
#include "canvas/draw-raster.h"

#define SIZE 400
#define N_HAIRLINES 150

/* A picture of the alpha channel. */
typedef struct {
  cairo_surface_t *surface;
  const guint8 *pixels;
  int stride;
} Picture;

static Picture
paint (DrawOutline *outline, double alpha)
{
  const BoardRect clip = { 0, 0, SIZE, SIZE };
  Picture picture = { cairo_image_surface_create (CAIRO_FORMAT_A8, SIZE, SIZE) };
  cairo_t *cr = cairo_create (picture.surface);

  cairo_set_source_rgba (cr, 0, 0, 0, alpha);
  draw_outline_fill (outline, cr, &clip, alpha >= 1);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  picture.pixels = cairo_image_surface_get_data (picture.surface);
  picture.stride = cairo_image_surface_get_stride (picture.surface);
  return picture;
}

static double
get_area (const Picture *picture)
{
  double area = 0;

  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      area += picture->pixels[y * picture->stride + x] / 255.0;
  return area;
}

static guint8
get_alpha (const Picture *picture, int x, int y)
{
  return picture->pixels[y * picture->stride + x];
}

static DrawOutline *
create (DrawOutlineKind kind, const DrawKnot *knots, gsize n_knots)
{
  DrawOutline *outline = draw_outline_new (kind, 0.05);

  draw_outline_set_knots (outline, 0, knots, n_knots, NULL);
  return outline;
}

static void
test_area_of_dot (void)
{
  const DrawKnot knots[] = { { 200, 200, 50 } };
  g_autoptr (DrawOutline) outline = create (DRAW_OUTLINE_SMOOTH, knots, 1);
  Picture picture = paint (outline, 1);

  g_assert_cmpfloat_with_epsilon (get_area (&picture), G_PI * 50 * 50, 20);
  cairo_surface_destroy (picture.surface);
}

/* A straight stroke: a rectangle and two half discs. */
static void
test_area_of_line (void)
{
  const DrawKnot knots[] = { { 50, 60, 7 }, { 120, 95, 7 }, { 350, 210, 7 } };
  const double length = hypot (300, 150);

  for (int kind = DRAW_OUTLINE_SMOOTH; kind <= DRAW_OUTLINE_STRAIGHT; kind++)
    {
      g_autoptr (DrawOutline) outline = create (kind, knots, 3);
      Picture picture = paint (outline, 1);

      g_assert_cmpfloat_with_epsilon (get_area (&picture), 14 * length + G_PI * 49, 8);
      cairo_surface_destroy (picture.surface);
    }
}

/* A stroke that widens evenly: a trapezoid. */
static void
test_area_of_wedge (void)
{
  const DrawKnot knots[] = { { 50, 200, 2 }, { 350, 200, 30 } };
  g_autoptr (DrawOutline) outline = create (DRAW_OUTLINE_SMOOTH, knots, 2);
  Picture picture = paint (outline, 1);

  g_assert_cmpfloat_with_epsilon (get_area (&picture), 300 * 32 + G_PI * (4 + 900) / 2, 60);
  cairo_surface_destroy (picture.surface);
}

static void
test_passes_through_knots (void)
{
  const DrawKnot knots[] = { { 60, 300, 3 }, { 110, 80, 3 }, { 200, 320, 3 }, { 330, 60, 3 } };
  g_autoptr (DrawOutline) outline = create (DRAW_OUTLINE_SMOOTH, knots, 4);
  Picture picture = paint (outline, 1);

  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (get_alpha (&picture, (int) knots[i].x, (int) knots[i].y), ==, 255);
  cairo_surface_destroy (picture.surface);
}

/* The nearest a pixel comes to the middle of the stroke, by its own steps. */
static double
get_depth (const DrawKnot *knots, guint n_knots, double x, double y)
{
  double depth = -G_MAXDOUBLE;

  for (guint i = 0; i + 1 < n_knots; i++)
    {
      DrawCurve curve;

      draw_curve_through (&curve, i > 0 ? &knots[i - 1] : NULL, &knots[i], &knots[i + 1],
                          i + 2 < n_knots ? &knots[i + 2] : NULL);
      for (guint step = 0; step <= 40; step++)
        {
          DrawKnot knot;

          draw_curve_get_knot (&curve, step / 40.0, &knot);
          depth = MAX (depth, knot.r - hypot (x - knot.x, y - knot.y));
        }
    }
  return depth;
}

/* Whatever the hand does, turning on the spot included: what is within the stroke is painted, what
 * is outside is not. A strip that turns inside out would leave holes. */
static void
test_random_strokes_have_no_holes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 60; round++)
    {
      DrawKnot knots[12];
      const double reach = round % 3 == 0 ? 6 : 120;
      g_autoptr (DrawOutline) outline = NULL;
      Picture picture;

      for (guint i = 0; i < G_N_ELEMENTS (knots); i++)
        knots[i] = (DrawKnot){ 200 + g_rand_double_range (rand, -reach, reach),
                               200 + g_rand_double_range (rand, -reach, reach),
                               g_rand_double_range (rand, 1, 16) };
      outline = create (DRAW_OUTLINE_SMOOTH, knots, G_N_ELEMENTS (knots));
      picture = paint (outline, 1);
      for (int y = 20; y < SIZE; y += 7)
        for (int x = 20; x < SIZE; x += 7)
          {
            const double depth = get_depth (knots, G_N_ELEMENTS (knots), x + 0.5, y + 0.5);

            if (depth > 1.5)
              g_assert_cmpint (get_alpha (&picture, x, y), >=, 250);
            /* A strip joins the ends of its ribs, which is a little outside of the discs where the
             * width changes. */
            if (depth < -6)
              g_assert_cmpint (get_alpha (&picture, x, y), ==, 0);
          }
      cairo_surface_destroy (picture.surface);
    }
}

/* No part of a translucent stroke is darker than another, where it crosses itself neither. */
static void
test_translucent_has_no_overlaps (void)
{
  const DrawKnot knots[]
      = { { 60, 60, 8 }, { 340, 340, 8 }, { 340, 60, 8 }, { 60, 340, 8 }, { 70, 60, 8 } };
  g_autoptr (DrawOutline) outline = create (DRAW_OUTLINE_SMOOTH, knots, G_N_ELEMENTS (knots));
  Picture picture = paint (outline, 0.5);
  guint n_full = 0;

  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      {
        g_assert_cmpint (get_alpha (&picture, x, y), <=, 128);
        n_full += get_alpha (&picture, x, y) >= 127;
      }
  g_assert_cmpuint (n_full, >, 10000);
  cairo_surface_destroy (picture.surface);
}

/* A stroke that grows sample by sample is the same as one made at once, and the damage says all
 * that changed. */
static void
test_grows_as_if_made_at_once (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (DrawOutline) growing = draw_outline_new (DRAW_OUTLINE_SMOOTH, 0.05);
  DrawKnot knots[90];

  for (guint i = 0; i < G_N_ELEMENTS (knots); i++)
    knots[i] = (DrawKnot){ 200 + 150 * cos (i * 0.13) + g_rand_double_range (rand, -9, 9),
                           200 + 150 * sin (i * 0.17), g_rand_double_range (rand, 2, 5) };
  for (guint i = 0; i < G_N_ELEMENTS (knots); i++)
    {
      const guint from = i > 3 ? i - 3 : 0;
      g_autoptr (DrawOutline) whole = create (DRAW_OUTLINE_SMOOTH, knots, i + 1);
      Picture before = paint (growing, 1), after, expected;
      BoardRect damage;

      draw_outline_set_knots (growing, from, knots + from, i + 1 - from, &damage);
      after = paint (growing, 1);
      expected = paint (whole, 1);
      for (int y = 0; y < SIZE; y++)
        {
          g_assert_cmpmem (after.pixels + y * after.stride, SIZE,
                           expected.pixels + y * expected.stride, SIZE);
          for (int x = 0; x < SIZE; x++)
            /* cairo samples a row of pixels finer when any edge ends in it, however far away. */
            if (ABS (get_alpha (&before, x, y) - get_alpha (&after, x, y)) > 24)
              g_assert_true (x >= floor (damage.x) - 1 && x <= ceil (damage.x + damage.width) + 1
                             && y >= floor (damage.y) - 1
                             && y <= ceil (damage.y + damage.height) + 1);
        }
      cairo_surface_destroy (before.surface);
      cairo_surface_destroy (after.surface);
      cairo_surface_destroy (expected.surface);
    }
}

/* What a tile shows of a stroke, as coverage of 0..255. */
static Picture
raster (DrawOutline *outline, double scale)
{
  const BoardRect clip = { 0, 0, DRAW_RASTER_MAX / scale, DRAW_RASTER_MAX / scale };
  Picture picture
      = { cairo_image_surface_create (CAIRO_FORMAT_ARGB32, DRAW_RASTER_MAX, DRAW_RASTER_MAX) };
  g_autoptr (DrawRaster) tile = draw_raster_new (picture.surface);

  draw_outline_raster (outline, tile, &clip, scale, 0, 0);
  draw_raster_fill (tile, &(GdkRGBA){ 0, 0, 0, 1 });
  cairo_surface_flush (picture.surface);
  picture.pixels = cairo_image_surface_get_data (picture.surface);
  picture.stride = cairo_image_surface_get_stride (picture.surface);
  return picture;
}

/* A hand that wanders, sampled every few units. */
static guint
wander (GRand *rand, BoardPoint *points, guint n_points, double size)
{
  double x = g_rand_double_range (rand, 0.3, 0.7) * size, heading = 0, turn = 0;
  double y = g_rand_double_range (rand, 0.3, 0.7) * size;

  for (guint i = 0; i < n_points; i++)
    {
      points[i] = (BoardPoint){ .x = x, .y = y };
      points[i].pressure = (float) g_rand_double_range (rand, 0.3, 0.7);
      turn = 0.8 * turn + g_rand_double_range (rand, -0.3, 0.3);
      heading += turn;
      x += cos (heading) * g_rand_double_range (rand, 1, 5);
      y += sin (heading) * g_rand_double_range (rand, 1, 5);
    }
  return n_points;
}

/* The same stroke with all that it has. */
static DrawOutline *
create_full (const BoardPoint *points, guint n_points, double width, double tolerance)
{
  g_autofree DrawKnot *knots = g_new (DrawKnot, n_points);
  DrawOutline *outline = draw_outline_new (DRAW_OUTLINE_SMOOTH, tolerance / 4);

  for (guint i = 0; i < n_points; i++)
    draw_curve_knot (&points[i], width, &knots[i]);
  draw_outline_set_knots (outline, 0, knots, n_points, NULL);
  return outline;
}

/* From far away a stroke is a hairline: nobody may see that it is. */
static void
test_hairline_looks_alike (void)
{
  static const double scales[] = { 0.4, 0.25, 0.125 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  double total = 0;

  for (guint i = 0; i < N_HAIRLINES; i++)
    {
      const double scale = scales[i % G_N_ELEMENTS (scales)], tolerance = 0.2 / scale;
      const double width = g_rand_double_range (rand, 0.2, 0.6) / scale;
      BoardPoint points[60];
      const guint n = wander (rand, points, G_N_ELEMENTS (points), DRAW_RASTER_MAX / scale);
      g_autoptr (BoardStroke) stroke
          = board_stroke_new_with_precision (points, n, BOARD_PRECISION_FINE);
      g_autoptr (DrawOutline) hairline = draw_outline_new_for_stroke (stroke, width, tolerance);
      g_autoptr (DrawOutline) full = create_full (points, n, width, tolerance);
      Picture a = raster (hairline, scale), b = raster (full, scale);
      double difference = 0, whole = 0;

      for (int y = 0; y < DRAW_RASTER_MAX; y++)
        for (int x = 0; x < DRAW_RASTER_MAX; x++)
          {
            const double alpha = a.pixels[y * a.stride + 4 * x + 3];
            const double alpha_full = b.pixels[y * b.stride + 4 * x + 3];

            whole += alpha_full;
            difference += fabs (alpha - alpha_full);
          }
      /* Of a line thinner than a pixel: where it lies is a fifth of a pixel off at most. */
      g_assert_cmpfloat (difference, <, 0.5 * whole);
      total += difference / whole / N_HAIRLINES;
      g_assert_cmpuint (draw_outline_get_cost (hairline), <, draw_outline_get_cost (full));
      cairo_surface_destroy (a.surface);
      cairo_surface_destroy (b.surface);
    }
  g_assert_cmpfloat (total, <, 0.22);
}

/* What a stranger may send: must end, paint something finite, and not upset cairo. */
static void
test_hostile_knots (void)
{
  static const double places[]
      = { 0, 1e-12, -1e6, 1e6, 2e6, 1e300, -1e308, NAN, INFINITY, 200, 200, 200 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);

  for (guint round = 0; round < 300; round++)
    {
      DrawKnot knots[20];
      g_autoptr (DrawOutline) outline = NULL;
      BoardRect bounds;
      Picture picture;

      for (guint i = 0; i < G_N_ELEMENTS (knots); i++)
        knots[i] = (DrawKnot){ places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))],
                               places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))],
                               places[g_rand_int_range (rand, 0, 2)] * 1e13 };
      outline = create (DRAW_OUTLINE_SMOOTH, knots, G_N_ELEMENTS (knots));
      draw_outline_get_bounds (outline, &bounds);
      picture = paint (outline, 1);
      g_assert_cmpfloat (get_area (&picture), >=, 0);
      cairo_surface_destroy (picture.surface);
    }
}

/* A line of the whole board at the deepest zoom is cut before cairo's fixed point overflows. */
static void
test_far_ends_are_cut (void)
{
  const DrawKnot knots[] = { { -1e6, 3, 0.1 }, { 1e6, 3, 0.1 } };
  const BoardRect clip = { 0, 0, SIZE / 64.0, SIZE / 64.0 };
  g_autoptr (DrawOutline) outline = draw_outline_new (DRAW_OUTLINE_SMOOTH, 0.001);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  const Picture picture = { surface, cairo_image_surface_get_data (surface),
                            cairo_image_surface_get_stride (surface) };

  draw_outline_set_knots (outline, 0, knots, 2, NULL);
  cairo_scale (cr, 64, 64);
  draw_outline_fill (outline, cr, &clip, TRUE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int x = 0; x < SIZE; x++)
    g_assert_cmpint (get_alpha (&picture, x, 192), ==, 255);
  g_assert_cmpint (get_alpha (&picture, 100, 210), ==, 0);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outline/area-of-dot", test_area_of_dot);
  g_test_add_func ("/outline/area-of-line", test_area_of_line);
  g_test_add_func ("/outline/area-of-wedge", test_area_of_wedge);
  g_test_add_func ("/outline/passes-through-knots", test_passes_through_knots);
  g_test_add_func ("/outline/random-strokes-have-no-holes", test_random_strokes_have_no_holes);
  g_test_add_func ("/outline/translucent-has-no-overlaps", test_translucent_has_no_overlaps);
  g_test_add_func ("/outline/grows-as-if-made-at-once", test_grows_as_if_made_at_once);
  g_test_add_func ("/outline/hairline-looks-alike", test_hairline_looks_alike);
  g_test_add_func ("/outline/hostile-knots", test_hostile_knots);
  g_test_add_func ("/outline/far-ends-are-cut", test_far_ends_are_cut);
  return g_test_run ();
}
