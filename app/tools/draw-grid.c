/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-grid.h"

#include <math.h>

double
draw_grid_get (DrawToolHost *host, GdkModifierType state)
{
  return (state & GDK_CONTROL_MASK) != 0 ? 0 : draw_tool_host_get_grid (host);
}

double
draw_grid_round (double grid, double place)
{
  return grid > 0 ? round (place / grid) * grid : place;
}

double
draw_grid_find_way (double grid, double place)
{
  return draw_grid_round (grid, place) - place;
}
