/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-belong.h"

#include "canvas/draw-box.h"
#include "canvas/draw-scene.h"
#include "canvas/draw-selection.h"

typedef struct {
  DrawEdit *edit;
  BoardDocument *document;
  GPtrArray *moved;  /* (element-type BoardElement) as they will be, frames left out */
  GPtrArray *frames; /* (element-type BoardElement) as they will be, topmost first */
  GHashTable *units; /* group -> BoardRect around those of it that are moved */
} Belonging;

/* ---- what it is about ---- */

static gboolean
is_frame (BoardElement *element)
{
  return board_element_get_kind (element) == BOARD_ELEMENT_FRAME;
}

static gboolean
is_label (BoardElement *element)
{
  JsonNode *node = board_element_get_kind (element) == BOARD_ELEMENT_TEXT
                       ? board_element_get_prop (element, "containerId")
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node);
}

static gboolean
is_new (Belonging *self, const char *id)
{
  return board_document_get_element (self->document, id) == NULL;
}

static gboolean
is_resized (Belonging *self, const char *id)
{
  return is_new (self, id) || draw_edit_sets (self->edit, id, "width")
         || draw_edit_sets (self->edit, id, "height");
}

static gboolean
is_moved (Belonging *self, const char *id)
{
  return is_resized (self, id) || draw_edit_sets (self->edit, id, "x")
         || draw_edit_sets (self->edit, id, "y") || draw_edit_sets (self->edit, id, "points");
}

static void
add_to_unit (Belonging *self, BoardElement *element)
{
  const char *group = draw_selection_get_group (element);
  BoardRect *unit = group != NULL ? g_hash_table_lookup (self->units, group) : NULL;
  BoardRect box;

  if (group == NULL)
    return;
  draw_box_get_outer (element, &box);
  if (unit != NULL)
    board_rect_union (unit, &box, unit);
  else
    g_hash_table_insert (self->units, g_strdup (group), g_memdup2 (&box, sizeof box));
}

static void
collect_moved (Belonging *self)
{
  g_autoptr (GPtrArray) ids = draw_edit_list_ids (self->edit);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BoardElement) element
          = is_moved (self, ids->pdata[i]) ? draw_edit_get_element (self->edit, ids->pdata[i])
                                           : NULL;

      if (element == NULL || board_element_get_locked (element))
        continue;
      if (is_frame (element))
        g_ptr_array_add (self->frames, g_steal_pointer (&element));
      else if (!is_label (element))
        {
          add_to_unit (self, element);
          g_ptr_array_add (self->moved, g_steal_pointer (&element));
        }
    }
}

static void
add_frame (BoardElement *element, gpointer data)
{
  Belonging *self = data;

  /* Those that move are there already, as they will be. */
  if (is_frame (element) && !is_moved (self, board_element_get_id (element))
      && draw_edit_keeps (self->edit, board_element_get_id (element)))
    g_ptr_array_add (self->frames, board_element_ref (element));
}

static int
compare_topmost_first (gconstpointer a, gconstpointer b)
{
  return draw_scene_compare (*(BoardElement *const *) b, *(BoardElement *const *) a);
}

static void
collect_frames (Belonging *self)
{
  BoardRect area;

  if (draw_box_get_all (self->moved, &area))
    board_document_foreach (self->document, &area, add_frame, self);
  g_ptr_array_sort (self->frames, compare_topmost_first);
}

/* ---- who goes where ---- */

static gboolean
is_inside (const BoardRect *outer, const BoardRect *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

static void
get_unit (Belonging *self, BoardElement *element, BoardRect *box)
{
  const char *group = draw_selection_get_group (element);
  const BoardRect *unit = group != NULL ? g_hash_table_lookup (self->units, group) : NULL;

  if (unit != NULL)
    *box = *unit;
  else
    draw_box_get_outer (element, box);
}

/* NULL: of none. */
static const char *
find_frame (Belonging *self, BoardElement *element)
{
  const char *current = board_element_get_frame_id (element), *touched = NULL;
  BoardRect box;

  get_unit (self, element, &box);
  for (guint i = 0; i < self->frames->len; i++)
    {
      const char *id = board_element_get_id (self->frames->pdata[i]);
      BoardRect frame;

      draw_box_get (self->frames->pdata[i], &frame);
      if (board_rect_contains (&frame, box.x + box.width / 2, box.y + box.height / 2))
        return id;
      if (g_strcmp0 (id, current) == 0 && board_rect_intersects (&frame, &box))
        touched = id;
    }
  return touched;
}

static JsonNode *
make_frame_node (const char *frame)
{
  return frame != NULL ? json_node_init_string (json_node_alloc (), frame)
                       : json_node_init_null (json_node_alloc ());
}

static void
set_frame (Belonging *self, const char *id, const char *frame)
{
  g_autoptr (GPtrArray) labels
      = board_document_list_referring (self->document, BOARD_REFERENCE_CONTAINER, id);

  draw_edit_set_member (self->edit, id, "frameId", make_frame_node (frame));
  for (guint i = 0; i < labels->len; i++)
    draw_edit_set_member (self->edit, board_element_get_id (labels->pdata[i]), "frameId",
                          make_frame_node (frame));
}

static void
settle_moved (Belonging *self, BoardElement *element)
{
  const char *current = board_element_get_frame_id (element), *found;

  if (current != NULL && draw_edit_has (self->edit, current) && is_moved (self, current)
      && !is_new (self, board_element_get_id (element)))
    return;
  found = find_frame (self, element);
  if (g_strcmp0 (found, current) != 0)
    set_frame (self, board_element_get_id (element), found);
}

/* New words are where what they are in is. */
static void
settle_labels (Belonging *self)
{
  g_autoptr (GPtrArray) ids = draw_edit_list_ids (self->edit);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BoardElement) element
          = is_new (self, ids->pdata[i]) ? draw_edit_get_element (self->edit, ids->pdata[i]) : NULL;
      g_autoptr (BoardElement) container = NULL;

      if (element == NULL || !is_label (element))
        continue;
      container = draw_edit_get_element (
          self->edit, json_node_get_string (board_element_get_prop (element, "containerId")));
      if (container != NULL && board_element_get_frame_id (container) != NULL)
        draw_edit_set_member (self->edit, ids->pdata[i], "frameId",
                              make_frame_node (board_element_get_frame_id (container)));
    }
}

/* ---- frames that are made or resized ---- */

typedef struct {
  Belonging *belonging;
  const char *frame;
  BoardRect box;
  GPtrArray *taken; /* (element-type utf8) borrowed from the document */
} Taking;

static gboolean
is_group_inside (Belonging *self, const char *group, const BoardRect *box)
{
  g_autoptr (GPtrArray) all
      = board_document_list_referring (self->document, BOARD_REFERENCE_GROUP, group);
  BoardRect around;

  return draw_box_get_all (all, &around) && is_inside (box, &around);
}

static void
take_if_inside (BoardElement *element, gpointer data)
{
  Taking *taking = data;
  const char *group;
  BoardRect box;

  if (is_frame (element) || is_label (element) || board_element_get_locked (element)
      || board_element_get_frame_id (element) != NULL
      || draw_edit_has (taking->belonging->edit, board_element_get_id (element)))
    return;
  draw_box_get_outer (element, &box);
  group = draw_selection_get_group (element);
  if (is_inside (&taking->box, &box)
      && (group == NULL || is_group_inside (taking->belonging, group, &taking->box)))
    g_ptr_array_add (taking->taken, (gpointer) board_element_get_id (element));
}

static void
take (Belonging *self, BoardElement *frame)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  Taking taking = { self, board_element_get_id (frame), { 0, 0, 0, 0 }, taken };

  draw_box_get (frame, &taking.box);
  board_document_foreach (self->document, &taking.box, take_if_inside, &taking);
  for (guint i = 0; i < taken->len; i++)
    set_frame (self, taken->pdata[i], taking.frame);
}

static void
let_go (Belonging *self, BoardElement *frame)
{
  const char *id = board_element_get_id (frame);
  g_autoptr (GPtrArray) members
      = board_document_list_referring (self->document, BOARD_REFERENCE_FRAME, id);
  BoardRect frame_box, box;

  draw_box_get (frame, &frame_box);
  for (guint i = 0; i < members->len; i++)
    {
      BoardElement *member = members->pdata[i];

      draw_box_get_outer (member, &box);
      if (!is_label (member) && !board_rect_intersects (&frame_box, &box)
          && !draw_edit_has (self->edit, board_element_get_id (member)))
        set_frame (self, board_element_get_id (member), NULL);
    }
}

void
draw_belong (DrawEdit *edit, BoardDocument *document)
{
  g_autoptr (GPtrArray) moved
      = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  g_autoptr (GPtrArray) frames
      = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Belonging self = { edit, document, moved, frames, units };

  g_return_if_fail (edit != NULL && BOARD_IS_DOCUMENT (document));

  collect_moved (&self);
  collect_frames (&self);
  for (guint i = 0; i < moved->len; i++)
    settle_moved (&self, moved->pdata[i]);
  for (guint i = 0; i < frames->len; i++)
    if (is_resized (&self, board_element_get_id (frames->pdata[i])))
      {
        let_go (&self, frames->pdata[i]);
        take (&self, frames->pdata[i]);
      }
  settle_labels (&self);
}

void
draw_belong_release (DrawEdit *edit, BoardDocument *document)
{
  g_autoptr (GPtrArray) ids = NULL;
  Belonging self = { edit, document };

  g_return_if_fail (edit != NULL && BOARD_IS_DOCUMENT (document));

  ids = draw_edit_list_ids (edit);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) members
          = board_document_list_referring (document, BOARD_REFERENCE_FRAME, ids->pdata[i]);

      for (guint n = 0; n < members->len; n++)
        if (draw_edit_keeps (edit, board_element_get_id (members->pdata[n])))
          set_frame (&self, board_element_get_id (members->pdata[n]), NULL);
    }
}
