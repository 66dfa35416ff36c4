/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-references.h"

#include "board-fields.h"

struct _BoardReferences {
  GHashTable *items; /* key -> set of items */
};

/* A key is a letter for the way and the id. */
static const char letters[] = {
  [BOARD_REFERENCE_GROUP] = 'g',
  [BOARD_REFERENCE_FRAME] = 'f',
  [BOARD_REFERENCE_CONTAINER] = 'c',
  [BOARD_REFERENCE_BINDING] = 'b',
};

static const char *const names[]
    = { "groupIds", "frameId", "containerId", "startBinding", "endBinding" };

gboolean
board_references_are_in (JsonObject *changes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (changes, names[i]))
      return TRUE;
  return FALSE;
}

static char *
make_key (BoardReference how, const char *id)
{
  return g_strdup_printf ("%c%s", letters[how], id);
}

static void
read_one (JsonNode *node, BoardReference how, GPtrArray **keys)
{
  const char *id;

  if (!board_node_string (node, &id))
    return;
  if (*keys == NULL)
    *keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*keys, make_key (how, id));
}

static void
read_groups (JsonNode *node, GPtrArray **keys)
{
  JsonArray *groups;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  groups = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (groups); i++)
    read_one (json_array_get_element (groups, i), BOARD_REFERENCE_GROUP, keys);
}

static void
read_binding (JsonNode *node, GPtrArray **keys)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_one (json_object_get_member (json_node_get_object (node), "elementId"),
              BOARD_REFERENCE_BINDING, keys);
}

GPtrArray *
board_references_read (JsonObject *props)
{
  GPtrArray *keys = NULL;

  read_groups (json_object_get_member (props, "groupIds"), &keys);
  read_one (json_object_get_member (props, "frameId"), BOARD_REFERENCE_FRAME, &keys);
  read_one (json_object_get_member (props, "containerId"), BOARD_REFERENCE_CONTAINER, &keys);
  read_binding (json_object_get_member (props, "startBinding"), &keys);
  read_binding (json_object_get_member (props, "endBinding"), &keys);
  return keys;
}

BoardReferences *
board_references_new (void)
{
  BoardReferences *self = g_new0 (BoardReferences, 1);

  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_hash_table_unref);
  return self;
}

void
board_references_free (BoardReferences *self)
{
  g_hash_table_unref (self->items);
  g_free (self);
}

void
board_references_add (BoardReferences *self, GPtrArray *keys, gpointer item)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      GHashTable *set = g_hash_table_lookup (self->items, key);

      if (set == NULL)
        {
          set = g_hash_table_new (NULL, NULL);
          g_hash_table_insert (self->items, g_strdup (key), set);
        }
      g_hash_table_add (set, item);
    }
}

void
board_references_remove (BoardReferences *self, GPtrArray *keys, gpointer item)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      GHashTable *set = g_hash_table_lookup (self->items, key);

      /* who names an id twice is there once */
      if (set == NULL)
        continue;
      g_hash_table_remove (set, item);
      if (g_hash_table_size (set) == 0)
        g_hash_table_remove (self->items, key);
    }
}

GHashTable *
board_references_find (BoardReferences *self, BoardReference how, const char *id)
{
  g_autofree char *key = make_key (how, id);

  return g_hash_table_lookup (self->items, key);
}
