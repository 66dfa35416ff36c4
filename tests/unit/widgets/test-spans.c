/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-spans.h"

static void
test_none (void)
{
  DrawSpans spans = { 0 };

  g_assert_cmpint (draw_spans_get (&spans, 1), ==, 0);
  g_assert_cmpint (draw_spans_get (&spans, 1000), ==, 0);
}

/* What is told is never less than what it took, and at most an eighth more. */
static void
test_rounding (void)
{
  for (int64_t us = 0; us < G_MAXUINT32; us += 1 + us / 7)
    {
      DrawSpans spans = { 0 };
      int64_t told;

      draw_spans_add (&spans, us);
      draw_spans_add (&spans, G_MAXUINT32);
      told = draw_spans_get (&spans, 500);
      g_assert_cmpint (told, >=, us);
      g_assert_cmpint (told, <=, us + us / DRAW_SPANS_STEPS);
    }
}

static void
test_shares (void)
{
  DrawSpans spans = { 0 };

  for (int i = 0; i < 990; i++)
    draw_spans_add (&spans, 10);
  for (int i = 0; i < 9; i++)
    draw_spans_add (&spans, 1000);
  draw_spans_add (&spans, 123456);
  g_assert_cmpint (draw_spans_get (&spans, 1), ==, 10);
  g_assert_cmpint (draw_spans_get (&spans, 990), ==, 10);
  g_assert_cmpint (draw_spans_get (&spans, 991), >=, 1000);
  g_assert_cmpint (draw_spans_get (&spans, 999), <=, 1125);
  g_assert_cmpint (draw_spans_get (&spans, 1000), ==, 123456);
  g_assert_cmpint (spans.longest, ==, 123456);
  g_assert_cmpuint (spans.n, ==, 1000);
}

/* Clocks that go back, and what nobody would wait for. */
static void
test_ends (void)
{
  DrawSpans spans = { 0 };

  draw_spans_add (&spans, -5);
  g_assert_cmpint (draw_spans_get (&spans, 1000), ==, 0);
  draw_spans_add (&spans, G_MAXINT64);
  g_assert_cmpint (spans.longest, ==, G_MAXINT64);
  g_assert_cmpint (draw_spans_get (&spans, 1000), >=, G_MAXUINT32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/spans/none", test_none);
  g_test_add_func ("/widgets/spans/rounding", test_rounding);
  g_test_add_func ("/widgets/spans/shares", test_shares);
  g_test_add_func ("/widgets/spans/ends", test_ends);
  return g_test_run ();
}
