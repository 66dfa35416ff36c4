/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-scene.h"

#include <string.h>

#include "canvas/draw-shape.h"

/* Entries of boundElements that are looked at: a stranger may list any number. */
#define BOUND_MAX 64

struct _DrawScene {
  gatomicrefcount refs;
  GArray *items;    /* (element-type DrawPainterItem), what they hold is owned */
  GPtrArray *lists; /* (element-type GPtrArray): what is in them and within area is to come; or NULL */
  BoardRect area;
  DrawImages *images;
};

static void
clear_item (gpointer data)
{
  DrawPainterItem *item = data;

  board_element_unref (item->element);
  g_clear_pointer (&item->frame, board_element_unref);
  g_clear_pointer (&item->label, board_element_unref);
}

DrawScene *
draw_scene_new (DrawImages *images)
{
  DrawScene *self;

  g_return_val_if_fail (images == NULL || DRAW_IS_IMAGES (images), NULL);

  self = g_new0 (DrawScene, 1);
  g_atomic_ref_count_init (&self->refs);
  self->items = g_array_new (FALSE, FALSE, sizeof (DrawPainterItem));
  g_array_set_clear_func (self->items, clear_item);
  if (images != NULL)
    self->images = g_object_ref (images);
  return self;
}

DrawScene *
draw_scene_ref (DrawScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
draw_scene_unref (DrawScene *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->items);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_object (&self->images);
  g_free (self);
}

/* ---- what belongs to an element ---- */

static BoardElement *
find_kind (BoardDocument *document, const char *id, BoardElementType kind)
{
  BoardElement *element = id != NULL ? board_document_get_element (document, id) : NULL;

  return element != NULL && board_element_get_kind (element) == kind ? element : NULL;
}

static const char *
get_bound_text_id (JsonNode *node)
{
  JsonObject *bound;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  bound = json_node_get_object (node);
  if (g_strcmp0 (json_object_get_string_member_with_default (bound, "type", NULL), "text") != 0)
    return NULL;
  return json_object_get_string_member_with_default (bound, "id", NULL);
}

BoardElement *
draw_scene_find_label (BoardDocument *document, BoardElement *container)
{
  JsonNode *node;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (container != NULL, NULL);

  if (!board_element_has_bound (container))
    return NULL;
  node = board_element_get_prop (container, "boundElements");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  JsonArray *bound = json_node_get_array (node);
  for (guint i = 0; i < MIN (json_array_get_length (bound), BOUND_MAX); i++)
    {
      BoardElement *label
          = find_kind (document, get_bound_text_id (json_array_get_element (bound, i)),
                       BOARD_ELEMENT_TEXT);

      if (label != NULL
          && g_strcmp0 (draw_shape_get_text (label, "containerId"),
                        board_element_get_id (container))
                 == 0)
        return label;
    }
  return NULL;
}

static gboolean
is_line (BoardElement *element)
{
  return board_element_get_kind (element) == BOARD_ELEMENT_LINE
         || board_element_get_kind (element) == BOARD_ELEMENT_ARROW;
}

void
draw_scene_add (DrawScene *self, BoardDocument *document, BoardElement *element, double alpha)
{
  DrawPainterItem item = { .alpha = alpha };

  g_return_if_fail (self != NULL && element != NULL);
  g_return_if_fail (document == NULL || BOARD_IS_DOCUMENT (document));

  item.element = board_element_ref (element);
  if (document != NULL && board_element_get_frame_id (element) != NULL)
    {
      BoardElement *frame
          = find_kind (document, board_element_get_frame_id (element), BOARD_ELEMENT_FRAME);

      item.frame = frame != NULL && frame != element ? board_element_ref (frame) : NULL;
    }
  if (document != NULL && is_line (element))
    {
      BoardElement *label = draw_scene_find_label (document, element);

      item.label = label != NULL ? board_element_ref (label) : NULL;
    }
  g_array_append_val (self->items, item);
}

void
draw_scene_add_list (DrawScene *self, GPtrArray *elements, const BoardRect *area)
{
  g_return_if_fail (self != NULL && elements != NULL && area != NULL);

  if (self->lists == NULL)
    self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->area = *area;
  g_ptr_array_add (self->lists, g_ptr_array_ref (elements));
}

static void
take_list (DrawScene *self, GPtrArray *elements)
{
  for (guint i = 0; i < elements->len; i++)
    {
      DrawPainterItem item = { .element = elements->pdata[i], .alpha = 1 };
      BoardRect bounds;

      board_element_get_bounds (item.element, &bounds);
      if (!board_rect_intersects (&bounds, &self->area))
        continue;
      board_element_ref (item.element);
      g_array_append_val (self->items, item);
    }
}

int
draw_scene_compare (BoardElement *a, BoardElement *b)
{
  const int order = strcmp (board_element_get_index (a), board_element_get_index (b));

  return order != 0 ? order : strcmp (board_element_get_id (a), board_element_get_id (b));
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return draw_scene_compare (((const DrawPainterItem *) a)->element,
                             ((const DrawPainterItem *) b)->element);
}

void
draw_scene_sort (DrawScene *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; self->lists != NULL && i < self->lists->len; i++)
    take_list (self, self->lists->pdata[i]);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_array_sort (self->items, compare_items);
}

gboolean
draw_scene_is_empty (DrawScene *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->items->len == 0 && self->lists == NULL;
}

DrawScene *
draw_scene_new_for_document (BoardDocument *document, const BoardRect *area, DrawImages *images)
{
  g_autoptr (GPtrArray) elements = NULL;
  DrawScene *self;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);

  self = draw_scene_new (images);
  elements = board_document_query (document, area);
  for (guint i = 0; i < elements->len; i++)
    draw_scene_add (self, document, elements->pdata[i], 1);
  return self;
}

typedef struct {
  DrawScene *scene;
  BoardDocument *document;
  const BoardRect *area;
} Tile;

static void
add_list (GPtrArray *elements, gpointer data)
{
  const Tile *tile = data;

  draw_scene_add_list (tile->scene, elements, tile->area);
}

static void
add_one (BoardElement *element, gpointer data)
{
  const Tile *tile = data;

  draw_scene_add (tile->scene, tile->document, element, 1);
}

DrawScene *
draw_scene_new_for_tile (BoardDocument *document, const BoardRect *area, DrawImages *images)
{
  Tile tile = { NULL, document, area };

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (area != NULL, NULL);

  tile.scene = draw_scene_new (images);
  board_document_foreach_shared (document, area, add_list, add_one, &tile);
  return tile.scene;
}

static GHashTable *
get_wanted (BoardDocument *document, GPtrArray *ids)
{
  GHashTable *wanted = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      BoardElement *element = board_document_get_element (document, ids->pdata[i]);
      BoardElement *label = element != NULL ? draw_scene_find_label (document, element) : NULL;

      if (element != NULL)
        g_hash_table_add (wanted, element);
      if (label != NULL)
        g_hash_table_add (wanted, label);
    }
  return wanted;
}

DrawScene *
draw_scene_new_for_ids (BoardDocument *document, GPtrArray *ids, DrawImages *images)
{
  g_autoptr (GHashTable) wanted = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  DrawScene *self;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  self = draw_scene_new (images);
  wanted = get_wanted (document, ids);
  elements = board_document_query (document, NULL);
  for (guint i = 0; i < elements->len; i++)
    if (g_hash_table_contains (wanted, elements->pdata[i]))
      draw_scene_add (self, document, elements->pdata[i], 1);
  return self;
}

/* ---- asking ---- */

guint
draw_scene_get_n_elements (DrawScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

BoardElement *
draw_scene_get_element (DrawScene *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->items->len, NULL);

  return g_array_index (self->items, DrawPainterItem, i).element;
}

DrawImages *
draw_scene_get_images (DrawScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->images;
}

gboolean
draw_scene_get_bounds (DrawScene *self, BoardRect *bounds)
{
  g_return_val_if_fail (self != NULL && bounds != NULL, FALSE);

  *bounds = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < self->items->len; i++)
    {
      BoardRect rect;

      board_element_get_bounds (draw_scene_get_element (self, i), &rect);
      board_rect_union (bounds, &rect, bounds);
    }
  return self->items->len > 0;
}

gboolean
draw_scene_has_images (DrawScene *self)
{
  gboolean complete = TRUE;

  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < self->items->len && self->images != NULL; i++)
    {
      BoardElement *element = draw_scene_get_element (self, i);
      const char *file_id = board_element_get_kind (element) == BOARD_ELEMENT_IMAGE
                                ? draw_shape_get_text (element, "fileId")
                                : NULL;

      if (file_id != NULL)
        complete &= draw_images_request (self->images, file_id, NULL);
    }
  return complete;
}

void
draw_scene_paint (DrawScene *self, cairo_t *cr, const DrawPainting *painting)
{
  DrawPainting own;

  g_return_if_fail (self != NULL && cr != NULL && painting != NULL);

  own = *painting;
  own.images = self->images;
  for (guint i = 0; i < self->items->len; i++)
    draw_painter_paint (cr, &g_array_index (self->items, DrawPainterItem, i), &own);
}
