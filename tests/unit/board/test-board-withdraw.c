/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/withdraw/keeps-counters", test_keeps_counters);
  return g_test_run ();
}
