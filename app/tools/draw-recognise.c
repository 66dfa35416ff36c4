/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-recognise.h"

#include <math.h>

/* All as parts of the form's own size, chosen with made-up strokes and a circle drawn by mouse; not
 * yet measured on handwriting. */
#define STRAIGHT 0.05    /* of the length: how far from the chord */
#define CLOSED 0.22      /* of the diagonal: how far the end is from the beginning */
#define CLOSED_FORM 0.13 /* of the smaller half side: how far from the outline, on average */
#define AS_FAR 0.96      /* of the furthest */
#define HEAD_MAX 0.4     /* of the shaft: the longest arrowhead */

typedef struct {
  const BoardPoint *points;
  gsize n;
  BoardRect box;
  double diagonal;
} Stroke;

static double
get_distance (const BoardPoint *a, const BoardPoint *b)
{
  return hypot (a->x - b->x, a->y - b->y);
}

static gboolean
measure (Stroke *self)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  for (gsize i = 0; i < self->n; i++)
    {
      if (!isfinite (self->points[i].x) || !isfinite (self->points[i].y))
        return FALSE;
      left = MIN (left, self->points[i].x);
      right = MAX (right, self->points[i].x);
      top = MIN (top, self->points[i].y);
      bottom = MAX (bottom, self->points[i].y);
    }
  self->box = (BoardRect){ left, top, right - left, bottom - top };
  self->diagonal = hypot (self->box.width, self->box.height);
  return TRUE;
}

/* How far the points between two of them are from the straight way, at most. */
static double
get_bulge (const Stroke *self, gsize from, gsize to)
{
  const BoardPoint *a = &self->points[from], *b = &self->points[to];
  const double length = get_distance (a, b);
  double most = 0;

  for (gsize i = from + 1; i < to; i++)
    {
      const BoardPoint *p = &self->points[i];
      const double away
          = length > 0
                ? fabs ((b->x - a->x) * (p->y - a->y) - (b->y - a->y) * (p->x - a->x)) / length
                : get_distance (a, p);

      most = MAX (most, away);
    }
  return most;
}

static gboolean
is_straight (const Stroke *self, gsize from, gsize to)
{
  const double length = get_distance (&self->points[from], &self->points[to]);

  return length > 0 && get_bulge (self, from, to) <= STRAIGHT * length;
}

static double
get_way (const Stroke *self, gsize i)
{
  return get_distance (&self->points[0], &self->points[i]);
}

/* Where the stroke first gets as far from its beginning as it ever does: of an arrow its tip. The
 * second side of a head goes through the tip again, a little beyond perhaps. */
static gsize
find_tip (const Stroke *self)
{
  double furthest = 0;
  gsize tip = 0;

  for (gsize i = 1; i < self->n; i++)
    furthest = MAX (furthest, get_way (self, i));
  while (get_way (self, tip) < AS_FAR * furthest)
    tip++;
  while (tip + 1 < self->n && get_way (self, tip + 1) > get_way (self, tip))
    tip++;
  return tip;
}

/* A straight shaft, then a head that stays near its tip and goes back beside the shaft. */
static gboolean
is_arrow (const Stroke *self, gsize tip)
{
  const double shaft = get_distance (&self->points[0], &self->points[tip]);
  double reach = 0, way = 0;

  if (tip + 1 >= self->n || !is_straight (self, 0, tip))
    return FALSE;
  for (gsize i = tip + 1; i < self->n; i++)
    {
      reach = MAX (reach, get_distance (&self->points[tip], &self->points[i]));
      way += get_distance (&self->points[i - 1], &self->points[i]);
    }
  return reach <= HEAD_MAX * shaft && reach >= 0.06 * shaft && way >= 0.1 * shaft;
}

typedef double (*Stray) (double u, double v);

/* How far a place (as parts of the half sides, from the middle) is from each outline. */
static double
stray_ellipse (double u, double v)
{
  return fabs (hypot (u, v) - 1);
}

static double
stray_rectangle (double u, double v)
{
  return fabs (MAX (fabs (u), fabs (v)) - 1);
}

static double
stray_diamond (double u, double v)
{
  return fabs (fabs (u) + fabs (v) - 1) * G_SQRT2 / 2;
}

static double
get_stray (const Stroke *self, Stray stray)
{
  const double half_width = self->box.width / 2, half_height = self->box.height / 2;
  const double cx = self->box.x + half_width, cy = self->box.y + half_height;
  double sum = 0, way = 0;

  /* By length of way: where a pen is slow there are more points. */
  for (gsize i = 1; i < self->n; i++)
    {
      const BoardPoint *a = &self->points[i - 1], *b = &self->points[i];
      const double step = get_distance (a, b);

      sum += step
             * stray (((a->x + b->x) / 2 - cx) / half_width,
                      ((a->y + b->y) / 2 - cy) / half_height);
      way += step;
    }
  return way > 0 ? sum / way : INFINITY;
}

static DrawForm
recognise_closed (const Stroke *self)
{
  static const struct {
    DrawForm form;
    Stray stray;
  } forms[] = {
    { DRAW_FORM_ELLIPSE, stray_ellipse },
    { DRAW_FORM_RECTANGLE, stray_rectangle },
    { DRAW_FORM_DIAMOND, stray_diamond },
  };
  DrawForm best = DRAW_FORM_NONE;
  double least = CLOSED_FORM;

  if (self->box.width < 0.1 * self->diagonal || self->box.height < 0.1 * self->diagonal)
    return DRAW_FORM_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const double stray = get_stray (self, forms[i].stray);

      if (stray >= least)
        continue;
      least = stray;
      best = forms[i].form;
    }
  return best;
}

DrawForm
draw_recognise (const BoardPoint *points,
                gsize n_points,
                double size_min,
                BoardRect *box,
                double from[2],
                double to[2])
{
  Stroke self = { points, n_points };
  gsize tip;

  g_return_val_if_fail (points != NULL && n_points > 0, DRAW_FORM_NONE);
  g_return_val_if_fail (box != NULL && from != NULL && to != NULL, DRAW_FORM_NONE);

  if (!measure (&self) || n_points < 2 || self.diagonal < size_min)
    return DRAW_FORM_NONE;
  *box = self.box;
  if (get_distance (&points[0], &points[n_points - 1]) <= CLOSED * self.diagonal)
    return recognise_closed (&self);
  tip = find_tip (&self);
  from[0] = points[0].x;
  from[1] = points[0].y;
  to[0] = points[tip].x;
  to[1] = points[tip].y;
  if (is_arrow (&self, tip))
    return DRAW_FORM_ARROW;
  to[0] = points[n_points - 1].x;
  to[1] = points[n_points - 1].y;
  return is_straight (&self, 0, n_points - 1) ? DRAW_FORM_LINE : DRAW_FORM_NONE;
}
