/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardReplay: what a board showed at every moment of its log. It is fed with the log once, by any
 * thread, and then moved over it in either direction, by the thread that has its document. Moving
 * costs what changed between here and there: nothing is applied or parsed again, and versions of
 * elements are shared with whoever else has them.
 *
 * A moment is an entry that changed something drawn; what was only said is none. Moments are counted
 * from 0; position 0 is before all of them, position n after n of them.
 *
 * What elements were once is kept up to a bound of bytes: beyond it every two moments become one, so
 * a log of any length can be looked at, if not every step of it.
 */
typedef struct _BoardReplay BoardReplay;

typedef struct {
  uint64_t seq;       /* position in the log; 0: own, and not in the log yet */
  int64_t time;       /* ms since the epoch; 0: not known */
  const char *member; /* who did it: borrowed */
  gboolean has_place; /* where the hand was when it was done */
  double x, y;
} BoardMoment;

/* state: board_replica_save_state() of what was there before the first entry that will be fed, or NULL
 * for an empty board. budget: bytes of former versions that may be kept; 0: BOARD_REPLAY_BUDGET.
 * Errors: as of board_saved_state_new(). */
#define BOARD_REPLAY_BUDGET (256 * 1024 * 1024)
BoardReplay *board_replay_new (GBytes *state, gsize budget, GError **error);
void board_replay_free (BoardReplay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardReplay, board_replay_free)

/* Elements that somebody holds already (element-type BoardElement): those of equal content are shared
 * with them. Before the first entry. */
void board_replay_share (BoardReplay *self, GPtrArray *elements);
/* The next entry; op NULL for one that did not open. seq 0: an own op that is not in the log yet. */
void board_replay_feed (BoardReplay *self,
                        uint64_t seq,
                        const char *member,
                        int64_t time_ms,
                        BoardOp *op);
/* After the last entry: what was needed for feeding alone is given free. */
void board_replay_finish (BoardReplay *self);

guint board_replay_get_length (BoardReplay *self);
/* moment: 0..length - 1. */
void board_replay_get_moment (BoardReplay *self, guint moment, BoardMoment *info);
/* Who did something, in order of appearance; owned by the replay. (element-type utf8) */
GPtrArray *board_replay_get_members (BoardReplay *self);
/* How many entries that changed something drawn are of that member. */
guint board_replay_count_of (BoardReplay *self, const char *member);
/* The moment in which the element of that id was put there last, or -1. */
int board_replay_find (BoardReplay *self, const char *id);

/* What is shown. Another one after board_replay_set_only(). Borrowed. */
BoardDocument *board_replay_get_document (BoardReplay *self);
/* Only what this member put there is shown from now on, in a new document at position 0; NULL: all. */
void board_replay_set_only (BoardReplay *self, const char *member);
const char *board_replay_get_only (BoardReplay *self);
/* Moves towards that position, by max changes at most: a long way takes several calls, so that no
 * frame waits for it. TRUE when it is there. damage: what changed on the way is added. */
gboolean
board_replay_move (BoardReplay *self, guint position, guint max, BoardDamage *damage);

G_END_DECLS
