/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-stroke.h"
#include "canvas/draw-tile-layer.h"

G_BEGIN_DECLS

/**
 * DrawWetStroke: a stroke that is not an element yet, one's own or somebody else's, painted in the
 * main thread. It costs what its newest points cost: only the end of its outline is made anew, and
 * only the pixels around it are painted again, in tiles of its own.
 */
typedef struct _DrawWetStroke DrawWetStroke;

/* @id: of the element to be. @color: "#rrggbb". @width: board units. */
DrawWetStroke *draw_wet_stroke_new (const char *id, const char *color, double width);
void draw_wet_stroke_free (DrawWetStroke *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawWetStroke, draw_wet_stroke_free)

const char *draw_wet_stroke_get_id (DrawWetStroke *self);
const char *draw_wet_stroke_get_color (DrawWetStroke *self);
double draw_wet_stroke_get_width (DrawWetStroke *self);
/* Points from index @from on become @points (board coordinates). @from beyond the end: the points
 * lost on the way are left out. At most BOARD_MAX_POINTS are kept. */
void draw_wet_stroke_set_points (DrawWetStroke *self,
                                 guint from,
                                 const BoardPoint *points,
                                 gsize n_points);
/* Shows it @ms further than it is, straight on, at most @reach board units: for the frame that is
 * being made will be seen when the pen is there. Not after a bend, nor from a pen that rests. Goes
 * with the next points; 0 takes it back. It is not among the points. */
void draw_wet_stroke_predict (DrawWetStroke *self, double ms, double reach);
guint draw_wet_stroke_get_n_points (DrawWetStroke *self);
const BoardPoint *draw_wet_stroke_get_points (DrawWetStroke *self);
/* Of the ink, board coordinates; empty when it has no point. */
void draw_wet_stroke_get_bounds (DrawWetStroke *self, BoardRect *bounds);
void draw_wet_stroke_set_dark (DrawWetStroke *self, gboolean dark);
void draw_wet_stroke_snapshot (DrawWetStroke *self, GtkSnapshot *snapshot, const DrawView *view);
/* How many pixels were painted in all: what a test counts. */
uint64_t draw_wet_stroke_get_n_painted (DrawWetStroke *self);

G_END_DECLS
