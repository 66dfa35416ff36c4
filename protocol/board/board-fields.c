/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-fields.h"

#include <math.h>
#include <string.h>

gboolean
board_node_string (JsonNode *node, const char **text)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = json_node_get_string (node);
  return *text != NULL;
}

gboolean
board_node_int (JsonNode *node, int64_t *value)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
board_node_number (JsonNode *node, double *value)
{
  int64_t integer;

  if (board_node_int (node, &integer))
    {
      *value = (double) integer;
      return TRUE;
    }
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return isfinite (*value);
}

static gboolean
fail (GError **error, BoardError code, const char *name, const char *what)
{
  g_set_error (error, BOARD_ERROR, code, "\"%s\" %s", name, what);
  return FALSE;
}

gboolean
board_fields_has (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

gboolean
board_fields_string (JsonObject *object,
                     const char *name,
                     gsize max,
                     const char **text,
                     GError **error)
{
  if (!board_node_string (json_object_get_member (object, name), text))
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not a string");
  if (strnlen (*text, max + 1) > max)
    return fail (error, BOARD_ERROR_LIMIT, name, "is too long");
  return TRUE;
}

gboolean
board_fields_int (JsonObject *object,
                  const char *name,
                  int64_t min,
                  int64_t max,
                  int64_t *value,
                  GError **error)
{
  if (!board_node_int (json_object_get_member (object, name), value))
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not a whole number");
  if (*value < min || *value > max)
    return fail (error, BOARD_ERROR_RANGE, name, "is out of range");
  return TRUE;
}

gboolean
board_fields_number (JsonObject *object,
                     const char *name,
                     double min,
                     double max,
                     double *value,
                     GError **error)
{
  if (!board_node_number (json_object_get_member (object, name), value))
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not a number");
  if (*value < min || *value > max)
    return fail (error, BOARD_ERROR_RANGE, name, "is out of range");
  return TRUE;
}

gboolean
board_fields_bool (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not a boolean");
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
board_fields_key (JsonObject *object, const char *name, BoardKey *key, GError **error)
{
  const char *text;

  if (!board_node_string (json_object_get_member (object, name), &text)
      || !board_key_from_text (text, key, NULL))
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not a key");
  return TRUE;
}

gboolean
board_fields_object (JsonObject *object, const char *name, JsonObject **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not an object");
  *value = json_node_get_object (node);
  return TRUE;
}

gboolean
board_fields_array (JsonObject *object,
                    const char *name,
                    guint max,
                    JsonArray **value,
                    GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, BOARD_ERROR_SCHEMA, name, "is not an array");
  *value = json_node_get_array (node);
  if (json_array_get_length (*value) > max)
    return fail (error, BOARD_ERROR_LIMIT, name, "has too many entries");
  return TRUE;
}

gboolean
board_fields_merge (JsonObject *object, JsonObject *from, guint max)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint n = json_object_get_size (object);

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, NULL))
    n += !json_object_has_member (object, name);
  if (n > max)
    return FALSE;
  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (object, name, json_node_ref (node));
  return TRUE;
}
