/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What was seen of a board, as bytes and back. */
#include "canvas/draw-still.h"

#include <string.h>

#include "canvas/draw-tile-cache.h"

#define PLACE "drawbridge-still 1 10.5 -20 0.5 1 -3 2 1\n"

static cairo_surface_t *
make_picture (int width, int height)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (picture);

  cairo_set_source_rgba (cr, 1, 0, 0, 0.5);
  cairo_rectangle (cr, 10, 20, 30, 40);
  cairo_fill (cr);
  cairo_destroy (cr);
  return picture;
}

static DrawStill *
load (const void *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return draw_still_load (bytes, error);
}

static void
test_round_trip (void)
{
  const int width = 2 * DRAW_TILE_SIZE, height = DRAW_TILE_SIZE;
  cairo_surface_t *picture = make_picture (width, height);
  g_autoptr (DrawStill) self = draw_still_new (0.1, -1e6, 0.02, 0.04, -5, 7, TRUE, picture);
  g_autoptr (GBytes) bytes = draw_still_save (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawStill) read = draw_still_load (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (read->x, ==, 0.1);
  g_assert_cmpfloat (read->y, ==, -1e6);
  g_assert_cmpfloat (read->scale, ==, 0.02);
  g_assert_cmpfloat (read->level, ==, 0.04);
  g_assert_cmpint (read->column, ==, -5);
  g_assert_cmpint (read->row, ==, 7);
  g_assert_true (read->dark);
  cairo_surface_flush (picture);
  g_assert_cmpmem (cairo_image_surface_get_data (read->picture), (gsize) width * 4 * (gsize) height,
                   cairo_image_surface_get_data (picture), (gsize) width * 4 * (gsize) height);
  cairo_surface_destroy (picture);
}

static void
test_place_alone (void)
{
  g_autoptr (DrawStill) self = load (PLACE, strlen (PLACE), NULL);
  g_autoptr (GBytes) bytes = draw_still_save (self);

  g_assert_null (self->picture);
  g_assert_cmpmem (PLACE, strlen (PLACE), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_bad (void)
{
  static const char *const texts[] = {
    "",
    "\n",
    "drawbridge-still 1\n",
    "drawbridge-still 2 10.5 -20 0.5 1 -3 2 1\n",
    "drawbridge-still 1 10.5 -20 0.5 1 -3 2 1",
    "drawbridge-still 1 10.5 -20 0.5 1 -3 2\n",
    "drawbridge-still 1 10.5 -20 0.5 1 -3 2 1 1\n",
    "drawbridge-still 1 10.5 -20 0.5 1 -3 2 2\n",
    "drawbridge-still 1 10.5 -20 0.5 1 -3.5 2 1\n",
    "drawbridge-still 1 10.5 -20 0.5 1 -8388608 2 1\n",
    "drawbridge-still 1 10.5 -20 0.5 1 -3 99999999999999999999 1\n",
    "drawbridge-still 1 1e7 -20 0.5 1 -3 2 1\n",
    "drawbridge-still 1 nan -20 0.5 1 -3 2 1\n",
    "drawbridge-still 1 10.5 inf 0.5 1 -3 2 1\n",
    "drawbridge-still 1 10.5x -20 0.5 1 -3 2 1\n",
    "drawbridge-still 1 10.5 -20 0 1 -3 2 1\n",
    "drawbridge-still 1 10.5 -20 0.5 -1 -3 2 1\n",
    "drawbridge-still 1 10.5 -20 65 1 -3 2 1\n",
    "drawbridge-still 1 10.5 -20 0.5 1025 -3 2 1\n",
    PLACE "not a picture",
    PLACE "\211PNG\r\n\032\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("text %" G_GSIZE_FORMAT, i);
      g_assert_null (load (texts[i], strlen (texts[i]), &error));
      g_assert_nonnull (error);
    }
}

/* Sides that are no tiles, and bytes that end too soon, at every place. */
static void
test_bad_picture (void)
{
  cairo_surface_t *odd = make_picture (DRAW_TILE_SIZE, 100);
  cairo_surface_t *picture = make_picture (DRAW_TILE_SIZE, DRAW_TILE_SIZE);
  g_autoptr (DrawStill) wrong = draw_still_new (0, 0, 1, 1, 0, 0, FALSE, odd);
  g_autoptr (DrawStill) self = draw_still_new (0, 0, 1, 1, 0, 0, FALSE, picture);
  g_autoptr (GBytes) wrong_bytes = draw_still_save (wrong);
  g_autoptr (GBytes) bytes = draw_still_save (self);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const gsize place = (gsize) (strchr (data, '\n') + 1 - data);

  g_assert_null (draw_still_load (wrong_bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  /* The last twelve say that it ends. */
  for (gsize length = 0; length + 12 < size; length++)
    {
      g_autoptr (DrawStill) part = load (data, length, NULL);

      g_assert_true (part == NULL || length == place);
    }
  cairo_surface_destroy (odd);
  cairo_surface_destroy (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/still/round-trip", test_round_trip);
  g_test_add_func ("/still/place-alone", test_place_alone);
  g_test_add_func ("/still/bad", test_bad);
  g_test_add_func ("/still/bad-picture", test_bad_picture);
  return g_test_run ();
}
