/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "canvas-fixture.h"
#include "canvas/draw-image-decoder.h"
#include "canvas/draw-scene.h"

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Left half red, right half half-transparent blue. */
static GByteArray *
create_png (int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  cairo_set_source_rgba (cr, 1, 0, 0, 1);
  cairo_rectangle (cr, 0, 0, width / 2, height);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 0, 0, 1, 0.5);
  cairo_rectangle (cr, width / 2, 0, width, height);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append, png);
  cairo_surface_destroy (surface);
  return png;
}

static GBytes *
create_png_bytes (int width, int height)
{
  return g_byte_array_free_to_bytes (create_png (width, height));
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 pixel;

  memcpy (&pixel,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
              + 4 * x,
          4);
  return pixel;
}

/* ---- headers ---- */

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

static void
test_headers (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    int width, height;
    GIOErrorEnum code; /* where width is 0 */
  } rows[] = {
    { PNG "\0\0\0\x05\0\0\0\x07", 24, 5, 7 },
    { PNG "\0\0\0\x05\0\0\0", 23, 0, 0, G_IO_ERROR_INVALID_DATA },
    { PNG "\0\0\0\0\0\0\0\x07", 24, 0, 0, G_IO_ERROR_INVALID_DATA },
    { PNG "\0\0\x36\xb0\0\0\x36\xb0", 24, 0, 0, G_IO_ERROR_MESSAGE_TOO_LARGE },
    { PNG "\xff\xff\xff\xff\0\0\0\x01", 24, 0, 0, G_IO_ERROR_MESSAGE_TOO_LARGE },
    { PNG "\0\0\x20\0\0\0\x20\0", 24, 0, 0, G_IO_ERROR_MESSAGE_TOO_LARGE },
    { PNG "\0\0\x20\0\0\0\x0c\0", 24, 8192, 3072 },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIDAT\0\0\0\x05\0\0\0\x07", 24, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "GIF89a\x05\0\x07\0", 10, 5, 7 },
    { "GIF87a\x05\0\x07", 9, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "GIF90a\x05\0\x07\0", 10, 0, 0, G_IO_ERROR_NOT_SUPPORTED },
    { "\xff\xd8\xff\xe0\0\x04zz\xff\xc0\0\x11\x08\0\x07\0\x05", 17, 5, 7 },
    { "\xff\xd8\xff\xff\xff\xc2\0\x11\x08\0\x07\0\x05", 13, 5, 7 },
    { "\xff\xd8\xff\xc4\0\x02\xff\xd9\0\0\0\0\0\0\0\0", 16, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "\xff\xd8\xff\xe0\0\x01\xff\xc0\0\x11\x08\0\x07\0\x05", 15, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "\xff\xd8\xff\xe0\xff\xff\xff\xc0\0\x11\x08\0\x07\0\x05", 15, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "\xff\xd8\xff", 3, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x04\0\0\x06\0\0", 30, 5, 7 },
    { "RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x04\x80\x01\0\0\0\0\0\0", 30, 5, 7 },
    { "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x05\0\x07\0", 30, 5, 7 },
    { "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2b\x05\0\x07\0", 30, 0, 0,
      G_IO_ERROR_INVALID_DATA },
    { "RIFF\0\0\0\0WEBPVP8X\0\0\0\0", 20, 0, 0, G_IO_ERROR_INVALID_DATA },
    { "<svg xmlns='http://www.w3.org/2000/svg'/>", 40, 0, 0, G_IO_ERROR_NOT_SUPPORTED },
    { "BM\x46\0\0\0", 6, 0, 0, G_IO_ERROR_NOT_SUPPORTED },
    { "", 0, 0, 0, G_IO_ERROR_NOT_SUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree guint8 *copy = g_memdup2 (rows[i].bytes, MAX (rows[i].length, 1));
      DrawImageHeader header;
      const gboolean good = draw_image_header_parse (copy, rows[i].length, &header, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (good, ==, rows[i].width > 0);
      if (!good)
        g_assert_error (error, G_IO_ERROR, (int) rows[i].code);
      else
        {
          g_assert_cmpint (header.width, ==, rows[i].width);
          g_assert_cmpint (header.height, ==, rows[i].height);
        }
    }
}

static void
test_too_many_bytes (void)
{
  g_autofree guint8 *bytes = g_malloc0 (DRAW_IMAGE_MAX_BYTES + 1);
  g_autoptr (GError) error = NULL;
  DrawImageHeader header;

  memcpy (bytes, "GIF89a\x05\0\x07", 9);
  g_assert_true (draw_image_header_parse (bytes, DRAW_IMAGE_MAX_BYTES, &header, &error));
  g_assert_no_error (error);
  g_assert_false (draw_image_header_parse (bytes, DRAW_IMAGE_MAX_BYTES + 1, &header, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

/* ---- decoding ---- */

static void
test_decode (void)
{
  g_autoptr (GBytes) bytes = create_png_bytes (40, 20);
  g_autoptr (GError) error = NULL;
  int width = 0, height = 0;
  cairo_surface_t *surface = draw_image_decode (bytes, &width, &height, &error);

  g_assert_no_error (error);
  g_assert_cmpint (width, ==, 40);
  g_assert_cmpint (height, ==, 20);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 40);
  g_assert_cmphex (get_pixel (surface, 5, 5), ==, 0xffff0000);
  g_assert_cmphex (get_pixel (surface, 30, 15), ==, 0x80000080);
  cairo_surface_destroy (surface);
}

/* Decoded as small as is kept. */
static void
test_decode_large (void)
{
  g_autoptr (GBytes) bytes = create_png_bytes (5000, 4000);
  g_autoptr (GError) error = NULL;
  int width = 0, height = 0;
  cairo_surface_t *surface = draw_image_decode (bytes, &width, &height, &error);

  g_assert_no_error (error);
  g_assert_cmpint (width, ==, 5000);
  g_assert_cmpint (height, ==, 4000);
  g_assert_cmpint (cairo_image_surface_get_width (surface)
                       * cairo_image_surface_get_height (surface),
                   <=, DRAW_IMAGE_KEPT_PIXELS);
  cairo_surface_destroy (surface);
}

/* Broken in any place: an error or a picture, never more. */
static void
test_decode_broken (void)
{
  g_autoptr (GByteArray) png = create_png (64, 64);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GByteArray) broken = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      cairo_surface_t *surface;
      int width, height;

      g_byte_array_append (broken, png->data, i % 2 == 0 ? png->len : png->len * i / 14);
      if (i % 2 == 0)
        for (guint k = 33 + i; k < broken->len; k += 7)
          broken->data[k] ^= 0x55;
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&broken));
      surface = draw_image_decode (bytes, &width, &height, &error);
      g_assert_true ((surface != NULL) == (error == NULL));
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
}

/* The header lies: the decoder finds another size than the one that was allowed. */
static void
test_decode_liar (void)
{
  static const guint8 tiff[] = "\x89PNG\r\n\x1a\nII*\0";
  g_autoptr (GBytes) bytes = g_bytes_new_static (tiff, sizeof tiff - 1);
  g_autoptr (GError) error = NULL;
  int width, height;

  g_assert_null (draw_image_decode (bytes, &width, &height, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* ---- the store ---- */

typedef struct {
  DrawImages *images;
  guint n_wanted, n_changed;
  BoardRect changed;
} Fixture;

static void
on_wanted (DrawImages *images, const char *file_id, gpointer data)
{
  ((Fixture *) data)->n_wanted++;
}

static void
on_changed (DrawImages *images, const char *file_id, const BoardRect *where, gpointer data)
{
  ((Fixture *) data)->n_changed++;
  ((Fixture *) data)->changed = *where;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->images = draw_images_new ();
  g_signal_connect (fixture->images, "wanted", G_CALLBACK (on_wanted), fixture);
  g_signal_connect (fixture->images, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->images);
}

static void
wait_for (const guint *count, guint n)
{
  while (*count < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_wanted_once (Fixture *fixture, gconstpointer data)
{
  const BoardRect here = { 10, 10, 20, 20 }, there = { 90, 10, 10, 10 };
  g_autoptr (GBytes) bytes = create_png_bytes (40, 20);
  cairo_surface_t *surface;
  int width, height;

  g_assert_false (draw_images_request (fixture->images, "f", &here));
  g_assert_null (draw_images_lookup (fixture->images, "f", 40, 20, &there, &width, &height));
  wait_for (&fixture->n_wanted, 1);
  draw_images_put (fixture->images, "f", bytes);
  draw_images_put (fixture->images, "f", bytes);
  wait_for (&fixture->n_changed, 1);
  g_assert_cmpuint (fixture->n_wanted, ==, 1);
  g_assert_cmpfloat (fixture->changed.x, ==, 10);
  g_assert_cmpfloat (fixture->changed.width, ==, 90);
  g_assert_cmpint (draw_images_get_state (fixture->images, "f"), ==, DRAW_IMAGE_READY);
  surface = draw_images_lookup (fixture->images, "f", 40, 20, NULL, &width, &height);
  g_assert_cmpint (width, ==, 40);
  g_assert_cmphex (get_pixel (surface, 5, 5), ==, 0xffff0000);
  cairo_surface_destroy (surface);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_smaller_levels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = create_png_bytes (1024, 512);
  static const struct {
    double wanted;
    int got;
  } rows[]
      = { { 2000, 1024 }, { 1024, 1024 }, { 513, 1024 }, { 512, 512 }, { 100, 128 }, { 1, 128 } };

  draw_images_put (fixture->images, "f", bytes);
  wait_for (&fixture->n_changed, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int width, height;
      cairo_surface_t *surface = draw_images_lookup (fixture->images, "f", rows[i].wanted,
                                                     rows[i].wanted / 2, NULL, &width, &height);

      g_assert_cmpint (cairo_image_surface_get_width (surface), ==, rows[i].got);
      g_assert_cmpint (width, ==, 1024);
      g_assert_cmphex (get_pixel (surface, 3, 3), ==, 0xffff0000);
      cairo_surface_destroy (surface);
    }
}

static void
test_failing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("rubbish", 7);
  int width, height;

  draw_images_put (fixture->images, "f", rubbish);
  wait_for (&fixture->n_changed, 1);
  g_assert_cmpint (draw_images_get_state (fixture->images, "f"), ==, DRAW_IMAGE_FAILED);
  g_assert_true (draw_images_request (fixture->images, "f", NULL));
  g_assert_null (draw_images_lookup (fixture->images, "f", 1, 1, NULL, &width, &height));
  draw_images_fail (fixture->images, "g");
  wait_for (&fixture->n_changed, 2);
  draw_images_retry (fixture->images, "g");
  wait_for (&fixture->n_changed, 3);
  g_assert_false (draw_images_request (fixture->images, "g", NULL));
  wait_for (&fixture->n_wanted, 1);
}

/* What was used least recently goes, and is wanted again. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = create_png_bytes (2048, 2048);
  guint n_ready = 0;

  for (guint i = 0; i < 6; i++)
    {
      const char id[] = { (char) ('a' + i), '\0' };

      draw_images_put (fixture->images, id, bytes);
      wait_for (&fixture->n_changed, i + 1);
    }
  for (guint i = 0; i < 6; i++)
    {
      const char id[] = { (char) ('a' + i), '\0' };

      n_ready += draw_images_get_state (fixture->images, id) == DRAW_IMAGE_READY;
    }
  g_assert_cmpuint (n_ready, ==, 3);
  g_assert_cmpint (draw_images_get_state (fixture->images, "f"), ==, DRAW_IMAGE_READY);
  g_assert_cmpint (draw_images_get_state (fixture->images, "a"), ==, DRAW_IMAGE_MISSING);
}

/* ---- on the board ---- */

static cairo_surface_t *
paint (DrawImages *images, const char *members)
{
  const DrawPainting painting = { .clip = { 0, 0, 100, 100 }, .scale = 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 100, 100);
  g_autoptr (BoardElement) element = canvas_fixture_element (members);
  g_autoptr (DrawScene) scene = draw_scene_new (images);
  cairo_t *cr = cairo_create (surface);

  draw_scene_add (scene, NULL, element, 1);
  draw_scene_paint (scene, cr, &painting);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

#define PLACE "\"type\":\"image\",\"fileId\":\"f\",\"x\":10,\"y\":10,\"width\":80,\"height\":80"

static void
test_paint (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *members;
    guint32 left, right;
  } rows[] = {
    { PLACE, 0xffff0000, 0x80000080 },
    { PLACE ",\"scale\":[-1,1]", 0x80000080, 0xffff0000 },
    { PLACE ",\"scale\":[1,-1]", 0xffff0000, 0x80000080 },
    { PLACE ",\"crop\":{\"x\":0,\"y\":0,\"width\":20,\"height\":20,\"naturalWidth\":40,"
            "\"naturalHeight\":20}",
      0xffff0000, 0xffff0000 },
    { PLACE ",\"crop\":{\"x\":20,\"y\":0,\"width\":20,\"height\":20,\"naturalWidth\":40,"
            "\"naturalHeight\":20}",
      0x80000080, 0x80000080 },
    { PLACE ",\"crop\":{\"x\":-5,\"y\":0,\"width\":1e6,\"height\":0,\"naturalWidth\":0,"
            "\"naturalHeight\":0}",
      0xffff0000, 0x80000080 },
    { PLACE ",\"angle\":3.14159265358979", 0x80000080, 0xffff0000 },
  };
  g_autoptr (GBytes) bytes = create_png_bytes (40, 20);

  draw_images_put (fixture->images, "f", bytes);
  wait_for (&fixture->n_changed, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cairo_surface_t *surface = paint (fixture->images, rows[i].members);

      g_test_message ("row %u", i);
      g_assert_cmphex (get_pixel (surface, 25, 50), ==, rows[i].left);
      g_assert_cmphex (get_pixel (surface, 75, 50), ==, rows[i].right);
      g_assert_cmphex (get_pixel (surface, 5, 50), ==, 0);
      cairo_surface_destroy (surface);
    }
}

static void
test_paint_substitute (Fixture *fixture, gconstpointer data)
{
  cairo_surface_t *surface = paint (fixture->images, PLACE);

  g_assert_cmpuint (get_pixel (surface, 50, 50) >> 24, >, 0);
  g_assert_cmpuint (get_pixel (surface, 50, 50) >> 24, <, 0x80);
  wait_for (&fixture->n_wanted, 1);
  cairo_surface_destroy (surface);
}

#define ADD(name, function) g_test_add ("/images/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/images/headers", test_headers);
  g_test_add_func ("/images/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/images/decode", test_decode);
  g_test_add_func ("/images/decode-large", test_decode_large);
  g_test_add_func ("/images/decode-broken", test_decode_broken);
  g_test_add_func ("/images/decode-liar", test_decode_liar);
  ADD ("wanted-once", test_wanted_once);
  ADD ("smaller-levels", test_smaller_levels);
  ADD ("failing", test_failing);
  ADD ("limit", test_limit);
  ADD ("paint", test_paint);
  ADD ("paint-substitute", test_paint_substitute);
  return g_test_run ();
}
