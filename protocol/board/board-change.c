/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-change.h"

#include <string.h>

#include "board-canonical.h"
#include "board-change-talk.h"
#include "board-element-private.h"
#include "board-fields.h"
#include "board-schema.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

#define MAX_KIND 32

BoardChange *
board_change_new (BoardChangeType type)
{
  BoardChange *self = g_new0 (BoardChange, 1);

  self->type = type;
  return self;
}

void
board_change_free (BoardChange *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_clear_pointer (&self->element, board_element_unref);
  g_clear_pointer (&self->props, json_object_unref);
  g_free (self->text);
  g_free (self->reply);
  g_strfreev (self->options);
  g_free (self->target);
  g_free (self);
}

gboolean
board_change_fail (GError **error, BoardError code, const char *what)
{
  g_set_error_literal (error, BOARD_ERROR, code, what);
  return FALSE;
}

gboolean
board_change_parse_id (JsonNode *node, BoardChange *change, GError **error)
{
  const char *id;

  if (!board_node_string (node, &id) || !board_schema_id_is_valid (id))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "\"id\" is no id");
  change->id = g_strdup (id);
  return TRUE;
}

gboolean
board_change_parse_only_id (JsonArray *array, BoardChange *change, GError **error)
{
  return board_change_parse_id (json_array_get_element (array, 1), change, error);
}

void
board_change_append_id (GString *out, const BoardChange *change)
{
  g_string_append_c (out, ',');
  wire_json_append_string (out, change->id);
}

static gboolean
parse_add (JsonArray *array, BoardChange *change, GError **error)
{
  JsonNode *node = json_array_get_element (array, 1);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "The element is not an object");
  change->element = board_element_new (json_node_get_object (node), error);
  if (change->element == NULL)
    return FALSE;
  change->id = g_strdup (board_element_get_id (change->element));
  return TRUE;
}

static void
append_add (GString *out, const BoardChange *change)
{
  g_string_append_c (out, ',');
  board_element_append_text (change->element, out);
}

static gboolean
parse_set (JsonArray *array, BoardChange *change, GError **error)
{
  JsonNode *node = json_array_get_element (array, 2);
  JsonObjectIter iter;
  const char *name;

  if (!board_change_parse_only_id (array, change, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "The properties are not an object");
  change->props = json_object_ref (json_node_get_object (node));
  if (json_object_get_size (change->props) > BOARD_MAX_PROPS)
    return board_change_fail (error, BOARD_ERROR_LIMIT, "Too many properties");
  json_object_iter_init (&iter, change->props);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (g_str_equal (name, "id") || g_str_equal (name, "type"))
        return board_change_fail (error, BOARD_ERROR_SCHEMA,
                                  "An element's id and type cannot change");
      if (!board_schema_check (BOARD_ELEMENT_UNKNOWN, name, node, error))
        return FALSE;
    }
  return TRUE;
}

static void
append_set (GString *out, const BoardChange *change)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, change->props);
  board_change_append_id (out, change);
  g_string_append_c (out, ',');
  board_canonical_append (out, node);
}

static const BoardChangeKind element_kinds[] = {
  [BOARD_CHANGE_ADD] = { "+", 2, parse_add, append_add, FALSE, FALSE },
  [BOARD_CHANGE_SET] = { "=", 3, parse_set, append_set, FALSE, FALSE },
  [BOARD_CHANGE_REMOVE]
  = { "-", 2, board_change_parse_only_id, board_change_append_id, FALSE, FALSE },
};

static const BoardChangeKind *
get_kind (BoardChangeType type)
{
  return type < G_N_ELEMENTS (element_kinds) ? &element_kinds[type] : board_change_talk_get_kind (type);
}

gboolean
board_change_type_is_talk (BoardChangeType type)
{
  return type >= BOARD_CHANGE_UNKNOWN || get_kind (type)->talk;
}

gboolean
board_change_type_is_meeting (BoardChangeType type)
{
  return type < BOARD_CHANGE_UNKNOWN && get_kind (type)->meeting;
}

void
board_change_append (GString *out, const BoardChange *self)
{
  if (self->type == BOARD_CHANGE_UNKNOWN)
    {
      g_string_append (out, self->text);
      return;
    }
  g_string_append_printf (out, "[\"%s\"", get_kind (self->type)->name);
  get_kind (self->type)->append (out, self);
  g_string_append_c (out, ']');
}

static BoardChangeType
find_type (const char *name)
{
  BoardChangeType type = 0;

  while (type < BOARD_CHANGE_UNKNOWN && !g_str_equal (name, get_kind (type)->name))
    type++;
  return type;
}

static gboolean
parse_unknown (JsonNode *node, BoardChange *change)
{
  GString *out = g_string_new (NULL);

  board_canonical_append (out, node);
  change->text = g_string_free (out, FALSE);
  return TRUE;
}

static gboolean
parse_parts (JsonNode *node, BoardChange *change, GError **error)
{
  JsonArray *array = json_node_get_array (node);

  if (change->type == BOARD_CHANGE_UNKNOWN)
    return parse_unknown (node, change);
  if (json_array_get_length (array) != get_kind (change->type)->length)
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "A change has too few or too many parts");
  return get_kind (change->type)->parse (array, change, error);
}

BoardChange *
board_change_parse (JsonNode *node, GError **error)
{
  BoardChange *change;
  JsonArray *array;
  const char *name;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      board_change_fail (error, BOARD_ERROR_SCHEMA, "A change is not an array");
      return NULL;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0
      || !board_node_string (json_array_get_element (array, 0), &name)
      || strnlen (name, MAX_KIND + 1) > MAX_KIND)
    {
      board_change_fail (error, BOARD_ERROR_SCHEMA, "A change has no kind");
      return NULL;
    }
  change = board_change_new (find_type (name));
  if (!parse_parts (node, change, error))
    g_clear_pointer (&change, board_change_free);
  return change;
}
