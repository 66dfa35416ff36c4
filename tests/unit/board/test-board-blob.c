/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-blob.h"

#include "board/board-message.h"
#include "board/board-types.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"

static GBytes *
seal (const BoardKey *key, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return board_blob_seal (key, BOARD, bytes);
}

static void
test_round (void)
{
  g_autoptr (GBytes) first = NULL, second = NULL, opened = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  BoardKey key;

  board_key_generate (&key);
  first = seal (&key, "a picture");
  second = seal (&key, "a picture");
  g_assert_true (g_bytes_equal (first, second)); /* one name for one picture */
  id = board_blob_make_id (first);
  g_assert_true (board_blob_id_is_valid (id));
  opened = board_blob_open (&key, BOARD, first, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), "a picture", 9);
}

/* Another key, another board, any bit changed, any length: it does not open. */
static void
test_bad (void)
{
  g_autoptr (GBytes) sealed = NULL;
  BoardKey key, other;
  gsize size;
  const guint8 *data;

  board_key_generate (&key);
  board_key_generate (&other);
  sealed = seal (&key, "a picture");
  data = g_bytes_get_data (sealed, &size);
  g_assert_null (board_blob_open (&other, BOARD, sealed, NULL));
  g_assert_null (board_blob_open (&key, "BAAAAAAAAAAAAAAAAAAAAA", sealed, NULL));
  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autofree guint8 *changed = g_memdup2 (data, size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      changed[bit / 8] ^= (guint8) (1 << (bit % 8));
      bytes = g_bytes_new (changed, size);
      g_assert_null (board_blob_open (&key, BOARD, bytes, &error));
      g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SEAL);
    }
  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (sealed, 0, length);

      g_assert_null (board_blob_open (&key, BOARD, bytes, NULL));
    }
}

static void
test_limits (void)
{
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) largest = g_bytes_new_take (g_malloc0 (BOARD_MAX_BLOB), BOARD_MAX_BLOB);
  g_autoptr (GBytes) larger = g_bytes_new_take (g_malloc0 (BOARD_MAX_BLOB + 1), BOARD_MAX_BLOB + 1);
  g_autoptr (GBytes) sealed = NULL;
  BoardKey key;

  board_key_generate (&key);
  g_assert_null (board_blob_seal (&key, BOARD, none));
  g_assert_null (board_blob_seal (&key, BOARD, larger));
  sealed = board_blob_seal (&key, BOARD, largest);
  g_assert_cmpuint (g_bytes_get_size (sealed), <=, 8 * 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/blob/round", test_round);
  g_test_add_func ("/board/blob/bad", test_bad);
  g_test_add_func ("/board/blob/limits", test_limits);
  return g_test_run ();
}
