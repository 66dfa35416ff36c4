/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-frame-private.h"

#include "engineio/eio-deflate.h"
#include "engineio/eio-ws-frame.h"

/* How it looks on a websocket. */
typedef enum {
  WIRE_PLAIN,
  WIRE_BASE64, /* of binary only */
  WIRE_DEFLATED,
  WIRE_DEFLATED_BASE64, /* of binary only */
  N_WIRES,
} Wire;

struct _EioFrame {
  guint ref_count;
  EioPacketType type;
  gboolean binary;
  gboolean plain;        /* not to be compressed */
  GBytes *data;          /* owned, nullable */
  EioSpan wires[N_WIRES]; /* with references; each is empty until it is asked for */
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
  for (guint i = 0; i < N_WIRES; i++)
    g_clear_pointer (&self->wires[i].chunk, eio_chunk_unref);
  g_free (self);
}

EioPacket
eio_frame_get_packet (EioFrame *self)
{
  return (EioPacket) {
    .type = self->type, .binary = self->binary, .data = self->data, .plain = self->plain,
  };
}

/* @first: of the header. @prefix: what stands before the data, '\0' for nothing. */
static void
encode (EioSpan *span, guint8 first, char prefix, gconstpointer data, gsize size)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize n_prefix = prefix != '\0' ? 1 : 0;
  gsize header_size = eio_ws_write_header (header, first, n_prefix + size);
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
  EioSpan *wire = &self->wires[WIRE_PLAIN];
  gsize size = 0;
  gconstpointer data;

  if (wire->chunk != NULL)
    return wire;
  data = self->data != NULL ? g_bytes_get_data (self->data, &size) : NULL;
  encode (wire, self->binary ? EIO_WS_BINARY : EIO_WS_TEXT, self->binary ? '\0' : '0' + self->type,
          data, size);
  return wire;
}

const EioSpan *
eio_frame_get_base64_wire (EioFrame *self)
{
  EioSpan *wire = &self->wires[WIRE_BASE64];
  g_autofree char *text = NULL;
  gsize size;
  gconstpointer data;

  if (!self->binary)
    return eio_frame_get_wire (self);
  if (wire->chunk != NULL)
    return wire;
  data = g_bytes_get_data (self->data, &size);
  text = g_base64_encode (data, size);
  encode (wire, EIO_WS_TEXT, 'b', text, strlen (text));
  return wire;
}

/* Of the plain frame, which says by its header what is left once that is gone. */
static void
encode_deflated (EioSpan *span, const EioSpan *plain)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize skipped = eio_ws_get_header_size (plain->data);
  gsize size = plain->size - skipped;
  g_autoptr (GByteArray) deflated = NULL;

  if (size <= EIO_DEFLATE_MAX)
    deflated = eio_deflate_message (plain->data + skipped, size);
  if (deflated != NULL && deflated->len + eio_ws_write_header (header, 0, deflated->len) < plain->size)
    encode (span, (plain->data[0] & EIO_WS_OPCODE) | EIO_WS_COMPRESSED, '\0', deflated->data,
            deflated->len);
  else
    *span = (EioSpan) { eio_chunk_ref (plain->chunk), plain->data, plain->size };
}

const EioSpan *
eio_frame_get_deflated_wire (EioFrame *self, gboolean as_base64)
{
  EioSpan *wire = &self->wires[as_base64 && self->binary ? WIRE_DEFLATED_BASE64 : WIRE_DEFLATED];

  if (wire->chunk == NULL)
    encode_deflated (wire, as_base64 ? eio_frame_get_base64_wire (self)
                                     : eio_frame_get_wire (self));
  return wire;
}

gboolean
eio_frame_get_compress (EioFrame *self)
{
  return !self->plain;
}

void
eio_frame_set_compress (EioFrame *self, gboolean compress)
{
  g_return_if_fail (self != NULL);

  self->plain = !compress;
}

gsize
eio_frame_get_size (EioFrame *self)
{
  return 1 + (self->data != NULL ? g_bytes_get_size (self->data) : 0);
}
