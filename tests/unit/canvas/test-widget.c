/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole widget in a window: what it shows is read back pixel by pixel. Needs a display. */

#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#include "board/board-replica.h"
#include "canvas/draw-canvas-private.h"
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

#define add(name, test) g_test_add ("/canvas/" name, Fixture, NULL, set_up, test, tear_down)

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
  add ("cursors", test_cursors);
  add ("dark", test_dark);
  add ("moving-never-blinks", test_moving_never_blinks);
  add ("erasing-fades", test_erasing_fades);
  add ("selection", test_selection);
  add ("selection-is-pruned", test_selection_is_pruned);
  add ("read-only", test_read_only);
  add ("goes-while-acting", test_goes_while_acting);
  return g_test_run ();
}
