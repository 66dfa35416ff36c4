/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-op.h"

/* The op that is written so; one that cannot be read fails the test. Transfer full. */
static inline BoardOp *
board_op_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  BoardOp *op = board_op_from_json (text, -1, &error);

  g_assert_no_error (error);
  return op;
}
