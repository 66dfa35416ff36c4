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

/* Whether a stroke is a highlighter's: customData.highlighter is true. */
gboolean draw_shape_is_highlighter (BoardElement *element);

/* The "points" of a line or arrow, at least two, relative to its place. (element-type DrawKnot),
 * transfer full. */
GArray *draw_shape_get_points (BoardElement *element, const DrawShapeFrame *frame);

G_END_DECLS
