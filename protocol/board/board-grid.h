/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-types.h"

G_BEGIN_DECLS

/**
 * BoardGrid: things by place. A loose grid of several levels, each with cells of twice the size
 * of the one below: a thing lies in exactly one cell, that of its top left corner on the first
 * level whose cells are as large as it is. So it comes and goes in constant time, and a query
 * looks at one more cell on each side.
 */
typedef struct _BoardGrid BoardGrid;

/* Part of the thing that is kept; it must stay where it is in memory while it is in the grid. */
typedef struct {
  BoardRect bounds;
  /*< private >*/
  gpointer cell;
  guint level;
  guint slot;
} BoardGridItem;

typedef void (*BoardGridFunc) (BoardGridItem *item, gpointer user_data);

/* What lies in one cell, and what was made of it: shared is the caller's to set. */
typedef void (*BoardGridCellFunc) (GPtrArray *items, gpointer *shared, gpointer user_data);

/* forget: for what cells share; NULL when nothing is. */
BoardGrid *board_grid_new (GDestroyNotify forget);
void board_grid_free (BoardGrid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardGrid, board_grid_free)

/* Calls func (NULL: nothing) with the cell that the item is in now, as the last of its items. */
void board_grid_insert (BoardGrid *self,
                        BoardGridItem *item,
                        const BoardRect *bounds,
                        BoardGridCellFunc func,
                        gpointer user_data);
/* Forgets what the item's cell shares. */
void board_grid_remove (BoardGrid *self, BoardGridItem *item);
/* Calls func for everything that intersects the area, in no order. */
void board_grid_query (BoardGrid *self,
                       const BoardRect *area,
                       BoardGridFunc func,
                       gpointer user_data);
/* Calls func for every cell that may hold such things: (element-type BoardGridItem). */
void board_grid_query_cells (BoardGrid *self,
                             const BoardRect *area,
                             BoardGridCellFunc func,
                             gpointer user_data);

G_END_DECLS
