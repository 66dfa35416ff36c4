/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-shape.h"

#include <math.h>

#include "board/board-limits.h"

#define LINE_WIDTH_MAX 200.0
#define PATH_POINTS_MAX BOARD_MAX_POINTS

/* Excalidraw's sizes (packages/element/src: arrowheads and roundness). */
#define ARROWHEAD_LENGTH 25.0
#define ARROWHEAD_ANGLE (20 * G_PI / 180)
#define ROUND_ADAPTIVE 32.0
#define ROUND_SHARE 0.25

double
draw_shape_get_number (BoardElement *element,
                       const char *name,
                       double low,
                       double high,
                       double otherwise)
{
  JsonNode *node = board_element_get_prop (element, name);
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return otherwise;
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE
      && json_node_get_value_type (node) != G_TYPE_INT64)
    return otherwise;
  value = json_node_get_double (node);
  return isfinite (value) ? CLAMP (value, low, high) : otherwise;
}

const char *
draw_shape_get_text (BoardElement *element, const char *name)
{
  JsonNode *node = board_element_get_prop (element, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

void
draw_shape_get_frame (BoardElement *element, DrawShapeFrame *frame)
{
  const double max = BOARD_COORDINATE_MAX;

  g_return_if_fail (element != NULL && frame != NULL);

  const double width = board_element_get_stroke_width (element);

  frame->x = CLAMP (board_element_get_x (element), -max, max);
  frame->y = CLAMP (board_element_get_y (element), -max, max);
  frame->angle = fmod (CLAMP (board_element_get_angle (element), -1e6, 1e6), 2 * G_PI);
  frame->width = frame->height = 0;
  /* Asking for a property makes an element keep a tree of them all, which a stroke can do without.
   */
  if (board_element_get_kind (element) != BOARD_ELEMENT_FREEDRAW)
    {
      frame->width = draw_shape_get_number (element, "width", -max, max, 0);
      frame->height = draw_shape_get_number (element, "height", -max, max, 0);
    }
  frame->line_width = isfinite (width) ? CLAMP (width, 0, LINE_WIDTH_MAX) : 1;
}

static void
add_knot (GArray *knots, const DrawShapeFrame *frame, double x, double y)
{
  const DrawKnot knot = { x, y, MAX (frame->line_width / 2, 0.01) };

  g_array_append_val (knots, knot);
}

/* A quarter of an ellipse about (x, y), from angle @start on; both ends included. */
static void
add_quarter (GArray *knots,
             const DrawShapeFrame *frame,
             double x,
             double y,
             double rx,
             double ry,
             double start,
             double tolerance)
{
  const double r = MAX (MAX (fabs (rx), fabs (ry)), tolerance);
  const double step = 2 * acos (1 - MIN (tolerance / r, 0.5));
  const guint n = (guint) CLAMP (ceil (G_PI / 2 / step), 1, 256);

  for (guint i = 0; i <= n; i++)
    {
      const double angle = start + G_PI / 2 * i / n;

      add_knot (knots, frame, x + rx * cos (angle), y + ry * sin (angle));
    }
}

static void
add_ellipse (GArray *knots, const DrawShapeFrame *frame, double tolerance)
{
  const double rx = frame->width / 2, ry = frame->height / 2;

  for (guint quarter = 0; quarter < 4; quarter++)
    add_quarter (knots, frame, rx, ry, rx, ry, quarter * G_PI / 2, tolerance);
}

static double
get_corner_radius (BoardElement *element, const DrawShapeFrame *frame)
{
  const double side = MIN (fabs (frame->width), fabs (frame->height));
  JsonNode *node = board_element_get_prop (element, "roundness");

  if (board_element_get_kind (element) == BOARD_ELEMENT_NOTE)
    return MIN (4, side / 2);
  if (board_element_get_kind (element) == BOARD_ELEMENT_FRAME)
    return MIN (8, side / 2);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;

  JsonObject *roundness = json_node_get_object (node);
  if (json_object_get_int_member_with_default (roundness, "type", 0) != 3)
    return side * ROUND_SHARE;
  return MIN (side * ROUND_SHARE, ROUND_ADAPTIVE);
}

static void
add_rectangle (GArray *knots, BoardElement *element, const DrawShapeFrame *frame, double tolerance)
{
  const double r = get_corner_radius (element, frame);
  const double left = MIN (0, frame->width), right = MAX (0, frame->width);
  const double top = MIN (0, frame->height), bottom = MAX (0, frame->height);
  const double corners[4][2] = { { right - r, bottom - r },
                                 { left + r, bottom - r },
                                 { left + r, top + r },
                                 { right - r, top + r } };

  for (guint i = 0; i < 4; i++)
    if (r > 0)
      add_quarter (knots, frame, corners[i][0], corners[i][1], r, r, i * G_PI / 2, tolerance);
    else
      add_knot (knots, frame, corners[i][0], corners[i][1]);
}

static void
add_diamond (GArray *knots, const DrawShapeFrame *frame)
{
  add_knot (knots, frame, frame->width / 2, 0);
  add_knot (knots, frame, frame->width, frame->height / 2);
  add_knot (knots, frame, frame->width / 2, frame->height);
  add_knot (knots, frame, 0, frame->height / 2);
}

GArray *
draw_shape_get_ring (BoardElement *element, const DrawShapeFrame *frame, double tolerance)
{
  GArray *knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));

  g_return_val_if_fail (element != NULL && frame != NULL && tolerance > 0, knots);

  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_ELLIPSE:
      add_ellipse (knots, frame, tolerance);
      break;
    case BOARD_ELEMENT_DIAMOND:
      add_diamond (knots, frame);
      break;
    default:
      add_rectangle (knots, element, frame, tolerance);
    }
  const DrawKnot first = g_array_index (knots, DrawKnot, 0);
  g_array_append_val (knots, first);
  return knots;
}

static gboolean
get_pair (JsonNode *node, double *x, double *y)
{
  JsonArray *pair;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  pair = json_node_get_array (node);
  if (json_array_get_length (pair) < 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *number = json_array_get_element (pair, i);

      if (!JSON_NODE_HOLDS_VALUE (number)
          || (json_node_get_value_type (number) != G_TYPE_DOUBLE
              && json_node_get_value_type (number) != G_TYPE_INT64))
        return FALSE;
    }
  *x = json_array_get_double_element (pair, 0);
  *y = json_array_get_double_element (pair, 1);
  return isfinite (*x) && isfinite (*y) && fabs (*x) <= 2 * BOARD_COORDINATE_MAX
         && fabs (*y) <= 2 * BOARD_COORDINATE_MAX;
}

static void
add_packed (GArray *knots, const DrawShapeFrame *frame, const char *text)
{
  g_autoptr (BoardStroke) stroke = board_stroke_unpack (text, NULL);
  gsize n_points = 0;
  const BoardPoint *points = stroke != NULL ? board_stroke_get_points (stroke, &n_points) : NULL;

  for (gsize i = 0; i < n_points; i++)
    add_knot (knots, frame, points[i].x, points[i].y);
}

static void
add_pairs (GArray *knots, const DrawShapeFrame *frame, JsonArray *points)
{
  const guint n = MIN (json_array_get_length (points), PATH_POINTS_MAX);
  double x, y;

  for (guint i = 0; i < n; i++)
    if (get_pair (json_array_get_element (points, i), &x, &y))
      add_knot (knots, frame, x, y);
}

GArray *
draw_shape_get_path (BoardElement *element, const DrawShapeFrame *frame)
{
  GArray *knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  JsonNode *node;

  g_return_val_if_fail (element != NULL && frame != NULL, knots);

  node = board_element_get_prop (element, "points");
  if (draw_shape_get_text (element, "points") != NULL)
    add_packed (knots, frame, draw_shape_get_text (element, "points"));
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    add_pairs (knots, frame, json_node_get_array (node));
  if (knots->len < 2)
    {
      g_array_set_size (knots, 0);
      add_knot (knots, frame, 0, 0);
      add_knot (knots, frame, frame->width, frame->height);
    }
  return knots;
}

GArray *
draw_shape_get_arrowhead (BoardElement *element,
                          const DrawShapeFrame *frame,
                          GArray *path,
                          gboolean at_end)
{
  const char *kind = draw_shape_get_text (element, at_end ? "endArrowhead" : "startArrowhead");
  GArray *knots;

  g_return_val_if_fail (path != NULL && path->len >= 2, NULL);

  if (kind == NULL)
    return NULL;

  const DrawKnot tip = g_array_index (path, DrawKnot, at_end ? path->len - 1 : 0);
  const DrawKnot from = g_array_index (path, DrawKnot, at_end ? path->len - 2 : 1);
  const double length = hypot (tip.x - from.x, tip.y - from.y);
  const double size = MIN (ARROWHEAD_LENGTH, length / 2);
  const double back = atan2 (from.y - tip.y, from.x - tip.x);
  const double angle = g_str_equal (kind, "bar") ? G_PI / 2 : ARROWHEAD_ANGLE;

  if (size <= 0)
    return NULL;
  knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  add_knot (knots, frame, tip.x + size * cos (back - angle), tip.y + size * sin (back - angle));
  add_knot (knots, frame, tip.x, tip.y);
  add_knot (knots, frame, tip.x + size * cos (back + angle), tip.y + size * sin (back + angle));
  if (g_str_has_prefix (kind, "triangle"))
    {
      const DrawKnot first = g_array_index (knots, DrawKnot, 0);

      g_array_append_val (knots, first);
    }
  return knots;
}
