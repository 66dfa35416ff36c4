/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs to which frame, and what is one step of undo. */
#include "canvas/draw-selection.h"
#include "canvas/draw-writing.h"
#include "fake-host.h"
#include "tools/draw-copy.h"
#include "tools/draw-tools.h"

#define assert_frame(host, id, expected)                                                           \
  g_assert_cmpstr (board_element_get_frame_id (fake_host_get (host, id)), ==, expected)

/* Two frames side by side, f from 0 to 200 and g from 300 to 500, and a rectangle r beside them. */
static FakeHost *
create (void)
{
  FakeHost *host = fake_host_new ();

  fake_host_add_form (host, "frame", "f", 0, 0, 200, 200);
  fake_host_add_form (host, "frame", "g", 300, 0, 200, 200);
  fake_host_add_form (host, "rectangle", "r", 100, 300, 40, 40);
  return host;
}

static void
move (FakeHost *host, const char *ids, double dx, double dy)
{
  fake_host_select (host, ids);
  fake_host_take_ops (host, draw_selection_move (board_replica_get_document (host->replica),
                                                 host->selection, dx, dy));
}

static double
get_width (FakeHost *host, const char *id)
{
  return json_node_get_double (board_element_get_prop (fake_host_get (host, id), "width"));
}

static void
test_moved_in_and_out (void)
{
  g_autoptr (FakeHost) host = create ();

  assert_frame (host, "r", NULL);
  move (host, "r", 0, -200);
  assert_frame (host, "r", "f");
  /* It sticks out, but touches. */
  move (host, "r", 90, 0);
  assert_frame (host, "r", "f");
  move (host, "r", 40, 0);
  assert_frame (host, "r", NULL);
  /* Touching alone does not take it in. */
  move (host, "r", -35, 0);
  assert_frame (host, "r", NULL);
  move (host, "r", 150, 0);
  assert_frame (host, "r", "g");
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  assert_frame (host, "r", NULL);
}

static void
test_frame_moves_its_own (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autofree char *place = NULL;

  move (host, "r", 0, -200);
  move (host, "f", 300, 0);
  place = fake_host_place (host, "r");
  g_assert_cmpstr (place, ==, "400,100");
  /* Over another frame, too, it stays in its own. */
  assert_frame (host, "r", "f");
}

static void
test_drawn_in_a_frame (void)
{
  g_autoptr (FakeHost) host = create ();
  DrawTool *tools[]
      = { draw_pen_tool_new (), draw_shape_tool_new (BOARD_ELEMENT_ELLIPSE),
          draw_line_tool_new (BOARD_ELEMENT_LINE), draw_shape_tool_new (BOARD_ELEMENT_FRAME) };

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      BoardElement *made;

      fake_host_press (host, tools[i], 340, 50, 0);
      fake_host_move (host, tools[i], 380, 80);
      fake_host_release (host, tools[i], 420, 100);
      made = board_op_get_change_element (host->ops->pdata[i], 0);
      g_assert_cmpstr (board_element_get_frame_id (made), ==, i < 3 ? "g" : NULL);
      g_object_unref (tools[i]);
    }
}

static BoardElement *
find_kind (FakeHost *host, BoardElementType kind)
{
  g_autoptr (GPtrArray) all
      = board_document_query (board_replica_get_document (host->replica), NULL);

  for (guint i = 0; i < all->len; i++)
    if (board_element_get_kind (all->pdata[i]) == kind)
      return board_document_get_element (board_replica_get_document (host->replica),
                                         board_element_get_id (all->pdata[i]));
  return NULL;
}

/* A frame drawn around things takes them, with their labels; not what sticks out, is locked, or is in
 * another one. */
static void
test_new_frame_takes (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_shape_tool_new (BOARD_ELEMENT_FRAME);
  const char *frame;

  fake_host_add_form (host, "rectangle", "a", 10, 10, 50, 50);
  fake_host_add_form (host, "rectangle", "b", 180, 10, 50, 50);
  fake_host_add_form (host, "rectangle", "c", 10, 80, 50, 50);
  fake_host_add_form (host, "text", "t", 15, 15, 20, 20);
  fake_host_set_prop (host, "t", "containerId", json_node_init_string (json_node_alloc (), "a"));
  fake_host_set_prop (host, "c", "locked", json_node_init_boolean (json_node_alloc (), TRUE));
  fake_host_press (host, tool, 0, 0, 0);
  fake_host_move (host, tool, 100, 100);
  fake_host_release (host, tool, 200, 200);
  frame = board_element_get_id (find_kind (host, BOARD_ELEMENT_FRAME));
  assert_frame (host, "a", frame);
  assert_frame (host, "t", frame);
  assert_frame (host, "b", NULL);
  assert_frame (host, "c", NULL);
  /* One step. */
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  g_assert_null (find_kind (host, BOARD_ELEMENT_FRAME));
  assert_frame (host, "a", NULL);
}

/* A frame is resized without what is in it, takes what it covers now, and lets go of the rest. */
static void
test_resized_frame (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  move (host, "r", 50, -300);
  assert_frame (host, "r", "f");
  fake_host_add_form (host, "rectangle", "s", 20, 220, 30, 30);
  fake_host_select (host, "f");
  fake_host_press (host, tool, 204, 204, 0);
  fake_host_move (host, tool, 150, 250);
  fake_host_release (host, tool, 104, 304);
  g_assert_cmpfloat (get_width (host, "f"), ==, 100);
  g_assert_cmpfloat (get_width (host, "r"), ==, 40);
  assert_frame (host, "r", NULL);
  assert_frame (host, "s", "f");
}

static void
test_deleted_frame_leaves_its_own (void)
{
  g_autoptr (FakeHost) host = create ();

  move (host, "r", 0, -200);
  fake_host_select (host, "f");
  fake_host_take_ops (host, draw_selection_delete (board_replica_get_document (host->replica),
                                                   host->selection));
  g_assert_null (fake_host_get (host, "f"));
  g_assert_nonnull (fake_host_get (host, "r"));
  assert_frame (host, "r", NULL);
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  assert_frame (host, "r", "f");
}

static void
test_groups_and_copies (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (GPtrArray) copies = NULL;
  JsonArray *groups;

  fake_host_add_form (host, "rectangle", "q", 250, 300, 40, 40);
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *node = json_node_alloc ();

      groups = json_array_new ();
      json_array_add_string_element (groups, "pair");
      fake_host_set_prop (host, i == 0 ? "r" : "q", "groupIds", json_node_init_array (node, groups));
      json_array_unref (groups);
    }
  /* The middle of both decides for both. */
  move (host, "rq", -40, -200);
  assert_frame (host, "r", "f");
  assert_frame (host, "q", "f");
  fake_host_select (host, "r");
  fake_host_take_ops (host, draw_copy_elements (board_replica_get_document (host->replica),
                                                host->selection, 320, 0, &copies));
  assert_frame (host, copies->pdata[0], "g");
}

static void
test_words_in_a_frame (void)
{
  g_autoptr (FakeHost) host = create ();
  g_autoptr (DrawTool) tool = draw_shape_tool_new (BOARD_ELEMENT_NOTE);

  fake_host_press (host, tool, 320, 20, 0);
  fake_host_release (host, tool, 420, 120);
  fake_host_take_ops (host, draw_writing_get_ops (host->writing));
  g_assert_cmpstr (board_element_get_frame_id (find_kind (host, BOARD_ELEMENT_NOTE)), ==, "g");
}

/* ---- one gesture, one step ---- */

#define N_MANY 4000

static void
test_many_are_one_step (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autofree char *words = NULL;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      fake_host_add_stroke (host, id, i, 0, i, 10);
      g_ptr_array_add (host->selection, g_steal_pointer (&id));
    }
  {
    g_autoptr (GPtrArray) ops = draw_selection_move (
        board_replica_get_document (host->replica), host->selection, 0, 100);

    g_assert_cmpuint (ops->len, >, 1);
    draw_tool_host_emit_ops (DRAW_TOOL_HOST (host), ops);
  }
  words = fake_host_take_words (host);
  g_assert_true (g_str_has_prefix (words, "act( op:"));
  g_assert_true (g_str_has_suffix (words, ")"));
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "e0")), ==, 100);
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "e3999")), ==, 100);
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "e0")), ==, 0);
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "e3999")), ==, 0);
  g_assert_cmpuint (board_replica_redo (host->replica), >, 0);
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "e0")), ==, 100);
  g_assert_cmpfloat (board_element_get_y (fake_host_get (host, "e3999")), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/belong/moved-in-and-out", test_moved_in_and_out);
  g_test_add_func ("/belong/frame-moves-its-own", test_frame_moves_its_own);
  g_test_add_func ("/belong/drawn-in-a-frame", test_drawn_in_a_frame);
  g_test_add_func ("/belong/new-frame-takes", test_new_frame_takes);
  g_test_add_func ("/belong/resized-frame", test_resized_frame);
  g_test_add_func ("/belong/deleted-frame-leaves-its-own", test_deleted_frame_leaves_its_own);
  g_test_add_func ("/belong/groups-and-copies", test_groups_and_copies);
  g_test_add_func ("/belong/words-in-a-frame", test_words_in_a_frame);
  g_test_add_func ("/act/many-are-one-step", test_many_are_one_step);
  return g_test_run ();
}
