/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-record.h"

G_BEGIN_DECLS

/* Writes what gives the records back, as few ops as can be sealed. */
typedef struct _BoardReverter BoardReverter;

BoardReverter *board_reverter_new (BoardDocument *document);
/* In reverse order of what happened. A dead record, or one that has nothing to give back, is
 * passed over. */
void board_reverter_add (BoardReverter *self, BoardRecord *record);
/* The ops, (element-type BoardOp) (transfer full), none when there was nothing to give back; the
 * end of self. */
GPtrArray *board_reverter_finish (BoardReverter *self);

G_END_DECLS
