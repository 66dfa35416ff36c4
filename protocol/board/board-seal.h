/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-invite.h"

G_BEGIN_DECLS

/* Sealed bodies: base64url of flags | nonce (24) | XChaCha20-Poly1305 (board key, text, aad).
 * Bit 0 of flags: the text is deflated (raw zlib through GZlibCompressor); opening refuses more than
 * max_bytes of inflated text. aad: board "|" member "|" counter for ops; board "|" member "|cast" for
 * casts; board "|" member "|profile" for profiles. */

/* Transfer full. */
char *board_seal_op (const BoardKey *key, const char *board, const char *member, uint64_t counter,
                     const char *text);
char *board_seal_cast (const BoardKey *key, const char *board, const char *member, const char *text);
char *board_seal_profile (const BoardKey *key, const char *board, const char *member, const char *text);
/* NULL and BOARD_ERROR_SEAL, _SYNTAX or _LIMIT. Transfer full; valid UTF-8. */
char *board_open_op (const BoardKey *key, const char *board, const char *member, uint64_t counter,
                     const char *body, GError **error);
char *board_open_cast (const BoardKey *key, const char *board, const char *member, const char *body,
                       GError **error);
char *board_open_profile (const BoardKey *key, const char *board, const char *member, const char *body,
                          GError **error);

G_END_DECLS
