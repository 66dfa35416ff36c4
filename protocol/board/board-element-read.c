/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What every query asks of an element, taken from its properties. */
#include "board-element-layout.h"

#include <string.h>

#include "board-fields.h"
#include "board-gaps-private.h"

gboolean
board_element_find_change (JsonObject *changes, const char *name, JsonNode **node)
{
  *node = json_object_get_member (changes, name);
  if (*node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (*node))
    *node = NULL;
  return TRUE;
}

static void
read_number (JsonObject *changes, const char *name, double fallback, double *number)
{
  JsonNode *node;

  if (board_element_find_change (changes, name, &node) && !board_node_number (node, number))
    *number = fallback;
}

/* A board has few colours: they are shared. */
static void
read_color (JsonObject *changes, char **color)
{
  const char *text = BOARD_DEFAULT_COLOR;
  JsonNode *node;

  if (!board_element_find_change (changes, "strokeColor", &node) && *color != NULL)
    return;
  if (node != NULL)
    board_node_string (node, &text);
  g_clear_pointer (color, g_ref_string_release);
  *color = g_ref_string_new_intern (text);
}

/* The elements of a frame share its id. */
static void
read_frame (JsonObject *changes, char **frame)
{
  const char *text;
  JsonNode *node;

  if (!board_element_find_change (changes, "frameId", &node))
    return;
  g_clear_pointer (frame, g_ref_string_release);
  if (node != NULL && board_node_string (node, &text))
    *frame = g_ref_string_new_intern (text);
}

static void
read_boolean (JsonObject *changes, const char *name, bool *value)
{
  JsonNode *node;

  if (board_element_find_change (changes, name, &node))
    *value = node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static gboolean
color_is_seen (const char *color)
{
  return !g_str_equal (color, "transparent")
         && !(strlen (color) == 9 && g_str_has_suffix (color, "00"));
}

/* Whether a property says nothing but what holds where it is absent. */
static gboolean
is_usual (const char *name, JsonNode *node)
{
  const char *text;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!board_node_string (node, &text))
    return FALSE;
  return g_str_equal (name, "strokeStyle") ? g_str_equal (text, "solid") : !color_is_seen (text);
}

/* Never taken back: it is a hint. */
static void
read_special (JsonObject *changes, bool *special)
{
  static const char *const names[] = { "backgroundColor", "customData", "strokeStyle" };
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, changes);
  while (!*special && json_object_iter_next (&iter, &name, &node))
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      *special |= g_str_equal (name, names[i]) && !is_usual (name, node);
}

static void
read_bound (JsonObject *changes, bool *bound)
{
  JsonNode *node;

  if (board_element_find_change (changes, "boundElements", &node))
    *bound = node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             && json_array_get_length (json_node_get_array (node)) > 0;
}

/* Never taken back either. */
static void
read_gaps (JsonObject *changes, bool *gaps)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, changes);
  while (!*gaps && json_object_iter_next (&iter, &name, NULL))
    *gaps = g_str_has_prefix (name, BOARD_GAP_PREFIX);
}

/* Words and pictures are hit anywhere within their box, shapes where they have a filling. */
static void
read_filled (JsonObject *changes, BoardShape *shape)
{
  const char *color;
  JsonNode *node;

  switch (shape->kind)
    {
    case BOARD_ELEMENT_TEXT:
    case BOARD_ELEMENT_NOTE:
    case BOARD_ELEMENT_IMAGE:
      shape->filled = TRUE;
      break;
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
      if (board_element_find_change (changes, "backgroundColor", &node))
        shape->filled = board_node_string (node, &color) && color_is_seen (color);
      break;
    default:
      break;
    }
}

static BoardStroke *
path_from_array (JsonArray *array)
{
  guint length = json_array_get_length (array);
  g_autofree BoardPoint *points = g_new0 (BoardPoint, length);

  for (guint i = 0; i < length; i++)
    {
      JsonArray *pair = json_array_get_array_element (array, i);

      board_node_number (json_array_get_element (pair, 0), &points[i].x);
      board_node_number (json_array_get_element (pair, 1), &points[i].y);
      points[i].pressure = 0.5f;
    }
  return board_stroke_new (points, length);
}

static gboolean
read_path (JsonObject *changes, BoardShape *shape, GError **error)
{
  const char *text;
  JsonNode *node;

  if (shape->kind != BOARD_ELEMENT_FREEDRAW && shape->kind != BOARD_ELEMENT_LINE
      && shape->kind != BOARD_ELEMENT_ARROW)
    return TRUE;
  if (!board_element_find_change (changes, "points", &node))
    return TRUE;
  g_clear_pointer (&shape->path, board_stroke_unref);
  if (board_node_string (node, &text))
    shape->path = board_stroke_unpack (text, error);
  else
    shape->path = path_from_array (json_node_get_array (node));
  return shape->path != NULL;
}

gboolean
board_element_read_changes (BoardElement *self, JsonObject *changes, GError **error)
{
  read_color (changes, &self->color);
  read_number (changes, "x", 0, &self->shape.x);
  read_number (changes, "y", 0, &self->shape.y);
  read_number (changes, "width", 0, &self->shape.width);
  read_number (changes, "height", 0, &self->shape.height);
  read_number (changes, "angle", 0, &self->shape.angle);
  read_number (changes, "strokeWidth", BOARD_DEFAULT_WIDTH, &self->shape.stroke_width);
  read_number (changes, "opacity", 100, &self->opacity);
  read_boolean (changes, "locked", &self->locked);
  read_frame (changes, &self->frame);
  read_special (changes, &self->special);
  read_bound (changes, &self->bound);
  read_gaps (changes, &self->gaps);
  read_filled (changes, &self->shape);
  return read_path (changes, &self->shape, error);
}
