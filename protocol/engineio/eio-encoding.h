/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The content codings of HTTP that are spoken here (RFC 9110 sections 8.4.1 and 12.5.3), without I/O.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  EIO_ENCODING_IDENTITY,
  EIO_ENCODING_GZIP,
  EIO_ENCODING_DEFLATE,
  EIO_ENCODING_UNKNOWN,
} EioEncoding;

/* What our client says that it takes. */
#define EIO_ENCODING_OFFER "gzip, deflate"

/* The best for an Accept-Encoding, which is nullable. @needed: whether it would not take a plain body. */
EioEncoding eio_encoding_choose (const char *accepted, gboolean *needed);
/* A Content-Encoding, which is nullable. */
EioEncoding eio_encoding_read (const char *name);
/* Of GZIP and DEFLATE. */
const char *eio_encoding_get_name (EioEncoding encoding);
/* Of GZIP and DEFLATE. The latter is RFC 1950's, zlib's. */
GZlibCompressorFormat eio_encoding_get_format (EioEncoding encoding);

G_END_DECLS
