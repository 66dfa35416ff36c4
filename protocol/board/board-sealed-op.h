/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-invite.h"
#include "board/board-op.h"

G_BEGIN_DECLS

/* Ops as they travel. The body of one that is talk (board_op_is_talk()) says so outside of its seal,
 * by bit 1 of its flags, which the seal covers: a server lets those who may only look send such
 * bodies and no others (board_body_is_talk()), and everybody who opens one that says so and is more
 * than talk takes it for void. So a viewer can speak and vote, and can draw nothing even with the
 * help of nobody but a broken client. */

/* Returns: (transfer full) (nullable): NULL when the op is too large to be sealed. */
char *board_sealed_op_build (BoardOp *op,
                             const BoardKey *key,
                             const char *board,
                             const char *member,
                             uint64_t counter);
/* text: (out) (optional) (transfer full): the op as it was written. Errors: those of board_open_op()
 * and of board_op_from_json(); BOARD_ERROR_SCHEMA when it says talk and is more. */
BoardOp *board_sealed_op_open (const BoardKey *key,
                               const char *board,
                               const char *member,
                               uint64_t counter,
                               const char *body,
                               char **text,
                               GError **error);

G_END_DECLS
