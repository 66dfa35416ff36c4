/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Strict base64 (RFC 4648 section 4: padded, no blanks). g_base64_decode() skips over what it does not
 * know, which would turn a broken message into a different one.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* NULL and EIO_ERROR_PARSE if the text is not base64. */
GBytes *eio_base64_decode (const char *text, gsize length, GError **error);
void eio_base64_append (GString *out, gconstpointer data, gsize size);
/* Characters that @size bytes become. */
gsize eio_base64_length (gsize size);

G_END_DECLS
