/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-mark.h"
#include "fake-host.h"
#include "tools/draw-arrange.h"
#include "tools/draw-copy.h"
#include "tools/draw-lasso.h"
#include "tools/draw-snap.h"

#define assert_text(call, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = call;                                                                 \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static BoardDocument *
get_document (FakeHost *host)
{
  return board_replica_get_document (host->replica);
}

/* a: 100 x 40 at (0, 0), b: 50 x 80 at (200, 30), c: 20 x 20 at (400, 200), all selected. */
static FakeHost *
create_three (void)
{
  FakeHost *host = fake_host_new ();

  fake_host_add_form (host, "rectangle", "a", 0, 0, 100, 40);
  fake_host_add_form (host, "rectangle", "b", 200, 30, 50, 80);
  fake_host_add_form (host, "ellipse", "c", 400, 200, 20, 20);
  fake_host_select (host, "abc");
  return host;
}

static void
test_align (void)
{
  static const struct {
    DrawAlign align;
    const char *a, *b, *c;
  } cases[] = {
    { DRAW_ALIGN_LEFT, "0,0", "0,30", "0,200" },
    { DRAW_ALIGN_RIGHT, "320,0", "370,30", "400,200" },
    { DRAW_ALIGN_CENTER, "160,0", "185,30", "200,200" },
    { DRAW_ALIGN_TOP, "0,0", "200,0", "400,0" },
    { DRAW_ALIGN_BOTTOM, "0,180", "200,140", "400,200" },
    { DRAW_ALIGN_MIDDLE, "0,90", "200,70", "400,100" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FakeHost) host = create_three ();

      fake_host_take_ops (
          host, draw_arrange_align (get_document (host), host->selection, cases[i].align));
      assert_text (fake_host_place (host, "a"), cases[i].a);
      assert_text (fake_host_place (host, "b"), cases[i].b);
      assert_text (fake_host_place (host, "c"), cases[i].c);
      g_assert_cmpuint (host->ops->len, ==, 1);
    }
}

static void
test_distribute (void)
{
  g_autoptr (FakeHost) host = create_three ();

  fake_host_take_ops (host, draw_arrange_distribute (get_document (host), host->selection, FALSE));
  assert_text (fake_host_place (host, "a"), "0,0");
  assert_text (fake_host_place (host, "b"), "225,30");
  assert_text (fake_host_place (host, "c"), "400,200");
  fake_host_take_ops (host, draw_arrange_distribute (get_document (host), host->selection, TRUE));
  assert_text (fake_host_place (host, "b"), "225,80");
  fake_host_select (host, "ab");
  g_assert_cmpuint (host->ops->len, ==, 2);
  fake_host_take_ops (host, draw_arrange_distribute (get_document (host), host->selection, TRUE));
  g_assert_cmpuint (host->ops->len, ==, 2);
}

/* A group is aligned as one thing; a label goes with its shape. */
static void
test_groups_move_as_one (void)
{
  g_autoptr (FakeHost) host = create_three ();

  fake_host_select (host, "ab");
  fake_host_take_ops (host, draw_arrange_group (get_document (host), host->selection));
  fake_host_select (host, "abc");
  fake_host_take_ops (
      host, draw_arrange_align (get_document (host), host->selection, DRAW_ALIGN_RIGHT));
  assert_text (fake_host_place (host, "a"), "170,0");
  assert_text (fake_host_place (host, "b"), "370,30");
}

static void
test_group_and_ungroup (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) single = NULL;

  fake_host_select (host, "ac");
  fake_host_take_ops (host, draw_arrange_group (get_document (host), host->selection));
  fake_host_select (host, "abc");
  fake_host_take_ops (host, draw_arrange_group (get_document (host), host->selection));
  g_ptr_array_add (one, (gpointer) "b");
  whole = draw_selection_with_groups (get_document (host), one);
  g_assert_cmpuint (whole->len, ==, 3);

  fake_host_take_ops (host, draw_arrange_ungroup (get_document (host), whole));
  single = draw_selection_with_groups (get_document (host), one);
  g_assert_cmpuint (single->len, ==, 1);
  one->pdata[0] = (gpointer) "c";
  g_ptr_array_unref (g_steal_pointer (&whole));
  whole = draw_selection_with_groups (get_document (host), one);
  g_assert_cmpuint (whole->len, ==, 2);
}

static void
test_order (void)
{
  static const struct {
    const char *selected;
    DrawOrder order;
    const char *result;
  } cases[] = {
    { "a", DRAW_ORDER_FRONT, "b c d a" }, { "d", DRAW_ORDER_BACK, "d a b c" },
    { "bc", DRAW_ORDER_FRONT, "a d b c" }, { "cd", DRAW_ORDER_BACK, "c d a b" },
    { "a", DRAW_ORDER_BACKWARD, "a b c d" }, { "d", DRAW_ORDER_FORWARD, "a b c d" },
    /* a overlaps c and d only. */
    { "a", DRAW_ORDER_FORWARD, "b c a d" }, { "d", DRAW_ORDER_BACKWARD, "a b d c" },
    { "b", DRAW_ORDER_FORWARD, "a b c d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FakeHost) host = fake_host_new ();

      fake_host_add_form (host, "rectangle", "a", 0, 0, 100, 100);
      fake_host_add_form (host, "rectangle", "b", 1000, 0, 100, 100);
      fake_host_add_form (host, "rectangle", "c", 50, 50, 100, 100);
      fake_host_add_form (host, "rectangle", "d", 60, 60, 100, 100);
      fake_host_select (host, cases[i].selected);
      fake_host_take_ops (
          host, draw_arrange_order (get_document (host), host->selection, cases[i].order));
      assert_text (fake_host_list (host), cases[i].result);
    }
}

static void
test_lock (void)
{
  g_autoptr (FakeHost) host = create_three ();

  fake_host_select (host, "a");
  fake_host_take_ops (host, draw_arrange_lock (get_document (host), host->selection, TRUE));
  g_assert_true (board_element_get_locked (fake_host_get (host, "a")));
  fake_host_select (host, "abc");
  fake_host_take_ops (host,
                      draw_arrange_align (get_document (host), host->selection, DRAW_ALIGN_TOP));
  assert_text (fake_host_place (host, "a"), "0,0");
  assert_text (fake_host_place (host, "c"), "400,30");
  fake_host_take_ops (host, draw_arrange_lock (get_document (host), host->selection, FALSE));
  g_assert_false (board_element_get_locked (fake_host_get (host, "a")));
}

static JsonNode *
parse (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return node;
}

/* Copies refer to each other, and to nothing that was not copied. */
static void
test_copies (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (GPtrArray) copies = NULL;
  BoardElement *copy, *label;
  JsonArray *bound;

  fake_host_add_form (host, "text", "t", 10, 10, 50, 20);
  fake_host_set_prop (host, "t", "containerId", parse ("\"a\""));
  fake_host_set_prop (host, "a", "boundElements",
                      parse ("[{\"id\":\"t\",\"type\":\"text\"},{\"id\":\"x\",\"type\":"
                             "\"arrow\"}]"));
  fake_host_set_prop (host, "a", "groupIds", parse ("[\"g\"]"));
  fake_host_set_prop (host, "b", "groupIds", parse ("[\"g\"]"));
  fake_host_select (host, "ab");
  fake_host_take_ops (
      host, draw_copy_elements (get_document (host), host->selection, 10, 20, &copies));

  g_assert_cmpuint (copies->len, ==, 2);
  g_assert_cmpuint (board_document_get_n_elements (get_document (host)), ==, 7);
  copy = fake_host_get (host, copies->pdata[0]);
  assert_text (fake_host_place (host, copies->pdata[0]), "10,20");
  g_assert_cmpstr (draw_selection_get_group (copy), !=, "g");
  g_assert_cmpstr (draw_selection_get_group (copy), ==,
                   draw_selection_get_group (fake_host_get (host, copies->pdata[1])));
  bound = json_node_get_array (board_element_get_prop (copy, "boundElements"));
  g_assert_cmpuint (json_array_get_length (bound), ==, 1);
  label = fake_host_get (
      host, json_object_get_string_member (json_array_get_object_element (bound, 0), "id"));
  g_assert_nonnull (label);
  g_assert_cmpstr (json_node_get_string (board_element_get_prop (label, "containerId")), ==,
                   copies->pdata[0]);
}

/* What is in a frame moves with it, but stays when it goes; a label goes with its shape. */
static void
test_dependents (void)
{
  g_autoptr (FakeHost) host = create_three ();

  fake_host_add_form (host, "frame", "f", -50, -50, 300, 300);
  fake_host_set_prop (host, "a", "frameId", parse ("\"f\""));
  fake_host_add_form (host, "text", "t", 10, 10, 50, 20);
  fake_host_set_prop (host, "t", "containerId", parse ("\"a\""));
  fake_host_set_prop (host, "a", "boundElements", parse ("[{\"id\":\"t\",\"type\":\"text\"}]"));
  fake_host_select (host, "f");
  fake_host_take_ops (host, draw_selection_move (get_document (host), host->selection, 5, 7));
  assert_text (fake_host_place (host, "a"), "5,7");
  assert_text (fake_host_place (host, "t"), "15,17");
  assert_text (fake_host_place (host, "b"), "200,30");
  fake_host_take_ops (host, draw_selection_delete (get_document (host), host->selection));
  assert_text (fake_host_list (host), "a b c t");
  fake_host_select (host, "a");
  fake_host_take_ops (host, draw_selection_delete (get_document (host), host->selection));
  assert_text (fake_host_list (host), "b c");
}

static void
test_snap (void)
{
  g_autoptr (FakeHost) host = create_three ();
  const BoardRect visible = { -500, -500, 1500, 1500 };
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DrawMark));
  g_autoptr (DrawSnap) snap = NULL;
  const DrawMark *mark;
  double dx, dy;

  fake_host_add_stroke (host, "s", 504, 0, 504, 300);
  g_ptr_array_add (moved, (gpointer) "c");
  snap = draw_snap_new (get_document (host), &visible, moved);
  /* The left edge is near b's, the top near nothing. */
  draw_snap_box (snap, &(BoardRect){ 203, 300, 10, 20 }, 5, &dx, &dy);
  g_assert_cmpfloat (dx, ==, -3);
  g_assert_cmpfloat (dy, ==, 0);
  /* Middles catch, too; handwriting and itself do not. */
  draw_snap_box (snap, &(BoardRect){ 494, 11, 20, 20 }, 5, &dx, &dy);
  g_assert_cmpfloat (dx, ==, 0);
  g_assert_cmpfloat (dy, ==, -1);
  draw_snap_box (snap, &(BoardRect){ 404, 203, 20, 20 }, 5, &dx, &dy);
  g_assert_cmpfloat (dx, ==, 0);

  draw_snap_add_guides (snap, &(BoardRect){ 200, 300, 20, 20 }, marks);
  g_assert_cmpuint (marks->len, ==, 1);
  mark = &g_array_index (marks, DrawMark, 0);
  g_assert_cmpfloat (mark->x0, ==, 200);
  g_assert_cmpfloat (mark->y0, ==, 30);
  g_assert_cmpfloat (mark->y1, ==, 320);
}

static void
test_lasso (void)
{
  g_autoptr (FakeHost) host = create_three ();
  g_autoptr (DrawLasso) lasso = draw_lasso_new (-10, -10);
  BoardRect bounds;

  fake_host_add_stroke (host, "s", 20, 20, 90, 60);
  draw_lasso_add (lasso, 150, -10, 1);
  draw_lasso_add (lasso, 150, -10.5, 1);
  draw_lasso_add (lasso, 150, 50, 1);
  draw_lasso_add (lasso, -10, 50, 1);
  draw_lasso_get_bounds (lasso, &bounds);
  g_assert_cmpfloat (bounds.width, ==, 160);
  g_assert_cmpfloat (bounds.height, ==, 60);
  g_assert_true (draw_lasso_contains_point (lasso, 0, 0));
  g_assert_false (draw_lasso_contains_point (lasso, 0, 51));
  g_assert_true (draw_lasso_contains (lasso, fake_host_get (host, "a")));
  g_assert_false (draw_lasso_contains (lasso, fake_host_get (host, "b")));
  g_assert_false (draw_lasso_contains (lasso, fake_host_get (host, "s")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrange/align", test_align);
  g_test_add_func ("/arrange/distribute", test_distribute);
  g_test_add_func ("/arrange/groups-move-as-one", test_groups_move_as_one);
  g_test_add_func ("/arrange/group-and-ungroup", test_group_and_ungroup);
  g_test_add_func ("/arrange/order", test_order);
  g_test_add_func ("/arrange/lock", test_lock);
  g_test_add_func ("/arrange/copies", test_copies);
  g_test_add_func ("/arrange/dependents", test_dependents);
  g_test_add_func ("/arrange/snap", test_snap);
  g_test_add_func ("/arrange/lasso", test_lasso);
  return g_test_run ();
}
