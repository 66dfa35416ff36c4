/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "canvas/draw-curve.h"
#include "canvas/draw-raster.h"

G_BEGIN_DECLS

/**
 * DrawOutline: the area that a stroke of changing width covers, as polygons that are all wound the
 * same way: filled by the nonzero rule they are their union, so a stroke has neither holes nor
 * darker overlaps, however it crosses itself. Runs of knots are chunks with a box each: a tile
 * fills the chunks that touch it, a growing stroke makes again its last ones only.
 *
 * Knots may be changed by one owner; once it is shared it must not change any more, and may then be
 * painted by several threads. Refcounted. Coordinates are those of the knots, whatever they are
 * relative to.
 */
typedef struct _DrawOutline DrawOutline;

typedef enum {
  DRAW_OUTLINE_SMOOTH,   /* a curve through the knots */
  DRAW_OUTLINE_STRAIGHT, /* straight between the knots, corners round */
} DrawOutlineKind;

/* @tolerance: how far the polygons may be from the true edge, in units of the knots, above 0. */
DrawOutline *draw_outline_new (DrawOutlineKind kind, double tolerance);
/* A whole stroke (NULL: nothing) at once, its knots not kept: only to be painted. The stroke is not
 * made to unpack its points. */
DrawOutline *draw_outline_new_for_stroke (BoardStroke *stroke, double width, double tolerance);
DrawOutline *draw_outline_ref (DrawOutline *self);
void draw_outline_unref (DrawOutline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawOutline, draw_outline_unref)

/* Knots from index @from on become @knots; @from is at most the number of knots. Knots that are not
 * finite, or 4e6 units away, are left out. @damage: (out) (optional): box of what looks different
 * now. */
void draw_outline_set_knots (DrawOutline *self,
                             guint from,
                             const DrawKnot *knots,
                             gsize n_knots,
                             BoardRect *damage);
guint draw_outline_get_n_knots (DrawOutline *self);
void draw_outline_get_bounds (DrawOutline *self, BoardRect *bounds);
/* Bytes that it holds. */
gsize draw_outline_get_cost (DrawOutline *self);
/* Whether anything of it may be within @clip. */
gboolean draw_outline_touches (DrawOutline *self, const BoardRect *clip);

/* Fills what is within @clip (units of the knots) with the source of @cr, whose matrix maps these
 * units.
 * @opaque: the source has no transparency, so a long stroke may be filled in parts,
 * which is faster and looks the same. */
void draw_outline_fill (DrawOutline *self, cairo_t *cr, const BoardRect *clip, gboolean opaque);
/* The same for a tile, several times faster: adds it to @raster, whose pixel (x * scale + dx, y *
 * scale + dy) the place (x, y) is, to be filled by draw_raster_fill(). */
void draw_outline_raster (DrawOutline *self,
                          DrawRaster *raster,
                          const BoardRect *clip,
                          double scale,
                          double dx,
                          double dy);

G_END_DECLS
