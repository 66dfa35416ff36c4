/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-disc.h"
#include "widgets/draw-palette.h"

static void
test_initial (void)
{
  static const struct
  {
    const char *name;
    const char *initial;
  } cases[] = {
    { "ada", "A" },
    { "  grace", "G" },
    { "\u00e9lodie", "\u00c9" },
    { "<b>x</b>", "B" },
    { "7 of 9", "7" },
    { "", "?" },
    { NULL, "?" },
    { "\U0001f600", "?" },
    { "\u0301\u0301x", "X" },
    { "\u6f22\u5b57", "\u6f22" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *initial = draw_disc_make_initial (cases[i].name);
      g_assert_cmpstr (initial, ==, cases[i].initial);
    }
}

static void
test_format (void)
{
  g_autofree char *black = draw_palette_format_color (&(GdkRGBA){ 0, 0, 0, 1 });
  g_autofree char *half = draw_palette_format_color (&(GdkRGBA){ 0.5f, 1, 0.004f, 0.5f });
  g_autofree char *wild = draw_palette_format_color (&(GdkRGBA){ -3, 7, 0, 1 });

  g_assert_cmpstr (black, ==, "#000000");
  g_assert_cmpstr (half, ==, "#80ff01");
  g_assert_cmpstr (wild, ==, "#00ff00");
}

/* What the palette offers comes back as it was after a trip through GDK. */
static void
test_colors (void)
{
  for (guint i = 0; i < draw_palette_get_n_colors (); i++)
    {
      GdkRGBA rgba;
      g_autofree char *text = NULL;

      g_assert_true (gdk_rgba_parse (&rgba, draw_palette_get_nth_color (i)));
      text = draw_palette_format_color (&rgba);
      g_assert_cmpstr (text, ==, draw_palette_get_nth_color (i));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/disc/initial", test_initial);
  g_test_add_func ("/widgets/palette/format", test_format);
  g_test_add_func ("/widgets/palette/colors", test_colors);
  return g_test_run ();
}
