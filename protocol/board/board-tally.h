/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A number for each member, 0 for most: a hash table of GRefString, interned, and the numbers that
 * are not 0. */

GHashTable *board_tally_new (void);
GHashTable *board_tally_copy (GHashTable *self);
guint board_tally_get (GHashTable *self, const char *member);
void board_tally_set (GHashTable *self, const char *member, guint number);
/* The keys of any table of texts, in order of their bytes, borrowed. (element-type utf8)
 * (transfer container) */
GPtrArray *board_tally_list (GHashTable *table);

G_END_DECLS
