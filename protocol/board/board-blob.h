/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "board/board-invite.h"

G_BEGIN_DECLS

/* Blobs: what is too large for an op: pictures, snapshots. Sealed bytes are nonce (24) |
 * XChaCha20-Poly1305 (board key, bytes, aad = board "|blob"), named by their SHA-256. The nonce is a keyed
 * hash of the bytes, so the same bytes of a board are the same blob wherever they are sealed, and a name
 * tells nobody without the key what is in it. */

/* Of the bytes before they are sealed: servers take 8 MiB by default, sealed. */
#define BOARD_MAX_BLOB (8 * 1024 * 1024 - 64)

/* What sealing adds. */
#define BOARD_BLOB_OVERHEAD 40

/* Transfer full. NULL when there are more than BOARD_MAX_BLOB bytes, or none. */
GBytes *board_blob_seal (const BoardKey *key, const char *board, GBytes *bytes);
/* NULL and BOARD_ERROR_LIMIT or BOARD_ERROR_SEAL. */
GBytes *board_blob_open (const BoardKey *key, const char *board, GBytes *sealed, GError **error);
/* The name of sealed bytes: 64 lower-case hex digits. Transfer full. */
char *board_blob_make_id (GBytes *sealed);

G_END_DECLS
