/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-invite.h"

G_BEGIN_DECLS

/* Private words between two members: the text of a cast (board-cast.h) sealed for these two alone,
 * by a key that their member keys (X25519 of the same curve) and the board's key give. Neither the
 * server nor the other members can open one; additional data: flags, board "|" from "|whisper|" to.
 * Keys of members last as long as their boards, so who ever gets hold of one's seed can read what was
 * said to that member, if it was recorded. */

/* seed: the own one; to: the other's member id; text: up to BOARD_MAX_CAST_TEXT bytes. Returns:
 * (transfer full) (nullable): NULL when text is too long or nobody can have that id. */
char *board_whisper_seal (const BoardKey *key,
                          const BoardKey *seed,
                          const char *board,
                          const char *to,
                          const char *text);
/* from: who sent it, says the server; the seal proves it. Errors: BOARD_ERROR_SYNTAX,
 * _SEAL, _LIMIT. Transfer full. */
char *board_whisper_open (const BoardKey *key,
                          const BoardKey *seed,
                          const char *board,
                          const char *from,
                          const char *body,
                          GError **error);

G_END_DECLS
