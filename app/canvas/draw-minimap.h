/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-canvas.h"

G_BEGIN_DECLS

/**
 * DrawMinimap: the whole board, small, with a frame around what the canvas shows. A click or a drag
 * moves the view there. Painted by the threads that paint tiles; it follows changes slowly, so that
 * a large board costs nothing while somebody draws.
 */
#define DRAW_TYPE_MINIMAP (draw_minimap_get_type ())
G_DECLARE_FINAL_TYPE (DrawMinimap, draw_minimap, DRAW, MINIMAP, GtkWidget)

GtkWidget *draw_minimap_new (void);
/* @canvas: (nullable) (transfer none): may go before the minimap does. */
void draw_minimap_set_canvas (DrawMinimap *self, DrawCanvas *canvas);
/* Moves the canvas' view so that its middle is what the map shows there; widget pixels. */
void draw_minimap_go_to (DrawMinimap *self, double x, double y);

G_END_DECLS
