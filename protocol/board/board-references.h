/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/* Which elements name which ids, and in what way. */

/* Whether a change speaks of any reference. */
gboolean board_references_are_in (JsonObject *changes);
/* What properties refer to, as keys; NULL for nothing. (element-type utf8) (transfer full) */
GPtrArray *board_references_read (JsonObject *props);

typedef struct _BoardReferences BoardReferences;

BoardReferences *board_references_new (void);
void board_references_free (BoardReferences *self);
/* Holds on to nothing of what is put in. keys: NULL for none. */
void board_references_add (BoardReferences *self, GPtrArray *keys, gpointer item);
void board_references_remove (BoardReferences *self, GPtrArray *keys, gpointer item);
/* The items that refer to the id in that way, in no order; NULL for none. Borrowed. */
GHashTable *board_references_find (BoardReferences *self, BoardReference how, const char *id);

G_END_DECLS
