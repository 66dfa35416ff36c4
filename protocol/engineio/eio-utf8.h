/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * UTF-8 judged as it arrives, in pieces that may cut a character. U+0000 is a character here (it is for
 * RFC 6455), which is where g_utf8_validate_len() differs.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The beginning: all zero. */
typedef struct {
  guint8 needed; /* continuation bytes that are still to come */
  guint8 lower;  /* bounds of the next of them, 0 = the usual 0x80 to 0xbf */
  guint8 upper;
} EioUtf8;

/* FALSE as soon as no continuation could make it valid. */
gboolean eio_utf8_feed (EioUtf8 *self, const char *bytes, gsize size);
/* Whether the text may end here. */
gboolean eio_utf8_is_complete (const EioUtf8 *self);
/* A whole text at once. */
gboolean eio_utf8_is_valid (const char *bytes, gsize size);

G_END_DECLS
