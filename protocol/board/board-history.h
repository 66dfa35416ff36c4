/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-overlay.h"
#include "board-state.h"
#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardHistory: how one person takes back what that person did, and nothing that anybody else
 * did.
 *
 * A step is what one act changed, as records: "this property was that", "this element was not
 * there", "this element was there, like so". Records follow what others do:
 *  - somebody changes a property after I did: my record of it is dead, undo leaves it alone;
 *  - somebody's change of it was ordered before mine, which is still pending: what I replaced is
 *    that person's value now, and undo gives it back;
 *  - somebody changes an element that I deleted: what undo brings back has the change;
 *  - somebody deletes, or brings back, what I deleted: not mine to undo any more.
 */
typedef struct _BoardHistory BoardHistory;

BoardHistory *board_history_new (void);
void board_history_free (BoardHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardHistory, board_history_free)

gboolean board_history_can_undo (BoardHistory *self);
gboolean board_history_can_redo (BoardHistory *self);

/* A step is recorded between begin and one of the ends: each change with its op's counter,
 * before it is applied to the document. */
void board_history_begin (BoardHistory *self);
void board_history_record (BoardHistory *self,
                           BoardDocument *document,
                           uint64_t counter,
                           BoardOp *op,
                           guint change);
/* A new act: it can be undone, and what was undone cannot be redone any more. */
void board_history_end_act (BoardHistory *self);
/* The step came of an undo: it can be redone. */
void board_history_end_undo (BoardHistory *self);
/* The step came of a redo: it can be undone again. */
void board_history_end_redo (BoardHistory *self);

/* Takes the newest step off and gives the ops that undo it, (element-type BoardOp) (transfer
 * full), none of them too large to be sealed; steps of which nothing is left to undo are passed
 * over. NULL when there is no more. */
GPtrArray *board_history_take_undo (BoardHistory *self, BoardDocument *document);
GPtrArray *board_history_take_redo (BoardHistory *self, BoardDocument *document);

/* Somebody else's change took its place in the log, before the own ops that are pending. */
void board_history_foreign (BoardHistory *self,
                            BoardOverlay *overlay,
                            const BoardEffect *effect);
/* That own op never was. renumber: those after it are counted one lower. */
void board_history_reject (BoardHistory *self, uint64_t counter, gboolean renumber);

/* Text of both stacks, the newest steps up to BOARD_MAX_HISTORY bytes. Transfer full. */
char *board_history_save (BoardHistory *self);
/* What save gave, judged as strictly as an op; nothing changes when it fails. */
gboolean board_history_restore (BoardHistory *self, const char *text, GError **error);

G_END_DECLS
