/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-blob.h"

#include <sodium.h>

#include "board-sodium.h"
#include "board/board-types.h"

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define OVERHEAD (NONCE_BYTES + TAG_BYTES)
G_STATIC_ASSERT (OVERHEAD == BOARD_BLOB_OVERHEAD);

static char *
make_aad (const char *board)
{
  return g_strconcat (board, "|blob", NULL);
}

GBytes *
board_blob_seal (const BoardKey *key, const char *board, GBytes *bytes)
{
  g_autofree char *aad = NULL;
  gsize size;
  const guint8 *plain;
  guint8 *sealed;

  g_return_val_if_fail (key != NULL && board != NULL && bytes != NULL, NULL);

  plain = g_bytes_get_data (bytes, &size);
  if (size == 0 || size > BOARD_MAX_BLOB)
    return NULL;
  board_sodium_init ();
  aad = make_aad (board);
  sealed = g_malloc (size + OVERHEAD);
  crypto_generichash (sealed, NONCE_BYTES, plain, size, key->bytes, sizeof key->bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_BYTES, NULL, plain, size,
                                              (const guint8 *) aad, strlen (aad), NULL, sealed,
                                              key->bytes);
  return g_bytes_new_take (sealed, size + OVERHEAD);
}

GBytes *
board_blob_open (const BoardKey *key, const char *board, GBytes *sealed, GError **error)
{
  g_autofree guint8 *plain = NULL;
  g_autofree char *aad = NULL;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (key != NULL && board != NULL && sealed != NULL, NULL);

  data = g_bytes_get_data (sealed, &size);
  if (size <= OVERHEAD || size > BOARD_MAX_BLOB + OVERHEAD)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT, "A blob has another size");
      return NULL;
    }
  board_sodium_init ();
  aad = make_aad (board);
  plain = g_malloc (size - NONCE_BYTES);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, data + NONCE_BYTES,
                                                  size - NONCE_BYTES, (const guint8 *) aad,
                                                  strlen (aad), data, key->bytes) != 0)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SEAL,
                           "The blob was not sealed with this board's key");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&plain), size - OVERHEAD);
}

char *
board_blob_make_id (GBytes *sealed)
{
  g_return_val_if_fail (sealed != NULL, NULL);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, sealed);
}
