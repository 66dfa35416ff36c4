/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

G_END_DECLS
