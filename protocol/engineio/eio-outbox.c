/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-outbox.h"

/* Buffers of one system call; the kernel's limit (IOV_MAX) is 1024. */
#define MAX_VECTORS 256
#define MIN_CAPACITY 8
/* A ring that grew beyond this is given back when it is empty. */
#define KEPT_CAPACITY 64

static GBytes *
item_at (EioOutbox *self, guint i)
{
  return self->items[(self->first + i) & (self->capacity - 1)];
}

static void
grow (EioOutbox *self)
{
  guint capacity = MAX (self->capacity * 2, MIN_CAPACITY);
  GBytes **items = g_new (GBytes *, capacity);

  for (guint i = 0; i < self->n_items; i++)
    items[i] = item_at (self, i);
  g_free (self->items);
  self->items = items;
  self->capacity = capacity;
  self->first = 0;
}

void
eio_outbox_push (EioOutbox *self, GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);

  if (size == 0)
    return;
  if (self->n_items == self->capacity)
    grow (self);
  self->n_items++;
  self->items[(self->first + self->n_items - 1) & (self->capacity - 1)] = g_bytes_ref (bytes);
  self->size += size;
}

static guint
gather (EioOutbox *self, struct iovec vectors[MAX_VECTORS])
{
  guint n = MIN (self->n_items, MAX_VECTORS);

  for (guint i = 0; i < n; i++)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (item_at (self, i), &size);
      gsize skip = i == 0 ? self->offset : 0;

      vectors[i] = (struct iovec) { (guint8 *) data + skip, size - skip };
    }
  return n;
}

static void
drop (EioOutbox *self, gsize written)
{
  self->size -= written;
  written += self->offset;
  while (self->n_items > 0 && written >= g_bytes_get_size (item_at (self, 0)))
    {
      written -= g_bytes_get_size (item_at (self, 0));
      g_bytes_unref (item_at (self, 0));
      self->first = (self->first + 1) & (self->capacity - 1);
      self->n_items--;
    }
  self->offset = written;
}

EioOutboxResult
eio_outbox_write (EioOutbox *self, EioPipe *pipe)
{
  struct iovec vectors[MAX_VECTORS];

  while (self->n_items > 0)
    {
      guint n = gather (self, vectors);
      gssize written = eio_pipe_write (pipe, vectors, n);
      gsize wanted = 0;

      if (written < 0)
        return written == EIO_PIPE_BLOCKED ? EIO_OUTBOX_BLOCKED : EIO_OUTBOX_BROKEN;
      for (guint i = 0; i < n; i++)
        wanted += vectors[i].iov_len;
      drop (self, written);
      if ((gsize) written < wanted)
        return EIO_OUTBOX_BLOCKED;
    }
  if (self->capacity > KEPT_CAPACITY)
    eio_outbox_clear (self);
  return EIO_OUTBOX_EMPTY;
}

void
eio_outbox_clear (EioOutbox *self)
{
  for (guint i = 0; i < self->n_items; i++)
    g_bytes_unref (item_at (self, i));
  g_free (self->items);
  *self = (EioOutbox) { 0 };
}
