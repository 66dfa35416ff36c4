/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A cast of a stranger: what is accepted prints to a text that is accepted again and is the
 * same. */
#include "board/board-cast.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (BoardCast) cast = board_cast_from_json ((const char *) data, (gssize) size, NULL);
  g_autoptr (BoardCast) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  if (cast == NULL || cast->type == BOARD_CAST_UNKNOWN)
    return 0;
  text = board_cast_to_json (cast);
  again = board_cast_from_json (text, -1, &error);
  g_assert_no_error (error);
  text_again = board_cast_to_json (again);
  g_assert_cmpstr (text, ==, text_again);
  return 0;
}
