/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-replica-private.h"

#include "board-damage-private.h"
#include "board-document-private.h"
#include "board-state-text.h"
#include "board/board-saved-state.h"

struct _BoardSavedState {
  BoardState *state; /* NULL once it was taken */
  uint64_t seq;
};

GBytes *
board_replica_save_state (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);

  return board_state_save (self->state, self->seq);
}

void
board_replica_make_views (BoardReplica *self)
{
  g_clear_pointer (&self->chat_view, board_chat_view_free);
  g_clear_pointer (&self->meeting_view, board_meeting_view_free);
  self->chat_view = board_chat_view_new (self->member, board_state_get_chats (self->state),
                                         self->overlay, self->document);
  self->meeting_view = board_meeting_view_new (self->member, board_state_get_meeting (self->state),
                                               self->overlay, self->document);
}

/* Own ops that the new state has in it are pending no more. */
static void
drop_confirmed (BoardReplica *self)
{
  uint64_t counter = board_state_get_counter (self->state, self->member);

  while (board_overlay_get_length (self->overlay) > 0
         && board_overlay_get (self->overlay, 0)->counter <= counter)
    board_overlay_remove (self->overlay, 0);
  self->next_counter = MAX (self->next_counter, counter + 1);
}

/* Shows state and pending ops from the start. */
static void
show_all (BoardReplica *self)
{
  g_autoptr (GPtrArray) elements = board_state_get_elements (self->state);
  BoardDamage *damage = board_replica_get_damage (self);

  board_damage_add_all (damage);
  board_document_clear (self->document, damage);
  board_replica_make_views (self);
  board_document_put_all (self->document, elements, damage);
  board_document_set_title (self->document, board_state_get_title (self->state), damage);
  board_chat_view_advance (self->chat_view, 0, damage);
  for (guint i = 0; i < board_overlay_get_length (self->overlay); i++)
    {
      BoardOp *op = board_overlay_get (self->overlay, i)->op;

      for (guint k = 0; k < board_op_get_n_changes (op); k++)
        board_replica_show_change (self, board_op_peek_change (op, k));
    }
  damage->chat = damage->title = damage->meeting = TRUE;
}

BoardSavedState *
board_saved_state_new (GBytes *bytes, GError **error)
{
  BoardSavedState *self;
  BoardState *state;
  uint64_t seq;

  g_return_val_if_fail (bytes != NULL, NULL);

  state = board_state_load (bytes, &seq, error);
  if (state == NULL)
    return NULL;
  self = g_new0 (BoardSavedState, 1);
  self->state = state;
  self->seq = seq;
  return self;
}

void
board_saved_state_free (BoardSavedState *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->state, board_state_free);
  g_free (self);
}

uint64_t
board_saved_state_get_seq (BoardSavedState *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->seq;
}

uint64_t
board_saved_state_get_counter (BoardSavedState *self, const char *member)
{
  g_return_val_if_fail (self != NULL && member != NULL, 0);

  return board_state_get_counter (self->state, member);
}

gboolean
board_replica_take_state (BoardReplica *self, BoardSavedState *saved, GError **error)
{
  g_autoptr (BoardSavedState) owned = saved;

  g_return_val_if_fail (BOARD_IS_REPLICA (self) && saved != NULL, FALSE);

  if (saved->seq < self->seq)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_STATE,
                           "The state is older than what is known already");
      return FALSE;
    }
  board_state_free (self->state);
  self->state = g_steal_pointer (&saved->state);
  self->seq = saved->seq;
  drop_confirmed (self);
  show_all (self);
  board_replica_settle (self);
  return TRUE;
}

gboolean
board_replica_load_state (BoardReplica *self, GBytes *bytes, GError **error)
{
  BoardSavedState *saved;

  g_return_val_if_fail (BOARD_IS_REPLICA (self) && bytes != NULL, FALSE);

  saved = board_saved_state_new (bytes, error);
  return saved != NULL && board_replica_take_state (self, saved, error);
}
