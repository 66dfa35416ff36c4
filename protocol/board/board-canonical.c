/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-canonical.h"

#include <math.h>
#include <string.h>

#include "json/wire-json.h"

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (element-type utf8), borrowed from the object */
static GPtrArray *
sorted_keys (JsonObject *object)
{
  GPtrArray *keys = g_ptr_array_sized_new (json_object_get_size (object));
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, (gpointer) key);
  g_ptr_array_sort (keys, compare_keys);
  return keys;
}

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr (GPtrArray) keys = sorted_keys (object);

  g_string_append_c (out, '{');
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (i > 0)
        g_string_append_c (out, ',');
      wire_json_append_string (out, key);
      g_string_append_c (out, ':');
      board_canonical_append (out, json_object_get_member (object, key));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      board_canonical_append (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

void
board_canonical_append (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    /* + 0.0 makes -0.0 a plain 0 */
    wire_json_append_double (out, json_node_get_double (node) + 0.0);
  else
    wire_json_append_node (out, node);
}

/* From an opening quote to just after the closing one, in text that is known to be good. */
static const char *
skip_string (const char *at)
{
  for (at += 1 + strcspn (at + 1, "\"\\"); *at == '\\'; at += strcspn (at, "\"\\"))
    at += 2;
  g_assert (*at == '"');
  return at + 1;
}

/* From the start of a member's value to the comma or brace after it, in text that is known to be
 * good. */
static const char *
skip_value (const char *at)
{
  guint depth = 0;

  for (;;)
    {
      at += strcspn (at, "\"{}[],");
      switch (*at)
        {
        case '"':
          at = skip_string (at);
          continue;
        case '{':
        case '[':
          depth++;
          break;
        case ',':
          if (depth == 0)
            return at;
          break;
        default:
          g_assert (*at == '}' || *at == ']');
          if (depth == 0)
            return at;
          depth--;
        }
      at++;
    }
}

/* Compares the quoted key at the text with a plain one. */
static int
compare_key_at (const char *at, gsize length, const char *key)
{
  int order = strncmp (at + 1, key, length);

  return order != 0 ? order : key[length] != '\0' ? -1 : 0;
}

typedef struct {
  GString *out;
  JsonObject *changes;
  GPtrArray *keys;
  guint i;
  guint n_members;
} Merge;

static void
merge_begin_member (Merge *merge)
{
  if (merge->n_members++ > 0)
    g_string_append_c (merge->out, ',');
}

static void
merge_put_change (Merge *merge)
{
  const char *key = g_ptr_array_index (merge->keys, merge->i++);
  JsonNode *node = json_object_get_member (merge->changes, key);

  if (JSON_NODE_HOLDS_NULL (node))
    return;
  merge_begin_member (merge);
  wire_json_append_string (merge->out, key);
  g_string_append_c (merge->out, ':');
  board_canonical_append (merge->out, node);
}

/* Puts the changes whose keys are below that of the member that stands at the text; TRUE when
 * one of them replaces the member. */
static gboolean
merge_put_changes_before (Merge *merge, const char *at, gsize length)
{
  while (merge->i < merge->keys->len)
    {
      int order = compare_key_at (at, length, g_ptr_array_index (merge->keys, merge->i));

      if (order < 0)
        return FALSE;
      merge_put_change (merge);
      if (order == 0)
        return TRUE;
    }
  return FALSE;
}

char *
board_canonical_merge (const char *text, JsonObject *changes, guint *n_members)
{
  g_autoptr (GPtrArray) keys = sorted_keys (changes);
  Merge merge = { g_string_sized_new (strlen (text) + 64), changes, keys, 0, 0 };
  const char *at = text + 1;

  g_assert (text[0] == '{');

  g_string_append_c (merge.out, '{');
  while (*at == '"')
    {
      const char *end = skip_string (at);
      const char *after = skip_value (end);

      if (!merge_put_changes_before (&merge, at, (gsize) (end - at) - 2))
        {
          merge_begin_member (&merge);
          g_string_append_len (merge.out, at, after - at);
        }
      at = after + (*after == ',');
    }
  while (merge.i < keys->len)
    merge_put_change (&merge);
  g_string_append_c (merge.out, '}');
  *n_members = merge.n_members;
  return g_string_free (merge.out, FALSE);
}

gboolean
board_canonical_find (const char *text, const char *name, const char **value, gsize *length)
{
  const char *at = text + 1;

  while (*at == '"')
    {
      const char *end = skip_string (at);
      const char *after = skip_value (end);

      if (compare_key_at (at, (gsize) (end - at) - 2, name) == 0)
        {
          *value = end + 1;
          *length = (gsize) (after - *value);
          return TRUE;
        }
      at = after + (*after == ',');
    }
  return FALSE;
}

gboolean
board_canonical_equal (JsonNode *a, JsonNode *b)
{
  g_autoptr (GString) text_a = g_string_new (NULL);
  g_autoptr (GString) text_b = g_string_new (NULL);
  gboolean no_a = a == NULL || JSON_NODE_HOLDS_NULL (a);
  gboolean no_b = b == NULL || JSON_NODE_HOLDS_NULL (b);

  if (no_a || no_b)
    return no_a && no_b;
  board_canonical_append (text_a, a);
  board_canonical_append (text_b, b);
  return g_string_equal (text_a, text_b);
}
