/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-frame.h"

#include <math.h>

#include "canvas/draw-box.h"

/* Widget pixels. */
#define REACH 8.0
#define TURN_DISTANCE 22.0
/* Handles in the middle of a side shorter than that would be in the way of the others. */
#define SIDE_MIN 36.0
#define SCALE_MIN 0.001

void
draw_frame_get_side (DrawHandle handle, int *column, int *row)
{
  static const signed char sides[][2] = {
    [DRAW_HANDLE_NONE] = { 0, 0 },  [DRAW_HANDLE_NW] = { -1, -1 }, [DRAW_HANDLE_N] = { 0, -1 },
    [DRAW_HANDLE_NE] = { 1, -1 },   [DRAW_HANDLE_E] = { 1, 0 },    [DRAW_HANDLE_SE] = { 1, 1 },
    [DRAW_HANDLE_S] = { 0, 1 },     [DRAW_HANDLE_SW] = { -1, 1 },  [DRAW_HANDLE_W] = { -1, 0 },
    [DRAW_HANDLE_TURN] = { 0, -1 },
  };

  g_return_if_fail (handle <= DRAW_HANDLE_TURN);

  *column = sides[handle][0];
  *row = sides[handle][1];
}

static void
get_place (const DrawFrame *self, DrawHandle handle, double scale, double *x, double *y)
{
  const double margin = DRAW_MARK_MARGIN / scale;
  const double cx = self->box.x + self->box.width / 2, cy = self->box.y + self->box.height / 2;
  int column, row;

  draw_frame_get_side (handle, &column, &row);
  *x = cx + column * (self->box.width / 2 + margin);
  *y = cy + row * (self->box.height / 2 + margin);
  if (handle == DRAW_HANDLE_TURN)
    *y -= TURN_DISTANCE / scale;
  draw_box_turn_point (x, y, cx, cy, self->angle);
}

static gboolean
has_handle (const DrawFrame *self, DrawHandle handle, double scale)
{
  if (handle == DRAW_HANDLE_N || handle == DRAW_HANDLE_S)
    return self->box.width * scale >= SIDE_MIN;
  if (handle == DRAW_HANDLE_E || handle == DRAW_HANDLE_W)
    return self->box.height * scale >= SIDE_MIN;
  return TRUE;
}

/* Of a small frame the handles overlap: the nearest is meant. */
DrawHandle
draw_frame_find (const DrawFrame *self, double x, double y, double scale)
{
  DrawHandle best = DRAW_HANDLE_NONE;
  double nearest = REACH;

  g_return_val_if_fail (self != NULL && scale > 0, DRAW_HANDLE_NONE);

  for (DrawHandle handle = DRAW_HANDLE_NW; handle <= DRAW_HANDLE_TURN; handle++)
    {
      double handle_x, handle_y, distance;

      if (!has_handle (self, handle, scale))
        continue;
      get_place (self, handle, scale, &handle_x, &handle_y);
      distance = hypot (x - handle_x, y - handle_y) * scale;
      if (distance > nearest)
        continue;
      nearest = distance;
      best = handle;
    }
  return best;
}

static void
add_handle (const DrawFrame *self, DrawHandle handle, double scale, GArray *marks)
{
  double x, y;

  if (!has_handle (self, handle, scale))
    return;
  get_place (self, handle, scale, &x, &y);
  draw_mark_add_handle (marks, handle == DRAW_HANDLE_TURN ? DRAW_MARK_KNOB : DRAW_MARK_HANDLE, x, y,
                        self->angle);
}

void
draw_frame_add_side_marks (const DrawFrame *self, double scale, GArray *marks)
{
  g_return_if_fail (self != NULL && marks != NULL && scale > 0);

  draw_mark_add_box (marks, DRAW_MARK_FRAME, &self->box, self->angle);
  for (DrawHandle handle = DRAW_HANDLE_NW; handle < DRAW_HANDLE_TURN; handle++)
    add_handle (self, handle, scale, marks);
}

void
draw_frame_add_marks (const DrawFrame *self, double scale, GArray *marks)
{
  draw_frame_add_side_marks (self, scale, marks);
  add_handle (self, DRAW_HANDLE_TURN, scale, marks);
}

const char *
draw_frame_get_cursor (const DrawFrame *self, DrawHandle handle)
{
  static const char *const cursors[] = { "ew-resize", "nwse-resize", "ns-resize", "nesw-resize" };
  int column, row;
  double direction;

  g_return_val_if_fail (self != NULL, NULL);

  if (handle == DRAW_HANDLE_NONE)
    return NULL;
  if (handle == DRAW_HANDLE_TURN)
    return "grab";
  draw_frame_get_side (handle, &column, &row);
  direction = atan2 (row, column) + self->angle;
  return cursors[((int) lround (direction / (G_PI / 4)) % 4 + 4) % 4];
}

static double
drag_side (double side, int direction, double way, gboolean by_middle)
{
  const double factor
      = side > 0 && direction != 0 ? 1 + direction * way * (by_middle ? 2 : 1) / side : 1;

  return fabs (factor) < SCALE_MIN ? copysign (SCALE_MIN, factor) : factor;
}

void
draw_frame_drag (const DrawFrame *self,
                 DrawHandle handle,
                 double dx,
                 double dy,
                 gboolean by_middle,
                 gboolean in_ratio,
                 double *sx,
                 double *sy)
{
  int column, row;

  g_return_if_fail (self != NULL && sx != NULL && sy != NULL);

  draw_frame_get_side (handle, &column, &row);
  draw_box_turn_point (&dx, &dy, 0, 0, -self->angle);
  *sx = drag_side (self->box.width, column, dx, by_middle);
  *sy = drag_side (self->box.height, row, dy, by_middle);
  if (!in_ratio)
    return;
  if (column != 0 && row != 0)
    {
      const double larger = MAX (fabs (*sx), fabs (*sy));

      *sx = copysign (larger, *sx);
      *sy = copysign (larger, *sy);
    }
  else if (column != 0)
    *sy = fabs (*sx);
  else
    *sx = fabs (*sy);
}
