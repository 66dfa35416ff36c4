/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames are written as words: "T:text" a masked, final text frame, "t:text" one that is not final,
 * "B:", "b:" binary, "C:", "c:" continuation, "P:" ping, "O:" pong, "X:" close (with the body as given);
 * "#hh..." are bytes as they are. What comes out is written in the same way, "!code" is an error.
 */
#include "engineio/eio-ws-frame.h"

#include <string.h>

#define MAX_MESSAGE 1000

static const struct {
  const char *name;
  const char *in;
  const char *out;
} rows[] = {
  { "text", "T:hello", "T:hello" },
  { "empty text", "T:", "T:" },
  { "binary", "B:\x01\xff", "B:\x01\xff" },
  { "two", "T:a T:b", "T:a T:b" },
  { "fragments", "t:a c:b C:c", "T:abc" },
  { "empty fragments", "t: c: C:", "T:" },
  { "binary fragments", "b:a C:b", "B:ab" },
  { "ping between fragments", "t:a P:x C:b T:c", "P:x T:ab T:c" },
  { "ping empty", "P:", "P:" },
  { "pong", "O:x", "O:x" },
  { "ping of 125", "P:*125", "P:*125" },
  { "close", "X:", "X:0" },
  { "close with code", "X:\x03\xe8", "X:1000" },
  { "close with reason", "X:\x03\xe9" "bye\xc3\xa9", "X:1001" },
  { "close 3000", "X:\x0b\xb8", "X:3000" },
  { "close 4999", "X:\x13\x87", "X:4999" },
  { "character over fragments", "t:\xe2\x82 C:\xac", "T:\xe2\x82\xac" },
  { "the largest", "T:*1000", "T:*1000" },
  { "the largest in fragments", "t:*999 C:x", "T:*999x" },

  { "not masked", "#810161", "!1002" },
  { "not masked, empty", "#8100", "!1002" },
  { "reserved bit 1", "#c180", "!1002" },
  { "reserved bit 2", "#a180", "!1002" },
  { "reserved bit 3", "#9180", "!1002" },
  { "opcode 3", "#8380", "!1002" },
  { "opcode 7", "#8780", "!1002" },
  { "opcode 11", "#8b80", "!1002" },
  { "opcode 15", "#8f80", "!1002" },
  { "fragmented ping", "#0980", "!1002" },
  { "fragmented close", "#0880", "!1002" },
  { "ping of 126", "#89fe007e00000000", "!1002" },
  { "close of 126", "#88fe007e00000000", "!1002" },
  { "continuation first", "C:a", "!1002" },
  { "continuation after the end", "t:a C:b C:c", "T:ab !1002" },
  { "text inside a message", "t:a T:b", "!1002" },
  { "binary inside a message", "t:a B:b", "!1002" },
  { "length not minimal, 16", "#81fe007d00000000", "!1002" },
  { "length not minimal, 64", "#81ff000000000000ffff00000000", "!1002" },
  { "length 2^63", "#82ff800000000000000000000000", "!1009" },
  { "length 2^64-1", "#82ffffffffffffffffff00000000", "!1009" },
  { "one too large", "#82fe03e900000000", "!1009" },
  { "one too large over fragments", "t:*999 C:xy", "!1009" },
  { "invalid UTF-8", "T:a\xff", "!1007" },
  { "surrogate", "T:\xed\xa0\x80", "!1007" },
  { "cut character", "T:\xe2\x82", "!1007" },
  { "cut character over fragments", "t:\xe2 C:\x82", "!1007" },
  { "invalid in the first fragment", "t:\xff", "!1007" },
  { "valid after invalid", "T:\xff T:a", "!1007" },
  { "invalid binary is fine", "B:\xff", "B:\xff" },
  { "close of one byte", "X:\x03", "!1002" },
  { "close 999", "X:\x03\xe7", "!1002" },
  { "close 1004", "X:\x03\xec", "!1002" },
  { "close 1005", "X:\x03\xed", "!1002" },
  { "close 1006", "X:\x03\xee", "!1002" },
  { "close 1016", "X:\x03\xf8", "!1002" },
  { "close 2999", "X:\x0b\xb7", "!1002" },
  { "close 5000", "X:\x13\x88", "!1002" },
  { "close with bad reason", "X:\x03\xe8\xff", "!1002" },
};

/* What a server sends. */
static const struct {
  const char *name;
  const char *in;
  const char *out;
} client_rows[] = {
  { "text", "#810161", "T:a" },
  { "two", "#8101618200", "T:a B:" },
  { "fragments", "#0101610000800162", "T:ab" },
  { "ping inside", "#010161890178800162", "P:x T:ab" },
  { "close", "#880203e8", "X:1000" },
  { "masked", "T:a", "!1002" },
  { "masked, empty", "#8180", "!1002" },
  { "masked ping", "P:a", "!1002" },
  { "masked continuation", "#010161 C:b", "!1002" },
  { "reserved bit", "#c100", "!1002" },
  { "one too large", "#827e03e9", "!1009" },
  { "length 2^64-1", "#827fffffffffffffffff", "!1009" },
  { "invalid UTF-8", "#8101ff", "!1007" },
};

/* "*n" becomes n letters. */
static char *
expand (const char *text)
{
  const char *star = strchr (text, '*');
  char *rest;
  guint64 n;
  g_autofree char *letters = NULL;

  if (star == NULL)
    return g_strdup (text);
  n = g_ascii_strtoull (star + 1, &rest, 10);
  letters = g_strnfill (n, 'x');
  return g_strdup_printf ("%.*s%s%s", (int) (star - text), text, letters, rest);
}

static void
append_masked (GByteArray *out, guint8 first, const char *data)
{
  static const guint8 mask[4] = { 0xa1, 0x02, 0x00, 0xff };
  gsize size = strlen (data);
  guint8 header[EIO_WS_MAX_HEADER];
  gsize header_size = eio_ws_write_header (header, first & 0xf, size);

  header[0] = first;
  header[1] |= 0x80;
  g_byte_array_append (out, header, header_size);
  g_byte_array_append (out, mask, sizeof mask);
  for (gsize i = 0; i < size; i++)
    {
      guint8 byte = data[i] ^ mask[i % 4];

      g_byte_array_append (out, &byte, 1);
    }
}

static void
append_hex (GByteArray *out, const char *hex)
{
  for (; hex[0] != '\0'; hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (out, &byte, 1);
    }
}

static void
append_word (GByteArray *out, const char *word)
{
  static const char letters[] = "TtBbCcPOX";
  static const guint8 firsts[] = { 0x81, 0x01, 0x82, 0x02, 0x80, 0x00, 0x89, 0x8a, 0x88 };
  g_autofree char *data = NULL;

  if (word[0] == '#')
    {
      append_hex (out, word + 1);
      return;
    }
  data = expand (word + 2);
  append_masked (out, firsts[strchr (letters, word[0]) - letters], data);
}

static GByteArray *
encode (const char *words)
{
  GByteArray *out = g_byte_array_new ();
  g_auto (GStrv) split = g_strsplit (words, " ", -1);

  for (guint i = 0; split[i] != NULL; i++)
    append_word (out, split[i]);
  return out;
}

static void
describe (GString *log, const EioWsMessage *message)
{
  static const char letters[] = { [EIO_WS_TEXT] = 'T', [EIO_WS_BINARY] = 'B', [EIO_WS_CLOSE] = 'X',
                                  [EIO_WS_PING] = 'P', [EIO_WS_PONG] = 'O' };

  if (log->len > 0)
    g_string_append_c (log, ' ');
  g_string_append_printf (log, "%c:", letters[message->opcode]);
  if (message->opcode == EIO_WS_CLOSE)
    g_string_append_printf (log, "%u", message->code);
  else
    g_string_append_len (log, (const char *) message->data, message->size);
}

/* Feeds the bytes in pieces of @piece. */
static char *
run (EioWsDeframer *deframer, GByteArray *bytes, gsize piece)
{
  GString *log = g_string_new (NULL);
  EioWsResult result = EIO_WS_NEED_MORE;

  for (gsize at = 0; at < bytes->len && result != EIO_WS_ERROR; at += piece)
    {
      gsize size = MIN (piece, bytes->len - at);
      /* Just as long as the piece, so that a sanitizer sees every step beyond. */
      g_autofree guint8 *copy = g_memdup2 (bytes->data + at, size);
      guint8 *p = copy;
      EioWsMessage message;

      while ((result = eio_ws_deframer_next (deframer, &p, copy + size, &message)) == EIO_WS_MESSAGE)
        describe (log, &message);
      g_assert_true (result == EIO_WS_ERROR || p == copy + size);
    }
  if (result == EIO_WS_ERROR)
    g_string_append_printf (log, "%s!%u", log->len > 0 ? " " : "",
                            eio_ws_deframer_get_code (deframer));
  return g_string_free (log, FALSE);
}

static void
check_row (const char *name, const char *in, const char *out, EioWsDeframer *(*new_deframer) (gsize))
{
  g_autoptr (GByteArray) bytes = encode (in);
  g_autofree char *wanted = expand (out);
  const gsize pieces[] = { 1, 2, 3, 7, 100000 };

  for (guint k = 0; k < G_N_ELEMENTS (pieces); k++)
    {
      g_autoptr (EioWsDeframer) deframer = new_deframer (MAX_MESSAGE);
      g_autofree char *got = run (deframer, bytes, pieces[k]);

      g_test_message ("%s, pieces of %zu", name, pieces[k]);
      g_assert_cmpstr (got, ==, wanted);
    }
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (rows[i].name, rows[i].in, rows[i].out, eio_ws_deframer_new);
}

static void
test_client_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (client_rows); i++)
    check_row (client_rows[i].name, client_rows[i].in, client_rows[i].out,
               eio_ws_deframer_new_for_client);
}

/* What the client writes, the server reads. */
static void
test_masked (void)
{
  static const guint8 mask[EIO_WS_MASK] = { 1, 2, 3, 250 };
  const gsize sizes[] = { 0, 1, 7, 8, 9, 125, 126, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (EioWsDeframer) deframer = eio_ws_deframer_new (MAX_MESSAGE);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *text = g_strnfill (sizes[i], 'x');
      g_autofree char *wanted = g_strconcat ("T:", text, NULL);
      g_autofree char *got = NULL;

      eio_ws_append_masked (bytes, EIO_WS_TEXT, mask, text, sizes[i]);
      got = run (deframer, bytes, 100000);
      g_assert_cmpstr (got, ==, wanted);
    }
}

/* As many fragments as allowed, and one more. */
static void
test_fragments (void)
{
  for (guint n = EIO_WS_MAX_FRAGMENTS; n <= EIO_WS_MAX_FRAGMENTS + 1; n++)
    {
      g_autoptr (EioWsDeframer) deframer = eio_ws_deframer_new (MAX_MESSAGE);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *got = NULL;
      g_autofree char *letters = g_strnfill (n, 'x');
      g_autofree char *wanted = g_strconcat ("T:", letters, NULL);

      append_masked (bytes, 0x01, "x");
      for (guint i = 2; i < n; i++)
        append_masked (bytes, 0x00, "x");
      append_masked (bytes, 0x80, "x");
      got = run (deframer, bytes, 100000);
      g_assert_cmpstr (got, ==, n == EIO_WS_MAX_FRAGMENTS ? wanted : "!1009");
    }
}

static void
test_inside (void)
{
  g_autoptr (EioWsDeframer) deframer = eio_ws_deframer_new (MAX_MESSAGE);
  g_autoptr (GByteArray) bytes = encode ("t:a P:b C:c");
  guint8 *at = bytes->data;
  EioWsMessage message;

  g_assert_false (eio_ws_deframer_is_inside (deframer));
  eio_ws_deframer_next (deframer, &at, at + 1, &message);
  g_assert_true (eio_ws_deframer_is_inside (deframer));
  g_assert_cmpint (eio_ws_deframer_next (deframer, &at, bytes->data + bytes->len, &message), ==,
                   EIO_WS_MESSAGE);
  g_assert_cmpint (message.opcode, ==, EIO_WS_PING);
  g_assert_true (eio_ws_deframer_is_inside (deframer));
  g_assert_cmpint (eio_ws_deframer_next (deframer, &at, bytes->data + bytes->len, &message), ==,
                   EIO_WS_MESSAGE);
  g_assert_false (eio_ws_deframer_is_inside (deframer));
}

static void
test_headers (void)
{
  static const struct {
    gsize size;
    const char *hex;
  } headers[] = {
    { 0, "8100" },
    { 125, "817d" },
    { 126, "817e007e" },
    { 65535, "817effff" },
    { 65536, "817f0000000000010000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      guint8 header[EIO_WS_MAX_HEADER];
      gsize size = eio_ws_write_header (header, EIO_WS_TEXT, headers[i].size);
      g_autoptr (GByteArray) wanted = g_byte_array_new ();

      append_hex (wanted, headers[i].hex);
      g_assert_cmpmem (header, size, wanted->data, wanted->len);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/ws-frame/rows", test_rows);
  g_test_add_func ("/engineio/ws-frame/client-rows", test_client_rows);
  g_test_add_func ("/engineio/ws-frame/masked", test_masked);
  g_test_add_func ("/engineio/ws-frame/fragments", test_fragments);
  g_test_add_func ("/engineio/ws-frame/inside", test_inside);
  g_test_add_func ("/engineio/ws-frame/headers", test_headers);
  return g_test_run ();
}
