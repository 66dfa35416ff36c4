/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Excalidraw's libraries: many small drawings in one file, laid out beside each other. */
#include "board/board-limits.h"
#include "files/draw-bundle-private.h"
#include "files/draw-props.h"
#include "files/draw-relations.h"

/* Items of a file that are taken; the rest is counted as skipped. */
#define ITEMS_MAX 2000
#define ROW_WIDTH 1200.0
#define GAP 40.0

typedef struct {
  DrawBundle *bundle;
  GPtrArray *objects; /* (element-type JsonObject), of all items */
  double x, y, row_height;
  guint n_items;
} Layout;

static void
get_item_bounds (GPtrArray *objects, BoardRect *bounds)
{
  *bounds = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < objects->len; i++)
    {
      const BoardRect box = { draw_props_get_number (objects->pdata[i], "x", 0),
                              draw_props_get_number (objects->pdata[i], "y", 0),
                              MAX (draw_props_get_number (objects->pdata[i], "width", 1), 1),
                              MAX (draw_props_get_number (objects->pdata[i], "height", 1), 1) };

      board_rect_union (bounds, &box, bounds);
    }
}

static void
move (JsonObject *props, const char *name, double way)
{
  json_object_set_double_member (props, name,
                                 CLAMP (draw_props_get_number (props, name, 0) + way,
                                        -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX));
}

static void
place_item (const DrawJsonPiece *item, const DrawJsonPiece *elements, gpointer user_data)
{
  Layout *layout = user_data;
  g_autoptr (GPtrArray) objects
      = draw_bundle_read_objects (elements, &layout->bundle->n_skipped);
  BoardRect bounds;

  if (objects->len == 0 || ++layout->n_items > ITEMS_MAX
      || layout->objects->len + objects->len > BOARD_MAX_ELEMENTS)
    return;
  /* Items of a library may have been made of each other: their ids are theirs alone. */
  draw_relations_rename (objects, TRUE);
  get_item_bounds (objects, &bounds);
  if (layout->x > 0 && layout->x + bounds.width > ROW_WIDTH)
    {
      layout->x = 0;
      layout->y += layout->row_height + GAP;
      layout->row_height = 0;
    }
  for (guint i = 0; i < objects->len; i++)
    {
      move (objects->pdata[i], "x", layout->x - bounds.x);
      move (objects->pdata[i], "y", layout->y - bounds.y);
      json_object_remove_member (objects->pdata[i], "index");
      g_ptr_array_add (layout->objects, json_object_ref (objects->pdata[i]));
    }
  layout->x += bounds.width + GAP;
  layout->row_height = MAX (layout->row_height, bounds.height);
}

/* Version 2 has objects with "elements", version 1 arrays of elements. */
static void
walk_items (const DrawJsonPiece *items, DrawBundleStencilFunc func, gpointer user_data)
{
  DrawJsonWalk walk;
  DrawJsonPiece key, item, elements;

  if (!draw_json_walk_init (&walk, items->text, items->length))
    return;
  while (draw_json_walk_next (&walk, &key, &item))
    if (item.text[0] == '[')
      func (NULL, &item, user_data);
    else if (draw_json_find (item.text, item.length, "elements", &elements))
      func (&item, &elements, user_data);
}

void
draw_bundle_foreach_stencil (const char *text,
                             gsize length,
                             DrawBundleStencilFunc func,
                             gpointer user_data)
{
  DrawJsonPiece items;

  if (draw_json_find (text, length, "libraryItems", &items)
      || draw_json_find (text, length, "library", &items))
    walk_items (&items, func, user_data);
}

DrawBundle *
draw_bundle_read_library (const char *text, gsize length)
{
  Layout layout = { draw_bundle_new (),
                    g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref) };

  draw_bundle_foreach_stencil (text, length, place_item, &layout);
  draw_bundle_relate_objects (layout.bundle, layout.objects);
  g_ptr_array_unref (layout.objects);
  return layout.bundle;
}
