/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-props.h"

#include "board/board-fields.h"

gboolean
draw_props_has (JsonObject *props, const char *name)
{
  return board_fields_has (props, name);
}

const char *
draw_props_get_text (JsonObject *props, const char *name)
{
  JsonNode *node = json_object_get_member (props, name);
  const char *text = NULL;

  return node != NULL && board_node_string (node, &text) ? text : NULL;
}

double
draw_props_get_number (JsonObject *props, const char *name, double otherwise)
{
  JsonNode *node = json_object_get_member (props, name);
  double number;

  return node != NULL && board_node_number (node, &number) ? number : otherwise;
}

gboolean
draw_props_get_bool (JsonObject *props, const char *name, gboolean otherwise)
{
  JsonNode *node = json_object_get_member (props, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_BOOLEAN
             ? json_node_get_boolean (node)
             : otherwise;
}

JsonArray *
draw_props_get_array (JsonObject *props, const char *name)
{
  JsonNode *node = json_object_get_member (props, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
draw_props_get_object (JsonObject *props, const char *name)
{
  JsonNode *node = json_object_get_member (props, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

void
draw_props_default_text (JsonObject *props, const char *name, const char *text)
{
  if (!draw_props_has (props, name))
    json_object_set_string_member (props, name, text);
}

void
draw_props_default_number (JsonObject *props, const char *name, double number)
{
  if (!draw_props_has (props, name))
    json_object_set_double_member (props, name, number);
}

void
draw_props_default_null (JsonObject *props, const char *name)
{
  if (!json_object_has_member (props, name))
    json_object_set_null_member (props, name);
}
