/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever is said to be compressed: never more comes out than is allowed; a message means the same whole,
 * in two fragments and to both roles; and what is compressed here comes back. The first byte says where to
 * cut. */
#include "engineio/eio-deflate.h"
#include "engineio/eio-ws-frame.h"

#include <string.h>

#define MAX_MESSAGE 300
#define FIN 0x80

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
append_server_frame (GByteArray *out, guint8 first, const uint8_t *data, gsize size)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize header_size = eio_ws_write_header (header, 0, size);

  header[0] = first;
  g_byte_array_append (out, header, (guint) header_size);
  if (size > 0)
    g_byte_array_append (out, data, (guint) size);
}

static void
check_frames (GByteArray *frames, EioWsDeframer *deframer, GByteArray *inflated)
{
  guint8 *at = frames->data;
  EioWsMessage message;
  EioWsResult result;

  eio_ws_deframer_use_deflate (deframer);
  result = eio_ws_deframer_next (deframer, &at, frames->data + frames->len, &message);
  g_assert (result == (inflated != NULL ? EIO_WS_MESSAGE : EIO_WS_ERROR));
  if (inflated == NULL)
    {
      g_assert (eio_ws_deframer_get_code (deframer) == EIO_WS_CODE_INVALID_DATA
                || eio_ws_deframer_get_code (deframer) == EIO_WS_CODE_TOO_BIG);
      return;
    }
  g_assert (message.size == inflated->len);
  g_assert (memcmp (message.data, inflated->data, message.size) == 0);
}

static void
check_message (const uint8_t *data, gsize size, gsize cut)
{
  static const guint8 mask[EIO_WS_MASK] = { 1, 2, 3, 4 };
  g_autoptr (GByteArray) inflated = eio_inflate_message (data, size, MAX_MESSAGE, NULL);
  g_autoptr (GByteArray) fragments = g_byte_array_new ();
  g_autoptr (GByteArray) masked = g_byte_array_new ();
  g_autoptr (EioWsDeframer) client = eio_ws_deframer_new_for_client (MAX_MESSAGE);
  g_autoptr (EioWsDeframer) server = eio_ws_deframer_new (MAX_MESSAGE);

  g_assert (inflated == NULL || inflated->len <= MAX_MESSAGE);
  append_server_frame (fragments, EIO_WS_BINARY | EIO_WS_COMPRESSED, data, cut);
  append_server_frame (fragments, FIN | EIO_WS_CONTINUATION, data + cut, size - cut);
  eio_ws_append_masked (masked, EIO_WS_BINARY | EIO_WS_COMPRESSED, mask, data, size);
  if (size > MAX_MESSAGE)
    return;
  check_frames (fragments, client, inflated);
  check_frames (masked, server, inflated);
}

static void
check_bodies (const uint8_t *data, gsize size)
{
  for (int format = G_ZLIB_COMPRESSOR_FORMAT_ZLIB; format <= G_ZLIB_COMPRESSOR_FORMAT_RAW; format++)
    {
      g_autoptr (GByteArray) inflated
          = eio_inflate_body ((GZlibCompressorFormat) format, data, size, MAX_MESSAGE, NULL);

      g_assert (inflated == NULL || inflated->len <= MAX_MESSAGE);
    }
}

static void
check_round_trip (const uint8_t *data, gsize size)
{
  g_autoptr (GByteArray) packed = eio_deflate_message (data, size);
  g_autoptr (GByteArray) unpacked = eio_inflate_message (packed->data, packed->len, size, NULL);

  g_assert (unpacked != NULL && unpacked->len == size);
  g_assert (size == 0 || memcmp (unpacked->data, data, size) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 1)
    return 0;
  check_message (data + 1, size - 1, data[0] % size);
  check_bodies (data + 1, size - 1);
  check_round_trip (data, size);
  return 0;
}
