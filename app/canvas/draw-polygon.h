/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/* @xy: pairs. Adds the polygon to the path of @cr. Parts far outside of @clip are cut off before
 * cairo sees them: its device coordinates end at +-8,388,607 (24.8 fixed point), and beyond it
 * draws something else. */
void draw_polygon_add (cairo_t *cr, const float *xy, guint n_points, const BoardRect *clip);

G_END_DECLS
