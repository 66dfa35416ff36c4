/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* The boxes that a person sees: of the middle of the line, without what painting adds around it
 * (board_element_get_bounds()). Board units. */

/* Before the element is turned. */
void draw_box_get (BoardElement *element, BoardRect *box);
/* Around the turned element. */
void draw_box_get_outer (BoardElement *element, BoardRect *outer);
/* Around a box that is turned by @angle (radians) about its middle. */
void draw_box_turn (const BoardRect *box, double angle, BoardRect *outer);
/* Around all, turned as they are; FALSE when there is none. @elements: (element-type BoardElement).
 */
gboolean draw_box_get_all (GPtrArray *elements, BoardRect *outer);
/* Turns the point (x, y) about (cx, cy) by @angle (radians). */
void draw_box_turn_point (double *x, double *y, double cx, double cy, double angle);

G_END_DECLS
