/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "board/board-element.h"
#include "canvas/draw-images.h"
#include "canvas/draw-outline-cache.h"

G_BEGIN_DECLS

/* How to paint: the same for all elements of one picture. */
typedef struct {
  BoardRect clip; /* board units: what is wanted, nothing outside of it is painted for sure */
  double scale;   /* device pixels per board unit, which the matrix of the cairo_t has; for vector
                     formats: how fine curves must be */
  gboolean dark;  /* turn colours for a dark sheet (draw-color.h) */
  DrawOutlineCache *outlines; /* borrowed; NULL: computes outlines anew */
  DrawRaster
      *raster; /* borrowed; NULL, or over the image that the cairo_t paints on: strokes go there */
  double dx, dy; /* with raster: board place (x, y) is pixel (x * scale + dx, y * scale + dy) */
  DrawImages *images; /* borrowed; NULL: boxes stand for pictures */
  gboolean names;     /* frames have their names above them (on the canvas they are not part of
                          the picture: they keep their size at any zoom) */
} DrawPainting;

/* An element and what else its looks depend on. */
typedef struct {
  BoardElement *element;
  BoardElement *frame; /* (nullable): it is seen inside of that only */
  BoardElement *label; /* (nullable): a line leaves room for that */
  double alpha;        /* 0..1, over the element's own opacity */
} DrawPainterItem;

/* Paints an element in board coordinates. Any thread. Any element that could be made can be painted
 * in bounded time: cairo gets polygons with clamped coordinates only, never an arc, a dash or a
 * stroke, and text is shortened before it is laid out. */
void draw_painter_paint (cairo_t *cr, const DrawPainterItem *item, const DrawPainting *painting);

G_END_DECLS
