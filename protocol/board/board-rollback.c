/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-rollback.h"

#include "board-replica-private.h"

/* The member's own replica, all of whose acts are one step of its history. */
struct _BoardRollback {
  BoardReplica *ghost;
  gboolean finished;
};

BoardRollback *
board_rollback_new (const char *member)
{
  BoardRollback *self;

  g_return_val_if_fail (member != NULL, NULL);

  self = g_new0 (BoardRollback, 1);
  self->ghost = board_replica_new (member);
  board_replica_freeze_changes (self->ghost);
  board_history_begin (self->ghost->history);
  return self;
}

void
board_rollback_free (BoardRollback *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->ghost);
  g_free (self);
}

void
board_rollback_feed (BoardRollback *self,
                     const char *member,
                     uint64_t counter,
                     int64_t time_ms,
                     BoardOp *op)
{
  BoardReplica *ghost;

  g_return_if_fail (self != NULL && !self->finished && member != NULL);

  ghost = self->ghost;
  if (op != NULL && g_str_equal (member, ghost->member))
    {
      ghost->next_counter = counter;
      board_replica_push_own (ghost, op, TRUE);
    }
  board_replica_apply (ghost, ghost->seq + 1, member, counter, time_ms, op);
  g_clear_pointer (&ghost->damage, board_damage_free);
}

GPtrArray *
board_rollback_finish (BoardRollback *self, BoardDocument *document)
{
  GPtrArray *ops;

  g_return_val_if_fail (self != NULL && !self->finished, NULL);
  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);

  self->finished = TRUE;
  board_history_end_act (self->ghost->history);
  ops = board_history_take_undo (self->ghost->history, document);
  return ops != NULL ? ops : g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
}
