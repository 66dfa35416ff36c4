/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-index.h"

#include <string.h>

#include "board/board-limits.h"

#define BASE 62
static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static int
digit_value (char c)
{
  return (int) ((c >= 'a') ? c - 'a' + 36 : (c >= 'A') ? c - 'A' + 10 : c - '0');
}

gboolean
board_index_is_valid (const char *index)
{
  gsize length = strnlen (index, BOARD_MAX_INDEX + 1);

  return length >= 1 && length <= BOARD_MAX_INDEX && strspn (index, digits) == length;
}

/* The length of the whole number at the start, its head included, or 0 when there is none: 'a'
 * heads one digit, 'b' two, ...; below zero 'Z' heads one, 'Y' two, ... */
static gsize
whole_length (const char *index)
{
  char head = index[0];
  gsize length;

  if (g_ascii_islower (head))
    length = (gsize) (head - 'a') + 2;
  else if (g_ascii_isupper (head))
    length = (gsize) ('Z' - head) + 2;
  else
    return 0;
  return strnlen (index, length) == length ? length : 0;
}

/* Adds 1 or -1 to the whole number in place; FALSE when its digits overflow. */
static gboolean
step_digits (char *number, gsize length, int step)
{
  for (gsize i = length; i-- > 1;)
    {
      int value = digit_value (number[i]) + step;

      if (value >= 0 && value < BASE)
        {
          number[i] = digits[value];
          return TRUE;
        }
      number[i] = step > 0 ? '0' : 'z';
    }
  return FALSE;
}

/* The next (step 1) or the last (step -1) whole number; NULL beyond 'z' and 'A'. */
static char *
step_whole (const char *index, gsize length, int step)
{
  g_autofree char *number = g_strndup (index, length);
  char head = index[0], next = (char) (head + step);

  if (step_digits (number, length, step))
    return g_steal_pointer (&number);
  if (head == 'Z' && step > 0)
    return g_strdup ("a0");
  if (head == 'a' && step < 0)
    return g_strdup ("Zz");
  if (!g_ascii_isalpha (next))
    return NULL;
  g_clear_pointer (&number, g_free);
  length += g_ascii_islower (head) ? step : -step;
  number = g_strnfill (length, step > 0 ? '0' : 'z');
  number[0] = next;
  return g_steal_pointer (&number);
}

/* A fraction between a and b; a < b, b NULL: below 1. Both without a zero at the end. */
static void
append_middle (GString *out, const char *a, const char *b)
{
  for (;;)
    {
      int low = *a != '\0' ? digit_value (*a) : 0;
      int high = b != NULL ? digit_value (*b) : BASE;

      if (b != NULL && *b != '\0' && low == high)
        {
          g_string_append_c (out, *b);
          a += *a != '\0';
          b++;
          continue;
        }
      if (high - low > 1)
        {
          g_string_append_c (out, digits[(low + high + 1) / 2]);
          return;
        }
      if (b != NULL && b[0] != '\0' && b[1] != '\0')
        {
          g_string_append_c (out, *b);
          return;
        }
      g_string_append_c (out, digits[low]);
      a += *a != '\0';
      b = NULL;
    }
}

static char *
below (const char *b)
{
  gsize length = whole_length (b);
  g_autofree char *whole = NULL;
  GString *out;

  if (length > 0 && b[length] != '\0')
    return g_strndup (b, length);
  whole = length > 0 ? step_whole (b, length, -1) : NULL;
  if (whole != NULL)
    return g_steal_pointer (&whole);
  out = g_string_new (NULL);
  append_middle (out, "", b);
  return g_string_free (out, FALSE);
}

static char *
above (const char *a, const char *b)
{
  gsize length = whole_length (a);
  g_autofree char *whole = length > 0 ? step_whole (a, length, 1) : NULL;
  gboolean same_whole = b != NULL && length > 0 && strncmp (a, b, length) == 0;
  GString *out;

  if (whole != NULL && !same_whole && (b == NULL || strcmp (whole, b) < 0))
    return g_steal_pointer (&whole);
  out = g_string_new_len (a, (gssize) length);
  append_middle (out, a + length, same_whole ? b + length : length > 0 ? NULL : b);
  return g_string_free (out, FALSE);
}

char *
board_index_between (const char *a, const char *b)
{
  g_autofree char *index = NULL;

  g_assert (a == NULL || b == NULL || strcmp (a, b) < 0);

  if (a != NULL)
    index = above (a, b);
  else if (b != NULL)
    index = below (b);
  else
    return g_strdup ("a0");
  if (board_index_is_valid (index) && (a == NULL || strcmp (a, index) < 0)
      && (b == NULL || strcmp (index, b) < 0))
    return g_steal_pointer (&index);
  return g_strdup (a != NULL ? a : b);
}
