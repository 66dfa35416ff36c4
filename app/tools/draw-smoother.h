/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-stroke.h"

G_BEGIN_DECLS

/**
 * DrawSmoother: takes the steps out of samples that come on a grid (a mouse's whole pixels) or
 * tremble. A point is averaged with as many neighbours before as after it, weighted by nearness, so
 * neither the first nor the newest point is ever off, and corners drawn with a swing, whose samples
 * are far apart, stay.
 *
 * With a stabiliser the line follows the pen like something heavy on a string: what trembles faster
 * than that is gone. What has not followed yet is shown as it would become if the pen lifted now, so
 * ink always reaches the pen, and the last point of a stroke is exactly where the pen lifted. The
 * price is paid there: of the newest points (DRAW_SMOOTHER_TAIL at most, the way of the last @lag
 * milliseconds) the place may still change.
 */
typedef struct _DrawSmoother DrawSmoother;

DrawSmoother *draw_smoother_new (void);
void draw_smoother_free (DrawSmoother *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawSmoother, draw_smoother_free)

/* Points that a stabiliser shows ahead of what has settled, at most. */
#define DRAW_SMOOTHER_TAIL 13

/* Forgets all. @reach: neighbours further away than this (board units, 0 for none) have no weight.
 * @lag: ms that the line is behind the pen on average; 0: no stabiliser. */
void draw_smoother_reset (DrawSmoother *self, double reach, double lag);
/* Returns: index of the first point that is different now. */
guint draw_smoother_add (DrawSmoother *self, const BoardPoint *point);
guint draw_smoother_get_n_points (DrawSmoother *self);
/* Smoothed, borrowed until the next call that changes something. */
const BoardPoint *draw_smoother_get_points (DrawSmoother *self);
/* How many points the next sample adds at most. */
guint draw_smoother_get_step (DrawSmoother *self);
/* The newest sample as it came; NULL when there is none. */
const BoardPoint *draw_smoother_get_last (DrawSmoother *self);

G_END_DECLS
