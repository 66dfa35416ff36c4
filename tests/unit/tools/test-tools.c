/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-limits.h"
#include "fake-host.h"
#include "tools/draw-tools.h"

#define assert_words(host, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = fake_host_take_words (host);                                         \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

/* ---- pen ---- */

static BoardElement *
get_added (FakeHost *host, guint op)
{
  g_assert_cmpuint (op, <, host->ops->len);
  return board_op_get_change_element (host->ops->pdata[op], 0);
}

static void
test_pen_draws (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  BoardElement *element;
  gsize n_points;

  g_object_set (pen, "color", "#e03131", "width", 4.0, NULL);
  fake_host_press (host, pen, 100, 100, 0);
  for (int i = 1; i <= 50; i++)
    fake_host_move (host, pen, 100 + i * 3, 100);
  g_assert_cmpuint (host->ink->len, ==, 51);
  fake_host_release (host, pen, 250, 100);
  assert_words (host, "ink:#e03131:4 dry op:1");

  element = get_added (host, 0);
  g_assert_cmpint (board_element_get_kind (element), ==, BOARD_ELEMENT_FREEDRAW);
  g_assert_cmpstr (board_element_get_stroke_color (element), ==, "#e03131");
  g_assert_cmpfloat (board_element_get_stroke_width (element), ==, 4);
  g_assert_cmpfloat (board_element_get_x (element), ==, 100);
  board_stroke_get_points (board_element_get_stroke (element), &n_points);
  g_assert_cmpuint (n_points, ==, 2);
  g_assert_cmpuint (board_document_get_n_elements (board_replica_get_document (host->replica)), ==,
                    1);
}

static void
test_pen_makes_a_dot (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  gsize n_points;

  fake_host_press (host, pen, 10, 20, 0);
  fake_host_release (host, pen, 10.1, 20);
  board_stroke_get_points (board_element_get_stroke (get_added (host, 0)), &n_points);
  g_assert_cmpuint (n_points, ==, 1);
}

static void
test_pen_is_given_up (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();

  fake_host_press (host, pen, 10, 20, 0);
  fake_host_move (host, pen, 30, 20);
  draw_tool_cancel (pen, DRAW_TOOL_HOST (host));
  fake_host_move (host, pen, 50, 20);
  fake_host_release (host, pen, 50, 20);
  assert_words (host, "ink:#1e1e1e:2 gone");
  g_assert_cmpuint (host->ops->len, ==, 0);
}

/* A stroke of more points than an element may have goes on in the next, where the first ended. */
static void
test_pen_continues (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  const BoardPoint *points;
  gsize n_points;

  fake_host_press (host, pen, 0, 0, 0);
  for (int i = 1; i < BOARD_MAX_POINTS + 100; i++)
    fake_host_move (host, pen, i, 300 * sin (i * 0.01));
  fake_host_release (host, pen, BOARD_MAX_POINTS + 100, 0);
  assert_words (host, "ink:#1e1e1e:2 dry op:1 ink:#1e1e1e:2 dry op:1");

  points = board_stroke_get_points (board_element_get_stroke (get_added (host, 0)), &n_points);
  g_assert_cmpfloat (board_element_get_x (get_added (host, 0)) + points[n_points - 1].x, ==,
                     board_element_get_x (get_added (host, 1)));
  g_assert_cmpfloat (board_element_get_y (get_added (host, 0)) + points[n_points - 1].y, ==,
                     board_element_get_y (get_added (host, 1)));
  g_assert_cmpuint (n_points, <, 2000);
}

/* Pressure 0 while the pen lifts is no part of the stroke. */
static void
test_pen_has_no_hook (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  DrawSample sample = { .x = 0, .pressure = 0.6f, .has_pressure = TRUE };

  draw_tool_press (pen, DRAW_TOOL_HOST (host), &sample, 0);
  for (int i = 1; i < 20; i++)
    {
      sample.x = i * 4;
      sample.time += 4;
      draw_tool_motion (pen, DRAW_TOOL_HOST (host), &sample, 1, 0);
    }
  sample.x = 90;
  sample.y = 30;
  sample.pressure = 0;
  draw_tool_release (pen, DRAW_TOOL_HOST (host), &sample, 0);
  g_assert_cmpuint (host->ink->len, ==, 20);
  g_assert_true (board_stroke_has_pressure (board_element_get_stroke (get_added (host, 0))));
}

static void
test_pen_survives_bad_samples (void)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY, 1e300 };
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();

  fake_host_press (host, pen, 0, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    fake_host_move (host, pen, bad[i], 3);
  fake_host_release (host, pen, NAN, NAN);
  g_assert_cmpuint (host->ops->len, ==, 1);
}

static DrawSample
get_pen_sample (double x, double y, float pressure, uint32_t time)
{
  return (DrawSample){ .x = x, .y = y, .pressure = pressure, .has_pressure = TRUE, .time = time };
}

/* The curve is for pens; what a mouse has for pressure is no pressure. */
static void
test_pen_feels_pressure (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  const DrawSample sample = get_pen_sample (5, 5, 0.5f, 8);
  DrawPressure hard;

  draw_pressure_init (&hard, DRAW_PRESSURE_HARD);
  draw_pen_tool_set_feel (pen, &hard, 0);
  draw_tool_press (pen, DRAW_TOOL_HOST (host), &sample, 0);
  g_assert_cmpfloat_with_epsilon (g_array_index (host->ink, BoardPoint, 0).pressure,
                                  draw_pressure_map (&hard, 0.5), 1e-6);
  g_assert_cmpfloat (g_array_index (host->ink, BoardPoint, 0).pressure, <, 0.3);
  draw_tool_cancel (pen, DRAW_TOOL_HOST (host));
  fake_host_press (host, pen, 5, 5, 0);
  g_assert_cmpfloat (g_array_index (host->ink, BoardPoint, 0).pressure, ==, 0.5f);
}

/* With the strongest stabiliser, too, ink reaches the pen all the time and ends where it lifted. */
static void
test_pen_ends_where_it_lifts (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  const BoardPoint *points;
  BoardElement *element;
  DrawPressure normal;
  DrawSample sample = get_pen_sample (0, 0, 0.5f, 100);
  gsize n;

  draw_pressure_init (&normal, DRAW_PRESSURE_NORMAL);
  draw_pen_tool_set_feel (pen, &normal, 90);
  draw_tool_press (pen, DRAW_TOOL_HOST (host), &sample, 0);
  for (guint i = 1; i <= 80; i++)
    {
      sample = get_pen_sample (i * 5, 40 * sin (i * 0.2), 0.5f, 100 + i * 8);
      draw_tool_motion (pen, DRAW_TOOL_HOST (host), &sample, 1, 0);
      g_assert_cmpfloat (g_array_index (host->ink, BoardPoint, host->ink->len - 1).x, ==, i * 5);
    }
  draw_tool_release (pen, DRAW_TOOL_HOST (host), &sample, 0);
  element = get_added (host, 0);
  points = board_stroke_get_points (board_element_get_stroke (element), &n);
  g_assert_cmpfloat_with_epsilon (board_element_get_x (element) + points[n - 1].x, sample.x, 0.07);
  g_assert_cmpfloat_with_epsilon (board_element_get_y (element) + points[n - 1].y, sample.y, 0.07);
  g_assert_cmpfloat_with_epsilon (board_element_get_x (element) + points[0].x, 0, 0.07);
}

/* A stabiliser's provisional points are counted: no element gets more than it may have. */
static void
test_stabilised_pen_continues (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  DrawPressure normal;

  draw_pressure_init (&normal, DRAW_PRESSURE_NORMAL);
  draw_pen_tool_set_feel (pen, &normal, 15);
  fake_host_press (host, pen, 0, 0, 0);
  for (int i = 1; i < BOARD_MAX_POINTS + 100; i++)
    {
      fake_host_move (host, pen, i, 300 * sin (i * 0.01));
      g_assert_cmpuint (host->ink->len, <=, BOARD_MAX_POINTS);
    }
  fake_host_release (host, pen, BOARD_MAX_POINTS + 100, 0);
  assert_words (host, "ink:#1e1e1e:2 dry op:1 ink:#1e1e1e:2 dry op:1");
}

/* ---- eraser ---- */

static void
test_eraser_sweeps (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) eraser = draw_eraser_tool_new ();

  fake_host_add_stroke (host, "a", 100, 0, 100, 200);
  fake_host_add_stroke (host, "b", 200, 0, 200, 200);
  fake_host_add_stroke (host, "c", 300, 0, 300, 200);
  fake_host_press (host, eraser, 50, 100, 0);
  /* One long step: what lies between two samples is swept, too. */
  fake_host_move (host, eraser, 250, 100);
  assert_words (host, "faded:a,b");
  fake_host_move (host, eraser, 60, 100);
  assert_words (host, "");
  fake_host_release (host, eraser, 60, 100);
  assert_words (host, "op:2 faded:");
  g_assert_null (fake_host_get (host, "a"));
  g_assert_nonnull (fake_host_get (host, "c"));
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  g_assert_nonnull (fake_host_get (host, "a"));
}

static void
test_eraser_is_given_up (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) eraser = draw_eraser_tool_new ();

  fake_host_add_stroke (host, "a", 100, 0, 100, 200);
  fake_host_press (host, eraser, 50, 100, 0);
  fake_host_move (host, eraser, 150, 100);
  draw_tool_cancel (eraser, DRAW_TOOL_HOST (host));
  assert_words (host, "faded:a faded:");
  g_assert_nonnull (fake_host_get (host, "a"));
}

static void
test_eraser_leaves_locked (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) eraser = draw_eraser_tool_new ();

  fake_host_add_stroke (host, "a", 100, 0, 100, 200);
  fake_host_set_prop (host, "a", "locked", json_node_init_boolean (json_node_alloc (), TRUE));
  fake_host_press (host, eraser, 50, 100, 0);
  fake_host_release (host, eraser, 150, 100);
  g_assert_nonnull (fake_host_get (host, "a"));
  g_assert_cmpuint (host->ops->len, ==, 0);
}

/* ---- select ---- */

static char *
join_selection (FakeHost *host)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < host->selection->len; i++)
    g_string_append (text, host->selection->pdata[i]);
  return g_string_free (text, FALSE);
}

#define assert_selected(host, expected)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *selected_ = join_selection (host);                                            \
    g_assert_cmpstr (selected_, ==, expected);                                                     \
  }                                                                                                \
  G_STMT_END

static FakeHost *
create_three (void)
{
  FakeHost *host = fake_host_new ();

  fake_host_add_stroke (host, "a", 100, 100, 100, 200);
  fake_host_add_stroke (host, "b", 200, 100, 200, 200);
  fake_host_add_stroke (host, "c", 300, 100, 300, 200);
  return host;
}

static void
click (FakeHost *host, DrawTool *tool, double x, double y, GdkModifierType state)
{
  fake_host_press (host, tool, x, y, state);
  fake_host_release (host, tool, x, y);
}

static void
test_select_clicks (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  /* Not on the handles of what is selected. */
  click (host, tool, 101, 150, 0);
  assert_selected (host, "a");
  click (host, tool, 200, 120, GDK_SHIFT_MASK);
  assert_selected (host, "ab");
  click (host, tool, 100, 120, GDK_SHIFT_MASK);
  assert_selected (host, "b");
  click (host, tool, 100, 120, GDK_SHIFT_MASK);
  click (host, tool, 200, 130, 0);
  assert_selected (host, "b");
  click (host, tool, 700, 500, 0);
  assert_selected (host, "");
  g_assert_cmpuint (host->ops->len, ==, 0);
}

static void
test_select_bands (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  fake_host_press (host, tool, 250, 250, 0);
  fake_host_move (host, tool, 50, 50);
  assert_selected (host, "ab");
  fake_host_move (host, tool, 150, 50);
  assert_selected (host, "b");
  fake_host_release (host, tool, 150, 50);
  assert_words (host, "band:50,50,200,200 band:150,50,100,200 band:150,50,100,200");

  fake_host_press (host, tool, 350, 250, GDK_SHIFT_MASK);
  fake_host_move (host, tool, 280, 50);
  assert_selected (host, "bc");
  draw_tool_cancel (tool, DRAW_TOOL_HOST (host));
  assert_selected (host, "b");
}

static void
test_select_moves (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  click (host, tool, 100, 150, 0);
  click (host, tool, 200, 120, GDK_SHIFT_MASK);
  fake_host_press (host, tool, 100, 120, 0);
  fake_host_move (host, tool, 101, 121);
  assert_words (host, "");
  fake_host_move (host, tool, 120, 130);
  assert_words (host, "moved:20,10:a,b");
  fake_host_release (host, tool, 130, 130);
  assert_words (host, "moved:30,10:a,b op:2 put");
  g_assert_cmpfloat (board_element_get_x (fake_host_get (host, "a")), ==, 130);
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "b")), ==, 110);
  g_assert_cmpfloat (board_element_get_x (fake_host_get (host, "c")), ==, 300);
  assert_selected (host, "ab");
}

/* Inside of the box of what is selected is a handle, too; a click there lets go. */
static void
test_select_holds_the_box (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  click (host, tool, 100, 150, 0);
  click (host, tool, 200, 150, GDK_SHIFT_MASK);
  fake_host_press (host, tool, 150, 150, 0);
  fake_host_release (host, tool, 170, 150);
  assert_words (host, "moved:20,0:a,b op:2 put");
  click (host, tool, 170, 150, 0);
  assert_selected (host, "");
}

static void
test_select_is_given_up (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  fake_host_press (host, tool, 100, 150, 0);
  fake_host_move (host, tool, 150, 150);
  draw_tool_cancel (tool, DRAW_TOOL_HOST (host));
  assert_words (host, "moved:50,0:a moved:0,0:a put");
  g_assert_cmpuint (host->ops->len, ==, 0);
}

static void
test_select_stays_on_the_board (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  fake_host_press (host, tool, 100, 150, 0);
  fake_host_release (host, tool, 1e9, 150);
  g_assert_cmpfloat (board_element_get_x (fake_host_get (host, "a")), ==, BOARD_COORDINATE_MAX);
}

/* ---- hand ---- */

static void
test_hand_drags (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_hand_tool_new ();
  BoardRect visible;
  double x, y;

  draw_viewport_set_scale (host->viewport, 2);
  draw_viewport_center_on (host->viewport, 0, 0);
  /* The pointer goes from widget pixel (100, 100) to (140, 90): the place under it stays under it.
   */
  draw_viewport_to_board (host->viewport, 100, 100, &x, &y);
  fake_host_press (host, tool, x, y, 0);
  draw_viewport_to_board (host->viewport, 140, 90, &x, &y);
  fake_host_move (host, tool, x, y);
  draw_viewport_get_visible (host->viewport, &visible);
  g_assert_cmpfloat (visible.x, ==, -220);
  g_assert_cmpfloat (visible.y, ==, -145);
  draw_tool_cancel (tool, DRAW_TOOL_HOST (host));
  draw_viewport_get_visible (host->viewport, &visible);
  g_assert_cmpfloat (visible.x, ==, -200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pen/draws", test_pen_draws);
  g_test_add_func ("/pen/makes-a-dot", test_pen_makes_a_dot);
  g_test_add_func ("/pen/is-given-up", test_pen_is_given_up);
  g_test_add_func ("/pen/continues", test_pen_continues);
  g_test_add_func ("/pen/has-no-hook", test_pen_has_no_hook);
  g_test_add_func ("/pen/survives-bad-samples", test_pen_survives_bad_samples);
  g_test_add_func ("/pen/feels-pressure", test_pen_feels_pressure);
  g_test_add_func ("/pen/ends-where-it-lifts", test_pen_ends_where_it_lifts);
  g_test_add_func ("/pen/stabilised-continues", test_stabilised_pen_continues);
  g_test_add_func ("/eraser/sweeps", test_eraser_sweeps);
  g_test_add_func ("/eraser/is-given-up", test_eraser_is_given_up);
  g_test_add_func ("/eraser/leaves-locked", test_eraser_leaves_locked);
  g_test_add_func ("/select/clicks", test_select_clicks);
  g_test_add_func ("/select/bands", test_select_bands);
  g_test_add_func ("/select/moves", test_select_moves);
  g_test_add_func ("/select/holds-the-box", test_select_holds_the_box);
  g_test_add_func ("/select/is-given-up", test_select_is_given_up);
  g_test_add_func ("/select/stays-on-the-board", test_select_stays_on_the_board);
  g_test_add_func ("/hand/drags", test_hand_drags);
  return g_test_run ();
}
