/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-payload.h"

#include <string.h>

#include "files/draw-json-walk.h"

#define TYPE "application/vnd.excalidraw+json"
#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define CHUNK_FRAME 12 /* length, type, checksum */
#define SVG_HEAD 4096  /* bytes in which <svg must stand */

static void
fail (GError **error, int code, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, code, message);
}

/* --- deflated bytes as characters --- */

static GBytes *
convert_all (GConverter *converter, const guint8 *data, gsize length, gsize max, GError **error)
{
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_data (data, (gssize) length, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, converter);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    {
      if (out->len + (gsize) n > max)
        {
          fail (error, G_IO_ERROR_MESSAGE_TOO_LARGE, "The drawing in the picture is too large.");
          return NULL;
        }
      g_byte_array_append (out, buffer, (guint) n);
    }
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

static GBytes *
inflate (GBytes *bytes, GError **error)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return convert_all (G_CONVERTER (zlib), data, length, DRAW_PAYLOAD_MAX, error);
}

/* One character of a JSON string, whose bytes are Latin-1. FALSE: no such escape. */
static gboolean
read_character (const char **at, const char *end, guint8 *byte)
{
  static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  const char *escape;
  guint value = 0;

  if (**at != '\\')
    {
      *byte = (guint8) *(*at)++;
      return TRUE;
    }
  if (++*at >= end)
    return FALSE;
  escape = **at != '\0' ? strchr (escapes, **at) : NULL;
  if (escape != NULL)
    {
      *byte = (guint8) meant[escape - escapes];
      ++*at;
      return TRUE;
    }
  if (**at != 'u' || end - *at < 5)
    return FALSE;
  for (int i = 1; i <= 4; i++)
    {
      const int digit = g_ascii_xdigit_value ((*at)[i]);

      if (digit < 0)
        return FALSE;
      value = value * 16 + (guint) digit;
    }
  *at += 5;
  *byte = (guint8) value;
  return value <= 0xff;
}

static GBytes *
decode_string (const DrawJsonPiece *piece, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) piece->length);
  const char *at = piece->text + 1, *end = piece->text + piece->length - 1;

  if (piece->length < 2 || piece->text[0] != '"')
    {
      fail (error, G_IO_ERROR_INVALID_DATA, "The drawing in the picture is no text.");
      return NULL;
    }
  while (at < end)
    {
      guint8 byte;

      if (!read_character (&at, end, &byte))
        {
          fail (error, G_IO_ERROR_INVALID_DATA, "The drawing in the picture is damaged.");
          return NULL;
        }
      g_byte_array_append (out, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* The oldest pictures hold the drawing as it is. */
static GBytes *
open_envelope (const char *text, gsize length, GError **error)
{
  DrawJsonPiece encoded, compressed;
  g_autoptr (GBytes) bytes = NULL;

  if (!draw_json_find (text, length, "encoded", &encoded))
    return g_bytes_new (text, length);
  bytes = decode_string (&encoded, error);
  if (bytes == NULL)
    return NULL;
  if (draw_json_find (text, length, "compressed", &compressed)
      && draw_json_piece_equals (&compressed, "true"))
    return inflate (bytes, error);
  return g_steal_pointer (&bytes);
}

/* Latin-1, as both pictures take it. */
static GString *
make_envelope (const char *text, gsize length)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  g_autoptr (GBytes) deflated = convert_all (G_CONVERTER (zlib), (const guint8 *) text, length,
                                             G_MAXUINT32, NULL);
  GString *out = g_string_new ("{\"version\":\"1\",\"encoding\":\"bstring\",\"compressed\":true,"
                               "\"encoded\":\"");
  gsize n;
  const guint8 *data = g_bytes_get_data (deflated, &n);

  for (gsize i = 0; i < n; i++)
    if (data[i] == '"' || data[i] == '\\')
      g_string_append_printf (out, "\\%c", data[i]);
    else if (data[i] < 0x20)
      g_string_append_printf (out, "\\u%04x", data[i]);
    else
      g_string_append_c (out, (char) data[i]);
  g_string_append (out, "\"}");
  return out;
}

/* --- PNG --- */

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

gboolean
draw_payload_is_png (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length >= 8 && memcmp (data, PNG_SIGNATURE, 8) == 0;
}

/* The next chunk from *at on, which stands behind it then. */
static gboolean
next_chunk (const guint8 *data, gsize length, gsize *at, const guint8 **chunk, gsize *n)
{
  if (length - *at < CHUNK_FRAME)
    return FALSE;
  *n = read_u32 (data + *at);
  if (*n > length - *at - CHUNK_FRAME)
    return FALSE;
  *chunk = data + *at + 8;
  *at += *n + CHUNK_FRAME;
  return TRUE;
}

static GBytes *
find_in_png (GBytes *png, GError **error)
{
  gsize length, at = 8, n;
  const guint8 *data = g_bytes_get_data (png, &length), *chunk;

  while (next_chunk (data, length, &at, &chunk, &n))
    if (memcmp (chunk - 4, "tEXt", 4) == 0 && n > sizeof TYPE && memcmp (chunk, TYPE, sizeof TYPE) == 0)
      return open_envelope ((const char *) chunk + sizeof TYPE, n - sizeof TYPE, error);
  fail (error, G_IO_ERROR_NOT_FOUND, "There is no drawing in this picture.");
  return NULL;
}

/* PNG specification, annex D. */
static guint32
checksum (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
    }
  return ~crc;
}

static void
append_u32 (GByteArray *out, guint32 value)
{
  const guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, 4);
}

static void
append_chunk (GByteArray *out, GString *envelope)
{
  guint start;

  append_u32 (out, (guint32) (sizeof TYPE + envelope->len));
  start = out->len;
  g_byte_array_append (out, (const guint8 *) "tEXt" TYPE, 4 + sizeof TYPE);
  g_byte_array_append (out, (const guint8 *) envelope->str, (guint) envelope->len);
  append_u32 (out, checksum (out->data + start, out->len - start));
}

GBytes *
draw_payload_add_to_png (GBytes *png, const char *text, gsize length)
{
  GByteArray *out;
  GString *envelope;
  gsize size, at = 8, end = 8, n;
  const guint8 *data, *chunk;

  g_return_val_if_fail (png != NULL && text != NULL, NULL);

  if (!draw_payload_is_png (png))
    return NULL;
  data = g_bytes_get_data (png, &size);
  while (next_chunk (data, size, &at, &chunk, &n) && memcmp (chunk - 4, "IEND", 4) != 0)
    end = at;
  out = g_byte_array_new ();
  g_byte_array_append (out, data, (guint) end);
  envelope = make_envelope (text, length);
  append_chunk (out, envelope);
  g_string_free (envelope, TRUE);
  g_byte_array_append (out, data + end, (guint) (size - end));
  return g_byte_array_free_to_bytes (out);
}

/* --- SVG --- */

gboolean
draw_payload_is_svg (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return data != NULL && data[0] != '{'
         && g_strstr_len (data, (gssize) MIN (length, SVG_HEAD), "<svg") != NULL;
}

static GBytes *
find_in_svg (GBytes *svg, GError **error)
{
  gsize length, n;
  const char *data = g_bytes_get_data (svg, &length);
  const char *start = g_strstr_len (data, (gssize) length, "payload-type:" TYPE);
  const char *end = NULL;
  g_autofree char *text = NULL;
  g_autofree guchar *envelope = NULL;

  if (start != NULL)
    start = g_strstr_len (start, (gssize) (data + length - start), "<!-- payload-start -->");
  if (start != NULL)
    start += strlen ("<!-- payload-start -->");
  if (start != NULL)
    end = g_strstr_len (start, (gssize) (data + length - start), "<!-- payload-end -->");
  if (end == NULL)
    {
      fail (error, G_IO_ERROR_NOT_FOUND, "There is no drawing in this picture.");
      return NULL;
    }
  text = g_strndup (start, (gsize) (end - start));
  envelope = g_base64_decode (text, &n);
  return open_envelope ((const char *) envelope, n, error);
}

GBytes *
draw_payload_add_to_svg (GBytes *svg, const char *text, gsize length)
{
  gsize size;
  const char *data, *tag, *end = NULL;
  g_autofree char *base64 = NULL;
  GString *envelope, *out;

  g_return_val_if_fail (svg != NULL && text != NULL, NULL);

  data = g_bytes_get_data (svg, &size);
  tag = g_strstr_len (data, (gssize) size, "<svg");
  if (tag != NULL)
    end = memchr (tag, '>', size - (gsize) (tag - data));
  if (end == NULL)
    return NULL;
  envelope = make_envelope (text, length);
  base64 = g_base64_encode ((const guchar *) envelope->str, envelope->len);
  g_string_free (envelope, TRUE);
  out = g_string_new_len (data, end + 1 - data);
  g_string_append (out, "\n<metadata><!-- payload-type:" TYPE " --><!-- payload-version:2 -->"
                        "<!-- payload-start -->");
  g_string_append (out, base64);
  g_string_append (out, "<!-- payload-end --></metadata>");
  g_string_append_len (out, end + 1, (gssize) (size - (gsize) (end + 1 - data)));
  return g_string_free_to_bytes (out);
}

GBytes *
draw_payload_find (GBytes *picture, GError **error)
{
  g_return_val_if_fail (picture != NULL, NULL);

  if (draw_payload_is_png (picture))
    return find_in_png (picture, error);
  if (draw_payload_is_svg (picture))
    return find_in_svg (picture, error);
  fail (error, G_IO_ERROR_NOT_FOUND, "There is no drawing in this picture.");
  return NULL;
}
