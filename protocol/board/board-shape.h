/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* Where an element is: what bounds and hits are computed from. A value; path is borrowed. */
typedef struct {
  BoardElementType kind;
  gboolean filled;            /* its inside counts as ink */
  double x, y, width, height; /* as the properties say */
  double angle;               /* radians, about the middle of the box */
  double stroke_width;
  BoardStroke *path;          /* of freedraw, line and arrow, relative to x, y; else NULL */
} BoardShape;

/* All that painting it may touch; never empty. */
void board_shape_get_bounds (const BoardShape *self, BoardRect *bounds);
/* From the board into the axes that it has before it is turned about its middle. */
void board_shape_turn_back (const BoardShape *self, double *x, double *y);
/* Whether its ink comes within tolerance of the segment (both ends equal: of the point). */
gboolean board_shape_hit (const BoardShape *self,
                          double x0,
                          double y0,
                          double x1,
                          double y1,
                          double tolerance);

G_END_DECLS
