/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-types.h"

G_BEGIN_DECLS

/* libsodium is initialised by the first call of any of these. Binary is base64url without
 * padding on the wire, in links and in files. */

#define BOARD_KEY_BYTES 32   /* board key (XChaCha20-Poly1305), Ed25519 seed and public key */
#define BOARD_PROOF_BYTES 64 /* Ed25519 signature */

typedef struct { guint8 bytes[BOARD_KEY_BYTES]; } BoardKey;

/* A new random board key, or a new Ed25519 seed. */
void board_key_generate (BoardKey *key);
void board_key_clear (BoardKey *key);
char *board_key_to_text (const BoardKey *key);
gboolean board_key_from_text (const char *text, BoardKey *key, GError **error);
/* The Ed25519 public key of a seed. A member's id is board_key_to_text() of the member's public
 * key. */
void board_key_public (const BoardKey *seed, BoardKey *public_key);
/* A fresh board id: 22 characters of base64url (128 random bits). Transfer full. */
char *board_id_generate (void);
gboolean board_id_is_valid (const char *text);

/* Signs "drawbridge-join|" sid "|" board id. sid: the Engine.IO session's id, the server's fresh
 * challenge. Transfer full, base64url. */
char *board_proof_sign (const BoardKey *seed, const char *sid, const char *board);
gboolean board_proof_verify (const BoardKey *public_key,
                             const char *proof,
                             const char *sid,
                             const char *board);

/* The same for a blob over HTTP: signs "drawbridge-blob|" method "|" sid "|" board "|" blob. The
 * sid is of the member's live connection: who overhears the proof can only repeat the very
 * request, which gives sealed bytes that were overheard too, or stores again what is there.
 * method: "GET", "PUT". */
char *board_blob_proof_sign (const BoardKey *seed, const char *sid, const char *method,
                             const char *board, const char *blob);
gboolean board_blob_proof_verify (const BoardKey *public_key, const char *proof, const char *sid,
                                  const char *method, const char *board, const char *blob);

G_END_DECLS
