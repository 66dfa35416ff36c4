/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-color.h"

#include <string.h>

#define INVERT 0.93

/* Half a turn of the hue, as CSS defines hue-rotate() (Filter Effects 1, 8.5). */
static const float half_turn[3][3] = {
  { -0.574f, 1.430f, 0.144f },
  { 0.426f, 0.430f, 0.144f },
  { 0.426f, 1.430f, -0.856f },
};

static gboolean
parse_digits (const char *digits, guint n_digits, float channels[4])
{
  const guint per_channel = n_digits == 3 ? 1 : 2;

  channels[3] = 1;
  for (guint i = 0; i < n_digits / per_channel; i++)
    {
      const int high = g_ascii_xdigit_value (digits[i * per_channel]);
      const int low = g_ascii_xdigit_value (digits[i * per_channel + per_channel - 1]);

      if (high < 0 || low < 0)
        return FALSE;
      channels[i] = (float) (high * 16 + low) / 255;
    }
  return TRUE;
}

gboolean
draw_color_parse (const char *text, gboolean dark, GdkRGBA *color)
{
  float channels[4] = { 0 };

  g_return_val_if_fail (color != NULL, FALSE);

  if (g_strcmp0 (text, "transparent") == 0)
    {
      *color = (GdkRGBA){ 0, 0, 0, 0 };
      return TRUE;
    }
  if (text == NULL || text[0] != '#')
    return FALSE;

  const gsize n_digits = strlen (text + 1);
  if ((n_digits != 3 && n_digits != 6 && n_digits != 8)
      || !parse_digits (text + 1, (guint) n_digits, channels))
    return FALSE;

  *color = (GdkRGBA){ channels[0], channels[1], channels[2], channels[3] };
  if (dark)
    draw_color_turn (color);
  return TRUE;
}

void
draw_color_turn (GdkRGBA *color)
{
  float in[3], out[3];

  g_return_if_fail (color != NULL);

  in[0] = color->red;
  in[1] = color->green;
  in[2] = color->blue;
  for (guint i = 0; i < 3; i++)
    in[i] = (float) (INVERT + in[i] * (1 - 2 * INVERT));
  for (guint i = 0; i < 3; i++)
    {
      const float value
          = half_turn[i][0] * in[0] + half_turn[i][1] * in[1] + half_turn[i][2] * in[2];

      out[i] = CLAMP (value, 0, 1);
    }
  color->red = out[0];
  color->green = out[1];
  color->blue = out[2];
}

void
draw_color_get_sheet (gboolean dark, GdkRGBA *color)
{
  g_return_if_fail (color != NULL);

  *color = (GdkRGBA){ 1, 1, 1, 1 };
  if (dark)
    draw_color_turn (color);
}

void
draw_color_get_contrast (const GdkRGBA *color, GdkRGBA *contrast)
{
  g_return_if_fail (color != NULL && contrast != NULL);

  const float luma = 0.299f * color->red + 0.587f * color->green + 0.114f * color->blue;
  const float value = luma > 0.6f ? 0 : 1;

  *contrast = (GdkRGBA){ value, value, value, 1 };
}
