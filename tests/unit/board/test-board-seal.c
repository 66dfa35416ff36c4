/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-seal.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

#include "board/board-limits.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"
#define OTHER "BBBBBBBBBBBBBBBBBBBBBA"
#define ANN "member-ann"
#define BOB "member-bob"

static BoardKey key;

static void
test_round_trip (void)
{
  g_autofree char *long_text = g_strnfill (BOARD_MAX_OP_TEXT, 'x');
  const char *const texts[] = { "{}", "{\"c\":[[\"title\",\"\xc3\xa9t\xc3\xa9\"]]}", long_text };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *body = board_seal_op (&key, BOARD, ANN, 7, texts[i]);
      g_autofree char *again = board_seal_op (&key, BOARD, ANN, 7, texts[i]);
      g_autofree char *text = board_open_op (&key, BOARD, ANN, 7, body, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpstr (body, !=, again); /* a nonce of its own */
    }
  g_autofree char *body = board_seal_op (&key, BOARD, ANN, 7, long_text);
  g_assert_cmpuint (strlen (body), <, 4096); /* deflated */
}

/* A body opens at its own place only. */
static void
test_place (void)
{
  g_autofree char *op = board_seal_op (&key, BOARD, ANN, 7, "{}");
  g_autofree char *cast = board_seal_cast (&key, BOARD, ANN, "{}");
  g_autofree char *profile = board_seal_profile (&key, BOARD, ANN, "{}");
  BoardKey wrong;

  board_key_generate (&wrong);
  g_assert_null (board_open_op (&wrong, BOARD, ANN, 7, op, NULL));
  g_assert_null (board_open_op (&key, OTHER, ANN, 7, op, NULL));
  g_assert_null (board_open_op (&key, BOARD, BOB, 7, op, NULL));
  g_assert_null (board_open_op (&key, BOARD, ANN, 8, op, NULL));
  g_assert_null (board_open_cast (&key, BOARD, ANN, op, NULL));
  g_assert_null (board_open_profile (&key, BOARD, ANN, op, NULL));
  g_assert_null (board_open_op (&key, BOARD, ANN, 7, cast, NULL));
  g_assert_null (board_open_profile (&key, BOARD, ANN, cast, NULL));
  g_assert_null (board_open_cast (&key, BOARD, BOB, cast, NULL));
  g_assert_null (board_open_profile (&key, BOARD, BOB, profile, NULL));

  g_autofree char *opened_cast = board_open_cast (&key, BOARD, ANN, cast, NULL);
  g_autofree char *opened_profile = board_open_profile (&key, BOARD, ANN, profile, NULL);
  g_assert_cmpstr (opened_cast, ==, "{}");
  g_assert_cmpstr (opened_profile, ==, "{}");
}

/* No bit of a body can be changed: flags, nonce, text and tag alike. */
static void
test_tampered (void)
{
  g_autofree char *body = board_seal_op (&key, BOARD, ANN, 7, "{\"c\":[[\"title\",\"hello\"]]}");
  guint8 bytes[1024];
  gsize size;

  g_assert_cmpint (sodium_base642bin (bytes, sizeof bytes, body, strlen (body), NULL, &size, NULL,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                   ==, 0);
  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autoptr (GError) error = NULL;
      char text[2048];

      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      sodium_bin2base64 (text, sizeof text, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
      g_assert_null (board_open_op (&key, BOARD, ANN, 7, text, &error));
      g_assert_true (g_error_matches (error, BOARD_ERROR, BOARD_ERROR_SEAL)
                     || (bit < 8 && g_error_matches (error, BOARD_ERROR, BOARD_ERROR_SYNTAX)));
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  for (gsize length = 0; length < strlen (body); length++)
    {
      g_autofree char *cut = g_strndup (body, length);

      g_assert_null (board_open_op (&key, BOARD, ANN, 7, cut, NULL));
    }
}

static void
test_not_a_body (void)
{
  static const char *const rows[] = {
    "", "A", "AAAA", "{}", "====",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAAA",
    "_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* flags that are not */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (board_open_op (&key, BOARD, ANN, 1, rows[i], &error));
      g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SYNTAX);
    }
}

/* Seals anything, as a member with a program of his own can. */
static char *
seal_raw (guint8 flags, const guint8 *payload, gsize size)
{
  g_autofree guint8 *bytes = g_malloc0 (25 + size + 16);
  g_autofree char *aad = g_strdup_printf ("-%s|%s|%s", BOARD, ANN, "1");
  gsize length = (25 + size + 16) * 2 + 4;
  char *text = g_malloc (length);

  bytes[0] = flags;
  aad[0] = (char) flags;
  crypto_aead_xchacha20poly1305_ietf_encrypt (bytes + 25, NULL, payload, size,
                                              (const guint8 *) aad, strlen (aad + 1) + 1, NULL,
                                              bytes + 1, key.bytes);
  sodium_bin2base64 (text, length, bytes, 25 + size + 16,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text;
}

static void
test_bomb (void)
{
  g_autoptr (GZlibCompressor) compressor =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  g_autofree guint8 *zeros = g_malloc0 (64 * 1024 * 1024);
  g_autofree guint8 *bomb = g_malloc (1024 * 1024);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  gsize read, written;

  memset (zeros, 'a', 64 * 1024 * 1024);
  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), zeros, 64 * 1024 * 1024, bomb,
                                        1024 * 1024, G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  body = seal_raw (1, bomb, written);
  g_assert_cmpuint (strlen (body), <, BOARD_MAX_OP_BODY);
  g_assert_null (board_open_op (&key, BOARD, ANN, 1, body, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
}

static void
test_bad_payload (void)
{
  static const struct {
    const char *name;
    guint8 flags;
    const char *payload;
    gsize size;
    BoardError code;
  } rows[] = {
    { "nothing", 0, "", 0, BOARD_ERROR_SYNTAX },
    { "NUL", 0, "{}\0{}", 5, BOARD_ERROR_SYNTAX },
    { "not UTF-8", 0, "\xff\xfe", 2, BOARD_ERROR_SYNTAX },
    { "surrogate", 0, "\xed\xa0\x80", 3, BOARD_ERROR_SYNTAX },
    { "not deflated", 1, "{}", 2, BOARD_ERROR_LIMIT },
    { "deflated, then more", 1, "\x03\x00{}", 4, BOARD_ERROR_LIMIT },
    { "deflated nothing", 1, "\x03\x00", 2, BOARD_ERROR_SYNTAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *body =
          seal_raw (rows[i].flags, (const guint8 *) rows[i].payload, rows[i].size);

      g_test_message ("%s", rows[i].name);
      g_assert_null (board_open_op (&key, BOARD, ANN, 1, body, &error));
      g_assert_error (error, BOARD_ERROR, (int) rows[i].code);
    }
}

static char *
random_text (gsize length)
{
  char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('!' + randombytes_uniform (90));
  text[length] = '\0';
  return text;
}

static void
test_limits (void)
{
  g_autofree char *fits = random_text (190 * 1024);
  g_autofree char *deflated_fits = random_text (200 * 1024); /* about 6.5 bits a character */
  g_autofree char *too_much = random_text (400 * 1024);
  g_autofree char *too_long = g_strnfill (BOARD_MAX_OP_TEXT + 1, 'x');
  g_autofree char *body = board_seal_op (&key, BOARD, ANN, 1, fits);
  g_autofree char *deflated_body = board_seal_op (&key, BOARD, ANN, 1, deflated_fits);

  g_assert_nonnull (body);
  g_assert_true (board_seal_op_fits (fits));
  g_assert_nonnull (deflated_body);
  g_assert_true (board_seal_op_fits (deflated_fits));
  g_assert_null (board_seal_op (&key, BOARD, ANN, 1, too_much));
  g_assert_false (board_seal_op_fits (too_much));
  g_assert_null (board_seal_op (&key, BOARD, ANN, 1, too_long));
  g_assert_false (board_seal_op_fits (too_long));
  g_assert_null (board_seal_profile (&key, BOARD, ANN, fits));
  g_assert_null (board_seal_cast (&key, BOARD, ANN, fits));

  g_autoptr (GError) error = NULL;
  g_assert_null (board_open_cast (&key, BOARD, ANN, body, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  board_key_generate (&key);
  g_test_add_func ("/board/seal/round-trip", test_round_trip);
  g_test_add_func ("/board/seal/place", test_place);
  g_test_add_func ("/board/seal/tampered", test_tampered);
  g_test_add_func ("/board/seal/not-a-body", test_not_a_body);
  g_test_add_func ("/board/seal/bomb", test_bomb);
  g_test_add_func ("/board/seal/bad-payload", test_bad_payload);
  g_test_add_func ("/board/seal/limits", test_limits);
  return g_test_run ();
}
