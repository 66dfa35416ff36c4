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

void
board_base64_append (GString *out, const guint8 *bytes, gsize size)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  gsize at = out->len;

  g_string_set_size (out, at + (size * 8 + 5) / 6);
  for (gsize i = 0; i < size; i += 3)
    {
      const gsize left = MIN (size - i, 3);
      const guint bits = (guint) bytes[i] << 16 | (left > 1 ? (guint) bytes[i + 1] << 8 : 0)
                         | (left > 2 ? bytes[i + 2] : 0);

      for (gsize digit = 0; digit <= left; digit++)
        out->str[at++] = digits[bits >> (18 - 6 * digit) & 63];
    }
}

/* What a character stands for, or -1. */
static int
digit_value (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '-' ? 62 : c == '_' ? 63 : -1;
}

static const signed char *
get_digits (void)
{
  static signed char digits[256];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (int c = 0; c < 256; c++)
        digits[c] = (signed char) digit_value ((char) c);
      g_once_init_leave (&ready, 1);
    }
  return digits;
}

/* By a table, as what goes through here is long and no secret: libsodium's own takes as long for
 * a stroke as everything else that is done to it. */
guint8 *
board_base64_decode (const char *text, gsize length, gsize *size)
{
  const signed char *digits = get_digits ();
  g_autofree guint8 *bytes = NULL;
  guint8 *out;
  guint held = 0, n_bits = 0;

  g_assert (text != NULL && size != NULL);

  if (length % 4 == 1)
    return NULL;
  *size = length / 4 * 3 + (length % 4 != 0 ? length % 4 - 1 : 0);
  out = bytes = g_malloc (*size + 1);
  for (gsize i = 0; i < length; i++)
    {
      int digit = digits[(guint8) text[i]];

      if (digit < 0)
        return NULL;
      held = held << 6 | (guint) digit;
      n_bits += 6;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          *out++ = (guint8) (held >> n_bits);
          held &= (1u << n_bits) - 1;
        }
    }
  if (held != 0)
    return NULL;
  *out = 0;
  return g_steal_pointer (&bytes);
}

/* libsodium 1.0.18 takes some bytes above 127 for digits, since char is signed. */
static gboolean
is_base64url (const char *text, gsize length)
{
  const signed char *digits = get_digits ();

  for (gsize i = 0; i < length; i++)
    if (digits[(guint8) text[i]] < 0)
      return FALSE;
  return TRUE;
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
