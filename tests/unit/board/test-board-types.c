/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-types.h"

static void
test_role_names (void)
{
  for (BoardRole role = BOARD_ROLE_VIEWER; role <= BOARD_ROLE_HOST; role++)
    {
      BoardRole back;

      g_assert_true (board_role_from_string (board_role_to_string (role), &back));
      g_assert_cmpint (back, ==, role);
    }
  BoardRole role = BOARD_ROLE_EDITOR;
  g_assert_false (board_role_from_string ("Host", &role));
  g_assert_false (board_role_from_string ("", &role));
  g_assert_false (board_role_from_string (NULL, &role));
  g_assert_cmpint (role, ==, BOARD_ROLE_EDITOR);
  g_assert_cmpint (BOARD_ROLE_VIEWER, <, BOARD_ROLE_EDITOR);
  g_assert_cmpint (BOARD_ROLE_EDITOR, <, BOARD_ROLE_HOST);
}

static void
test_refusal_names (void)
{
  for (BoardRefusal refusal = BOARD_REFUSAL_BAD_REQUEST; refusal <= BOARD_REFUSAL_UNAVAILABLE;
       refusal++)
    {
      BoardRefusal back;

      g_assert_true (board_refusal_from_string (board_refusal_to_string (refusal), &back));
      g_assert_cmpint (back, ==, refusal);
    }
  BoardRefusal refusal;
  g_assert_true (board_refusal_from_string ("too-fast", &refusal));
  g_assert_cmpint (refusal, ==, BOARD_REFUSAL_TOO_FAST);
  g_assert_false (board_refusal_from_string ("too_fast", &refusal));
}

static void
test_rect (void)
{
  const BoardRect nothing = { 5, 5, 0, 10 };
  const BoardRect a = { 0, 0, 10, 10 };
  const BoardRect b = { 10, 0, 10, 10 };
  const BoardRect c = { -5, 8, 10, 4 };
  BoardRect all;

  g_assert_true (board_rect_is_empty (&nothing));
  g_assert_false (board_rect_is_empty (&a));
  g_assert_false (board_rect_intersects (&a, &b));
  g_assert_true (board_rect_intersects (&a, &c));
  g_assert_false (board_rect_intersects (&a, &nothing));

  board_rect_union (&a, &nothing, &all);
  g_assert_cmpmem (&all, sizeof all, &a, sizeof a);
  board_rect_union (&nothing, &b, &all);
  g_assert_cmpmem (&all, sizeof all, &b, sizeof b);
  board_rect_union (&b, &c, &all);
  g_assert_cmpfloat (all.x, ==, -5);
  g_assert_cmpfloat (all.y, ==, 0);
  g_assert_cmpfloat (all.width, ==, 25);
  g_assert_cmpfloat (all.height, ==, 12);

  g_assert_true (board_rect_contains (&a, 10, 10));
  g_assert_false (board_rect_contains (&a, 10.01, 5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/types/role-names", test_role_names);
  g_test_add_func ("/board/types/refusal-names", test_refusal_names);
  g_test_add_func ("/board/types/rect", test_rect);
  return g_test_run ();
}
