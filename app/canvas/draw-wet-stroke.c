/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-wet-stroke.h"

#include <math.h>
#include <string.h>

#include "board/board-limits.h"
#include "canvas/draw-color.h"
#include "canvas/draw-tile-cache.h"

/* Edges are at most that many device pixels off. */
/* Points that tell where a pen is going, and ms that they are looked back for. */
#define PREDICTION_POINTS 4
#define PREDICTION_TIME 24
/* Samples that far apart tell nothing any more. ms */
#define PREDICTION_STALE 60
/* Cosine of the bend up to which it is straight on. */
#define PREDICTION_STRAIGHT 0.8
#define TOLERANCE_PX 0.1

typedef struct {
  DrawTileKey key; /* of level 0 */
  cairo_surface_t *surface;
  DrawRaster *raster;  /* over surface */
  GdkTexture *texture; /* NULL while dirty */
  BoardRect dirty;     /* board units */
} WetTile;

struct _DrawWetStroke {
  char *id, *color;
  double width;
  gboolean dark;

  GArray *points; /* BoardPoint, board coordinates */
  DrawOutline *outline;
  double scale;      /* that outline and tiles are made for; 0 before the first snapshot */
  GHashTable *tiles; /* DrawTileKey (in its WetTile) -> WetTile, owned */
  uint64_t n_painted;
  BoardPoint prediction; /* where the pen is thought to be */
  gboolean has_prediction;
};

static void
wet_tile_free (gpointer data)
{
  WetTile *tile = data;

  draw_raster_free (tile->raster);
  cairo_surface_destroy (tile->surface);
  g_clear_object (&tile->texture);
  g_free (tile);
}

static void
set_outline_knots (DrawWetStroke *self, guint from, BoardRect *damage)
{
  const guint n = self->points->len - from;
  g_autofree DrawKnot *knots = g_new (DrawKnot, n + 1);

  for (guint i = 0; i < n; i++)
    draw_curve_knot (&g_array_index (self->points, BoardPoint, from + i), self->width, &knots[i]);
  if (self->has_prediction)
    draw_curve_knot (&self->prediction, self->width, &knots[n]);
  draw_outline_set_knots (self->outline, from, knots, n + (self->has_prediction ? 1 : 0), damage);
}

static void
set_scale (DrawWetStroke *self, double scale)
{
  if (self->scale == scale)
    return;
  self->scale = scale;
  g_hash_table_remove_all (self->tiles);
  g_clear_pointer (&self->outline, draw_outline_unref);
  self->outline = draw_outline_new (DRAW_OUTLINE_SMOOTH, TOLERANCE_PX / scale);
  set_outline_knots (self, 0, NULL);
}

static void
get_tile_area (DrawWetStroke *self, int column, int row, BoardRect *area)
{
  const double side = DRAW_TILE_SIZE / self->scale;

  *area = (BoardRect){ column * side, row * side, side, side };
}

static WetTile *
ensure_tile (DrawWetStroke *self, int column, int row)
{
  const DrawTileKey key = draw_tile_key (0, column, row);
  WetTile *tile = g_hash_table_lookup (self->tiles, &key);
  BoardRect area;

  if (tile != NULL)
    return tile;
  get_tile_area (self, column, row, &area);
  if (!draw_outline_touches (self->outline, &area))
    return NULL;
  tile = g_new0 (WetTile, 1);
  tile->key = key;
  tile->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, DRAW_TILE_SIZE, DRAW_TILE_SIZE);
  tile->raster = draw_raster_new (tile->surface);
  tile->dirty = area;
  g_hash_table_insert (self->tiles, &tile->key, tile);
  return tile;
}

/* The dirty part of the tile in whole device pixels of the tile, and the same in board units. */
static gboolean
get_dirty_pixels (DrawWetStroke *self,
                  WetTile *tile,
                  cairo_rectangle_int_t *pixels,
                  BoardRect *area)
{
  const double x = (double) draw_tile_key_get_column (tile->key) * DRAW_TILE_SIZE;
  const double y = (double) draw_tile_key_get_row (tile->key) * DRAW_TILE_SIZE;
  const double left = CLAMP (floor (tile->dirty.x * self->scale - x) - 1, 0, DRAW_TILE_SIZE);
  const double top = CLAMP (floor (tile->dirty.y * self->scale - y) - 1, 0, DRAW_TILE_SIZE);
  const double right
      = CLAMP (ceil ((tile->dirty.x + tile->dirty.width) * self->scale - x) + 1, 0, DRAW_TILE_SIZE);
  const double bottom = CLAMP (ceil ((tile->dirty.y + tile->dirty.height) * self->scale - y) + 1, 0,
                               DRAW_TILE_SIZE);

  *pixels = (cairo_rectangle_int_t){ (int) left, (int) top, (int) (right - left),
                                     (int) (bottom - top) };
  *area = (BoardRect){ (left + x) / self->scale, (top + y) / self->scale,
                       (right - left) / self->scale, (bottom - top) / self->scale };
  return right > left && bottom > top;
}

static void
clear_pixels (WetTile *tile, const cairo_rectangle_int_t *pixels)
{
  cairo_t *cr = cairo_create (tile->surface);

  cairo_rectangle (cr, pixels->x, pixels->y, pixels->width, pixels->height);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
paint_tile (DrawWetStroke *self, WetTile *tile)
{
  GdkRGBA color = { 0, 0, 0, 1 };
  cairo_rectangle_int_t pixels;
  BoardRect area;

  if (!get_dirty_pixels (self, tile, &pixels, &area))
    return;
  clear_pixels (tile, &pixels);
  draw_color_parse (self->color, self->dark, &color);
  draw_raster_set_clip (tile->raster, pixels.x, pixels.y, pixels.width, pixels.height);
  draw_outline_raster (self->outline, tile->raster, &area, self->scale,
                       -(double) draw_tile_key_get_column (tile->key) * DRAW_TILE_SIZE,
                       -(double) draw_tile_key_get_row (tile->key) * DRAW_TILE_SIZE);
  draw_raster_fill (tile->raster, &color);
  self->n_painted += (uint64_t) pixels.width * (uint64_t) pixels.height;
}

/* A texture is immutable, so the surface's pixels are copied: 256 KiB for each tile that changed.
 */
static void
update_texture (WetTile *tile)
{
  cairo_surface_t *copy
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, DRAW_TILE_SIZE, DRAW_TILE_SIZE);

  cairo_surface_flush (tile->surface);
  cairo_surface_flush (copy);
  memcpy (cairo_image_surface_get_data (copy), cairo_image_surface_get_data (tile->surface),
          (gsize) cairo_image_surface_get_stride (copy) * DRAW_TILE_SIZE);
  cairo_surface_mark_dirty (copy);
  g_clear_object (&tile->texture);
  tile->texture = draw_tile_texture_new (copy);
}

static void
append_tile (DrawWetStroke *self, GtkSnapshot *snapshot, const DrawView *view, int column, int row)
{
  WetTile *tile = ensure_tile (self, column, row);
  const float device = (float) view->device_scale;

  if (tile == NULL)
    return;
  if (tile->texture == NULL)
    {
      paint_tile (self, tile);
      update_texture (tile);
      tile->dirty = (BoardRect){ 0, 0, 0, 0 };
    }
  draw_tile_texture_append (tile->texture, snapshot,
                            &GRAPHENE_RECT_INIT ((float) ((int64_t) column * DRAW_TILE_SIZE
                                                          - view->left)
                                                     / device,
                                                 (float) ((int64_t) row * DRAW_TILE_SIZE
                                                          - view->top)
                                                     / device,
                                                 DRAW_TILE_SIZE / device, DRAW_TILE_SIZE / device),
                            view->software);
}

/* Tiles that a pan has left behind. */
static void
drop_far_tiles (DrawWetStroke *self, int first_column, int first_row, int last_column, int last_row)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WetTile *tile = value;
      const int column = draw_tile_key_get_column (tile->key),
                row = draw_tile_key_get_row (tile->key);

      if (column < first_column || column > last_column || row < first_row || row > last_row)
        g_hash_table_iter_remove (&iter);
    }
}

static void
mark_dirty (DrawWetStroke *self, const BoardRect *damage)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WetTile *tile = value;
      BoardRect area;

      get_tile_area (self, draw_tile_key_get_column (tile->key), draw_tile_key_get_row (tile->key),
                     &area);
      if (!board_rect_intersects (&area, damage))
        continue;
      if (tile->texture != NULL)
        tile->dirty = *damage;
      else
        board_rect_union (&tile->dirty, damage, &tile->dirty);
      g_clear_object (&tile->texture);
    }
}

DrawWetStroke *
draw_wet_stroke_new (const char *id, const char *color, double width)
{
  DrawWetStroke *self;

  g_return_val_if_fail (id != NULL && color != NULL, NULL);

  self = g_new0 (DrawWetStroke, 1);
  self->id = g_strdup (id);
  self->color = g_strdup (color);
  self->width = isfinite (width) ? CLAMP (width, 0.1, 64) : 1;
  self->points = g_array_new (FALSE, FALSE, sizeof (BoardPoint));
  self->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, wet_tile_free);
  return self;
}

void
draw_wet_stroke_free (DrawWetStroke *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->color);
  g_array_unref (self->points);
  g_clear_pointer (&self->outline, draw_outline_unref);
  g_hash_table_unref (self->tiles);
  g_free (self);
}

const char *
draw_wet_stroke_get_id (DrawWetStroke *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
draw_wet_stroke_get_color (DrawWetStroke *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->color;
}

double
draw_wet_stroke_get_width (DrawWetStroke *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}

void
draw_wet_stroke_set_points (DrawWetStroke *self,
                            guint from,
                            const BoardPoint *points,
                            gsize n_points)
{
  BoardRect damage;

  g_return_if_fail (self != NULL);
  g_return_if_fail (points != NULL || n_points == 0);

  from = MIN (from, self->points->len);
  g_array_set_size (self->points, from);
  for (gsize i = 0; i < n_points && self->points->len < BOARD_MAX_POINTS; i++)
    if (isfinite (points[i].x) && isfinite (points[i].y))
      g_array_append_val (self->points, points[i]);
  self->has_prediction = FALSE;
  if (self->outline == NULL)
    return;
  set_outline_knots (self, from, &damage);
  mark_dirty (self, &damage);
}

/* Where it would be @ms after its last point; FALSE when nobody can tell. */
static gboolean
look_ahead (DrawWetStroke *self, double ms, double reach, BoardPoint *ahead)
{
  const guint n = self->points->len;
  guint i = n - 1;

  if (n < PREDICTION_POINTS || ms <= 0)
    return FALSE;
  const BoardPoint *points = (const BoardPoint *) self->points->data, *last = &points[n - 1];
  while (i > 0 && last->time - points[i].time < PREDICTION_TIME)
    i--;
  const double elapsed = (double) last->time - points[i].time;
  const double dx = last->x - points[i].x, dy = last->y - points[i].y;
  const double near_x = last->x - points[n - 2].x, near_y = last->y - points[n - 2].y;
  const double length = hypot (dx, dy), near = hypot (near_x, near_y);

  if (elapsed <= 0 || elapsed > PREDICTION_STALE || length <= 0 || near <= 0
      || dx * near_x + dy * near_y < PREDICTION_STRAIGHT * length * near)
    return FALSE;
  const double way = MIN (length / elapsed * ms, reach);
  *ahead = *last;
  ahead->x += near_x / near * way;
  ahead->y += near_y / near * way;
  return TRUE;
}

void
draw_wet_stroke_predict (DrawWetStroke *self, double ms, double reach)
{
  const gboolean had = self != NULL && self->has_prediction;
  BoardRect damage;

  g_return_if_fail (self != NULL);

  self->has_prediction = self->points->len > 0 && look_ahead (self, ms, reach, &self->prediction);
  if (self->outline == NULL || (!had && !self->has_prediction))
    return;
  set_outline_knots (self, self->points->len, &damage);
  mark_dirty (self, &damage);
}

guint
draw_wet_stroke_get_n_points (DrawWetStroke *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->points->len;
}

const BoardPoint *
draw_wet_stroke_get_points (DrawWetStroke *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const BoardPoint *) self->points->data;
}

void
draw_wet_stroke_get_bounds (DrawWetStroke *self, BoardRect *bounds)
{
  g_return_if_fail (self != NULL && bounds != NULL);

  *bounds = (BoardRect){ 0, 0, 0, 0 };
  if (self->outline != NULL)
    draw_outline_get_bounds (self->outline, bounds);
}

void
draw_wet_stroke_set_dark (DrawWetStroke *self, gboolean dark)
{
  g_return_if_fail (self != NULL);

  if (self->dark == !!dark)
    return;
  self->dark = !!dark;
  g_hash_table_remove_all (self->tiles);
}

void
draw_wet_stroke_snapshot (DrawWetStroke *self, GtkSnapshot *snapshot, const DrawView *view)
{
  int first_column, first_row, last_column, last_row;

  g_return_if_fail (self != NULL && view != NULL && view->scale > 0);
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));

  set_scale (self, view->scale);
  const BoardRect visible = { (double) view->left / view->scale, (double) view->top / view->scale,
                              view->width / view->scale, view->height / view->scale };
  draw_tile_range (&visible, view->scale, &first_column, &first_row, &last_column, &last_row);
  for (int row = first_row; row <= last_row; row++)
    for (int column = first_column; column <= last_column; column++)
      append_tile (self, snapshot, view, column, row);
  drop_far_tiles (self, first_column, first_row, last_column, last_row);
}

uint64_t
draw_wet_stroke_get_n_painted (DrawWetStroke *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_painted;
}
