/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "board/board-element.h"
#include "canvas/draw-painter.h"
#include "canvas/draw-shape.h"

G_BEGIN_DECLS

/* Text of strangers cut to what can be laid out in bounded time: at most BOARD_MAX_TEXT characters,
 * no run of more than 500 without a place to break (Pango needs 28 s for one word of 100,000
 * letters), at most four combining marks in a row, no control character but line feed and tab.
 * Transfer full. */
char *draw_lettering_tame (const char *text);

/* Paints text in the box of @frame with the source of @cr, relative to its (x, y), not rotated.
 * @padding: free space inside of the box, board units. @wrap: lines break at the box's width. */
void draw_lettering_paint (cairo_t *cr,
                           BoardElement *element,
                           const DrawShapeFrame *frame,
                           const DrawPainting *painting,
                           double padding,
                           gboolean wrap);

G_END_DECLS
