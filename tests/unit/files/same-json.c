/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "same-json.h"

#include <math.h>

static gboolean same (JsonNode *a, JsonNode *b, double tolerance, const char *path);

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
         && json_node_get_value_type (node) != G_TYPE_BOOLEAN;
}

static gboolean
same_objects (JsonObject *a, JsonObject *b, double tolerance, const char *path)
{
  g_autoptr (GList) names = json_object_get_members (a);
  g_autoptr (GList) others = json_object_get_members (b);

  for (GList *l = others; l != NULL; l = l->next)
    if (!json_object_has_member (a, l->data))
      {
        g_test_message ("%s: only the second has %s", path, (char *) l->data);
        return FALSE;
      }
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", path, (char *) l->data);
      JsonNode *other = json_object_get_member (b, l->data);

      if (other == NULL)
        {
          g_test_message ("%s: only the first has it", inner);
          return FALSE;
        }
      if (!same (json_object_get_member (a, l->data), other, tolerance, inner))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_arrays (JsonArray *a, JsonArray *b, double tolerance, const char *path)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    {
      g_test_message ("%s: lengths %u and %u", path, json_array_get_length (a),
                      json_array_get_length (b));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (a); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);

      if (!same (json_array_get_element (a, i), json_array_get_element (b, i), tolerance, inner))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same (JsonNode *a, JsonNode *b, double tolerance, const char *path)
{
  gboolean equal;

  if (JSON_NODE_HOLDS_OBJECT (a) && JSON_NODE_HOLDS_OBJECT (b))
    return same_objects (json_node_get_object (a), json_node_get_object (b), tolerance, path);
  if (JSON_NODE_HOLDS_ARRAY (a) && JSON_NODE_HOLDS_ARRAY (b))
    return same_arrays (json_node_get_array (a), json_node_get_array (b), tolerance, path);
  if (is_number (a) && is_number (b))
    equal = fabs (json_node_get_double (a) - json_node_get_double (b)) <= tolerance;
  else
    equal = json_node_equal (a, b);
  if (!equal)
    {
      g_autofree char *left = json_to_string (a, FALSE);
      g_autofree char *right = json_to_string (b, FALSE);

      g_test_message ("%s: %s and %s", path, left, right);
    }
  return equal;
}

gboolean
same_json (JsonNode *a, JsonNode *b, double tolerance)
{
  return same (a, b, tolerance, "");
}

JsonNode *
read_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}
