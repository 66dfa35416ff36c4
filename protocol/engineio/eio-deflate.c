/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-deflate.h"

#include <string.h>

#include "engineio/eio-types.h"

/* What a flush leaves at the end: the rest of an empty block without compression. */
static const guint8 flush_mark[] = { 0x00, 0x00, 0xff, 0xff };

#define MIN_ROOM 256
/* Streams in one message: who flushes by final blocks needs one or two, and each costs a new beginning. */
#define MAX_STREAMS 64
#define N_FORMATS (G_ZLIB_COMPRESSOR_FORMAT_RAW + 1)
/* From here on zlib's fastest level: a MiB of JSON takes 10 ms rather than 60, and 0.42 of its length rather
 * than 0.37. */
#define FAST_FROM (64 * 1024)

typedef enum {
  DEFLATER,      /* some 260 KB each, once somebody compresses */
  FAST_DEFLATER, /* likewise */
  INFLATER,      /* some 40 KB each */
  N_KINDS,
} Kind;

#define UNREF G_PRIVATE_INIT (g_object_unref)
static GPrivate codecs[N_KINDS][N_FORMATS] = {
  { UNREF, UNREF, UNREF }, { UNREF, UNREF, UNREF }, { UNREF, UNREF, UNREF },
};

static GConverter *
make_codec (Kind kind, GZlibCompressorFormat format)
{
  if (kind == INFLATER)
    return G_CONVERTER (g_zlib_decompressor_new (format));
  return G_CONVERTER (g_zlib_compressor_new (format, kind == FAST_DEFLATER ? 1 : -1));
}

/* The thread's own, as new. */
static GConverter *
get_codec (Kind kind, GZlibCompressorFormat format)
{
  GConverter *codec = g_private_get (&codecs[kind][format]);

  if (codec == NULL)
    {
      codec = make_codec (kind, format);
      g_private_set (&codecs[kind][format], codec);
    }
  g_converter_reset (codec);
  return codec;
}

typedef struct {
  GConverter *codec; /* borrowed */
  guint8 *out;       /* owned; not an array, which would have more memory than it has bytes */
  gsize size;        /* of its memory */
  gsize used;        /* bytes of it */
  gsize max;
} Conversion;

static Conversion
begin (Kind kind, GZlibCompressorFormat format, gsize expected, gsize max)
{
  Conversion self = { .codec = get_codec (kind, format), .max = MIN (max, G_MAXINT) };

  self.size = MIN (MAX (expected, MIN_ROOM), self.max + 1);
  self.out = g_malloc (self.size);
  return self;
}

static gboolean
fail (EioError code, const char *message, GError **error)
{
  g_set_error_literal (error, EIO_ERROR, code, message);
  return FALSE;
}

/* There is room for one byte more than may be: it tells. */
static gboolean
make_room (Conversion *self, GError **error)
{
  if (self->used > self->max)
    return fail (EIO_ERROR_TOO_LARGE, "Larger than allowed when inflated", error);
  if (self->used < self->size)
    return TRUE;
  self->size = MIN (self->size * 2, self->max + 1);
  self->out = g_realloc (self->out, self->size);
  return TRUE;
}

/* All of @data, and all that comes of it. @at: bytes that were taken, less than @size when the stream
 * has ended there. */
static gboolean
convert (Conversion *self,
         const guint8 *data,
         gsize size,
         GConverterFlags flags,
         gsize *at,
         GError **error)
{
  GConverterResult result = G_CONVERTER_CONVERTED;

  *at = 0;
  while (result == G_CONVERTER_CONVERTED)
    {
      gsize n_read = 0;
      gsize n_written = 0;

      if (!make_room (self, error))
        return FALSE;
      result = g_converter_convert (self->codec, data + *at, size - *at, self->out + self->used,
                                    self->size - self->used, flags, &n_read, &n_written, NULL);
      *at += n_read;
      self->used += n_written;
    }
  if (result == G_CONVERTER_ERROR)
    return fail (EIO_ERROR_PARSE, "Not compressed as it says", error);
  return make_room (self, error);
}

static GByteArray *
finish (Conversion *self, gboolean good)
{
  if (good)
    return g_byte_array_new_take (self->out, self->used);
  g_free (self->out);
  return NULL;
}

static GByteArray *
deflate_all (GZlibCompressorFormat format,
             const guint8 *data,
             gsize size,
             GConverterFlags flags)
{
  Conversion self
      = begin (size < FAST_FROM ? DEFLATER : FAST_DEFLATER, format, size / 2, G_MAXINT);
  gsize at;
  gboolean good = convert (&self, data, size, flags, &at, NULL);

  /* It fails only for want of memory. */
  g_assert (good && at == size);
  return finish (&self, TRUE);
}

GByteArray *
eio_deflate_body (GZlibCompressorFormat format, const guint8 *data, gsize size)
{
  return deflate_all (format, data, size, G_CONVERTER_INPUT_AT_END);
}

GByteArray *
eio_inflate_body (GZlibCompressorFormat format,
                  const guint8 *data,
                  gsize size,
                  gsize max,
                  GError **error)
{
  Conversion self = begin (INFLATER, format, MIN (size, max / 4) * 4, max);
  gsize at;
  gboolean good = convert (&self, data, size, G_CONVERTER_INPUT_AT_END, &at, error);

  if (good && at < size)
    good = fail (EIO_ERROR_PARSE, "There is more behind what is compressed", error);
  return finish (&self, good);
}

GByteArray *
eio_deflate_message (const guint8 *data, gsize size)
{
  GByteArray *out = deflate_all (G_ZLIB_COMPRESSOR_FORMAT_RAW, data, size, G_CONVERTER_FLUSH);

  g_assert (out->len > sizeof flush_mark);
  g_byte_array_set_size (out, out->len - sizeof flush_mark);
  return out;
}

/* A stream that has ended (in a final block, section 7.2.3.4) may be followed by another one. */
static gboolean
inflate_streams (Conversion *self, const guint8 *data, gsize size, GError **error)
{
  gsize at = 0;

  for (guint n_streams = 0; at < size; n_streams++)
    {
      gsize n;

      if (n_streams == MAX_STREAMS)
        return fail (EIO_ERROR_PARSE, "Ends too often", error);
      if (n_streams > 0)
        g_converter_reset (self->codec);
      if (!convert (self, data + at, size - at, G_CONVERTER_FLUSH, &n, error))
        return FALSE;
      at += n;
    }
  return TRUE;
}

GByteArray *
eio_inflate_message (const guint8 *data, gsize size, gsize max, GError **error)
{
  Conversion self = begin (INFLATER, G_ZLIB_COMPRESSOR_FORMAT_RAW, MIN (size, max / 4) * 4, max);
  gboolean good = inflate_streams (&self, data, size, error)
                  && inflate_streams (&self, flush_mark, sizeof flush_mark, error);

  return finish (&self, good);
}
