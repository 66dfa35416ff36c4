/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * DEFLATE (RFC 1951) in its three wrappings, whole bodies and messages, by GIO's codec. Each thread has
 * one of a kind, which forgets what was before: no connection holds a window.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* More than that would hold everybody up for longer than some 20 ms: callers send it as it is. */
#define EIO_DEFLATE_MAX (1024 * 1024)

/* A body of HTTP: all of it, transfer full. */
GByteArray *eio_deflate_body (GZlibCompressorFormat format, const guint8 *data, gsize size);
/* At most @max bytes, transfer full; not a byte more is ever held. NULL: EIO_ERROR_TOO_LARGE, or
 * EIO_ERROR_PARSE if it is not compressed like that, is cut off, or is followed by something. */
GByteArray *eio_inflate_body (GZlibCompressorFormat format,
                              const guint8 *data,
                              gsize size,
                              gsize max,
                              GError **error);

/* A message of RFC 7692 section 7.2.1: without the four bytes at its end that are always the same. */
GByteArray *eio_deflate_message (const guint8 *data, gsize size);
/* Section 7.2.2; as eio_inflate_body(), but that a cut message cannot be told from a short one. */
GByteArray *eio_inflate_message (const guint8 *data, gsize size, gsize max, GError **error);

G_END_DECLS
