/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-document.h"

#include <string.h>

#include "board-damage-private.h"
#include "board-document-private.h"
#include "board-element-private.h"
#include "board-grid.h"
#include "board-index.h"
#include "board-references.h"

typedef struct {
  BoardGridItem place; /* first: a place is cast back to its item */
  BoardElement *element;
  GSequenceIter *z;
} Item;

/* Cells with less than that are gone through one by one. */
#define SHARED_MIN 32

/* What is in a cell of the grid, for who wants all of it. */
typedef struct {
  GPtrArray *alone; /* (element-type BoardElement): other threads may hold it, too */
  GPtrArray *rest;  /* (element-type Item): what depends on others */
  gboolean given;   /* somebody may have kept alone: it must not change any more */
} Shared;

struct _BoardDocument {
  GObject parent_instance;

  GHashTable *items; /* id, borrowed from the item's element -> Item */
  GSequence *order;  /* (element-type Item), bottom first */
  BoardGrid *grid;
  BoardReferences *references; /* of items */
  BoardRect extents;
  gboolean extents_known;
  GPtrArray *chats; /* (element-type BoardChatLine) */
  BoardMeeting *meeting;
  char *title;
  BoardHash hash;
};

G_DEFINE_FINAL_TYPE (BoardDocument, board_document, G_TYPE_OBJECT)

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return board_element_compare (((const Item *) a)->element, ((const Item *) b)->element);
}

static int
compare_elements (gconstpointer a, gconstpointer b)
{
  return board_element_compare (*(BoardElement *const *) a, *(BoardElement *const *) b);
}

static void
item_free (gpointer data)
{
  Item *item = data;

  board_element_unref (item->element);
  g_free (item);
}

static void
shared_free (gpointer data)
{
  Shared *shared = data;

  g_ptr_array_unref (shared->alone);
  g_ptr_array_unref (shared->rest);
  g_free (shared);
}

/* Frames clip what refers to them, lines leave room for the words on them. */
static gboolean
stands_alone (BoardElement *element)
{
  return board_element_get_references (element) == NULL && !board_element_has_bound (element);
}

static void
shared_add (Shared *self, Item *item)
{
  if (stands_alone (item->element))
    g_ptr_array_add (self->alone, board_element_ref (item->element));
  else
    g_ptr_array_add (self->rest, item);
}

static Shared *
shared_new (GPtrArray *items)
{
  Shared *self = g_new0 (Shared, 1);

  self->alone = g_ptr_array_new_full (items->len, (GDestroyNotify) board_element_unref);
  self->rest = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++)
    shared_add (self, g_ptr_array_index (items, i));
  return self;
}

/* While a board is read its lists grow with it, so that the first who asks need not wait until one
 * of thousands is made. */
static void
on_inserted (GPtrArray *items, gpointer *shared, gpointer user_data)
{
  Shared *known = *shared;

  if (known != NULL && !known->given)
    shared_add (known, g_ptr_array_index (items, items->len - 1));
  else if (known != NULL)
    shared_free (g_steal_pointer (shared));
  else if (items->len == SHARED_MIN)
    *shared = shared_new (items);
}

static void
place_item (BoardDocument *self, Item *item, const BoardRect *bounds)
{
  board_grid_insert (self->grid, &item->place, bounds, on_inserted, NULL);
}

static void
board_document_finalize (GObject *object)
{
  BoardDocument *self = BOARD_DOCUMENT (object);

  board_grid_free (self->grid);
  board_references_free (self->references);
  g_sequence_free (self->order);
  g_hash_table_unref (self->items);
  g_ptr_array_unref (self->chats);
  board_meeting_unref (self->meeting);
  g_free (self->title);
  G_OBJECT_CLASS (board_document_parent_class)->finalize (object);
}

static void
board_document_class_init (BoardDocumentClass *class)
{
  G_OBJECT_CLASS (class)->finalize = board_document_finalize;
}

static void
board_document_init (BoardDocument *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, item_free);
  self->order = g_sequence_new (NULL);
  self->grid = board_grid_new (shared_free);
  self->references = board_references_new ();
  self->extents_known = TRUE;
  self->chats = g_ptr_array_new_with_free_func ((GDestroyNotify) board_chat_line_unref);
  self->meeting = board_meeting_new ();
  self->title = g_strdup ("");
}

BoardDocument *
board_document_new (void)
{
  return g_object_new (BOARD_TYPE_DOCUMENT, NULL);
}

guint
board_document_get_n_elements (BoardDocument *self)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), 0);

  return g_hash_table_size (self->items);
}

BoardElement *
board_document_get_element (BoardDocument *self, const char *id)
{
  Item *item;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  item = g_hash_table_lookup (self->items, id);
  return item != NULL ? item->element : NULL;
}

static void
collect (BoardGridItem *place, gpointer user_data)
{
  g_ptr_array_add (user_data, board_element_ref (((Item *) place)->element));
}

typedef struct {
  BoardElementFunc func;
  gpointer user_data;
} Visitor;

static void
visit (BoardGridItem *place, gpointer user_data)
{
  const Visitor *visitor = user_data;

  visitor->func (((Item *) place)->element, visitor->user_data);
}

static GPtrArray *
list_all (BoardDocument *self)
{
  GPtrArray *found = g_ptr_array_new_full (board_document_get_n_elements (self),
                                           (GDestroyNotify) board_element_unref);

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order);
       !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    g_ptr_array_add (found, board_element_ref (((Item *) g_sequence_get (iter))->element));
  return found;
}

GPtrArray *
board_document_query (BoardDocument *self, const BoardRect *area)
{
  GPtrArray *found;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), NULL);

  if (area == NULL)
    return list_all (self);
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  board_grid_query (self->grid, area, collect, found);
  g_ptr_array_sort (found, compare_elements);
  return found;
}

GPtrArray *
board_document_list_referring (BoardDocument *self, BoardReference how, const char *id)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  GHashTable *items;
  GHashTableIter iter;
  gpointer item;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (self) && id != NULL, found);

  items = board_references_find (self->references, how, id);
  if (items == NULL)
    return found;
  g_hash_table_iter_init (&iter, items);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_ptr_array_add (found, board_element_ref (((Item *) item)->element));
  g_ptr_array_sort (found, compare_elements);
  return found;
}

void
board_document_foreach (BoardDocument *self,
                        const BoardRect *area,
                        BoardElementFunc func,
                        gpointer user_data)
{
  Visitor visitor = { func, user_data };

  g_return_if_fail (BOARD_IS_DOCUMENT (self));
  g_return_if_fail (area != NULL && func != NULL);

  board_grid_query (self->grid, area, visit, &visitor);
}

typedef struct {
  const BoardRect *area;
  BoardElementsFunc many;
  BoardElementFunc func;
  gpointer user_data;
} SharedVisitor;

static void
visit_cell (GPtrArray *items, gpointer *shared, gpointer user_data)
{
  const SharedVisitor *visitor = user_data;
  GPtrArray *rest = items;

  if (items->len >= SHARED_MIN)
    {
      if (*shared == NULL)
        *shared = shared_new (items);
      rest = ((Shared *) *shared)->rest;
      ((Shared *) *shared)->given = TRUE;
      visitor->many (((Shared *) *shared)->alone, visitor->user_data);
    }
  for (guint i = 0; i < rest->len; i++)
    {
      Item *item = g_ptr_array_index (rest, i);

      if (board_rect_intersects (&item->place.bounds, visitor->area))
        visitor->func (item->element, visitor->user_data);
    }
}

void
board_document_foreach_shared (BoardDocument *self,
                               const BoardRect *area,
                               BoardElementsFunc many,
                               BoardElementFunc func,
                               gpointer user_data)
{
  SharedVisitor visitor = { area, many, func, user_data };

  g_return_if_fail (BOARD_IS_DOCUMENT (self));
  g_return_if_fail (area != NULL && many != NULL && func != NULL);

  board_grid_query_cells (self->grid, area, visit_cell, &visitor);
}

BoardElement *
board_document_pick (BoardDocument *self, double x, double y, double tolerance)
{
  g_autoptr (GPtrArray) near = NULL;
  BoardRect area;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (tolerance >= 0, NULL);

  /* never empty, and bounds hold more than the ink */
  tolerance = MAX (tolerance, 1e-3);
  area = (BoardRect){ x - tolerance, y - tolerance, 2 * tolerance, 2 * tolerance };
  near = board_document_query (self, &area);
  for (guint i = near->len; i-- > 0;)
    {
      BoardElement *element = g_ptr_array_index (near, i);

      if (board_element_hit (element, x, y, tolerance))
        return element; /* the document holds it on */
    }
  return NULL;
}

char *
board_document_index_above (BoardDocument *self)
{
  GSequenceIter *end;
  Item *top;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), NULL);

  end = g_sequence_get_end_iter (self->order);
  if (g_sequence_iter_is_begin (end))
    return board_index_between (NULL, NULL);
  top = g_sequence_get (g_sequence_iter_prev (end));
  return board_index_between (board_element_get_index (top->element), NULL);
}

/* After something was taken away the union is not known until somebody asks. */
static void
ensure_extents (BoardDocument *self)
{
  GHashTableIter iter;
  gpointer item;

  if (self->extents_known)
    return;
  self->extents_known = TRUE;
  self->extents = (BoardRect){ 0 };
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    board_rect_union (&self->extents, &((Item *) item)->place.bounds, &self->extents);
}

gboolean
board_document_get_extents (BoardDocument *self, BoardRect *extents)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (extents != NULL, FALSE);

  ensure_extents (self);
  *extents = self->extents;
  return g_hash_table_size (self->items) > 0;
}

const char *
board_document_get_title (BoardDocument *self)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), NULL);

  return self->title;
}

guint
board_document_get_n_chats (BoardDocument *self)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), 0);

  return self->chats->len;
}

void
board_document_get_chat (BoardDocument *self, guint i, BoardChat *chat)
{
  BoardChatLine *line;

  g_return_if_fail (BOARD_IS_DOCUMENT (self));
  g_return_if_fail (i < self->chats->len && chat != NULL);

  line = g_ptr_array_index (self->chats, i);
  *chat = (BoardChat){
    .id = line->id,
    .member = line->member,
    .text = line->text,
    .time = line->time,
    .edited = line->edited,
    .deleted = line->deleted,
    .reply = line->reply,
    .has_place = line->has_place,
    .x = line->x,
    .y = line->y,
  };
}

int
board_document_find_chat (BoardDocument *self, const char *id)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (self) && id != NULL, -1);

  for (guint i = self->chats->len; i-- > 0;)
    if (g_str_equal (board_document_peek_chat (self, i)->id, id))
      return (int) i;
  return -1;
}

BoardMeeting *
board_document_get_meeting (BoardDocument *self)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (self), NULL);

  return self->meeting;
}

static gboolean
is_above_all (BoardDocument *self, BoardElement *element)
{
  GSequenceIter *end = g_sequence_get_end_iter (self->order);
  Item *top;

  if (g_sequence_iter_is_begin (end))
    return TRUE;
  top = g_sequence_get (g_sequence_iter_prev (end));
  return board_element_compare (top->element, element) < 0;
}

static void
put_new (BoardDocument *self, BoardElement *element, BoardDamage *damage)
{
  Item *item = g_new0 (Item, 1);
  BoardRect bounds;

  item->element = board_element_ref (element);
  board_element_get_bounds (element, &bounds);
  place_item (self, item, &bounds);
  board_references_add (self->references, board_element_get_references (element), item);
  item->z = is_above_all (self, element)
                ? g_sequence_append (self->order, item)
                : g_sequence_insert_sorted (self->order, item, compare_items, NULL);
  g_hash_table_insert (self->items, (gpointer) board_element_get_id (element), item);
  board_hash_add (&self->hash, board_element_get_hash (element));
  if (self->extents_known)
    board_rect_union (&self->extents, &bounds, &self->extents);
  board_damage_add (damage, board_element_get_id (element), NULL, &bounds);
}

/* The table's key belongs to the element, so it is exchanged with it. */
static void
exchange_element (BoardDocument *self, Item *item, BoardElement *element)
{
  g_autoptr (BoardElement) old = item->element;

  item->element = board_element_ref (element);
  g_hash_table_steal (self->items, board_element_get_id (old));
  g_hash_table_insert (self->items, (gpointer) board_element_get_id (element), item);
}

static void
put_again (BoardDocument *self, Item *item, BoardElement *element, BoardDamage *damage)
{
  g_autoptr (BoardElement) old = board_element_ref (item->element);
  BoardRect before = item->place.bounds, after;

  board_references_remove (self->references, board_element_get_references (old), item);
  board_references_add (self->references, board_element_get_references (element), item);
  exchange_element (self, item, element);
  if (board_element_equal (old, element))
    return;
  board_hash_subtract (&self->hash, board_element_get_hash (old));
  board_hash_add (&self->hash, board_element_get_hash (element));
  if (!g_str_equal (board_element_get_index (old), board_element_get_index (element)))
    g_sequence_sort_changed (item->z, compare_items, NULL);
  board_element_get_bounds (element, &after);
  board_grid_remove (self->grid, &item->place);
  place_item (self, item, &after);
  self->extents_known = FALSE;
  board_damage_add (damage, board_element_get_id (element), &before, &after);
}

void
board_document_put (BoardDocument *self, BoardElement *element, BoardDamage *damage)
{
  Item *item = g_hash_table_lookup (self->items, board_element_get_id (element));

  if (item == NULL)
    put_new (self, element, damage);
  else if (item->element != element)
    put_again (self, item, element, damage);
}

/* An element and the first bytes of its index, which mostly tell. */
typedef struct {
  guint64 head;
  BoardElement *element;
} Sorted;

static guint64
get_head (BoardElement *element)
{
  const char *index = board_element_get_index (element);
  guint64 head = 0;

  for (guint i = 0; i < sizeof head; i++)
    {
      head = head << 8 | (guint8) *index;
      index += *index != '\0';
    }
  return head;
}

static int
compare_sorted (gconstpointer a, gconstpointer b)
{
  const Sorted *x = a, *y = b;

  if (x->head != y->head)
    return x->head < y->head ? -1 : 1;
  return board_element_compare (x->element, y->element);
}

/* From the bottom up: each is above all that are there. */
void
board_document_put_all (BoardDocument *self, GPtrArray *elements, BoardDamage *damage)
{
  g_autoptr (GArray) sorted
      = g_array_sized_new (FALSE, FALSE, sizeof (Sorted), elements->len);

  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = g_ptr_array_index (elements, i);
      const Sorted one = { get_head (element), element };

      g_array_append_val (sorted, one);
    }
  g_array_sort (sorted, compare_sorted);
  for (guint i = 0; i < sorted->len; i++)
    board_document_put (self, g_array_index (sorted, Sorted, i).element, damage);
}

void
board_document_take (BoardDocument *self, const char *id, BoardDamage *damage)
{
  Item *item = g_hash_table_lookup (self->items, id);

  if (item == NULL)
    return;
  board_damage_add (damage, id, &item->place.bounds, NULL);
  board_hash_subtract (&self->hash, board_element_get_hash (item->element));
  board_grid_remove (self->grid, &item->place);
  board_references_remove (self->references, board_element_get_references (item->element), item);
  g_sequence_remove (item->z);
  self->extents_known = FALSE;
  g_hash_table_remove (self->items, board_element_get_id (item->element));
}

void
board_document_clear (BoardDocument *self, BoardDamage *damage)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  for (guint i = 0; i < ids->len; i++)
    board_document_take (self, g_ptr_array_index (ids, i), damage);
  for (guint i = self->chats->len; i-- > 0;)
    board_document_remove_chat (self, i, damage);
}

/* A board without a title hashes as one that never had one. */
static void
hash_title (BoardHash *hash, const char *title, void (*change) (BoardHash *, BoardHash))
{
  if (*title != '\0')
    change (hash, board_hash_text ('t', title));
}

void
board_document_set_title (BoardDocument *self, const char *title, BoardDamage *damage)
{
  if (g_str_equal (self->title, title))
    return;
  hash_title (&self->hash, self->title, board_hash_subtract);
  hash_title (&self->hash, title, board_hash_add);
  g_free (self->title);
  self->title = g_strdup (title);
  damage->title = TRUE;
}

void
board_document_insert_chat (BoardDocument *self, guint at, BoardChatLine *line, BoardDamage *damage)
{
  g_ptr_array_insert (self->chats, (int) at, board_chat_line_ref (line));
  board_hash_add (&self->hash, line->hash);
  damage->chat = TRUE;
}

void
board_document_remove_chat (BoardDocument *self, guint at, BoardDamage *damage)
{
  board_hash_subtract (&self->hash, board_document_peek_chat (self, at)->hash);
  g_ptr_array_remove_index (self->chats, at);
  damage->chat = TRUE;
}

void
board_document_put_chat (BoardDocument *self, guint at, BoardChatLine *line, BoardDamage *damage)
{
  BoardChatLine *old = board_document_peek_chat (self, at);

  if (old == line)
    return;
  board_hash_subtract (&self->hash, old->hash);
  board_hash_add (&self->hash, line->hash);
  damage->chat |= memcmp (&old->hash, &line->hash, sizeof old->hash) != 0;
  self->chats->pdata[at] = board_chat_line_ref (line);
  board_chat_line_unref (old);
}

void
board_document_show_meeting (BoardDocument *self, BoardMeeting *meeting)
{
  board_meeting_ref (meeting);
  board_meeting_unref (self->meeting);
  self->meeting = meeting;
}

BoardChatLine *
board_document_peek_chat (BoardDocument *self, guint at)
{
  return g_ptr_array_index (self->chats, at);
}

BoardHash
board_document_get_hash (BoardDocument *self)
{
  BoardHash hash = self->hash;

  board_hash_add (&hash, board_meeting_get_hash (self->meeting));
  return hash;
}
