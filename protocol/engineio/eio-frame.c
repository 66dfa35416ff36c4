/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-frame-private.h"

#include "engineio/eio-ws-frame.h"

struct _EioFrame {
  guint ref_count;
  EioPacketType type;
  gboolean binary;
  GBytes *data; /* owned, nullable */
  EioSpan wire; /* holds a reference; empty until asked for */
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
  g_free (self);
}

EioPacket
eio_frame_get_packet (EioFrame *self)
{
  return (EioPacket) { .type = self->type, .binary = self->binary, .data = self->data };
}

static void
encode_wire (EioFrame *self)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize size = 0;
  gconstpointer data = self->data != NULL ? g_bytes_get_data (self->data, &size) : NULL;
  gsize digit = self->binary ? 0 : 1;
  gsize header_size = eio_ws_write_header (header, self->binary ? EIO_WS_BINARY : EIO_WS_TEXT,
                                           digit + size);
  guint8 *wire = eio_chunk_allocate (header_size + digit + size, &self->wire);

  memcpy (wire, header, header_size);
  if (!self->binary)
    wire[header_size] = '0' + self->type;
  if (size > 0)
    memcpy (wire + header_size + digit, data, size);
}

const EioSpan *
eio_frame_get_wire (EioFrame *self)
{
  if (self->wire.chunk == NULL)
    encode_wire (self);
  return &self->wire;
}

gsize
eio_frame_get_size (EioFrame *self)
{
  return 1 + (self->data != NULL ? g_bytes_get_size (self->data) : 0);
}
