/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-canvas.h"

G_BEGIN_DECLS

/* DrawMapCorner: where am I: the minimap when it is wanted, and a button that leads back when
 * nothing of the board is seen. Property: show-map. */
#define DRAW_TYPE_MAP_CORNER (draw_map_corner_get_type ())
G_DECLARE_FINAL_TYPE (DrawMapCorner, draw_map_corner, DRAW, MAP_CORNER, GtkWidget)

/* Once. */
void draw_map_corner_set_canvas (DrawMapCorner *self, DrawCanvas *canvas);

G_END_DECLS
