/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Capabilities are keys: an invitation and a member are Ed25519 seeds that never leave their
 * owner's machine but in the invitation's link. What goes over the wire is a signature over the
 * fresh session id, so that nobody who listens can use it again.
 */
#include "board/board-invite.h"

#include <sodium.h>
#include <string.h>

#include "board-sodium.h"

#define ID_BYTES 16
/* Longer session ids than this are not ours to sign: the reference's have 20 characters. */
#define MAX_SID 256

G_STATIC_ASSERT (BOARD_KEY_BYTES == crypto_sign_SEEDBYTES);
G_STATIC_ASSERT (BOARD_KEY_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (BOARD_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (BOARD_PROOF_BYTES == crypto_sign_BYTES);

void
board_key_generate (BoardKey *key)
{
  g_return_if_fail (key != NULL);

  board_sodium_init ();
  randombytes_buf (key->bytes, sizeof key->bytes);
}

void
board_key_clear (BoardKey *key)
{
  g_return_if_fail (key != NULL);

  sodium_memzero (key->bytes, sizeof key->bytes);
}

char *
board_key_to_text (const BoardKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  board_sodium_init ();
  return board_base64_encode (key->bytes, sizeof key->bytes);
}

gboolean
board_key_from_text (const char *text, BoardKey *key, GError **error)
{
  g_return_val_if_fail (text != NULL && key != NULL, FALSE);

  board_sodium_init ();
  if (board_base64_decode_exact (text, key->bytes, sizeof key->bytes))
    return TRUE;
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SYNTAX,
                       "A key is 43 characters of base64url");
  return FALSE;
}

void
board_key_public (const BoardKey *seed, BoardKey *public_key)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];

  g_return_if_fail (seed != NULL && public_key != NULL);

  board_sodium_init ();
  crypto_sign_seed_keypair (public_key->bytes, secret, seed->bytes);
  sodium_memzero (secret, sizeof secret);
}

char *
board_id_generate (void)
{
  guint8 bytes[ID_BYTES];

  board_sodium_init ();
  randombytes_buf (bytes, sizeof bytes);
  return board_base64_encode (bytes, sizeof bytes);
}

gboolean
board_id_is_valid (const char *text)
{
  guint8 bytes[ID_BYTES];

  board_sodium_init ();
  return board_base64_decode_exact (text, bytes, sizeof bytes);
}

/* What both sides sign and verify. The board's id cannot hold a "|", so the parts cannot be
 * shifted. */
static char *
proof_text (const char *sid, const char *board)
{
  return g_strconcat ("drawbridge-join|", sid, "|", board, NULL);
}

static char *
sign_text (const BoardKey *seed, const char *text)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
  guint8 signature[crypto_sign_BYTES];

  board_sodium_init ();
  crypto_sign_seed_keypair (public_key, secret, seed->bytes);
  crypto_sign_detached (signature, NULL, (const guint8 *) text, strlen (text), secret);
  sodium_memzero (secret, sizeof secret);
  return board_base64_encode (signature, sizeof signature);
}

static gboolean
verify_text (const BoardKey *public_key, const char *proof, const char *text)
{
  guint8 signature[crypto_sign_BYTES];

  board_sodium_init ();
  return board_base64_decode_exact (proof, signature, sizeof signature)
         && crypto_sign_verify_detached (signature, (const guint8 *) text, strlen (text),
                                         public_key->bytes)
                == 0;
}

char *
board_proof_sign (const BoardKey *seed, const char *sid, const char *board)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (seed != NULL && sid != NULL && board != NULL, NULL);

  text = proof_text (sid, board);
  return sign_text (seed, text);
}

gboolean
board_proof_verify (const BoardKey *public_key,
                    const char *proof,
                    const char *sid,
                    const char *board)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (public_key != NULL && proof != NULL && sid != NULL && board != NULL, FALSE);

  if (strnlen (sid, MAX_SID + 1) > MAX_SID || !board_id_is_valid (board))
    return FALSE;
  text = proof_text (sid, board);
  return verify_text (public_key, proof, text);
}

static char *
blob_text (const char *sid, const char *method, const char *board, const char *blob)
{
  return g_strconcat ("drawbridge-blob|", method, "|", sid, "|", board, "|", blob, NULL);
}

char *
board_blob_proof_sign (const BoardKey *seed,
                       const char *sid,
                       const char *method,
                       const char *board,
                       const char *blob)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (seed != NULL && sid != NULL && method != NULL, NULL);
  g_return_val_if_fail (board != NULL && blob != NULL, NULL);

  text = blob_text (sid, method, board, blob);
  return sign_text (seed, text);
}

gboolean
board_blob_proof_verify (const BoardKey *public_key,
                         const char *proof,
                         const char *sid,
                         const char *method,
                         const char *board,
                         const char *blob)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (public_key != NULL && proof != NULL && sid != NULL, FALSE);
  g_return_val_if_fail (method != NULL && board != NULL && blob != NULL, FALSE);

  if (strnlen (sid, MAX_SID + 1) > MAX_SID || !board_id_is_valid (board))
    return FALSE;
  text = blob_text (sid, method, board, blob);
  return verify_text (public_key, proof, text);
}
