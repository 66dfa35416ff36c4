/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-ws-frame.h"

#include <string.h>

#include "engineio/eio-deflate.h"
#include "engineio/eio-types.h"

#define FIN 0x80
#define RESERVED 0x70
#define MASKED 0x80
#define LENGTH 0x7f
#define LENGTH_16 126
#define LENGTH_64 127
#define MAX_CLIENT_HEADER (EIO_WS_MAX_HEADER + EIO_WS_MASK)

/* There is one for each connection, so each byte counts. */
struct _EioWsDeframer {
  gsize max_message;
  guint8 mask_size; /* of each frame that comes: 0 at the client */
  guint uses_deflate : 1;

  /* the frame that is being read */
  guint in_payload : 1;
  guint fin : 1;
  guint8 header_size; /* bytes of it so far */
  guint8 header[MAX_CLIENT_HEADER];
  EioWsOpcode opcode;
  gsize frame_size;
  gsize frame_at;
  guint8 *control; /* owned, NULL until a control frame comes in pieces */

  /* the message that is being read, maybe over several frames */
  EioWsOpcode message_opcode; /* CONTINUATION: none */
  guint n_fragments;
  EioUtf8 utf8;
  guint compressed : 1;
  guint delivered : 1; /* what is in the buffer was the last message */
  guint16 code;        /* != 0: broken */
  GByteArray *buffer;  /* owned, NULL until a message needs it */
};

gsize
eio_ws_write_header (guint8 out[EIO_WS_MAX_HEADER], guint8 opcode, gsize size)
{
  gsize n_length = size < LENGTH_16 ? 0 : size <= G_MAXUINT16 ? 2 : 8;

  out[0] = FIN | opcode;
  out[1] = n_length == 0 ? size : n_length == 2 ? LENGTH_16 : LENGTH_64;
  for (gsize i = 0; i < n_length; i++)
    out[2 + i] = (uint64_t) size >> 8 * (n_length - 1 - i) & 0xff;
  return 2 + n_length;
}

/* Bytes behind the first two that say how long the payload is. */
static guint
length_size (guint8 second)
{
  guint length = second & LENGTH;

  return length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0;
}

gsize
eio_ws_get_header_size (const guint8 *frame)
{
  return 2 + length_size (frame[1]);
}

static gsize
write_control (guint8 *out, EioWsOpcode opcode, const guint8 *data, gsize size)
{
  gsize header = eio_ws_write_header (out, opcode, size);

  g_assert (size <= EIO_WS_MAX_CONTROL);
  if (size > 0)
    memcpy (out + header, data, size);
  return header + size;
}

gsize
eio_ws_write_close (guint8 out[EIO_WS_CONTROL_FRAME], guint16 code)
{
  const guint8 body[] = { code >> 8, code & 0xff };

  return write_control (out, EIO_WS_CLOSE, body, code != EIO_WS_CODE_NONE ? sizeof body : 0);
}

gsize
eio_ws_write_pong (guint8 out[EIO_WS_CONTROL_FRAME], const guint8 *data, gsize size)
{
  return write_control (out, EIO_WS_PONG, data, size);
}

/* Section 5.3. phase: the place of the first byte in the frame. */
static void
apply_mask (const guint8 *mask, gsize phase, guint8 *bytes, gsize size)
{
  guint8 phased[8];
  uint64_t word_mask;
  gsize i = 0;

  for (guint k = 0; k < 8; k++)
    phased[k] = mask[(phase + k) % EIO_WS_MASK];
  memcpy (&word_mask, phased, sizeof word_mask);
  for (; i + 8 <= size; i += 8)
    {
      uint64_t word;

      memcpy (&word, bytes + i, sizeof word);
      word ^= word_mask;
      memcpy (bytes + i, &word, sizeof word);
    }
  for (; i < size; i++)
    bytes[i] ^= phased[i % 8];
}

void
eio_ws_append_masked (GByteArray *out,
                      guint8 opcode,
                      const guint8 mask[EIO_WS_MASK],
                      const void *data,
                      gsize size)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize header_size = eio_ws_write_header (header, opcode, size);
  gsize at;

  g_assert (size < G_MAXUINT - out->len - MAX_CLIENT_HEADER);
  header[1] |= MASKED;
  g_byte_array_append (out, header, header_size);
  g_byte_array_append (out, mask, EIO_WS_MASK);
  at = out->len;
  g_byte_array_append (out, data, size);
  apply_mask (mask, 0, out->data + at, size);
}

EioWsDeframer *
eio_ws_deframer_new (gsize max_message)
{
  EioWsDeframer *self = g_new0 (EioWsDeframer, 1);

  g_assert (max_message > 0);
  self->max_message = max_message;
  self->mask_size = EIO_WS_MASK;
  return self;
}

EioWsDeframer *
eio_ws_deframer_new_for_client (gsize max_message)
{
  EioWsDeframer *self = eio_ws_deframer_new (max_message);

  self->mask_size = 0;
  return self;
}

void
eio_ws_deframer_use_deflate (EioWsDeframer *self)
{
  self->uses_deflate = TRUE;
}

void
eio_ws_deframer_free (EioWsDeframer *self)
{
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  g_free (self->control);
  g_free (self);
}

guint16
eio_ws_deframer_get_code (EioWsDeframer *self)
{
  return self->code;
}

gboolean
eio_ws_deframer_is_inside (EioWsDeframer *self)
{
  return self->header_size > 0 || self->in_payload || self->message_opcode != EIO_WS_CONTINUATION;
}

static gboolean
fail (EioWsDeframer *self, EioWsCode code)
{
  self->code = code;
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  return FALSE;
}

static gboolean
is_control (EioWsOpcode opcode)
{
  return (opcode & 0x8) != 0;
}

/* Length of the whole header as far as its first bytes tell. */
static guint
header_length (EioWsDeframer *self)
{
  return self->header_size < 2 ? 2 : 2 + length_size (self->header[1]) + self->mask_size;
}

static uint64_t
payload_length (EioWsDeframer *self)
{
  guint length = self->header[1] & LENGTH;
  guint n = length_size (self->header[1]);
  uint64_t value = 0;

  if (n == 0)
    return length;
  for (guint i = 0; i < n; i++)
    value = value << 8 | self->header[2 + i];
  return value;
}

/* RFC 7692 section 6: the bit stands in the first frame of a message. */
static gboolean
check_reserved (EioWsDeframer *self, EioWsOpcode opcode)
{
  guint8 reserved = self->header[0] & RESERVED;

  return reserved == 0 || (reserved == EIO_WS_COMPRESSED && self->uses_deflate &&
                           (opcode == EIO_WS_TEXT || opcode == EIO_WS_BINARY));
}

/* Section 5.2: the first two bytes say most of what can be wrong. */
static gboolean
check_first_bytes (EioWsDeframer *self)
{
  EioWsOpcode opcode = self->header[0] & EIO_WS_OPCODE;
  gboolean fin = (self->header[0] & FIN) != 0;
  gboolean inside = self->message_opcode != EIO_WS_CONTINUATION;
  guint length = self->header[1] & LENGTH;
  gboolean masked = (self->header[1] & MASKED) != 0;

  if (!check_reserved (self, opcode) || masked != (self->mask_size > 0))
    return fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
  switch (opcode)
    {
    case EIO_WS_CONTINUATION:
      return inside || fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
    case EIO_WS_TEXT:
    case EIO_WS_BINARY:
      return !inside || fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
    case EIO_WS_CLOSE:
    case EIO_WS_PING:
    case EIO_WS_PONG:
      return (fin && length <= EIO_WS_MAX_CONTROL) || fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
    default:
      return fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
    }
}

/* Begins the payload of a frame whose header is complete. */
static gboolean
begin_frame (EioWsDeframer *self)
{
  uint64_t size = payload_length (self);
  guint length = self->header[1] & LENGTH;
  gsize so_far = self->buffer != NULL ? self->buffer->len : 0;

  self->opcode = self->header[0] & EIO_WS_OPCODE;
  self->fin = (self->header[0] & FIN) != 0;
  if ((length == LENGTH_16 && size < LENGTH_16) || (length == LENGTH_64 && size <= G_MAXUINT16))
    return fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
  if (!is_control (self->opcode))
    {
      if (size > self->max_message - so_far || ++self->n_fragments > EIO_WS_MAX_FRAGMENTS)
        return fail (self, EIO_WS_CODE_TOO_BIG);
      if (self->opcode != EIO_WS_CONTINUATION)
        {
          self->message_opcode = self->opcode;
          self->compressed = (self->header[0] & EIO_WS_COMPRESSED) != 0;
        }
    }
  self->in_payload = TRUE;
  self->frame_size = size;
  self->frame_at = 0;
  return TRUE;
}

/* FALSE: broken, or the header is not complete yet. */
static gboolean
read_header (EioWsDeframer *self, guint8 **at, guint8 *end)
{
  while (self->header_size < header_length (self))
    {
      if (*at == end)
        return FALSE;
      self->header[self->header_size++] = *(*at)++;
      if (self->header_size == 2 && !check_first_bytes (self))
        return FALSE;
    }
  return begin_frame (self);
}

static void
end_frame (EioWsDeframer *self)
{
  self->header_size = 0;
  self->in_payload = FALSE;
}

static void
end_message (EioWsDeframer *self)
{
  self->message_opcode = EIO_WS_CONTINUATION;
  self->n_fragments = 0;
  self->utf8 = (EioUtf8) { 0 };
}

/* Section 7.4: codes that may be sent in a close frame. */
static gboolean
is_close_code (guint code)
{
  return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) ||
         (code >= 3000 && code <= 4999);
}

static gboolean
read_close (EioWsDeframer *self, EioWsMessage *message)
{
  if (message->size == 0)
    return TRUE;
  if (message->size == 1)
    return fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
  message->code = message->data[0] << 8 | message->data[1];
  if (!is_close_code (message->code) ||
      !eio_utf8_is_valid ((const char *) message->data + 2, message->size - 2))
    return fail (self, EIO_WS_CODE_PROTOCOL_ERROR);
  return TRUE;
}

static EioWsResult
finish_control (EioWsDeframer *self, const guint8 *data, EioWsMessage *message)
{
  *message = (EioWsMessage) {
    .opcode = self->opcode, .data = data, .size = self->frame_size,
  };
  end_frame (self);
  if (message->opcode == EIO_WS_CLOSE && !read_close (self, message))
    return EIO_WS_ERROR;
  return EIO_WS_MESSAGE;
}

/* @data: the whole message. */
static EioWsResult
finish_message (EioWsDeframer *self, const guint8 *data, gsize size, EioWsMessage *message)
{
  if (self->message_opcode == EIO_WS_TEXT && !eio_utf8_is_complete (&self->utf8))
    {
      fail (self, EIO_WS_CODE_INVALID_DATA);
      return EIO_WS_ERROR;
    }
  *message = (EioWsMessage) {
    .opcode = self->message_opcode, .data = data, .size = size, .inflated = self->compressed,
  };
  end_frame (self);
  end_message (self);
  return EIO_WS_MESSAGE;
}

/* @data: the whole message as it came, maybe the buffer's; the buffer becomes what it says. */
static EioWsResult
finish_compressed (EioWsDeframer *self, const guint8 *data, gsize size, EioWsMessage *message)
{
  g_autoptr (GError) error = NULL;
  GByteArray *inflated = eio_inflate_message (data, size, self->max_message, &error);

  g_clear_pointer (&self->buffer, g_byte_array_unref);
  self->buffer = inflated;
  self->delivered = TRUE;
  if (g_error_matches (error, EIO_ERROR, EIO_ERROR_TOO_LARGE))
    fail (self, EIO_WS_CODE_TOO_BIG);
  else if (inflated == NULL || (self->message_opcode == EIO_WS_TEXT &&
                                !eio_utf8_is_valid ((char *) inflated->data, inflated->len)))
    fail (self, EIO_WS_CODE_INVALID_DATA);
  return self->code == 0 ? finish_message (self, inflated->data, inflated->len, message)
                         : EIO_WS_ERROR;
}

/* Takes @n bytes of a data frame; a message that lies whole in the input is not copied. */
static EioWsResult
take_data (EioWsDeframer *self, guint8 *bytes, gsize n, EioWsMessage *message)
{
  gboolean complete = self->fin && self->frame_at + n == self->frame_size;

  if (self->message_opcode == EIO_WS_TEXT && !self->compressed &&
      !eio_utf8_feed (&self->utf8, (char *) bytes, n))
    {
      fail (self, EIO_WS_CODE_INVALID_DATA);
      return EIO_WS_ERROR;
    }
  if (complete && self->buffer == NULL)
    return self->compressed ? finish_compressed (self, bytes, n, message)
                            : finish_message (self, bytes, n, message);
  if (self->buffer == NULL)
    self->buffer = g_byte_array_new ();
  g_byte_array_append (self->buffer, bytes, n);
  self->frame_at += n;
  if (complete && self->compressed)
    return finish_compressed (self, self->buffer->data, self->buffer->len, message);
  if (complete)
    {
      self->delivered = TRUE;
      return finish_message (self, self->buffer->data, self->buffer->len, message);
    }
  if (self->frame_at == self->frame_size)
    end_frame (self);
  return EIO_WS_NEED_MORE;
}

/* One that lies whole in the input is not copied. */
static EioWsResult
take_control (EioWsDeframer *self, const guint8 *bytes, gsize n, EioWsMessage *message)
{
  if (n == self->frame_size)
    return finish_control (self, bytes, message);
  if (self->control == NULL)
    self->control = g_malloc (EIO_WS_MAX_CONTROL);
  memcpy (self->control + self->frame_at, bytes, n);
  self->frame_at += n;
  return self->frame_at == self->frame_size ? finish_control (self, self->control, message) : EIO_WS_NEED_MORE;
}

EioWsResult
eio_ws_deframer_next (EioWsDeframer *self, guint8 **at, guint8 *end, EioWsMessage *message)
{
  EioWsResult result = EIO_WS_NEED_MORE;

  g_assert (self != NULL && at != NULL && message != NULL);

  if (self->delivered)
    g_clear_pointer (&self->buffer, g_byte_array_unref);
  self->delivered = FALSE;
  while (self->code == 0 && result == EIO_WS_NEED_MORE)
    {
      guint8 *bytes;
      gsize n;

      if (!self->in_payload && !read_header (self, at, end))
        break;
      n = MIN ((gsize) (end - *at), self->frame_size - self->frame_at);
      if (n == 0 && self->frame_size > self->frame_at)
        break;
      bytes = *at;
      *at += n;
      if (self->mask_size > 0)
        apply_mask (self->header + self->header_size - self->mask_size, self->frame_at, bytes, n);
      result = is_control (self->opcode) ? take_control (self, bytes, n, message)
                                         : take_data (self, bytes, n, message);
    }
  return self->code != 0 ? EIO_WS_ERROR : result;
}
