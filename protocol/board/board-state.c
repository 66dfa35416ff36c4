/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-state.h"

#include "board-element-private.h"
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

static gboolean
apply_add (BoardState *self, BoardElement *element)
{
  if (g_hash_table_size (self->elements) >= BOARD_MAX_ELEMENTS
      && !g_hash_table_contains (self->elements, board_element_get_id (element)))
    return FALSE;
  put_element (self, element);
  return TRUE;
}

static gboolean
apply_set (BoardState *self, const char *id, JsonObject *props)
{
  BoardElement *old = g_hash_table_lookup (self->elements, id);
  g_autoptr (BoardElement) element = NULL;

  if (old == NULL)
    return TRUE;
  element = board_element_with (old, props, NULL);
  if (element == NULL)
    return FALSE;
  put_element (self, element);
  return TRUE;
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

gboolean
board_state_apply (BoardState *self, const char *member, int64_t time, BoardOp *op, guint change)
{
  const char *id = board_op_get_change_id (op, change);

  g_assert (self != NULL && member != NULL);

  switch (board_op_get_change_type (op, change))
    {
    case BOARD_CHANGE_ADD:
      return apply_add (self, board_op_get_change_element (op, change));
    case BOARD_CHANGE_SET:
      return apply_set (self, id, board_op_get_change_props (op, change));
    case BOARD_CHANGE_REMOVE:
      take_element (self, id);
      return TRUE;
    case BOARD_CHANGE_CHAT:
      return apply_chat (self, member, time, id, board_op_get_change_text (op, change));
    case BOARD_CHANGE_TITLE:
      apply_title (self, board_op_get_change_text (op, change));
      return TRUE;
    case BOARD_CHANGE_UNKNOWN:
    default:
      return TRUE;
    }
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
