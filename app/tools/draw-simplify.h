/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-stroke.h"

G_BEGIN_DECLS

/* Drops points of a finished stroke that the curve drawn through the others (draw-curve.h) passes
 * within
 * @tolerance anyway, in place and in radius (board units, above 0), for a stroke of @width. In
 * place; first and last stay. Returns: the number of points left. */
gsize draw_simplify (BoardPoint *points, gsize n_points, double width, double tolerance);

G_END_DECLS
