/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 1951 without a header. Both are (transfer full) and NULL when more than max bytes came of
 * it; inflating also when the bytes are not whole. */
GByteArray *board_deflate (const guint8 *bytes, gsize size, gsize max);
GByteArray *board_inflate (const guint8 *bytes, gsize size, gsize max);

G_END_DECLS
