/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-op-text.h"
#include "board/board-replica.h"

#define ME "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static BoardOp *
submit_stroke (BoardReplica *replica)
{
  const BoardPoint points[] = { { .x = 1, .y = 1 }, { .x = 9, .y = 9 } };
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (board_replica_get_document (replica));
  g_autoptr (BoardElement) element =
      board_element_new_freedraw (id, index, "#000000", 2, points, G_N_ELEMENTS (points));
  g_autoptr (GError) error = NULL;
  BoardOp *op = board_op_new ();

  board_op_add_element (op, element);
  board_replica_submit (replica, op, &error);
  g_assert_no_error (error);
  return op;
}

/* A counter is an op's name for whoever has it in flight: what is behind a withdrawn one keeps
 * its own, and the log may hold something empty in its place. */
static void
test_keeps_counters (void)
{
  g_autoptr (BoardReplica) mine = board_replica_new (ME);
  g_autoptr (BoardReplica) other = board_replica_new (OTHER);
  g_autoptr (BoardOp) first = submit_stroke (mine);
  g_autoptr (BoardOp) second = submit_stroke (mine);
  g_autoptr (BoardOp) third = submit_stroke (mine);
  BoardOp *log[] = { first, NULL, third };
  g_autofree char *here = NULL, *there = NULL;
  uint64_t counter;

  board_replica_withdraw (mine, 2);
  g_assert_cmpuint (board_replica_get_n_pending (mine), ==, 2);
  board_replica_get_pending (mine, 1, &counter);
  g_assert_cmpuint (counter, ==, 3);
  g_assert_cmpuint (board_replica_get_next_counter (mine), ==, 4);
  g_assert_cmpuint (board_document_get_n_elements (board_replica_get_document (mine)), ==, 2);
  board_replica_withdraw (mine, 2); /* there is none any more */

  for (guint i = 0; i < G_N_ELEMENTS (log); i++)
    {
      g_assert_true (board_replica_apply (mine, i + 1, ME, i + 1, 1, log[i]));
      g_assert_true (board_replica_apply (other, i + 1, ME, i + 1, 1, log[i]));
    }
  g_assert_cmpuint (board_replica_get_n_pending (mine), ==, 0);
  here = board_replica_dup_visible_hash (mine);
  there = board_replica_dup_visible_hash (other);
  g_assert_cmpstr (here, ==, there);
  /* Two strokes are there to be undone, not three. */
  g_assert_cmpuint (board_replica_undo (mine), ==, 4);
  g_assert_cmpuint (board_replica_undo (mine), ==, 5);
  g_assert_cmpuint (board_replica_undo (mine), ==, 0);
}

/* I put an element over one, somebody had deleted that one before; I delete mine. When the server does
 * not take the first, there was nothing for the second to delete: what the other deleted is not mine
 * to bring back. */
static void
test_nothing_was_there (void)
{
  g_autoptr (BoardReplica) mine = board_replica_new (ME);
  BoardDocument *document = board_replica_get_document (mine);
  g_autoptr (BoardOp) add = board_op_from_text ("{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\","
                                     "\"index\":\"a0\",\"width\":10,\"height\":10}]]}");
  g_autoptr (BoardOp) over = board_op_from_text ("{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\","
                                      "\"index\":\"a1\",\"width\":20,\"height\":20}]]}");
  g_autoptr (BoardOp) move = board_op_from_text ("{\"c\":[[\"=\",\"r\",{\"x\":100}]]}");
  g_autoptr (BoardOp) delete = board_op_from_text ("{\"c\":[[\"-\",\"r\"]]}");

  g_assert_true (board_replica_apply (mine, 1, OTHER, 1, 1, add));
  g_assert_cmpuint (board_replica_submit (mine, over, NULL), ==, 1);
  g_assert_true (board_replica_apply (mine, 2, OTHER, 2, 1, delete));
  g_assert_cmpuint (board_replica_submit (mine, move, NULL), ==, 2);
  g_assert_cmpuint (board_replica_submit (mine, delete, NULL), ==, 3);
  board_replica_withdraw (mine, 1);
  g_assert_true (board_replica_apply (mine, 3, ME, 1, 1, NULL));
  g_assert_true (board_replica_apply (mine, 4, ME, 2, 1, move));
  g_assert_true (board_replica_apply (mine, 5, ME, 3, 1, delete));
  g_assert_null (board_document_get_element (document, "r"));
  g_assert_false (board_replica_can_undo (mine));
  g_assert_cmpuint (board_replica_undo (mine), ==, 0);
  g_assert_null (board_document_get_element (document, "r"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/withdraw/keeps-counters", test_keeps_counters);
  g_test_add_func ("/board/withdraw/nothing-was-there", test_nothing_was_there);
  return g_test_run ();
}
