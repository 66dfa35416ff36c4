/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-stroke.h"
#include "board/board-types.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_FORM_NONE,
  DRAW_FORM_LINE,
  DRAW_FORM_ARROW,
  DRAW_FORM_RECTANGLE,
  DRAW_FORM_DIAMOND,
  DRAW_FORM_ELLIPSE,
} DrawForm;

/* What a stroke was meant to be, held at its end: a straight line, an arrow drawn in one go (the
 * head by a hook or two at the end), or a closed form. Strokes that are none of these, or smaller
 * than @size_min (board units) across, are DRAW_FORM_NONE. @points: board coordinates, @n_points 1
 * or more; what is not finite makes it NONE.
 * @box: (out): of a closed form. @from, @to: (out): pairs x, y of a line or arrow. */
DrawForm draw_recognise (const BoardPoint *points,
                         gsize n_points,
                         double size_min,
                         BoardRect *box,
                         double from[2],
                         double to[2]);

G_END_DECLS
