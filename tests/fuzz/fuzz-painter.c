/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A stranger's op: every element that is accepted can be painted at any zoom, in bounded time. The first byte of
 * input chooses zoom and colours. */
#include "board/board-op.h"
#include "canvas/draw-tile-painter.h"

#include <math.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);
const char *__lsan_default_suppressions (void);

/* What fontconfig keeps for the life of a process. */
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

static void
paint (BoardElement *element, double scale, gboolean dark)
{
  g_autoptr (DrawScene) scene = draw_scene_new (NULL);
  cairo_surface_t *surface;
  BoardRect bounds;

  board_element_get_bounds (element, &bounds);
  draw_scene_add (scene, NULL, element, dark ? 0.5 : 1);
  surface = draw_tile_painter_paint_now (NULL, (int) floor (bounds.x * scale / 256),
                                         (int) floor (bounds.y * scale / 256), scale, dark, scene);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (BoardOp) op = NULL;

  if (size < 1)
    return 0;
  op = board_op_from_json ((const char *) data + 1, (gssize) size - 1, NULL);
  for (guint i = 0; op != NULL && i < board_op_get_n_changes (op); i++)
    if (board_op_get_change_element (op, i) != NULL)
      paint (board_op_get_change_element (op, i), ldexp (1, data[0] % 13 - 5), data[0] > 127);
  return 0;
}
