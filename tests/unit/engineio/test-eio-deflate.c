/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-deflate.h"

#include <string.h>

#include "engineio/eio-types.h"

#define MAX_SIZE 1000

/* -1: a message */
static const struct {
  const char *name;
  int format;
} codecs[] = {
  { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
  { "zlib", G_ZLIB_COMPRESSOR_FORMAT_ZLIB },
  { "message", -1 },
};

static GByteArray *
pack (guint codec, const guint8 *data, gsize size)
{
  int format = codecs[codec].format;

  return format < 0 ? eio_deflate_message (data, size)
                    : eio_deflate_body ((GZlibCompressorFormat) format, data, size);
}

static GByteArray *
unpack (guint codec, const guint8 *data, gsize size, gsize max, GError **error)
{
  int format = codecs[codec].format;

  return format < 0 ? eio_inflate_message (data, size, max, error)
                    : eio_inflate_body ((GZlibCompressorFormat) format, data, size, max, error);
}

/* Letters that repeat themselves, or bytes that do not. */
static guint8 *
make_data (gsize size, gboolean random)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = random ? (guint8) g_rand_int (rand) : (guint8) ('a' + i % 23);
  return data;
}

/* Each with the exact bound, and with one byte less. */
static void
check_round_trip (guint codec, gsize size, gboolean random)
{
  g_autofree guint8 *data = make_data (size, random);
  g_autoptr (GByteArray) packed = pack (codec, data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) unpacked = unpack (codec, packed->data, packed->len, size, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (unpacked->data, unpacked->len, data, size);
  g_assert_true (random || size < 64 || packed->len < size);
  if (size == 0)
    return;
  g_assert_null (unpack (codec, packed->data, packed->len, size - 1, &error));
  g_assert_error (error, EIO_ERROR, EIO_ERROR_TOO_LARGE);
}

static void
test_round_trips (void)
{
  const gsize sizes[] = { 0, 1, 2, 16, 255, 256, 257, 1023, 1024, 16384, 65535, 65536, 131072 };

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        g_test_message ("%s of %zu", codecs[i].name, sizes[k]);
        check_round_trip (i, sizes[k], FALSE);
        check_round_trip (i, sizes[k], TRUE);
      }
}

/* What is packed does not depend on what was packed before. */
static void
test_no_context (void)
{
  g_autofree guint8 *data = make_data (2000, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      g_autoptr (GByteArray) first = pack (i, data, 2000);
      g_autoptr (GByteArray) second = pack (i, data, 2000);

      g_assert_cmpmem (first->data, first->len, second->data, second->len);
    }
}

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

/* The examples of RFC 7692 section 7.2.3, and what breaks it. */
static const struct {
  const char *name;
  const char *hex;
  const char *text; /* NULL: it is none */
} messages[] = {
  { "one block", "f248cdc9c90700", "Hello" },
  { "no compression", "000500faff48656c6c6f00", "Hello" },
  { "final block", "f348cdc9c9070000", "Hello" },
  { "final block, nothing behind", "f348cdc9c90700", "Hello" },
  { "two blocks", "f248050000 00ffffcac9c90700", "Hello" },
  { "two final blocks", "f348cdc9c90700f348cdc9c9070000", "HelloHello" },
  { "empty", "00", "" },
  { "nothing at all", "", "" },
  { "the window of a message before", "f200110000", NULL },
  { "block of type 3", "07", NULL },
  { "letters", "48656c6c6f", NULL },
  { "final block, then garbage", "f348cdc9c90700ffff", NULL },
  { "stored length wrong", "000500000048656c6c6f00", NULL },
  { "zlib's header", "789cf248cdc9c90700", NULL },
};

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_auto (GStrv) parts = g_strsplit (messages[i].hex, " ", -1);
      g_autofree char *hex = g_strjoinv ("", parts);
      g_autoptr (GByteArray) in = from_hex (hex);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) out = eio_inflate_message (in->data, in->len, MAX_SIZE, &error);

      g_test_message ("%s", messages[i].name);
      if (messages[i].text == NULL)
        {
          g_assert_error (error, EIO_ERROR, EIO_ERROR_PARSE);
          g_assert_null (out);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpmem (out->data, out->len, messages[i].text, strlen (messages[i].text));
    }
}

/* Empty streams one after the other: each would cost a new beginning. */
static void
test_many_streams (void)
{
  g_autoptr (GByteArray) in = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_byte_array_append (in, (const guint8 *) "\x03\x00", 2);
  g_assert_null (eio_inflate_message (in->data, in->len, MAX_SIZE, &error));
  g_assert_error (error, EIO_ERROR, EIO_ERROR_PARSE);
}

static void
test_bodies (void)
{
  g_autofree guint8 *data = make_data (500, FALSE);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GByteArray) good = pack (i, data, 500);
      g_autoptr (GByteArray) longer = pack (i, data, 500);
      g_autofree guint8 *broken = g_memdup2 (good->data, good->len);

      for (guint size = 0; size < good->len; size++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (unpack (i, good->data, size, MAX_SIZE, &error));
          g_assert_error (error, EIO_ERROR, EIO_ERROR_PARSE);
        }
      g_byte_array_append (longer, data, 1);
      g_assert_null (unpack (i, longer->data, longer->len, MAX_SIZE, NULL));
      broken[good->len - 5] ^= 1; /* of the checksum */
      g_assert_null (unpack (i, broken, good->len, MAX_SIZE, NULL));
      g_assert_null (unpack (i, data, 500, MAX_SIZE, NULL));
      g_assert_null (unpack (1 - i, good->data, good->len, MAX_SIZE, NULL));
    }
}

/* 64 MiB in some 300 KiB. */
static void
test_bomb (void)
{
  g_autofree guint8 *zeros = g_malloc0 (64 * 1024 * 1024);

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      g_autoptr (GByteArray) bomb = pack (i, zeros, 64 * 1024 * 1024);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (bomb->len, <, 512 * 1024);
      g_assert_null (unpack (i, bomb->data, bomb->len, MAX_SIZE, &error));
      g_assert_error (error, EIO_ERROR, EIO_ERROR_TOO_LARGE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/deflate/round-trips", test_round_trips);
  g_test_add_func ("/engineio/deflate/no-context", test_no_context);
  g_test_add_func ("/engineio/deflate/messages", test_messages);
  g_test_add_func ("/engineio/deflate/many-streams", test_many_streams);
  g_test_add_func ("/engineio/deflate/bodies", test_bodies);
  g_test_add_func ("/engineio/deflate/bomb", test_bomb);
  return g_test_run ();
}
