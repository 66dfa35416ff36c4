/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/draw-recognise.h"

typedef struct {
  BoardPoint points[2000];
  gsize n;
  guint32 seed;
} Hand;

/* The same tremble in every run. */
static double
tremble (Hand *hand)
{
  hand->seed = hand->seed * 1664525u + 1013904223u;
  return ((hand->seed >> 16) / 65535.0 - 0.5) * 5;
}

static void
put (Hand *hand, double x, double y)
{
  hand->points[hand->n++] = (BoardPoint){ x + tremble (hand), y + tremble (hand), 0.5f };
}

static void
go (Hand *hand, double x0, double y0, double x1, double y1)
{
  for (guint i = 0; i < 40; i++)
    put (hand, x0 + (x1 - x0) * i / 39, y0 + (y1 - y0) * i / 39);
}

static DrawForm
recognise (Hand *hand, BoardRect *box, double from[2], double to[2])
{
  return draw_recognise (hand->points, hand->n, 20, box, from, to);
}

static void
test_lines (void)
{
  Hand hand = { .n = 0 };
  double from[2], to[2];
  BoardRect box;

  go (&hand, 10, 10, 310, 110);
  g_assert_cmpint (recognise (&hand, &box, from, to), ==, DRAW_FORM_LINE);
  g_assert_cmpfloat_with_epsilon (to[0], 310, 4);
  /* With a hook at its end it is an arrow, to its tip. */
  go (&hand, 310, 110, 270, 70);
  g_assert_cmpint (recognise (&hand, &box, from, to), ==, DRAW_FORM_ARROW);
  g_assert_cmpfloat_with_epsilon (to[0], 310, 5);
  /* And with both sides of a head. */
  go (&hand, 270, 70, 310, 110);
  go (&hand, 310, 110, 260, 125);
  g_assert_cmpint (recognise (&hand, &box, from, to), ==, DRAW_FORM_ARROW);
}

static void
test_closed_forms (void)
{
  Hand box_hand = { .n = 0 }, diamond = { .n = 0 }, round = { .n = 0 };
  double from[2], to[2];
  BoardRect box;

  go (&box_hand, 0, 0, 200, 0);
  go (&box_hand, 200, 0, 200, 120);
  go (&box_hand, 200, 120, 0, 120);
  go (&box_hand, 0, 120, 3, 8);
  g_assert_cmpint (recognise (&box_hand, &box, from, to), ==, DRAW_FORM_RECTANGLE);
  g_assert_cmpfloat_with_epsilon (box.width, 205, 6);

  go (&diamond, 100, 0, 200, 80);
  go (&diamond, 200, 80, 100, 160);
  go (&diamond, 100, 160, 0, 80);
  go (&diamond, 0, 80, 100, 0);
  g_assert_cmpint (recognise (&diamond, &box, from, to), ==, DRAW_FORM_DIAMOND);

  for (guint i = 0; i <= 100; i++)
    put (&round, 80 * cos (i * 0.062), 50 * sin (i * 0.062));
  g_assert_cmpint (recognise (&round, &box, from, to), ==, DRAW_FORM_ELLIPSE);
}

/* What is none of them stays ink. */
static void
test_nothing (void)
{
  Hand wave = { .n = 0 }, small = { .n = 0 }, eight = { .n = 0 }, bad = { .n = 0 };
  double from[2], to[2];
  BoardRect box;

  for (guint i = 0; i < 200; i++)
    put (&wave, i * 2, 40 * sin (i * 0.1));
  g_assert_cmpint (recognise (&wave, &box, from, to), ==, DRAW_FORM_NONE);
  go (&small, 0, 0, 8, 8);
  g_assert_cmpint (draw_recognise (small.points, small.n, 40, &box, from, to), ==, DRAW_FORM_NONE);
  for (guint i = 0; i <= 200; i++)
    put (&eight, 100 * sin (i * 0.0314), 60 * sin (i * 0.0628));
  g_assert_cmpint (recognise (&eight, &box, from, to), ==, DRAW_FORM_NONE);
  go (&bad, 0, 0, 100, 0);
  bad.points[5].x = NAN;
  g_assert_cmpint (recognise (&bad, &box, from, to), ==, DRAW_FORM_NONE);
  bad.n = 1;
  g_assert_cmpint (recognise (&bad, &box, from, to), ==, DRAW_FORM_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recognise/lines", test_lines);
  g_test_add_func ("/recognise/closed-forms", test_closed_forms);
  g_test_add_func ("/recognise/nothing", test_nothing);
  return g_test_run ();
}
