/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-settle.h"

#include "board/board-binding.h"
#include "canvas/draw-belong.h"
#include "canvas/draw-scene.h"
#include "canvas/draw-selection.h"
#include "canvas/draw-writing.h"

static BoardElement *
get_bound (DrawEdit *edit, BoardElement *arrow, gboolean at_end)
{
  BoardBinding binding;

  if (!board_binding_get (arrow, at_end, &binding))
    return NULL;
  return draw_edit_get_element (edit, binding.element);
}

void
draw_settle_arrow (DrawEdit *edit, const char *id)
{
  g_autoptr (BoardElement) arrow = draw_edit_get_element (edit, id);
  g_autoptr (BoardElement) start = arrow != NULL ? get_bound (edit, arrow, FALSE) : NULL;
  g_autoptr (BoardElement) end = arrow != NULL ? get_bound (edit, arrow, TRUE) : NULL;
  g_autoptr (JsonObject) props = NULL;

  if (arrow == NULL || board_element_get_locked (arrow))
    return;
  props = board_binding_follow (arrow, start, end);
  if (props != NULL)
    draw_edit_set (edit, id, props);
}

GPtrArray *
draw_settle_list_followers (BoardDocument *document, GPtrArray *ids)
{
  GPtrArray *followers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document) && ids != NULL, followers);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) arrows
          = board_document_list_referring (document, BOARD_REFERENCE_BINDING, ids->pdata[i]);

      for (guint n = 0; n < arrows->len; n++)
        {
          char *id = g_strdup (board_element_get_id (arrows->pdata[n]));

          if (g_hash_table_add (seen, id))
            g_ptr_array_add (followers, id);
          else
            g_free (id);
        }
    }
  return followers;
}

/* Moving takes labels along; anything else may leave them another room. */
static void
fit_label_of (DrawEdit *edit, BoardDocument *document, const char *id)
{
  BoardElement *container = board_document_get_element (document, id);
  BoardElement *label = container != NULL ? draw_scene_find_label (document, container) : NULL;

  if (label == NULL
      || (!draw_edit_sets (edit, id, "width") && !draw_edit_sets (edit, id, "height")
          && !draw_edit_sets (edit, id, "points") && !draw_edit_sets (edit, id, "angle")))
    return;
  draw_writing_fit (edit, document, board_element_get_id (label));
}

void
draw_settle (DrawEdit *edit, BoardDocument *document)
{
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) followers = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (edit != NULL && BOARD_IS_DOCUMENT (document));

  changed = draw_edit_list_ids (edit);
  followers = draw_settle_list_followers (document, changed);
  for (guint i = 0; i < followers->len; i++)
    draw_settle_arrow (edit, followers->pdata[i]);
  all = draw_edit_list_ids (edit);
  for (guint i = 0; i < all->len; i++)
    fit_label_of (edit, document, all->pdata[i]);
  draw_belong (edit, document);
}
