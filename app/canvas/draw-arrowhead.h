/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-shape.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_ARROWHEAD_OPEN,   /* lines only */
  DRAW_ARROWHEAD_FILLED, /* an inside of the line's colour */
  DRAW_ARROWHEAD_HOLLOW, /* an inside of the sheet's colour */
} DrawArrowheadInside;

/* One closed or open line of an arrowhead. */
typedef struct {
  GArray *knots; /* (element-type DrawKnot), straight from knot to knot; owned */
  DrawArrowheadInside inside;
} DrawArrowheadPart;

/* What the arrowheads of a line or arrow add to it, by the names that Excalidraw has for them:
 * arrow, bar, triangle, circle, diamond (each of the last three also _outline), cardinality_one,
 * _many, _one_or_many, _exactly_one, _zero_or_one, _zero_or_many, and the older dot and crowfoot_*.
 * Any other name is drawn as an arrow.
 *
 * @path: (element-type DrawKnot) the line, straight from knot to knot. Returns: (element-type
 * DrawArrowheadPart), to be painted in that order over the line; transfer full. */
GArray *draw_arrowhead_get_parts (BoardElement *element, GArray *path);

G_END_DECLS
