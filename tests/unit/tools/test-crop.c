/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures cropped by hand, points of lines taken away, many elements shaped at once. */
#include <math.h>

#include "fake-host.h"
#include "tools/draw-crop.h"
#include "tools/draw-tools.h"

/* A picture of 200x100 pixels, shown half as large: from (100, 100) to (200, 150). */
static FakeHost *
create (void)
{
  FakeHost *host = fake_host_new ();

  host->picture_width = 200;
  fake_host_add_form (host, "image", "p", 100, 100, 100, 50);
  fake_host_set_prop (host, "p", "fileId", json_node_init_string (json_node_alloc (), "f1"));
  fake_host_select (host, "p");
  return host;
}

static double
get_number (FakeHost *host, const char *id, const char *name)
{
  return json_node_get_double (board_element_get_prop (fake_host_get (host, id), name));
}

static double
get_crop (FakeHost *host, const char *name)
{
  JsonNode *node = board_element_get_prop (fake_host_get (host, "p"), "crop");

  g_assert_nonnull (node);
  return json_node_get_double (json_object_get_member (json_node_get_object (node), name));
}

static void
assert_crop (FakeHost *host, double x, double y, double width, double height)
{
  g_assert_cmpfloat_with_epsilon (get_crop (host, "x"), x, 0.1);
  g_assert_cmpfloat_with_epsilon (get_crop (host, "y"), y, 0.1);
  g_assert_cmpfloat_with_epsilon (get_crop (host, "width"), width, 0.1);
  g_assert_cmpfloat_with_epsilon (get_crop (host, "height"), height, 0.1);
  g_assert_cmpfloat (get_crop (host, "naturalWidth"), ==, 200);
  g_assert_cmpfloat (get_crop (host, "naturalHeight"), ==, 100);
}

static void
drag (FakeHost *host, DrawTool *tool, double x0, double y0, double x1, double y1)
{
  fake_host_press (host, tool, x0, y0, 0);
  fake_host_move (host, tool, (x0 + x1) / 2, (y0 + y1) / 2);
  fake_host_release (host, tool, x1, y1);
}

static gboolean
key (FakeHost *host, DrawTool *tool, guint keyval, GdkModifierType state)
{
  return draw_tool_key (tool, DRAW_TOOL_HOST (host), keyval, state);
}

static void
test_crops (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  g_assert_true (key (host, tool, GDK_KEY_Return, 0));
  /* Two sides, and never beyond the picture. */
  drag (host, tool, 204, 125, 164, 125);
  drag (host, tool, 96, 96, 126, 50);
  g_assert_cmpuint (host->ops->len, ==, 0);
  g_assert_true (key (host, tool, GDK_KEY_Return, 0));
  g_assert_cmpuint (host->ops->len, ==, 1);
  assert_crop (host, 60, 0, 60, 100);
  g_assert_cmpfloat (get_number (host, "p", "x"), ==, 130);
  g_assert_cmpfloat (get_number (host, "p", "width"), ==, 30);
  g_assert_cmpfloat (get_number (host, "p", "height"), ==, 50);
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  g_assert_null (board_element_get_prop (fake_host_get (host, "p"), "crop"));
}

/* Cropping again finds the whole picture; what was left out can be had back, all by one key. */
static void
test_crops_again (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  key (host, tool, GDK_KEY_Return, 0);
  drag (host, tool, 204, 125, 164, 125);
  key (host, tool, GDK_KEY_Return, 0);
  assert_crop (host, 0, 0, 120, 100);
  key (host, tool, GDK_KEY_Return, 0);
  /* The picture beneath its frame, as far as it covers it. */
  drag (host, tool, 130, 125, 120, 145);
  key (host, tool, GDK_KEY_KP_Enter, 0);
  assert_crop (host, 20, 0, 120, 100);
  g_assert_cmpfloat (get_number (host, "p", "x"), ==, 100);
  key (host, tool, GDK_KEY_Return, 0);
  g_assert_true (key (host, tool, GDK_KEY_Right, 0));
  g_assert_true (key (host, tool, GDK_KEY_Left, GDK_SHIFT_MASK));
  key (host, tool, GDK_KEY_Return, 0);
  assert_crop (host, 18, 0, 118, 100);
  key (host, tool, GDK_KEY_Return, 0);
  g_assert_true (key (host, tool, GDK_KEY_Delete, 0));
  key (host, tool, GDK_KEY_Return, 0);
  g_assert_null (board_element_get_prop (fake_host_get (host, "p"), "crop"));
  g_assert_cmpfloat_with_epsilon (get_number (host, "p", "width"), 100, 0.2);
}

static void
test_is_given_up (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  key (host, tool, GDK_KEY_Return, 0);
  drag (host, tool, 204, 125, 164, 125);
  g_assert_true (key (host, tool, GDK_KEY_Escape, 0));
  g_assert_cmpuint (host->ops->len, ==, 0);
  g_assert_false (key (host, tool, GDK_KEY_Escape, 0));
  /* Nothing done, nothing emitted; a press beside the picture ends it, too. */
  key (host, tool, GDK_KEY_Return, 0);
  fake_host_press (host, tool, 500, 500, 0);
  fake_host_release (host, tool, 500, 500);
  g_assert_cmpuint (host->ops->len, ==, 0);
  fake_host_select (host, "p");
  key (host, tool, GDK_KEY_Return, 0);
  draw_tool_put_away (tool, DRAW_TOOL_HOST (host));
  g_assert_cmpuint (host->ops->len, ==, 0);
}

/* A flipped picture counts its pixels from the other side. */
static void
test_flipped (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();
  g_autoptr (JsonNode) scale = json_from_string ("[-1,1]", NULL);

  fake_host_set_prop (host, "p", "scale", g_steal_pointer (&scale));
  key (host, tool, GDK_KEY_Return, 0);
  drag (host, tool, 204, 125, 164, 125);
  key (host, tool, GDK_KEY_Return, 0);
  assert_crop (host, 80, 0, 120, 100);
  g_assert_cmpfloat (get_number (host, "p", "x"), ==, 100);
}

/* A turned picture stays where it is: the corner across from the dragged one does not move. */
static void
test_turned (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  fake_host_set_prop (host, "p", "angle", json_node_init_double (json_node_alloc (), G_PI / 2));
  /* On the board it stands from (125, 75) to (175, 175); its right side is below. */
  key (host, tool, GDK_KEY_Return, 0);
  drag (host, tool, 150, 179, 150, 139);
  key (host, tool, GDK_KEY_Return, 0);
  assert_crop (host, 0, 0, 120, 100);
  g_assert_cmpfloat_with_epsilon (get_number (host, "p", "x") + 30, 150, 0.1);
  g_assert_cmpfloat_with_epsilon (get_number (host, "p", "y") + 25, 105, 0.1);
}

static void
test_no_picture (void)
{
  g_autoptr (FakeHost) host = create ();

  host->picture_width = 0;
  g_assert_null (draw_crop_new (DRAW_TOOL_HOST (host), "p"));
  host->picture_width = 200;
  g_assert_null (draw_crop_new (DRAW_TOOL_HOST (host), "nobody"));
  fake_host_set_prop (host, "p", "locked", json_node_init_boolean (json_node_alloc (), TRUE));
  g_assert_null (draw_crop_new (DRAW_TOOL_HOST (host), "p"));
}

/* ---- points of lines ---- */

static guint
get_n_points (FakeHost *host, const char *id)
{
  return json_array_get_length (
      json_node_get_array (board_element_get_prop (fake_host_get (host, id), "points")));
}

static void
test_points_go (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();
  g_autoptr (JsonNode) node
      = json_from_string ("{\"id\":\"l\",\"type\":\"line\",\"index\":\"a1\",\"x\":10,\"y\":20,"
                          "\"width\":100,\"height\":80,\"points\":[[0,0],[100,0],[100,80]]}",
                          NULL);
  g_autoptr (BoardElement) line = board_element_new (json_node_get_object (node), NULL);

  draw_tool_host_add (DRAW_TOOL_HOST (host), line);
  fake_host_select (host, "l");
  g_assert_false (key (host, tool, GDK_KEY_Delete, 0));
  /* Between two points a drag adds one. */
  drag (host, tool, 60, 20, 60, 60);
  g_assert_cmpuint (get_n_points (host, "l"), ==, 4);
  g_assert_false (key (host, tool, GDK_KEY_Delete, 0));
  fake_host_press (host, tool, 110, 20, 0);
  fake_host_release (host, tool, 110, 20);
  g_assert_true (key (host, tool, GDK_KEY_Delete, 0));
  g_assert_cmpuint (get_n_points (host, "l"), ==, 3);
  g_assert_false (key (host, tool, GDK_KEY_Delete, 0));
  /* An end, and then there are two, which stay. */
  fake_host_press (host, tool, 10, 20, 0);
  fake_host_release (host, tool, 10, 20);
  g_assert_true (key (host, tool, GDK_KEY_BackSpace, 0));
  g_assert_cmpuint (get_n_points (host, "l"), ==, 2);
  g_assert_cmpfloat (board_element_get_x (fake_host_get (host, "l")), ==, 60);
  fake_host_press (host, tool, 60, 60, 0);
  fake_host_release (host, tool, 60, 60);
  g_assert_false (key (host, tool, GDK_KEY_Delete, 0));
  g_assert_cmpuint (get_n_points (host, "l"), ==, 2);
}

/* ---- many ---- */

/* More than two hundred are shown as their picture, bent, and made anew once. */
static void
test_many_are_shaped (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();
  g_autofree char *words = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      fake_host_add_form (host, "rectangle", id, i % 20 * 10, i / 20 * 10, 10, 10);
      g_ptr_array_add (host->selection, g_steal_pointer (&id));
    }
  fake_host_press (host, tool, 204, 154, 0);
  fake_host_move (host, tool, 304, 204);
  draw_tool_cancel (tool, DRAW_TOOL_HOST (host));
  words = fake_host_take_words (host);
  g_assert_true (g_str_has_prefix (words, "shaped:1.5,0,0,1.33333,0,0:300 "));
  g_assert_true (g_str_has_suffix (words, "shaped:1,0,0,1,0,0:300 put"));
  g_clear_pointer (&words, g_free);

  fake_host_press (host, tool, 204, 154, 0);
  fake_host_move (host, tool, 404, 304);
  fake_host_release (host, tool, 404, 304);
  words = fake_host_take_words (host);
  g_assert_true (g_str_has_suffix (words, "op:300 put"));
  g_assert_cmpfloat (get_number (host, "e299", "x"), ==, 380);
  g_assert_cmpfloat (get_number (host, "e299", "width"), ==, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crop/crops", test_crops);
  g_test_add_func ("/crop/crops-again", test_crops_again);
  g_test_add_func ("/crop/is-given-up", test_is_given_up);
  g_test_add_func ("/crop/flipped", test_flipped);
  g_test_add_func ("/crop/turned", test_turned);
  g_test_add_func ("/crop/no-picture", test_no_picture);
  g_test_add_func ("/points/go", test_points_go);
  g_test_add_func ("/many/are-shaped", test_many_are_shaped);
  return g_test_run ();
}
