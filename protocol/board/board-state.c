/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-state.h"

#include "board-element-private.h"
#include "board-fields.h"
#include "board-tally.h"
#include "board/board-limits.h"

/* What is held of an element: it, and who wrote it. */
typedef struct {
  BoardElement *element;
  GRefString *author; /* of the last "+" */
  GRefString *writer; /* of the last change */
} Held;

struct _BoardState {
  GHashTable *elements; /* id, borrowed from the element -> Held */
  BoardChats *chats;
  BoardMeeting *meeting;
  char *title;
  GHashTable *counters; /* member -> uint64_t, owned: the last of each who wrote */
  BoardHash hash;       /* of the elements and the title */
};

static void
held_free (gpointer data)
{
  Held *held = data;

  board_element_unref (held->element);
  g_ref_string_release (held->author);
  g_ref_string_release (held->writer);
  g_free (held);
}

BoardState *
board_state_new (void)
{
  BoardState *self = g_new0 (BoardState, 1);

  self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, held_free);
  self->chats = board_chats_new ();
  self->meeting = board_meeting_new ();
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->title = g_strdup ("");
  return self;
}

void
board_state_free (BoardState *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->elements);
  board_chats_free (self->chats);
  board_meeting_unref (self->meeting);
  g_hash_table_unref (self->counters);
  g_free (self->title);
  g_free (self);
}

static void
take_element (BoardState *self, const char *id)
{
  Held *old = g_hash_table_lookup (self->elements, id);

  if (old == NULL)
    return;
  board_hash_subtract (&self->hash, board_element_get_hash (old->element));
  g_hash_table_remove (self->elements, id);
}

/* author: NULL for that of the one before, which is there. */
static void
put_element (BoardState *self, BoardElement *element, const char *author, const char *writer)
{
  Held *old = g_hash_table_lookup (self->elements, board_element_get_id (element));
  Held *held = g_new (Held, 1);

  held->element = board_element_ref (element);
  held->author
      = author != NULL ? g_ref_string_new_intern (author) : g_ref_string_acquire (old->author);
  held->writer = g_ref_string_new_intern (writer);
  if (old != NULL)
    take_element (self, board_element_get_id (element));
  board_hash_add (&self->hash, board_element_get_hash (element));
  g_hash_table_insert (self->elements, (gpointer) board_element_get_id (element), held);
}

/* An op on its way into the state. */
typedef struct {
  BoardState *state;
  const char *member;
  GHashTable
      *rows; /* id -> (element-type JsonObject): "=" that are not yet in the state, or NULL */
  BoardEffectFunc func;
  gpointer user_data;
  gboolean whole; /* nothing was skipped */
} Apply;

static void
tell (Apply *apply, const BoardEffect *effect)
{
  if (apply->func != NULL)
    apply->func (effect, apply->user_data);
}

gboolean
board_state_add (BoardState *self, const char *member, BoardElement *element)
{
  if (g_hash_table_size (self->elements) >= BOARD_MAX_ELEMENTS
      && !g_hash_table_contains (self->elements, board_element_get_id (element)))
    return FALSE;
  put_element (self, element, member, member);
  return TRUE;
}

static void
apply_add (Apply *apply, const char *id, BoardElement *element)
{
  if (!board_state_add (apply->state, apply->member, element))
    {
      apply->whole = FALSE;
      return;
    }
  tell (apply, &(BoardEffect){ .type = BOARD_CHANGE_ADD, .id = id, .element = element });
}

static void
apply_remove (Apply *apply, const char *id)
{
  take_element (apply->state, id);
  tell (apply, &(BoardEffect){ .type = BOARD_CHANGE_REMOVE, .id = id });
}

/* What is set on an element that is not there does nothing, but for who deleted it and may bring it
 * back. */
static void
apply_set (Apply *apply, const char *id, JsonObject *props)
{
  BoardElement *element = board_state_get_element (apply->state, id);
  JsonObject *row;

  if (element == NULL)
    {
      tell (apply, &(BoardEffect){ .type = BOARD_CHANGE_SET, .id = id, .props = props });
      return;
    }
  if (!board_element_accepts (element, props, NULL))
    {
      apply->whole = FALSE;
      return;
    }
  if (apply->rows == NULL)
    apply->rows
        = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) json_object_unref);
  row = g_hash_table_lookup (apply->rows, id);
  if (row == NULL)
    {
      row = json_object_new ();
      g_hash_table_insert (apply->rows, (gpointer) id, row);
    }
  if (!board_fields_merge (row, props, BOARD_MAX_PROPS))
    apply->whole = FALSE;
}

static void
apply_row (Apply *apply, const char *id, JsonObject *row)
{
  BoardElement *old = board_state_get_element (apply->state, id);
  g_autoptr (BoardElement) element = board_element_with (old, row, NULL);

  if (element == NULL)
    {
      apply->whole = FALSE;
      return;
    }
  put_element (apply->state, element, NULL, apply->member);
  tell (apply, &(BoardEffect){ .type = BOARD_CHANGE_SET, .id = id, .props = row });
}

/* The row of an element, when something else is about to happen to it. */
static void
end_row (Apply *apply, const char *id)
{
  JsonObject *row = apply->rows != NULL ? g_hash_table_lookup (apply->rows, id) : NULL;

  if (row == NULL)
    return;
  apply_row (apply, id, row);
  g_hash_table_remove (apply->rows, id);
}

static void
end_rows (Apply *apply)
{
  GHashTableIter iter;
  gpointer id, row;

  if (apply->rows == NULL)
    return;
  g_hash_table_iter_init (&iter, apply->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    apply_row (apply, id, row);
  g_hash_table_unref (apply->rows);
}

static void
apply_title (BoardState *self, const char *title)
{
  if (*self->title != '\0')
    board_hash_subtract (&self->hash, board_hash_text ('t', self->title));
  if (*title != '\0')
    board_hash_add (&self->hash, board_hash_text ('t', title));
  g_free (self->title);
  self->title = g_strdup (title);
}

static void
apply_change (Apply *apply, int64_t time, const BoardChange *change)
{
  BoardState *self = apply->state;

  switch (change->type)
    {
    case BOARD_CHANGE_ADD:
      end_row (apply, change->id);
      apply_add (apply, change->id, change->element);
      break;
    case BOARD_CHANGE_SET:
      apply_set (apply, change->id, change->props);
      break;
    case BOARD_CHANGE_REMOVE:
      end_row (apply, change->id);
      apply_remove (apply, change->id);
      break;
    case BOARD_CHANGE_TITLE:
      apply_title (self, change->text);
      tell (apply, &(BoardEffect){ .type = BOARD_CHANGE_TITLE, .text = change->text });
      break;
    case BOARD_CHANGE_CHAT:
    case BOARD_CHANGE_CHAT_EDIT:
    case BOARD_CHANGE_CHAT_DELETE:
      if (!board_chats_apply (self->chats, apply->member, time, change))
        apply->whole = FALSE;
      break;
    default:
      if (board_change_type_is_meeting (change->type)
          && !board_meeting_apply (self->meeting, apply->member, time, change))
        apply->whole = FALSE;
    }
}

gboolean
board_state_apply (BoardState *self,
                   const char *member,
                   int64_t time,
                   BoardOp *op,
                   BoardEffectFunc func,
                   gpointer user_data)
{
  Apply apply = { self, member, NULL, func, user_data, TRUE };

  g_assert (self != NULL && member != NULL && op != NULL);

  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    apply_change (&apply, time, board_op_peek_change (op, i));
  end_rows (&apply);
  return apply.whole;
}

guint
board_state_get_n_elements (BoardState *self)
{
  return g_hash_table_size (self->elements);
}

BoardElement *
board_state_get_element (BoardState *self, const char *id)
{
  Held *held = g_hash_table_lookup (self->elements, id);

  return held != NULL ? held->element : NULL;
}

gboolean
board_state_get_authors (BoardState *self, const char *id, const char **author, const char **writer)
{
  Held *held = g_hash_table_lookup (self->elements, id);

  if (held == NULL)
    return FALSE;
  *author = held->author;
  *writer = held->writer;
  return TRUE;
}

const char *
board_state_get_title (BoardState *self)
{
  return self->title;
}

GPtrArray *
board_state_list_elements (BoardState *self)
{
  return board_tally_list (self->elements);
}

GPtrArray *
board_state_get_elements (BoardState *self)
{
  GPtrArray *elements = g_ptr_array_sized_new (board_state_get_n_elements (self));
  GHashTableIter iter;
  gpointer held;

  g_hash_table_iter_init (&iter, self->elements);
  while (g_hash_table_iter_next (&iter, NULL, &held))
    g_ptr_array_add (elements, ((Held *) held)->element);
  return elements;
}

GPtrArray *
board_state_list_writers (BoardState *self)
{
  return board_tally_list (self->counters);
}

uint64_t
board_state_get_counter (BoardState *self, const char *member)
{
  uint64_t *counter = g_hash_table_lookup (self->counters, member);

  return counter != NULL ? *counter : 0;
}

void
board_state_set_counter (BoardState *self, const char *member, uint64_t counter)
{
  uint64_t *known = g_hash_table_lookup (self->counters, member);

  if (known != NULL)
    *known = MAX (*known, counter);
  else
    g_hash_table_insert (self->counters, g_strdup (member), g_memdup2 (&counter, sizeof counter));
}

BoardChats *
board_state_get_chats (BoardState *self)
{
  return self->chats;
}

BoardMeeting *
board_state_get_meeting (BoardState *self)
{
  return self->meeting;
}

BoardHash
board_state_get_hash (BoardState *self)
{
  BoardHash hash = self->hash;

  board_hash_add (&hash, board_chats_get_hash (self->chats));
  board_hash_add (&hash, board_meeting_get_hash (self->meeting));
  return hash;
}
