/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keys that servers ask for before they take a new board, by the server's origin. They lie in a file that this
 * person alone can read, beside the boards, whose own keys lie on this disk in the same way. */

/* What a person types as a server's address as an origin: "board.example.org" is https://board.example.org:443. NULL
 * when it is none. Transfer full. */
char *draw_server_origin_of (const char *text);
/* Whether a server can have this key: 16 to 256 printable characters of ASCII, no blanks. */
gboolean draw_server_key_is_valid (const char *key);
/* Transfer full; NULL when none is known. */
char *draw_server_keys_lookup (const char *directory, const char *origin);
/* key: NULL forgets it. FALSE: it could not be written. */
gboolean draw_server_keys_store (const char *directory, const char *origin, const char *key);

G_END_DECLS
