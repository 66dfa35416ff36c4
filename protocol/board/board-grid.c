/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-grid.h"

#include <math.h>

/* The smallest cells are about a written word; the largest hold the largest element: two million
 * units, rotated, with an arrow's margin. */
#define SMALLEST 64.0
#define N_LEVELS 17

typedef struct {
  guint64 key;
  GPtrArray *items;
  gpointer shared; /* NULL until somebody makes it */
  GDestroyNotify forget;
} Cell;

struct _BoardGrid {
  GDestroyNotify forget;
  GHashTable *levels[N_LEVELS]; /* (element-type Cell), NULL while nothing is there */
};

static guint
cell_hash (gconstpointer cell)
{
  /* Knuth's multiplicative hashing, upper half */
  return (guint) ((((const Cell *) cell)->key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32);
}

static gboolean
cell_equal (gconstpointer a, gconstpointer b)
{
  return ((const Cell *) a)->key == ((const Cell *) b)->key;
}

static void
cell_forget (Cell *cell)
{
  if (cell->shared != NULL)
    cell->forget (g_steal_pointer (&cell->shared));
}

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  cell_forget (cell);
  g_ptr_array_unref (cell->items);
  g_free (cell);
}

BoardGrid *
board_grid_new (GDestroyNotify forget)
{
  BoardGrid *self = g_new0 (BoardGrid, 1);

  self->forget = forget;
  return self;
}

void
board_grid_free (BoardGrid *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_LEVELS; i++)
    g_clear_pointer (&self->levels[i], g_hash_table_unref);
  g_free (self);
}

static double
cell_size (guint level)
{
  return ldexp (SMALLEST, (int) level);
}

static guint64
cell_key (gint32 column, gint32 row)
{
  return ((guint64) (guint32) column << 32) | (guint32) row;
}

static gint32
cell_number (double place, guint level)
{
  return (gint32) floor (place / cell_size (level));
}

static guint
find_level (const BoardRect *bounds)
{
  double size = MAX (bounds->width, bounds->height);
  guint level = 0;

  while (level + 1 < N_LEVELS && cell_size (level) < size)
    level++;
  return level;
}

static Cell *
ensure_cell (BoardGrid *self, guint level, guint64 key)
{
  Cell probe = { .key = key };
  Cell *cell;

  if (self->levels[level] == NULL)
    self->levels[level] = g_hash_table_new_full (cell_hash, cell_equal, NULL, cell_free);
  cell = g_hash_table_lookup (self->levels[level], &probe);
  if (cell != NULL)
    return cell;
  cell = g_new0 (Cell, 1);
  cell->key = key;
  cell->forget = self->forget;
  cell->items = g_ptr_array_new ();
  g_hash_table_add (self->levels[level], cell);
  return cell;
}

void
board_grid_insert (BoardGrid *self,
                   BoardGridItem *item,
                   const BoardRect *bounds,
                   BoardGridCellFunc func,
                   gpointer user_data)
{
  guint level = find_level (bounds);
  Cell *cell;

  g_assert (item->cell == NULL);

  cell = ensure_cell (self, level,
                      cell_key (cell_number (bounds->x, level), cell_number (bounds->y, level)));
  item->bounds = *bounds;
  item->level = level;
  item->cell = cell;
  item->slot = cell->items->len;
  g_ptr_array_add (cell->items, item);
  if (func != NULL)
    func (cell->items, &cell->shared, user_data);
}

void
board_grid_remove (BoardGrid *self, BoardGridItem *item)
{
  Cell *cell = item->cell;

  g_assert (cell != NULL && g_ptr_array_index (cell->items, item->slot) == item);

  cell_forget (cell);
  g_ptr_array_remove_index_fast (cell->items, item->slot);
  if (item->slot < cell->items->len)
    ((BoardGridItem *) g_ptr_array_index (cell->items, item->slot))->slot = item->slot;
  item->cell = NULL;
  if (cell->items->len > 0)
    return;
  g_hash_table_remove (self->levels[item->level], cell);
  if (g_hash_table_size (self->levels[item->level]) == 0)
    g_clear_pointer (&self->levels[item->level], g_hash_table_unref);
}

static void
query_all_cells (GHashTable *cells, BoardGridCellFunc func, gpointer user_data)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    func (((Cell *) cell)->items, &((Cell *) cell)->shared, user_data);
}

/* Whichever is less: the cells that the area covers, or all that there are. */
static void
query_level (GHashTable *cells,
             guint level,
             const BoardRect *area,
             BoardGridCellFunc func,
             gpointer user_data)
{
  double size = cell_size (level);
  double covered = (area->width / size + 3) * (area->height / size + 3);
  gint32 left, top, right, bottom;

  if (covered >= g_hash_table_size (cells))
    {
      query_all_cells (cells, func, user_data);
      return;
    }
  left = cell_number (area->x - size, level);
  top = cell_number (area->y - size, level);
  right = cell_number (area->x + area->width, level);
  bottom = cell_number (area->y + area->height, level);
  for (gint32 row = top; row <= bottom; row++)
    for (gint32 column = left; column <= right; column++)
      {
        Cell probe = { .key = cell_key (column, row) };
        Cell *cell = g_hash_table_lookup (cells, &probe);

        if (cell != NULL)
          func (cell->items, &cell->shared, user_data);
      }
}

void
board_grid_query_cells (BoardGrid *self,
                        const BoardRect *area,
                        BoardGridCellFunc func,
                        gpointer user_data)
{
  for (guint level = 0; level < N_LEVELS; level++)
    if (self->levels[level] != NULL)
      query_level (self->levels[level], level, area, func, user_data);
}

typedef struct {
  const BoardRect *area;
  BoardGridFunc func;
  gpointer user_data;
} Query;

static void
query_cell (GPtrArray *items, gpointer *shared, gpointer user_data)
{
  const Query *query = user_data;

  for (guint i = 0; i < items->len; i++)
    {
      BoardGridItem *item = g_ptr_array_index (items, i);

      if (board_rect_intersects (&item->bounds, query->area))
        query->func (item, query->user_data);
    }
}

void
board_grid_query (BoardGrid *self, const BoardRect *area, BoardGridFunc func, gpointer user_data)
{
  Query query = { area, func, user_data };

  board_grid_query_cells (self, area, query_cell, &query);
}
