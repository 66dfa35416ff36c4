/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-selection.h"

#include <math.h>

#include "board/board-limits.h"

/* A change of place is about 80 bytes of JSON; sealed and in base64, 1,500 of them are 160 KiB. */
#define CHANGES_MAX 1500
/* Places are kept as coarse as points are. */
#define GRID 16.0

typedef void (*AddChange) (BoardOp *op, BoardElement *element, gpointer data);

static GPtrArray *
build_ops (GPtrArray *elements, AddChange add_change, gpointer data)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);

  for (guint i = 0; i < elements->len; i++)
    {
      if (i % CHANGES_MAX == 0)
        g_ptr_array_add (ops, board_op_new ());
      add_change (ops->pdata[ops->len - 1], elements->pdata[i], data);
    }
  return ops;
}

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
draw_selection_get_bounds (BoardDocument *document, GPtrArray *ids, BoardRect *bounds)
{
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);

  g_return_val_if_fail (bounds != NULL, FALSE);

  *bounds = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < elements->len; i++)
    {
      BoardRect rect;

      board_element_get_bounds (elements->pdata[i], &rect);
      board_rect_union (bounds, &rect, bounds);
    }
  return elements->len > 0;
}

gboolean
draw_selection_contains (GPtrArray *ids, const char *id)
{
  return ids != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

static double
shorten (double place, double way)
{
  return CLAMP (place + way, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX) - place;
}

static void
add_move (BoardOp *op, BoardElement *element, gpointer data)
{
  const double *way = data;
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_double_member (props, "x", board_element_get_x (element) + way[0]);
  json_object_set_double_member (props, "y", board_element_get_y (element) + way[1]);
  board_op_set_props (op, board_element_get_id (element), props);
}

GPtrArray *
draw_selection_move (BoardDocument *document, GPtrArray *ids, double dx, double dy)
{
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);
  double way[2] = { round (dx * GRID) / GRID, round (dy * GRID) / GRID };

  for (guint i = 0; i < elements->len; i++)
    {
      way[0] = shorten (board_element_get_x (elements->pdata[i]), way[0]);
      way[1] = shorten (board_element_get_y (elements->pdata[i]), way[1]);
    }
  if (way[0] == 0 && way[1] == 0)
    g_ptr_array_set_size (elements, 0);
  return build_ops (elements, add_move, way);
}

static void
add_remove (BoardOp *op, BoardElement *element, gpointer data)
{
  board_op_remove_element (op, board_element_get_id (element));
}

GPtrArray *
draw_selection_delete (BoardDocument *document, GPtrArray *ids)
{
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);

  return build_ops (elements, add_remove, NULL);
}

static void
add_props (BoardOp *op, BoardElement *element, gpointer data)
{
  board_op_set_props (op, board_element_get_id (element), data);
}

GPtrArray *
draw_selection_set_props (BoardDocument *document, GPtrArray *ids, JsonObject *props)
{
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);

  g_return_val_if_fail (props != NULL, g_ptr_array_new ());

  return build_ops (elements, add_props, props);
}
