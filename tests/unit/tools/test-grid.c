/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What the grid catches: squares of 20 units, unless Ctrl is held. */
#include "fake-host.h"
#include "tools/draw-grid.h"
#include "tools/draw-tools.h"

static FakeHost *
create (void)
{
  FakeHost *host = fake_host_new ();

  host->grid = 20;
  return host;
}

static void
drag (FakeHost *host, DrawTool *tool, double x0, double y0, double x1, double y1)
{
  fake_host_press (host, tool, x0, y0, 0);
  fake_host_move (host, tool, (x0 + x1) / 2, (y0 + y1) / 2);
  fake_host_move (host, tool, x1, y1);
  fake_host_release (host, tool, x1, y1);
}

static double
get_number (BoardElement *element, const char *name)
{
  return json_node_get_double (board_element_get_prop (element, name));
}

static void
assert_box (BoardElement *element, double x, double y, double width, double height)
{
  g_assert_cmpfloat (board_element_get_x (element), ==, x);
  g_assert_cmpfloat (board_element_get_y (element), ==, y);
  g_assert_cmpfloat_with_epsilon (get_number (element, "width"), width, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_number (element, "height"), height, 1e-6);
}

static BoardElement *
get_made (FakeHost *host)
{
  return board_op_get_change_element (host->ops->pdata[host->ops->len - 1], 0);
}

static void
test_rounds (void)
{
  g_assert_cmpfloat (draw_grid_round (20, 29.9), ==, 20);
  g_assert_cmpfloat (draw_grid_round (20, -31), ==, -40);
  g_assert_cmpfloat (draw_grid_round (0, 29.9), ==, 29.9);
  g_assert_cmpfloat (draw_grid_find_way (20, 29), ==, -9);
}

static void
test_shapes (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_shape_tool_new (BOARD_ELEMENT_RECTANGLE);
  const DrawSample free = { .x = 93, .y = 57, .pressure = 0.5f };

  drag (host, tool, 12, 33, 87, 61);
  assert_box (get_made (host), 20, 40, 60, 20);
  fake_host_press (host, tool, 33, 33, GDK_CONTROL_MASK);
  draw_tool_release (tool, DRAW_TOOL_HOST (host), &free, GDK_CONTROL_MASK);
  assert_box (get_made (host), 33, 33, 60, 24);
}

/* What lies beside the grid comes onto it as soon as it is moved that way. */
static void
test_moving (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();
  g_autofree char *place = NULL;

  fake_host_add_form (host, "rectangle", "a", 103, 107, 100, 60);
  fake_host_select (host, "a");
  fake_host_press (host, tool, 103, 140, 0);
  fake_host_move (host, tool, 140, 140);
  fake_host_release (host, tool, 146, 140);
  place = fake_host_place (host, "a");
  g_assert_cmpstr (place, ==, "140,107");
}

static void
test_resizing (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  fake_host_add_form (host, "rectangle", "a", 100, 100, 100, 60);
  fake_host_select (host, "a");
  drag (host, tool, 204, 164, 251, 195);
  assert_box (fake_host_get (host, "a"), 100, 100, 140, 100);
}

static void
test_lines (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) line = draw_line_tool_new (BOARD_ELEMENT_LINE);
  g_autoptr (DrawTool) arrow = draw_line_tool_new (BOARD_ELEMENT_ARROW);
  g_autoptr (DrawTool) select = draw_select_tool_new ();
  g_autofree char *id = NULL;

  drag (host, line, 12, 33, 87, 61);
  assert_box (get_made (host), 20, 40, 60, 20);
  /* A point that is bent goes on the grid, too. */
  id = g_strdup (board_element_get_id (get_made (host)));
  g_ptr_array_set_size (host->selection, 0);
  g_ptr_array_add (host->selection, g_strdup (id));
  drag (host, select, 80, 60, 133, 92);
  assert_box (fake_host_get (host, id), 20, 40, 120, 60);

  fake_host_add_form (host, "rectangle", "a", 303, 307, 100, 60);
  drag (host, arrow, 213, 333, 305, 337);
  g_assert_nonnull (board_element_get_prop (get_made (host), "endBinding"));
  g_assert_cmpfloat (board_element_get_x (get_made (host)), ==, 220);
  g_assert_cmpfloat (board_element_get_y (get_made (host)), ==, 340);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid/rounds", test_rounds);
  g_test_add_func ("/grid/shapes", test_shapes);
  g_test_add_func ("/grid/moving", test_moving);
  g_test_add_func ("/grid/resizing", test_resizing);
  g_test_add_func ("/grid/lines", test_lines);
  return g_test_run ();
}
