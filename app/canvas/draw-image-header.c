/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-image-header.h"

#include <gio/gio.h>
#include <string.h>

/* Segments of a JPEG before its size: metadata of cameras takes a few dozen. */
#define JPEG_SEGMENTS_MAX 1000

typedef struct {
  const guint8 *data;
  gsize length;
} Bytes;

static gboolean
starts_with (const Bytes *bytes, gsize offset, const char *magic, gsize length)
{
  return bytes->length >= length && offset <= bytes->length - length
         && memcmp (bytes->data + offset, magic, length) == 0;
}

/* Big endian; the caller has checked that it is there. */
static guint32
get_be (const Bytes *bytes, gsize offset, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes->data[offset + i];
  return value;
}

static guint32
get_le (const Bytes *bytes, gsize offset, guint n)
{
  guint32 value = 0;

  for (guint i = n; i-- > 0;)
    value = value << 8 | bytes->data[offset + i];
  return value;
}

/* PNG (ISO 15948), 11.2.2: IHDR is first. */
static gboolean
parse_png (const Bytes *bytes, guint32 *width, guint32 *height)
{
  if (bytes->length < 24 || !starts_with (bytes, 12, "IHDR", 4))
    return FALSE;
  *width = get_be (bytes, 16, 4);
  *height = get_be (bytes, 20, 4);
  return TRUE;
}

/* GIF89a, 18: the logical screen. */
static gboolean
parse_gif (const Bytes *bytes, guint32 *width, guint32 *height)
{
  if (bytes->length < 10)
    return FALSE;
  *width = get_le (bytes, 6, 2);
  *height = get_le (bytes, 8, 2);
  return TRUE;
}

/* SOF0..SOF15 but for DHT, JPG and DAC, which share their range: ITU T.81, table B.1. */
static gboolean
is_start_of_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
parse_jpeg (const Bytes *bytes, guint32 *width, guint32 *height)
{
  gsize offset = 2;

  for (guint i = 0; i < JPEG_SEGMENTS_MAX; i++)
    {
      guint8 marker;

      while (offset + 1 < bytes->length && bytes->data[offset] == 0xff
             && bytes->data[offset + 1] == 0xff)
        offset++;
      if (offset + 9 > bytes->length || bytes->data[offset] != 0xff)
        return FALSE;
      marker = bytes->data[offset + 1];
      if (is_start_of_frame (marker))
        {
          *height = get_be (bytes, offset + 5, 2);
          *width = get_be (bytes, offset + 7, 2);
          return TRUE;
        }
      /* A scan or the end before a frame. */
      if (marker == 0xda || marker == 0xd9)
        return FALSE;
      const guint32 length = get_be (bytes, offset + 2, 2);
      if (length < 2)
        return FALSE;
      offset += 2 + length;
    }
  return FALSE;
}

/* RFC 9649, 2.5 to 2.7. */
static gboolean
parse_webp (const Bytes *bytes, guint32 *width, guint32 *height)
{
  if (bytes->length < 30)
    return FALSE;
  if (starts_with (bytes, 12, "VP8X", 4))
    {
      *width = get_le (bytes, 24, 3) + 1;
      *height = get_le (bytes, 27, 3) + 1;
      return TRUE;
    }
  if (starts_with (bytes, 12, "VP8L", 4) && bytes->data[20] == 0x2f)
    {
      const guint32 bits = get_le (bytes, 21, 4);

      *width = (bits & 0x3fff) + 1;
      *height = (bits >> 14 & 0x3fff) + 1;
      return TRUE;
    }
  if (starts_with (bytes, 12, "VP8 ", 4) && starts_with (bytes, 23, "\x9d\x01\x2a", 3))
    {
      *width = get_le (bytes, 26, 2) & 0x3fff;
      *height = get_le (bytes, 28, 2) & 0x3fff;
      return TRUE;
    }
  return FALSE;
}

static gboolean
find_type (const Bytes *bytes, DrawImageType *type)
{
  if (starts_with (bytes, 0, "\x89PNG\r\n\x1a\n", 8))
    *type = DRAW_IMAGE_PNG;
  else if (starts_with (bytes, 0, "\xff\xd8\xff", 3))
    *type = DRAW_IMAGE_JPEG;
  else if (starts_with (bytes, 0, "RIFF", 4) && starts_with (bytes, 8, "WEBP", 4))
    *type = DRAW_IMAGE_WEBP;
  else if (starts_with (bytes, 0, "GIF87a", 6) || starts_with (bytes, 0, "GIF89a", 6))
    *type = DRAW_IMAGE_GIF;
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_size (const Bytes *bytes, DrawImageType type, guint32 *width, guint32 *height)
{
  switch (type)
    {
    case DRAW_IMAGE_PNG:
      return parse_png (bytes, width, height);
    case DRAW_IMAGE_JPEG:
      return parse_jpeg (bytes, width, height);
    case DRAW_IMAGE_WEBP:
      return parse_webp (bytes, width, height);
    default:
      return parse_gif (bytes, width, height);
    }
}

static gboolean
fail (GError **error, GIOErrorEnum code, const char *what)
{
  g_set_error_literal (error, G_IO_ERROR, code, what);
  return FALSE;
}

gboolean
draw_image_header_parse (const guint8 *data, gsize length, DrawImageHeader *header, GError **error)
{
  const Bytes bytes = { data, length };
  guint32 width = 0, height = 0;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (header != NULL, FALSE);

  if (length > DRAW_IMAGE_MAX_BYTES)
    return fail (error, G_IO_ERROR_MESSAGE_TOO_LARGE, "The picture has too many bytes");
  if (!find_type (&bytes, &header->type))
    return fail (error, G_IO_ERROR_NOT_SUPPORTED, "The picture is no PNG, JPEG, WebP or GIF");
  if (!parse_size (&bytes, header->type, &width, &height) || width == 0 || height == 0)
    return fail (error, G_IO_ERROR_INVALID_DATA, "The picture does not say how large it is");
  if (width > DRAW_IMAGE_MAX_SIDE || height > DRAW_IMAGE_MAX_SIDE
      || (guint64) width * height > DRAW_IMAGE_MAX_PIXELS)
    return fail (error, G_IO_ERROR_MESSAGE_TOO_LARGE, "The picture has too many pixels");
  header->width = (int) width;
  header->height = (int) height;
  return TRUE;
}

const char *
draw_image_type_get_name (DrawImageType type)
{
  static const char *const names[] = { "png", "jpeg", "webp", "gif" };

  g_return_val_if_fail (type <= DRAW_IMAGE_GIF, NULL);

  return names[type];
}
