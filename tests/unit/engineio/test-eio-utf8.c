/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-utf8.h"

/* Every sequence of up to four bytes that can begin differently, against GLib's judgement. */
static void
test_against_glib (void)
{
  static const guint8 bytes[] = { 0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2,
                                  0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4,
                                  0xf5, 0xff };
  const guint n = G_N_ELEMENTS (bytes);

  for (guint i = 0; i < n * n * n * n; i++)
    {
      const guint8 text[4] = { bytes[i % n], bytes[i / n % n], bytes[i / n / n % n],
                               bytes[i / n / n / n] };

      for (gsize size = 1; size <= 4; size++)
        g_assert_cmpint (eio_utf8_is_valid ((const char *) text, size), ==,
                         g_utf8_validate_len ((const char *) text, size, NULL));
    }
}

/* Where a text is cut does not matter. */
static void
test_pieces (void)
{
  static const char text[] = "plain ascii \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 and more ascii\0end";

  for (gsize cut = 0; cut < sizeof text; cut++)
    {
      EioUtf8 state = { 0 };

      g_assert_true (eio_utf8_feed (&state, text, cut));
      g_assert_true (eio_utf8_feed (&state, text + cut, sizeof text - cut));
      g_assert_true (eio_utf8_is_complete (&state));
    }
}

static void
test_incomplete (void)
{
  EioUtf8 state = { 0 };

  g_assert_true (eio_utf8_feed (&state, "12345678\xf0\x9f", 10));
  g_assert_false (eio_utf8_is_complete (&state));
  g_assert_false (eio_utf8_feed (&state, "x", 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/utf8/against-glib", test_against_glib);
  g_test_add_func ("/engineio/utf8/pieces", test_pieces);
  g_test_add_func ("/engineio/utf8/incomplete", test_incomplete);
  return g_test_run ();
}
