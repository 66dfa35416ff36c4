/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-tile-layer.h"

#include <math.h>

#include "canvas/draw-image-header.h"
#include "canvas/draw-tile-cache.h"

/* Levels whose tiles are remembered: the current one and what may stand in for it. */
#define N_LEVELS 6
/* Bytes of tiles kept, and how many times what is visible at least. */
#define MAX_COST (32 * 1024 * 1024)
#define MAX_COST_VISIBLE 3
/* A zoom that rests that long gets a level of its own. ms */
#define REST_TIME 60
/* So does one that is this many doublings away from the level shown. */
#define LEVEL_REACH 0.6
/* A level this many doublings away does not stand in: a missing tile would need too many of its
 * tiles. */
#define FALLBACK_REACH 3.2
/* Time that asking for what tiles show may take of a frame, µs: a crowded place that was never
 * asked for, or has changed, takes some milliseconds. */
#define ASKING_MAX 2000
/* Tiles around what is visible that are painted in advance, so that panning finds them. */
#define RING 1

typedef struct {
  uint16_t id; /* 0: none */
  double scale;
} Level;

typedef struct {
  int first_column, first_row, last_column, last_row;
} Range;

struct _DrawTileLayer {
  GObject parent_instance;

  /* borrowed */
  DrawTileQuery query; /* NULL once stopped */
  gpointer query_data;

  /* owned */
  DrawTileCache *cache;
  guint rest_source;
  guint later_source;

  Level levels[N_LEVELS]; /* most recently shown first; [0] is the current one */
  uint16_t last_id;
  uint64_t serial; /* of the newest change, from 1 on */
  guint n_in_flight;
  uint64_t n_painted;
  int64_t asking; /* µs spent on it since the last frame */
  DrawView view;       /* of the last snapshot; width 0 before it */
  double moving_scale; /* the view's scale at the last snapshot, to see whether it rests */
  gboolean dark;
  gboolean paused;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (DrawTileLayer, draw_tile_layer, G_TYPE_OBJECT)

static void schedule (DrawTileLayer *self);

/* ---- levels ---- */

static uint16_t
take_id (DrawTileLayer *self)
{
  for (;;)
    {
      gboolean taken = FALSE;

      if (++self->last_id == 0)
        self->last_id = 1;
      for (guint i = 0; i < N_LEVELS; i++)
        taken |= self->levels[i].id == self->last_id;
      if (!taken)
        return self->last_id;
    }
}

/* Makes the level of that scale the current one. */
static void
show_level (DrawTileLayer *self, double scale)
{
  Level level = { 0, scale };
  guint place = 0;

  while (place < N_LEVELS - 1
         && !(self->levels[place].id != 0 && self->levels[place].scale == scale))
    place++;
  if (self->levels[place].id != 0 && self->levels[place].scale == scale)
    level = self->levels[place];
  else
    {
      if (self->levels[place].id != 0)
        draw_tile_cache_drop_level (self->cache, self->levels[place].id);
      level.id = take_id (self);
    }
  for (; place > 0; place--)
    self->levels[place] = self->levels[place - 1];
  self->levels[0] = level;
}

static gboolean
on_zoom_rests (gpointer data)
{
  DrawTileLayer *self = data;

  self->rest_source = 0;
  if (self->view.width > 0)
    show_level (self, self->view.scale);
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
choose_level (DrawTileLayer *self, double scale)
{
  const Level *current = &self->levels[0];

  if (current->id == 0 || fabs (log2 (scale / current->scale)) > LEVEL_REACH)
    show_level (self, scale);
  else if (current->scale != scale && scale != self->moving_scale)
    {
      g_clear_handle_id (&self->rest_source, g_source_remove);
      self->rest_source = g_timeout_add (REST_TIME, on_zoom_rests, self);
    }
  self->moving_scale = scale;
}

/* ---- what is seen ---- */

static void
get_visible (const DrawView *view, BoardRect *area)
{
  *area = (BoardRect){ (double) view->left / view->scale, (double) view->top / view->scale,
                       view->width / view->scale, view->height / view->scale };
}

static void
get_range (DrawTileLayer *self, const Level *level, const BoardRect *area, Range *range)
{
  draw_tile_range (area, level->scale, &range->first_column, &range->first_row, &range->last_column,
                   &range->last_row);
}

static void
get_visible_range (DrawTileLayer *self, const Level *level, Range *range)
{
  BoardRect visible;

  get_visible (&self->view, &visible);
  get_range (self, level, &visible, range);
}

static void
get_tile_area (const Level *level, int column, int row, BoardRect *area)
{
  const double side = DRAW_TILE_SIZE / level->scale;

  *area = (BoardRect){ column * side, row * side, side, side };
}

static gboolean
is_current (const DrawTile *tile)
{
  return tile != NULL && tile->known && tile->painted >= tile->wanted;
}

/* Where a tile is in the widget: widget pixels. */
static void
place_tile (DrawTileLayer *self, const Level *level, int column, int row, graphene_rect_t *rect)
{
  const double zoom = self->view.scale / level->scale, device = self->view.device_scale;

  graphene_rect_init (rect,
                      (float) ((column * (double) DRAW_TILE_SIZE * zoom - (double) self->view.left)
                               / device),
                      (float) ((row * (double) DRAW_TILE_SIZE * zoom - (double) self->view.top)
                               / device),
                      (float) (DRAW_TILE_SIZE * zoom / device),
                      (float) (DRAW_TILE_SIZE * zoom / device));
}

static void
append_tile (DrawTileLayer *self, GtkSnapshot *snapshot, const Level *level, DrawTile *tile)
{
  graphene_rect_t rect;

  if (tile->texture == NULL)
    return;
  place_tile (self, level, draw_tile_key_get_column (tile->key), draw_tile_key_get_row (tile->key),
              &rect);
  draw_tile_texture_append (tile->texture, snapshot, &rect, self->view.software);
}

/* ---- standing in ---- */

/* The share (0..1) of @area that a level knows. */
static double
measure_cover (DrawTileLayer *self, const Level *level, const Range *range)
{
  guint n_known = 0, n = 0;

  for (int row = range->first_row; row <= range->last_row; row++)
    for (int column = range->first_column; column <= range->last_column; column++)
      {
        DrawTile *tile = draw_tile_cache_peek (self->cache, draw_tile_key (level->id, column, row));

        n++;
        n_known += tile != NULL && tile->known;
      }
  return n > 0 ? (double) n_known / n : 0;
}

static const Level *
find_fallback (DrawTileLayer *self, const BoardRect *area, Range *range)
{
  const Level *best = NULL;
  double best_cover = 0;

  for (guint i = 1; i < N_LEVELS && best_cover < 1; i++)
    {
      const Level *level = &self->levels[i];
      Range candidate;
      double cover;

      if (level->id == 0 || log2 (level->scale / self->view.scale) > FALLBACK_REACH)
        continue;
      get_range (self, level, area, &candidate);
      cover = measure_cover (self, level, &candidate);
      if (cover > best_cover)
        {
          best = level;
          best_cover = cover;
          *range = candidate;
        }
    }
  return best;
}

static void
append_fallback (DrawTileLayer *self, GtkSnapshot *snapshot, int column, int row)
{
  const Level *level;
  BoardRect area;
  graphene_rect_t rect;
  Range range;

  get_tile_area (&self->levels[0], column, row, &area);
  level = find_fallback (self, &area, &range);
  if (level == NULL)
    return;
  place_tile (self, &self->levels[0], column, row, &rect);
  gtk_snapshot_push_clip (snapshot, &rect);
  for (int r = range.first_row; r <= range.last_row; r++)
    for (int c = range.first_column; c <= range.last_column; c++)
      if (draw_tile_cache_peek (self->cache, draw_tile_key (level->id, c, r)) != NULL)
        append_tile (self, snapshot, level,
                     draw_tile_cache_use (self->cache, draw_tile_key (level->id, c, r)));
  gtk_snapshot_pop (snapshot);
}

/* ---- painting ---- */

static void
on_tile_painted (gpointer data, uint64_t ticket, GdkTexture *texture)
{
  g_autoptr (DrawTileLayer) self = data;
  DrawTile *tile = draw_tile_cache_peek (self->cache, ticket);

  self->n_in_flight--;
  if (tile != NULL && tile->in_flight != 0 && self->query != NULL)
    {
      draw_tile_cache_set_texture (self->cache, tile, texture);
      tile->painted = tile->in_flight;
      tile->in_flight = 0;
      g_signal_emit (self, changed_signal, 0);
    }
  /* Also when what was painted is not wanted any more: what is may have waited for this thread. */
  schedule (self);
}

static void
start_tile (DrawTileLayer *self, DrawTile *tile)
{
  const Level *level = &self->levels[0];
  const int column = draw_tile_key_get_column (tile->key), row = draw_tile_key_get_row (tile->key);
  g_autoptr (DrawScene) scene = NULL;
  BoardRect area;

  get_tile_area (level, column, row, &area);
  scene = self->query (self->query_data, &area);
  tile->in_flight = self->serial;
  if (scene == NULL || draw_scene_is_empty (scene))
    {
      draw_tile_cache_set_texture (self->cache, tile, NULL);
      tile->painted = tile->in_flight;
      tile->in_flight = 0;
      return;
    }
  self->n_in_flight++;
  self->n_painted++;
  draw_tile_painter_paint (draw_tile_painter_get_default (), column, row, level->scale, self->dark,
                           g_steal_pointer (&scene), tile->key, on_tile_painted,
                           g_object_ref (self));
}

/* The tile to be painted next: visible before not visible, then from the middle outward; NULL when
 * all is painted. */
static DrawTile *
find_next (DrawTileLayer *self)
{
  const Level *level = &self->levels[0];
  double best_distance = G_MAXDOUBLE;
  DrawTileKey best = 0;
  Range range;

  get_visible_range (self, level, &range);
  const double middle_x = (range.first_column + range.last_column) / 2.0;
  const double middle_y = (range.first_row + range.last_row) / 2.0;

  for (int row = range.first_row - RING; row <= range.last_row + RING; row++)
    for (int column = range.first_column - RING; column <= range.last_column + RING; column++)
      {
        const DrawTileKey key = draw_tile_key (level->id, column, row);
        const DrawTile *tile = draw_tile_cache_peek (self->cache, key);
        const gboolean visible = column >= range.first_column && column <= range.last_column
                                 && row >= range.first_row && row <= range.last_row;
        const double distance = hypot (column - middle_x, row - middle_y) + (visible ? 0 : 1e6);

        if (is_current (tile) || (tile != NULL && tile->in_flight != 0)
            || distance >= best_distance)
          continue;
        best_distance = distance;
        best = key;
      }
  return best_distance < G_MAXDOUBLE ? draw_tile_cache_use (self->cache, best) : NULL;
}

/* When frames have been made. */
static gboolean
on_later (gpointer data)
{
  DrawTileLayer *self = data;

  self->later_source = 0;
  self->asking = 0;
  schedule (self);
  /* what turned out to be empty is known now */
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
start_measured (DrawTileLayer *self, DrawTile *tile)
{
  const int64_t start = g_get_monotonic_time ();

  start_tile (self, tile);
  self->asking += g_get_monotonic_time () - start;
}

/* Keeps as many tiles in flight as the threads can take at once, no more: what is worth painting
 * next is decided when a thread is free, by what is visible then. */
static void
schedule (DrawTileLayer *self)
{
  const guint max = draw_tile_painter_get_n_threads (draw_tile_painter_get_default ()) + 1;

  /* After a clear there is no level until something is shown again. */
  if (self->query == NULL || self->paused || self->view.width <= 0 || self->view.height <= 0
      || self->levels[0].id == 0)
    return;
  while (self->n_in_flight < max)
    {
      DrawTile *tile = find_next (self);

      if (tile == NULL)
        break;
      if (self->asking >= ASKING_MAX)
        {
          if (self->later_source == 0)
            self->later_source = g_idle_add (on_later, self);
          break;
        }
      start_measured (self, tile);
    }
}

/* ---- object ---- */

static void
draw_tile_layer_finalize (GObject *object)
{
  DrawTileLayer *self = DRAW_TILE_LAYER (object);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->later_source, g_source_remove);
  draw_tile_cache_free (self->cache);
  G_OBJECT_CLASS (draw_tile_layer_parent_class)->finalize (object);
}

static void
draw_tile_layer_class_init (DrawTileLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_tile_layer_finalize;
  changed_signal = g_signal_new ("changed", DRAW_TYPE_TILE_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
draw_tile_layer_init (DrawTileLayer *self)
{
  self->cache = draw_tile_cache_new (MAX_COST);
  self->serial = 1;
}

DrawTileLayer *
draw_tile_layer_new (DrawTileQuery query, gpointer data)
{
  DrawTileLayer *self;

  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (DRAW_TYPE_TILE_LAYER, NULL);
  self->query = query;
  self->query_data = data;
  return self;
}

void
draw_tile_layer_stop (DrawTileLayer *self)
{
  g_return_if_fail (DRAW_IS_TILE_LAYER (self));

  self->query = NULL;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->later_source, g_source_remove);
}

void
draw_tile_layer_set_dark (DrawTileLayer *self, gboolean dark)
{
  g_return_if_fail (DRAW_IS_TILE_LAYER (self));

  if (self->dark == !!dark)
    return;
  self->dark = !!dark;
  draw_tile_layer_invalidate (self, NULL);
}

void
draw_tile_layer_invalidate (DrawTileLayer *self, const BoardRect *area)
{
  g_return_if_fail (DRAW_IS_TILE_LAYER (self));

  self->serial++;
  for (guint i = 0; i < N_LEVELS; i++)
    if (self->levels[i].id != 0)
      draw_tile_cache_invalidate (self->cache, self->levels[i].id, self->levels[i].scale, area,
                                  self->serial);
  schedule (self);
}

void
draw_tile_layer_clear (DrawTileLayer *self)
{
  g_return_if_fail (DRAW_IS_TILE_LAYER (self));

  self->serial++;
  for (guint i = 0; i < N_LEVELS; i++)
    {
      if (self->levels[i].id != 0)
        draw_tile_cache_drop_level (self->cache, self->levels[i].id);
      self->levels[i] = (Level){ 0 };
    }
  g_signal_emit (self, changed_signal, 0);
}

void
draw_tile_layer_set_paused (DrawTileLayer *self, gboolean paused)
{
  g_return_if_fail (DRAW_IS_TILE_LAYER (self));

  self->paused = paused != FALSE;
  schedule (self);
}

/* ---- pictures of it ---- */

static void
copy_tile (cairo_t *cr, cairo_surface_t *surface, int column, int row)
{
  const double x = (double) column * DRAW_TILE_SIZE, y = (double) row * DRAW_TILE_SIZE;

  cairo_set_source_surface (cr, surface, x, y);
  cairo_rectangle (cr, MAX (x, 0), MAX (y, 0), DRAW_TILE_SIZE, DRAW_TILE_SIZE);
  cairo_fill (cr);
}

cairo_surface_t *
draw_tile_layer_make_picture (DrawTileLayer *self, double *level, int *column, int *row)
{
  cairo_surface_t *picture;
  Range range;
  cairo_t *cr;

  g_return_val_if_fail (DRAW_IS_TILE_LAYER (self), NULL);
  g_return_val_if_fail (level != NULL && column != NULL && row != NULL, NULL);

  if (!draw_tile_layer_is_ready (self, NULL))
    return NULL;
  get_visible_range (self, &self->levels[0], &range);
  *level = self->levels[0].scale;
  *column = range.first_column;
  *row = range.first_row;
  const int width = range.last_column - range.first_column + 1;
  const int height = range.last_row - range.first_row + 1;
  if (MAX (width, height) > DRAW_IMAGE_MAX_SIDE / DRAW_TILE_SIZE)
    return NULL;

  picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * DRAW_TILE_SIZE,
                                        height * DRAW_TILE_SIZE);
  cr = cairo_create (picture);
  for (int i = 0; i < width * height; i++)
    {
      const DrawTileKey key = draw_tile_key (self->levels[0].id, *column + i % width,
                                             *row + i / width);
      const DrawTile *tile = draw_tile_cache_peek (self->cache, key);

      if (tile->texture != NULL)
        copy_tile (cr, draw_tile_texture_get_surface (tile->texture), i % width, i / width);
    }
  cairo_destroy (cr);
  return picture;
}

static GdkTexture *
cut_tile (cairo_surface_t *picture, int column, int row)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, DRAW_TILE_SIZE, DRAW_TILE_SIZE);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_surface (cr, picture, -(double) column * DRAW_TILE_SIZE,
                            -(double) row * DRAW_TILE_SIZE);
  cairo_paint (cr);
  cairo_destroy (cr);
  return draw_tile_texture_new (surface);
}

void
draw_tile_layer_take_picture (DrawTileLayer *self,
                              cairo_surface_t *picture,
                              double level,
                              int column,
                              int row)
{
  g_return_if_fail (DRAW_IS_TILE_LAYER (self));
  g_return_if_fail (picture != NULL && level > 0);

  const int width = cairo_image_surface_get_width (picture) / DRAW_TILE_SIZE;
  const int height = cairo_image_surface_get_height (picture) / DRAW_TILE_SIZE;

  show_level (self, level);
  self->serial++;
  for (int i = 0; i < width * height; i++)
    {
      g_autoptr (GdkTexture) texture = cut_tile (picture, i % width, i / width);
      DrawTile *tile
          = draw_tile_cache_use (self->cache, draw_tile_key (self->levels[0].id, column + i % width,
                                                             row + i / width));

      draw_tile_cache_set_texture (self->cache, tile, texture);
      tile->wanted = self->serial;
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
append_tiles (DrawTileLayer *self, GtkSnapshot *snapshot, const Range *range)
{
  const Level *level = &self->levels[0];

  for (int row = range->first_row; row <= range->last_row; row++)
    for (int column = range->first_column; column <= range->last_column; column++)
      {
        DrawTile *tile = draw_tile_cache_use (self->cache, draw_tile_key (level->id, column, row));

        if (tile->known)
          append_tile (self, snapshot, level, tile);
        else
          append_fallback (self, snapshot, column, row);
      }
}

void
draw_tile_layer_snapshot (DrawTileLayer *self, GtkSnapshot *snapshot, const DrawView *view)
{
  Range range;

  g_return_if_fail (DRAW_IS_TILE_LAYER (self));
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (view != NULL && view->scale > 0 && view->device_scale > 0);

  if (self->query == NULL || view->width <= 0 || view->height <= 0)
    return;
  self->view = *view;
  choose_level (self, view->scale);
  get_visible_range (self, &self->levels[0], &range);
  const gsize n_visible = (gsize) (range.last_column - range.first_column + 1)
                          * (gsize) (range.last_row - range.first_row + 1);

  append_tiles (self, snapshot, &range);
  draw_tile_cache_set_max_cost (self->cache,
                                MAX (MAX_COST, MAX_COST_VISIBLE * n_visible * DRAW_TILE_SIZE
                                                   * DRAW_TILE_SIZE * 4));
  self->asking = 0;
  schedule (self);
  draw_tile_cache_trim (self->cache);
}

gboolean
draw_tile_layer_is_ready (DrawTileLayer *self, const BoardRect *area)
{
  Range range, wanted;

  g_return_val_if_fail (DRAW_IS_TILE_LAYER (self), TRUE);

  if (self->view.width <= 0 || self->levels[0].id == 0)
    return FALSE;
  if (area == NULL && self->levels[0].scale != self->view.scale)
    return FALSE;
  get_visible_range (self, &self->levels[0], &range);
  if (area != NULL)
    {
      get_range (self, &self->levels[0], area, &wanted);
      range.first_column = MAX (range.first_column, wanted.first_column);
      range.first_row = MAX (range.first_row, wanted.first_row);
      range.last_column = MIN (range.last_column, wanted.last_column);
      range.last_row = MIN (range.last_row, wanted.last_row);
    }
  for (int row = range.first_row; row <= range.last_row; row++)
    for (int column = range.first_column; column <= range.last_column; column++)
      if (!is_current (
              draw_tile_cache_peek (self->cache, draw_tile_key (self->levels[0].id, column, row))))
        return FALSE;
  return TRUE;
}

gboolean
draw_tile_layer_is_idle (DrawTileLayer *self)
{
  g_return_val_if_fail (DRAW_IS_TILE_LAYER (self), TRUE);

  return self->n_in_flight == 0 && self->later_source == 0;
}

uint64_t
draw_tile_layer_get_n_painted (DrawTileLayer *self)
{
  g_return_val_if_fail (DRAW_IS_TILE_LAYER (self), 0);

  return self->n_painted;
}

gboolean
draw_tile_layer_is_empty (DrawTileLayer *self)
{
  Range range;

  g_return_val_if_fail (DRAW_IS_TILE_LAYER (self), TRUE);

  if (!draw_tile_layer_is_ready (self, NULL))
    return FALSE;
  get_visible_range (self, &self->levels[0], &range);
  for (int row = range.first_row; row <= range.last_row; row++)
    for (int column = range.first_column; column <= range.last_column; column++)
      if (draw_tile_cache_peek (self->cache, draw_tile_key (self->levels[0].id, column, row))
              ->texture
          != NULL)
        return FALSE;
  return TRUE;
}
