/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Compressed messages (RFC 7692) in the frame code: what groups 12 and 13 of the Autobahn suite try, by
 * size, kind, fragments and number, for both roles; and what is wrong.
 */
#include "engineio/eio-deflate.h"
#include "engineio/eio-ws-frame.h"

#include <string.h>

#define MAX_MESSAGE 131072
#define MASKED 0x80
#define N_MESSAGES 10

static const guint8 mask[EIO_WS_MASK] = { 0x37, 0xfa, 0x21, 0x3d };

typedef enum {
  CLIENT,
  SERVER,
} Role;

/* first: of the header, whole. From the client it is masked. */
static void
append_frame (GByteArray *out, Role from, guint8 first, const guint8 *data, gsize size)
{
  guint8 header[EIO_WS_MAX_HEADER];
  gsize header_size = eio_ws_write_header (header, 0, size);
  guint at;

  header[0] = first;
  header[1] |= from == CLIENT ? MASKED : 0;
  g_byte_array_append (out, header, header_size);
  if (from == CLIENT)
    g_byte_array_append (out, mask, sizeof mask);
  at = out->len;
  if (size > 0)
    g_byte_array_append (out, data, size);
  for (gsize i = 0; from == CLIENT && i < size; i++)
    out->data[at + i] ^= mask[i % sizeof mask];
}

/* A message, in frames of at most fragment bytes, a ping between them. */
static void
append_message (GByteArray *out, Role from, EioWsOpcode opcode, const GByteArray *data, gsize fragment)
{
  for (gsize at = 0; at == 0 || at < data->len; at += fragment)
    {
      gboolean last = data->len - at <= fragment;
      guint8 first = at == 0 ? opcode | EIO_WS_COMPRESSED : EIO_WS_CONTINUATION;

      append_frame (out, from, (last ? 0x80 : 0) | first, data->data + at,
                    MIN (data->len - at, fragment));
      if (!last && at == 0)
        append_frame (out, from, 0x89, (const guint8 *) "ping", 4);
    }
}

static EioWsDeframer *
new_deframer (Role from)
{
  EioWsDeframer *deframer = from == CLIENT ? eio_ws_deframer_new (MAX_MESSAGE)
                                           : eio_ws_deframer_new_for_client (MAX_MESSAGE);

  eio_ws_deframer_use_deflate (deframer);
  return deframer;
}

/* Something like JSON, so that it is smaller when it is compressed, but not by far. */
static char *
make_text (gsize size, guint seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GString *text = g_string_new ("[");

  while (text->len < size)
    g_string_append_printf (text, "{\"x\":%d,\"name\":\"w\xc3\xb6rd%d\"},",
                            g_rand_int_range (rand, 0, 100000), g_rand_int_range (rand, 0, 50));
  g_string_truncate (text, size);
  /* Not in the middle of a letter. */
  while (!g_utf8_validate (text->str, -1, NULL))
    text->str[--text->len] = '\0';
  while (text->len < size)
    g_string_append_c (text, ' ');
  return g_string_free (text, FALSE);
}

static void
check_messages (EioWsDeframer *deframer, GByteArray *bytes, gsize piece, EioWsOpcode opcode, gsize size)
{
  guint n = 0;
  gsize n_inflated = 0;

  for (gsize at = 0; at < bytes->len; at += piece)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data + at, MIN (piece, bytes->len - at));
      guint8 *p = copy;
      EioWsMessage message;
      EioWsResult result;

      while ((result = eio_ws_deframer_next (deframer, &p, copy + MIN (piece, bytes->len - at),
                                             &message)) == EIO_WS_MESSAGE)
        {
          g_autofree char *wanted = NULL;

          n_inflated += message.inflated ? message.size : 0;
          if (message.opcode == EIO_WS_PING)
            continue;
          wanted = make_text (size, n++);
          g_assert_cmpint (message.opcode, ==, opcode);
          g_assert_cmpmem (message.data, message.size, wanted, size);
        }
      g_assert_cmpint (result, ==, EIO_WS_NEED_MORE);
    }
  g_assert_cmpuint (n, ==, N_MESSAGES);
  g_assert_cmpuint (n_inflated, ==, N_MESSAGES * size);
}

static void
check_case (Role from, EioWsOpcode opcode, gsize size, gsize fragment)
{
  const gsize pieces[] = { G_MAXINT32, 997 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_test_message ("%s, opcode %d, %zu bytes, fragments of %zu", from == CLIENT ? "client" : "server",
                  opcode, size, fragment);
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *text = make_text (size, i);
      g_autoptr (GByteArray) deflated = eio_deflate_message ((const guint8 *) text, size);

      append_message (bytes, from, opcode, deflated, fragment);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (EioWsDeframer) deframer = new_deframer (from);

      check_messages (deframer, bytes, pieces[i], opcode, size);
    }
}

static void
test_cases (void)
{
  const gsize sizes[] = { 16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072 };
  const struct {
    Role from;
    EioWsOpcode opcode;
    gsize n_fragments;
  } kinds[] = {
    { CLIENT, EIO_WS_TEXT, 1 },
    { CLIENT, EIO_WS_BINARY, 1 },
    { CLIENT, EIO_WS_TEXT, EIO_WS_MAX_FRAGMENTS },
    { SERVER, EIO_WS_TEXT, 1 },
    { SERVER, EIO_WS_BINARY, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      check_case (kinds[k].from, kinds[k].opcode, sizes[i],
                  1 + sizes[i] / kinds[k].n_fragments);
}

/* Compressed and plain ones, as each likes. */
static void
test_mixed (void)
{
  g_autoptr (EioWsDeframer) deframer = new_deframer (CLIENT);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint8 hello[] = { 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00 };
  guint8 *at;
  EioWsMessage message;

  for (guint i = 0; i < 4; i++)
    if (i % 2 == 0)
      append_frame (bytes, CLIENT, 0xc1, hello, sizeof hello);
    else
      append_frame (bytes, CLIENT, 0x81, (const guint8 *) "Hello", 5);
  at = bytes->data;
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpint (eio_ws_deframer_next (deframer, &at, bytes->data + bytes->len, &message), ==,
                       EIO_WS_MESSAGE);
      g_assert_cmpmem (message.data, message.size, "Hello", 5);
      g_assert_cmpint (message.inflated, ==, i % 2 == 0);
    }
}

/* Frames, masked but for that; "FIRST HEX..." each. */
static const struct {
  const char *name;
  const char *frames;
  guint code; /* 0: a message */
} rows[] = {
  { "one frame", "c1 f248cdc9c90700", 0 },
  { "fragments", "41 f248cd 80 c9c90700", 0 },
  { "fragments, the last empty", "41 f248cdc9c90700 80 ", 0 },
  { "fragments, the first empty", "41  80 f248cdc9c90700", 0 },
  { "empty message", "c1 00", 0 },
  { "no bytes", "c1 ", 0 },
  { "final block", "c1 f348cdc9c9070000", 0 },
  { "no block", "c2 ffff", 1007 },
  { "reserved bit of a continuation", "41 f248cd c0 c9c90700", 1002 },
  { "reserved bit of a middle continuation", "41 f248 40 cd 80 c9c90700", 1002 },
  { "reserved bit of a continuation, plain", "01 41 c0 42", 1002 },
  { "reserved bit of a ping", "c9 ", 1002 },
  { "reserved bit of a pong", "ca ", 1002 },
  { "reserved bit of a close", "c8 03e8", 1002 },
  { "second reserved bit", "a1 41", 1002 },
  { "third reserved bit", "91 41", 1002 },
  { "first and second", "e1 f248cdc9c90700", 1002 },
  { "all of them", "f1 f248cdc9c90700", 1002 },
  { "not compressed", "c1 48656c6c6f", 1007 },
  { "garbage behind the end", "c1 f348cdc9c90700ffff", 1007 },
  { "the window of the message before", "c1 f248cdc9c90700 c1 f200110000", 1007 },
  { "not UTF-8", "c1 faff1f00", 1007 },
};

/* 1: a message came first. */
static guint
play (EioWsDeframer *deframer, const char *frames, guint *n_messages)
{
  g_auto (GStrv) words = g_strsplit (frames, " ", -1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 *at;
  EioWsMessage message;

  for (guint i = 0; words[i] != NULL; i += 2)
    {
      g_autoptr (GByteArray) data = g_byte_array_new ();

      for (const char *hex = words[i + 1]; hex[0] != '\0'; hex += 2)
        {
          guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

          g_byte_array_append (data, &byte, 1);
        }
      append_frame (bytes, CLIENT, (guint8) g_ascii_strtoull (words[i], NULL, 16), data->data,
                    data->len);
    }
  at = bytes->data;
  while (eio_ws_deframer_next (deframer, &at, bytes->data + bytes->len, &message) == EIO_WS_MESSAGE)
    (*n_messages)++;
  return eio_ws_deframer_get_code (deframer);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EioWsDeframer) deframer = new_deframer (CLIENT);
      g_autoptr (EioWsDeframer) plain = eio_ws_deframer_new (MAX_MESSAGE);
      guint n_messages = 0;

      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (play (deframer, rows[i].frames, &n_messages), ==, rows[i].code);
      g_assert_true (rows[i].code != 0 || n_messages == 1);
      /* Whoever has not agreed to it. */
      g_assert_cmpuint (play (plain, rows[i].frames, &n_messages), ==, 1002);
    }
}

/* The limit is on what comes out, to the byte; and a bomb of 16 MiB stops there. */
static void
test_limit (void)
{
  const gsize sizes[] = { MAX_MESSAGE, MAX_MESSAGE + 1, 16 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (EioWsDeframer) deframer = new_deframer (SERVER);
      g_autofree guint8 *zeros = g_malloc0 (sizes[i]);
      g_autoptr (GByteArray) deflated = eio_deflate_message (zeros, sizes[i]);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      guint8 *at;
      EioWsMessage message;
      EioWsResult result;

      g_assert_cmpuint (deflated->len, <, MAX_MESSAGE);
      append_frame (bytes, SERVER, 0xc2, deflated->data, deflated->len);
      at = bytes->data;
      result = eio_ws_deframer_next (deframer, &at, bytes->data + bytes->len, &message);
      g_assert_cmpint (result, ==, i == 0 ? EIO_WS_MESSAGE : EIO_WS_ERROR);
      g_assert_cmpuint (eio_ws_deframer_get_code (deframer), ==, i == 0 ? 0 : 1009);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/ws-deflate/cases", test_cases);
  g_test_add_func ("/engineio/ws-deflate/mixed", test_mixed);
  g_test_add_func ("/engineio/ws-deflate/rows", test_rows);
  g_test_add_func ("/engineio/ws-deflate/limit", test_limit);
  return g_test_run ();
}
