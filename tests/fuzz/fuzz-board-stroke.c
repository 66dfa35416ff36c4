/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed points of a stranger: what is accepted packs to the same text, and every point is in
 * its range. */
#include "board/board-stroke.h"

#include "board/board-limits.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_points (BoardStroke *stroke)
{
  BoardStrokeReader reader;
  BoardPoint point;
  gsize n = 0;

  board_stroke_reader_init (&reader, stroke);
  for (; board_stroke_reader_next (&reader, &point); n++)
    {
      g_assert_cmpfloat (ABS (point.x), <=, BOARD_COORDINATE_MAX);
      g_assert_cmpfloat (ABS (point.y), <=, BOARD_COORDINATE_MAX);
      g_assert_cmpfloat (point.pressure, >=, 0);
      g_assert_cmpfloat (point.pressure, <=, 1);
      g_assert_cmpfloat (ABS (point.tilt_x), <=, 1);
      g_assert_cmpfloat (ABS (point.tilt_y), <=, 1);
    }
  g_assert_cmpuint (n, ==, board_stroke_get_n_points (stroke));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (BoardStroke) stroke = board_stroke_unpack (text, NULL);
  g_autofree char *again = NULL;

  if (stroke == NULL)
    return 0;
  again = board_stroke_pack (stroke);
  g_assert_cmpstr (text, ==, again);
  check_points (stroke);
  return 0;
}
