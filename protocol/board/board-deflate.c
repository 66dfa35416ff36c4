/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-deflate.h"

#include <gio/gio.h>

static GByteArray *
convert_all (GConverter *converter, const guint8 *bytes, gsize size, gsize max)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 piece[16 * 1024];

  for (;;)
    {
      gsize read = 0, written = 0;
      GConverterResult result
          = g_converter_convert (converter, bytes, size, piece, sizeof piece,
                                 G_CONVERTER_INPUT_AT_END, &read, &written, NULL);

      if (result == G_CONVERTER_ERROR || out->len + written > max)
        return NULL;
      g_byte_array_append (out, piece, written);
      bytes += read;
      size -= read;
      if (result == G_CONVERTER_FINISHED)
        return size == 0 ? g_steal_pointer (&out) : NULL;
    }
}

GByteArray *
board_deflate (const guint8 *bytes, gsize size, gsize max)
{
  g_autoptr (GZlibCompressor) compressor
      = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, -1);

  return convert_all (G_CONVERTER (compressor), bytes, size, max);
}

GByteArray *
board_inflate (const guint8 *bytes, gsize size, gsize max)
{
  g_autoptr (GZlibDecompressor) inflater
      = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);

  return convert_all (G_CONVERTER (inflater), bytes, size, max);
}
