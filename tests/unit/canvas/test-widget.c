/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole widget in a window: what it shows is read back pixel by pixel. Needs a display. */

#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#include "board/board-replica.h"
#include "canvas/draw-canvas-private.h"
#include "canvas/draw-minimap.h"
#include "tools/draw-tools.h"

#define WIDTH 600
#define HEIGHT 400

typedef struct {
  GtkWidget *window;
  DrawCanvas *canvas;
  BoardReplica *replica;
  guint n_ops;
  GPtrArray *casts; /* texts */
} Fixture;

static void
on_op (DrawCanvas *canvas, BoardOp *op, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  fixture->n_ops++;
  board_replica_submit (fixture->replica, op, &error);
  g_assert_no_error (error);
}

static void
on_changed (BoardReplica *replica, BoardDamage *damage, gpointer data)
{
  draw_canvas_update (((Fixture *) data)->canvas, damage);
}

static void
on_ink (DrawCanvas *canvas, BoardCast *cast, gpointer data)
{
  g_ptr_array_add (((Fixture *) data)->casts, board_cast_to_json (cast));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->replica = board_replica_new ("me");
  fixture->casts = g_ptr_array_new_with_free_func (g_free);
  fixture->window = gtk_window_new ();
  fixture->canvas = DRAW_CANVAS (draw_canvas_new ());
  g_signal_connect (fixture->canvas, "op", G_CALLBACK (on_op), fixture);
  g_signal_connect (fixture->canvas, "ink", G_CALLBACK (on_ink), fixture);
  g_signal_connect (fixture->replica, "changed", G_CALLBACK (on_changed), fixture);
  draw_canvas_set_document (fixture->canvas, board_replica_get_document (fixture->replica));
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->canvas));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->replica);
  g_ptr_array_unref (fixture->casts);
}

/* The colour of a widget pixel in a frame made now: 0xrrggbb. */
static uint32_t
look (Fixture *fixture, int x, int y)
{
  GtkWidget *widget = GTK_WIDGET (fixture->canvas);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;
  uint32_t pixel;

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  memcpy (&pixel,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
              + 4 * x,
          4);
  cairo_surface_destroy (surface);
  return pixel & 0xffffff;
}

static void
wait_until_complete (Fixture *fixture)
{
  look (fixture, 0, 0);
  while (!draw_canvas_is_complete (fixture->canvas))
    {
      g_main_context_iteration (NULL, TRUE);
      look (fixture, 0, 0);
    }
}

static void
press (Fixture *fixture, DrawTool *tool, double x, double y)
{
  const DrawSample sample = { .x = x, .y = y, .pressure = 0.5f };

  draw_canvas_begin_tool (fixture->canvas, tool, &sample, 0);
}

static void
move (Fixture *fixture, double x, double y)
{
  const DrawSample sample = { .x = x, .y = y, .pressure = 0.5f };

  draw_canvas_move_tool (fixture->canvas, &sample, 1, 0);
}

static void
let_go (Fixture *fixture, double x, double y)
{
  const DrawSample sample = { .x = x, .y = y, .pressure = 0.5f };

  draw_canvas_end_tool (fixture->canvas, &sample, 0);
}

static DrawTool *
create_pen (void)
{
  DrawTool *pen = draw_pen_tool_new ();

  g_object_set (pen, "color", "#ff0000", "width", 20.0, NULL);
  return pen;
}

static void
draw_line (Fixture *fixture, double x0, double y0, double x1, double y1)
{
  g_autoptr (DrawTool) pen = create_pen ();

  press (fixture, pen, x0, y0);
  move (fixture, x1, y1);
  let_go (fixture, x1, y1);
}

static char *
get_first_id (Fixture *fixture)
{
  g_autoptr (GPtrArray) elements
      = board_document_query (board_replica_get_document (fixture->replica), NULL);

  g_assert_cmpuint (elements->len, >, 0);
  return g_strdup (board_element_get_id (elements->pdata[0]));
}

/* Wet at once, dry in the end, and there in every frame between. */
static void
test_stroke_never_blinks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) pen = create_pen ();

  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0xffffff);
  press (fixture, pen, 100, 100);
  g_assert_cmphex (look (fixture, 100, 100), ==, 0xff0000);
  for (int x = 110; x <= 400; x += 10)
    {
      move (fixture, x, 100);
      g_assert_cmphex (look (fixture, x, 100), ==, 0xff0000);
    }
  let_go (fixture, 400, 100);
  g_assert_cmpuint (fixture->n_ops, ==, 1);
  do
    {
      g_assert_cmphex (look (fixture, 250, 100), ==, 0xff0000);
      g_main_context_iteration (NULL, TRUE);
    }
  while (!draw_canvas_is_complete (fixture->canvas));
  g_assert_cmphex (look (fixture, 250, 100), ==, 0xff0000);
  g_assert_cmpuint (fixture->canvas->drying->len, ==, 0);
}

/* Each sample paints what is new, not the stroke. */
static void
test_wet_ink_costs_its_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) pen = create_pen ();
  uint64_t before = 0;

  press (fixture, pen, 20, 200);
  for (int i = 0; i < 200; i++)
    {
      move (fixture, 20 + i * 2.5, 200 + 100 * sin (i * 0.2));
      before = draw_wet_stroke_get_n_painted (fixture->canvas->ink);
      look (fixture, 0, 0);
    }
  g_assert_cmpuint (draw_wet_stroke_get_n_painted (fixture->canvas->ink) - before, <, 150 * 150);
  let_go (fixture, 500, 200);
}

static void
test_ink_is_cast (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) pen = create_pen ();
  g_autoptr (BoardCast) cast = NULL, end = NULL;
  g_autofree char *id = NULL;

  press (fixture, pen, 100, 100);
  move (fixture, 140, 120);
  while (fixture->casts->len < 1)
    g_main_context_iteration (NULL, TRUE);
  cast = board_cast_from_json (fixture->casts->pdata[0], -1, NULL);
  g_assert_nonnull (cast);
  g_assert_cmpint (cast->type, ==, BOARD_CAST_INK);
  g_assert_cmpstr (cast->color, ==, "#ff0000");
  g_assert_cmpfloat (cast->x, ==, 100);
  g_assert_cmpuint (cast->from, ==, 0);
  let_go (fixture, 140, 120);
  id = get_first_id (fixture);
  g_assert_cmpstr (id, ==, cast->id);

  const guint n = fixture->casts->len;
  press (fixture, pen, 100, 200);
  draw_canvas_cancel_action (fixture->canvas);
  g_assert_cmpuint (fixture->casts->len, ==, n + 1);
  end = board_cast_from_json (fixture->casts->pdata[n], -1, NULL);
  g_assert_cmpint (end->type, ==, BOARD_CAST_INK_END);
}

/* Somebody else's ink is there while it is drawn, in every frame until its op is painted, and once.
 */
static void
test_others_ink (Fixture *fixture, gconstpointer data)
{
  const BoardPoint points[] = { { 0, 0, 0.5f }, { 200, 0, 0.5f } };
  const BoardPoint there[] = { { 100, 300, 0.5f }, { 300, 300, 0.5f } };
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_INK);
  g_autoptr (BoardElement) element
      = board_element_new_freedraw ("s1", "a0", "#0000ff", 20, there, 2);
  g_autoptr (BoardOp) op = board_op_new ();

  cast->id = g_strdup ("s1");
  cast->color = g_strdup ("#0000ff");
  cast->width = 20;
  cast->has_place = TRUE;
  cast->x = 100;
  cast->y = 300;
  cast->points = board_stroke_new (points, 2);
  wait_until_complete (fixture);
  draw_canvas_show_ink (fixture->canvas, "them", cast);
  g_assert_cmphex (look (fixture, 200, 300), ==, 0x0000ff);

  board_op_add_element (op, element);
  g_assert_true (board_replica_apply (fixture->replica, 1, "them", 1, 0, op));
  do
    {
      g_assert_cmphex (look (fixture, 200, 300), ==, 0x0000ff);
      g_main_context_iteration (NULL, TRUE);
    }
  while (!draw_canvas_is_complete (fixture->canvas));
  g_assert_cmpuint (draw_peers_get_n_strokes (fixture->canvas->peers), ==, 0);
  /* A cast that comes late shows nothing. */
  draw_canvas_show_ink (fixture->canvas, "them", cast);
  g_assert_cmpuint (draw_peers_get_n_strokes (fixture->canvas->peers), ==, 0);
}

static void
show_others_point (Fixture *fixture, guint number)
{
  const BoardPoint point = { number * 3.0, 0, 0.5f };
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_INK);

  cast->id = g_strdup ("s1");
  cast->color = g_strdup ("#0000ff");
  cast->width = 4;
  cast->has_place = TRUE;
  cast->x = cast->y = 100;
  cast->from = number;
  cast->points = board_stroke_new (&point, 1);
  draw_canvas_show_ink (fixture->canvas, "them", cast);
}

/* What is drawn at 6400 % stays where the pen was: a pixel there is a 64th of a unit. */
static void
test_near_ink_is_fine (Fixture *fixture, gconstpointer data)
{
  BoardDocument *document = board_replica_get_document (fixture->replica);
  g_autoptr (DrawTool) pen = create_pen ();
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (BoardCast) cast = NULL;
  const BoardPoint *points;
  BoardElement *element;
  double x, y;
  gsize n;

  draw_viewport_set_scale (fixture->canvas->viewport, 64);
  press (fixture, pen, 5.0131, 4.4567);
  while (fixture->casts->len == 0)
    g_main_context_iteration (NULL, TRUE);
  let_go (fixture, 7.3579, 6.0246);
  elements = board_document_query (document, NULL);
  g_assert_cmpuint (elements->len, ==, 1);
  element = elements->pdata[0];
  points = board_stroke_get_points (board_element_get_stroke (element), &n);
  x = board_element_get_x (element);
  y = board_element_get_y (element);
  g_assert_cmpfloat_with_epsilon (x + points[0].x, 5.0131, 1.0 / 1024);
  g_assert_cmpfloat_with_epsilon (y + points[0].y, 4.4567, 1.0 / 1024);
  g_assert_cmpfloat_with_epsilon (x + points[n - 1].x, 7.3579, 1.0 / 1024);
  g_assert_cmpfloat_with_epsilon (y + points[n - 1].y, 6.0246, 1.0 / 1024);
  cast = board_cast_from_json (fixture->casts->pdata[0], -1, NULL);
  g_assert_cmpint (board_stroke_get_precision (cast->points), ==, BOARD_PRECISION_FINE);
}

/* One pans while another draws: no tile is painted for it, and of the ink only what is new. */
static void
test_others_ink_costs_its_damage (Fixture *fixture, gconstpointer data)
{
  enum { N_POINTS = 60, BOX = 64 * 64, MAX_TILES = 8 };
  const int factor = gtk_widget_get_scale_factor (GTK_WIDGET (fixture->canvas));
  guint n_new_tiles = 0;

  for (int i = 0; i < 10; i++)
    draw_line (fixture, 50, 30 + 30 * i, 550, 30 + 30 * i);
  /* There and back, so that all tiles of the way are there. */
  for (int i = 0; i < 2 * N_POINTS; i++)
    {
      draw_viewport_pan (fixture->canvas->viewport, i < N_POINTS ? -2 : 2, 0);
      wait_until_complete (fixture);
    }
  while (!draw_tile_layer_is_idle (fixture->canvas->tiles))
    g_main_context_iteration (NULL, TRUE);
  look (fixture, 0, 0);
  g_assert_true (draw_tile_layer_is_idle (fixture->canvas->tiles));

  const uint64_t n_tiles = draw_tile_layer_get_n_painted (fixture->canvas->tiles);
  g_assert_cmpuint (n_tiles, >, 0);
  for (guint i = 0; i < N_POINTS; i++)
    {
      const uint64_t before = draw_peers_get_n_painted (fixture->canvas->peers);
      uint64_t more;

      draw_viewport_pan (fixture->canvas->viewport, -2, 0);
      show_others_point (fixture, i);
      look (fixture, 0, 0);
      more = draw_peers_get_n_painted (fixture->canvas->peers) - before;
      g_assert_cmpuint (more, >, 0);
      /* Where the ink enters a tile, all of that is painted. */
      n_new_tiles += more > (guint) (BOX * factor * factor);
    }
  g_assert_cmpuint (n_new_tiles, <=, MAX_TILES);
  g_assert_cmpuint (draw_tile_layer_get_n_painted (fixture->canvas->tiles), ==, n_tiles);
}

static void
test_cursors (Fixture *fixture, gconstpointer data)
{
  draw_canvas_show_cursor (fixture->canvas, "them", "<b>Ada</b>", "#ff00ff", 200, 200);
  g_assert_cmphex (look (fixture, 204, 206), ==, 0xff00ff);
  g_assert_cmphex (look (fixture, 204, 246), ==, 0xffffff);
  draw_canvas_hide_cursor (fixture->canvas, "them");
  g_assert_cmphex (look (fixture, 204, 206), ==, 0xffffff);
}

static void
test_dark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();

  g_object_set (pen, "color", "#000000", "width", 20.0, NULL);
  press (fixture, pen, 100, 100);
  let_go (fixture, 300, 100);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0x000000);
  draw_canvas_set_dark (fixture->canvas, TRUE);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 50, 50) & 0xff, <, 0x20);
  g_assert_cmphex (look (fixture, 200, 100) & 0xff, >, 0xe0);
}

static void
test_moving_never_blinks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  draw_line (fixture, 100, 100, 300, 100);
  wait_until_complete (fixture);
  press (fixture, tool, 200, 100);
  move (fixture, 200, 200);
  /* Its tiles and the preview are painted by threads: both must come. */
  while (look (fixture, 200, 100) != 0xffffff || look (fixture, 200, 200) != 0xff0000)
    g_main_context_iteration (NULL, TRUE);
  let_go (fixture, 200, 300);
  g_assert_cmpuint (fixture->n_ops, ==, 2);
  do
    {
      look (fixture, 0, 0);
      g_main_context_iteration (NULL, TRUE);
    }
  while (!draw_canvas_is_complete (fixture->canvas));
  g_assert_cmphex (look (fixture, 200, 300), ==, 0xff0000);
  g_assert_cmphex (look (fixture, 200, 200), ==, 0xffffff);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0xffffff);
}

static void
test_erasing_fades (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) eraser = draw_eraser_tool_new ();

  draw_line (fixture, 100, 100, 300, 100);
  wait_until_complete (fixture);
  press (fixture, eraser, 200, 50);
  move (fixture, 200, 150);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 250, 100) & 0xff, >, 0x80);
  g_assert_cmphex (look (fixture, 250, 100), !=, 0xffffff);
  let_go (fixture, 200, 150);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 250, 100), ==, 0xffffff);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) props = json_object_new ();
  gboolean empty;

  draw_line (fixture, 100, 100, 300, 100);
  draw_canvas_select_all (fixture->canvas);
  g_object_get (fixture->canvas, "selection-empty", &empty, NULL);
  g_assert_false (empty);
  json_object_set_string_member (props, "strokeColor", "#00ff00");
  draw_canvas_set_selection_props (fixture->canvas, props);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0x00ff00);
  draw_canvas_delete_selection (fixture->canvas);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0xffffff);
  g_object_get (fixture->canvas, "selection-empty", &empty, NULL);
  g_assert_true (empty);
  g_assert_cmpuint (fixture->n_ops, ==, 3);

  board_replica_undo (fixture->replica);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0x00ff00);
}

/* What somebody else deletes is not selected any more. */
static void
test_selection_is_pruned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autofree char *id = NULL;

  draw_line (fixture, 100, 100, 300, 100);
  id = get_first_id (fixture);
  draw_canvas_select_all (fixture->canvas);
  board_op_remove_element (op, id);
  board_replica_submit (fixture->replica, op, NULL);
  g_assert_cmpuint (draw_canvas_get_selection (fixture->canvas)->len, ==, 0);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  draw_line (fixture, 100, 100, 300, 100);
  draw_canvas_select_all (fixture->canvas);
  draw_canvas_set_read_only (fixture->canvas, TRUE);
  g_assert_cmpuint (draw_canvas_get_selection (fixture->canvas)->len, ==, 0);
  draw_line (fixture, 100, 200, 300, 200);
  g_assert_cmpuint (fixture->n_ops, ==, 1);
}

static void
test_goes_while_acting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) pen = create_pen ();

  press (fixture, pen, 100, 100);
  move (fixture, 200, 100);
  draw_canvas_set_document (fixture->canvas, NULL);
  g_assert_cmphex (look (fixture, 150, 100), ==, 0xffffff);
  g_assert_cmpuint (fixture->n_ops, ==, 0);
  move (fixture, 300, 100);
  let_go (fixture, 300, 100);
  draw_line (fixture, 10, 10, 50, 50);
  g_assert_cmpuint (fixture->n_ops, ==, 0);
}

static void
wait_for_lost (Fixture *fixture, gboolean lost)
{
  while (draw_canvas_is_lost (fixture->canvas) != lost)
    {
      look (fixture, 0, 0);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_lost_and_back (Fixture *fixture, gconstpointer data)
{
  DrawViewport *viewport = draw_canvas_get_viewport (fixture->canvas);

  wait_until_complete (fixture);
  g_assert_false (draw_canvas_is_lost (fixture->canvas));
  draw_line (fixture, 100, 100, 200, 100);
  wait_until_complete (fixture);
  draw_viewport_pan (viewport, 5000, 0);
  wait_for_lost (fixture, TRUE);
  draw_canvas_fit (fixture->canvas);
  wait_for_lost (fixture, FALSE);
}

/* A board is left and opened again: it is seen where it was, first as a picture on which nothing can be
 * drawn, then as it is, and in no frame as an empty sheet. */
static void
test_still (Fixture *fixture, gconstpointer data)
{
  DrawViewport *viewport = draw_canvas_get_viewport (fixture->canvas);
  BoardDocument *document = board_replica_get_document (fixture->replica);
  g_autoptr (DrawStill) taken = NULL, still = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  double x, y;

  draw_line (fixture, 100, 100, 300, 100);
  draw_viewport_pan (viewport, 40, 30);
  wait_until_complete (fixture);
  g_assert_cmphex (look (fixture, 240, 130), ==, 0xff0000);
  taken = draw_canvas_take_still (fixture->canvas);
  bytes = draw_still_save (taken);

  draw_canvas_set_document (fixture->canvas, NULL);
  draw_viewport_pan (viewport, 5000, 0);
  draw_viewport_set_scale (viewport, 3);
  still = draw_still_load (bytes, &error);
  g_assert_no_error (error);
  draw_canvas_show_still (fixture->canvas, still);
  draw_viewport_to_widget (viewport, 100, 100, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 140, 0.01);
  g_assert_cmpfloat_with_epsilon (y, 130, 0.01);
  g_assert_cmphex (look (fixture, 240, 130), ==, 0xff0000);
  g_assert_cmphex (look (fixture, 240, 230), ==, 0xffffff);

  draw_canvas_set_document (fixture->canvas, document);
  for (; !draw_canvas_is_complete (fixture->canvas); g_main_context_iteration (NULL, TRUE))
    g_assert_cmphex (look (fixture, 240, 130), ==, 0xff0000);
  g_assert_cmphex (look (fixture, 240, 130), ==, 0xff0000);
}

/* Where the board never comes, the picture goes. */
static void
test_still_given_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawStill) still = NULL;

  draw_line (fixture, 100, 100, 300, 100);
  wait_until_complete (fixture);
  still = draw_canvas_take_still (fixture->canvas);
  draw_canvas_set_document (fixture->canvas, NULL);
  draw_canvas_show_still (fixture->canvas, still);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0xff0000);
  draw_canvas_set_document (fixture->canvas, NULL);
  g_assert_cmphex (look (fixture, 200, 100), ==, 0xffffff);
  /* In the other style it would have the wrong colours. */
  draw_canvas_set_dark (fixture->canvas, TRUE);
  draw_canvas_show_still (fixture->canvas, still);
  g_assert_cmphex (look (fixture, 200, 100), ==, look (fixture, 200, 200));
}

static void
test_paper (Fixture *fixture, gconstpointer data)
{
  g_assert_cmphex (look (fixture, 20, 31), ==, 0xffffff);
  draw_canvas_set_paper (fixture->canvas, DRAW_PAPER_GRID);
  g_assert_cmphex (look (fixture, 20, 31), !=, 0xffffff);
  g_assert_cmphex (look (fixture, 31, 20), !=, 0xffffff);
  g_assert_cmphex (look (fixture, 31, 31), ==, 0xffffff);
  /* Each fifth is stronger. */
  g_assert_cmphex (look (fixture, 100, 31), <, look (fixture, 20, 31));
  draw_canvas_set_paper (fixture->canvas, DRAW_PAPER_LINES);
  g_assert_cmphex (look (fixture, 20, 31), ==, 0xffffff);
  g_assert_cmphex (look (fixture, 31, 40), !=, 0xffffff);
  draw_canvas_set_paper (fixture->canvas, DRAW_PAPER_DOTS);
  g_assert_cmphex (look (fixture, 20, 20), !=, 0xffffff);
  g_assert_cmphex (look (fixture, 20, 31), ==, 0xffffff);
  /* Far away it is coarser, not grey. */
  draw_viewport_zoom_at (draw_canvas_get_viewport (fixture->canvas), 0.02, 0, 0);
  draw_canvas_set_paper (fixture->canvas, DRAW_PAPER_GRID);
  g_assert_cmphex (look (fixture, 3, 3), ==, 0xffffff);
}

static const char *
get_selected (Fixture *fixture)
{
  GPtrArray *ids = draw_canvas_get_selection (fixture->canvas);

  return ids->len == 1 ? ids->pdata[0] : NULL;
}

/* Tab goes on, Shift+Tab back; what is not seen is brought into view. */
static void
test_walking (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) tool = draw_select_tool_new ();
  DrawToolHost *host = DRAW_TOOL_HOST (fixture->canvas);
  g_autofree char *first = NULL;
  BoardRect visible;

  draw_line (fixture, 100, 100, 200, 100);
  draw_line (fixture, 300, 100, 400, 100);
  g_assert_true (draw_tool_key (tool, host, GDK_KEY_Tab, 0));
  first = g_strdup (get_selected (fixture));
  g_assert_nonnull (first);
  g_assert_true (draw_tool_key (tool, host, GDK_KEY_Tab, 0));
  g_assert_cmpstr (get_selected (fixture), !=, first);
  g_assert_true (draw_tool_key (tool, host, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  g_assert_cmpstr (get_selected (fixture), ==, first);
  g_assert_true (draw_tool_key (tool, host, GDK_KEY_Tab, 0));
  g_assert_false (draw_tool_key (tool, host, GDK_KEY_Tab, 0));
  g_assert_null (get_selected (fixture));

  draw_viewport_pan (draw_canvas_get_viewport (fixture->canvas), 5000, 5000);
  g_assert_true (draw_tool_key (tool, host, GDK_KEY_Tab, 0));
  draw_viewport_get_visible (draw_canvas_get_viewport (fixture->canvas), &visible);
  g_assert_true (board_rect_contains (&visible, 150, 100));
}

/* A pen that goes straight on is thought to go on; one that rests or turns is not. */
static void
test_prediction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawWetStroke) stroke = draw_wet_stroke_new ("a", "#000000", 4);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  const DrawView view = { 1, 1, 0, 0, WIDTH, HEIGHT };
  BoardPoint points[6];
  BoardRect bounds;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (BoardPoint){ 10.0 * i, 50, 0.5f, .time = 8 * i };
  draw_wet_stroke_set_points (stroke, 0, points, G_N_ELEMENTS (points));
  draw_wet_stroke_snapshot (stroke, snapshot, &view);
  draw_wet_stroke_predict (stroke, 16, 100);
  draw_wet_stroke_get_bounds (stroke, &bounds);
  g_assert_cmpfloat_with_epsilon (bounds.x + bounds.width, 50 + 20 + 2, 0.6);
  g_assert_cmpuint (draw_wet_stroke_get_n_points (stroke), ==, G_N_ELEMENTS (points));
  draw_wet_stroke_predict (stroke, 16, 5);
  draw_wet_stroke_get_bounds (stroke, &bounds);
  g_assert_cmpfloat_with_epsilon (bounds.x + bounds.width, 50 + 5 + 2, 0.6);
  draw_wet_stroke_predict (stroke, 0, 0);
  draw_wet_stroke_get_bounds (stroke, &bounds);
  g_assert_cmpfloat_with_epsilon (bounds.x + bounds.width, 50 + 2, 0.6);

  /* A bend. */
  points[0] = (BoardPoint){ 50, 60, 0.5f, .time = 48 };
  draw_wet_stroke_set_points (stroke, G_N_ELEMENTS (points), points, 1);
  draw_wet_stroke_predict (stroke, 16, 100);
  draw_wet_stroke_get_bounds (stroke, &bounds);
  g_assert_cmpfloat_with_epsilon (bounds.y + bounds.height, 60 + 2, 0.6);
}

static void
test_frame_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"id\":\"f\",\"index\":\"a0\",\"type\":\"frame\","
                                                "\"name\":\"Page\",\"x\":100,\"y\":100,"
                                                "\"width\":200,\"height\":100}",
                                                NULL);
  g_autoptr (BoardElement) frame = board_element_new (json_node_get_object (node), NULL);
  DrawViewport *viewport = draw_canvas_get_viewport (fixture->canvas);
  g_autoptr (BoardOp) op = board_op_new ();
  g_autofree char *name = draw_frame_names_get_name (frame);

  g_assert_cmpstr (name, ==, "Page");
  g_assert_null (draw_frame_names_pick (fixture->canvas->frame_names, viewport, 105, 90));
  board_op_add_element (op, frame);
  on_op (fixture->canvas, op, fixture);
  g_assert_nonnull (draw_frame_names_pick (fixture->canvas->frame_names, viewport, 105, 90));
  g_assert_null (draw_frame_names_pick (fixture->canvas->frame_names, viewport, 105, 110));
}

static void
test_minimap (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new (), *map = draw_minimap_new ();
  BoardRect before, after;
  GskRenderNode *node;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  draw_line (fixture, 100, 100, 200, 100);
  draw_minimap_set_canvas (DRAW_MINIMAP (map), fixture->canvas);
  gtk_window_set_child (GTK_WINDOW (window), map);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (map) == 0)
    g_main_context_iteration (NULL, TRUE);
  draw_viewport_get_visible (draw_canvas_get_viewport (fixture->canvas), &before);
  GTK_WIDGET_GET_CLASS (map)->snapshot (map, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  gsk_render_node_unref (node);
  draw_minimap_go_to (DRAW_MINIMAP (map), 0, 0);
  draw_viewport_get_visible (draw_canvas_get_viewport (fixture->canvas), &after);
  g_assert_cmpfloat (after.x, <, before.x);
  g_assert_cmpfloat (after.y, <, before.y);
  draw_line (fixture, 100, 200, 200, 200);
  gtk_window_destroy (GTK_WINDOW (window));
  draw_line (fixture, 100, 300, 200, 300);
}

#define add(name, test) g_test_add ("/canvas/" name, Fixture, NULL, set_up, test, tear_down)

/* ---- who draws: presses as a pen, a mouse and fingers make them ---- */

static void
test_presses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DrawTool) pen = draw_pen_tool_new (), eraser = draw_eraser_tool_new ();
  g_autoptr (DrawTool) lasso = draw_lasso_tool_new ();
  const struct {
    DrawPointer pointer;
    guint button;
    GdkModifierType state;
    DrawTool *expected; /* NULL: the sheet is dragged */
  } cases[] = {
    { DRAW_POINTER_MOUSE, 1, 0, pen },
    { DRAW_POINTER_MOUSE, 2, 0, NULL },
    { DRAW_POINTER_MOUSE, 1, GDK_BUTTON3_MASK, pen },
    { DRAW_POINTER_FINGER, 0, 0, pen },
    { DRAW_POINTER_PEN, 1, 0, pen },
    { DRAW_POINTER_PEN, 1, GDK_BUTTON2_MASK, NULL }, /* pans */
    { DRAW_POINTER_PEN, 2, 0, NULL },
    { DRAW_POINTER_PEN, 1, GDK_BUTTON3_MASK, lasso },
    { DRAW_POINTER_PEN, 3, 0, lasso },
    { DRAW_POINTER_ERASER, 1, 0, eraser },
    { DRAW_POINTER_ERASER, 1, GDK_BUTTON3_MASK, eraser },
  };

  draw_canvas_set_tool (fixture->canvas, pen);
  draw_canvas_set_eraser (fixture->canvas, eraser);
  draw_canvas_set_barrel (fixture->canvas, 1, DRAW_BARREL_TOOL, lasso);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (draw_canvas_choose_tool (fixture->canvas, cases[i].pointer, cases[i].button,
                                            cases[i].state)
                   == cases[i].expected);
  draw_canvas_set_barrel (fixture->canvas, 1, DRAW_BARREL_TIP, NULL);
  g_assert_true (draw_canvas_choose_tool (fixture->canvas, DRAW_POINTER_PEN, 3, 0) == pen);
  draw_canvas_set_fingers (fixture->canvas, DRAW_FINGERS_NEVER);
  g_assert_null (draw_canvas_choose_tool (fixture->canvas, DRAW_POINTER_FINGER, 0, 0));
  draw_canvas_set_read_only (fixture->canvas, TRUE);
  g_assert_null (draw_canvas_choose_tool (fixture->canvas, DRAW_POINTER_PEN, 1, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  add ("stroke-never-blinks", test_stroke_never_blinks);
  add ("wet-ink-costs-its-end", test_wet_ink_costs_its_end);
  add ("ink-is-cast", test_ink_is_cast);
  add ("others-ink", test_others_ink);
  add ("near-ink-is-fine", test_near_ink_is_fine);
  add ("others-ink-costs-its-damage", test_others_ink_costs_its_damage);
  add ("cursors", test_cursors);
  add ("dark", test_dark);
  add ("moving-never-blinks", test_moving_never_blinks);
  add ("erasing-fades", test_erasing_fades);
  add ("selection", test_selection);
  add ("selection-is-pruned", test_selection_is_pruned);
  add ("read-only", test_read_only);
  add ("goes-while-acting", test_goes_while_acting);
  add ("lost-and-back", test_lost_and_back);
  add ("still", test_still);
  add ("still-given-up", test_still_given_up);
  add ("paper", test_paper);
  add ("walking", test_walking);
  add ("prediction", test_prediction);
  add ("frame-names", test_frame_names);
  add ("minimap", test_minimap);
  add ("presses", test_presses);
  return g_test_run ();
}
