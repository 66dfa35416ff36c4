/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-whisper.h"

#include <sodium.h>

#include "board-seal-private.h"
#include "board-sodium.h"

G_STATIC_ASSERT (crypto_scalarmult_BYTES == BOARD_KEY_BYTES);

/* X25519 of the own seed and the other's id; FALSE when that is no key of anybody. */
static gboolean
agree (const BoardKey *seed, const char *other, guint8 *shared)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
  guint8 own_curve[crypto_scalarmult_SCALARBYTES], other_curve[crypto_scalarmult_BYTES];
  BoardKey other_key;
  gboolean good;

  if (!board_key_from_text (other, &other_key, NULL)
      || crypto_sign_ed25519_pk_to_curve25519 (other_curve, other_key.bytes) != 0)
    return FALSE;
  crypto_sign_seed_keypair (public_key, secret, seed->bytes);
  good = crypto_sign_ed25519_sk_to_curve25519 (own_curve, secret) == 0
         && crypto_scalarmult (shared, own_curve, other_curve) == 0;
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (own_curve, sizeof own_curve);
  return good;
}

static gboolean
derive_key (const BoardKey *key, const BoardKey *seed, const char *other, BoardKey *derived)
{
  guint8 shared[crypto_scalarmult_BYTES];
  gboolean good;

  board_sodium_init ();
  good = agree (seed, other, shared);
  if (good)
    crypto_generichash (derived->bytes, sizeof derived->bytes, shared, sizeof shared, key->bytes,
                        sizeof key->bytes);
  sodium_memzero (shared, sizeof shared);
  return good;
}

static char *
own_id (const BoardKey *seed)
{
  BoardKey public_key;

  board_key_public (seed, &public_key);
  return board_key_to_text (&public_key);
}

char *
board_whisper_seal (const BoardKey *key,
                    const BoardKey *seed,
                    const char *board,
                    const char *to,
                    const char *text)
{
  g_autofree char *from = NULL;
  g_autofree char *place = NULL;
  BoardKey derived;
  char *body;

  g_return_val_if_fail (key != NULL && seed != NULL && board != NULL, NULL);
  g_return_val_if_fail (to != NULL && text != NULL, NULL);

  if (!derive_key (key, seed, to, &derived))
    return NULL;
  from = own_id (seed);
  place = g_strconcat ("whisper|", to, NULL);
  body = board_seal_at (&derived, board, from, place, text);
  board_key_clear (&derived);
  return body;
}

char *
board_whisper_open (const BoardKey *key,
                    const BoardKey *seed,
                    const char *board,
                    const char *from,
                    const char *body,
                    GError **error)
{
  g_autofree char *to = NULL;
  g_autofree char *place = NULL;
  BoardKey derived;
  char *text;

  g_return_val_if_fail (key != NULL && seed != NULL && board != NULL, NULL);
  g_return_val_if_fail (from != NULL && body != NULL, NULL);

  if (!derive_key (key, seed, from, &derived))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SEAL, "Nobody can have said this");
      return NULL;
    }
  to = own_id (seed);
  place = g_strconcat ("whisper|", to, NULL);
  text = board_open_at (&derived, board, from, place, body, error);
  board_key_clear (&derived);
  return text;
}
