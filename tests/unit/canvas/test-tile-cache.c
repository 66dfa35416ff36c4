/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-tile-cache.h"

#define TILE_BYTES (16 * 16 * 4)

static GdkTexture *
create_texture (void)
{
  static const guint8 pixels[TILE_BYTES];
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);

  return gdk_memory_texture_new (16, 16, GDK_MEMORY_DEFAULT, bytes, 16 * 4);
}

static DrawTile *
put (DrawTileCache *cache, DrawTileKey key)
{
  g_autoptr (GdkTexture) texture = create_texture ();
  DrawTile *tile = draw_tile_cache_use (cache, key);

  draw_tile_cache_set_texture (cache, tile, texture);
  return tile;
}

static void
test_keys (void)
{
  static const int places[] = { 0, 1, -1, 255, -256, DRAW_TILE_GRID_MAX, -DRAW_TILE_GRID_MAX };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint k = 0; k < G_N_ELEMENTS (places); k++)
      {
        const DrawTileKey key = draw_tile_key ((uint16_t) (i * 9000), places[i], places[k]);

        g_assert_cmpint (draw_tile_key_get_level (key), ==, i * 9000);
        g_assert_cmpint (draw_tile_key_get_column (key), ==, places[i]);
        g_assert_cmpint (draw_tile_key_get_row (key), ==, places[k]);
      }
  g_assert_cmpint (draw_tile_key_get_column (draw_tile_key (1, G_MAXINT, G_MININT)), ==,
                   DRAW_TILE_GRID_MAX);
}

static void
test_evicts_least_recently_used (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (3 * TILE_BYTES);

  for (int i = 0; i < 3; i++)
    put (cache, draw_tile_key (1, i, 0));
  draw_tile_cache_trim (cache);
  g_assert_cmpuint (draw_tile_cache_get_n_tiles (cache), ==, 3);

  draw_tile_cache_use (cache, draw_tile_key (1, 0, 0));
  put (cache, draw_tile_key (1, 3, 0));
  draw_tile_cache_trim (cache);
  g_assert_nonnull (draw_tile_cache_peek (cache, draw_tile_key (1, 0, 0)));
  g_assert_null (draw_tile_cache_peek (cache, draw_tile_key (1, 1, 0)));
  g_assert_nonnull (draw_tile_cache_peek (cache, draw_tile_key (1, 2, 0)));
  g_assert_cmpuint (draw_tile_cache_get_cost (cache), ==, 3 * TILE_BYTES);
}

static void
test_peeking_is_not_use (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (2 * TILE_BYTES);

  put (cache, draw_tile_key (1, 0, 0));
  put (cache, draw_tile_key (1, 1, 0));
  draw_tile_cache_trim (cache);
  draw_tile_cache_peek (cache, draw_tile_key (1, 0, 0));
  put (cache, draw_tile_key (1, 2, 0));
  draw_tile_cache_trim (cache);
  g_assert_null (draw_tile_cache_peek (cache, draw_tile_key (1, 0, 0)));
}

static void
test_used_tiles_stay_over_the_limit (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (TILE_BYTES);

  for (int i = 0; i < 5; i++)
    put (cache, draw_tile_key (1, i, 0));
  draw_tile_cache_trim (cache);
  g_assert_cmpuint (draw_tile_cache_get_n_tiles (cache), ==, 5);
  draw_tile_cache_use (cache, draw_tile_key (1, 2, 0));
  draw_tile_cache_use (cache, draw_tile_key (1, 2, 0));
  draw_tile_cache_trim (cache);
  g_assert_cmpuint (draw_tile_cache_get_n_tiles (cache), ==, 1);
  g_assert_nonnull (draw_tile_cache_peek (cache, draw_tile_key (1, 2, 0)));
}

static void
test_empty_tiles_are_bounded (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (TILE_BYTES);

  for (int i = 0; i < DRAW_TILE_CACHE_MAX_TILES + 500; i++)
    {
      draw_tile_cache_set_texture (cache, draw_tile_cache_use (cache, draw_tile_key (1, i, 0)),
                                   NULL);
      if (i % 100 == 0)
        draw_tile_cache_trim (cache);
    }
  draw_tile_cache_trim (cache);
  draw_tile_cache_trim (cache);
  g_assert_cmpuint (draw_tile_cache_get_n_tiles (cache), ==, DRAW_TILE_CACHE_MAX_TILES);
  g_assert_cmpuint (draw_tile_cache_get_cost (cache), ==, 0);
}

static void
test_replaced_texture_is_counted_once (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (TILE_BYTES);

  put (cache, draw_tile_key (1, 0, 0));
  put (cache, draw_tile_key (1, 0, 0));
  g_assert_cmpuint (draw_tile_cache_get_cost (cache), ==, TILE_BYTES);
  draw_tile_cache_set_texture (cache, draw_tile_cache_use (cache, draw_tile_key (1, 0, 0)), NULL);
  g_assert_cmpuint (draw_tile_cache_get_cost (cache), ==, 0);
}

/* Tiles of 256 pixels at two pixels a unit are 128 units wide. */
static void
test_invalidates_what_is_touched (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (100 * TILE_BYTES);
  const BoardRect area = { -10, 120, 20, 8 };

  for (int row = -1; row <= 2; row++)
    for (int column = -2; column <= 1; column++)
      {
        put (cache, draw_tile_key (4, column, row));
        put (cache, draw_tile_key (5, column, row));
      }
  draw_tile_cache_invalidate (cache, 4, 2, &area, 7);
  for (int row = -1; row <= 2; row++)
    for (int column = -2; column <= 1; column++)
      {
        const gboolean touched = row == 0 && (column == -1 || column == 0);

        g_assert_cmpuint (draw_tile_cache_peek (cache, draw_tile_key (4, column, row))->wanted, ==,
                          touched ? 7 : 0);
        g_assert_cmpuint (draw_tile_cache_peek (cache, draw_tile_key (5, column, row))->wanted, ==,
                          0);
      }
  draw_tile_cache_invalidate (cache, 5, 2, NULL, 8);
  g_assert_cmpuint (draw_tile_cache_peek (cache, draw_tile_key (5, 1, 2))->wanted, ==, 8);
}

static void
test_drops_a_level (void)
{
  g_autoptr (DrawTileCache) cache = draw_tile_cache_new (100 * TILE_BYTES);

  put (cache, draw_tile_key (1, 0, 0));
  put (cache, draw_tile_key (2, 0, 0));
  draw_tile_cache_drop_level (cache, 1);
  g_assert_null (draw_tile_cache_peek (cache, draw_tile_key (1, 0, 0)));
  g_assert_nonnull (draw_tile_cache_peek (cache, draw_tile_key (2, 0, 0)));
  g_assert_cmpuint (draw_tile_cache_get_cost (cache), ==, TILE_BYTES);
}

static void
test_ranges (void)
{
  const BoardRect exact = { 0, -256, 256, 256 }, nothing = { 10, 10, 0, 0 },
                  endless = { -1e300, 0, 2e300, 1 };
  int first_column, first_row, last_column, last_row;

  draw_tile_range (&exact, 1, &first_column, &first_row, &last_column, &last_row);
  g_assert_cmpint (first_column, ==, 0);
  g_assert_cmpint (last_column, ==, 0);
  g_assert_cmpint (first_row, ==, -1);
  g_assert_cmpint (last_row, ==, -1);
  draw_tile_range (&nothing, 1, &first_column, &first_row, &last_column, &last_row);
  g_assert_cmpint (last_column - first_column, <=, 0);
  draw_tile_range (&endless, 1, &first_column, &first_row, &last_column, &last_row);
  g_assert_cmpint (first_column, ==, -DRAW_TILE_GRID_MAX);
  g_assert_cmpint (last_column, ==, DRAW_TILE_GRID_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tile-cache/keys", test_keys);
  g_test_add_func ("/tile-cache/evicts-least-recently-used", test_evicts_least_recently_used);
  g_test_add_func ("/tile-cache/peeking-is-not-use", test_peeking_is_not_use);
  g_test_add_func ("/tile-cache/used-tiles-stay-over-the-limit",
                   test_used_tiles_stay_over_the_limit);
  g_test_add_func ("/tile-cache/empty-tiles-are-bounded", test_empty_tiles_are_bounded);
  g_test_add_func ("/tile-cache/replaced-texture-is-counted-once",
                   test_replaced_texture_is_counted_once);
  g_test_add_func ("/tile-cache/invalidates-what-is-touched", test_invalidates_what_is_touched);
  g_test_add_func ("/tile-cache/drops-a-level", test_drops_a_level);
  g_test_add_func ("/tile-cache/ranges", test_ranges);
  return g_test_run ();
}
