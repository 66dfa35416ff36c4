/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* libsodium at the border of this room: its one initialisation and base64url without padding. */

/* Every function that uses libsodium calls this first; cheap after the first time, any thread. */
void board_sodium_init (void);

/* Transfer full. */
char *board_base64_encode (const guint8 *bytes, gsize size);
/* The same by a table: for what is long and no secret. */
void board_base64_append (GString *out, const guint8 *bytes, gsize size);
/* Strict: only the 64 characters, no padding, no stray bits in the last one, so that a text has one
 * meaning and a meaning one text. Returns: (transfer full) (nullable) the bytes; a NUL follows them
 * that size does not count. */
guint8 *board_base64_decode (const char *text, gsize length, gsize *size);
/* Bytes that so many characters stand for. */
gsize board_base64_get_size (gsize length);
/* The same into a buffer of that size. FALSE when the text is anything else. */
gboolean board_base64_decode_into (const char *text, gsize length, guint8 *bytes);
/* The same into a buffer of exactly that size, in constant time: for keys. FALSE when text is
 * anything else. */
gboolean board_base64_decode_exact (const char *text, guint8 *bytes, gsize size);

G_END_DECLS
