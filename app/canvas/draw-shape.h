/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"
#include "canvas/draw-curve.h"

G_BEGIN_DECLS

/* The numbers of an element that its form depends on, clamped to what can be painted: foreign
 * documents hold anything. Radians, board units. */
typedef struct {
  double x, y, width, height, angle;
  double line_width;
} DrawShapeFrame;

void draw_shape_get_frame (BoardElement *element, DrawShapeFrame *frame);
/* A numeric property within a range, or a default where it is absent or not a number. */
double draw_shape_get_number (BoardElement *element,
                              const char *name,
                              double low,
                              double high,
                              double otherwise);
/* NULL where it is absent or no text. Borrowed. */
const char *draw_shape_get_text (BoardElement *element, const char *name);

/* The middle of the outline of a rectangle, diamond, ellipse, note, image or frame, closed (the
 * first knot comes again at the end), relative to (x, y) and not rotated. (element-type DrawKnot),
 * transfer full;
 * @tolerance in board units. */
GArray *draw_shape_get_ring (BoardElement *element, const DrawShapeFrame *frame, double tolerance);
/* The "points" of a line or arrow, at least two. */
GArray *draw_shape_get_path (BoardElement *element, const DrawShapeFrame *frame);
/* What an arrowhead at the end of @path adds, as a path through the tip; NULL when it has none.
 * @at_end: the last knot, else the first. */
GArray *draw_shape_get_arrowhead (BoardElement *element,
                                  const DrawShapeFrame *frame,
                                  GArray *path,
                                  gboolean at_end);

G_END_DECLS
