/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-overlay.h"

#include "board-change.h"
#include "board-element-private.h"
#include "board-fields.h"

/* One pending change of an element. */
typedef struct {
  BoardPending *pending;
  guint change;
} Touch;

/* All of one element, in order. Ops are mostly confirmed from the front, so that goes without
 * moving the rest each time: thousands of pending moves of one element come back in linear time. */
typedef struct {
  char *id;
  GArray *touches;
  guint first;
} Touches;

struct _BoardOverlay {
  GPtrArray *pending;   /* (element-type BoardPending) */
  GHashTable *touching; /* an element's id, borrowed -> Touches */
  GHashTable *talking;  /* a message's id, borrowed -> Touches */
  guint n_meetings;     /* pending changes of polls, ballots, dots and timers */
};

static void
pending_free (gpointer data)
{
  BoardPending *pending = data;

  board_op_unref (pending->op);
  g_free (pending);
}

static void
touches_free (gpointer data)
{
  Touches *touches = data;

  g_array_unref (touches->touches);
  g_free (touches->id);
  g_free (touches);
}

BoardOverlay *
board_overlay_new (void)
{
  BoardOverlay *self = g_new0 (BoardOverlay, 1);

  self->pending = g_ptr_array_new_with_free_func (pending_free);
  self->touching = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, touches_free);
  self->talking = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, touches_free);
  return self;
}

void
board_overlay_free (BoardOverlay *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->touching);
  g_hash_table_unref (self->talking);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

/* Where it is noted what a change of that type touches; NULL: nowhere. */
static GHashTable *
find_table (BoardOverlay *self, BoardChangeType type)
{
  switch (type)
    {
    case BOARD_CHANGE_ADD:
    case BOARD_CHANGE_SET:
    case BOARD_CHANGE_REMOVE:
      return self->touching;
    case BOARD_CHANGE_CHAT:
    case BOARD_CHANGE_CHAT_EDIT:
    case BOARD_CHANGE_CHAT_DELETE:
      return self->talking;
    default:
      return NULL;
    }
}

static void
add_touch (GHashTable *table, const char *id, BoardPending *pending, guint change)
{
  const Touch touch = { pending, change };
  Touches *touches = g_hash_table_lookup (table, id);

  if (touches == NULL)
    {
      touches = g_new0 (Touches, 1);
      touches->id = g_strdup (id);
      touches->touches = g_array_new (FALSE, FALSE, sizeof (Touch));
      g_hash_table_insert (table, touches->id, touches);
    }
  g_array_append_val (touches->touches, touch);
}

/* Half of the array gone at its front: time to give it back. */
static void
touches_compact (Touches *touches)
{
  if (touches->first * 2 <= touches->touches->len)
    return;
  g_array_remove_range (touches->touches, 0, touches->first);
  touches->first = 0;
}

static void
remove_touches (GHashTable *table, const char *id, BoardPending *pending)
{
  Touches *touches = g_hash_table_lookup (table, id);
  guint i;

  if (touches == NULL)
    return;
  while (touches->first < touches->touches->len
         && g_array_index (touches->touches, Touch, touches->first).pending == pending)
    touches->first++;
  for (i = touches->first; i < touches->touches->len;)
    if (g_array_index (touches->touches, Touch, i).pending->counter > pending->counter)
      break;
    else if (g_array_index (touches->touches, Touch, i).pending == pending)
      g_array_remove_index (touches->touches, i);
    else
      i++;
  if (touches->first == touches->touches->len)
    g_hash_table_remove (table, id);
  else
    touches_compact (touches);
}

void
board_overlay_push (BoardOverlay *self, uint64_t counter, BoardOp *op)
{
  BoardPending *pending = g_new (BoardPending, 1);

  pending->counter = counter;
  pending->op = board_op_ref (op);
  g_ptr_array_add (self->pending, pending);
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      BoardChangeType type = board_op_get_change_type (op, i);
      GHashTable *table = find_table (self, type);

      if (table != NULL)
        add_touch (table, board_op_get_change_id (op, i), pending, i);
      self->n_meetings += board_change_type_is_meeting (type);
    }
}

guint
board_overlay_get_length (BoardOverlay *self)
{
  return self->pending->len;
}

BoardPending *
board_overlay_get (BoardOverlay *self, guint i)
{
  return g_ptr_array_index (self->pending, i);
}

int
board_overlay_find (BoardOverlay *self, uint64_t counter)
{
  guint low = 0, high = self->pending->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (board_overlay_get (self, middle)->counter < counter)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->pending->len && board_overlay_get (self, low)->counter == counter)
    return (int) low;
  return -1;
}

void
board_overlay_remove (BoardOverlay *self, guint i)
{
  BoardPending *pending = board_overlay_get (self, i);

  for (guint k = 0; k < board_op_get_n_changes (pending->op); k++)
    {
      BoardChangeType type = board_op_get_change_type (pending->op, k);
      GHashTable *table = find_table (self, type);

      if (table != NULL)
        remove_touches (table, board_op_get_change_id (pending->op, k), pending);
      self->n_meetings -= board_change_type_is_meeting (type);
    }
  g_ptr_array_remove_index (self->pending, i);
}

void
board_overlay_reject (BoardOverlay *self, guint i)
{
  board_overlay_remove (self, i);
  for (; i < self->pending->len; i++)
    board_overlay_get (self, i)->counter--;
}

uint64_t
board_overlay_get_first_writer (BoardOverlay *self, const char *id, const char *prop)
{
  Touches *touches = g_hash_table_lookup (self->touching, id);

  for (guint i = touches != NULL ? touches->first : 0; touches && i < touches->touches->len; i++)
    {
      const Touch *touch = &g_array_index (touches->touches, Touch, i);
      JsonObject *props = board_op_get_change_props (touch->pending->op, touch->change);

      if (prop == NULL || props == NULL || json_object_has_member (props, prop))
        return touch->pending->counter;
    }
  return G_MAXUINT64;
}

uint64_t
board_overlay_get_first_title (BoardOverlay *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      BoardPending *pending = board_overlay_get (self, i);

      for (guint k = 0; k < board_op_get_n_changes (pending->op); k++)
        if (board_op_get_change_type (pending->op, k) == BOARD_CHANGE_TITLE)
          return pending->counter;
    }
  return G_MAXUINT64;
}

uint64_t
board_overlay_get_first_counter (BoardOverlay *self)
{
  return self->pending->len > 0 ? board_overlay_get (self, 0)->counter : G_MAXUINT64;
}

/* What a row of "=" comes to: the last value of each property. */
static BoardElement *
flush_props (BoardElement *element, JsonObject **merged)
{
  BoardElement *changed = NULL;

  if (*merged != NULL && element != NULL)
    changed = board_element_with (element, *merged, NULL);
  g_clear_pointer (merged, json_object_unref);
  if (changed == NULL)
    return element;
  board_element_unref (element);
  return changed;
}

BoardElement *
board_overlay_fold (BoardOverlay *self, const char *id, BoardElement *confirmed)
{
  BoardElement *element = confirmed != NULL ? board_element_ref (confirmed) : NULL;
  Touches *touches = g_hash_table_lookup (self->touching, id);
  JsonObject *merged = NULL;

  for (guint i = touches != NULL ? touches->first : 0; touches && i < touches->touches->len; i++)
    {
      const Touch *touch = &g_array_index (touches->touches, Touch, i);
      BoardOp *op = touch->pending->op;

      if (board_op_get_change_type (op, touch->change) == BOARD_CHANGE_SET)
        {
          JsonObject *props = board_op_get_change_props (op, touch->change);

          if (element == NULL || !board_element_accepts (element, props, NULL))
            continue;
          if (merged == NULL)
            merged = json_object_new ();
          board_fields_merge (merged, props, G_MAXUINT);
          continue;
        }
      g_clear_pointer (&merged, json_object_unref);
      g_clear_pointer (&element, board_element_unref);
      if (board_op_get_change_type (op, touch->change) == BOARD_CHANGE_ADD)
        element = board_element_ref (board_op_get_change_element (op, touch->change));
    }
  return flush_props (element, &merged);
}

const char *
board_overlay_get_title (BoardOverlay *self)
{
  for (guint i = self->pending->len; i-- > 0;)
    {
      BoardOp *op = board_overlay_get (self, i)->op;

      for (guint k = board_op_get_n_changes (op); k-- > 0;)
        if (board_op_get_change_type (op, k) == BOARD_CHANGE_TITLE)
          return board_op_get_change_text (op, k);
    }
  return NULL;
}

static const BoardChange *
touch_get_change (const Touch *touch)
{
  return board_op_peek_change (touch->pending->op, touch->change);
}

gboolean
board_overlay_touches_chat (BoardOverlay *self, const char *id)
{
  return g_hash_table_contains (self->talking, id);
}

BoardChatLine *
board_overlay_find_chat (BoardOverlay *self, const char *id, const char *member)
{
  Touches *touches = g_hash_table_lookup (self->talking, id);

  for (guint i = touches != NULL ? touches->first : 0; touches && i < touches->touches->len; i++)
    {
      const BoardChange *change = touch_get_change (&g_array_index (touches->touches, Touch, i));

      if (change->type == BOARD_CHANGE_CHAT)
        return board_chat_line_say (change, member, 0);
    }
  return NULL;
}

BoardChatLine *
board_overlay_fold_chat (BoardOverlay *self, BoardChatLine *confirmed, const char *member)
{
  Touches *touches = g_hash_table_lookup (self->talking, confirmed->id);
  BoardChatLine *line = board_chat_line_ref (confirmed);

  for (guint i = touches != NULL ? touches->first : 0; touches && i < touches->touches->len; i++)
    {
      const BoardChange *change = touch_get_change (&g_array_index (touches->touches, Touch, i));
      BoardChatLine *changed = change->type != BOARD_CHANGE_CHAT
                                   ? board_chat_line_change (line, change, member)
                                   : NULL;

      if (changed == NULL)
        continue;
      board_chat_line_unref (line);
      line = changed;
    }
  return line;
}

gboolean
board_overlay_has_meetings (BoardOverlay *self)
{
  return self->n_meetings > 0;
}

void
board_overlay_fold_meetings (BoardOverlay *self, BoardMeeting *meeting, const char *member)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      BoardOp *op = board_overlay_get (self, i)->op;

      for (guint k = 0; k < board_op_get_n_changes (op); k++)
        if (board_change_type_is_meeting (board_op_get_change_type (op, k)))
          board_meeting_apply (meeting, member, 0, board_op_peek_change (op, k));
    }
}
