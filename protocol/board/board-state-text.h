/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-state.h"

G_BEGIN_DECLS

/* A state as bytes: the shortest log, so to speak, that gives it. Deflated text, a line of JSON each:
 *   {"v":1,"seq":position,"hash":of the state,"counters":{member:last counter}}
 *   [member,ms,change], ...   applied in this order to an empty board
 * Lines stand in one order, so that equal states have equal bytes. What is read is judged as the
 * ops of a log are, and the hash must come out. */

/* Inflated. */
#define BOARD_MAX_STATE_TEXT (512 * 1024 * 1024)

GBytes *board_state_save (BoardState *self, uint64_t seq);
/* NULL and BOARD_ERROR_SYNTAX, _SCHEMA, _RANGE, _LIMIT; BOARD_ERROR_SEAL when the hash is another
 * one. */
BoardState *board_state_load (GBytes *bytes, uint64_t *seq, GError **error);

G_END_DECLS
