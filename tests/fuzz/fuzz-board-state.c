/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a stranger's state: what is accepted is saved to bytes that are accepted again and are
 * the same. */
#include "board/board-deflate.h"
#include "board/board-replica.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (board_deflate (data, size, G_MAXSIZE));
  g_autoptr (BoardReplica) ann = board_replica_new ("ann");
  g_autoptr (BoardReplica) bob = board_replica_new ("bob");
  g_autoptr (GBytes) saved = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;

  if (!board_replica_load_state (ann, bytes, NULL))
    return 0;
  saved = board_replica_save_state (ann);
  board_replica_load_state (bob, saved, &error);
  g_assert_no_error (error);
  again = board_replica_save_state (bob);
  g_assert_true (g_bytes_equal (saved, again));
  return 0;
}
