/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-outbox.h"

/* Buffers of one system call; the kernel's limit (IOV_MAX) is 1024. */
#define MAX_VECTORS 256
#define MIN_CAPACITY 4
/* A ring that grew beyond this is given back when it is empty. */
#define KEPT_CAPACITY 64

static EioSpan *
span_at (EioOutbox *self, guint i)
{
  return &self->spans[(self->first + i) & (self->capacity - 1)];
}

static void
grow (EioOutbox *self)
{
  guint capacity = MAX (self->capacity * 2, MIN_CAPACITY);
  EioSpan *spans = g_new (EioSpan, capacity);

  for (guint i = 0; i < self->n_spans; i++)
    spans[i] = *span_at (self, i);
  g_free (self->spans);
  self->spans = spans;
  self->capacity = capacity;
  self->first = 0;
}

/* Takes the reference of @span, or drops it when the last span becomes longer instead. */
static void
add_span (EioOutbox *self, const EioSpan *span)
{
  EioSpan *last = self->n_spans > 0 ? span_at (self, self->n_spans - 1) : NULL;

  self->size += span->size;
  if (last != NULL && last->chunk == span->chunk && last->data + last->size == span->data)
    {
      last->size += span->size;
      eio_chunk_unref (span->chunk);
      return;
    }
  if (self->n_spans == self->capacity)
    grow (self);
  self->n_spans++;
  *span_at (self, self->n_spans - 1) = *span;
}

void
eio_outbox_push_copy (EioOutbox *self, gconstpointer data, gsize size)
{
  guint8 *bytes;

  if (size == 0)
    return;
  bytes = self->own != NULL ? eio_chunk_take (self->own, size) : NULL;
  if (bytes == NULL)
    {
      g_clear_pointer (&self->own, eio_chunk_unref);
      self->own = eio_chunk_new (self->blocked ? MAX (size, EIO_CHUNK_SIZE) : size);
      bytes = eio_chunk_take (self->own, size);
    }
  memcpy (bytes, data, size);
  add_span (self, &(EioSpan) { eio_chunk_ref (self->own), bytes, size });
}

void
eio_outbox_push (EioOutbox *self, const EioSpan *span)
{
  if (span->size == 0)
    return;
  if (self->blocked)
    eio_outbox_push_copy (self, span->data, span->size);
  else
    add_span (self, &(EioSpan) { eio_chunk_ref (span->chunk), span->data, span->size });
}

/* Bytes of the first ones, as many as one system call takes. */
static gsize
gather (EioOutbox *self, struct iovec vectors[MAX_VECTORS], guint n)
{
  gsize size = 0;

  for (guint i = 0; i < n; i++)
    {
      const EioSpan *span = span_at (self, i);

      vectors[i] = (struct iovec) { (guint8 *) span->data, span->size };
      size += span->size;
    }
  return size;
}

static void
drop_written (EioOutbox *self, gsize written)
{
  self->size -= written;
  /* Nearly always there is one, and the kernel takes it. */
  if (self->size == 0 && self->n_spans == 1)
    {
      eio_chunk_unref (span_at (self, 0)->chunk);
      self->n_spans = self->first = 0;
      return;
    }
  while (self->n_spans > 0 && written >= span_at (self, 0)->size)
    {
      written -= span_at (self, 0)->size;
      eio_chunk_unref (span_at (self, 0)->chunk);
      self->first = (self->first + 1) & (self->capacity - 1);
      self->n_spans--;
    }
  if (written == 0)
    return;
  span_at (self, 0)->data += written;
  span_at (self, 0)->size -= written;
}

/* The peer is slow: from here on nothing shared is held for it. */
static EioOutboxResult
block (EioOutbox *self)
{
  EioOutbox copies = { .blocked = TRUE };

  if (self->blocked)
    return EIO_OUTBOX_BLOCKED;
  for (guint i = 0; i < self->n_spans; i++)
    eio_outbox_push_copy (&copies, span_at (self, i)->data, span_at (self, i)->size);
  eio_outbox_clear (self);
  *self = copies;
  return EIO_OUTBOX_BLOCKED;
}

static EioOutboxResult
finish (EioOutbox *self)
{
  self->blocked = FALSE;
  g_clear_pointer (&self->own, eio_chunk_unref);
  if (self->capacity > KEPT_CAPACITY)
    eio_outbox_clear (self);
  return EIO_OUTBOX_EMPTY;
}

EioOutboxResult
eio_outbox_write (EioOutbox *self, EioPipe *pipe)
{
  struct iovec vectors[MAX_VECTORS];

  while (self->n_spans > 0)
    {
      guint n = MIN (self->n_spans, MAX_VECTORS);
      gsize wanted = gather (self, vectors, n);
      gssize written = eio_pipe_write (pipe, vectors, n);

      if (written == EIO_PIPE_BROKEN)
        return EIO_OUTBOX_BROKEN;
      if (written < 0)
        return block (self);
      drop_written (self, written);
      if ((gsize) written < wanted)
        return block (self);
    }
  return finish (self);
}

void
eio_outbox_clear (EioOutbox *self)
{
  for (guint i = 0; i < self->n_spans; i++)
    eio_chunk_unref (span_at (self, i)->chunk);
  g_clear_pointer (&self->own, eio_chunk_unref);
  g_free (self->spans);
  *self = (EioOutbox) { 0 };
}
