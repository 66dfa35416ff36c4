/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-selection.h"

#include <math.h>

#include "board/board-binding.h"
#include "board/board-limits.h"
#include "canvas/draw-belong.h"
#include "canvas/draw-settle.h"
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

BoardElement *
draw_selection_get_only (BoardDocument *document, GPtrArray *ids)
{
  return document != NULL && ids != NULL && ids->len == 1
             ? board_document_get_element (document, ids->pdata[0])
             : NULL;
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

/* All that refer to it in that way. */
static void
add_referring (BoardDocument *document,
               BoardReference how,
               const char *id,
               GPtrArray *ids,
               GHashTable *seen)
{
  g_autoptr (GPtrArray) referring = board_document_list_referring (document, how, id);

  for (guint i = 0; i < referring->len; i++)
    add_once (ids, seen, board_element_get_id (referring->pdata[i]));
}

GPtrArray *
draw_selection_with_groups (BoardDocument *document, GPtrArray *ids)
{
  GPtrArray *all = draw_selection_copy_ids (ids);
  g_autoptr (GHashTable) seen = make_seen (all);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *group = draw_selection_get_group (elements->pdata[i]);

      if (group != NULL && g_hash_table_add (groups, g_strdup (group)))
        add_referring (document, BOARD_REFERENCE_GROUP, group, all, seen);
    }
  return all;
}

static GPtrArray *
with_dependents (BoardDocument *document, GPtrArray *ids, gboolean of_frames)
{
  GPtrArray *all = draw_selection_copy_ids (ids);
  g_autoptr (GHashTable) seen = make_seen (all);

  /* The list grows: what is in a frame has labels, too. */
  for (guint i = 0; document != NULL && i < all->len; i++)
    {
      BoardElement *element = board_document_get_element (document, all->pdata[i]);

      if (element == NULL || board_element_get_kind (element) == BOARD_ELEMENT_FREEDRAW)
        continue;
      if (of_frames && board_element_get_kind (element) == BOARD_ELEMENT_FRAME)
        add_referring (document, BOARD_REFERENCE_FRAME, all->pdata[i], all, seen);
      add_referring (document, BOARD_REFERENCE_CONTAINER, all->pdata[i], all, seen);
    }
  return all;
}

GPtrArray *
draw_selection_with_dependents (BoardDocument *document, GPtrArray *ids)
{
  return with_dependents (document, ids, TRUE);
}

/* ---- ops ---- */

static double
shorten (double place, double way)
{
  return CLAMP (place + way, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX) - place;
}

/* An arrow that is moved away from what it is bound to lets go. */
static void
release_end (DrawEdit *edit, BoardElement *element, gboolean at_end, GPtrArray *ids)
{
  const BoardElementType kind = board_element_get_kind (element);
  BoardBinding binding;

  if ((kind == BOARD_ELEMENT_ARROW || kind == BOARD_ELEMENT_LINE)
      && board_binding_get (element, at_end, &binding)
      && !draw_selection_contains (ids, binding.element))
    draw_edit_set_member (edit, board_element_get_id (element),
                          at_end ? "endBinding" : "startBinding",
                          json_node_init_null (json_node_alloc ()));
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
    {
      draw_edit_move (edit, board_element_get_id (elements->pdata[i]), dx, dy);
      release_end (edit, elements->pdata[i], FALSE, ids);
      release_end (edit, elements->pdata[i], TRUE, ids);
    }
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
  draw_settle (edit, document);
  return draw_edit_get_ops (edit);
}

GPtrArray *
draw_selection_delete (BoardDocument *document, GPtrArray *ids)
{
  g_autoptr (DrawEdit) edit = document != NULL ? draw_edit_new (document) : NULL;
  g_autoptr (GPtrArray) all = with_dependents (document, ids, FALSE);
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, all);

  if (edit == NULL)
    return no_ops ();
  for (guint i = 0; i < elements->len; i++)
    draw_edit_remove (edit, board_element_get_id (elements->pdata[i]));
  draw_belong_release (edit, document);
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
