/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-simplify.h"

#include <math.h>

#include "canvas/draw-curve.h"

/* Ramer, Douglas and Peucker measure against straight lines, and a curve through what they keep
 * bulges where a long straight part meets a bend. So here the error is that of the curve itself:
 * points are added back, the worst of every part that is off, until no part is. Adding one changes
 * the curve beside it too, hence the rounds over everything. */

/* A part that is still off after that many rounds gets all its points back: bounds the work. */
#define ROUNDS_MAX 40
/* Straight steps that a part of the curve is measured by. */
#define STEPS_MAX 48

typedef struct {
  const DrawKnot *knots;
  gboolean *keep;
  gsize n;
  double tolerance;
} Work;

/* How far the knot is from the straight line a-b, in place or in radius. */
static double
measure_segment (const DrawKnot *a, const DrawKnot *b, const DrawKnot *knot)
{
  const double dx = b->x - a->x, dy = b->y - a->y, length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? ((knot->x - a->x) * dx + (knot->y - a->y) * dy) / length2 : 0;

  t = CLAMP (t, 0, 1);
  const double distance = hypot (knot->x - a->x - t * dx, knot->y - a->y - t * dy);
  return MAX (distance, fabs (knot->r - a->r - t * (b->r - a->r)));
}

static double
measure_curve (const DrawKnot *steps, guint n_steps, const DrawKnot *knot)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < n_steps; i++)
    best = MIN (best, measure_segment (&steps[i], &steps[i + 1], knot));
  return best;
}

static void
get_curve (const Work *work, gsize before, gsize from, gsize to, DrawCurve *curve)
{
  gsize after = to + 1;

  while (after < work->n && !work->keep[after])
    after++;
  draw_curve_through (curve, from > 0 ? &work->knots[before] : NULL, &work->knots[from],
                      &work->knots[to], after < work->n ? &work->knots[after] : NULL);
}

/* The worst point between two kept ones; 0 when all are within the tolerance. */
static gsize
find_worst (const Work *work, gsize before, gsize from, gsize to)
{
  DrawKnot steps[STEPS_MAX + 1];
  double worst_error = work->tolerance;
  gsize worst = 0;
  DrawCurve curve;

  if (to - from < 2)
    return 0;
  get_curve (work, before, from, to, &curve);
  const guint n_steps = MIN (draw_curve_get_n_steps (&curve, work->tolerance / 4), STEPS_MAX);
  for (guint i = 0; i <= n_steps; i++)
    draw_curve_get_knot (&curve, (double) i / n_steps, &steps[i]);
  for (gsize i = from + 1; i < to; i++)
    {
      const double error = measure_curve (steps, n_steps, &work->knots[i]);

      if (error > worst_error)
        {
          worst_error = error;
          worst = i;
        }
    }
  return worst;
}

/* One round over all parts. FALSE when nothing was off. What a round adds counts from the next one
 * on, so all parts of a round are measured on one curve. */
static gboolean
add_worst (const Work *work, gboolean all, GArray *added)
{
  gsize before = 0, from = 0;

  g_array_set_size (added, 0);
  for (gsize to = 1; to < work->n; to++)
    {
      if (!work->keep[to])
        continue;
      const gsize worst = find_worst (work, before, from, to);

      if (worst != 0 && !all)
        g_array_append_val (added, worst);
      for (gsize i = from + 1; worst != 0 && all && i < to; i++)
        g_array_append_val (added, i);
      before = from;
      from = to;
    }
  for (guint i = 0; i < added->len; i++)
    work->keep[g_array_index (added, gsize, i)] = TRUE;
  return added->len > 0;
}

/* The outermost points stay, so that the box of what is left is that of the ink. */
static void
keep_extremes (const Work *work)
{
  gsize left = 0, right = 0, top = 0, bottom = 0;

  for (gsize i = 1; i < work->n; i++)
    {
      const DrawKnot *knot = &work->knots[i];

      left = knot->x < work->knots[left].x ? i : left;
      right = knot->x > work->knots[right].x ? i : right;
      top = knot->y < work->knots[top].y ? i : top;
      bottom = knot->y > work->knots[bottom].y ? i : bottom;
    }
  work->keep[left] = work->keep[right] = work->keep[top] = work->keep[bottom] = TRUE;
}

gsize
draw_simplify (BoardPoint *points, gsize n_points, double width, double tolerance)
{
  g_autofree DrawKnot *knots = NULL;
  g_autofree gboolean *keep = NULL;
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize n_kept = 0;

  g_return_val_if_fail (points != NULL || n_points == 0, 0);
  g_return_val_if_fail (tolerance > 0, n_points);

  if (n_points < 3)
    return n_points;
  knots = g_new (DrawKnot, n_points);
  keep = g_new0 (gboolean, n_points);
  for (gsize i = 0; i < n_points; i++)
    draw_curve_knot (&points[i], width, &knots[i]);
  keep[0] = keep[n_points - 1] = TRUE;

  const Work work = { knots, keep, n_points, tolerance };
  keep_extremes (&work);
  for (guint round = 0; add_worst (&work, round >= ROUNDS_MAX, added); round++)
    ;

  for (gsize i = 0; i < n_points; i++)
    if (keep[i])
      points[n_kept++] = points[i];
  return n_kept;
}
