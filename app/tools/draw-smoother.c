/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-smoother.h"

#include <math.h>

/* Neighbours on each side that may count. */
#define NEIGHBOURS 4
/* Steps of the tail: after twelve thirds of the lag 0.3 % of the way is left. */
#define TAIL_STEPS (DRAW_SMOOTHER_TAIL - 1)
#define TAIL_STEP (1.0 / 3)
/* ms: a pen that rested for longer has been followed. */
#define REST_MAX 1000

/* Two weights one after the other, each on a string: one alone makes corners of a trembling hand
 * round, but leaves its kinks. */
typedef struct {
  BoardPoint first, second;
} Follower;

struct _DrawSmoother {
  GArray *raw;    /* BoardPoint: what has settled, then the tail */
  GArray *smooth; /* BoardPoint */
  double reach, lag;
  guint n_settled;
  Follower follower;
  BoardPoint last; /* as it came */
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
draw_smoother_reset (DrawSmoother *self, double reach, double lag)
{
  g_return_if_fail (self != NULL);

  self->reach = reach;
  self->lag = lag;
  self->n_settled = 0;
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

/* ---- the stabiliser ---- */

static void
pull (BoardPoint *point, const BoardPoint *to, double share)
{
  point->x += share * (to->x - point->x);
  point->y += share * (to->y - point->y);
  point->pressure += (float) share * (to->pressure - point->pressure);
  point->tilt_x += (float) share * (to->tilt_x - point->tilt_x);
  point->tilt_y += (float) share * (to->tilt_y - point->tilt_y);
}

static void
follow (Follower *follower, const BoardPoint *to, double ms, double lag)
{
  const double share = 1 - exp (-2 * ms / lag);

  pull (&follower->first, to, share);
  pull (&follower->second, &follower->first, share);
}

/* The follower's place, with the time at which the pen was about there. */
static void
append_at (DrawSmoother *self, const BoardPoint *place, double time)
{
  const guint n = self->raw->len;
  BoardPoint point = *place;

  point.time = (uint32_t) MAX (time, 0);
  if (n > 0)
    point.time = MAX (point.time, g_array_index (self->raw, BoardPoint, n - 1).time);
  g_array_append_val (self->raw, point);
}

/* From what has settled to where the pen is: what it would do if the pen stayed there. */
static void
append_tail (DrawSmoother *self, const BoardPoint *point)
{
  Follower ahead = self->follower;

  for (guint i = 1; i <= TAIL_STEPS; i++)
    {
      follow (&ahead, point, self->lag * TAIL_STEP, self->lag);
      append_at (self, &ahead.second, point->time - self->lag * (1 - (double) i / TAIL_STEPS));
    }
  append_at (self, point, point->time);
}

static void
add_stabilised (DrawSmoother *self, const BoardPoint *point)
{
  g_array_set_size (self->raw, self->n_settled);
  if (self->n_settled == 0)
    {
      self->follower = (Follower){ *point, *point };
      append_at (self, point, point->time);
      self->n_settled = 1;
      return;
    }
  /* Samples that share a millisecond are half of one apart, say. */
  follow (&self->follower, point,
          CLAMP ((double) point->time - self->last.time, 0.5, REST_MAX), self->lag);
  append_at (self, &self->follower.second, point->time - self->lag);
  self->n_settled++;
  append_tail (self, point);
}

guint
draw_smoother_add (DrawSmoother *self, const BoardPoint *point)
{
  g_return_val_if_fail (self != NULL && point != NULL, 0);

  const guint first = self->n_settled > NEIGHBOURS ? self->n_settled - NEIGHBOURS : 0;

  if (self->lag > 0)
    add_stabilised (self, point);
  else
    {
      g_array_append_val (self->raw, *point);
      self->n_settled++;
    }
  self->last = *point;
  g_array_set_size (self->smooth, self->raw->len);
  for (guint i = first; i < self->raw->len; i++)
    smooth_point (self, i);
  return first;
}

guint
draw_smoother_get_step (DrawSmoother *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->lag > 0 ? 1 + DRAW_SMOOTHER_TAIL : 1;
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

  return self->raw->len > 0 ? &self->last : NULL;
}
