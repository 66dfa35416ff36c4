/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-encoding.h"

#include <string.h>

/* A weight is written in thousandths. */
#define MAX_WEIGHT 1000
#define NOT_NAMED -1

static const char *const names[] = { "identity", "gzip", "deflate" };

/* OWS of RFC 9110 */
#define BLANK " \t"

/* ( "0" [ "." *3DIGIT ] ) / ( "1" [ "." *3"0" ] ); what is no weight is taken for none at all. */
static int
read_weight (const char *text, gsize size)
{
  int weight;
  int digit = 100;

  if (size == 0 || size > 5 || (text[0] != '0' && text[0] != '1') || (size > 1 && text[1] != '.'))
    return 0;
  weight = text[0] == '1' ? MAX_WEIGHT : 0;
  for (gsize i = 2; i < size; i++, digit /= 10)
    {
      if (!g_ascii_isdigit (text[i]))
        return 0;
      weight += (text[i] - '0') * digit;
    }
  return MIN (weight, MAX_WEIGHT);
}

/* The weight of "coding;q=0.5", up to @size. */
static int
find_weight (const char *element, gsize size)
{
  const char *end = element + size;
  const char *at = memchr (element, ';', size);

  if (at == NULL)
    return MAX_WEIGHT;
  at++;
  at += MIN (strspn (at, BLANK), (gsize) (end - at));
  if (end - at < 2 || g_ascii_tolower (at[0]) != 'q' || at[1] != '=')
    return 0;
  at += 2;
  while (end > at && strchr (BLANK, end[-1]) != NULL)
    end--;
  return read_weight (at, end - at);
}

static gboolean
is_name (const char *element, gsize size, const char *name)
{
  return strlen (name) == size && g_ascii_strncasecmp (element, name, size) == 0;
}

/* The last word about a coding counts, "*" is about those that are not named. */
static void
note_element (const char *element, gsize size, int weights[G_N_ELEMENTS (names)], int *others)
{
  const char *end = memchr (element, ';', size);
  gsize length = end != NULL ? (gsize) (end - element) : size;
  int weight = find_weight (element, size);

  while (length > 0 && strchr (BLANK, element[length - 1]) != NULL)
    length--;
  if (is_name (element, length, "*"))
    *others = weight;
  if (is_name (element, length, "x-gzip"))
    weights[EIO_ENCODING_GZIP] = weight;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_name (element, length, names[i]))
      weights[i] = weight;
}

EioEncoding
eio_encoding_choose (const char *accepted, gboolean *needed)
{
  int weights[] = { NOT_NAMED, NOT_NAMED, NOT_NAMED };
  int others = NOT_NAMED;
  EioEncoding best = EIO_ENCODING_IDENTITY;

  *needed = FALSE;
  if (accepted == NULL)
    return EIO_ENCODING_IDENTITY;
  while (*accepted != '\0')
    {
      gsize size;

      accepted += strspn (accepted, BLANK ",");
      size = strcspn (accepted, ",");
      note_element (accepted, size, weights, &others);
      accepted += size;
    }
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    if (weights[i] == NOT_NAMED)
      weights[i] = others;
  /* A plain body is always good unless it is refused, and never preferred unless that is said. */
  for (guint i = EIO_ENCODING_GZIP; i <= EIO_ENCODING_DEFLATE; i++)
    if (weights[i] > 0 && weights[i] >= weights[EIO_ENCODING_IDENTITY]
        && (best == EIO_ENCODING_IDENTITY || weights[i] > weights[best]))
      best = i;
  *needed = best != EIO_ENCODING_IDENTITY && weights[EIO_ENCODING_IDENTITY] == 0;
  return best;
}

EioEncoding
eio_encoding_read (const char *name)
{
  if (name == NULL)
    return EIO_ENCODING_IDENTITY;
  if (g_ascii_strcasecmp (name, "x-gzip") == 0)
    return EIO_ENCODING_GZIP;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return i;
  return EIO_ENCODING_UNKNOWN;
}

const char *
eio_encoding_get_name (EioEncoding encoding)
{
  g_assert (encoding == EIO_ENCODING_GZIP || encoding == EIO_ENCODING_DEFLATE);

  return names[encoding];
}

GZlibCompressorFormat
eio_encoding_get_format (EioEncoding encoding)
{
  return encoding == EIO_ENCODING_GZIP ? G_ZLIB_COMPRESSOR_FORMAT_GZIP
                                       : G_ZLIB_COMPRESSOR_FORMAT_ZLIB;
}
