/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Screens of many densities, whole and fractional: what tiles show there is, pixel by pixel, what
 * the painter paints at that scale in one go, so nothing is stretched or shifted. Needs a display. */

#include <math.h>

#include "canvas-fixture.h"
#include "canvas/draw-paper.h"
#include "canvas/draw-tile-layer.h"

/* Widget pixels. */
#define WIDTH 300
#define HEIGHT 200
/* Tiles fill strokes by a rasterizer of their own: edges differ a bit from cairo's, as everywhere
 * where two neighbours meet. */
#define CHANNEL_TOLERANCE 40
#define PIXELS_TOLERANCE 0.002

typedef struct {
  const char *name;
  double device, zoom;
} Row;

static const Row rows[] = {
  { "whole", 1, 1 },
  { "double", 2, 1 },
  { "quarter", 1.25, 1 },
  { "half", 1.5, 1 },
  { "three-quarters", 1.75, 1 },
  { "double-zoomed", 2, 0.73 },
  { "quarter-zoomed", 1.25, 1.37 },
  { "half-zoomed", 1.5, 2.9 },
};

static BoardReplica *
create_board (void)
{
  BoardPoint points[41] = { 0 };
  g_autoptr (BoardStroke) stroke = NULL;
  g_autofree char *packed = NULL, *ink = NULL;

  for (guint i = 0; i <= 40; i++)
    points[i] = (BoardPoint){ 6.0 * i, 30 * sin (i / 5.0), (float) i / 40 };
  stroke = board_stroke_new (points, G_N_ELEMENTS (points));
  packed = board_stroke_pack (stroke);
  ink = g_strdup_printf ("\"type\":\"freedraw\",\"x\":20,\"y\":100,\"strokeWidth\":6,"
                         "\"strokeColor\":\"#2f9e44\",\"points\":\"%s\"",
                         packed);
  return canvas_fixture_board (
      "\"type\":\"ellipse\",\"x\":30,\"y\":20,\"width\":200,\"height\":150,\"strokeWidth\":2,"
      "\"roughness\":0,\"strokeColor\":\"#e03131\",\"backgroundColor\":\"#ffc9c9\"",
      "\"type\":\"rectangle\",\"x\":10,\"y\":15,\"width\":90,\"height\":60,\"strokeWidth\":1,"
      "\"roughness\":0,\"strokeColor\":\"#1971c2\",\"strokeStyle\":\"dashed\"",
      ink, NULL);
}

static DrawScene *
query (gpointer data, const BoardRect *area)
{
  return draw_scene_new_for_tile (board_replica_get_document (data), area, NULL);
}

/* A frame, on a surface of device pixels. */
static cairo_surface_t *
show (DrawTileLayer *layer, const DrawView *view, DrawPaper paper)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width, view->height);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  draw_paper_snapshot (paper, DRAW_PAPER_SPACING, snapshot, view, FALSE);
  if (layer != NULL)
    draw_tile_layer_snapshot (layer, snapshot, view);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_scale (cr, view->device_scale, view->device_scale);
  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_surface_t *
show_settled (DrawTileLayer *layer, const DrawView *view)
{
  cairo_surface_destroy (show (layer, view, DRAW_PAPER_PLAIN));
  while (!draw_tile_layer_is_ready (layer, NULL))
    g_main_context_iteration (NULL, TRUE);
  return show (layer, view, DRAW_PAPER_PLAIN);
}

static cairo_surface_t *
paint (BoardReplica *board, const DrawView *view)
{
  const double scale = view->scale;
  const BoardRect clip = { (double) view->left / scale, (double) view->top / scale,
                           view->width / scale, view->height / scale };
  const DrawPainting painting = { .clip = clip, .scale = scale };
  g_autoptr (DrawScene) scene
      = draw_scene_new_for_document (board_replica_get_document (board), NULL, NULL);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width, view->height);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, (double) -view->left, (double) -view->top);
  cairo_scale (cr, scale, scale);
  draw_scene_paint (scene, cr, &painting);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint8 *
get_pixel (cairo_surface_t *surface, int x, int y)
{
  return cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
         + 4 * x;
}

static gboolean
is_other_color (const guint8 *a, const guint8 *b)
{
  for (guint i = 0; i < 4; i++)
    if (abs (a[i] - b[i]) > CHANNEL_TOLERANCE)
      return TRUE;
  return FALSE;
}

/* The share of pixels that are of another colour, and of those that are of any. */
static double
compare (cairo_surface_t *a, cairo_surface_t *b, double *painted)
{
  const int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  guint n = 0, n_painted = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        n += is_other_color (get_pixel (a, x, y), get_pixel (b, x, y));
        n_painted += get_pixel (a, x, y)[3] > 0;
      }
  *painted = (double) n_painted / (width * height);
  return (double) n / (width * height);
}

static DrawView
get_view (const Row *row)
{
  return (DrawView){ .scale = row->device * row->zoom,
                     .device_scale = row->device,
                     .left = -7,
                     .top = 3,
                     .width = (int) ceil (WIDTH * row->device),
                     .height = (int) ceil (HEIGHT * row->device) };
}

static void
test_tiles (gconstpointer data)
{
  const DrawView view = get_view (data);
  g_autoptr (BoardReplica) board = create_board ();
  g_autoptr (DrawTileLayer) layer = draw_tile_layer_new (query, board);
  cairo_surface_t *shown = show_settled (layer, &view), *wanted = paint (board, &view);
  double painted;

  g_assert_cmpfloat (compare (shown, wanted, &painted), <=, PIXELS_TOLERANCE);
  g_assert_cmpfloat (painted, >, 0.2);
  draw_tile_layer_stop (layer);
  while (!draw_tile_layer_is_idle (layer))
    g_main_context_iteration (NULL, TRUE);
  cairo_surface_destroy (shown);
  cairo_surface_destroy (wanted);
}

/* Lines of paper are as sharp and as thick everywhere: no pixel is covered in part. */
static void
test_paper (gconstpointer data)
{
  const DrawView view = get_view (data);
  cairo_surface_t *shown = show (NULL, &view, DRAW_PAPER_LINES);
  g_autoptr (GHashTable) alphas = g_hash_table_new (NULL, NULL);
  const int thickness = (int) MAX (round (view.device_scale), 1);
  int run = 0;

  for (int y = 0; y < view.height; y++)
    {
      const guint8 alpha = get_pixel (shown, 5, y)[3];

      g_hash_table_add (alphas, GINT_TO_POINTER ((int) alpha));
      if (alpha == 0)
        g_assert_true (run == 0 || run == thickness || y == run);
      run = alpha != 0 ? run + 1 : 0;
    }
  g_assert_cmpuint (g_hash_table_size (alphas), ==, 2);
  cairo_surface_destroy (shown);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tiles = g_strconcat ("/scales/tiles/", rows[i].name, NULL);
      g_autofree char *paper = g_strconcat ("/scales/paper/", rows[i].name, NULL);

      g_test_add_data_func (tiles, &rows[i], test_tiles);
      g_test_add_data_func (paper, &rows[i], test_paper);
    }
  return g_test_run ();
}
