/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "canvas/draw-outline.h"
#include "canvas/draw-raster.h"

#define SIZE DRAW_RASTER_MAX

static const GdkRGBA black = { 0, 0, 0, 1 };

static cairo_surface_t *
create_surface (void)
{
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE, SIZE);
}

static uint32_t
get_pixel (cairo_surface_t *surface, int x, int y)
{
  uint32_t pixel;

  cairo_surface_flush (surface);
  memcpy (&pixel,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
              + 4 * x,
          4);
  return pixel;
}

static int
get_alpha (cairo_surface_t *surface, int x, int y)
{
  return (int) (get_pixel (surface, x, y) >> 24);
}

static double
get_area (cairo_surface_t *surface)
{
  double area = 0;

  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      area += get_alpha (surface, x, y) / 255.0;
  return area;
}

static void
test_coverage_is_exact (void)
{
  cairo_surface_t *surface = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);
  const float square[] = { 10.25f, 20.5f, 30.75f, 20.5f, 30.75f, 40.5f, 10.25f, 40.5f };

  draw_raster_add (raster, square, 4, 1, 0, 0);
  draw_raster_fill (raster, &black);
  g_assert_cmpint (get_alpha (surface, 20, 30), ==, 255);
  g_assert_cmpint (ABS (get_alpha (surface, 10, 30) - 191), <=, 1);
  g_assert_cmpint (ABS (get_alpha (surface, 30, 30) - 191), <=, 1);
  g_assert_cmpint (ABS (get_alpha (surface, 20, 20) - 128), <=, 1);
  g_assert_cmpint (ABS (get_alpha (surface, 10, 40) - 96), <=, 1);
  g_assert_cmpint (get_alpha (surface, 9, 30), ==, 0);
  g_assert_cmpint (get_alpha (surface, 31, 30), ==, 0);
  g_assert_cmpint (get_alpha (surface, 20, 41), ==, 0);
  cairo_surface_destroy (surface);
}

/* Random triangles, larger than the image, too, beside cairo, whose samples are coarser than ours.
 */
static void
test_agrees_with_cairo (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (19);
  cairo_surface_t *surface = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);

  for (guint round = 0; round < 300; round++)
    {
      cairo_surface_t *expected = create_surface ();
      cairo_t *cr = cairo_create (expected), *clear = cairo_create (surface);
      const double reach = round % 3 == 0 ? 2000 : round % 3 == 1 ? 200 : 12;
      const double scale = g_rand_double_range (rand, 0.5, 2);
      float xy[6];

      cairo_set_operator (clear, CAIRO_OPERATOR_CLEAR);
      cairo_paint (clear);
      cairo_destroy (clear);
      cairo_translate (cr, 128, 120);
      cairo_scale (cr, scale, scale);
      for (guint i = 0; i < 3; i++)
        {
          xy[2 * i] = (float) g_rand_double_range (rand, -reach, reach);
          xy[2 * i + 1] = (float) g_rand_double_range (rand, -reach, reach);
          cairo_line_to (cr, xy[2 * i], xy[2 * i + 1]);
        }
      cairo_fill (cr);
      draw_raster_add (raster, xy, 3, scale, 128, 120);
      draw_raster_fill (raster, &black);
      for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++)
          g_assert_cmpint (ABS (get_alpha (surface, x, y) - get_alpha (expected, x, y)), <=, 20);
      cairo_destroy (cr);
      cairo_surface_destroy (expected);
    }
  cairo_surface_destroy (surface);
}

/* What two cover is covered once, and where they meet in one edge there is no seam. */
static void
test_union (void)
{
  cairo_surface_t *surface = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);
  const float left[] = { 10, 10, 50.3f, 10, 90.7f, 110, 10, 110 };
  const float right[] = { 50.3f, 10, 150, 10, 150, 110, 90.7f, 110 };
  const float over[] = { 20, 20, 140, 20, 140, 100, 20, 100 };
  const GdkRGBA half = { 1, 0, 0, 0.5f };

  draw_raster_add (raster, left, 4, 1, 0, 0);
  draw_raster_add (raster, right, 4, 1, 0, 0);
  draw_raster_add (raster, over, 4, 1, 0, 0);
  draw_raster_fill (raster, &half);
  for (int y = 10; y < 110; y++)
    for (int x = 10; x < 150; x++)
      g_assert_cmphex (get_pixel (surface, x, y), ==, 0x80800000);
  /* Nothing is left of it. */
  draw_raster_fill (raster, &black);
  g_assert_cmphex (get_pixel (surface, 20, 20), ==, 0x80800000);
  cairo_surface_destroy (surface);
}

static void
test_blends_over (void)
{
  cairo_surface_t *surface = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);
  const float all[] = { -10, -10, 500, -10, 500, 500, -10, 500 };
  const GdkRGBA white = { 1, 1, 1, 1 }, half = { 0, 0, 1, 0.5f };

  draw_raster_add (raster, all, 4, 1, 0, 0);
  draw_raster_fill (raster, &white);
  draw_raster_add (raster, all, 4, 1, 0, 0);
  draw_raster_fill (raster, &half);
  g_assert_cmphex (get_pixel (surface, 0, 0), ==, 0xff7f7fff);
  g_assert_cmphex (get_pixel (surface, 255, 255), ==, 0xff7f7fff);
  cairo_surface_destroy (surface);
}

static cairo_surface_t *
paint_part (const float *xy, guint n_points, const cairo_rectangle_int_t *clip)
{
  cairo_surface_t *surface = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);
  const GdkRGBA color = { 0, 0, 0, 0.3f };

  if (clip != NULL)
    draw_raster_set_clip (raster, clip->x, clip->y, clip->width, clip->height);
  draw_raster_add (raster, xy, n_points, 1, 0, 0);
  draw_raster_fill (raster, &color);
  return surface;
}

/* A part painted alone is what it is in the whole. */
static void
test_clip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (23);

  for (guint round = 0; round < 100; round++)
    {
      const cairo_rectangle_int_t clip
          = { g_rand_int_range (rand, 0, 200), g_rand_int_range (rand, 0, 200),
              g_rand_int_range (rand, 1, 56), g_rand_int_range (rand, 1, 56) };
      cairo_surface_t *whole, *part;
      float xy[10];

      for (guint i = 0; i < G_N_ELEMENTS (xy); i++)
        xy[i] = (float) g_rand_double_range (rand, -100, 400);
      whole = paint_part (xy, 5, NULL);
      part = paint_part (xy, 5, &clip);
      for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++)
          {
            const gboolean inside
                = x >= clip.x && x < clip.x + clip.width && y >= clip.y && y < clip.y + clip.height;

            g_assert_cmpint (ABS (get_alpha (part, x, y) - (inside ? get_alpha (whole, x, y) : 0)),
                             <=, 1);
          }
      cairo_surface_destroy (whole);
      cairo_surface_destroy (part);
    }
}

/* A stroke is the same stroke both ways. */
static void
test_stroke_is_as_cairo_fills_it (void)
{
  const BoardRect clip = { 0, 0, SIZE, SIZE };
  g_autoptr (DrawOutline) outline = draw_outline_new (DRAW_OUTLINE_SMOOTH, 0.05);
  cairo_surface_t *surface = create_surface (), *expected = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);
  cairo_t *cr = cairo_create (expected);
  DrawKnot knots[60];

  for (guint i = 0; i < G_N_ELEMENTS (knots); i++)
    knots[i] = (DrawKnot){ 128 + (20 + 1.5 * i) * cos (i * 0.4),
                           128 + (20 + 1.5 * i) * sin (i * 0.4), 2 + i % 7 * 0.3 };
  draw_outline_set_knots (outline, 0, knots, G_N_ELEMENTS (knots), NULL);
  draw_outline_fill (outline, cr, &clip, TRUE);
  draw_outline_raster (outline, raster, &clip, 1, 0, 0);
  draw_raster_fill (raster, &black);
  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      g_assert_cmpint (ABS (get_alpha (surface, x, y) - get_alpha (expected, x, y)), <=, 40);
  g_assert_cmpfloat_with_epsilon (get_area (surface), get_area (expected),
                                  get_area (expected) / 150);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (expected);
}

static void
test_far_away (void)
{
  cairo_surface_t *surface = create_surface ();
  g_autoptr (DrawRaster) raster = draw_raster_new (surface);
  const float band[] = { -4e6f, 100, 4e6f, 100, 4e6f, 120, -4e6f, 120 };
  const float beside[] = { 300, 0, 400, 0, 400, 250, 300, 250 };

  draw_raster_add (raster, band, 4, 256, 0, -100 * 256.0);
  draw_raster_add (raster, beside, 4, 1, 0, 0);
  draw_raster_fill (raster, &black);
  g_assert_cmpint (get_alpha (surface, 0, 0), ==, 255);
  g_assert_cmpint (get_alpha (surface, 255, 255), ==, 255);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raster/coverage-is-exact", test_coverage_is_exact);
  g_test_add_func ("/raster/agrees-with-cairo", test_agrees_with_cairo);
  g_test_add_func ("/raster/union", test_union);
  g_test_add_func ("/raster/blends-over", test_blends_over);
  g_test_add_func ("/raster/clip", test_clip);
  g_test_add_func ("/raster/stroke-is-as-cairo-fills-it", test_stroke_is_as_cairo_fills_it);
  g_test_add_func ("/raster/far-away", test_far_away);
  return g_test_run ();
}
