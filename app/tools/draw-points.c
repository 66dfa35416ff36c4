/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-points.h"

#include <math.h>

#include "board/board-elbow.h"
#include "board/board-limits.h"
#include "canvas/draw-shape.h"

#define POINTS_MAX 60

/* (element-type double) pairs in board coordinates. */
static GArray *
get_places (BoardElement *element)
{
  GArray *xy = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) knots = NULL;
  DrawShapeFrame frame;

  draw_shape_get_frame (element, &frame);
  knots = draw_shape_get_points (element, &frame);
  for (guint i = 0; i < knots->len; i++)
    {
      const DrawKnot *knot = &g_array_index (knots, DrawKnot, i);
      const double pair[2] = { frame.x + knot->x, frame.y + knot->y };

      g_array_append_vals (xy, pair, 2);
    }
  return xy;
}

static gboolean
is_elbow (BoardElement *element)
{
  JsonNode *node = board_element_get_prop (element, "elbowed");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

gboolean
draw_points_can_edit (BoardElement *element)
{
  JsonNode *node;

  g_return_val_if_fail (element != NULL, FALSE);

  if (board_element_get_kind (element) != BOARD_ELEMENT_LINE
      && board_element_get_kind (element) != BOARD_ELEMENT_ARROW)
    return FALSE;
  node = board_element_get_prop (element, "points");
  return board_element_get_angle (element) == 0 && !is_elbow (element) && node != NULL
         && JSON_NODE_HOLDS_ARRAY (node)
         && json_array_get_length (json_node_get_array (node)) <= POINTS_MAX;
}

gboolean
draw_points_find (BoardElement *element, double x, double y, double reach, DrawPointHandle *handle)
{
  g_autoptr (GArray) xy = get_places (element);
  const double *places = (const double *) xy->data;
  const guint n = xy->len / 2;

  g_return_val_if_fail (handle != NULL, FALSE);

  for (guint i = 0; i < n; i++)
    if (hypot (x - places[2 * i], y - places[2 * i + 1]) <= reach)
      {
        *handle = (DrawPointHandle){ i, FALSE };
        return TRUE;
      }
  for (guint i = 1; i < n; i++)
    if (hypot (x - (places[2 * i] + places[2 * i - 2]) / 2,
               y - (places[2 * i + 1] + places[2 * i - 1]) / 2)
        <= reach)
      {
        *handle = (DrawPointHandle){ i, TRUE };
        return TRUE;
      }
  return FALSE;
}

void
draw_points_add_marks (BoardElement *element, GArray *marks)
{
  g_autoptr (GArray) xy = get_places (element);
  const double *places = (const double *) xy->data;

  g_return_if_fail (marks != NULL);

  for (guint i = 0; i < xy->len / 2; i++)
    {
      if (i > 0)
        draw_mark_add_handle (marks, DRAW_MARK_DOT, (places[2 * i] + places[2 * i - 2]) / 2,
                              (places[2 * i + 1] + places[2 * i - 1]) / 2, 0);
      draw_mark_add_handle (marks, DRAW_MARK_KNOB, places[2 * i], places[2 * i + 1], 0);
    }
}

void
draw_points_add_chosen_mark (BoardElement *element, guint index, GArray *marks)
{
  g_autoptr (GArray) xy = get_places (element);
  const double *places = (const double *) xy->data;

  g_return_if_fail (marks != NULL);

  if (index < xy->len / 2)
    draw_mark_add_handle (marks, DRAW_MARK_CHOSEN, places[2 * index], places[2 * index + 1], 0);
}

void
draw_points_set (JsonObject *props, const double *xy, guint n)
{
  JsonArray *points = json_array_new ();
  double left = xy[0], top = xy[1], right = xy[0], bottom = xy[1];

  for (guint i = 0; i < n; i++)
    {
      JsonArray *pair = json_array_new ();

      json_array_add_double_element (pair, xy[2 * i] - xy[0]);
      json_array_add_double_element (pair, xy[2 * i + 1] - xy[1]);
      json_array_add_array_element (points, pair);
      left = MIN (left, xy[2 * i]);
      right = MAX (right, xy[2 * i]);
      top = MIN (top, xy[2 * i + 1]);
      bottom = MAX (bottom, xy[2 * i + 1]);
    }
  json_object_set_array_member (props, "points", points);
  json_object_set_double_member (props, "x", xy[0]);
  json_object_set_double_member (props, "y", xy[1]);
  json_object_set_double_member (props, "width", right - left);
  json_object_set_double_member (props, "height", bottom - top);
}

void
draw_points_move (DrawEdit *edit,
                  BoardElement *element,
                  const DrawPointHandle *handle,
                  double x,
                  double y)
{
  g_autoptr (GArray) xy = get_places (element);
  g_autoptr (JsonObject) props = json_object_new ();
  const double max = BOARD_COORDINATE_MAX / 2;
  const double pair[2] = { CLAMP (x, -max, max), CLAMP (y, -max, max) };

  g_return_if_fail (edit != NULL && handle != NULL);

  if (handle->is_new)
    g_array_insert_vals (xy, 2 * handle->index, pair, 2);
  else
    {
      g_array_index (xy, double, 2 * handle->index) = pair[0];
      g_array_index (xy, double, 2 * handle->index + 1) = pair[1];
    }
  draw_points_set (props, (const double *) xy->data, xy->len / 2);
  draw_edit_set (edit, board_element_get_id (element), props);
}

gboolean
draw_points_remove (DrawEdit *edit, BoardElement *element, guint index)
{
  g_autoptr (GArray) xy = get_places (element);
  g_autoptr (JsonObject) props = json_object_new ();
  const guint n = xy->len / 2;

  g_return_val_if_fail (edit != NULL, FALSE);

  if (n <= 2 || index >= n)
    return FALSE;
  g_array_remove_range (xy, 2 * index, 2);
  draw_points_set (props, (const double *) xy->data, n - 1);
  if (index == 0 || index + 1 == n)
    json_object_set_null_member (props, index == 0 ? "startBinding" : "endBinding");
  draw_edit_set (edit, board_element_get_id (element), props);
  return TRUE;
}

gboolean
draw_points_is_end (BoardElement *element, const DrawPointHandle *handle, gboolean *at_end)
{
  g_autoptr (GArray) xy = get_places (element);

  g_return_val_if_fail (handle != NULL && at_end != NULL, FALSE);

  *at_end = handle->index > 0;
  return !handle->is_new && (handle->index == 0 || handle->index + 1 == xy->len / 2);
}

/* Along the axis that is the longer way. */
static BoardHeading
get_heading (const double from[2], const double to[2])
{
  const double dx = to[0] - from[0], dy = to[1] - from[1];

  if (fabs (dx) >= fabs (dy))
    return dx >= 0 ? BOARD_HEADING_RIGHT : BOARD_HEADING_LEFT;
  return dy >= 0 ? BOARD_HEADING_DOWN : BOARD_HEADING_UP;
}

GArray *
draw_points_route (const double from[2], const double to[2])
{
  const BoardElbowEnd start = { from[0], from[1], get_heading (from, to), { 0, 0, 0, 0 } };
  const BoardElbowEnd end = { to[0], to[1], get_heading (to, from), { 0, 0, 0, 0 } };
  g_autoptr (GArray) way = board_elbow_route (&start, &end);
  GArray *xy = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < way->len; i++)
    {
      const BoardElbowPoint *point = &g_array_index (way, BoardElbowPoint, i);
      const double pair[2] = { point->x, point->y };

      g_array_append_vals (xy, pair, 2);
    }
  return xy;
}

void
draw_points_set_elbowed (DrawEdit *edit, BoardElement *element, gboolean elbowed)
{
  g_autoptr (GArray) xy = get_places (element);
  const double *places = (const double *) xy->data;
  const double ends[4] = { places[0], places[1], places[xy->len - 2], places[xy->len - 1] };
  g_autoptr (GArray) route = draw_points_route (&ends[0], &ends[2]);
  g_autoptr (JsonObject) props = json_object_new ();

  g_return_if_fail (edit != NULL);

  if (elbowed)
    draw_points_set (props, (const double *) route->data, route->len / 2);
  else
    draw_points_set (props, ends, 2);
  draw_edit_set (edit, board_element_get_id (element), props);
}
