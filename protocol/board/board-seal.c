/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-seal-private.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "board-deflate.h"
#include "board-sodium.h"
#include "board/board-limits.h"

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD_BYTES (1 + NONCE_BYTES)
/* Below this a deflate block saves nothing worth its time. */
#define DEFLATE_FROM 160

/* The three kinds of bodies and how long they may be. */
typedef struct {
  gsize max_text; /* bytes before sealing, inflated */
  gsize max_body; /* characters of base64url */
  guint8 flags;   /* that there may be */
} Kind;

static const Kind kind_op
    = { BOARD_MAX_OP_TEXT, BOARD_MAX_OP_BODY, BOARD_BODY_DEFLATED | BOARD_BODY_TALK };
static const Kind kind_cast = { BOARD_MAX_CAST_TEXT, BOARD_MAX_CAST_BODY, BOARD_BODY_DEFLATED };
static const Kind kind_profile = { BOARD_MAX_PROFILE_TEXT, BOARD_MAX_PROFILE, BOARD_BODY_DEFLATED };

static char *
aad_text (guint8 flags, const char *board, const char *member, const char *place, gsize *size)
{
  char *text = g_strconcat ("-", board, "|", member, "|", place, NULL);

  *size = strlen (text);
  text[0] = (char) flags;
  return text;
}

static gsize
body_length (gsize payload)
{
  return ((HEAD_BYTES + payload + TAG_BYTES) * 8 + 5) / 6;
}

/* NULL when deflating does not pay. */
static GByteArray *
deflate_text (const char *text, gsize length)
{
  return length < DEFLATE_FROM ? NULL : board_deflate ((const guint8 *) text, length, length - 1);
}

static char *
seal (const Kind *kind,
      const BoardKey *key,
      const char *board,
      const char *member,
      const char *place,
      guint8 flags,
      const char *text)
{
  g_autoptr (GByteArray) deflated = NULL;
  g_autofree char *aad = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length = strlen (text), payload, aad_size;

  if (length > kind->max_text)
    return NULL;
  deflated = deflate_text (text, length);
  payload = deflated != NULL ? deflated->len : length;
  if (body_length (payload) > kind->max_body)
    return NULL;

  board_sodium_init ();
  bytes = g_malloc (HEAD_BYTES + payload + TAG_BYTES);
  bytes[0] = flags | (deflated != NULL ? BOARD_BODY_DEFLATED : 0);
  randombytes_buf (bytes + 1, NONCE_BYTES);
  aad = aad_text (bytes[0], board, member, place, &aad_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt (bytes + HEAD_BYTES, NULL,
                                              deflated != NULL ? deflated->data
                                                               : (const guint8 *) text,
                                              payload, (const guint8 *) aad, aad_size, NULL,
                                              bytes + 1, key->bytes);
  return board_base64_encode (bytes, HEAD_BYTES + payload + TAG_BYTES);
}

static guint8 *
decode_body (const Kind *kind, const char *body, gsize *size, GError **error)
{
  gsize length = strnlen (body, kind->max_body + 1);
  guint8 *bytes = NULL;

  if (length > kind->max_body)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT, "The body is too long");
      return NULL;
    }
  bytes = board_base64_decode (body, length, size);
  if (bytes == NULL || *size < HEAD_BYTES + TAG_BYTES || (bytes[0] & ~kind->flags) != 0)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SYNTAX, "Not a sealed body");
      g_clear_pointer (&bytes, g_free);
    }
  return bytes;
}

/* The opened payload as text: inflated where flagged, bounded, UTF-8 without a NUL. */
static char *
payload_text (const Kind *kind, guint8 flags, const guint8 *payload, gsize size, GError **error)
{
  g_autoptr (GByteArray) inflated = NULL;

  if (flags & BOARD_BODY_DEFLATED)
    {
      inflated = board_inflate (payload, size, kind->max_text);
      if (inflated == NULL)
        {
          g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT,
                               "The body does not inflate within its limit");
          return NULL;
        }
      payload = inflated->data;
      size = inflated->len;
    }
  if (size == 0 || !g_utf8_validate_len ((const char *) payload, size, NULL))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SYNTAX, "The body holds no text");
      return NULL;
    }
  return g_strndup ((const char *) payload, size);
}

static char *
unseal (const Kind *kind,
        const BoardKey *key,
        const char *board,
        const char *member,
        const char *place,
        const char *body,
        guint8 *flags,
        GError **error)
{
  g_autofree guint8 *bytes = NULL;
  g_autofree guint8 *payload = NULL;
  g_autofree char *aad = NULL;
  gsize size, aad_size;

  board_sodium_init ();
  bytes = decode_body (kind, body, &size, error);
  if (bytes == NULL)
    return NULL;
  *flags = bytes[0];
  payload = g_malloc (size - HEAD_BYTES);
  aad = aad_text (bytes[0], board, member, place, &aad_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (payload, NULL, NULL, bytes + HEAD_BYTES,
                                                  size - HEAD_BYTES, (const guint8 *) aad, aad_size,
                                                  bytes + 1, key->bytes)
      != 0)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SEAL,
                           "The body was not sealed with this board's key for this place");
      return NULL;
    }
  return payload_text (kind, bytes[0], payload, size - HEAD_BYTES - TAG_BYTES, error);
}

char *
board_seal_flagged_op (const BoardKey *key,
                       const char *board,
                       const char *member,
                       uint64_t counter,
                       gboolean talk,
                       const char *text)
{
  char place[24];

  g_snprintf (place, sizeof place, "%" PRIu64, counter);
  return seal (&kind_op, key, board, member, place, talk ? BOARD_BODY_TALK : 0, text);
}

char *
board_seal_op (const BoardKey *key,
               const char *board,
               const char *member,
               uint64_t counter,
               const char *text)
{
  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && text != NULL, NULL);

  return board_seal_flagged_op (key, board, member, counter, FALSE, text);
}

char *
board_seal_at (const BoardKey *key,
               const char *board,
               const char *member,
               const char *place,
               const char *text)
{
  return seal (&kind_cast, key, board, member, place, 0, text);
}

char *
board_seal_cast (const BoardKey *key, const char *board, const char *member, const char *text)
{
  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && text != NULL, NULL);

  return board_seal_at (key, board, member, "cast", text);
}

char *
board_seal_profile (const BoardKey *key, const char *board, const char *member, const char *text)
{
  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && text != NULL, NULL);

  return seal (&kind_profile, key, board, member, "profile", 0, text);
}

gboolean
board_seal_op_fits (const char *text)
{
  g_autoptr (GByteArray) deflated = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, FALSE);

  length = strlen (text);
  if (length > BOARD_MAX_OP_TEXT)
    return FALSE;
  if (body_length (length) <= BOARD_MAX_OP_BODY)
    return TRUE;
  deflated = deflate_text (text, length);
  return deflated != NULL && body_length (deflated->len) <= BOARD_MAX_OP_BODY;
}

char *
board_open_flagged_op (const BoardKey *key,
                       const char *board,
                       const char *member,
                       uint64_t counter,
                       const char *body,
                       gboolean *talk,
                       GError **error)
{
  char place[24];
  guint8 flags = 0;
  char *text;

  g_snprintf (place, sizeof place, "%" PRIu64, counter);
  text = unseal (&kind_op, key, board, member, place, body, &flags, error);
  *talk = (flags & BOARD_BODY_TALK) != 0;
  return text;
}

char *
board_open_op (const BoardKey *key,
               const char *board,
               const char *member,
               uint64_t counter,
               const char *body,
               GError **error)
{
  gboolean talk;

  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && body != NULL, NULL);

  return board_open_flagged_op (key, board, member, counter, body, &talk, error);
}

char *
board_open_at (const BoardKey *key,
               const char *board,
               const char *member,
               const char *place,
               const char *body,
               GError **error)
{
  guint8 flags;

  return unseal (&kind_cast, key, board, member, place, body, &flags, error);
}

char *
board_open_cast (const BoardKey *key,
                 const char *board,
                 const char *member,
                 const char *body,
                 GError **error)
{
  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && body != NULL, NULL);

  return board_open_at (key, board, member, "cast", body, error);
}

char *
board_open_profile (const BoardKey *key,
                    const char *board,
                    const char *member,
                    const char *body,
                    GError **error)
{
  guint8 flags;

  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && body != NULL, NULL);

  return unseal (&kind_profile, key, board, member, "profile", body, &flags, error);
}
