/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-lasso.h"

#include <math.h>

#include "canvas/draw-box.h"

typedef struct {
  double x, y;
} Point;

struct _DrawLasso {
  GArray *points; /* (element-type Point) */
};

/* A loop of more points has every second one left out: asking it takes as long as it has points. */
#define POINTS_MAX 2000

DrawLasso *
draw_lasso_new (double x, double y)
{
  DrawLasso *self = g_new0 (DrawLasso, 1);
  const Point point = { x, y };

  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  g_array_append_val (self->points, point);
  return self;
}

void
draw_lasso_free (DrawLasso *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->points);
  g_free (self);
}

static void
thin_out (DrawLasso *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->points->len; i += 2)
    g_array_index (self->points, Point, kept++) = g_array_index (self->points, Point, i);
  g_array_set_size (self->points, kept);
}

void
draw_lasso_add (DrawLasso *self, double x, double y, double step)
{
  const Point point = { x, y };
  const Point *last;

  g_return_if_fail (self != NULL);

  last = &g_array_index (self->points, Point, self->points->len - 1);
  if (!isfinite (x) || !isfinite (y) || hypot (x - last->x, y - last->y) < step)
    return;
  if (self->points->len >= POINTS_MAX)
    thin_out (self);
  g_array_append_val (self->points, point);
}

void
draw_lasso_get_bounds (DrawLasso *self, BoardRect *bounds)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  g_return_if_fail (self != NULL && bounds != NULL);

  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *point = &g_array_index (self->points, Point, i);

      left = MIN (left, point->x);
      right = MAX (right, point->x);
      top = MIN (top, point->y);
      bottom = MAX (bottom, point->y);
    }
  *bounds = (BoardRect){ left, top, right - left, bottom - top };
}

/* Even-odd: how often a ray to the right crosses the loop. */
gboolean
draw_lasso_contains_point (DrawLasso *self, double x, double y)
{
  gboolean inside = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *a = &g_array_index (self->points, Point, i);
      const Point *b = &g_array_index (self->points, Point, (i + 1) % self->points->len);

      if ((a->y > y) != (b->y > y) && x < a->x + (b->x - a->x) * (y - a->y) / (b->y - a->y))
        inside = !inside;
    }
  return inside;
}

static gboolean
contains_stroke (DrawLasso *self, BoardElement *element)
{
  BoardStrokeReader reader;
  BoardPoint point;

  board_stroke_reader_init (&reader, board_element_get_stroke (element));
  while (board_stroke_reader_next (&reader, &point))
    if (!draw_lasso_contains_point (self, board_element_get_x (element) + point.x,
                                    board_element_get_y (element) + point.y))
      return FALSE;
  return TRUE;
}

/* Of what is round or pointed the corners of the box are no part: the middles of its sides are. */
static gboolean
contains_box (DrawLasso *self, BoardElement *element)
{
  const BoardElementType kind = board_element_get_kind (element);
  const gboolean by_sides = kind == BOARD_ELEMENT_ELLIPSE || kind == BOARD_ELEMENT_DIAMOND;
  BoardRect box;

  draw_box_get (element, &box);
  for (guint i = 0; i < 4; i++)
    {
      double x = box.x + box.width * (by_sides ? (i % 2 == 0 ? 0.5 : i == 1 ? 1 : 0) : i % 2);
      double y = box.y + box.height * (by_sides ? (i % 2 == 1 ? 0.5 : i == 2 ? 1 : 0) : i / 2);

      draw_box_turn_point (&x, &y, box.x + box.width / 2, box.y + box.height / 2,
                           board_element_get_angle (element));
      if (!draw_lasso_contains_point (self, x, y))
        return FALSE;
    }
  return TRUE;
}

gboolean
draw_lasso_contains (DrawLasso *self, BoardElement *element)
{
  g_return_val_if_fail (self != NULL && element != NULL, FALSE);

  if (board_element_get_stroke (element) != NULL && board_element_get_angle (element) == 0)
    return contains_stroke (self, element);
  return contains_box (self, element);
}

void
draw_lasso_add_marks (DrawLasso *self, GArray *marks)
{
  g_return_if_fail (self != NULL && marks != NULL);

  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *a = &g_array_index (self->points, Point, i);
      const Point *b = &g_array_index (self->points, Point, (i + 1) % self->points->len);

      draw_mark_add_line (marks, DRAW_MARK_LINE, a->x, a->y, b->x, b->y);
    }
}
