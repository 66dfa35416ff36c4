/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "canvas/draw-tile-cache.h"
#include "canvas/draw-tile-layer.h"

#define VIEW_SIZE 512 /* device pixels: two by two tiles, and a ring of one around them */

/* A board of one long stroke, and a count of how often tiles asked for it. */
typedef struct {
  DrawTileLayer *layer;
  BoardElement *element;
  guint n_queries;
  guint n_changed;
  DrawView view;
} Fixture;

static DrawScene *
query (gpointer data, const BoardRect *area)
{
  Fixture *fixture = data;
  DrawScene *scene = draw_scene_new (NULL);
  BoardRect bounds;

  fixture->n_queries++;
  board_element_get_bounds (fixture->element, &bounds);
  if (board_rect_intersects (&bounds, area))
    draw_scene_add (scene, NULL, fixture->element, 1);
  return scene;
}

static void
on_changed (DrawTileLayer *layer, gpointer data)
{
  ((Fixture *) data)->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const BoardPoint points[] = { { -5000, 100, 0.5f }, { 5000, 100, 0.5f } };

  fixture->element = board_element_new_freedraw ("a", "a0", "#ff0000", 20, points, 2);
  fixture->layer = draw_tile_layer_new (query, fixture);
  g_signal_connect (fixture->layer, "changed", G_CALLBACK (on_changed), fixture);
  fixture->view = (DrawView){ 1, 1, 0, 0, VIEW_SIZE, VIEW_SIZE };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  draw_tile_layer_stop (fixture->layer);
  g_object_unref (fixture->layer);
  board_element_unref (fixture->element);
}

/* What a frame shows: the alpha of a device pixel. */
static guint8
show (Fixture *fixture, int x, int y)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, VIEW_SIZE, VIEW_SIZE);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;
  guint8 alpha;

  draw_tile_layer_snapshot (fixture->layer, snapshot, &fixture->view);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_scale (cr, fixture->view.device_scale, fixture->view.device_scale);
  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  alpha = cairo_image_surface_get_data (
      surface)[y * cairo_image_surface_get_stride (surface) + 4 * x + 3];
  cairo_surface_destroy (surface);
  return alpha;
}

/* Shows frames until all is painted, the ring around the view included. */
static void
settle (Fixture *fixture)
{
  guint n_before;

  do
    {
      n_before = fixture->n_queries;
      show (fixture, 0, 0);
      while (!draw_tile_layer_is_ready (fixture->layer, NULL)
             || !draw_tile_layer_is_idle (fixture->layer))
        {
          g_main_context_iteration (NULL, TRUE);
          show (fixture, 0, 0);
        }
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (fixture->n_queries != n_before);
}

static void
test_paints_what_is_seen (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (show (fixture, 100, 100), ==, 0);
  settle (fixture);
  g_assert_cmpint (show (fixture, 100, 100), ==, 255);
  g_assert_cmpint (show (fixture, 500, 100), ==, 255);
  g_assert_cmpint (show (fixture, 100, 200), ==, 0);
  g_assert_cmpuint (fixture->n_changed, >, 0);
}

/* A second look costs nothing, and what lies around was painted in advance. */
static void
test_asks_once (Fixture *fixture, gconstpointer data)
{
  settle (fixture);
  const guint n = fixture->n_queries;

  g_assert_cmpuint (n, ==, 16);
  show (fixture, 0, 0);
  settle (fixture);
  g_assert_cmpuint (fixture->n_queries, ==, n);
  fixture->view.left += 100;
  g_assert_cmpint (show (fixture, 511, 100), ==, 255);
}

static void
test_repaints_what_is_damaged (Fixture *fixture, gconstpointer data)
{
  const BoardRect damage = { 300, 60, 10, 80 };
  const BoardPoint points[] = { { -5000, 200, 0.5f }, { 5000, 200, 0.5f } };

  settle (fixture);
  const guint n = fixture->n_queries;

  g_assert_true (draw_tile_layer_is_ready (fixture->layer, &damage));
  board_element_unref (fixture->element);
  fixture->element = board_element_new_freedraw ("a", "a0", "#ff0000", 20, points, 2);
  draw_tile_layer_invalidate (fixture->layer, &damage);
  g_assert_false (draw_tile_layer_is_ready (fixture->layer, &damage));
  /* Until the new picture is there the old one stays: no hole. */
  g_assert_cmpint (show (fixture, 300, 100), ==, 255);
  settle (fixture);
  g_assert_cmpuint (fixture->n_queries, ==, n + 1);
  g_assert_cmpint (show (fixture, 300, 100), ==, 0);
  g_assert_cmpint (show (fixture, 300, 200), ==, 255);
  /* What was not damaged was not painted again. */
  g_assert_cmpint (show (fixture, 100, 100), ==, 255);
}

static void
test_zoom_shows_the_last_level (Fixture *fixture, gconstpointer data)
{
  settle (fixture);
  fixture->view.scale = 2;
  g_assert_cmpint (show (fixture, 100, 200), ==, 255);
  g_assert_cmpint (show (fixture, 100, 100), ==, 0);
  settle (fixture);
  g_assert_cmpint (show (fixture, 100, 200), ==, 255);

  fixture->view.scale = 0.5;
  g_assert_cmpint (show (fixture, 100, 50), ==, 255);
}

/* A zoom that is on its way asks for no tiles of scales that nobody will see. */
static void
test_zoom_rests_before_it_paints (Fixture *fixture, gconstpointer data)
{
  settle (fixture);
  const guint n = fixture->n_queries;

  for (fixture->view.scale = 1; fixture->view.scale > 0.8; fixture->view.scale -= 0.01)
    show (fixture, 0, 0);
  g_assert_cmpuint (fixture->n_queries, <, n + 20);
  g_assert_false (draw_tile_layer_is_ready (fixture->layer, NULL));
  settle (fixture);
  g_assert_true (draw_tile_layer_is_ready (fixture->layer, NULL));
}

/* All threads are at tiles of levels that are gone when the zoom rests: what it shows then is painted
 * without anybody asking again. */
static void
test_levels_gone_in_flight (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++, fixture->view.scale *= 2)
    show (fixture, 0, 0);
  fixture->view.scale = 1.5;
  show (fixture, 0, 0);
  while (!draw_tile_layer_is_idle (fixture->layer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (draw_tile_layer_is_ready (fixture->layer, NULL));
}

static void
test_device_scale (Fixture *fixture, gconstpointer data)
{
  fixture->view = (DrawView){ 2, 2, 0, 0, VIEW_SIZE, VIEW_SIZE };
  settle (fixture);
  g_assert_cmpint (show (fixture, 100, 200), ==, 255);
  g_assert_cmpint (show (fixture, 100, 215), ==, 255);
  g_assert_cmpint (show (fixture, 100, 225), ==, 0);
}

static void
test_clear_forgets (Fixture *fixture, gconstpointer data)
{
  settle (fixture);
  draw_tile_layer_clear (fixture->layer);
  g_assert_cmpint (show (fixture, 100, 100), ==, 0);
  settle (fixture);
  g_assert_cmpint (show (fixture, 100, 100), ==, 255);
}

/* Another layer shows the picture of this one, asking nobody, until it may ask: then the picture stays
 * where it is tile by tile until the real one is there. */
static void
test_picture (Fixture *fixture, gconstpointer data)
{
  const BoardPoint points[] = { { -5000, 200, 0.5f }, { 5000, 200, 0.5f } };
  cairo_surface_t *picture;
  double level;
  int column, row;

  fixture->view.left = fixture->view.top = 10;
  show (fixture, 0, 0);
  g_assert_null (draw_tile_layer_make_picture (fixture->layer, &level, &column, &row));
  settle (fixture);
  picture = draw_tile_layer_make_picture (fixture->layer, &level, &column, &row);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, 3 * DRAW_TILE_SIZE);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, 3 * DRAW_TILE_SIZE);
  g_assert_cmpfloat (level, ==, 1);
  g_assert_cmpint (column, ==, 0);
  g_assert_cmpint (row, ==, 0);

  draw_tile_layer_clear (fixture->layer);
  draw_tile_layer_set_paused (fixture->layer, TRUE);
  draw_tile_layer_take_picture (fixture->layer, picture, level, column, row);
  cairo_surface_destroy (picture);
  const guint n = fixture->n_queries;
  for (int x = 0; x < VIEW_SIZE; x += 50)
    {
      g_assert_cmpint (show (fixture, x, 90), ==, 255);
      g_assert_cmpint (show (fixture, x, 300), ==, 0);
    }
  g_assert_cmpuint (fixture->n_queries, ==, n);
  g_assert_false (draw_tile_layer_is_ready (fixture->layer, NULL));

  /* What the board really is. */
  board_element_unref (fixture->element);
  fixture->element = board_element_new_freedraw ("a", "a0", "#ff0000", 20, points, 2);
  draw_tile_layer_set_paused (fixture->layer, FALSE);
  g_assert_cmpint (show (fixture, 100, 90), ==, 255);
  settle (fixture);
  g_assert_cmpint (show (fixture, 100, 90), ==, 0);
  g_assert_cmpint (show (fixture, 100, 190), ==, 255);
}

/* A layer may go while threads still paint for it. */
static void
test_stops (Fixture *fixture, gconstpointer data)
{
  show (fixture, 0, 0);
  draw_tile_layer_stop (fixture->layer);
  const guint n = fixture->n_queries;

  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  show (fixture, 0, 0);
  g_assert_cmpuint (fixture->n_queries, ==, n);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

#define add(name, test) g_test_add ("/tile-layer/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* GSK makes its types with the display. */
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  add ("paints-what-is-seen", test_paints_what_is_seen);
  add ("asks-once", test_asks_once);
  add ("repaints-what-is-damaged", test_repaints_what_is_damaged);
  add ("zoom-shows-the-last-level", test_zoom_shows_the_last_level);
  add ("zoom-rests-before-it-paints", test_zoom_rests_before_it_paints);
  add ("levels-gone-in-flight", test_levels_gone_in_flight);
  add ("device-scale", test_device_scale);
  add ("clear-forgets", test_clear_forgets);
  add ("picture", test_picture);
  add ("stops", test_stops);
  return g_test_run ();
}
