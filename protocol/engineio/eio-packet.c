/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-packet.h"

#include "engineio/eio-base64.h"
#include "engineio/eio-utf8.h"

void
eio_packet_clear (EioPacket *packet)
{
  g_assert (packet != NULL);

  g_clear_pointer (&packet->data, g_bytes_unref);
}

static gboolean
fail_parse (const char *message, GError **error)
{
  g_set_error_literal (error, EIO_ERROR, EIO_ERROR_PARSE, message);
  return FALSE;
}

/* All but the data of a packet that is not base64. */
static gboolean
decode_head (const char *text, gsize size, EioPacket *packet, GError **error)
{
  if (size == 0)
    return fail_parse ("Empty packet", error);
  if (text[0] == 'b')
    {
      packet->data = eio_base64_decode (text + 1, size - 1, error);
      packet->type = EIO_PACKET_MESSAGE;
      packet->binary = TRUE;
      return packet->data != NULL;
    }
  if (text[0] < '0' || text[0] > '6')
    return fail_parse ("Unknown packet type", error);
  packet->type = text[0] - '0';
  packet->binary = FALSE;
  return TRUE;
}

/* The packet in @size bytes of @container from @offset on. */
static gboolean
decode_slice (GBytes *container, gsize offset, gsize size, EioPacket *packet, GError **error)
{
  const char *text = (const char *) g_bytes_get_data (container, NULL) + offset;

  if (!decode_head (text, size, packet, error))
    return FALSE;
  if (packet->binary)
    return TRUE;
  if (!eio_utf8_is_valid (text, size))
    return fail_parse ("Invalid UTF-8", error);
  packet->data = g_bytes_new_from_bytes (container, offset + 1, size - 1);
  return TRUE;
}

gboolean
eio_packet_decode_valid (const char *text, gsize size, EioPacket *packet, GError **error)
{
  g_assert (packet != NULL);

  if (!decode_head (text, size, packet, error))
    return FALSE;
  if (!packet->binary)
    packet->data = g_bytes_new (text + 1, size - 1);
  return TRUE;
}

gboolean
eio_packet_decode_text (GBytes *text, EioPacket *packet, GError **error)
{
  g_assert (text != NULL && packet != NULL);

  return decode_slice (text, 0, g_bytes_get_size (text), packet, error);
}

void
eio_packet_decode_binary (GBytes *data, EioPacket *packet)
{
  g_assert (data != NULL && packet != NULL);

  packet->type = EIO_PACKET_MESSAGE;
  packet->binary = TRUE;
  packet->data = g_bytes_ref (data);
}

GBytes *
eio_packet_encode_text (EioPacketType type, GBytes *data)
{
  gsize size = 0;
  gconstpointer bytes = data != NULL ? g_bytes_get_data (data, &size) : NULL;
  char *text = g_malloc (size + 1);

  text[0] = '0' + type;
  if (size > 0)
    memcpy (text + 1, bytes, size);
  return g_bytes_new_take (text, size + 1);
}

void
eio_payload_reader_init (EioPayloadReader *self, GBytes *payload, guint max_packets)
{
  g_assert (self != NULL && payload != NULL);

  *self = (EioPayloadReader) { .payload = payload, .n_left = max_packets };
}

gboolean
eio_payload_reader_next (EioPayloadReader *self, EioPacket *packet, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->payload, &size);
  gsize start = self->at;
  const char *separator;

  if (self->ended)
    return FALSE;
  self->ended = TRUE;
  if (self->n_left == 0)
    {
      g_set_error_literal (error, EIO_ERROR, EIO_ERROR_TOO_LARGE, "Too many packets in a payload");
      return FALSE;
    }
  self->n_left--;
  separator = start < size ? memchr (bytes + start, EIO_PAYLOAD_SEPARATOR, size - start) : NULL;
  if (separator == NULL)
    return decode_slice (self->payload, start, size - start, packet, error);
  self->at = separator + 1 - bytes;
  if (!decode_slice (self->payload, start, separator - bytes - start, packet, error))
    return FALSE;
  self->ended = FALSE;
  return TRUE;
}

void
eio_payload_append (GString *payload, const EioPacket *packet)
{
  gsize size = 0;
  gconstpointer data = packet->data != NULL ? g_bytes_get_data (packet->data, &size) : NULL;

  g_assert (payload != NULL);
  g_assert (!packet->binary || packet->type == EIO_PACKET_MESSAGE);

  if (payload->len > 0)
    g_string_append_c (payload, EIO_PAYLOAD_SEPARATOR);
  g_string_append_c (payload, packet->binary ? 'b' : '0' + (char) packet->type);
  if (packet->binary)
    eio_base64_append (payload, data, size);
  else if (size > 0)
    g_string_append_len (payload, data, size);
}

gsize
eio_payload_packet_size (const EioPacket *packet)
{
  gsize size = packet->data != NULL ? g_bytes_get_size (packet->data) : 0;

  return 1 + (packet->binary ? eio_base64_length (size) : size);
}
