/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "board/board-stroke.h"

G_BEGIN_DECLS

/* A place on the middle of a stroke and the stroke's radius there, in board units. */
typedef struct {
  double x, y, r;
} DrawKnot;

/* A piece of a stroke's middle between two knots: a cubic Bezier curve; the radius changes evenly.
 */
typedef struct {
  double x[4], y[4];
  double r0, r1;
} DrawCurve;

/* How much wider than its nominal width a stroke is at full pressure; at half pressure (and where
 * the device has none) it is as wide as its nominal width. */
#define DRAW_PRESSURE_WIDEST 1.7
#define DRAW_PRESSURE_NARROWEST 0.3

/* The radius of a stroke of that nominal width at that pressure. */
double draw_curve_radius (double width, float pressure);
void draw_curve_knot (const BoardPoint *point, double width, DrawKnot *knot);

/* The piece from @b to @c of the smooth curve through all four (centripetal Catmull-Rom: it passes
 * through every knot and has no loops or cusps of its own however unevenly the knots lie).
 * @a, @d: NULL at an end of the stroke. */
void draw_curve_through (DrawCurve *self,
                         const DrawKnot *a,
                         const DrawKnot *b,
                         const DrawKnot *c,
                         const DrawKnot *d);
/* The straight piece. */
void draw_curve_straight (DrawCurve *self, const DrawKnot *b, const DrawKnot *c);
/* @t: 0..1 */
void draw_curve_get_knot (const DrawCurve *self, double t, DrawKnot *knot);
/* The direction at @t, of length 1; (1, 0) for a curve without extent. */
void draw_curve_get_direction (const DrawCurve *self, double t, double *dx, double *dy);
/* How many straight steps stay within @tolerance (board units) of both edges of the stroke. At
 * least 1. */
guint draw_curve_get_n_steps (const DrawCurve *self, double tolerance);
/* A box around everything that the piece may paint. */
void draw_curve_get_bounds (const DrawCurve *self, BoardRect *bounds);

G_END_DECLS
