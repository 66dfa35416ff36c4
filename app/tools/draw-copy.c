/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-copy.h"

#include <string.h>

#include "board/board-index.h"
#include "board/board-limits.h"
#include "canvas/draw-belong.h"

typedef struct {
  GHashTable *ids;    /* (utf8 -> utf8) of elements */
  GHashTable *groups; /* the same of groups, made as they are met */
} Renaming;

static const char *
rename_group (Renaming *renaming, const char *group)
{
  char *name = g_hash_table_lookup (renaming->groups, group);

  if (name == NULL)
    {
      name = board_element_make_id ();
      g_hash_table_insert (renaming->groups, g_strdup (group), name);
    }
  return name;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
rename_groups (Renaming *renaming, JsonObject *props)
{
  JsonNode *node = json_object_get_member (props, "groupIds");
  JsonArray *renamed;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  renamed = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    json_array_add_string_element (
        renamed,
        rename_group (renaming, json_array_get_string_element (json_node_get_array (node), i)));
  json_object_set_array_member (props, "groupIds", renamed);
}

/* A property that holds an element's id. */
static void
rename_reference (Renaming *renaming, JsonObject *props, const char *name)
{
  const char *id = get_string (props, name);
  const char *renamed = id != NULL ? g_hash_table_lookup (renaming->ids, id) : NULL;

  if (renamed != NULL)
    json_object_set_string_member (props, name, renamed);
  else
    json_object_remove_member (props, name);
}

static void
rename_binding (Renaming *renaming, JsonObject *props, const char *name)
{
  JsonNode *node = json_object_get_member (props, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  rename_reference (renaming, json_node_get_object (node), "elementId");
  if (!json_object_has_member (json_node_get_object (node), "elementId"))
    json_object_remove_member (props, name);
}

static void
rename_bound (Renaming *renaming, JsonObject *props)
{
  JsonNode *node = json_object_get_member (props, "boundElements");
  JsonArray *renamed;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  renamed = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *entry = json_array_get_element (json_node_get_array (node), i);

      if (!JSON_NODE_HOLDS_OBJECT (entry))
        continue;
      rename_reference (renaming, json_node_get_object (entry), "id");
      if (json_object_has_member (json_node_get_object (entry), "id"))
        json_array_add_element (renamed, json_node_copy (entry));
    }
  json_object_set_array_member (props, "boundElements", renamed);
}

static BoardElement *
make_copy (Renaming *renaming, BoardElement *element, const char *index, double dx, double dy)
{
  g_autoptr (JsonObject) props = board_element_to_json (element);
  const double max = BOARD_COORDINATE_MAX;

  json_object_set_string_member (props, "id",
                                 g_hash_table_lookup (renaming->ids,
                                                      board_element_get_id (element)));
  json_object_set_string_member (props, "index", index);
  json_object_set_double_member (props, "x", CLAMP (board_element_get_x (element) + dx, -max, max));
  json_object_set_double_member (props, "y", CLAMP (board_element_get_y (element) + dy, -max, max));
  rename_groups (renaming, props);
  if (json_object_has_member (props, "containerId"))
    rename_reference (renaming, props, "containerId");
  /* A copy of what is in a frame stays in that frame. */
  if (get_string (props, "frameId") != NULL
      && g_hash_table_contains (renaming->ids, get_string (props, "frameId")))
    rename_reference (renaming, props, "frameId");
  rename_binding (renaming, props, "startBinding");
  rename_binding (renaming, props, "endBinding");
  rename_bound (renaming, props);
  return board_element_new (props, NULL);
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  BoardElement *const *x = a, *const *y = b;
  const int order = strcmp (board_element_get_index (*x), board_element_get_index (*y));

  return order != 0 ? order : strcmp (board_element_get_id (*x), board_element_get_id (*y));
}

static GPtrArray *
get_new_selection (GPtrArray *ids, Renaming *renaming)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *copy = g_hash_table_lookup (renaming->ids, ids->pdata[i]);

      if (copy != NULL)
        g_ptr_array_add (copies, g_strdup (copy));
    }
  return copies;
}

GPtrArray *
draw_copy_elements (BoardDocument *document,
                    GPtrArray *ids,
                    double dx,
                    double dy,
                    GPtrArray **copies)
{
  g_autoptr (GHashTable) new_ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Renaming renaming = { new_ids, groups };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (DrawEdit) edit = NULL;
  g_autofree char *index = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (ids != NULL && copies != NULL, NULL);

  all = draw_selection_with_dependents (document, ids);
  elements = draw_selection_get_elements (document, all);
  g_ptr_array_sort (elements, compare_order);
  for (guint i = 0; i < elements->len; i++)
    g_hash_table_insert (new_ids, (gpointer) board_element_get_id (elements->pdata[i]),
                         board_element_make_id ());
  edit = draw_edit_new (document);
  index = board_document_index_above (document);
  for (guint i = 0; i < elements->len; i++)
    {
      g_autoptr (BoardElement) copy = make_copy (&renaming, elements->pdata[i], index, dx, dy);
      char *next = board_index_between (index, NULL);

      if (copy != NULL)
        draw_edit_add (edit, copy);
      g_free (index);
      index = next;
    }
  draw_belong (edit, document);
  *copies = get_new_selection (ids, &renaming);
  return draw_edit_get_ops (edit);
}
