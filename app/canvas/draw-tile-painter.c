/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-tile-painter.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "canvas/draw-tile-cache.h"

/* Bytes of outlines kept: about 8,000 strokes as people draw them. Where a view has more, making
 * them anew is a quarter of what filling them costs. */
#define OUTLINES_MAX_COST (12 * 1024 * 1024)
#define THREADS_MAX 4
#define TILE_BYTES ((gsize) DRAW_TILE_SIZE * DRAW_TILE_SIZE * 4)
/* Painting gives way to the thread that makes frames. */
#define NICE 5

struct _DrawTilePainter {
  GThreadPool *pool;
  DrawOutlineCache *outlines;
  guint n_threads;
};

typedef struct {
  DrawTilePainter *painter;
  int column, row;
  double scale;
  gboolean dark;
  DrawScene *scene;
  uint64_t ticket;
  DrawTilePainted painted;
  gpointer data;
  GdkTexture *texture;
} Job;

/* Linux gives each thread a nice value of its own. */
static void
lower_priority (void)
{
  static GPrivate done = G_PRIVATE_INIT (NULL);

  if (g_private_get (&done) != NULL)
    return;
  g_private_set (&done, GINT_TO_POINTER (1));
  setpriority (PRIO_PROCESS, (id_t) gettid (), NICE);
}

static gboolean
on_job_done (gpointer data)
{
  Job *job = data;

  job->painted (job->data, job->ticket, job->texture);
  return G_SOURCE_REMOVE;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->scene, draw_scene_unref);
  g_clear_object (&job->texture);
  g_free (job);
}

/* Not g_main_context_invoke(): that would run it here whenever nobody iterates the main context. */
static void
finish_job (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_job_done, job, job_free);
  g_source_attach (source, NULL);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  cairo_surface_t *surface;

  lower_priority ();
  surface = draw_tile_painter_paint_now (job->painter->outlines, job->column, job->row, job->scale,
                                         job->dark, job->scene);
  if (surface != NULL)
    job->texture = draw_tile_texture_new (surface);
  g_clear_pointer (&job->scene, draw_scene_unref);
  finish_job (job);
}

static gpointer
create_default (gpointer data)
{
  DrawTilePainter *self = g_new0 (DrawTilePainter, 1);

  self->n_threads = CLAMP (g_get_num_processors (), 1, THREADS_MAX);
  self->outlines = draw_outline_cache_new (OUTLINES_MAX_COST);
  /* Exclusive threads: each keeps its font map. */
  self->pool = g_thread_pool_new (run_job, self, (int) self->n_threads, TRUE, NULL);
  return self;
}

DrawTilePainter *
draw_tile_painter_get_default (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, create_default, NULL);
}

guint
draw_tile_painter_get_n_threads (DrawTilePainter *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->n_threads;
}

DrawOutlineCache *
draw_tile_painter_get_outlines (DrawTilePainter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->outlines;
}

void
draw_tile_painter_paint (DrawTilePainter *self,
                         int column,
                         int row,
                         double scale,
                         gboolean dark,
                         DrawScene *scene,
                         uint64_t ticket,
                         DrawTilePainted painted,
                         gpointer data)
{
  Job *job;

  g_return_if_fail (self != NULL && scene != NULL && painted != NULL);
  g_return_if_fail (scale > 0);

  job = g_new0 (Job, 1);
  job->painter = self;
  job->column = column;
  job->row = row;
  job->scale = scale;
  job->dark = dark;
  job->scene = scene;
  job->ticket = ticket;
  job->painted = painted;
  job->data = data;
  g_thread_pool_push (self->pool, job, NULL);
}

static void
free_pixels (gpointer pixels)
{
  munmap (pixels, TILE_BYTES);
}

/* Pages of its own: tiles come and go in other threads than all else, and what malloc() keeps of
 * them is never given back. */
static cairo_surface_t *
create_surface (void)
{
  static const cairo_user_data_key_t key;
  guint8 *pixels
      = mmap (NULL, TILE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  cairo_surface_t *surface;

  if (pixels == MAP_FAILED)
    g_error ("There is no memory for a tile");
  surface = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_ARGB32, DRAW_TILE_SIZE,
                                                 DRAW_TILE_SIZE, DRAW_TILE_SIZE * 4);
  cairo_surface_set_user_data (surface, &key, pixels, free_pixels);
  return surface;
}

cairo_surface_t *
draw_tile_painter_paint_now (DrawOutlineCache *outlines,
                             int column,
                             int row,
                             double scale,
                             gboolean dark,
                             DrawScene *scene)
{
  const double x = (double) column * DRAW_TILE_SIZE, y = (double) row * DRAW_TILE_SIZE;
  const double side = DRAW_TILE_SIZE / scale;
  DrawPainting painting = { { x / scale, y / scale, side, side }, scale, dark, outlines };
  g_autoptr (DrawRaster) raster = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_val_if_fail (scene != NULL, NULL);

  draw_scene_sort (scene);
  if (draw_scene_get_n_elements (scene) == 0)
    return NULL;
  surface = create_surface ();
  raster = draw_raster_new (surface);
  painting.raster = raster;
  painting.dx = -x;
  painting.dy = -y;
  cr = cairo_create (surface);
  cairo_translate (cr, -x, -y);
  cairo_scale (cr, scale, scale);
  draw_scene_paint (scene, cr, &painting);
  cairo_destroy (cr);
  return surface;
}

/* What a texture was made of: kept beside it. */
static GQuark
get_surface_quark (void)
{
  return g_quark_from_static_string ("draw-tile-surface");
}

static GQuark
get_node_quark (void)
{
  return g_quark_from_static_string ("draw-tile-node");
}

GdkTexture *
draw_tile_texture_new (cairo_surface_t *surface)
{
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  g_return_val_if_fail (surface != NULL, NULL);

  cairo_surface_flush (surface);
  const int height = cairo_image_surface_get_height (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  const int width = cairo_image_surface_get_width (surface);

  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  g_object_set_qdata_full (G_OBJECT (texture), get_surface_quark (),
                           cairo_surface_reference (surface),
                           (GDestroyNotify) cairo_surface_destroy);
  return texture;
}

cairo_surface_t *
draw_tile_texture_get_surface (GdkTexture *texture)
{
  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);

  return g_object_get_qdata (G_OBJECT (texture), get_surface_quark ());
}

/* At the origin, a unit for each pixel. Borrowed from the texture. */
static GskRenderNode *
get_node (GdkTexture *texture)
{
  GskRenderNode *node = g_object_get_qdata (G_OBJECT (texture), get_node_quark ());
  cairo_surface_t *surface = g_object_get_qdata (G_OBJECT (texture), get_surface_quark ());
  cairo_t *cr;

  if (node != NULL || surface == NULL)
    return node;
  node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) gdk_texture_get_width (texture),
                                                  (float) gdk_texture_get_height (texture)));
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint (cr);
  cairo_destroy (cr);
  g_object_set_qdata_full (G_OBJECT (texture), get_node_quark (), node,
                           (GDestroyNotify) gsk_render_node_unref);
  return node;
}

void
draw_tile_texture_append (GdkTexture *texture,
                          GtkSnapshot *snapshot,
                          const graphene_rect_t *rect,
                          gboolean software)
{
  GskRenderNode *node;

  g_return_if_fail (GDK_IS_TEXTURE (texture) && GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (rect != NULL);

  node = software ? get_node (texture) : NULL;
  if (node == NULL)
    {
      gtk_snapshot_append_texture (snapshot, texture, rect);
      return;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &rect->origin);
  gtk_snapshot_scale (snapshot, rect->size.width / (float) gdk_texture_get_width (texture),
                      rect->size.height / (float) gdk_texture_get_height (texture));
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}
