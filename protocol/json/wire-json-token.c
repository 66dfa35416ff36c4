/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/wire-json-token.h"

#include <errno.h>
#include <math.h>

#include "json/wire-json.h"

void
wire_json_skip_blanks (const char **at, const char *end)
{
  const char *p = *at;

  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;
  *at = p;
}

gboolean
wire_json_scan_word (const char **at, const char *end, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (end - *at) < length || memcmp (*at, word, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* Four hexadecimal digits, or -1. */
static int
scan_hex4 (const char *p, const char *end)
{
  int value = 0;

  if (end - p < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* *at stands behind "\u". A pair of surrogates is one character; half of one is no character. */
static gboolean
scan_unicode_escape (const char **at, const char *end, GString *out, GError **error)
{
  int unit = scan_hex4 (*at, end);
  gunichar character;

  if (unit < 0)
    {
      g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_SYNTAX, "Bad \\u escape");
      return FALSE;
    }
  *at += 4;
  character = unit;
  if (unit >= 0xd800 && unit < 0xdc00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u')
    {
      int low = scan_hex4 (*at + 2, end);

      if (low >= 0xdc00 && low < 0xe000)
        {
          character = 0x10000 + ((gunichar) (unit - 0xd800) << 10) + (low - 0xdc00);
          *at += 6;
        }
    }
  if (character == 0 || (character >= 0xd800 && character < 0xe000))
    {
      g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_UTF8,
                           "Escape of U+0000 or of half a surrogate pair");
      return FALSE;
    }
  if (out != NULL)
    g_string_append_unichar (out, character);
  return TRUE;
}

static gboolean
scan_escape (const char **at, const char *end, GString *out, GError **error)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *name;
  char c;

  g_assert (**at == '\\');
  (*at)++;
  c = *at < end ? *(*at)++ : '\0';
  if (c == 'u')
    return scan_unicode_escape (at, end, out, error);
  name = c != '\0' ? strchr (names, c) : NULL;
  if (name == NULL)
    {
      g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_SYNTAX, "Bad escape");
      return FALSE;
    }
  if (out != NULL)
    g_string_append_c (out, values[name - names]);
  return TRUE;
}

gboolean
wire_json_scan_string (const char **at, const char *end, GString *out, GError **error)
{
  g_assert (*at < end && **at == '"');
  (*at)++;
  while (*at < end)
    {
      const char *plain = *at;

      while (*at < end && **at != '"' && **at != '\\' && (guchar) **at >= 0x20)
        (*at)++;
      if (out != NULL)
        g_string_append_len (out, plain, *at - plain);
      if (*at == end)
        break;
      if (**at == '"')
        {
          (*at)++;
          return TRUE;
        }
      if (**at != '\\')
        {
          g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_SYNTAX,
                               "Control character in a string");
          return FALSE;
        }
      if (!scan_escape (at, end, out, error))
        return FALSE;
    }
  g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_SYNTAX, "String without an end");
  return FALSE;
}

static gboolean
skip_digits (const char **at, const char *end)
{
  const char *first = *at;

  while (*at < end && g_ascii_isdigit (**at))
    (*at)++;
  return *at > first;
}

/* number = [ "-" ] int [ frac ] [ exp ], RFC 8259 section 6. @is_int: neither frac nor exp. */
static gboolean
skip_number (const char **at, const char *end, gboolean *is_int)
{
  *is_int = TRUE;
  if (*at < end && **at == '-')
    (*at)++;
  if (*at < end && **at == '0')
    (*at)++;
  else if (!skip_digits (at, end))
    return FALSE;
  if (*at < end && **at == '.')
    {
      *is_int = FALSE;
      (*at)++;
      if (!skip_digits (at, end))
        return FALSE;
    }
  if (*at < end && (**at == 'e' || **at == 'E'))
    {
      *is_int = FALSE;
      (*at)++;
      if (*at < end && (**at == '+' || **at == '-'))
        (*at)++;
      if (!skip_digits (at, end))
        return FALSE;
    }
  /* "01" and "1x" are no two tokens. */
  return *at == end || !(g_ascii_isalnum (**at) || **at == '.' || **at == '+' || **at == '-');
}

/* Whether the digits between @p and @end fit; strtoll would want a terminated text. */
static gboolean
read_int64 (const char *p, const char *end, int64_t *out)
{
  gboolean negative = *p == '-';
  uint64_t limit = negative ? (uint64_t) INT64_MAX + 1 : INT64_MAX;
  uint64_t value = 0;

  for (p += negative; p < end; p++)
    {
      guint digit = *p - '0';

      if (value > (limit - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }
  *out = negative ? (int64_t) (0 - value) : (int64_t) value;
  return TRUE;
}

static double
read_double (const char *p, gsize length)
{
  char small[64];
  g_autofree char *large = NULL;

  if (length < sizeof small)
    {
      memcpy (small, p, length);
      small[length] = '\0';
      return g_ascii_strtod (small, NULL);
    }
  large = g_strndup (p, length);
  return g_ascii_strtod (large, NULL);
}

gboolean
wire_json_scan_number (const char **at, const char *end, WireJsonNumber *out, GError **error)
{
  const char *first = *at;
  WireJsonNumber number = { 0 };
  gboolean is_int;

  if (!skip_number (at, end, &is_int))
    {
      g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_SYNTAX, "Bad number");
      return FALSE;
    }
  number.is_int = is_int && read_int64 (first, *at, &number.integer);
  if (!number.is_int)
    number.real = read_double (first, *at - first);
  if (!isfinite (number.real))
    {
      g_set_error_literal (error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_RANGE,
                           "Number beyond the range of a double");
      return FALSE;
    }
  if (out != NULL)
    *out = number;
  return TRUE;
}
