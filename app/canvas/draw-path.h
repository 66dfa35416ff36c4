/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-curve.h"
#include "canvas/draw-shape.h"

G_BEGIN_DECLS

/* How the way from one knot to the next is meant. */
typedef enum {
  DRAW_PIECE_LINES, /* straight from knot to knot: each is a line that a hand would draw */
  DRAW_PIECE_CURVE, /* smooth through the knots */
  DRAW_PIECE_ARC,   /* straight from knot to knot, which lie close: a round corner, an ellipse */
} DrawPieceKind;

typedef struct {
  DrawPieceKind kind;
  guint first, n_knots; /* the last knot of a piece is the first one of the next */
} DrawPiece;

/* The middle of the line that an element's form is drawn with: of the outline of a rectangle,
 * diamond, ellipse, note, image or frame; of a line or arrow. Relative to the element's place, not
 * rotated. A value to read. */
typedef struct {
  GArray *knots;    /* (element-type DrawKnot), at least 2 */
  GArray *pieces;   /* (element-type DrawPiece), at least 1 */
  gboolean closed;  /* it has an inside; the first knot comes again at the end */
  gboolean ellipse; /* one ARC around the box */
} DrawPath;

/* @tolerance: how far arcs may be from the true one, board units. Transfer full. */
DrawPath *draw_path_new (BoardElement *element, const DrawShapeFrame *frame, double tolerance);
/* Straight from knot to knot. @knots: at least 2, copied. Transfer full. */
DrawPath *draw_path_new_for_knots (GArray *knots, gboolean closed);
void draw_path_free (DrawPath *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawPath, draw_path_free)

/* As straight pieces, (element-type DrawKnot). Transfer full. */
GArray *draw_path_flatten (const DrawPath *self, double tolerance);
/* Smooth through the knots, as straight pieces. Transfer full. */
GArray *draw_path_flatten_curve (const DrawKnot *knots, guint n_knots, double tolerance);

G_END_DECLS
