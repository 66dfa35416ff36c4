/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-smoother.h"

#include <math.h>

/* Neighbours on each side that may count. */
#define NEIGHBOURS 4

struct _DrawSmoother {
  GArray *raw;    /* BoardPoint */
  GArray *smooth; /* BoardPoint */
  double reach;
};

DrawSmoother *
draw_smoother_new (void)
{
  DrawSmoother *self = g_new0 (DrawSmoother, 1);

  self->raw = g_array_new (FALSE, FALSE, sizeof (BoardPoint));
  self->smooth = g_array_new (FALSE, FALSE, sizeof (BoardPoint));
  return self;
}

void
draw_smoother_free (DrawSmoother *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->raw);
  g_array_unref (self->smooth);
  g_free (self);
}

void
draw_smoother_reset (DrawSmoother *self, double reach)
{
  g_return_if_fail (self != NULL);

  self->reach = reach;
  g_array_set_size (self->raw, 0);
  g_array_set_size (self->smooth, 0);
}

static void
smooth_point (DrawSmoother *self, guint i)
{
  const BoardPoint *points = (const BoardPoint *) self->raw->data;
  const guint n = self->raw->len, span = MIN (MIN (i, n - 1 - i), NEIGHBOURS);
  BoardPoint point = points[i];
  double x = point.x, y = point.y, pressure = point.pressure, sum = 1;

  for (guint k = 1; k <= span; k++)
    {
      const BoardPoint *a = &points[i - k], *b = &points[i + k];
      const double distance
          = MAX (hypot (a->x - point.x, a->y - point.y), hypot (b->x - point.x, b->y - point.y));
      const double weight = 1 - distance / self->reach;

      if (!(weight > 0))
        break;
      x += weight * (a->x + b->x);
      y += weight * (a->y + b->y);
      pressure += weight * (a->pressure + b->pressure);
      sum += 2 * weight;
    }
  point.x = x / sum;
  point.y = y / sum;
  point.pressure = (float) (pressure / sum);
  g_array_index (self->smooth, BoardPoint, i) = point;
}

guint
draw_smoother_add (DrawSmoother *self, const BoardPoint *point)
{
  g_return_val_if_fail (self != NULL && point != NULL, 0);

  const guint first = self->raw->len > NEIGHBOURS ? self->raw->len - NEIGHBOURS : 0;

  g_array_append_val (self->raw, *point);
  g_array_set_size (self->smooth, self->raw->len);
  for (guint i = first; i < self->raw->len; i++)
    smooth_point (self, i);
  return first;
}

guint
draw_smoother_get_n_points (DrawSmoother *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->smooth->len;
}

const BoardPoint *
draw_smoother_get_points (DrawSmoother *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const BoardPoint *) self->smooth->data;
}

const BoardPoint *
draw_smoother_get_last (DrawSmoother *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->raw->len > 0 ? &g_array_index (self->raw, BoardPoint, self->raw->len - 1) : NULL;
}
