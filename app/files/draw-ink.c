/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-ink.h"

#include <math.h>

#include "board/board-fields.h"
#include "board/board-limits.h"
#include "board/board-stroke.h"
#include "files/draw-props.h"

/* Half a step of the packed precision, and air for the rounding of the text. */
#define SAME_PLACE (0.5 / 16 + 1e-6)
#define SAME_PRESSURE (1.0 / 1023)
/* Units between samples, on average. */
#define FINE_STEP 0.5

static gboolean
get_place (JsonNode *node, BoardPoint *point)
{
  JsonArray *pair;

  *point = (BoardPoint){ 0, 0, 0.5f };
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  pair = json_node_get_array (node);
  return json_array_get_length (pair) >= 2
         && board_node_number (json_array_get_element (pair, 0), &point->x)
         && board_node_number (json_array_get_element (pair, 1), &point->y);
}

/* (element-type BoardPoint) */
static GArray *
read_points (JsonObject *props)
{
  JsonArray *array = draw_props_get_array (props, "points");
  JsonArray *pressures = draw_props_get_array (props, "pressures");
  guint n = array != NULL ? json_array_get_length (array) : 0;
  guint n_pressures = pressures != NULL ? json_array_get_length (pressures) : 0;
  /* Evenly thinned where there are more than a stroke can have; the last one always stays. */
  guint step = n > BOARD_MAX_POINTS ? (n + BOARD_MAX_POINTS - 2) / (BOARD_MAX_POINTS - 1) : 1;
  GArray *points = g_array_new (FALSE, FALSE, sizeof (BoardPoint));

  for (guint i = 0; i < n; i = (i + step >= n && i + 1 < n) ? n - 1 : i + step)
    {
      BoardPoint point;
      double pressure = 0.5;

      if (!get_place (json_array_get_element (array, i), &point))
        continue;
      if (i < n_pressures)
        board_node_number (json_array_get_element (pressures, i), &pressure);
      point.pressure = (float) CLAMP (pressure, 0, 1);
      g_array_append_val (points, point);
    }
  return points;
}

static void
write_points (JsonObject *props, const BoardPoint *points, gsize n)
{
  JsonArray *array = json_array_sized_new ((guint) n);

  for (gsize i = 0; i < n; i++)
    {
      JsonArray *pair = json_array_sized_new (2);

      json_array_add_double_element (pair, points[i].x);
      json_array_add_double_element (pair, points[i].y);
      json_array_add_array_element (array, pair);
    }
  json_object_set_array_member (props, "points", array);
}

static void
add_to_number (JsonObject *props, const char *name, double way)
{
  json_object_set_double_member (props, name, draw_props_get_number (props, name, 0) + way);
}

static void
start_at_origin (JsonObject *props, GArray *points)
{
  BoardPoint first;

  if (points->len == 0)
    return;
  first = g_array_index (points, BoardPoint, 0);
  if (first.x == 0 && first.y == 0)
    return;
  for (guint i = 0; i < points->len; i++)
    {
      g_array_index (points, BoardPoint, i).x -= first.x;
      g_array_index (points, BoardPoint, i).y -= first.y;
    }
  add_to_number (props, "x", first.x);
  add_to_number (props, "y", first.y);
}

void
draw_ink_mend_path (JsonObject *props)
{
  g_autoptr (GArray) points = read_points (props);

  start_at_origin (props, points);
  if (points->len < 2)
    {
      const BoardPoint ends[2]
          = { { 0, 0 },
              { draw_props_get_number (props, "width", 0),
                draw_props_get_number (props, "height", 0) } };

      g_array_set_size (points, 0);
      g_array_append_vals (points, ends, 2);
    }
  write_points (props, (const BoardPoint *) points->data, points->len);
}

static gboolean
says_the_same (BoardStroke *stroke, GArray *points)
{
  gsize n;
  const BoardPoint *packed = board_stroke_get_points (stroke, &n);

  if (n != points->len)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      const BoardPoint *point = &g_array_index (points, BoardPoint, i);

      if (fabs (packed[i].x - point->x) > SAME_PLACE || fabs (packed[i].y - point->y) > SAME_PLACE
          || fabs ((double) packed[i].pressure - (double) point->pressure) > SAME_PRESSURE)
        return FALSE;
    }
  return TRUE;
}

static BoardStroke *
read_packed (JsonObject *props, GArray *points)
{
  const char *text = draw_props_get_text (props, "packed");
  g_autoptr (BoardStroke) stroke = text != NULL ? board_stroke_unpack (text, NULL) : NULL;

  return stroke != NULL && says_the_same (stroke, points) ? g_steal_pointer (&stroke) : NULL;
}

static void
scale_width (JsonObject *props, double factor)
{
  const double width = draw_props_get_number (props, "strokeWidth", 2) * factor;

  json_object_set_double_member (props, "strokeWidth", round (width * 1e6) / 1e6);
}

/* What is denser than pixels at 100 % was drawn from near. */
static BoardPrecision
choose_precision (const BoardPoint *points, gsize n)
{
  double way = 0;

  for (gsize i = 1; i < n; i++)
    way += hypot (points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  return way < FINE_STEP * (double) (n - 1) ? BOARD_PRECISION_FINE : BOARD_PRECISION_USUAL;
}

gboolean
draw_ink_pack (JsonObject *props)
{
  g_autoptr (GArray) points = read_points (props);
  g_autoptr (BoardStroke) stroke = NULL;
  g_autofree char *text = NULL;

  if (points->len == 0)
    return FALSE;
  stroke = read_packed (props, points);
  if (stroke == NULL)
    stroke = board_stroke_new_with_precision (
        (const BoardPoint *) points->data, points->len,
        choose_precision ((const BoardPoint *) points->data, points->len));
  text = board_stroke_pack (stroke);
  json_object_set_string_member (props, "points", text);
  json_object_remove_member (props, "pressures");
  json_object_remove_member (props, "packed");
  scale_width (props, DRAW_INK_WIDTH_FACTOR);
  return TRUE;
}

static gboolean
has_more_than_pressure (const BoardPoint *points, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (points[i].time != 0 || points[i].tilt_x != 0 || points[i].tilt_y != 0)
      return TRUE;
  return FALSE;
}

void
draw_ink_unpack (JsonObject *props)
{
  g_autofree char *text = g_strdup (draw_props_get_text (props, "points"));
  g_autoptr (BoardStroke) stroke = text != NULL ? board_stroke_unpack (text, NULL) : NULL;
  g_autoptr (JsonArray) pressures = json_array_new ();
  const BoardPoint *points;
  gsize n;

  if (stroke == NULL)
    return;
  points = board_stroke_get_points (stroke, &n);
  write_points (props, points, n);
  for (gsize i = 0; board_stroke_has_pressure (stroke) && i < n; i++)
    json_array_add_double_element (pressures, round ((double) points[i].pressure * 1e3) / 1e3);
  json_object_set_array_member (props, "pressures", g_steal_pointer (&pressures));
  if (has_more_than_pressure (points, n))
    json_object_set_string_member (props, "packed", text);
  scale_width (props, 1 / DRAW_INK_WIDTH_FACTOR);
}

void
draw_ink_add_size (JsonObject *props)
{
  g_autoptr (GArray) points = read_points (props);
  double left = 0, right = 0, top = 0, bottom = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const BoardPoint *point = &g_array_index (points, BoardPoint, i);

      left = MIN (left, point->x);
      right = MAX (right, point->x);
      top = MIN (top, point->y);
      bottom = MAX (bottom, point->y);
    }
  draw_props_default_number (props, "width", right - left);
  draw_props_default_number (props, "height", bottom - top);
}
