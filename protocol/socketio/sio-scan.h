/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Steps over JSON text that was judged valid before. It judges nothing; given other text it stays
 * inside of it, and what it says then means nothing.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first byte at or after p that is no white space, or end. */
const char *sio_scan_space (const char *p, const char *end);
/* The byte just after the value that begins at p. */
const char *sio_scan_value (const char *p, const char *end);

G_END_DECLS
