/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-invite.h"

G_BEGIN_DECLS

/* Sealed bodies: base64url of flags (1 byte) | nonce (24) | XChaCha20-Poly1305 (board key, text,
 * aad). Bit 0 of flags: the text is deflated (RFC 1951, no header), done where it makes the body
 * shorter; bit 1, of ops alone: what board-sealed-op.h says; the other bits are 0. Opening refuses more inflated text than board-limits.h allows.
 * aad: the flags byte, then board "|" member "|" counter for ops; board "|" member "|cast" for
 * casts; board "|" member "|profile" for profiles. So a body belongs to its board, author and
 * place, and a server can neither forge, move nor replay one, nor turn one kind into another.
 *
 * text is valid UTF-8. Sealing returns (transfer full) (nullable): NULL when the text or its
 * body is longer than the limits: BOARD_MAX_OP_TEXT and _BODY, BOARD_MAX_CAST_TEXT and _BODY,
 * BOARD_MAX_PROFILE_TEXT and BOARD_MAX_PROFILE. */

char *board_seal_op (const BoardKey *key,
                     const char *board,
                     const char *member,
                     uint64_t counter,
                     const char *text);
char *
board_seal_cast (const BoardKey *key, const char *board, const char *member, const char *text);
char *
board_seal_profile (const BoardKey *key, const char *board, const char *member, const char *text);
/* Whether board_seal_op() of that text is within the limits, under whatever key. */
gboolean board_seal_op_fits (const char *text);

/* Returns: (transfer full): the text, valid UTF-8; or NULL and BOARD_ERROR_SYNTAX (not such a
 * body), BOARD_ERROR_SEAL (not sealed by this key for this place) or BOARD_ERROR_LIMIT. */
char *board_open_op (const BoardKey *key,
                     const char *board,
                     const char *member,
                     uint64_t counter,
                     const char *body,
                     GError **error);
char *board_open_cast (const BoardKey *key,
                       const char *board,
                       const char *member,
                       const char *body,
                       GError **error);
char *board_open_profile (const BoardKey *key,
                          const char *board,
                          const char *member,
                          const char *body,
                          GError **error);

G_END_DECLS
