/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Memory that is written once, from front to end, and shared by reference (in one thread). Frames that
 * are encoded one after the other lie side by side in a chunk, so a receiver of all of them holds one
 * span, and the kernel is given one buffer.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room of an ordinary chunk. */
#define EIO_CHUNK_SIZE (16 * 1024)

typedef struct {
  guint ref_count;
  gsize size;
  gsize used;
  guint8 bytes[];
} EioChunk;

/* Some bytes of a chunk. */
typedef struct {
  EioChunk *chunk;
  const guint8 *data;
  gsize size;
} EioSpan;

EioChunk *eio_chunk_new (gsize size);
/* In line: each receiver of a broadcast takes one and gives it back. */
static inline EioChunk *
eio_chunk_ref (EioChunk *self)
{
  self->ref_count++;
  return self;
}
static inline void
eio_chunk_unref (EioChunk *self)
{
  if (--self->ref_count == 0)
    g_free (self);
}
/* The next @size bytes of it, or NULL if it is full. */
guint8 *eio_chunk_take (EioChunk *self, gsize size);
/* @size bytes to write now, in this thread's current chunk. The span holds a reference. */
guint8 *eio_chunk_allocate (gsize size, EioSpan *span);

G_END_DECLS
