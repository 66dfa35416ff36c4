/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-sealed-op.h"

#include "board-seal-private.h"

char *
board_sealed_op_build (BoardOp *op,
                       const BoardKey *key,
                       const char *board,
                       const char *member,
                       uint64_t counter)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (op != NULL && key != NULL && board != NULL && member != NULL, NULL);

  text = board_op_to_json (op);
  return board_seal_flagged_op (key, board, member, counter, board_op_is_talk (op), text);
}

BoardOp *
board_sealed_op_open (const BoardKey *key,
                      const char *board,
                      const char *member,
                      uint64_t counter,
                      const char *body,
                      char **text,
                      GError **error)
{
  g_autoptr (BoardOp) op = NULL;
  g_autofree char *opened = NULL;
  gboolean talk = FALSE;

  g_return_val_if_fail (key != NULL && board != NULL && member != NULL && body != NULL, NULL);

  opened = board_open_flagged_op (key, board, member, counter, body, &talk, error);
  if (opened != NULL)
    op = board_op_from_json (opened, -1, error);
  if (op != NULL && talk && !board_op_is_talk (op))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA,
                           "The op says that it is talk and is more");
      g_clear_pointer (&op, board_op_unref);
    }
  if (op != NULL && text != NULL)
    *text = g_steal_pointer (&opened);
  return g_steal_pointer (&op);
}
