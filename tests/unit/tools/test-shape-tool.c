/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-selection.h"
#include "fake-host.h"
#include "tools/draw-styled-tool.h"
#include "tools/draw-tools.h"

static const struct {
  BoardElementType type;
  GdkModifierType state;
  double x, y, dx, dy; /* the drag */
  double left, top, width, height;
} drags[] = {
  { BOARD_ELEMENT_RECTANGLE, 0, 10, 20, 30, 40, 10, 20, 30, 40 },
  { BOARD_ELEMENT_RECTANGLE, 0, 10, 20, -30, -40, -20, -20, 30, 40 },
  { BOARD_ELEMENT_ELLIPSE, GDK_SHIFT_MASK, 0, 0, 30, -50, 0, -50, 50, 50 },
  { BOARD_ELEMENT_DIAMOND, GDK_ALT_MASK, 100, 100, 10, 20, 90, 80, 20, 40 },
  { BOARD_ELEMENT_LINE, 0, 5, 5, -30, 40, 5, 5, 30, 40 },
  { BOARD_ELEMENT_ARROW, GDK_SHIFT_MASK, 0, 0, 100, 3, 0, 0, 100.045, 0 },
};

static DrawTool *
create_tool (BoardElementType type)
{
  return type == BOARD_ELEMENT_LINE || type == BOARD_ELEMENT_ARROW ? draw_line_tool_new (type)
                                                                   : draw_shape_tool_new (type);
}

static double
get_number (BoardElement *element, const char *name)
{
  return json_node_get_double (board_element_get_prop (element, name));
}

static void
test_drags (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (drags); i++)
    {
      g_autoptr (FakeHost) host = fake_host_new ();
      g_autoptr (DrawTool) tool = create_tool (drags[i].type);
      const DrawSample end = { .x = drags[i].x + drags[i].dx, .y = drags[i].y + drags[i].dy };
      BoardElement *element;

      g_object_set (tool, "color", "#2f9e44", "width", 4.0, NULL);
      fake_host_press (host, tool, drags[i].x, drags[i].y, 0);
      draw_tool_motion (tool, DRAW_TOOL_HOST (host), &end, 1, drags[i].state);
      draw_tool_release (tool, DRAW_TOOL_HOST (host), &end, drags[i].state);

      g_assert_cmpuint (host->ops->len, ==, 1);
      element = board_op_get_change_element (host->ops->pdata[0], 0);
      g_assert_cmpint (board_element_get_kind (element), ==, drags[i].type);
      g_assert_cmpstr (board_element_get_stroke_color (element), ==, "#2f9e44");
      g_assert_cmpfloat (board_element_get_stroke_width (element), ==, 4);
      g_assert_cmpfloat_with_epsilon (board_element_get_x (element), drags[i].left, 1e-3);
      g_assert_cmpfloat_with_epsilon (board_element_get_y (element), drags[i].top, 1e-3);
      g_assert_cmpfloat_with_epsilon (get_number (element, "width"), drags[i].width, 1e-3);
      g_assert_cmpfloat_with_epsilon (get_number (element, "height"), drags[i].height, 1e-3);
    }
}

static void
test_shows_until_it_is_there (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_shape_tool_new (BOARD_ELEMENT_RECTANGLE);
  g_autofree char *words = NULL;

  fake_host_press (host, tool, 0, 0, 0);
  fake_host_move (host, tool, 40, 30);
  fake_host_release (host, tool, 80, 60);
  words = fake_host_take_words (host);
  g_assert_true (g_str_has_prefix (words, "shown:"));
  g_assert_true (g_str_has_suffix (words, "op:1 unshown done"));
}

/* A click makes nothing, at any zoom. */
static void
test_click_makes_nothing (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_shape_tool_new (BOARD_ELEMENT_DIAMOND);

  fake_host_press (host, tool, 10, 10, 0);
  fake_host_release (host, tool, 12, 11);
  g_assert_cmpuint (host->ops->len, ==, 0);

  draw_viewport_set_scale (host->viewport, 0.1);
  fake_host_press (host, tool, 10, 10, 0);
  fake_host_release (host, tool, 30, 20);
  g_assert_cmpuint (host->ops->len, ==, 0);
}

static void
test_is_given_up (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_shape_tool_new (BOARD_ELEMENT_ELLIPSE);
  g_autofree char *words = NULL;

  fake_host_press (host, tool, 0, 0, 0);
  fake_host_move (host, tool, 100, 100);
  draw_tool_cancel (tool, DRAW_TOOL_HOST (host));
  g_assert_cmpuint (host->ops->len, ==, 0);
  words = fake_host_take_words (host);
  g_assert_true (g_str_has_suffix (words, "unshown"));
}

/* What lies beyond the board's end or is no number makes no op that others would refuse. */
static void
test_survives_bad_samples (void)
{
  static const double places[] = { NAN, INFINITY, -INFINITY, 1e300, BOARD_COORDINATE_MAX };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (FakeHost) host = fake_host_new ();
      g_autoptr (DrawTool) tool
          = create_tool (i % 2 == 0 ? BOARD_ELEMENT_ARROW : BOARD_ELEMENT_ELLIPSE);

      fake_host_press (host, tool, -BOARD_COORDINATE_MAX, 0, GDK_SHIFT_MASK | GDK_ALT_MASK);
      fake_host_move (host, tool, places[i], places[i]);
      fake_host_release (host, tool, places[i], places[i]);
      for (guint n = 0; n < host->ops->len; n++)
        {
          g_autofree char *text = board_op_to_json (host->ops->pdata[n]);
          g_autoptr (BoardOp) again = board_op_from_json (text, -1, NULL);

          g_assert_nonnull (again);
        }
    }
}

/* Clicks add points; a second click at the same place ends. */
static void
test_clicks_make_a_way (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_line_tool_new (BOARD_ELEMENT_LINE);
  const DrawSample end = { .x = 100, .y = 100 };
  JsonArray *points;

  for (guint i = 0; i < 3; i++)
    {
      fake_host_press (host, tool, i == 2 ? 100 : 100 * i, i == 2 ? 100 : 0, 0);
      fake_host_release (host, tool, i == 2 ? 100 : 100 * i, i == 2 ? 100 : 0);
    }
  fake_host_press (host, tool, 100, 100, 0);
  fake_host_release (host, tool, 100, 100);
  g_assert_cmpuint (host->ops->len, ==, 0);
  draw_tool_activate (tool, DRAW_TOOL_HOST (host), &end, 0);
  g_assert_cmpuint (host->ops->len, ==, 1);
  points = json_node_get_array (
      board_element_get_prop (board_op_get_change_element (host->ops->pdata[0], 0), "points"));
  g_assert_cmpuint (json_array_get_length (points), ==, 3);

  /* Return ends, too, and a single click makes nothing. */
  fake_host_press (host, tool, 0, 0, 0);
  fake_host_release (host, tool, 0, 0);
  g_assert_true (draw_tool_key (tool, DRAW_TOOL_HOST (host), GDK_KEY_Return, 0));
  g_assert_cmpuint (host->ops->len, ==, 1);
  g_assert_false (draw_tool_key (tool, DRAW_TOOL_HOST (host), GDK_KEY_Return, 0));
}

/* From shape to shape: both ends are bound; Ctrl leaves them free. */
static void
test_arrows_stick (void)
{
  for (guint free = 0; free < 2; free++)
    {
      g_autoptr (FakeHost) host = fake_host_new ();
      g_autoptr (DrawTool) tool = draw_line_tool_new (BOARD_ELEMENT_ARROW);
      const DrawSample end = { .x = 296, .y = 50 };
      const GdkModifierType state = free ? GDK_CONTROL_MASK : 0;
      BoardElement *arrow;

      fake_host_add_form (host, "rectangle", "a", 0, 0, 100, 100);
      fake_host_add_form (host, "ellipse", "b", 300, 0, 100, 100);
      fake_host_press (host, tool, 104, 50, state);
      draw_tool_release (tool, DRAW_TOOL_HOST (host), &end, state);
      arrow = board_op_get_change_element (host->ops->pdata[0], 0);
      g_assert_true ((board_element_get_prop (arrow, "startBinding") == NULL) == (free == 1));
      g_assert_true ((board_element_get_prop (arrow, "endBinding") == NULL) == (free == 1));
      if (free)
        continue;
      /* It follows what is moved, and lets go when it is moved itself. */
      fake_host_select (host, "b");
      fake_host_take_ops (host, draw_selection_move (board_replica_get_document (host->replica),
                                                     host->selection, 100, 0));
      arrow = fake_host_get (host, board_element_get_id (arrow));
      g_assert_cmpfloat (get_number (arrow, "width"), >, 250);
      g_ptr_array_set_size (host->selection, 0);
      g_ptr_array_add (host->selection, g_strdup (board_element_get_id (arrow)));
      fake_host_take_ops (host, draw_selection_move (board_replica_get_document (host->replica),
                                                     host->selection, 0, 200));
      arrow = fake_host_get (host, host->selection->pdata[0]);
      g_assert_null (board_element_get_prop (arrow, "startBinding"));
    }
}

/* By right angles, bound or not. */
static void
test_elbow_arrows (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_line_tool_new (BOARD_ELEMENT_ARROW);
  DrawStyle *style = draw_styled_tool_get_style (DRAW_STYLED_TOOL (tool));

  draw_style_set (style, "elbowed", json_node_init_boolean (json_node_alloc (), TRUE));
  fake_host_add_form (host, "rectangle", "a", 290, 290, 100, 100);
  for (guint i = 0; i < 2; i++)
    {
      const double x = i == 0 ? 200 : 300, y = i == 0 ? 120 : 300;
      BoardElement *arrow;
      JsonArray *points;

      fake_host_press (host, tool, 0, 0, 0);
      fake_host_move (host, tool, x, y);
      fake_host_release (host, tool, x, y);
      arrow = board_op_get_change_element (host->ops->pdata[i], 0);
      g_assert_true ((board_element_get_prop (arrow, "endBinding") != NULL) == (i == 1));
      points = json_node_get_array (board_element_get_prop (arrow, "points"));
      g_assert_cmpuint (json_array_get_length (points), >, 2);
      for (guint n = 1; n < json_array_get_length (points); n++)
        {
          JsonArray *p = json_array_get_array_element (points, n - 1);
          JsonArray *q = json_array_get_array_element (points, n);

          g_assert_true (
              json_array_get_double_element (p, 0) == json_array_get_double_element (q, 0)
              || json_array_get_double_element (p, 1) == json_array_get_double_element (q, 1));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/drags", test_drags);
  g_test_add_func ("/shape/shows-until-it-is-there", test_shows_until_it_is_there);
  g_test_add_func ("/shape/click-makes-nothing", test_click_makes_nothing);
  g_test_add_func ("/shape/is-given-up", test_is_given_up);
  g_test_add_func ("/shape/survives-bad-samples", test_survives_bad_samples);
  g_test_add_func ("/line/clicks-make-a-way", test_clicks_make_a_way);
  g_test_add_func ("/line/arrows-stick", test_arrows_stick);
  g_test_add_func ("/line/elbow-arrows", test_elbow_arrows);
  return g_test_run ();
}
