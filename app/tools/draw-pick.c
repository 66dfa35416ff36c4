/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-pick.h"

#include "canvas/draw-box.h"
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

static gboolean
can_have_label (BoardElement *element)
{
  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
    case BOARD_ELEMENT_ARROW:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_inside (BoardElement *element, double x, double y, double reach)
{
  BoardRect box;

  if (board_element_get_kind (element) == BOARD_ELEMENT_ARROW)
    return board_element_hit (element, x, y, reach);
  draw_box_get (element, &box);
  draw_box_turn_point (&x, &y, box.x + box.width / 2, box.y + box.height / 2,
                       -board_element_get_angle (element));
  return board_rect_contains (&box, x, y);
}

BoardElement *
draw_pick_container (DrawToolHost *host, double x, double y)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  const double reach
      = DRAW_PICK_TOLERANCE / draw_viewport_get_scale (draw_tool_host_get_viewport (host));
  const BoardRect area = { x - reach, y - reach, 2 * reach, 2 * reach };
  g_autoptr (GPtrArray) near = document != NULL ? board_document_query (document, &area) : NULL;

  for (guint i = near != NULL ? near->len : 0; i-- > 0;)
    if (can_have_label (near->pdata[i]) && !board_element_get_locked (near->pdata[i])
        && is_inside (near->pdata[i], x, y, reach))
      return board_document_get_element (document, board_element_get_id (near->pdata[i]));
  return NULL;
}
