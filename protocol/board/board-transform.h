/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* What "=" moves, sizes, turns or flips an element. Pure: nothing but the element counts, and the same
 * gesture gives the same numbers everywhere. All return (transfer full) the properties that
 * change; together with the others the element keeps, they are within every range: what would go
 * beyond a board's end, or become too small or large to be, is stopped there. Widths of lines
 * stay; a text's letters grow with its height. */

/* The box of the element before it is turned: of the middle of the line, for strokes and lines. */
void board_transform_get_box (BoardElement *element, BoardRect *box);

JsonObject *board_transform_move (BoardElement *element, double dx, double dy);
/* angle: radians, clockwise as y goes down, about the point (cx, cy). */
JsonObject *board_transform_rotate (BoardElement *element, double cx, double cy, double angle);
/* Sizes along the board's axes, with the point (ax, ay) where it is: for several elements, as one of
 * them or a group. Negative: flipped. A turned box cannot be sheared: its sides take the length that
 * their directions have afterwards. */
JsonObject *
board_transform_scale (BoardElement *element, double ax, double ay, double sx, double sy);
/* Sizes along the element's own axes, turned as it is, with the point at the part (fx, fy) of its box
 * (0, 0: its top left corner, 1, 1: the other one, 0.5, 0.5: its middle) where it is on the board:
 * for the handles of one element. Negative: flipped. */
JsonObject *
board_transform_resize (BoardElement *element, double fx, double fy, double sx, double sy);

G_END_DECLS
