/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "canvas/draw-shape.h"
#include "canvas/draw-writing.h"
#include "fake-host.h"
#include "tools/draw-frame.h"
#include "tools/draw-restyle.h"
#include "tools/draw-tools.h"

static BoardDocument *
get_document (FakeHost *host)
{
  return board_replica_get_document (host->replica);
}

static double
get_number (FakeHost *host, const char *id, const char *name)
{
  JsonNode *node = board_element_get_prop (fake_host_get (host, id), name);

  return node != NULL ? json_node_get_double (node) : 0;
}

/* Each handle is found where it is, turned or not, and small frames have no side handles. */
static void
test_handles_are_found (void)
{
  const DrawFrame frames[] = { { { 0, 0, 100, 60 }, 0 }, { { 0, 0, 100, 60 }, 1 } };
  const DrawFrame small = { { 0, 0, 10, 10 }, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DrawMark));
      guint n_found = 0;

      draw_frame_add_marks (&frames[i], 2, marks);
      for (guint n = 0; n < marks->len; n++)
        {
          const DrawMark *mark = &g_array_index (marks, DrawMark, n);

          if (mark->kind == DRAW_MARK_HANDLE || mark->kind == DRAW_MARK_KNOB)
            n_found += draw_frame_find (&frames[i], mark->x0, mark->y0, 2) != DRAW_HANDLE_NONE;
        }
      g_assert_cmpuint (n_found, ==, 9);
      g_assert_cmpint (draw_frame_find (&frames[i], 50, 30, 2), ==, DRAW_HANDLE_NONE);
    }
  g_assert_cmpint (draw_frame_find (&small, 5, -4, 1), !=, DRAW_HANDLE_N);
  g_assert_cmpstr (draw_frame_get_cursor (&frames[0], DRAW_HANDLE_E), ==, "ew-resize");
  g_assert_cmpstr (draw_frame_get_cursor (&frames[0], DRAW_HANDLE_SE), ==, "nwse-resize");
}

static void
test_drags (void)
{
  static const struct {
    DrawHandle handle;
    double dx, dy;
    gboolean by_middle, in_ratio;
    double sx, sy;
  } cases[] = {
    { DRAW_HANDLE_SE, 100, 30, FALSE, FALSE, 2, 1.5 },
    { DRAW_HANDLE_NW, 50, 0, FALSE, FALSE, 0.5, 1 },
    { DRAW_HANDLE_E, 50, 500, FALSE, FALSE, 1.5, 1 },
    { DRAW_HANDLE_E, 50, 0, TRUE, FALSE, 2, 1 },
    { DRAW_HANDLE_SE, 100, 0, FALSE, TRUE, 2, 2 },
    { DRAW_HANDLE_S, 0, 60, FALSE, TRUE, 2, 2 },
    { DRAW_HANDLE_E, -200, 0, FALSE, FALSE, -1, 1 },
    { DRAW_HANDLE_E, -100, 0, FALSE, FALSE, 0.001, 1 },
  };
  const DrawFrame frame = { { 0, 0, 100, 60 }, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double sx, sy;

      draw_frame_drag (&frame, cases[i].handle, cases[i].dx, cases[i].dy, cases[i].by_middle,
                       cases[i].in_ratio, &sx, &sy);
      g_assert_cmpfloat_with_epsilon (sx, cases[i].sx, 1e-9);
      g_assert_cmpfloat_with_epsilon (sy, cases[i].sy, 1e-9);
    }
}

/* By the tool: a corner, one op, and nothing when it is given up. */
static void
test_select_resizes (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (DrawTool) tool = draw_select_tool_new ();

  fake_host_add_form (host, "rectangle", "a", 100, 100, 100, 50);
  fake_host_select (host, "a");
  fake_host_press (host, tool, 204, 154, 0);
  fake_host_move (host, tool, 304, 204);
  g_assert_cmpuint (host->stand_ins->len, ==, 1);
  draw_tool_cancel (tool, DRAW_TOOL_HOST (host));
  g_assert_cmpuint (host->ops->len, ==, 0);
  g_assert_null (host->stand_ins);

  fake_host_press (host, tool, 204, 154, 0);
  fake_host_move (host, tool, 304, 204);
  fake_host_release (host, tool, 304, 204);
  g_assert_cmpuint (host->ops->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (get_number (host, "a", "width"), 200, 0.1);
  g_assert_cmpfloat_with_epsilon (get_number (host, "a", "height"), 100, 0.1);
  g_assert_cmpfloat (get_number (host, "a", "x"), ==, 100);
  g_assert_cmpuint (board_replica_undo (host->replica), >, 0);
  g_assert_cmpfloat (get_number (host, "a", "width"), ==, 100);
}

static guint
count_ops (DrawWriting *writing)
{
  g_autoptr (GPtrArray) ops = draw_writing_get_ops (writing);

  return ops->len;
}

static BoardElement *
make_text (const char *type, const char *more)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"t\",\"type\":\"%s\",\"index\":\"z0\",\"x\":"
                                           "10,\"y\":20,\"width\":"
                                           "100,\"height\":40,\"fontSize\":20,\"fontFamily\":6%s}",
                                           type, more);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  BoardElement *element = board_element_new (json_node_get_object (node), NULL);

  g_assert_nonnull (element);
  return element;
}

/* Free text is as large as its letters; empty it is nothing. */
static void
test_writing_free_text (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (BoardElement) text = make_text ("text", "");
  g_autoptr (DrawWriting) writing = draw_writing_new_for (get_document (host), text, NULL);
  double narrow;

  g_assert_null (draw_writing_get_result (writing));
  g_assert_cmpuint (count_ops (writing), ==, 0);
  draw_writing_set_text (writing, "il");
  narrow = draw_shape_get_number (draw_writing_get_element (writing), "width", 0, 1e6, 0);
  draw_writing_set_text (writing, "il and more\nand more");
  g_assert_cmpfloat (draw_shape_get_number (draw_writing_get_element (writing), "width", 0, 1e6, 0),
                     >, 3 * narrow);
  g_assert_cmpfloat_with_epsilon (draw_shape_get_number (draw_writing_get_element (writing),
                                                         "height", 0, 1e6, 0),
                                  50, 0.5);
  fake_host_take_ops (host, draw_writing_get_ops (writing));
  g_assert_cmpstr (draw_writing_get_result (writing), ==, "t");
  g_assert_nonnull (fake_host_get (host, "t"));

  {
    g_autoptr (DrawWriting) again
        = draw_writing_new (get_document (host), fake_host_get (host, "t"));

    g_assert_cmpuint (count_ops (again), ==, 0);
    draw_writing_set_text (again, "  \n");
    fake_host_take_ops (host, draw_writing_get_ops (again));
    g_assert_null (fake_host_get (host, "t"));
  }
}

/* A label makes its shape as high as it needs, and both know of each other. */
static void
test_writing_label (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (BoardElement) text = make_text ("text", ",\"containerId\":\"a\"");
  g_autoptr (DrawWriting) writing = NULL;

  fake_host_add_form (host, "rectangle", "a", 0, 0, 100, 30);
  writing = draw_writing_new_for (get_document (host), text, fake_host_get (host, "a"));
  draw_writing_set_text (writing, "words that are broken into several lines");
  g_assert_nonnull (draw_writing_get_container (writing));
  fake_host_take_ops (host, draw_writing_get_ops (writing));
  g_assert_cmpstr (draw_writing_get_result (writing), ==, "a");
  g_assert_cmpfloat (get_number (host, "a", "height"), >, 60);
  g_assert_nonnull (board_element_get_prop (fake_host_get (host, "a"), "boundElements"));
  g_assert_nonnull (
      strchr (json_node_get_string (board_element_get_prop (fake_host_get (host, "t"), "text")),
              '\n'));
}

static void
test_writing_notes (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (BoardElement) note = make_text ("note", "");
  g_autoptr (DrawWriting) writing = draw_writing_new_for (get_document (host), note, NULL);
  g_autoptr (DrawWriting) next = NULL;

  draw_writing_set_text (writing, "one\ntwo\nthree\nfour");
  g_assert_cmpfloat (draw_shape_get_number (draw_writing_get_element (writing), "height", 0, 1e6,
                                            0),
                     >, 80);
  next = draw_writing_make_next (writing);
  g_assert_nonnull (next);
  g_assert_cmpstr (draw_writing_get_text (next), ==, "");
  g_assert_cmpfloat (board_element_get_x (draw_writing_get_element (next)), >, 110);
  /* An empty note is a note. */
  g_assert_cmpuint (count_ops (next), ==, 1);
}

static void
test_restyle (void)
{
  g_autoptr (FakeHost) host = fake_host_new ();
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (JsonNode) red = json_from_string ("\"#e03131\"", NULL);
  g_autoptr (JsonNode) round = json_from_string ("true", NULL);

  fake_host_add_form (host, "rectangle", "a", 0, 0, 100, 30);
  fake_host_add_form (host, "ellipse", "b", 0, 100, 100, 30);
  fake_host_add_stroke (host, "s", 0, 200, 100, 200);
  fake_host_select (host, "abs");
  g_assert_cmpint (draw_restyle_get (get_document (host), host->selection, "strokeColor", &value),
                   ==, DRAW_LOOK_SAME);
  g_clear_pointer (&value, json_node_unref);
  fake_host_select (host, "a");
  fake_host_take_ops (host,
                      draw_restyle_set (get_document (host), host->selection, "strokeColor", red));
  fake_host_select (host, "abs");
  g_assert_cmpint (draw_restyle_get (get_document (host), host->selection, "strokeColor", &value),
                   ==, DRAW_LOOK_MIXED);
  g_assert_null (value);
  g_assert_cmpint (draw_restyle_get (get_document (host), host->selection, "fontSize", &value), ==,
                   DRAW_LOOK_NONE);
  /* Only what can have corners gets them. */
  fake_host_take_ops (host,
                      draw_restyle_set (get_document (host), host->selection, "roundness", round));
  g_assert_true (
      JSON_NODE_HOLDS_OBJECT (board_element_get_prop (fake_host_get (host, "a"), "roundness")));
  g_assert_null (board_element_get_prop (fake_host_get (host, "b"), "roundness"));
}

static void
test_style_is_kept (void)
{
  g_autoptr (DrawStyle) style = draw_style_new ();
  g_autoptr (DrawStyle) again = draw_style_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) props = json_object_new ();

  draw_style_set (style, "strokeColor", json_from_string ("\"#2f9e44\"", NULL));
  /* Of another type, or of no property: nothing happens. */
  draw_style_set (style, "strokeColor", json_from_string ("3", NULL));
  draw_style_set (style, "nonsense", json_from_string ("3", NULL));
  text = draw_style_save (style);
  draw_style_load (again, text);
  draw_style_load (again, "{\"strokeWidth\":\"wide\",\"x\":1}");
  draw_style_load (again, "not JSON");
  g_assert_cmpstr (draw_style_get_text (again, "strokeColor"), ==, "#2f9e44");
  g_assert_cmpfloat (draw_style_get_number (again, "strokeWidth"), ==, 2);
  draw_style_apply (again, BOARD_ELEMENT_NOTE, props);
  g_assert_false (json_object_has_member (props, "backgroundColor"));
  g_assert_false (json_object_has_member (props, "strokeWidth"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/handles-are-found", test_handles_are_found);
  g_test_add_func ("/frame/drags", test_drags);
  g_test_add_func ("/select/resizes", test_select_resizes);
  g_test_add_func ("/writing/free-text", test_writing_free_text);
  g_test_add_func ("/writing/label", test_writing_label);
  g_test_add_func ("/writing/notes", test_writing_notes);
  g_test_add_func ("/style/restyle", test_restyle);
  g_test_add_func ("/style/is-kept", test_style_is_kept);
  return g_test_run ();
}
