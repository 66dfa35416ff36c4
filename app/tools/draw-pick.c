/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-pick.h"

#include "canvas/draw-selection.h"
#include "canvas/draw-shape.h"

/* All whose ink is there, bottom first. (element-type BoardElement), transfer full. */
static GPtrArray *
get_hit (DrawToolHost *host, double x, double y, gboolean locked)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  const double reach
      = DRAW_PICK_TOLERANCE / draw_viewport_get_scale (draw_tool_host_get_viewport (host));
  const BoardRect area = { x - reach, y - reach, 2 * reach, 2 * reach };
  GPtrArray *hit = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  g_autoptr (GPtrArray) near = NULL;

  if (document == NULL)
    return hit;
  near = board_document_query (document, &area);
  for (guint i = 0; i < near->len; i++)
    if (board_element_get_locked (near->pdata[i]) == locked
        && board_element_hit (near->pdata[i], x, y, reach))
      g_ptr_array_add (hit, board_element_ref (near->pdata[i]));
  return hit;
}

/* A label's container, anything else itself. */
static BoardElement *
get_whole (DrawToolHost *host, BoardElement *element)
{
  const char *container = board_element_get_kind (element) == BOARD_ELEMENT_TEXT
                              ? draw_shape_get_text (element, "containerId")
                              : NULL;
  BoardElement *whole
      = container != NULL
            ? board_document_get_element (draw_tool_host_get_document (host), container)
            : NULL;

  if (whole != NULL)
    return whole;
  return board_document_get_element (draw_tool_host_get_document (host),
                                     board_element_get_id (element));
}

BoardElement *
draw_pick_element (DrawToolHost *host, double x, double y)
{
  g_autoptr (GPtrArray) hit = get_hit (host, x, y, FALSE);

  return hit->len > 0 ? get_whole (host, hit->pdata[hit->len - 1]) : NULL;
}

BoardElement *
draw_pick_below (DrawToolHost *host, double x, double y, GPtrArray *above)
{
  g_autoptr (GPtrArray) hit = get_hit (host, x, y, FALSE);

  for (guint i = hit->len; i-- > 0;)
    if (draw_selection_contains (above, board_element_get_id (get_whole (host, hit->pdata[i])))
        && i > 0)
      return get_whole (host, hit->pdata[i - 1]);
  return hit->len > 0 ? get_whole (host, hit->pdata[hit->len - 1]) : NULL;
}

BoardElement *
draw_pick_locked (DrawToolHost *host, double x, double y)
{
  g_autoptr (GPtrArray) hit = get_hit (host, x, y, TRUE);

  return hit->len > 0 ? get_whole (host, hit->pdata[hit->len - 1]) : NULL;
}
