/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardRollback: what takes back everything that one member did to the board: for a host, when
 * somebody spoilt it. It goes by that member's undo over the whole log: what the member drew
 * goes, what the member deleted comes back, and a property that somebody else has changed since is
 * left alone. What was said, and votes, stay. Any thread, one at a time.
 */
typedef struct _BoardRollback BoardRollback;

BoardRollback *board_rollback_new (const char *member);
void board_rollback_free (BoardRollback *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardRollback, board_rollback_free)

/* The entries of the log from the first on, none left out; op NULL for one that did not open. */
void board_rollback_feed (BoardRollback *self,
                          const char *member,
                          uint64_t counter,
                          int64_t time_ms,
                          BoardOp *op);
/* After the last entry, once. document: what is shown now. Returns: (transfer full)
 * (element-type BoardOp): ops to submit, each of which can be sealed; none when there is nothing to
 * take back. Submitting them one by one makes as many steps of the own undo. */
GPtrArray *board_rollback_finish (BoardRollback *self, BoardDocument *document);

G_END_DECLS
