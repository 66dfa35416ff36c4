/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-replica.h"

G_BEGIN_DECLS

/**
 * BoardSavedState: what board_replica_save_state() gave, read and judged, and not yet taken by a replica.
 * Reading is the long part and may be done by any thread; taking is for the replica's own.
 */
typedef struct _BoardSavedState BoardSavedState;

/* NULL and BOARD_ERROR_* when the bytes are no state, or not the one whose hash they tell. */
BoardSavedState *board_saved_state_new (GBytes *bytes, GError **error);
void board_saved_state_free (BoardSavedState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardSavedState, board_saved_state_free)

/* The position of the log that it speaks of. */
uint64_t board_saved_state_get_seq (BoardSavedState *self);
/* The last counter of that member that is in it, 0 when there is none. */
uint64_t board_saved_state_get_counter (BoardSavedState *self, const char *member);

/* As board_replica_load_state(). saved: (transfer full), in any case. */
gboolean board_replica_take_state (BoardReplica *self, BoardSavedState *saved, GError **error);

G_END_DECLS
