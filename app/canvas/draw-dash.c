/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-dash.h"

#include <math.h>

/* Dashes of one line, whatever the clip. */
#define DASHES_MAX 20000

typedef struct {
  GPtrArray *dashes;
  GArray *dash; /* the one being drawn, or NULL */
  double on, period;
  BoardRect reach; /* the clip, and the width of the line around it */
} Cutter;

static void
free_dash (gpointer data)
{
  g_array_unref (data);
}

static void
add_place (Cutter *self, const DrawKnot *a, const DrawKnot *b, double t)
{
  const DrawKnot knot = { a->x + (b->x - a->x) * t, a->y + (b->y - a->y) * t, a->r };

  if (self->dash == NULL)
    {
      self->dash = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
      g_ptr_array_add (self->dashes, self->dash);
    }
  g_array_append_val (self->dash, knot);
}

/* Cuts [*low, *high] of a + t (b - a) down to where one coordinate is between two values. */
static void
cut_axis (double a, double b, double min, double max, double *low, double *high)
{
  if (fabs (b - a) < 1e-12)
    {
      if (a < min || a > max)
        *high = -1;
      return;
    }
  const double t0 = (min - a) / (b - a), t1 = (max - a) / (b - a);

  *low = MAX (*low, MIN (t0, t1));
  *high = MIN (*high, MAX (t0, t1));
}

/* The dashes of one straight piece that begins @walked units after the line did. */
static void
cut_piece (Cutter *self, const DrawKnot *a, const DrawKnot *b, double walked, double length)
{
  const BoardRect *reach = &self->reach;
  double low = 0, high = 1;

  cut_axis (a->x, b->x, reach->x, reach->x + reach->width, &low, &high);
  cut_axis (a->y, b->y, reach->y, reach->y + reach->height, &low, &high);
  if (low > high)
    {
      self->dash = NULL;
      return;
    }
  /* Whole periods, so that a dash is the same wherever it is cut off. */
  double start = floor ((walked + low * length) / self->period) * self->period;

  if (low > 0)
    self->dash = NULL;
  for (; start <= walked + high * length && self->dashes->len < DASHES_MAX; start += self->period)
    {
      const double first = MAX (start, walked), last = MIN (start + self->on, walked + length);

      if (first > last)
        continue;
      if (first > walked || walked == 0)
        self->dash = NULL;
      if (self->dash == NULL)
        add_place (self, a, b, (first - walked) / length);
      add_place (self, a, b, (last - walked) / length);
      if (start + self->on < walked + length)
        self->dash = NULL;
    }
  if (high < 1)
    self->dash = NULL;
}

GPtrArray *
draw_dash_cut (const DrawKnot *knots, guint n_knots, double on, double off, const BoardRect *clip)
{
  Cutter self = { .on = on, .period = on + off };
  double walked = 0;

  self.dashes = g_ptr_array_new_with_free_func (free_dash);
  g_return_val_if_fail (knots != NULL && clip != NULL, self.dashes);
  g_return_val_if_fail (on >= 0 && off > 0, self.dashes);

  const double margin = (n_knots > 0 ? knots[0].r : 0) + self.period;
  self.reach = (BoardRect){ clip->x - margin, clip->y - margin, clip->width + 2 * margin,
                            clip->height + 2 * margin };
  for (guint i = 0; i + 1 < n_knots; i++)
    {
      const double length = hypot (knots[i + 1].x - knots[i].x, knots[i + 1].y - knots[i].y);

      if (length <= 0)
        continue;
      cut_piece (&self, &knots[i], &knots[i + 1], walked, length);
      walked += length;
    }
  return self.dashes;
}
