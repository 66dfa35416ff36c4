/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bytes on their way out: spans of shared chunks, written together. What the kernel does not take at
 * once is copied into chunks of the outbox's own, so that a peer who does not read holds no more memory
 * than it is charged for.
 */
#pragma once

#include "engineio/eio-chunk.h"
#include "engineio/eio-pipe.h"

G_BEGIN_DECLS

/* All zero is empty. */
typedef struct {
  EioSpan *spans; /* a ring, each with a reference */
  guint capacity; /* a power of two, or 0 */
  guint first;
  guint n_spans;
  gsize size;     /* bytes that are not written yet */
  EioChunk *own;  /* the last span's, when what comes is copied */
  gboolean blocked;
} EioOutbox;

typedef enum {
  EIO_OUTBOX_EMPTY,   /* all is written */
  EIO_OUTBOX_BLOCKED, /* some is left until the pipe is writable */
  EIO_OUTBOX_BROKEN,
} EioOutboxResult;

/* The span stays the caller's. */
void eio_outbox_push (EioOutbox *self, const EioSpan *span);
void eio_outbox_push_copy (EioOutbox *self, gconstpointer data, gsize size);
EioOutboxResult eio_outbox_write (EioOutbox *self, EioPipe *pipe);
void eio_outbox_clear (EioOutbox *self);

G_END_DECLS
