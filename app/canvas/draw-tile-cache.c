/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-tile-cache.h"

#include <math.h>

struct _DrawTileCache {
  GHashTable *tiles; /* DrawTileKey (in its DrawTile) -> DrawTile, owned */
  GQueue used;       /* DrawTile by its link, most recent first */
  uint64_t n_trims;
  gsize cost, max_cost;
};

#define COLUMN_SHIFT 24
#define LEVEL_SHIFT 48
#define GRID_MASK 0xffffffu

DrawTileKey
draw_tile_key (uint16_t level, int column, int row)
{
  column = CLAMP (column, -DRAW_TILE_GRID_MAX, DRAW_TILE_GRID_MAX);
  row = CLAMP (row, -DRAW_TILE_GRID_MAX, DRAW_TILE_GRID_MAX);
  return (uint64_t) level << LEVEL_SHIFT
         | (uint64_t) ((uint32_t) column & GRID_MASK) << COLUMN_SHIFT
         | ((uint32_t) row & GRID_MASK);
}

static int
sign_extend (uint64_t bits)
{
  const int value = (int) (bits & GRID_MASK);

  return value > DRAW_TILE_GRID_MAX ? value - (int) GRID_MASK - 1 : value;
}

uint16_t
draw_tile_key_get_level (DrawTileKey key)
{
  return (uint16_t) (key >> LEVEL_SHIFT);
}

int
draw_tile_key_get_column (DrawTileKey key)
{
  return sign_extend (key >> COLUMN_SHIFT);
}

int
draw_tile_key_get_row (DrawTileKey key)
{
  return sign_extend (key);
}

static void
tile_free (gpointer data)
{
  DrawTile *tile = data;

  g_clear_object (&tile->texture);
  g_free (tile);
}

static gsize
texture_cost (GdkTexture *texture)
{
  if (texture == NULL)
    return 0;
  return (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * 4;
}

static void
remove_tile (DrawTileCache *self, DrawTile *tile)
{
  self->cost -= tile->cost;
  g_queue_unlink (&self->used, &tile->link);
  g_hash_table_remove (self->tiles, &tile->key);
}

DrawTileCache *
draw_tile_cache_new (gsize max_cost)
{
  DrawTileCache *self = g_new0 (DrawTileCache, 1);

  self->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, tile_free);
  self->max_cost = max_cost;
  return self;
}

void
draw_tile_cache_free (DrawTileCache *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->tiles);
  g_free (self);
}

void
draw_tile_cache_set_max_cost (DrawTileCache *self, gsize max_cost)
{
  g_return_if_fail (self != NULL);

  self->max_cost = max_cost;
}

DrawTile *
draw_tile_cache_peek (DrawTileCache *self, DrawTileKey key)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->tiles, &key);
}

DrawTile *
draw_tile_cache_use (DrawTileCache *self, DrawTileKey key)
{
  DrawTile *tile;

  g_return_val_if_fail (self != NULL, NULL);

  tile = g_hash_table_lookup (self->tiles, &key);
  if (tile == NULL)
    {
      tile = g_new0 (DrawTile, 1);
      tile->key = key;
      tile->link.data = tile;
      g_hash_table_insert (self->tiles, &tile->key, tile);
      g_queue_push_head_link (&self->used, &tile->link);
    }
  else
    {
      g_queue_unlink (&self->used, &tile->link);
      g_queue_push_head_link (&self->used, &tile->link);
    }
  tile->last_use = self->n_trims;
  return tile;
}

void
draw_tile_cache_set_texture (DrawTileCache *self, DrawTile *tile, GdkTexture *texture)
{
  g_return_if_fail (self != NULL && tile != NULL);
  g_return_if_fail (texture == NULL || GDK_IS_TEXTURE (texture));

  g_set_object (&tile->texture, texture);
  tile->known = TRUE;
  self->cost -= tile->cost;
  tile->cost = texture_cost (texture);
  self->cost += tile->cost;
}

void
draw_tile_range (const BoardRect *area,
                 double scale,
                 int *first_column,
                 int *first_row,
                 int *last_column,
                 int *last_row)
{
  const double unit = DRAW_TILE_SIZE / scale, max = DRAW_TILE_GRID_MAX;

  g_return_if_fail (area != NULL && scale > 0);

  *first_column = (int) CLAMP (floor (area->x / unit), -max, max);
  *first_row = (int) CLAMP (floor (area->y / unit), -max, max);
  *last_column = (int) CLAMP (ceil ((area->x + area->width) / unit) - 1, -max, max);
  *last_row = (int) CLAMP (ceil ((area->y + area->height) / unit) - 1, -max, max);
}

void
draw_tile_cache_invalidate (DrawTileCache *self,
                            uint16_t level,
                            double scale,
                            const BoardRect *area,
                            uint64_t serial)
{
  int first_column = -DRAW_TILE_GRID_MAX, first_row = -DRAW_TILE_GRID_MAX;
  int last_column = DRAW_TILE_GRID_MAX, last_row = DRAW_TILE_GRID_MAX;

  g_return_if_fail (self != NULL);

  if (area != NULL)
    draw_tile_range (area, scale, &first_column, &first_row, &last_column, &last_row);
  for (GList *l = self->used.head; l != NULL; l = l->next)
    {
      DrawTile *tile = l->data;
      const int column = draw_tile_key_get_column (tile->key),
                row = draw_tile_key_get_row (tile->key);

      if (draw_tile_key_get_level (tile->key) == level && column >= first_column
          && column <= last_column && row >= first_row && row <= last_row)
        tile->wanted = serial;
    }
}

void
draw_tile_cache_drop_level (DrawTileCache *self, uint16_t level)
{
  g_return_if_fail (self != NULL);

  for (GList *l = self->used.head; l != NULL;)
    {
      DrawTile *tile = l->data;

      l = l->next;
      if (draw_tile_key_get_level (tile->key) == level)
        remove_tile (self, tile);
    }
}

void
draw_tile_cache_trim (DrawTileCache *self)
{
  g_return_if_fail (self != NULL);

  while (self->cost > self->max_cost || self->used.length > DRAW_TILE_CACHE_MAX_TILES)
    {
      DrawTile *tile = self->used.tail->data;

      if (tile->last_use == self->n_trims)
        break;
      remove_tile (self, tile);
    }
  self->n_trims++;
}

gsize
draw_tile_cache_get_cost (DrawTileCache *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->cost;
}

guint
draw_tile_cache_get_n_tiles (DrawTileCache *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->tiles);
}
