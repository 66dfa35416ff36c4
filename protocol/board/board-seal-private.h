/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-seal.h"

G_BEGIN_DECLS

/* As board_seal_op() and board_open_op(), with the flag that the body carries outside. */
char *board_seal_flagged_op (const BoardKey *key, const char *board, const char *member,
                             uint64_t counter, gboolean talk, const char *text);
char *board_open_flagged_op (const BoardKey *key, const char *board, const char *member,
                             uint64_t counter, const char *body, gboolean *talk, GError **error);

/* As board_seal_cast() and board_open_cast(), for another place than "cast". */
char *board_seal_at (const BoardKey *key, const char *board, const char *member, const char *place,
                     const char *text);
char *board_open_at (const BoardKey *key, const char *board, const char *member, const char *place,
                     const char *body, GError **error);

G_END_DECLS
