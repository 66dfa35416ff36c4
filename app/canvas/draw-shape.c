/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-shape.h"

#include <math.h>

#include "board/board-limits.h"

#define LINE_WIDTH_MAX 200.0
#define PATH_POINTS_MAX BOARD_MAX_POINTS

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

gboolean
draw_shape_is_highlighter (BoardElement *element)
{
  JsonNode *node = board_element_get_prop (element, "customData");
  JsonNode *highlighter;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  highlighter = json_object_get_member (json_node_get_object (node), "highlighter");
  return highlighter != NULL && JSON_NODE_HOLDS_VALUE (highlighter)
         && json_node_get_value_type (highlighter) == G_TYPE_BOOLEAN
         && json_node_get_boolean (highlighter);
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
draw_shape_get_points (BoardElement *element, const DrawShapeFrame *frame)
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
