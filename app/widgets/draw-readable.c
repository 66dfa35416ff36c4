/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-readable.h"

#include <math.h>

#define CONTRAST 4.5
#define STEP 0.06f

static double
linearize (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * linearize (color->red) + 0.7152 * linearize (color->green)
         + 0.0722 * linearize (color->blue);
}

double
draw_readable_get_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double la, lb;

  g_return_val_if_fail (a != NULL && b != NULL, 1);

  la = get_luminance (a);
  lb = get_luminance (b);
  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static float
move (float channel, float target)
{
  return channel + (target - channel) * STEP;
}

void
draw_readable_adjust (GdkRGBA *color, gboolean dark)
{
  /* The backgrounds of libadwaita's views. */
  const GdkRGBA background
      = dark ? (GdkRGBA){ 0.118f, 0.118f, 0.118f, 1 } : (GdkRGBA){ 1, 1, 1, 1 };
  float target = dark ? 1 : 0;

  g_return_if_fail (color != NULL);

  /* Black and white themselves have enough, so it ends; the bound is for the eye of the reader. */
  for (guint i = 0; i < 200 && draw_readable_get_contrast (color, &background) < CONTRAST; i++)
    {
      color->red = move (color->red, target);
      color->green = move (color->green, target);
      color->blue = move (color->blue, target);
    }
}
