/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-chat-line.h"
#include "board-meeting-private.h"
#include "board/board-op.h"

G_BEGIN_DECLS

/**
 * BoardOverlay: the own ops that the server has not ordered yet, in order of their counters, and
 * by element: what is shown of an element is its confirmed state with the pending changes that
 * touch it folded in.
 */
typedef struct _BoardOverlay BoardOverlay;

typedef struct {
  uint64_t counter;
  BoardOp *op; /* owned by the overlay */
} BoardPending;

BoardOverlay *board_overlay_new (void);
void board_overlay_free (BoardOverlay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardOverlay, board_overlay_free)

/* counter is above all there are. */
void board_overlay_push (BoardOverlay *self, uint64_t counter, BoardOp *op);
guint board_overlay_get_length (BoardOverlay *self);
/* In order of counters. Borrowed. */
BoardPending *board_overlay_get (BoardOverlay *self, guint i);
/* The place of that counter, or -1. */
int board_overlay_find (BoardOverlay *self, uint64_t counter);
void board_overlay_remove (BoardOverlay *self, guint i);
/* The counter of whatever is pending behind it goes down by one. */
void board_overlay_reject (BoardOverlay *self, guint i);
/* The counter of the first pending op that writes the property (NULL: anything) of the element; the
 * largest number there is when none does. */
uint64_t board_overlay_get_first_writer (BoardOverlay *self, const char *id, const char *prop);
/* The same for the title. */
uint64_t board_overlay_get_first_title (BoardOverlay *self);
/* The lowest pending counter; the largest number there is when nothing is pending. */
uint64_t board_overlay_get_first_counter (BoardOverlay *self);

/* What is shown of the element whose confirmed state that is (NULL: not there), or NULL.
 * Transfer full. */
BoardElement *board_overlay_fold (BoardOverlay *self, const char *id, BoardElement *confirmed);
/* The title that the pending ops set last, or NULL. Borrowed. */
const char *board_overlay_get_title (BoardOverlay *self);

/* Of messages; member: whose the pending ops are. */
gboolean board_overlay_touches_chat (BoardOverlay *self, const char *id);
/* The message as it was first said, or NULL when it is not pending. Transfer full. */
BoardChatLine *board_overlay_find_chat (BoardOverlay *self, const char *id, const char *member);
/* A message with the pending edits of it. Transfer full. */
BoardChatLine *
board_overlay_fold_chat (BoardOverlay *self, BoardChatLine *confirmed, const char *member);

/* Whether a poll, a ballot, dots or the timer have a pending change. */
gboolean board_overlay_has_meetings (BoardOverlay *self);
/* Puts all of those over the meeting. */
void board_overlay_fold_meetings (BoardOverlay *self, BoardMeeting *meeting, const char *member);

G_END_DECLS
