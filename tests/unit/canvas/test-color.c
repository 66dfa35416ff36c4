/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-color.h"

static void
test_parse (void)
{
  static const struct {
    const char *text;
    gboolean valid;
    guint rgba;
  } rows[] = {
    { "#000000", TRUE, 0x000000ff },
    { "#1971c2", TRUE, 0x1971c2ff },
    { "#1971C280", TRUE, 0x1971c280 },
    { "#fff", TRUE, 0xffffffff },
    { "transparent", TRUE, 0 },
    { "#12345", FALSE, 0 },
    { "#gg0000", FALSE, 0 },
    { "red", FALSE, 0 },
    { "", FALSE, 0 },
    { "#", FALSE, 0 },
    { "1971c2", FALSE, 0 },
    { "#1971c2801", FALSE, 0 },
    { "#\xc3\xa9\xc3\xa9\xc3\xa9", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GdkRGBA color = { 9, 9, 9, 9 };

      g_assert_cmpint (draw_color_parse (rows[i].text, FALSE, &color), ==, rows[i].valid);
      if (!rows[i].valid)
        g_assert_cmpfloat (color.red, ==, 9);
      else
        g_assert_cmphex ((guint) (color.red * 255 + 0.5f) << 24
                             | (guint) (color.green * 255 + 0.5f) << 16
                             | (guint) (color.blue * 255 + 0.5f) << 8
                             | (guint) (color.alpha * 255 + 0.5f),
                         ==, rows[i].rgba);
    }
  GdkRGBA color;
  g_assert_false (draw_color_parse (NULL, FALSE, &color));
}

static double
get_luma (const GdkRGBA *color)
{
  return 0.299 * color->red + 0.587 * color->green + 0.114 * color->blue;
}

/* Every colour that can be read on white can be read on the dark sheet. */
static void
test_dark_stays_readable (void)
{
  static const char *const inks[]
      = { "#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "#f08c00", "#9c36b5", "#000000" };
  GdkRGBA sheet, color;

  draw_color_get_sheet (TRUE, &sheet);
  g_assert_cmpfloat (get_luma (&sheet), <, 0.1);
  for (guint i = 0; i < G_N_ELEMENTS (inks); i++)
    {
      g_assert_true (draw_color_parse (inks[i], TRUE, &color));
      g_assert_cmpfloat (get_luma (&color) - get_luma (&sheet), >, 0.25);
    }
  /* Hues stay: red is still mostly red. */
  g_assert_true (draw_color_parse ("#e03131", TRUE, &color));
  g_assert_cmpfloat (color.red, >, color.blue);
  g_assert_cmpfloat (color.red, >, color.green);
}

static void
test_contrast (void)
{
  const GdkRGBA light = { 1, 1, 0.6f, 1 }, dark = { 0.1f, 0.2f, 0.5f, 1 };
  GdkRGBA text;

  draw_color_get_contrast (&light, &text);
  g_assert_cmpfloat (text.red, ==, 0);
  draw_color_get_contrast (&dark, &text);
  g_assert_cmpfloat (text.red, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/color/parse", test_parse);
  g_test_add_func ("/color/dark-stays-readable", test_dark_stays_readable);
  g_test_add_func ("/color/contrast", test_contrast);
  return g_test_run ();
}
