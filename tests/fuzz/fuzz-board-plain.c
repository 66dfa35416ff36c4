/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read as a plain stroke is what the strict reader makes of the same text. Ops: fuzz-board-op. */
#include "board/board-element-plain.h"
#include "board/board-element-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *text = (const char *) data;
  gsize used = 0;
  g_autoptr (BoardElement) plain = board_element_read_plain (text, size, &used);
  g_autoptr (BoardElement) strict = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (plain == NULL)
    return 0;
  g_assert_cmpuint (used, <=, size);
  node = board_element_parse_json (text, used, &error);
  g_assert_no_error (error);
  strict = board_element_new (json_node_get_object (node), &error);
  g_assert_no_error (error);
  g_assert_true (board_element_equal (plain, strict));
  return 0;
}
