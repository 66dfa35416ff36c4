/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An order-independent hash of a set of texts: the sum of the texts' BLAKE2b hashes. Adding and
 * taking away cost one addition each, so a board's hash is always at hand. It finds faults; it
 * is no proof against somebody who chooses texts to collide. */
typedef struct {
  guint64 lanes[2];
} BoardHash;

/* kind keeps texts of different sorts apart. */
BoardHash board_hash_text (char kind, const char *text);
/* The same of a text that need not end there. */
BoardHash board_hash_bytes (char kind, const char *text, gsize length);
void board_hash_add (BoardHash *self, BoardHash item);
void board_hash_subtract (BoardHash *self, BoardHash item);
/* 32 hex digits. Transfer full. */
char *board_hash_to_text (BoardHash self);

G_END_DECLS
