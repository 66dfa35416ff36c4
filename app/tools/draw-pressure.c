/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-pressure.h"

#include <math.h>
#include <string.h>

/* Places that are as close are the same. */
#define SAME 0.001

static const DrawPressure presets[] = {
  [DRAW_PRESSURE_SOFT] = { 3, { { 0, 0 }, { 0.3, 0.6 }, { 1, 1 } } },
  [DRAW_PRESSURE_NORMAL] = { 2, { { 0, 0 }, { 1, 1 } } },
  [DRAW_PRESSURE_HARD] = { 3, { { 0, 0 }, { 0.6, 0.25 }, { 1, 1 } } },
};

void
draw_pressure_init (DrawPressure *self, DrawPressurePreset preset)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (preset < DRAW_PRESSURE_CUSTOM);

  *self = presets[preset];
}

static gboolean
is_same (const DrawPressure *a, const DrawPressure *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (fabs (a->points[i].x - b->points[i].x) > SAME
        || fabs (a->points[i].y - b->points[i].y) > SAME)
      return FALSE;
  return TRUE;
}

DrawPressurePreset
draw_pressure_get_preset (const DrawPressure *self)
{
  DrawPressurePreset preset = DRAW_PRESSURE_SOFT;

  g_return_val_if_fail (self != NULL, DRAW_PRESSURE_NORMAL);

  while (preset < DRAW_PRESSURE_CUSTOM && !is_same (self, &presets[preset]))
    preset++;
  return preset;
}

/* ---- the curve ---- */

/* Of the straight line from a point to the next. */
static double
get_slope (const DrawPressure *self, guint i)
{
  return (self->points[i + 1].y - self->points[i].y) / (self->points[i + 1].x - self->points[i].x);
}

/* Of the curve at a point: between those of its neighbours the harmonic mean (Fritsch and Butland),
 * which is what keeps the curve from falling or overshooting. */
static double
get_tangent (const DrawPressure *self, guint i)
{
  double before, after;

  if (i == 0)
    return get_slope (self, 0);
  if (i + 1 == self->n)
    return get_slope (self, i - 1);
  before = get_slope (self, i - 1);
  after = get_slope (self, i);
  return before > 0 && after > 0 ? 2 * before * after / (before + after) : 0;
}

double
draw_pressure_map (const DrawPressure *self, double pressure)
{
  guint i = 0;

  g_return_val_if_fail (self != NULL && self->n >= 2, pressure);

  if (!(pressure > 0))
    return self->points[0].y;
  if (pressure >= 1)
    return self->points[self->n - 1].y;
  while (i + 2 < self->n && pressure >= self->points[i + 1].x)
    i++;
  /* Hermite's cubic. */
  const double width = self->points[i + 1].x - self->points[i].x;
  const double t = (pressure - self->points[i].x) / width, u = 1 - t;
  const double y = u * u * (1 + 2 * t) * self->points[i].y + t * t * (3 - 2 * t) * self->points[i + 1].y
                   + width * t * u * (u * get_tangent (self, i) - t * get_tangent (self, i + 1));

  return CLAMP (y, 0, 1);
}

/* ---- changing it ---- */

void
draw_pressure_move (DrawPressure *self, guint i, double x, double y)
{
  g_return_if_fail (self != NULL && i < self->n);

  if (!isfinite (x) || !isfinite (y))
    return;
  if (i > 0 && i + 1 < self->n)
    self->points[i].x = CLAMP (x, self->points[i - 1].x + DRAW_PRESSURE_GAP,
                               self->points[i + 1].x - DRAW_PRESSURE_GAP);
  self->points[i].y = CLAMP (y, i > 0 ? self->points[i - 1].y : 0,
                             i + 1 < self->n ? self->points[i + 1].y : 1);
}

guint
draw_pressure_add (DrawPressure *self, double x, double y)
{
  guint i = 1;

  g_return_val_if_fail (self != NULL, 0);

  if (self->n >= DRAW_PRESSURE_POINTS_MAX || !(x > 0 && x < 1))
    return 0;
  while (x > self->points[i].x)
    i++;
  if (self->points[i].x - self->points[i - 1].x < 2 * DRAW_PRESSURE_GAP)
    return 0;
  memmove (&self->points[i + 1], &self->points[i], (self->n - i) * sizeof (self->points[0]));
  self->n++;
  draw_pressure_move (self, i, x, y);
  return i;
}

gboolean
draw_pressure_remove (DrawPressure *self, guint i)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (i == 0 || i + 1 >= self->n)
    return FALSE;
  self->n--;
  memmove (&self->points[i], &self->points[i + 1], (self->n - i) * sizeof (self->points[0]));
  return TRUE;
}

/* ---- settings ---- */

char *
draw_pressure_save (const DrawPressure *self)
{
  GString *text = g_string_new (NULL);
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  for (guint i = 0; i < self->n; i++)
    g_string_append_printf (text, "%s%s,%s", i > 0 ? " " : "",
                            g_ascii_formatd (x, sizeof x, "%.4g", self->points[i].x),
                            g_ascii_formatd (y, sizeof y, "%.4g", self->points[i].y));
  return g_string_free (text, FALSE);
}

/* Whether it is a number from @least to 1, followed by @end. */
static gboolean
read_number (const char **text, char end, double least, double *number)
{
  char *rest;

  *number = g_ascii_strtod (*text, &rest);
  if (rest == *text || *rest != end || !(*number >= least && *number <= 1))
    return FALSE;
  *text = rest + (end != '\0' ? 1 : 0);
  return TRUE;
}

static gboolean
read_points (DrawPressure *self, const char *text)
{
  for (self->n = 0; self->n < DRAW_PRESSURE_POINTS_MAX;)
    {
      const gboolean first = self->n == 0;
      const double left = first ? 0 : self->points[self->n - 1].x + DRAW_PRESSURE_GAP / 2;
      const double low = first ? 0 : self->points[self->n - 1].y;
      const gboolean last = strchr (text, ' ') == NULL;
      double *x = &self->points[self->n].x, *y = &self->points[self->n].y;

      if (!read_number (&text, ',', left, x) || !read_number (&text, last ? '\0' : ' ', low, y))
        return FALSE;
      self->n++;
      if (last)
        return self->n >= 2 && self->points[0].x <= 0 && self->points[self->n - 1].x >= 1;
    }
  return FALSE;
}

gboolean
draw_pressure_load (DrawPressure *self, const char *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (read_points (self, text))
    return TRUE;
  draw_pressure_init (self, DRAW_PRESSURE_NORMAL);
  return FALSE;
}
