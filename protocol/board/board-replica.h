/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardReplica: one member's copy of a board: the confirmed state (a pure function of the
 * server's log) and, over it, the own ops that the server has not ordered yet. It does no I/O:
 * whoever owns it keeps the journal and the connection.
 *
 * Counters of a member start at 1 and have no hole.
 *
 * Signals: "changed" (BoardDamage *damage): the visible document changed.
 *          "rejected" (guint64 counter): an own op was rolled back.
 * Properties (read, notify): can-undo, can-redo.
 */
#define BOARD_TYPE_REPLICA (board_replica_get_type ())
G_DECLARE_FINAL_TYPE (BoardReplica, board_replica, BOARD, REPLICA, GObject)

/* member: this member's id. */
BoardReplica *board_replica_new (const char *member);
const char *board_replica_get_member (BoardReplica *self);
/* The visible state. Borrowed; the same object all the time. */
BoardDocument *board_replica_get_document (BoardReplica *self);

/* Applies an own op at once and keeps it pending. Returns its counter; 0 and an error when it
 * cannot be applied (BOARD_ERROR_*; _LIMIT also when board_seal_op() could not seal it). Its
 * inverse goes on the undo stack and the redo stack is cleared. */
uint64_t board_replica_submit (BoardReplica *self, BoardOp *op, GError **error);
/* What is submitted between these two is one act: one step of undo, whatever number of ops it took.
 * They nest. Nothing else may be done with the replica in between; "changed" is emitted at the end. */
void board_replica_begin_act (BoardReplica *self);
void board_replica_end_act (BoardReplica *self);
/* The op that undoes (redoes) the newest own op that is not undone: already submitted, as by
 * board_replica_submit(). Returns its counter, or 0 when there is nothing to do; what undoes a
 * large op may take several, whose counters end with the one returned. Properties that somebody
 * else has changed since are left alone. */
uint64_t board_replica_undo (BoardReplica *self);
uint64_t board_replica_redo (BoardReplica *self);
gboolean board_replica_can_undo (BoardReplica *self);
gboolean board_replica_can_redo (BoardReplica *self);

/* One entry of the server's log; seq must be the next (board_replica_get_seq() + 1), else FALSE and
 * nothing happens. op: NULL for an entry that did not open or validate: it is skipped by all alike.
 * An own pending op with that counter is thereby confirmed. */
gboolean board_replica_apply (BoardReplica *self,
                              uint64_t seq,
                              const char *member,
                              uint64_t counter,
                              int64_t time_ms,
                              BoardOp *op);
/* The server refused it for good: rolled back, with what it changed. Counters have no hole, so
 * every pending op after it takes a counter one lower, and so does the next submit: a journal
 * does the same. */
void board_replica_reject (BoardReplica *self, uint64_t counter);
/* The same, but those after it keep their counters and a hole stays, which whoever sends them
 * fills: for ops that are in flight or in a journal, where a counter is an op's name. */
void board_replica_withdraw (BoardReplica *self, uint64_t counter);

/* Position of the last confirmed entry, 0 at first. */
uint64_t board_replica_get_seq (BoardReplica *self);
guint board_replica_get_n_pending (BoardReplica *self);
/* The pending ops in order of their counters: i from 0. Borrowed. */
BoardOp *board_replica_get_pending (BoardReplica *self, guint i, uint64_t *counter);
/* The counter that the next submit takes. */
uint64_t board_replica_get_next_counter (BoardReplica *self);
/* From hello: the server knows counters up to this one, of an earlier life perhaps; the next one
 * will be above. */
void board_replica_raise_counter (BoardReplica *self, uint64_t server_counter);

/* Restores a pending op from the journal, in order, before anything else is submitted. */
gboolean
board_replica_restore_pending (BoardReplica *self, uint64_t counter, BoardOp *op, GError **error);
/* Between these two "changed" is not emitted; thaw emits one with all that happened. They nest. For
 * whoever applies many entries at once. Polls, dots and the timer are shown anew at the thaw. */
void board_replica_freeze_changes (BoardReplica *self);
void board_replica_thaw_changes (BoardReplica *self);
/* The history as text for the journal (transfer full), and back. */
char *board_replica_save_history (BoardReplica *self);
gboolean board_replica_restore_history (BoardReplica *self, const char *text, GError **error);

/* The confirmed state as bytes, to be kept or sealed as a snapshot (board-blob.h); transfer full. */
GBytes *board_replica_save_state (BoardReplica *self);
/* Takes a state over that is at least as new as what is here: for opening and joining without the
 * log before it. It is judged as a log is and must have the hash that it says, but only whoever made it
 * knows whether it is what the log says: who doubts applies the log. Own pending ops stay over
 * it, but for those that are in it. board-saved-state.h does it in two steps. Errors:
 * BOARD_ERROR_*; nothing changes then. */
gboolean board_replica_load_state (BoardReplica *self, GBytes *bytes, GError **error);

/* Who put the shown element there and who changed it last: member ids, borrowed until the next
 * change. Bringing a deleted element back counts as putting it there. FALSE when nothing of that id
 * is shown. */
gboolean board_replica_get_authors (BoardReplica *self,
                                    const char *id,
                                    const char **author,
                                    const char **writer);

/* Order-independent hash of the confirmed state, 32 hex digits, equal on all replicas at the
 * same seq (transfer full). The second one is of the visible state: equal to the first when
 * nothing is pending. */
char *board_replica_dup_confirmed_hash (BoardReplica *self);
char *board_replica_dup_visible_hash (BoardReplica *self);

G_END_DECLS
