/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gdk/gdk.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * DrawRaster: fills polygons into an image of at most 256x256 pixels, a tile, for strokes: cairo
 * needs three times as long for the same pixels, since it sorts edges and knows any winding rule.
 *
 * Each edge adds its signed area to the pixels it passes; the sum from left to right is the
 * coverage of a pixel, exact to the rounding. Polygons must be wound alike: what several cover is
 * covered once, where their edges meet exactly there is no seam.
 */
typedef struct _DrawRaster DrawRaster;

#define DRAW_RASTER_MAX 256

/* @surface: an ARGB32 image of up to DRAW_RASTER_MAX pixels each way; borrowed. */
DrawRaster *draw_raster_new (cairo_surface_t *surface);
void draw_raster_free (DrawRaster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawRaster, draw_raster_free)

/* Only pixels within are touched from now on. */
void draw_raster_set_clip (DrawRaster *self, int x, int y, int width, int height);
/* Adds a polygon; a point is at (x * scale + dx, y * scale + dy). @xy: pairs, finite. */
void draw_raster_add (DrawRaster *self,
                      const float *xy,
                      guint n_points,
                      double scale,
                      double dx,
                      double dy);
/* Paints what was added, over what is there, and forgets it. */
void draw_raster_fill (DrawRaster *self, const GdkRGBA *color);

G_END_DECLS
