/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-readable.h"

static void
test_contrast (void)
{
  GdkRGBA white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 }, grey = { 0.4667f, 0.4667f, 0.4667f, 1 };

  g_assert_cmpfloat_with_epsilon (draw_readable_get_contrast (&white, &black), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (draw_readable_get_contrast (&black, &white), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (draw_readable_get_contrast (&white, &white), 1, 1e-6);
  /* #777 on white is WCAG's well-known near miss: 4.48. */
  g_assert_cmpfloat_with_epsilon (draw_readable_get_contrast (&white, &grey), 4.48, 0.01);
}

static void
test_adjust (void)
{
  static const char *const colors[]
      = { "#ffffff", "#000000", "#e5a50a", "#1c71d8", "#ffff00", "#241f31" };
  const GdkRGBA light = { 1, 1, 1, 1 }, dark = { 0.118f, 0.118f, 0.118f, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    for (gboolean on_dark = FALSE; on_dark <= TRUE; on_dark++)
      {
        GdkRGBA color, before;

        gdk_rgba_parse (&before, colors[i]);
        color = before;
        draw_readable_adjust (&color, on_dark);
        g_assert_cmpfloat (draw_readable_get_contrast (&color, on_dark ? &dark : &light), >=, 4.5);
        /* What can be read is left alone. */
        if (draw_readable_get_contrast (&before, on_dark ? &dark : &light) >= 4.5)
          g_assert_true (gdk_rgba_equal (&before, &color));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/readable/contrast", test_contrast);
  g_test_add_func ("/widgets/readable/adjust", test_adjust);
  return g_test_run ();
}
