/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-sodium.h"

#include <sodium.h>
#include <string.h>

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

void
board_sodium_init (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      if (sodium_init () < 0)
        g_error ("libsodium cannot be initialised");
      g_once_init_leave (&ready, 1);
    }
}

char *
board_base64_encode (const guint8 *bytes, gsize size)
{
  gsize length = sodium_base64_ENCODED_LEN (size, VARIANT);
  char *text = g_malloc (length);

  sodium_bin2base64 (text, length, bytes, size, VARIANT);
  return text;
}

/* libsodium 1.0.18 takes some bytes above 127 for letters, since char is signed. */
static gboolean
is_base64url (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
      return FALSE;
  return TRUE;
}

guint8 *
board_base64_decode (const char *text, gsize length, gsize *size)
{
  gsize room = length / 4 * 3 + 3;
  g_autofree guint8 *bytes = g_malloc (room + 1);

  g_assert (text != NULL && size != NULL);

  if (!is_base64url (text, length)
      || sodium_base642bin (bytes, room, text, length, NULL, size, NULL, VARIANT) != 0)
    return NULL;
  bytes[*size] = 0;
  return g_steal_pointer (&bytes);
}

gboolean
board_base64_decode_exact (const char *text, guint8 *bytes, gsize size)
{
  gsize length = (size * 8 + 5) / 6;
  gsize written = 0;

  return text != NULL && strnlen (text, length + 1) == length && is_base64url (text, length)
         && sodium_base642bin (bytes, size, text, length, NULL, &written, NULL, VARIANT) == 0
         && written == size;
}
