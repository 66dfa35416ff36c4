/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-state.h"

#include "board-element-private.h"
#include "board-fields.h"
#include "board/board-limits.h"

struct _BoardState {
  GHashTable *elements; /* id, borrowed from the element -> BoardElement */
  GPtrArray *chats;     /* (element-type BoardChatLine) */
  GHashTable *chat_ids; /* borrowed from the lines */
  guint64 n_chats_ever;
  char *title;
  BoardHash hash;
};

BoardState *
board_state_new (void)
{
  BoardState *self = g_new0 (BoardState, 1);

  self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) board_element_unref);
  self->chats = g_ptr_array_new_with_free_func ((GDestroyNotify) board_chat_line_unref);
  self->chat_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->title = g_strdup ("");
  return self;
}

void
board_state_free (BoardState *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->elements);
  g_hash_table_unref (self->chat_ids);
  g_ptr_array_unref (self->chats);
  g_free (self->title);
  g_free (self);
}

static void
take_element (BoardState *self, const char *id)
{
  BoardElement *old = g_hash_table_lookup (self->elements, id);

  if (old == NULL)
    return;
  board_hash_subtract (&self->hash, board_element_get_hash (old));
  g_hash_table_remove (self->elements, id);
}

static void
put_element (BoardState *self, BoardElement *element)
{
  take_element (self, board_element_get_id (element));
  board_hash_add (&self->hash, board_element_get_hash (element));
  g_hash_table_insert (self->elements, (gpointer) board_element_get_id (element),
                       board_element_ref (element));
}

/* An op on its way into the state. */
typedef struct {
  BoardState *state;
  GHashTable *rows; /* id -> (element-type JsonObject): "=" that are not yet in the state, or NULL */
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

static void
apply_add (Apply *apply, const char *id, BoardElement *element)
{
  BoardState *self = apply->state;

  if (g_hash_table_size (self->elements) >= BOARD_MAX_ELEMENTS
      && !g_hash_table_contains (self->elements, id))
    {
      apply->whole = FALSE;
      return;
    }
  put_element (self, element);
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
  BoardElement *element = g_hash_table_lookup (apply->state->elements, id);
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
    apply->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) json_object_unref);
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
  BoardElement *old = g_hash_table_lookup (apply->state->elements, id);
  g_autoptr (BoardElement) element = board_element_with (old, row, NULL);

  if (element == NULL)
    {
      apply->whole = FALSE;
      return;
    }
  put_element (apply->state, element);
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

/* The first message of an id stays: ids are random, a second one is a mistake or malice. */
static gboolean
apply_chat (BoardState *self, const char *member, int64_t time, const char *id, const char *text)
{
  BoardChatLine *line;

  if (g_hash_table_contains (self->chat_ids, id))
    return FALSE;
  line = board_chat_line_new (id, member, text, time);
  g_ptr_array_add (self->chats, line);
  self->n_chats_ever++;
  g_hash_table_add (self->chat_ids, line->id);
  board_hash_add (&self->hash, line->hash);
  if (self->chats->len > BOARD_MAX_CHATS)
    {
      BoardChatLine *oldest = g_ptr_array_index (self->chats, 0);

      board_hash_subtract (&self->hash, oldest->hash);
      g_hash_table_remove (self->chat_ids, oldest->id);
      g_ptr_array_remove_index (self->chats, 0);
    }
  return TRUE;
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
apply_change (Apply *apply, const char *member, int64_t time, BoardOp *op, guint i)
{
  const char *id = board_op_get_change_id (op, i);
  const char *text = board_op_get_change_text (op, i);

  switch (board_op_get_change_type (op, i))
    {
    case BOARD_CHANGE_ADD:
      end_row (apply, id);
      apply_add (apply, id, board_op_get_change_element (op, i));
      break;
    case BOARD_CHANGE_SET:
      apply_set (apply, id, board_op_get_change_props (op, i));
      break;
    case BOARD_CHANGE_REMOVE:
      end_row (apply, id);
      apply_remove (apply, id);
      break;
    case BOARD_CHANGE_CHAT:
      if (!apply_chat (apply->state, member, time, id, text))
        apply->whole = FALSE;
      break;
    case BOARD_CHANGE_TITLE:
      apply_title (apply->state, text);
      tell (apply, &(BoardEffect){ .type = BOARD_CHANGE_TITLE, .text = text });
      break;
    case BOARD_CHANGE_UNKNOWN:
    default:
      break;
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
  Apply apply = { self, NULL, func, user_data, TRUE };

  g_assert (self != NULL && member != NULL && op != NULL);

  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    apply_change (&apply, member, time, op, i);
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
  return g_hash_table_lookup (self->elements, id);
}

const char *
board_state_get_title (BoardState *self)
{
  return self->title;
}

guint
board_state_get_n_chats (BoardState *self)
{
  return self->chats->len;
}

guint64
board_state_get_n_chats_ever (BoardState *self)
{
  return self->n_chats_ever;
}

BoardChatLine *
board_state_get_chat (BoardState *self, guint i)
{
  return g_ptr_array_index (self->chats, i);
}

BoardHash
board_state_get_hash (BoardState *self)
{
  return self->hash;
}
