/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-base64.h"

#include "engineio/eio-types.h"

static int
digit_value (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static gboolean
decode_into (const char *text, gsize n_digits, guint8 *out)
{
  guint32 bits = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      int value = digit_value (text[i]);

      if (value < 0)
        return FALSE;
      bits = bits << 6 | (guint32) value;
      if (i % 4 > 0)
        *out++ = bits >> (6 - 2 * (i % 4)) & 0xff;
    }
  return TRUE;
}

GBytes *
eio_base64_decode (const char *text, gsize length, GError **error)
{
  gsize n_digits = length;
  gsize size;
  guint8 *data;

  g_assert (text != NULL || length == 0);

  for (guint i = 0; i < 2 && n_digits > 0 && text[n_digits - 1] == '='; i++)
    n_digits--;
  size = n_digits / 4 * 3 + (n_digits % 4 > 0 ? n_digits % 4 - 1 : 0);
  data = g_malloc (size + 1);
  if (length % 4 != 0 || n_digits % 4 == 1 || !decode_into (text, n_digits, data))
    {
      g_free (data);
      g_set_error_literal (error, EIO_ERROR, EIO_ERROR_PARSE, "Bad base64");
      return NULL;
    }
  return g_bytes_new_take (data, size);
}

gsize
eio_base64_length (gsize size)
{
  return (size + 2) / 3 * 4;
}

void
eio_base64_append (GString *out, gconstpointer data, gsize size)
{
  gsize before = out->len;
  int state = 0;
  int save = 0;
  gsize written;

  /* g_base64_encode_step() may write a little more than it reports at the end. */
  g_string_set_size (out, before + eio_base64_length (size) + 4);
  written = g_base64_encode_step (data, size, FALSE, out->str + before, &state, &save);
  written += g_base64_encode_close (FALSE, out->str + before + written, &state, &save);
  g_string_truncate (out, before + written);
}
