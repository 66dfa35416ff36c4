/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-frame-private.h"

#include "engineio/eio-ws-frame.h"

struct _EioFrame {
  guint ref_count;
  EioPacketType type;
  gboolean binary;
  GBytes *data; /* owned, nullable */
  EioSpan wire;   /* holds a reference; empty until asked for, as the next */
  EioSpan base64; /* of binary only */
};

G_DEFINE_BOXED_TYPE (EioFrame, eio_frame, eio_frame_ref, eio_frame_unref)

static EioFrame *
frame_new (EioPacketType type, gboolean binary, GBytes *data)
{
  EioFrame *self = g_new0 (EioFrame, 1);

  self->ref_count = 1;
  self->type = type;
  self->binary = binary;
  self->data = data != NULL ? g_bytes_ref (data) : NULL;
  return self;
}

EioFrame *
eio_frame_new_packet (EioPacketType type, GBytes *data)
{
  return frame_new (type, FALSE, data);
}

EioFrame *
eio_frame_new_text (GBytes *utf8)
{
  g_return_val_if_fail (utf8 != NULL, NULL);

  return frame_new (EIO_PACKET_MESSAGE, FALSE, utf8);
}

EioFrame *
eio_frame_new_binary (GBytes *data)
{
  g_return_val_if_fail (data != NULL, NULL);

  return frame_new (EIO_PACKET_MESSAGE, TRUE, data);
}

EioFrame *
eio_frame_ref (EioFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
eio_frame_unref (EioFrame *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->wire.chunk, eio_chunk_unref);
  g_clear_pointer (&self->base64.chunk, eio_chunk_unref);
  g_free (self);
}

EioPacket
eio_frame_get_packet (EioFrame *self)
{
  return (EioPacket) { .type = self->type, .binary = self->binary, .data = self->data };
}

/* @prefix: what stands before the data in a text frame, '\0' in a binary one. */
static void
encode (EioSpan *span, char prefix, gconstpointer data, gsize size)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize n_prefix = prefix != '\0' ? 1 : 0;
  gsize header_size = eio_ws_write_header (header, prefix != '\0' ? EIO_WS_TEXT : EIO_WS_BINARY,
                                           n_prefix + size);
  guint8 *wire = eio_chunk_allocate (header_size + n_prefix + size, span);

  memcpy (wire, header, header_size);
  if (n_prefix > 0)
    wire[header_size] = prefix;
  if (size > 0)
    memcpy (wire + header_size + n_prefix, data, size);
}

const EioSpan *
eio_frame_get_wire (EioFrame *self)
{
  gsize size = 0;
  gconstpointer data;

  if (self->wire.chunk != NULL)
    return &self->wire;
  data = self->data != NULL ? g_bytes_get_data (self->data, &size) : NULL;
  encode (&self->wire, self->binary ? '\0' : '0' + self->type, data, size);
  return &self->wire;
}

const EioSpan *
eio_frame_get_base64_wire (EioFrame *self)
{
  g_autofree char *text = NULL;
  gsize size;
  gconstpointer data;

  if (!self->binary)
    return eio_frame_get_wire (self);
  if (self->base64.chunk != NULL)
    return &self->base64;
  data = g_bytes_get_data (self->data, &size);
  text = g_base64_encode (data, size);
  encode (&self->base64, 'b', text, strlen (text));
  return &self->base64;
}

gsize
eio_frame_get_size (EioFrame *self)
{
  return 1 + (self->data != NULL ? g_bytes_get_size (self->data) : 0);
}
