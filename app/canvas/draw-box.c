/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-box.h"

#include <math.h>

#include "canvas/draw-shape.h"

/* board_rect_union() would leave out boxes without an area: those of straight lines and dots. */
static void
unite (BoardRect *all, const BoardRect *box)
{
  const double right = MAX (all->x + all->width, box->x + box->width);
  const double bottom = MAX (all->y + all->height, box->y + box->height);

  all->x = MIN (all->x, box->x);
  all->y = MIN (all->y, box->y);
  all->width = right - all->x;
  all->height = bottom - all->y;
}

static void
get_path_box (BoardElement *element, const DrawShapeFrame *frame, BoardRect *box)
{
  g_autoptr (GArray) path = draw_shape_get_points (element, frame);

  for (guint i = 0; i < path->len; i++)
    {
      const DrawKnot *knot = &g_array_index (path, DrawKnot, i);
      const BoardRect point = { knot->x, knot->y, 0, 0 };

      if (i == 0)
        *box = point;
      else
        unite (box, &point);
    }
}

void
draw_box_get (BoardElement *element, BoardRect *box)
{
  BoardStroke *stroke;
  DrawShapeFrame frame;

  g_return_if_fail (element != NULL && box != NULL);

  stroke = board_element_get_stroke (element);
  if (stroke != NULL)
    {
      board_stroke_get_extents (stroke, box);
      box->x += board_element_get_x (element);
      box->y += board_element_get_y (element);
      return;
    }
  draw_shape_get_frame (element, &frame);
  *box = (BoardRect){ 0, 0, frame.width, frame.height };
  if (board_element_get_kind (element) == BOARD_ELEMENT_LINE
      || board_element_get_kind (element) == BOARD_ELEMENT_ARROW)
    get_path_box (element, &frame, box);
  box->x += frame.x;
  box->y += frame.y;
}

void
draw_box_turn (const BoardRect *box, double angle, BoardRect *outer)
{
  const double c = fabs (cos (angle)), s = fabs (sin (angle));
  const double x = box->x + box->width / 2, y = box->y + box->height / 2;
  const double width = box->width * c + box->height * s;
  const double height = box->width * s + box->height * c;

  g_return_if_fail (outer != NULL);

  *outer = (BoardRect){ x - width / 2, y - height / 2, width, height };
}

void
draw_box_get_outer (BoardElement *element, BoardRect *outer)
{
  BoardRect box;

  g_return_if_fail (element != NULL && outer != NULL);

  draw_box_get (element, &box);
  *outer = box;
  if (board_element_get_angle (element) != 0)
    draw_box_turn (&box, board_element_get_angle (element), outer);
}

gboolean
draw_box_get_all (GPtrArray *elements, BoardRect *outer)
{
  g_return_val_if_fail (elements != NULL && outer != NULL, FALSE);

  *outer = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < elements->len; i++)
    {
      BoardRect box;

      draw_box_get_outer (elements->pdata[i], &box);
      if (i == 0)
        *outer = box;
      else
        unite (outer, &box);
    }
  return elements->len > 0;
}

void
draw_box_turn_point (double *x, double *y, double cx, double cy, double angle)
{
  const double dx = *x - cx, dy = *y - cy;

  *x = cx + dx * cos (angle) - dy * sin (angle);
  *y = cy + dx * sin (angle) + dy * cos (angle);
}
