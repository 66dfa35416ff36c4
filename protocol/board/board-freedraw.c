/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pen has drawn becomes an element. */
#include "board/board-element.h"

#include <math.h>

#include "board-schema.h"
#include "board/board-limits.h"

/* As points are rounded. */
static double
round_place (double value, BoardPrecision precision)
{
  const double steps = precision == BOARD_PRECISION_FINE ? 1024 : 16;

  value = isfinite (value) ? CLAMP (value, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX) : 0;
  return round (value * steps) / steps;
}

/* The points relative to x, y, packed. */
static char *
pack_relative (double x,
               double y,
               const BoardPoint *points,
               gsize n_points,
               BoardPrecision precision)
{
  g_autofree BoardPoint *moved = g_memdup2 (points, n_points * sizeof *points);
  g_autoptr (BoardStroke) stroke = NULL;

  for (gsize i = 0; i < n_points; i++)
    {
      moved[i].x -= x;
      moved[i].y -= y;
    }
  stroke = board_stroke_new_with_precision (moved, n_points, precision);
  return board_stroke_pack (stroke);
}

BoardElement *
board_element_new_freedraw (const char *id,
                            const char *index,
                            const char *color,
                            double width,
                            const BoardPoint *points,
                            gsize n_points)
{
  return board_element_new_freedraw_with_precision (id, index, color, width, points, n_points,
                                                    BOARD_PRECISION_USUAL);
}

BoardElement *
board_element_new_freedraw_with_precision (const char *id,
                                           const char *index,
                                           const char *color,
                                           double width,
                                           const BoardPoint *points,
                                           gsize n_points,
                                           BoardPrecision precision)
{
  g_autoptr (JsonObject) props = NULL;
  g_autofree char *packed = NULL;
  g_autoptr (GError) error = NULL;
  BoardElement *self;
  double x, y;

  g_return_val_if_fail (id != NULL && board_schema_id_is_valid (id), NULL);
  g_return_val_if_fail (index != NULL, NULL);
  g_return_val_if_fail (color != NULL && board_schema_color_is_valid (color), NULL);
  g_return_val_if_fail (points != NULL && n_points >= 1 && n_points <= BOARD_MAX_POINTS, NULL);

  x = round_place (points[0].x, precision);
  y = round_place (points[0].y, precision);
  packed = pack_relative (x, y, points, n_points, precision);
  props = json_object_new ();
  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "type", "freedraw");
  json_object_set_string_member (props, "index", index);
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y);
  json_object_set_string_member (props, "strokeColor", color);
  json_object_set_double_member (props, "strokeWidth",
                                 CLAMP (width, BOARD_STROKE_WIDTH_MIN, BOARD_STROKE_WIDTH_MAX));
  json_object_set_string_member (props, "points", packed);
  self = board_element_new (props, &error);
  if (self == NULL)
    g_critical ("A stroke cannot be: %s", error->message);
  return self;
}
