/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-chunk.h"

static void
drop_current (gpointer data)
{
  eio_chunk_unref (data);
}

static GPrivate current_chunk = G_PRIVATE_INIT (drop_current);

EioChunk *
eio_chunk_new (gsize size)
{
  EioChunk *self = g_malloc (sizeof (EioChunk) + size);

  self->ref_count = 1;
  self->size = size;
  self->used = 0;
  return self;
}

guint8 *
eio_chunk_take (EioChunk *self, gsize size)
{
  guint8 *bytes = self->bytes + self->used;

  if (size > self->size - self->used)
    return NULL;
  self->used += size;
  return bytes;
}

guint8 *
eio_chunk_allocate (gsize size, EioSpan *span)
{
  EioChunk *chunk = g_private_get (&current_chunk);
  guint8 *bytes;

  /* What is large shares with nobody. */
  if (size > EIO_CHUNK_SIZE / 4)
    {
      chunk = eio_chunk_new (size);
      bytes = eio_chunk_take (chunk, size);
      *span = (EioSpan) { chunk, bytes, size };
      return bytes;
    }
  /* Nobody else holds it any more: all of it is free again. */
  if (chunk != NULL && chunk->ref_count == 1)
    chunk->used = 0;
  bytes = chunk != NULL ? eio_chunk_take (chunk, size) : NULL;
  if (bytes == NULL)
    {
      chunk = eio_chunk_new (EIO_CHUNK_SIZE);
      g_private_replace (&current_chunk, chunk);
      bytes = eio_chunk_take (chunk, size);
    }
  *span = (EioSpan) { eio_chunk_ref (chunk), bytes, size };
  return bytes;
}
