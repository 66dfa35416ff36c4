/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bytes on their way out: references to shared, immutable buffers, written together.
 */
#pragma once

#include "engineio/eio-pipe.h"

G_BEGIN_DECLS

/* All zero is empty. */
typedef struct {
  GBytes **items; /* a ring */
  guint capacity; /* a power of two, or 0 */
  guint first;
  guint n_items;
  gsize offset; /* into the first */
  gsize size;   /* bytes that are not written yet */
} EioOutbox;

typedef enum {
  EIO_OUTBOX_EMPTY,   /* all is written */
  EIO_OUTBOX_BLOCKED, /* some is left until the pipe is writable */
  EIO_OUTBOX_BROKEN,
} EioOutboxResult;

void eio_outbox_push (EioOutbox *self, GBytes *bytes);
EioOutboxResult eio_outbox_write (EioOutbox *self, EioPipe *pipe);
void eio_outbox_clear (EioOutbox *self);

G_END_DECLS
