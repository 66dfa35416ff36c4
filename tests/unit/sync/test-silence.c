/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/draw-silence.h"

/* Any moment. */
#define BEGIN (1000 * G_USEC_PER_SEC)
#define AFTER(seconds) (BEGIN + (seconds) * G_USEC_PER_SEC)

static void
test_told (void)
{
  DrawSilence silence = { 0 };

  g_assert_cmpuint (draw_silence_get_seconds (&silence, BEGIN), ==, 0);
  draw_silence_note (&silence, TRUE, FALSE, BEGIN);
  draw_silence_note (&silence, TRUE, FALSE, AFTER (4)); /* more of it changes nothing */
  g_assert_cmpuint (draw_silence_get_seconds (&silence, AFTER (DRAW_SILENCE_TOLD) - 1), ==, 0);
  g_assert_cmpuint (draw_silence_get_seconds (&silence, AFTER (DRAW_SILENCE_TOLD)), ==, DRAW_SILENCE_TOLD);
  g_assert_cmpuint (draw_silence_get_seconds (&silence, AFTER (31)), ==, 31);

  /* One answer of several: it begins anew. */
  draw_silence_note (&silence, TRUE, TRUE, AFTER (32));
  g_assert_cmpuint (draw_silence_get_seconds (&silence, AFTER (36)), ==, 0);
  g_assert_cmpuint (draw_silence_get_seconds (&silence, AFTER (38)), ==, 6);
  draw_silence_note (&silence, FALSE, TRUE, AFTER (39));
  g_assert_cmpuint (draw_silence_get_seconds (&silence, AFTER (1000)), ==, 0);
}

static void
test_due (void)
{
  DrawSilence silence = { 0 };

  g_assert_false (draw_silence_is_due (&silence, 0, BEGIN));
  draw_silence_note (&silence, TRUE, FALSE, BEGIN);
  g_assert_false (draw_silence_is_due (&silence, 100, AFTER (DRAW_SILENCE_TOLD) - 1));
  g_assert_true (draw_silence_is_due (&silence, 100, AFTER (DRAW_SILENCE_TOLD)));
  g_assert_false (draw_silence_is_due (&silence, 100, AFTER (100))); /* once */

  /* In another silence, once more. */
  draw_silence_note (&silence, FALSE, FALSE, AFTER (101));
  draw_silence_note (&silence, TRUE, FALSE, AFTER (200));
  g_assert_true (draw_silence_is_due (&silence, 100, AFTER (206)));
}

/* A picture's worth of changes through a thin line: nobody is accused of silence who could not have heard all. */
static void
test_thin_line (void)
{
  DrawSilence silence = { 0 };

  draw_silence_note (&silence, TRUE, FALSE, BEGIN);
  g_assert_false (draw_silence_is_due (&silence, 320 * 1024, AFTER (24)));
  g_assert_true (draw_silence_is_due (&silence, 320 * 1024, AFTER (25)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/silence/told", test_told);
  g_test_add_func ("/sync/silence/due", test_due);
  g_test_add_func ("/sync/silence/thin-line", test_thin_line);
  return g_test_run ();
}
