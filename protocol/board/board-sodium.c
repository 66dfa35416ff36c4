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

gsize
board_base64_get_size (gsize length)
{
  return length / 4 * 3 + length % 4 * 3 / 4;
}

/* The two or three characters behind the last four, whose last bits must be none. */
static gboolean
decode_rest (const signed char *digits, const char *text, gsize length, guint8 *bytes)
{
  guint bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      const int digit = digits[(guint8) text[i]];

      if (digit < 0)
        return FALSE;
      bits |= (guint) digit << (18 - 6 * i);
    }
  if (length == 1 || (bits & (length == 2 ? 0xffff : 0xff)) != 0)
    return FALSE;
  for (gsize i = 0; i + 1 < length; i++)
    bytes[i] = (guint8) (bits >> (16 - 8 * i));
  return TRUE;
}

/* By a table, as what goes through here is long and no secret: libsodium's own takes as long for
 * a stroke as everything else that is done to it. */
gboolean
board_base64_decode_into (const char *text, gsize length, guint8 *bytes)
{
  const signed char *digits = get_digits ();
  guint all = 0;

  g_assert (text != NULL && bytes != NULL);

  for (; length >= 4; text += 4, bytes += 3, length -= 4)
    {
      const guint a = (guint) digits[(guint8) text[0]], b = (guint) digits[(guint8) text[1]];
      const guint c = (guint) digits[(guint8) text[2]], d = (guint) digits[(guint8) text[3]];

      all |= a | b | c | d;
      bytes[0] = (guint8) (a << 2 | b >> 4);
      bytes[1] = (guint8) (b << 4 | c >> 2);
      bytes[2] = (guint8) (c << 6 | d);
    }
  return all < 64 && decode_rest (digits, text, length, bytes);
}

guint8 *
board_base64_decode (const char *text, gsize length, gsize *size)
{
  g_autofree guint8 *bytes = NULL;

  g_assert (text != NULL && size != NULL);

  *size = board_base64_get_size (length);
  bytes = g_malloc (*size + 1);
  bytes[*size] = 0;
  return board_base64_decode_into (text, length, bytes) ? g_steal_pointer (&bytes) : NULL;
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
