/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-selection.h"

#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-shape.h"

/* Places are kept as coarse as points are. */
#define GRID 16.0

GPtrArray *
draw_selection_get_elements (BoardDocument *document, GPtrArray *ids)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);

  for (guint i = 0; document != NULL && ids != NULL && i < ids->len; i++)
    {
      BoardElement *element = board_document_get_element (document, ids->pdata[i]);

      if (element != NULL && !board_element_get_locked (element))
        g_ptr_array_add (elements, board_element_ref (element));
    }
  return elements;
}

gboolean
draw_selection_contains (GPtrArray *ids, const char *id)
{
  return ids != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

GPtrArray *
draw_selection_copy_ids (GPtrArray *ids)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (copy, g_strdup (ids->pdata[i]));
  return copy;
}

/* ---- who belongs to whom ---- */

const char *
draw_selection_get_group (BoardElement *element)
{
  JsonNode *node;
  JsonArray *groups;

  g_return_val_if_fail (element != NULL, NULL);

  node = board_element_get_prop (element, "groupIds");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  groups = json_node_get_array (node);
  if (json_array_get_length (groups) == 0)
    return NULL;
  return json_array_get_string_element (groups, json_array_get_length (groups) - 1);
}

/* Adds an id once. @seen: the ids of @ids, borrowed. */
static void
add_once (GPtrArray *ids, GHashTable *seen, const char *id)
{
  char *copy;

  if (g_hash_table_contains (seen, id))
    return;
  copy = g_strdup (id);
  g_ptr_array_add (ids, copy);
  g_hash_table_add (seen, copy);
}

static GHashTable *
make_seen (GPtrArray *ids)
{
  GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (seen, ids->pdata[i]);
  return seen;
}

GPtrArray *
draw_selection_with_groups (BoardDocument *document, GPtrArray *ids)
{
  GPtrArray *all = draw_selection_copy_ids (ids);
  g_autoptr (GHashTable) seen = make_seen (all);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);
  g_autoptr (GPtrArray) others = NULL;

  for (guint i = 0; i < elements->len; i++)
    if (draw_selection_get_group (elements->pdata[i]) != NULL)
      g_hash_table_add (groups, g_strdup (draw_selection_get_group (elements->pdata[i])));
  if (g_hash_table_size (groups) == 0)
    return all;
  others = board_document_query (document, NULL);
  for (guint i = 0; i < others->len; i++)
    {
      const char *group = draw_selection_get_group (others->pdata[i]);

      if (group != NULL && g_hash_table_contains (groups, group))
        add_once (all, seen, board_element_get_id (others->pdata[i]));
    }
  return all;
}

static void
add_labels (BoardDocument *document, BoardElement *element, GPtrArray *ids, GHashTable *seen)
{
  JsonNode *node = board_element_get_prop (element, "boundElements");
  JsonArray *bound;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  bound = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (bound); i++)
    {
      JsonNode *entry = json_array_get_element (bound, i);
      JsonNode *id_node = JSON_NODE_HOLDS_OBJECT (entry)
                              ? json_object_get_member (json_node_get_object (entry), "id")
                              : NULL;
      const char *id = id_node != NULL && JSON_NODE_HOLDS_VALUE (id_node)
                           ? json_node_get_string (id_node)
                           : NULL;
      BoardElement *label = id != NULL ? board_document_get_element (document, id) : NULL;

      if (label != NULL
          && g_strcmp0 (draw_shape_get_text (label, "containerId"), board_element_get_id (element))
                 == 0)
        add_once (ids, seen, id);
    }
}

/* What a frame holds is told by its children only. */
static void
add_children (BoardDocument *document, BoardElement *frame, GPtrArray *ids, GHashTable *seen)
{
  g_autoptr (GPtrArray) others = board_document_query (document, NULL);

  for (guint i = 0; i < others->len; i++)
    if (g_strcmp0 (draw_shape_get_text (others->pdata[i], "frameId"), board_element_get_id (frame))
        == 0)
      add_once (ids, seen, board_element_get_id (others->pdata[i]));
}

GPtrArray *
draw_selection_with_dependents (BoardDocument *document, GPtrArray *ids)
{
  GPtrArray *all = draw_selection_copy_ids (ids);
  g_autoptr (GHashTable) seen = make_seen (all);

  /* The list grows: what is in a frame has labels, too. */
  for (guint i = 0; document != NULL && i < all->len; i++)
    {
      BoardElement *element = board_document_get_element (document, all->pdata[i]);

      if (element == NULL || board_element_get_kind (element) == BOARD_ELEMENT_FREEDRAW)
        continue;
      if (board_element_get_kind (element) == BOARD_ELEMENT_FRAME)
        add_children (document, element, all, seen);
      add_labels (document, element, all, seen);
    }
  return all;
}

/* ---- ops ---- */

static double
shorten (double place, double way)
{
  return CLAMP (place + way, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX) - place;
}

void
draw_selection_move_in (DrawEdit *edit,
                        BoardDocument *document,
                        GPtrArray *ids,
                        double dx,
                        double dy)
{
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);

  g_return_if_fail (edit != NULL);

  dx = round (dx * GRID) / GRID;
  dy = round (dy * GRID) / GRID;
  for (guint i = 0; i < elements->len; i++)
    {
      dx = shorten (board_element_get_x (elements->pdata[i]), dx);
      dy = shorten (board_element_get_y (elements->pdata[i]), dy);
    }
  for (guint i = 0; (dx != 0 || dy != 0) && i < elements->len; i++)
    draw_edit_move (edit, board_element_get_id (elements->pdata[i]), dx, dy);
}

static GPtrArray *
no_ops (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
}

GPtrArray *
draw_selection_move (BoardDocument *document, GPtrArray *ids, double dx, double dy)
{
  g_autoptr (DrawEdit) edit = document != NULL ? draw_edit_new (document) : NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (edit == NULL)
    return no_ops ();
  all = draw_selection_with_dependents (document, ids);
  draw_selection_move_in (edit, document, all, dx, dy);
  return draw_edit_get_ops (edit);
}

GPtrArray *
draw_selection_delete (BoardDocument *document, GPtrArray *ids)
{
  g_autoptr (DrawEdit) edit = document != NULL ? draw_edit_new (document) : NULL;
  g_autoptr (GPtrArray) all = draw_selection_with_dependents (document, ids);
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, all);

  if (edit == NULL)
    return no_ops ();
  for (guint i = 0; i < elements->len; i++)
    draw_edit_remove (edit, board_element_get_id (elements->pdata[i]));
  return draw_edit_get_ops (edit);
}

GPtrArray *
draw_selection_set_props (BoardDocument *document, GPtrArray *ids, JsonObject *props)
{
  g_autoptr (DrawEdit) edit = document != NULL ? draw_edit_new (document) : NULL;
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);

  g_return_val_if_fail (props != NULL, no_ops ());

  if (edit == NULL)
    return no_ops ();
  for (guint i = 0; i < elements->len; i++)
    draw_edit_set (edit, board_element_get_id (elements->pdata[i]), props);
  return draw_edit_get_ops (edit);
}
