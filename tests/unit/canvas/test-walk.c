/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "canvas-fixture.h"
#include "canvas/draw-walk.h"

#define AT(x, y) "\"x\":" #x ",\"y\":" #y ",\"width\":40,\"height\":20"

static BoardReplica *
create_board (void)
{
  return canvas_fixture_board (
      "\"id\":\"low\",\"type\":\"rectangle\"," AT (0, 200),
      "\"id\":\"right\",\"type\":\"ellipse\"," AT (300, 0),
      "\"id\":\"left\",\"type\":\"diamond\",\"boundElements\":[{\"id\":\"word\","
      "\"type\":\"text\"}]," AT (0, 5),
      "\"id\":\"word\",\"type\":\"text\",\"containerId\":\"left\",\"text\":\"Why\\nnot?\"," AT (0,
                                                                                                5),
      "\"id\":\"locked\",\"type\":\"rectangle\",\"locked\":true," AT (0, 100),
      "\"id\":\"far\",\"type\":\"note\",\"text\":\"  Buy milk \"," AT (5000, 5000), NULL);
}

static const char *
step (BoardReplica *board, const BoardRect *visible, const char *id, int direction)
{
  DrawWalk walk;

  draw_walk_step (board_replica_get_document (board), visible, id, direction, &walk);
  return walk.element != NULL ? board_element_get_id (walk.element) : NULL;
}

static void
test_reading_order (void)
{
  static const char *const order[] = { NULL, "left", "right", "low", "far", NULL };
  g_autoptr (BoardReplica) board = create_board ();

  for (guint i = 0; i + 1 < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (step (board, NULL, order[i], 1), ==, order[i + 1]);
  for (guint i = G_N_ELEMENTS (order) - 1; i > 0; i--)
    g_assert_cmpstr (step (board, NULL, order[i], -1), ==, order[i - 1]);
}

static void
test_what_is_seen_first (void)
{
  const BoardRect here = { -50, -50, 500, 400 }, nowhere = { -900, -900, 10, 10 };
  g_autoptr (BoardReplica) board = create_board ();
  DrawWalk walk;

  g_assert_cmpstr (step (board, &here, "low", 1), ==, NULL);
  g_assert_cmpstr (step (board, &here, "far", 1), ==, "left");
  g_assert_cmpstr (step (board, &nowhere, NULL, -1), ==, "far");
  draw_walk_step (board_replica_get_document (board), &here, "left", 1, &walk);
  g_assert_cmpuint (walk.position, ==, 2);
  g_assert_cmpuint (walk.count, ==, 3);
}

static void
test_empty (void)
{
  g_autoptr (BoardDocument) document = board_document_new ();
  DrawWalk walk;

  draw_walk_step (document, NULL, NULL, 1, &walk);
  g_assert_null (walk.element);
  g_assert_cmpuint (walk.count, ==, 0);
}

static void
test_words (void)
{
  static const struct {
    const char *id, *words;
  } rows[] = {
    { "right", "Ellipse at 320, 10" },
    { "left", "Diamond “Why not?” at 20, 15" },
    { "far", "Note “Buy milk” at 5020, 5010" },
  };
  g_autoptr (BoardReplica) board = create_board ();
  BoardDocument *document = board_replica_get_document (board);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words
          = draw_walk_describe (document, board_document_get_element (document, rows[i].id));

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/reading-order", test_reading_order);
  g_test_add_func ("/walk/what-is-seen-first", test_what_is_seen_first);
  g_test_add_func ("/walk/empty", test_empty);
  g_test_add_func ("/walk/words", test_words);
  return g_test_run ();
}
