/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "canvas/draw-path.h"
#include "canvas/draw-manner.h"

G_BEGIN_DECLS

/* Draws lines and fills forms with the source of a cairo_t, in an element's style: exactly or by
 * hand, whole or in dashes, solid or hatched. cairo gets polygons only. A value, for one element.
 */
typedef struct {
  cairo_t *cr;
  DrawManner manner;
  double line_width; /* board units */
  BoardRect clip;    /* board units, of the matrix of @cr: what is wanted */
  double scale;      /* device pixels per board unit */
  double tolerance;  /* how far edges may be off, board units */
} DrawPencil;

/* The line of a form, in the style. */
void draw_pencil_stroke (const DrawPencil *self, const DrawPath *path);
/* The inside of a form, in the style. */
void draw_pencil_fill (const DrawPencil *self, const DrawPath *path);
/* Exact and whole, whatever the style: (element-type DrawKnot), straight from knot to knot. */
void draw_pencil_stroke_knots (const DrawPencil *self, GArray *knots);
void draw_pencil_fill_knots (const DrawPencil *self, GArray *knots);

G_END_DECLS
