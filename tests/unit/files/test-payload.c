/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "files/draw-bundle.h"
#include "files/draw-payload.h"

#define DRAWING "{\"type\":\"excalidraw\",\"elements\":[{\"id\":\"a\",\"type\":\"rectangle\"}]}"
/* A PNG of one pixel. */
#define PIXEL                                                                                      \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg" \
  "=="

static GBytes *
make_pixel (void)
{
  gsize length;
  guchar *data = g_base64_decode (PIXEL, &length);

  return g_bytes_new_take (data, length);
}

static void
assert_drawing (GBytes *picture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = draw_payload_find (picture, &error);
  g_autoptr (DrawBundle) bundle = NULL;

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), DRAWING,
                   strlen (DRAWING));
  bundle = draw_bundle_load (picture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bundle->elements->len, ==, 1);
}

static void
test_png (void)
{
  g_autoptr (GBytes) png = make_pixel ();
  g_autoptr (GBytes) with = draw_payload_add_to_png (png, DRAWING, strlen (DRAWING));
  g_autoptr (GError) error = NULL;

  g_assert_true (draw_payload_is_png (with));
  assert_drawing (with);
  g_assert_null (draw_payload_find (png, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_svg (void)
{
  static const char plain[] = "<?xml version=\"1.0\"?>\n<svg width=\"5\" height=\"5\"><g/></svg>\n";
  g_autoptr (GBytes) svg = g_bytes_new_static (plain, strlen (plain));
  g_autoptr (GBytes) with = draw_payload_add_to_svg (svg, DRAWING, strlen (DRAWING));

  g_assert_true (draw_payload_is_svg (with));
  assert_drawing (with);
}

/* What Excalidraw itself wrote, escapes of all kinds in it: NUL, quotes, bytes above 127. */
static void
test_foreign_svg (void)
{
  static const char envelope[]
      = "{\"version\":\"1\",\"encoding\":\"bstring\",\"compressed\":false,\"encoded\":\""
        "{\\\"type\\\":\\\"excalidraw\\\",\\u0022elements\\u0022:[]\\/*\\u0000\\n\\t\xe9*\\/}\"}";
  g_autofree char *base64 = g_base64_encode ((const guchar *) envelope, strlen (envelope));
  g_autofree char *svg = g_strdup_printf (
      "<svg><metadata><!-- payload-type:application/vnd.excalidraw+json -->"
      "<!-- payload-version:2 --><!-- payload-start -->%s<!-- payload-end --></metadata></svg>",
      base64);
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = draw_payload_find (bytes, &error);
  static const char expected[]
      = "{\"type\":\"excalidraw\",\"elements\":[]/*\0\n\t\xe9*/}";

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), expected,
                   sizeof expected - 1);
}

static void
test_cut_off (void)
{
  g_autoptr (GBytes) png = make_pixel ();
  g_autoptr (GBytes) with = draw_payload_add_to_png (png, DRAWING, strlen (DRAWING));
  const gsize size = g_bytes_get_size (with);
  guint n_found = 0;

  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (with, 0, length);
      g_autoptr (GBytes) text = draw_payload_find (part, NULL);

      n_found += text != NULL;
    }
  /* Only where nothing but the end of the picture is missing. */
  g_assert_cmpuint (n_found, ==, 12);
}

/* A deflated gigabyte is not inflated. */
static void
test_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (DRAW_PAYLOAD_MAX + 1);
  g_autoptr (GBytes) png = make_pixel ();
  g_autoptr (GBytes) with = draw_payload_add_to_png (png, zeros, DRAW_PAYLOAD_MAX + 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (with), <, 1024 * 1024);
  g_assert_null (draw_payload_find (with, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
test_bad (void)
{
  static const char *const envelopes[] = {
    "{\"encoded\":\"\\u0100\"}", "{\"encoded\":\"\\uzzzz\"}", "{\"encoded\":\"\\q\"}",
    "{\"encoded\":5}",           "{\"encoded\":\"abc\",\"compressed\":true}",
    "{\"encoded\":\"\\u00\"}",   "{\"encoded\":\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (envelopes); i++)
    {
      g_autofree char *base64
          = g_base64_encode ((const guchar *) envelopes[i], strlen (envelopes[i]));
      g_autofree char *svg
          = g_strdup_printf ("<svg><!-- payload-type:application/vnd.excalidraw+json -->"
                             "<!-- payload-start -->%s<!-- payload-end --></svg>",
                             base64);
      g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));
      g_autoptr (GError) error = NULL;

      g_assert_null (draw_payload_find (bytes, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/payload/png", test_png);
  g_test_add_func ("/files/payload/svg", test_svg);
  g_test_add_func ("/files/payload/foreign-svg", test_foreign_svg);
  g_test_add_func ("/files/payload/cut-off", test_cut_off);
  g_test_add_func ("/files/payload/bomb", test_bomb);
  g_test_add_func ("/files/payload/bad", test_bad);
  return g_test_run ();
}
