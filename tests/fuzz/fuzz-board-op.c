/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* An op of a stranger: what is accepted prints to a text that is accepted again and is the same,
 * can be applied by everybody with the same result, and can be undone. */
#include "board/board-replica.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Talk is never undone. */
static gboolean
has_talk (BoardOp *op)
{
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    if (board_op_get_change_type (op, i) > BOARD_CHANGE_TITLE)
      return TRUE;
  return FALSE;
}

static void
check_applies (const char *text)
{
  g_autoptr (BoardReplica) ann = board_replica_new ("ann");
  g_autoptr (BoardReplica) bob = board_replica_new ("bob");
  g_autoptr (BoardOp) base = board_op_from_json (
      "{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":1}]]}", -1, NULL);
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *ann_hash = NULL;
  g_autofree char *bob_hash = NULL;
  guint n = 0;

  board_replica_apply (ann, 1, "cem", 1, 1, base);
  board_replica_apply (bob, 1, "cem", 1, 1, base);
  before = board_replica_dup_visible_hash (ann);
  if (board_replica_submit (ann, op, NULL) == 0)
    return;
  board_replica_apply (ann, 2, "ann", 1, 2, op);
  board_replica_apply (bob, 2, "ann", 1, 2, op);
  ann_hash = board_replica_dup_visible_hash (ann);
  bob_hash = board_replica_dup_confirmed_hash (bob);
  g_assert_cmpstr (ann_hash, ==, bob_hash);
  while (board_replica_undo (ann) > 0)
    g_assert_cmpuint (++n, <, 2);
  after = board_replica_dup_visible_hash (ann);
  if (!has_talk (op))
    g_assert_cmpstr (before, ==, after);
}

/* With a blank before it, all of it is read strictly. */
static void
check_is_read_alike (BoardOp *op, const guint8 *data, size_t size)
{
  g_autoptr (GString) text = g_string_new (" ");
  g_autoptr (BoardOp) strict = NULL;
  g_autofree char *printed = op != NULL ? board_op_to_json (op) : NULL;
  g_autofree char *printed_strict = NULL;

  g_string_append_len (text, (const char *) data, (gssize) size);
  strict = board_op_from_json (text->str, (gssize) text->len, NULL);
  printed_strict = strict != NULL ? board_op_to_json (strict) : NULL;
  g_assert_cmpstr (printed, ==, printed_strict);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (BoardOp) op = board_op_from_json ((const char *) data, (gssize) size, NULL);
  g_autoptr (BoardOp) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  check_is_read_alike (op, data, size);
  if (op == NULL)
    return 0;
  text = board_op_to_json (op);
  again = board_op_from_json (text, -1, &error);
  g_assert_no_error (error);
  text_again = board_op_to_json (again);
  g_assert_cmpstr (text, ==, text_again);
  check_applies (text);
  return 0;
}
