/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-pointers.h"

/* What a touch is named by: its memory is never looked at. */
#define FINGER ((gconstpointer) 0x10)
#define OTHER ((gconstpointer) 0x20)

static void
test_hand_that_draws (void)
{
  g_autoptr (DrawPointers) pointers = draw_pointers_new ();

  draw_pointers_see_pen (pointers, 1000);
  draw_pointers_set_pen_down (pointers, TRUE);
  g_assert_true (draw_pointers_begin_touch (pointers, FINGER, 60000));
  draw_pointers_set_pen_down (pointers, FALSE);
  g_assert_true (draw_pointers_is_palm (pointers, FINGER));
  g_assert_true (draw_pointers_end_touch (pointers, FINGER));
  g_assert_false (draw_pointers_is_palm (pointers, FINGER));
}

static void
test_pen_that_hovers (void)
{
  static const struct {
    uint32_t pen, touch;
    gboolean is_palm;
  } cases[] = {
    { 1000, 1000, TRUE },
    { 1000, 1000 + DRAW_PALM_TIME - 1, TRUE },
    { 1000, 1000 + DRAW_PALM_TIME, FALSE },
    { 1000, 990, TRUE }, /* another device, another clock */
    { G_MAXUINT32 - 10, 20, TRUE },
    { G_MAXUINT32 - 10, 2000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DrawPointers) pointers = draw_pointers_new ();

      g_assert_false (draw_pointers_see_pen (pointers, cases[i].pen));
      g_assert_cmpint (draw_pointers_begin_touch (pointers, FINGER, cases[i].touch), ==,
                       cases[i].is_palm);
    }
}

/* The palm lands first, the pen after it. */
static void
test_palm_before_the_pen (void)
{
  g_autoptr (DrawPointers) pointers = draw_pointers_new ();

  g_assert_false (draw_pointers_begin_touch (pointers, FINGER, 1000));
  g_assert_true (draw_pointers_see_pen (pointers, 1100));
  g_assert_true (draw_pointers_is_palm (pointers, FINGER));
  g_assert_false (draw_pointers_see_pen (pointers, 1110));
  g_assert_false (draw_pointers_begin_touch (pointers, OTHER, 5000));
  g_assert_true (draw_pointers_is_palm (pointers, FINGER));
  g_assert_false (draw_pointers_end_touch (pointers, OTHER));
}

static void
test_no_pen_no_palm (void)
{
  g_autoptr (DrawPointers) pointers = draw_pointers_new ();

  g_assert_false (draw_pointers_begin_touch (pointers, FINGER, 0));
  g_assert_false (draw_pointers_begin_touch (pointers, OTHER, 3));
}

static void
test_fingers (void)
{
  static const struct {
    const char *name;
    gboolean before, after; /* a pen was seen */
  } cases[] = {
    { "until-pen", TRUE, FALSE }, { "always", TRUE, TRUE }, { "never", FALSE, FALSE },
    { "nonsense", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DrawPointers) pointers = draw_pointers_new ();

      draw_pointers_set_fingers (pointers, draw_fingers_parse (cases[i].name));
      g_assert_cmpint (draw_pointers_fingers_draw (pointers), ==, cases[i].before);
      draw_pointers_see_pen (pointers, 5);
      g_assert_cmpint (draw_pointers_fingers_draw (pointers), ==, cases[i].after);
    }
}

static void
test_barrel (void)
{
  static const struct {
    guint button;
    GdkModifierType state;
    int barrel;
  } cases[] = {
    { 1, 0, -1 },
    { 1, GDK_BUTTON1_MASK, -1 },
    { 1, GDK_BUTTON2_MASK, 0 }, /* held while the tip comes down */
    { 1, GDK_BUTTON3_MASK, 1 },
    { 1, GDK_BUTTON2_MASK | GDK_BUTTON3_MASK, 0 },
    { 2, 0, 0 }, /* the driver tells of tip and button as of the button */
    { 3, 0, 1 },
    { 3, GDK_BUTTON2_MASK, 1 },
    { 4, GDK_BUTTON2_MASK, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (draw_pointers_get_barrel (cases[i].button, cases[i].state), ==,
                     cases[i].barrel);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pointers/hand-that-draws", test_hand_that_draws);
  g_test_add_func ("/pointers/pen-that-hovers", test_pen_that_hovers);
  g_test_add_func ("/pointers/palm-before-the-pen", test_palm_before_the_pen);
  g_test_add_func ("/pointers/no-pen-no-palm", test_no_pen_no_palm);
  g_test_add_func ("/pointers/fingers", test_fingers);
  g_test_add_func ("/pointers/barrel", test_barrel);
  return g_test_run ();
}
