/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool.h"

G_BEGIN_DECLS

/* The grid that catches now: board units between its lines; 0: none does. Ctrl lets go of it. */
double draw_grid_get (DrawToolHost *host, GdkModifierType state);
/* The nearest place on the grid; the same for none. */
double draw_grid_round (double grid, double place);
/* What is missing to that, as draw_snap_point() has it. */
double draw_grid_find_way (double grid, double place);

G_END_DECLS
