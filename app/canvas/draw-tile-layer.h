/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/draw-tile-painter.h"

G_BEGIN_DECLS

/* What a frame shows, in device pixels, so that tiles lie on whole pixels. */
typedef struct {
  double scale;        /* device pixels per board unit */
  double device_scale; /* device pixels per widget pixel; need not be whole */
  int64_t left, top;   /* device pixel of the level's grid that is at the widget's top left */
  int width, height;   /* device pixels */
  gboolean software;   /* GSK draws with cairo (draw_tile_texture_append()) */
} DrawView;

/* A scene of what touches @area, in any order; NULL or empty for nothing. Transfer full. Main thread. */
typedef DrawScene *(*DrawTileQuery) (gpointer data, const BoardRect *area);

/**
 * DrawTileLayer: shows elements as tiles that threads paint. A frame places what is ready; what is
 * missing shows the last zoom's tiles, scaled; what changed shows its old picture until the new one
 * is ready.
 *
 * Levels: tiles are of one exact scale, so they are sharp. While the zoom moves, the last level is
 * shown scaled; a new level begins when the zoom rests or is far from it.
 *
 * Signal "changed" (): another snapshot will show something else.
 */
#define DRAW_TYPE_TILE_LAYER (draw_tile_layer_get_type ())
G_DECLARE_FINAL_TYPE (DrawTileLayer, draw_tile_layer, DRAW, TILE_LAYER, GObject)

/* @data must live as long as the layer, or until draw_tile_layer_stop(). */
DrawTileLayer *draw_tile_layer_new (DrawTileQuery query, gpointer data);
/* Asks and paints nothing any more. */
void draw_tile_layer_stop (DrawTileLayer *self);
void draw_tile_layer_set_dark (DrawTileLayer *self, gboolean dark);
/* What touches @area (NULL: everything) is to be painted again. */
void draw_tile_layer_invalidate (DrawTileLayer *self, const BoardRect *area);
/* Forgets all pictures: what is shown now must not be shown any more. */
void draw_tile_layer_clear (DrawTileLayer *self);
/* While it is, nothing is asked for or painted: what is there is shown. */
void draw_tile_layer_set_paused (DrawTileLayer *self, gboolean paused);
/* All that the last snapshot's view shows, as whole tiles from (column, row) on of the grid of @level
 * device pixels in a unit. NULL when it is not ready, or too large for a picture. Transfer full. */
cairo_surface_t *
draw_tile_layer_make_picture (DrawTileLayer *self, double *level, int *column, int *row);
/* Shows such a picture until its tiles are painted. @picture: its sides are whole tiles. */
void draw_tile_layer_take_picture (DrawTileLayer *self,
                                   cairo_surface_t *picture,
                                   double level,
                                   int column,
                                   int row);
/* Places the tiles for @view and asks for those that it misses. */
void draw_tile_layer_snapshot (DrawTileLayer *self, GtkSnapshot *snapshot, const DrawView *view);
/* Whether all that the last snapshot's view shows of @area (NULL: of everything) is painted as it
 * is now. */
gboolean draw_tile_layer_is_ready (DrawTileLayer *self, const BoardRect *area);

/* Whether no thread paints for the layer: neither what is seen, nor what lies around it. */
gboolean draw_tile_layer_is_idle (DrawTileLayer *self);

/* How many tiles threads were asked to paint in all: what a test counts. */
uint64_t draw_tile_layer_get_n_painted (DrawTileLayer *self);

/* Whether the last snapshot's view is painted and shows nothing. */
gboolean draw_tile_layer_is_empty (DrawTileLayer *self);

G_END_DECLS
