/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/* Side of a tile in device pixels. */
#define DRAW_TILE_SIZE 256

/* A place in the grid of one level: level 16 bits, column and row 24 bits each with sign. */
typedef uint64_t DrawTileKey;

#define DRAW_TILE_GRID_MAX 0x7fffff

/* column and row are clamped to +-DRAW_TILE_GRID_MAX. */
DrawTileKey draw_tile_key (uint16_t level, int column, int row);
uint16_t draw_tile_key_get_level (DrawTileKey key);
int draw_tile_key_get_column (DrawTileKey key);
int draw_tile_key_get_row (DrawTileKey key);

/* What is known of one tile. Fields are for the layer; serials only grow. */
typedef struct {
  DrawTileKey key;
  GdkTexture *texture; /* NULL: empty, or never painted */
  uint64_t wanted;     /* serial of the newest change that touches it; 0 at first */
  uint64_t painted;    /* serial that the texture shows */
  uint64_t in_flight;  /* serial being painted now, 0 when none */
  gboolean known;      /* painted at least once, so a NULL texture means that nothing is there */

  /* Of the cache itself: */
  GList link;
  gsize cost;
  uint64_t last_use;
} DrawTile;

/**
 * DrawTileCache: tiles by key. Tiles used least recently go first when the bytes of all are over
 * the limit, or when there are more tiles than DRAW_TILE_CACHE_MAX_TILES, empty ones counted. One
 * thread.
 */
typedef struct _DrawTileCache DrawTileCache;

#define DRAW_TILE_CACHE_MAX_TILES 8192

/* @max_cost: bytes. */
DrawTileCache *draw_tile_cache_new (gsize max_cost);
void draw_tile_cache_free (DrawTileCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawTileCache, draw_tile_cache_free)

void draw_tile_cache_set_max_cost (DrawTileCache *self, gsize max_cost);
/* Borrowed until the next trim, NULL when it is not there. Does not count as use. */
DrawTile *draw_tile_cache_peek (DrawTileCache *self, DrawTileKey key);
/* The same, made when it is not there; counts as use. */
DrawTile *draw_tile_cache_use (DrawTileCache *self, DrawTileKey key);
/* @texture: (transfer none) (nullable): NULL for an empty tile. */
void draw_tile_cache_set_texture (DrawTileCache *self, DrawTile *tile, GdkTexture *texture);
/* Marks every tile of that level that touches @area (in units of @scale device pixels each; NULL:
 * all) as wanted at @serial. */
void draw_tile_cache_invalidate (DrawTileCache *self,
                                 uint16_t level,
                                 double scale,
                                 const BoardRect *area,
                                 uint64_t serial);
/* Forgets the tiles of a level. */
void draw_tile_cache_drop_level (DrawTileCache *self, uint16_t level);
/* Evicts down to the limits; tiles used since the previous trim stay in any case. */
void draw_tile_cache_trim (DrawTileCache *self);
gsize draw_tile_cache_get_cost (DrawTileCache *self);
guint draw_tile_cache_get_n_tiles (DrawTileCache *self);

/* The columns and rows that touch @area: (out) inclusive ends. Empty areas give first > last. */
void draw_tile_range (const BoardRect *area,
                      double scale,
                      int *first_column,
                      int *first_row,
                      int *last_column,
                      int *last_row);

G_END_DECLS
