/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-row.h"

static void
assert_fold (const char *text, gboolean folded, glong characters)
{
  gboolean is_folded;
  g_autofree char *shown = draw_chat_row_fold (text, &is_folded);

  g_assert_cmpint (is_folded, ==, folded);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, characters);
  if (!folded)
    g_assert_cmpstr (shown, ==, text);
}

static void
test_short (void)
{
  assert_fold ("", FALSE, 0);
  assert_fold ("Hello <b>you</b> &amp; all", FALSE, 26);
  assert_fold ("1\n2\n3", FALSE, 5);
}

static void
test_long (void)
{
  g_autofree char *exact = g_strnfill (600, 'W');
  g_autofree char *longer = g_strnfill (4000, 'W');
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    {
      g_string_append (wide, "\u00e9\U0001f600");
      g_string_append (lines, "\n");
    }
  assert_fold (exact, FALSE, 600);
  assert_fold (longer, TRUE, 601);
  assert_fold (wide->str, TRUE, 601);
  assert_fold (lines->str, TRUE, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/chat-row/short", test_short);
  g_test_add_func ("/window/chat-row/long", test_long);
  return g_test_run ();
}
