/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <gio/gio.h>
#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "canvas/draw-image-codes.h"

#define LINK \
  "http://192.168.1.20:3729/b/AAAAAAAAAAAAAAAAAAAAAA#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA." \
  "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.editor"

/* --- A screen with a code on it, as a camera sees it --- */

typedef struct {
  const char *name;
  double scale;    /* pixels of a module */
  double angle;    /* degrees */
  double shear;    /* held askew */
  int noise;       /* of each channel, up and down */
  double light;    /* 1: as it is; less: darker to one side */
  gboolean inverted;
} Photograph;

static void
draw_code (cairo_t *cr, const char *text)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  g_assert_nonnull (code);
  cairo_translate (cr, -code->width / 2.0, -code->width / 2.0);
  for (int i = 0; i < code->width * code->width; i++)
    if (code->data[i] & 1)
      cairo_rectangle (cr, i % code->width, i / code->width, 1.01, 1.01);
  cairo_fill (cr);
  QRcode_free (code);
}

/* The same noise every time; the light falls off from left to right. */
static void
spoil (cairo_surface_t *surface, const Photograph *how)
{
  const int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GRand) dice = g_rand_new_with_seed (1);
  guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width * 4; x++)
      {
        guint8 *channel = data + y * stride + x;
        double value = *channel * (1 - (1 - how->light) * x / (width * 4.0));

        if (how->noise > 0)
          value += g_rand_int_range (dice, -how->noise, how->noise + 1);
        if (x % 4 != 3)
          *channel = (guint8) CLAMP (how->inverted ? 255 - value : value, 0, 255);
      }
  cairo_surface_mark_dirty (surface);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
take_photograph (const Photograph *how, const char *text)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1200, 900);
  GByteArray *png = g_byte_array_new ();
  cairo_t *cr = cairo_create (surface);
  cairo_matrix_t askew;

  cairo_set_source_rgb (cr, 0.95, 0.95, 0.93);
  cairo_paint (cr);
  cairo_translate (cr, 600, 450);
  cairo_rotate (cr, how->angle * G_PI / 180);
  cairo_matrix_init (&askew, how->scale, how->shear * how->scale, 0, how->scale, 0, 0);
  cairo_transform (cr, &askew);
  cairo_set_source_rgb (cr, 0.05, 0.05, 0.1);
  if (text != NULL)
    draw_code (cr, text);
  cairo_destroy (cr);
  spoil (surface, how);
  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append, png), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

/* --- Tests --- */

static void
test_read (void)
{
  static const Photograph rows[] = {
    { "straight", 8, 0, 0, 0, 1, FALSE },          { "small", 3, 0, 0, 0, 1, FALSE },
    { "turned", 7, 30, 0, 0, 1, FALSE },           { "upside down", 8, 180, 0, 0, 1, FALSE },
    { "askew", 8, -12, 0.15, 0, 1, FALSE },        { "noisy", 8, 5, 0, 60, 1, FALSE },
    { "badly lit", 8, -5, 0, 20, 0.5, FALSE },     { "all of it", 7, 17, 0.1, 30, 0.7, FALSE },
    { "white on black", 8, 0, 0, 0, 1, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) picture = take_photograph (&rows[i], LINK);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) codes = draw_image_read_codes (picture, &error);

      g_test_message ("%s", rows[i].name);
      g_assert_no_error (error);
      g_assert_nonnull (codes);
      g_assert_cmpstr (codes[0], ==, LINK);
    }
}

static void
test_nothing (void)
{
  static const Photograph plain = { "plain", 8, 0, 0, 0, 1, FALSE }, noisy = { "noisy", 8, 0, 0, 120, 1, FALSE };
  const Photograph *rows[] = { &plain, &noisy };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) picture = take_photograph (rows[i], NULL);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) codes = draw_image_read_codes (picture, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (codes), ==, 0);
    }
}

/* What another text says comes as it is, also one that is no UTF-8: then not at all. */
static void
test_other (void)
{
  static const Photograph plain = { "plain", 8, 0, 0, 0, 1, FALSE };
  static const struct {
    const char *text, *read; /* NULL: nothing */
  } rows[] = {
    { "javascript:alert(1)", "javascript:alert(1)" },
    { "Grüße", "Grüße" },
    { "\xff\xfe", NULL },
    { "<b>&\x1b[31m", "<b>&\x1b[31m" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) picture = take_photograph (&plain, rows[i].text);
      g_auto (GStrv) codes = draw_image_read_codes (picture, NULL);

      g_assert_nonnull (codes);
      g_assert_cmpstr (codes[0], ==, rows[i].read);
    }
}

static void
test_bad (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    int code;
  } rows[] = {
    { "", 0, G_IO_ERROR_NOT_SUPPORTED },
    { "<svg/>", 6, G_IO_ERROR_NOT_SUPPORTED },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x07\x08\x06\0\0\0", 29, G_IO_ERROR_INVALID_DATA },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x36\xb0\0\0\x36\xb0\x08\x06\0\0\0", 29, G_IO_ERROR_MESSAGE_TOO_LARGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) picture = g_bytes_new_static (rows[i].bytes, rows[i].length);
      g_autoptr (GError) error = NULL;

      g_assert_null (draw_image_read_codes (picture, &error));
      g_assert_error (error, G_IO_ERROR, rows[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-codes/read", test_read);
  g_test_add_func ("/image-codes/nothing", test_nothing);
  g_test_add_func ("/image-codes/other", test_other);
  g_test_add_func ("/image-codes/bad", test_bad);
  return g_test_run ();
}
