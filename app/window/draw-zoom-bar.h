/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/draw-viewport.h"

G_BEGIN_DECLS

/* DrawZoomBar: out, the level (a click: 100 %), in, everything. */
#define DRAW_TYPE_ZOOM_BAR (draw_zoom_bar_get_type ())
G_DECLARE_FINAL_TYPE (DrawZoomBar, draw_zoom_bar, DRAW, ZOOM_BAR, GtkWidget)

void draw_zoom_bar_set_viewport (DrawZoomBar *self, DrawViewport *viewport);
/* The next rounder zoom level in that direction (+1 or -1), as a scale within the viewport's range.
 */
double draw_zoom_bar_step (double scale, int direction);

G_END_DECLS
