/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The query of an Engine.IO URL.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* name -> value, both decoded, or NULL: bad escapes, U+0000, invalid UTF-8, or one of the protocol's own
 * names (EIO, transport, sid, j, b64) twice. Of another name given twice the last counts.
 * @query: (nullable): without the question mark. */
GHashTable *eio_query_parse (const char *query);
/* Whether binary is to come as base64 ("b64", of any value, as with the reference). */
gboolean eio_query_wants_base64 (GHashTable *query);

G_END_DECLS
