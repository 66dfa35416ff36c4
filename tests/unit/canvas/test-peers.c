/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-peers.h"

#define SECOND G_USEC_PER_SEC

/* No widget: nothing here is shown. */
static DrawPeers *
create (void)
{
  return draw_peers_new (NULL);
}

static BoardCast *
create_ink (const char *id, guint from, guint n_points)
{
  g_autofree BoardPoint *points = g_new0 (BoardPoint, n_points);
  BoardCast *cast = board_cast_new (BOARD_CAST_INK);

  for (guint i = 0; i < n_points; i++)
    points[i] = (BoardPoint){ from + i, 0, 0.5f };
  cast->id = g_strdup (id);
  cast->color = g_strdup ("#ff0000");
  cast->width = 3;
  cast->from = from;
  cast->points = board_stroke_new (points, n_points);
  return cast;
}

static void
show_ink (DrawPeers *peers, const char *member, const char *id, int64_t now)
{
  g_autoptr (BoardCast) cast = create_ink (id, 0, 3);

  draw_peers_show_ink (peers, member, cast, now);
}

static void
test_members_are_bounded (void)
{
  g_autoptr (DrawPeers) peers = create ();

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *member = g_strdup_printf ("m%u", i);

      draw_peers_show_cursor (peers, member, "x", "#ff0000", 1, 1, 0);
    }
  g_assert_cmpuint (draw_peers_get_n_cursors (peers), ==, DRAW_PEERS_MAX);
}

static void
test_ink_is_bounded (void)
{
  g_autoptr (DrawPeers) peers = create ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      show_ink (peers, "one", id, 0);
    }
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, DRAW_PEERS_MAX_STROKES);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *member = g_strdup_printf ("m%u", i);

      show_ink (peers, member, "s", 0);
    }
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, DRAW_PEERS_MAX_INK);
  draw_peers_remove (peers, "one");
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==,
                    DRAW_PEERS_MAX_INK - DRAW_PEERS_MAX_STROKES);
}

static void
test_bad_casts (void)
{
  g_autoptr (DrawPeers) peers = create ();
  g_autoptr (BoardCast) empty = board_cast_new (BOARD_CAST_INK);
  g_autoptr (BoardCast) far = create_ink ("s", 4000000, 1);
  g_autoptr (BoardCast) nowhere = create_ink ("t", 0, 3);
  g_autoptr (BoardCast) end = board_cast_new (BOARD_CAST_INK_END);

  draw_peers_show_ink (peers, "a", empty, 0);
  draw_peers_show_ink (peers, "a", end, 0);
  nowhere->x = NAN;
  draw_peers_show_ink (peers, "a", nowhere, 0);
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, 0);
  /* Points whose predecessors were lost are shown all the same. */
  draw_peers_show_ink (peers, "a", far, 0);
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, 1);

  draw_peers_show_cursor (peers, "a", "\xff\xfe", "no colour", 0, 0, 0);
  draw_peers_show_cursor (peers, "b", "x", NULL, INFINITY, 0, 0);
  draw_peers_show_cursor (peers, "c", NULL, NULL, 0, 2e6, 0);
  g_assert_cmpuint (draw_peers_get_n_cursors (peers), ==, 1);
}

static void
test_points_are_bounded (void)
{
  g_autoptr (DrawWetStroke) stroke = draw_wet_stroke_new ("s", "#ff0000", NAN);
  g_autofree BoardPoint *points = g_new0 (BoardPoint, BOARD_MAX_POINTS);

  for (guint i = 0; i < 3; i++)
    draw_wet_stroke_set_points (stroke, G_MAXUINT, points, BOARD_MAX_POINTS);
  g_assert_cmpuint (draw_wet_stroke_get_n_points (stroke), ==, BOARD_MAX_POINTS);
  draw_wet_stroke_set_points (stroke, 7, points, 1);
  g_assert_cmpuint (draw_wet_stroke_get_n_points (stroke), ==, 8);
}

static void
test_silence_ends_it (void)
{
  g_autoptr (DrawPeers) peers = create ();

  show_ink (peers, "a", "s", 0);
  draw_peers_show_cursor (peers, "a", "x", "#ff0000", 1, 1, 5 * SECOND);
  g_assert_true (draw_peers_expire (peers, 9 * SECOND));
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, 1);
  g_assert_true (draw_peers_expire (peers, 11 * SECOND));
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, 0);
  g_assert_cmpuint (draw_peers_get_n_cursors (peers), ==, 1);
  g_assert_false (draw_peers_expire (peers, 66 * SECOND));
  g_assert_cmpuint (draw_peers_get_n_cursors (peers), ==, 0);
}

static void
test_ink_ends (void)
{
  g_autoptr (DrawPeers) peers = create ();
  g_autoptr (BoardCast) end = board_cast_new (BOARD_CAST_INK_END);

  show_ink (peers, "a", "s", 0);
  end->id = g_strdup ("s");
  /* Only by whoever draws it. */
  draw_peers_show_ink (peers, "b", end, 0);
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, 1);
  draw_peers_show_ink (peers, "a", end, 0);
  g_assert_cmpuint (draw_peers_get_n_strokes (peers), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/peers/members-are-bounded", test_members_are_bounded);
  g_test_add_func ("/peers/ink-is-bounded", test_ink_is_bounded);
  g_test_add_func ("/peers/bad-casts", test_bad_casts);
  g_test_add_func ("/peers/points-are-bounded", test_points_are_bounded);
  g_test_add_func ("/peers/silence-ends-it", test_silence_ends_it);
  g_test_add_func ("/peers/ink-ends", test_ink_ends);
  return g_test_run ();
}
