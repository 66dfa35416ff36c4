/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The head of an HTTP/1.1 request, read strictly (RFC 9112): what the guard has to know of it.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
  char *method; /* owned */
  char *target; /* owned */
  char *host;   /* owned, nullable */
  char *origin; /* owned, nullable */
  gboolean chunked;
  gboolean has_length;
  uint64_t length; /* of the body, when has_length */
} EioHttpHead;

#define EIO_HTTP_HEAD_INIT { NULL, NULL, NULL, NULL, FALSE, FALSE, 0 }

void eio_http_head_clear (EioHttpHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EioHttpHead, eio_http_head_clear)

/* @text: a head with the empty line that ends it. Returns 0 or the status to refuse it with. */
guint eio_http_head_parse (EioHttpHead *head, const char *text, gsize size);

/* Returns the length of the head at the beginning of @text with its empty line, or 0 if it is not
 * complete. *@scanned: where the last call stopped, 0 at first. */
gsize eio_http_head_find_end (const char *text, gsize size, gsize *scanned);

G_END_DECLS
