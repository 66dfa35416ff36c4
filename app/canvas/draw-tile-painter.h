/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/draw-scene.h"

G_BEGIN_DECLS

/* @texture: (nullable): NULL when nothing is to be seen. Borrowed. */
typedef void (*DrawTilePainted) (gpointer data, uint64_t ticket, GdkTexture *texture);

/**
 * DrawTilePainter: threads of low priority that paint tiles from immutable elements, shared by all
 * canvases of the process, with the cache of outlines.
 */
typedef struct _DrawTilePainter DrawTilePainter;

/* The one of the process; never freed. */
DrawTilePainter *draw_tile_painter_get_default (void);
guint draw_tile_painter_get_n_threads (DrawTilePainter *self);
/* Of the process; any thread. */
DrawOutlineCache *draw_tile_painter_get_outlines (DrawTilePainter *self);

/* Paints @scene into a tile of DRAW_TILE_SIZE device pixels: column and row of the
 * grid whose squares are that many pixels wide at @scale. @scene: transfer full; it is
 * sorted here. Calls @painted
 * from the main context when it is done, whatever happened meanwhile. */
void draw_tile_painter_paint (DrawTilePainter *self,
                              int column,
                              int row,
                              double scale,
                              gboolean dark,
                              DrawScene *scene,
                              uint64_t ticket,
                              DrawTilePainted painted,
                              gpointer data);

/* The same at once, in this thread, for tests and exports: a surface or NULL. Transfer full. */
cairo_surface_t *draw_tile_painter_paint_now (DrawOutlineCache *outlines,
                                              int column,
                                              int row,
                                              double scale,
                                              gboolean dark,
                                              DrawScene *scene);
/* Takes a finished image surface, which must not be changed any more. Transfer full. */
GdkTexture *draw_tile_texture_new (cairo_surface_t *surface);
/* What it was made of. Borrowed. */
cairo_surface_t *draw_tile_texture_get_surface (GdkTexture *texture);
/* Places a picture of draw_tile_texture_new(). @software: GSK draws with cairo: GTK 4.8 copies each
 * texture of a frame, seen or not, before it does; so there the surface itself is drawn, by a node
 * that stays the same as long as the texture does. */
void draw_tile_texture_append (GdkTexture *texture,
                               GtkSnapshot *snapshot,
                               const graphene_rect_t *rect,
                               gboolean software);

G_END_DECLS
