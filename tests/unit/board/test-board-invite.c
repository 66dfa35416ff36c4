/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-invite.h"

#include <string.h>

/* RFC 8032, 7.1, test 1 */
static const guint8 rfc_seed[] = {
  0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
  0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
};
static const guint8 rfc_public[] = {
  0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
  0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
};

static void
test_public_key (void)
{
  BoardKey seed, public_key;

  memcpy (seed.bytes, rfc_seed, sizeof rfc_seed);
  board_key_public (&seed, &public_key);
  g_assert_cmpmem (public_key.bytes, BOARD_KEY_BYTES, rfc_public, sizeof rfc_public);
}

static void
test_key_text (void)
{
  static const char *const bad[] = {
    "",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",   /* 42 */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* 44 */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",  /* bits that belong to no byte */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/A",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\xc3\xa4",
    "\xe6" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  };
  BoardKey key, back;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *text = NULL;

      board_key_generate (&key);
      text = board_key_to_text (&key);
      g_assert_cmpuint (strlen (text), ==, 43);
      g_assert_true (board_key_from_text (text, &back, NULL));
      g_assert_cmpmem (key.bytes, BOARD_KEY_BYTES, back.bytes, BOARD_KEY_BYTES);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (board_key_from_text (bad[i], &key, &error));
      g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SYNTAX);
    }
  board_key_clear (&back);
  for (int i = 0; i < BOARD_KEY_BYTES; i++)
    g_assert_cmpint (back.bytes[i], ==, 0);
}

static void
test_board_id (void)
{
  g_autofree char *a = board_id_generate ();
  g_autofree char *b = board_id_generate ();

  g_assert_cmpuint (strlen (a), ==, 22);
  g_assert_cmpstr (a, !=, b);
  g_assert_true (board_id_is_valid (a));
  g_assert_false (board_id_is_valid (NULL));
  g_assert_false (board_id_is_valid (""));
  g_assert_false (board_id_is_valid ("AAAAAAAAAAAAAAAAAAAAAB"));
  g_assert_false (board_id_is_valid ("AAAAAAAAAAAAAAAAAAAAAAA"));
  g_assert_false (board_id_is_valid ("../../../../etc/passwd"));
}

static void
test_proof (void)
{
  g_autofree char *board = board_id_generate ();
  g_autofree char *other = board_id_generate ();
  g_autofree char *proof = NULL;
  g_autofree char *cut = NULL;
  BoardKey seed, public_key, stranger;

  board_key_generate (&seed);
  board_key_public (&seed, &public_key);
  board_key_generate (&stranger);
  proof = board_proof_sign (&seed, "sid-of-this-session", board);
  g_assert_true (board_proof_verify (&public_key, proof, "sid-of-this-session", board));

  g_assert_false (board_proof_verify (&public_key, proof, "sid-of-another", board));
  g_assert_false (board_proof_verify (&public_key, proof, "sid-of-this-session", other));
  g_assert_false (board_proof_verify (&stranger, proof, "sid-of-this-session", board));
  g_assert_false (board_proof_verify (&public_key, "", "sid-of-this-session", board));
  cut = g_strndup (proof, strlen (proof) - 1);
  g_assert_false (board_proof_verify (&public_key, cut, "sid-of-this-session", board));
  proof[10] = proof[10] == 'A' ? 'B' : 'A';
  g_assert_false (board_proof_verify (&public_key, proof, "sid-of-this-session", board));
}

/* Keys of small order verify anything in careless code. */
static void
test_proof_small_order (void)
{
  g_autofree char *board = board_id_generate ();
  g_autofree char *proof = g_strnfill (86, 'A');
  BoardKey zero = { { 0 } }, one = { { 1 } };

  g_assert_false (board_proof_verify (&zero, proof, "sid", board));
  g_assert_false (board_proof_verify (&one, proof, "sid", board));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/invite/public-key", test_public_key);
  g_test_add_func ("/board/invite/key-text", test_key_text);
  g_test_add_func ("/board/invite/board-id", test_board_id);
  g_test_add_func ("/board/invite/proof", test_proof);
  g_test_add_func ("/board/invite/proof-small-order", test_proof_small_order);
  return g_test_run ();
}
