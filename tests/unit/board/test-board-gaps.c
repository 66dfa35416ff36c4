/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-gaps.h"

#include <math.h>

/* A line of eleven points from (100, 50) to (200, 50), pressed more and more. */
static BoardElement *
make_line (double angle)
{
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (BoardElement) plain = NULL;
  BoardPoint points[11];

  for (int i = 0; i <= 10; i++)
    points[i] = (BoardPoint){ .x = 100 + 10 * i,
                              .y = 50,
                              .pressure = (float) i / 10,
                              .tilt_x = (float) i / 20,
                              .time = (uint32_t) i * 10 };
  plain = board_element_new_freedraw ("f", "a0", "#000000", 2, points, 11);
  json_object_set_double_member (props, "angle", angle);
  return board_element_with (plain, props, NULL);
}

static BoardElement *
erase (BoardElement *element, GArray *gaps)
{
  g_autoptr (JsonObject) props = board_gaps_make_props (gaps);
  g_autoptr (GError) error = NULL;
  BoardElement *erased = board_element_with (element, props, &error);

  g_assert_no_error (error);
  return erased;
}

static void
check_gap (GArray *gaps, guint i, double from, double to)
{
  g_assert_cmpuint (i, <, gaps->len);
  g_assert_cmpfloat_with_epsilon (g_array_index (gaps, BoardGap, i).from, from, 1e-6);
  g_assert_cmpfloat_with_epsilon (g_array_index (gaps, BoardGap, i).to, to, 1e-6);
}

static BoardPoint
point_of (GPtrArray *pieces, guint piece, gboolean last)
{
  gsize n;
  const BoardPoint *points = board_stroke_get_points (g_ptr_array_index (pieces, piece), &n);

  return points[last ? n - 1 : 0];
}

static void
test_cut (void)
{
  g_autoptr (BoardElement) line = make_line (0);
  g_autoptr (GArray) none = board_gaps_list (line);
  g_autoptr (GArray) cut = board_gaps_cut (line, 150, 20, 150, 80, 5);
  g_autoptr (BoardElement) erased = erase (line, cut);
  g_autoptr (GArray) again = board_gaps_cut (erased, 150, 20, 150, 80, 5);
  g_autoptr (GArray) more = board_gaps_cut (erased, 157, 50, 157, 50, 5);
  g_autoptr (BoardElement) erased_more = erase (erased, more);
  g_autoptr (GArray) all = board_gaps_list (erased_more);
  g_autoptr (GPtrArray) pieces = board_gaps_split (erased_more);
  BoardPoint point;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (cut->len, ==, 1);
  check_gap (cut, 0, 4.5, 5.5);
  g_assert_cmpuint (again->len, ==, 0);
  g_assert_cmpuint (more->len, ==, 1);
  check_gap (more, 0, 5.5, 6.2);
  g_assert_cmpuint (all->len, ==, 1);
  check_gap (all, 0, 4.5, 6.2);

  g_assert_cmpuint (pieces->len, ==, 2);
  point = point_of (pieces, 0, FALSE);
  g_assert_cmpfloat (point.x, ==, 0);
  point = point_of (pieces, 0, TRUE);
  g_assert_cmpfloat_with_epsilon (point.x, 45, 0.07);
  g_assert_cmpfloat_with_epsilon (point.pressure, 0.45, 0.01);
  g_assert_cmpfloat_with_epsilon (point.tilt_x, 0.225, 0.01);
  g_assert_cmpuint (point.time, ==, 45);
  point = point_of (pieces, 1, FALSE);
  g_assert_cmpfloat_with_epsilon (point.x, 62, 0.07);
  point = point_of (pieces, 1, TRUE);
  g_assert_cmpfloat (point.x, ==, 100);
}

/* What is rubbed out is not hit any more, and the rest is. */
static void
test_hit (void)
{
  g_autoptr (BoardElement) line = make_line (G_PI / 2);
  g_autoptr (GArray) cut = NULL;
  g_autoptr (BoardElement) erased = NULL;

  /* it stands upright about (150, 50) now */
  g_assert_true (board_element_hit (line, 150, 50, 1));
  g_assert_true (board_element_hit (line, 150, 20, 1));
  cut = board_gaps_cut (line, 140, 50, 160, 50, 4);
  g_assert_cmpuint (cut->len, ==, 1);
  check_gap (cut, 0, 4.6, 5.4);
  erased = erase (line, cut);
  g_assert_false (board_element_hit (erased, 150, 50, 1));
  g_assert_true (board_element_hit (erased, 150, 20, 1));
  g_assert_true (board_element_hit (erased, 150, 80, 1));
  g_assert_false (board_element_hit_segment (erased, 140, 50, 160, 50, 1));
}

static void
test_all_and_nothing (void)
{
  const BoardPoint dot = { .x = 7, .y = 7, .pressure = 0.5f };
  g_autoptr (BoardElement) line = make_line (0);
  g_autoptr (BoardElement) point = board_element_new_freedraw ("d", "a0", "#000", 2, &dot, 1);
  g_autoptr (GArray) missed = board_gaps_cut (line, 0, 0, 300, 0, 20);
  g_autoptr (GArray) all = board_gaps_cut (line, 90, 50, 210, 50, 10);
  g_autoptr (BoardElement) gone = erase (line, all);
  g_autoptr (GPtrArray) pieces = board_gaps_split (gone);
  g_autoptr (GPtrArray) whole = board_gaps_split (line);
  g_autoptr (GArray) dot_missed = board_gaps_cut (point, 0, 0, 1, 1, 2);
  g_autoptr (GArray) dot_cut = board_gaps_cut (point, 0, 7, 20, 7, 2);
  g_autoptr (BoardElement) dot_gone = erase (point, dot_cut);
  g_autoptr (GPtrArray) dot_pieces = board_gaps_split (dot_gone);

  g_assert_cmpuint (missed->len, ==, 0);
  check_gap (all, 0, 0, 10);
  g_assert_cmpuint (pieces->len, ==, 0);
  g_assert_cmpuint (whole->len, ==, 1);
  g_assert_true (g_ptr_array_index (whole, 0) == board_element_get_stroke (line));
  g_assert_cmpuint (dot_missed->len, ==, 0);
  g_assert_cmpuint (dot_cut->len, ==, 1);
  g_assert_cmpuint (dot_pieces->len, ==, 0);
}

/* A stranger's gaps that are none. */
static void
test_bad (void)
{
  static const char *const values[]
      = { "7",     "\"x\"",  "[]",       "[1]",       "[1,2,3]", "[2,1]",
          "[1,1]", "[-1,2]", "[1,10.5]", "[1,\"2\"]", "{}",      "true" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"gap:x\":%s}", values[i]);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (BoardElement) line = make_line (0);
      g_autoptr (BoardElement) odd = board_element_with (line, json_node_get_object (node), NULL);
      g_autoptr (GArray) gaps = NULL;

      g_test_message ("%s", values[i]);
      g_assert_nonnull (odd);
      gaps = board_gaps_list (odd);
      g_assert_cmpuint (gaps->len, ==, 0);
      g_assert_true (board_element_hit (odd, 150, 50, 1));
    }
}

/* Whatever is cut away, what is left and what is gone are the whole. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (BoardElement) element = make_line (g_rand_double_range (rand, -4, 4));

      for (guint i = 0; i < 5; i++)
        {
          g_autoptr (GArray) before = board_gaps_list (element);
          g_autoptr (GArray) cut = board_gaps_cut (element, g_rand_double_range (rand, 80, 220),
                                                   g_rand_double_range (rand, -20, 120),
                                                   g_rand_double_range (rand, 80, 220),
                                                   g_rand_double_range (rand, -20, 120),
                                                   g_rand_double_range (rand, 0, 20));
          BoardElement *erased = erase (element, cut);
          g_autoptr (GArray) after = board_gaps_list (erased);
          g_autoptr (GPtrArray) pieces = board_gaps_split (erased);
          double end = -1;

          for (guint k = 0; k < after->len; k++)
            {
              g_assert_cmpfloat (g_array_index (after, BoardGap, k).from, >, end);
              end = g_array_index (after, BoardGap, k).to;
            }
          g_assert_cmpuint (pieces->len, <=, after->len + 1);
          g_assert_cmpint (cut->len > 0, >=, after->len > before->len);
          board_element_unref (element);
          element = erased;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/gaps/cut", test_cut);
  g_test_add_func ("/board/gaps/hit", test_hit);
  g_test_add_func ("/board/gaps/all-and-nothing", test_all_and_nothing);
  g_test_add_func ("/board/gaps/bad", test_bad);
  g_test_add_func ("/board/gaps/random", test_random);
  return g_test_run ();
}
