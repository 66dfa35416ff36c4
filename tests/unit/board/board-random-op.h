/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/* All properties that random ops set; ends with NULL. */
extern const char *const board_random_props[];

/* What a person might do next on such a board, and what a program might that means no good: one to
 * five changes, mostly of the lowest few elements, so that members meet. Everything new has an id
 * that begins with name. Transfer full. */
BoardOp *board_random_op (BoardDocument *document, const char *name, GRand *rand);

G_END_DECLS
