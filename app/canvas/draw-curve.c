/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-curve.h"

#include <math.h>

/* Bounds the work for one piece; at 6400 % a step of the longest usual piece is still below a
 * pixel. */
#define MAX_STEPS 48

double
draw_curve_radius (double width, float pressure)
{
  const double p = isfinite (pressure) ? CLAMP (pressure, 0, 1) : 0.5;

  return width / 2
         * (DRAW_PRESSURE_NARROWEST + p * (DRAW_PRESSURE_WIDEST - DRAW_PRESSURE_NARROWEST));
}

void
draw_curve_knot (const BoardPoint *point, double width, DrawKnot *knot)
{
  knot->x = point->x;
  knot->y = point->y;
  knot->r = draw_curve_radius (width, point->pressure);
}

/* Not hypot(): it guards against overflow, which boards are too small for, and costs ten times as
 * much. */
static inline double
get_length (double dx, double dy)
{
  return sqrt (dx * dx + dy * dy);
}

/* The control point beside @b on the side of @c, one coordinate of it; @before and @after are the
 * square roots of the lengths of a-b and b-c. Yuksel et al., "Parameterization and applications of
 * Catmull-Rom curves", 2011. */
static double
control (double a, double b, double c, double before, double after)
{
  const double before2 = before * before, after2 = after * after;

  return (before2 * c - after2 * a + (2 * before2 + 3 * before * after + after2) * b)
         / (3 * before * (before + after));
}

void
draw_curve_straight (DrawCurve *self, const DrawKnot *b, const DrawKnot *c)
{
  for (guint i = 0; i < 4; i++)
    {
      self->x[i] = b->x + (c->x - b->x) * i / 3;
      self->y[i] = b->y + (c->y - b->y) * i / 3;
    }
  self->r0 = b->r;
  self->r1 = c->r;
}

void
draw_curve_through (DrawCurve *self,
                    const DrawKnot *a,
                    const DrawKnot *b,
                    const DrawKnot *c,
                    const DrawKnot *d)
{
  const double own = sqrt (get_length (c->x - b->x, c->y - b->y));
  const double before = a != NULL ? sqrt (get_length (b->x - a->x, b->y - a->y)) : 0;
  const double after = d != NULL ? sqrt (get_length (d->x - c->x, d->y - c->y)) : 0;

  draw_curve_straight (self, b, c);
  if (own < 1e-4)
    return;
  if (before > 1e-4)
    {
      self->x[1] = control (a->x, b->x, c->x, before, own);
      self->y[1] = control (a->y, b->y, c->y, before, own);
    }
  if (after > 1e-4)
    {
      self->x[2] = control (d->x, c->x, b->x, after, own);
      self->y[2] = control (d->y, c->y, b->y, after, own);
    }
}

void
draw_curve_get_knot (const DrawCurve *self, double t, DrawKnot *knot)
{
  const double s = 1 - t;
  const double w[4] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };

  knot->x = w[0] * self->x[0] + w[1] * self->x[1] + w[2] * self->x[2] + w[3] * self->x[3];
  knot->y = w[0] * self->y[0] + w[1] * self->y[1] + w[2] * self->y[2] + w[3] * self->y[3];
  knot->r = self->r0 + (self->r1 - self->r0) * t;
}

void
draw_curve_get_direction (const DrawCurve *self, double t, double *dx, double *dy)
{
  const double s = 1 - t;
  const double w[3] = { s * s, 2 * s * t, t * t };
  double x = 0, y = 0, length;

  for (guint i = 0; i < 3; i++)
    {
      x += w[i] * (self->x[i + 1] - self->x[i]);
      y += w[i] * (self->y[i + 1] - self->y[i]);
    }
  length = get_length (x, y);
  if (length < 1e-9)
    {
      x = self->x[3] - self->x[0];
      y = self->y[3] - self->y[0];
      length = get_length (x, y);
    }
  *dx = length < 1e-9 ? 1 : x / length;
  *dy = length < 1e-9 ? 0 : y / length;
}

guint
draw_curve_get_n_steps (const DrawCurve *self, double tolerance)
{
  double bend = 0, dx0, dy0, dx1, dy1;

  for (guint i = 0; i < 2; i++)
    bend = MAX (bend, get_length (self->x[i] - 2 * self->x[i + 1] + self->x[i + 2],
                                  self->y[i] - 2 * self->y[i + 1] + self->y[i + 2]));
  /* The middle: error of a chord of a cubic with that second difference. */
  const double flat = sqrt (0.75 * bend / tolerance);
  /* The outer edge turns by the same angle on a wider arc. */
  draw_curve_get_direction (self, 0, &dx0, &dy0);
  draw_curve_get_direction (self, 1, &dx1, &dy1);
  /* As chords of the unit circle, which is near enough: 2 sin (angle / 2). */
  const double turn = get_length (dx1 - dx0, dy1 - dy0);
  const double turn_of_step = 2 * sqrt (2 * tolerance / MAX (MAX (self->r0, self->r1), tolerance));

  const double steps = ceil (MAX (flat, turn / turn_of_step));
  return steps >= 1 ? MIN (steps, MAX_STEPS) : 1;
}

void
draw_curve_get_bounds (const DrawCurve *self, BoardRect *bounds)
{
  const double r = MAX (self->r0, self->r1);
  double left = self->x[0], right = self->x[0], top = self->y[0], bottom = self->y[0];

  for (guint i = 1; i < 4; i++)
    {
      left = MIN (left, self->x[i]);
      right = MAX (right, self->x[i]);
      top = MIN (top, self->y[i]);
      bottom = MAX (bottom, self->y[i]);
    }
  *bounds = (BoardRect){ left - r, top - r, right - left + 2 * r, bottom - top + 2 * r };
}
