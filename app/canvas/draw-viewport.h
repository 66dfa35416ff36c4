/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/**
 * DrawViewport: the one place where widget coordinates become board coordinates and back.
 * widget = (board - origin) * scale. Properties: x, y (board place of the widget's top left), scale
 * (0.02..64), width, height (widget pixels). Signal "changed" (): any of them is different now.
 *
 * Numbers that are not finite change nothing. The middle of what is seen stays within
 * +-BOARD_COORDINATE_MAX: nothing can be drawn further out.
 */
#define DRAW_TYPE_VIEWPORT (draw_viewport_get_type ())
G_DECLARE_FINAL_TYPE (DrawViewport, draw_viewport, DRAW, VIEWPORT, GObject)

#define DRAW_VIEWPORT_SCALE_MIN 0.02
#define DRAW_VIEWPORT_SCALE_MAX 64.0

/* At 100 %, the origin of the board in the top left. Transfer full. */
DrawViewport *draw_viewport_new (void);

/* Each other's inverse. */
void
draw_viewport_to_board (DrawViewport *self, double widget_x, double widget_y, double *x, double *y);
void draw_viewport_to_widget (DrawViewport *self,
                              double x,
                              double y,
                              double *widget_x,
                              double *widget_y);

double draw_viewport_get_scale (DrawViewport *self);
/* What is seen, in board coordinates; empty until there is a size. */
void draw_viewport_get_visible (DrawViewport *self, BoardRect *rect);
/* Widget pixels, not negative. The top left keeps its place. */
void draw_viewport_set_size (DrawViewport *self, double width, double height);
/* Moves what is seen by that many widget pixels. */
void draw_viewport_pan (DrawViewport *self, double dx, double dy);
/* Clamped; the board's place under the widget point stays there. */
void draw_viewport_zoom_at (DrawViewport *self, double scale, double widget_x, double widget_y);
/* About the centre. */
void draw_viewport_set_scale (DrawViewport *self, double scale);
void draw_viewport_center_on (DrawViewport *self, double x, double y);
/* Shows all of rect with a margin, at most at 100 %. */
void draw_viewport_fit (DrawViewport *self, const BoardRect *rect);

G_END_DECLS
