/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "board/board-limits.h"
#include "canvas-fixture.h"
#include "canvas/draw-text.h"

static DrawText
plain (const char *text)
{
  return (DrawText){ .text = text, .family = 2, .size = 20, .line_height = 1.25 };
}

static void
test_lines_have_the_height_they_say (void)
{
  DrawText text = plain ("one\ntwo\nthree");
  double width, height;

  draw_text_measure (&text, &width, &height);
  g_assert_cmpfloat_with_epsilon (height, 3 * 25, 1e-9);
  text.line_height = 2;
  draw_text_measure (&text, &width, &height);
  g_assert_cmpfloat_with_epsilon (height, 3 * 40, 1e-9);
  text.text = "";
  draw_text_measure (&text, &width, &height);
  g_assert_cmpfloat_with_epsilon (height, 40, 1e-9);
  g_assert_cmpfloat (width, >, 0);
}

static void
test_width_grows_with_size (void)
{
  DrawText text = plain ("Drawbridge");
  double small, large, height;

  draw_text_measure (&text, &small, &height);
  text.size = 80;
  draw_text_measure (&text, &large, &height);
  g_assert_cmpfloat_with_epsilon (large, 4 * small, 0.01 * large);
}

static void
test_wrapping (void)
{
  DrawText text = plain ("a few words that do not fit into one line");
  double free_width, width, height, wrapped_height;
  g_autofree char *wrapped = NULL, *whole = NULL;

  draw_text_measure (&text, &free_width, &height);
  whole = draw_text_wrap (&text);
  g_assert_cmpstr (whole, ==, text.text);
  text.width = free_width / 3;
  draw_text_measure (&text, &width, &wrapped_height);
  g_assert_cmpfloat (width, <=, text.width + 0.1);
  g_assert_cmpfloat (wrapped_height, >=, 3 * height);
  wrapped = draw_text_wrap (&text);
  g_assert_nonnull (strchr (wrapped, '\n'));
  g_assert_null (strstr (wrapped, " \n"));

  DrawText again = plain (wrapped);
  double again_width, again_height;
  draw_text_measure (&again, &again_width, &again_height);
  g_assert_cmpfloat_with_epsilon (again_height, wrapped_height, 1e-9);
}

static void
test_blank_lines_are_kept (void)
{
  DrawText text = plain ("one\n\n\ntwo");
  g_autofree char *wrapped = draw_text_wrap (&text);

  g_assert_cmpstr (wrapped, ==, "one\n\n\ntwo");
}

static void
test_element_says_how (void)
{
  g_autoptr (BoardElement) free = canvas_fixture_element (
      "\"type\":\"text\",\"text\":\"a\\nb\",\"originalText\":\"a b\",\"fontFamily\":3,"
      "\"fontSize\":28,\"textAlign\":\"right\",\"width\":100");
  g_autoptr (BoardElement) fixed = canvas_fixture_element (
      "\"type\":\"text\",\"text\":\"a\\nb\",\"originalText\":\"a b\",\"autoResize\":false,"
      "\"width\":100");
  g_autoptr (BoardElement) note
      = canvas_fixture_element ("\"type\":\"note\",\"text\":\"a b\",\"width\":100");
  DrawText text;

  draw_text_init (&text, free);
  g_assert_cmpstr (text.text, ==, "a\nb");
  g_assert_cmpfloat (text.width, ==, 0);
  g_assert_cmpfloat (text.size, ==, 28);
  g_assert_cmpfloat (text.line_height, ==, 1.2);
  g_assert_cmpint (text.align, ==, PANGO_ALIGN_RIGHT);
  draw_text_init (&text, fixed);
  g_assert_cmpstr (text.text, ==, "a b");
  g_assert_cmpfloat (text.width, ==, 100);
  draw_text_init (&text, note);
  g_assert_cmpfloat (text.width, ==, 100 - 2 * DRAW_TEXT_NOTE_PADDING);
}

static void
test_labels_are_inside (void)
{
  static const char *const containers[] = { "rectangle", "ellipse", "diamond" };
  DrawText text = plain ("label");
  double needed, before = 0;

  text.align = PANGO_ALIGN_CENTER;
  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autofree char *json
          = g_strdup_printf ("\"type\":\"%s\",\"x\":50,\"y\":60,\"width\":200,\"height\":100",
                             containers[i]);
      g_autoptr (BoardElement) container = canvas_fixture_element (json);
      BoardRect area, place;

      draw_text_get_label_area (container, &area);
      needed = draw_text_place_label (container, &text, "middle", &place);
      g_assert_cmpfloat_with_epsilon (place.x + place.width / 2, 150, 1e-6);
      g_assert_cmpfloat_with_epsilon (place.y + place.height / 2, 110, 1e-6);
      g_assert_cmpfloat (area.width, <=, 190);
      g_assert_cmpfloat (needed, >, before);
      before = needed;
      draw_text_place_label (container, &text, "top", &place);
      g_assert_cmpfloat_with_epsilon (place.y, area.y, 1e-6);
    }
}

static void
test_label_of_a_line_is_at_its_middle (void)
{
  g_autoptr (BoardElement) line
      = canvas_fixture_element ("\"type\":\"arrow\",\"x\":10,\"y\":20,\"width\":100,\"height\":100,"
                                "\"points\":[[0,0],[100,0],[100,100]]");
  DrawText text = plain ("to");
  BoardRect place;

  text.align = PANGO_ALIGN_CENTER;
  draw_text_place_label (line, &text, NULL, &place);
  g_assert_cmpfloat_with_epsilon (place.x + place.width / 2, 110, 1e-6);
  g_assert_cmpfloat_with_epsilon (place.y + place.height / 2, 20, 1e-6);
}

static void
test_notes_grow (void)
{
  const DrawText little = plain ("a");
  const DrawText much = plain ("a lot of words that a small note cannot show in a single line");

  g_assert_cmpfloat_with_epsilon (draw_text_get_note_height (&little, 150),
                                  25 + 2 * DRAW_TEXT_NOTE_PADDING, 1e-6);
  g_assert_cmpfloat (draw_text_get_note_height (&much, 150), >, 75 + 2 * DRAW_TEXT_NOTE_PADDING);
}

static void
test_tame (void)
{
  g_autoptr (GString) word = g_string_new (NULL);
  g_autofree char *tame = NULL, *marks = NULL, *control = NULL, *nothing = draw_text_tame (NULL);

  for (guint i = 0; i < 40000; i++)
    g_string_append_c (word, 'w');
  tame = draw_text_tame (word->str);
  g_assert_cmpint (g_utf8_strlen (tame, -1), ==, BOARD_MAX_TEXT + BOARD_MAX_TEXT / 500 - 1);

  g_string_assign (word, "a");
  for (guint i = 0; i < 100; i++)
    g_string_append (word, "\xcc\x81");
  marks = draw_text_tame (word->str);
  g_assert_cmpint (g_utf8_strlen (marks, -1), ==, 5);
  control = draw_text_tame ("a\tb\nc\x01"
                            "d\x1b[0m");
  g_assert_cmpstr (control, ==, "a\tb\ncd[0m");
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/lines-have-the-height-they-say", test_lines_have_the_height_they_say);
  g_test_add_func ("/text/width-grows-with-size", test_width_grows_with_size);
  g_test_add_func ("/text/wrapping", test_wrapping);
  g_test_add_func ("/text/blank-lines-are-kept", test_blank_lines_are_kept);
  g_test_add_func ("/text/element-says-how", test_element_says_how);
  g_test_add_func ("/text/labels-are-inside", test_labels_are_inside);
  g_test_add_func ("/text/label-of-a-line-is-at-its-middle", test_label_of_a_line_is_at_its_middle);
  g_test_add_func ("/text/notes-grow", test_notes_grow);
  g_test_add_func ("/text/tame", test_tame);
  return g_test_run ();
}
