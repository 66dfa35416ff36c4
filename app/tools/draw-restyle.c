/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-restyle.h"

#include "canvas/draw-settle.h"
#include "canvas/draw-text.h"
#include "canvas/draw-writing.h"
#include "tools/draw-points.h"

static GPtrArray *
get_concerned (BoardDocument *document, GPtrArray *ids, const char *name)
{
  g_autoptr (GPtrArray) all = draw_selection_with_dependents (document, ids);
  GPtrArray *elements = draw_selection_get_elements (document, all);

  for (guint i = elements->len; i-- > 0;)
    if (!draw_style_concerns (board_element_get_kind (elements->pdata[i]), name))
      g_ptr_array_remove_index (elements, i);
  return elements;
}

/* 1 and 1.0 are the same. */
static gboolean
is_equal (JsonNode *a, JsonNode *b)
{
  if (json_node_get_value_type (a) == G_TYPE_STRING
      || json_node_get_value_type (b) == G_TYPE_STRING)
    return json_node_equal (a, b);
  return json_node_get_double (a) == json_node_get_double (b)
         && json_node_get_boolean (a) == json_node_get_boolean (b);
}

DrawLook
draw_restyle_get (BoardDocument *document, GPtrArray *ids, const char *name, JsonNode **value)
{
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (JsonNode) common = NULL;

  g_return_val_if_fail (ids != NULL && name != NULL && value != NULL, DRAW_LOOK_NONE);

  *value = NULL;
  elements = get_concerned (document, ids, name);
  for (guint i = 0; i < elements->len; i++)
    {
      g_autoptr (JsonNode) own = draw_style_dup_value (elements->pdata[i], name);

      if (common == NULL)
        common = g_steal_pointer (&own);
      else if (!is_equal (common, own))
        return DRAW_LOOK_MIXED;
    }
  *value = g_steal_pointer (&common);
  return elements->len > 0 ? DRAW_LOOK_SAME : DRAW_LOOK_NONE;
}

GPtrArray *
draw_restyle_set (BoardDocument *document, GPtrArray *ids, const char *name, JsonNode *value)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) elements = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (ids != NULL && name != NULL && value != NULL, NULL);

  edit = draw_edit_new (document);
  elements = get_concerned (document, ids, name);
  for (guint i = 0; i < elements->len; i++)
    {
      const char *id = board_element_get_id (elements->pdata[i]);
      const BoardElementType type = board_element_get_kind (elements->pdata[i]);

      draw_edit_set_member (edit, id, name, draw_style_to_board (type, name, value));
      if (g_str_equal (name, "fontFamily"))
        draw_edit_set_member (edit, id, "lineHeight",
                              json_node_init_double (json_node_alloc (),
                                                     draw_text_get_line_height (
                                                         (int) json_node_get_int (value))));
      if (g_str_equal (name, "elbowed"))
        {
          draw_points_set_elbowed (edit, elements->pdata[i], json_node_get_boolean (value));
          draw_settle_arrow (edit, id);
        }
      if (type == BOARD_ELEMENT_TEXT || type == BOARD_ELEMENT_NOTE)
        draw_writing_fit (edit, document, id);
    }
  return draw_edit_get_ops (edit);
}
