/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-binding.h"

#include <math.h>

#include "board/board-elbow.h"
#include "board/board-replica.h"

#define BOX "\"index\":\"a0\",\"x\":100,\"y\":100,\"width\":100,\"height\":50,\"strokeWidth\":2"

static BoardElement *
element_of (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  BoardElement *element = board_element_new (json_node_get_object (node), &error);

  g_assert_no_error (error);
  return element;
}

static BoardElement *
arrow_with (const char *bindings)
{
  g_autofree char *text
      = g_strdup_printf ("{\"id\":\"a\",\"type\":\"arrow\",\"index\":\"a1\",\"x\":0,\"y\":125,"
                         "\"points\":[[0,0],[90,0]]%s}",
                         bindings);

  return element_of (text);
}

static void
check_end (BoardElement *arrow, JsonObject *props, gboolean last, double x, double y)
{
  g_autoptr (BoardElement) changed = board_element_with (arrow, props, NULL);
  JsonArray *points = json_node_get_array (board_element_get_prop (changed, "points"));
  JsonArray *pair
      = json_array_get_array_element (points, last ? json_array_get_length (points) - 1 : 0);

  g_assert_cmpfloat_with_epsilon (board_element_get_x (changed)
                                      + json_array_get_double_element (pair, 0),
                                  x, 0.01);
  g_assert_cmpfloat_with_epsilon (board_element_get_y (changed)
                                      + json_array_get_double_element (pair, 1),
                                  y, 0.01);
}

static void
test_get (void)
{
  static const struct {
    const char *value;
    gboolean bound;
    double fx;
    gboolean inside;
  } rows[] = {
    { "null", FALSE, 0, FALSE },
    { "{\"elementId\":\"r\",\"focus\":0.3,\"gap\":4}", TRUE, 0.5, FALSE },
    { "{\"elementId\":\"r\",\"fixedPoint\":[0.25,1],\"mode\":\"orbit\"}", TRUE, 0.25, FALSE },
    { "{\"elementId\":\"r\",\"fixedPoint\":[0.25,1],\"mode\":\"inside\"}", TRUE, 0.25, TRUE },
    { "{\"elementId\":\"r\",\"fixedPoint\":[7,-1],\"mode\":\"skip\"}", TRUE, 1, FALSE },
    { "{\"elementId\":\"r\",\"fixedPoint\":null}", TRUE, 0.5, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *binding = g_strdup_printf (",\"endBinding\":%s", rows[i].value);
      g_autoptr (BoardElement) arrow = arrow_with (binding);
      BoardBinding found;

      g_test_message ("%s", rows[i].value);
      g_assert_false (board_binding_get (arrow, FALSE, &found));
      g_assert_cmpint (board_binding_get (arrow, TRUE, &found), ==, rows[i].bound);
      if (!rows[i].bound)
        continue;
      g_assert_cmpstr (found.element, ==, "r");
      g_assert_cmpfloat (found.fx, ==, rows[i].fx);
      g_assert_cmpint (found.inside, ==, rows[i].inside);
    }
}

static void
check_place (const char *target_text,
             double fx,
             double fy,
             gboolean inside,
             double from_x,
             double from_y,
             double x,
             double y)
{
  g_autoptr (BoardElement) target = element_of (target_text);
  const BoardBinding binding = { "r", fx, fy, inside };
  double got_x, got_y;

  board_binding_place (target, &binding, from_x, from_y, &got_x, &got_y);
  g_test_message ("%g %g", got_x, got_y);
  g_assert_cmpfloat_with_epsilon (got_x, x, 0.05);
  g_assert_cmpfloat_with_epsilon (got_y, y, 0.05);
}

/* Five units and half of the line before the outline. */
static void
test_place (void)
{
  static const char rectangle[] = "{\"id\":\"r\",\"type\":\"rectangle\"," BOX "}";
  static const char turned[]
      = "{\"id\":\"r\",\"type\":\"rectangle\"," BOX ",\"angle\":1.5707963267948966}";
  static const char ellipse[] = "{\"id\":\"r\",\"type\":\"ellipse\"," BOX "}";
  static const char diamond[] = "{\"id\":\"r\",\"type\":\"diamond\"," BOX "}";

  check_place (rectangle, 0.5, 0.5, FALSE, 0, 125, 94, 125);
  check_place (rectangle, 0.5, 0.5, FALSE, 150, 0, 150, 94);
  check_place (rectangle, 0.25, 0.2, TRUE, 0, 0, 125, 110);
  check_place (rectangle, 0.5, 0.5, FALSE, 160, 120, 150, 125); /* from within */
  check_place (turned, 0.5, 0.5, FALSE, 0, 125, 119, 125);
  check_place (turned, 0, 0, TRUE, 0, 0, 175, 75);
  check_place (ellipse, 0.5, 0.5, FALSE, 0, 125, 94, 125);
  check_place (diamond, 0.5, 0.5, FALSE, 150, 0, 150, 125 - 25 - 6 * hypot (100, 50) / 100);
}

static void
test_follow (void)
{
  g_autoptr (BoardElement) target = element_of ("{\"id\":\"r\",\"type\":\"rectangle\"," BOX "}");
  g_autoptr (BoardElement) other
      = element_of ("{\"id\":\"s\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":100,\"y\":300,"
                    "\"width\":100,\"height\":50,\"strokeWidth\":2}");
  g_autoptr (BoardElement) one = arrow_with (
      ",\"endBinding\":{\"elementId\":\"r\",\"fixedPoint\":[0.5,0.5],\"mode\":\"orbit\"}");
  g_autoptr (BoardElement) both = arrow_with (
      ",\"startBinding\":{\"elementId\":\"s\",\"fixedPoint\":[0.5,0.5],\"mode\":\"orbit\"},"
      "\"endBinding\":{\"elementId\":\"r\",\"fixedPoint\":[0.5,0.5],\"mode\":\"orbit\"}");
  g_autoptr (BoardElement) free_arrow = arrow_with ("");
  g_autoptr (JsonObject) props = board_binding_follow (one, NULL, target);
  g_autoptr (JsonObject) both_props = board_binding_follow (both, other, target);
  g_autoptr (BoardElement) settled = board_element_with (one, props, NULL);

  check_end (one, props, FALSE, 0, 125);
  check_end (one, props, TRUE, 94, 125);
  check_end (both, both_props, FALSE, 150, 294);
  check_end (both, both_props, TRUE, 150, 156);
  g_assert_null (board_binding_follow (settled, NULL, target));
  g_assert_null (board_binding_follow (free_arrow, other, target));
  g_assert_null (board_binding_follow (both, NULL, NULL));
}

/* What is made at a place binds to that place. */
static void
test_make (void)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{\"id\":\"r\",\"type\":\"ellipse\"," BOX ",\"angle\":%g}", i * 0.7);
      g_autoptr (BoardElement) target = element_of (text);
      g_autoptr (JsonObject) props = json_object_new ();
      g_autoptr (BoardElement) free_arrow = arrow_with ("");
      g_autoptr (BoardElement) arrow = NULL;
      BoardBinding binding;
      double x, y;

      json_object_set_member (props, "endBinding", board_binding_make (target, 160, 130, TRUE));
      arrow = board_element_with (free_arrow, props, NULL);
      g_assert_true (board_binding_get (arrow, TRUE, &binding));
      board_binding_place (target, &binding, 0, 0, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, 160, 1e-6);
      g_assert_cmpfloat_with_epsilon (y, 130, 1e-6);
    }
}

static void
test_find (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  BoardDocument *document = board_replica_get_document (replica);
  g_autoptr (BoardOp) op
      = board_op_from_json ("{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\"," BOX "}],"
                            "[\"+\",{\"id\":\"l\",\"type\":\"line\",\"index\":\"a5\",\"x\":100,"
                            "\"y\":120,"
                            "\"points\":[[0,0],[100,0]]}]]}",
                            -1, NULL);
  BoardElement *found;

  board_replica_submit (replica, op, NULL);
  found = board_binding_find (document, 150, 120, 5, NULL);
  g_assert_nonnull (found);
  g_assert_cmpstr (board_element_get_id (found), ==, "r");
  g_assert_nonnull (board_binding_find (document, 95, 120, 6, NULL));
  g_assert_null (board_binding_find (document, 85, 120, 6, NULL));
  g_assert_null (board_binding_find (document, 150, 120, 5, "r"));
}

/* --- Right angles ------------------------------------------------------------------------------- */

static const double unit_x[] = { 1, 0, -1, 0 }, unit_y[] = { 0, 1, 0, -1 };

static void
check_way (GArray *way, const BoardElbowEnd *start, const BoardElbowEnd *end)
{
  const BoardElbowPoint *points = (const BoardElbowPoint *) (gpointer) way->data;

  g_assert_cmpuint (way->len, >=, 2);
  g_assert_cmpuint (way->len, <=, 12);
  g_assert_cmpfloat (points[0].x, ==, start->x);
  g_assert_cmpfloat (points[0].y, ==, start->y);
  g_assert_cmpfloat (points[way->len - 1].x, ==, end->x);
  g_assert_cmpfloat (points[way->len - 1].y, ==, end->y);
  for (guint i = 1; i < way->len; i++)
    g_assert_true (points[i].x == points[i - 1].x || points[i].y == points[i - 1].y);
}

static gboolean
goes_through (GArray *way, const BoardRect *box)
{
  const BoardElbowPoint *points = (const BoardElbowPoint *) (gpointer) way->data;

  for (guint i = 1; i < way->len; i++)
    if (MAX (points[i].x, points[i - 1].x) > box->x
        && MIN (points[i].x, points[i - 1].x) < box->x + box->width
        && MAX (points[i].y, points[i - 1].y) > box->y
        && MIN (points[i].y, points[i - 1].y) < box->y + box->height)
      return TRUE;
  return FALSE;
}

static BoardElbowEnd
end_at (double x, double y, BoardHeading heading)
{
  /* in the middle of that side of a box */
  return (BoardElbowEnd){
    x + unit_x[heading] * 45, y + unit_y[heading] * 25, heading, { x - 40, y - 20, 80, 40 }
  };
}

static void
test_elbow (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint straight = 0;

  for (guint round = 0; round < 2000; round++)
    {
      double dx = g_rand_double_range (rand, 150, 600) * (g_rand_boolean (rand) ? 1 : -1);
      double dy = g_rand_double_range (rand, 100, 600) * (g_rand_boolean (rand) ? 1 : -1);
      BoardElbowEnd start = end_at (0, 0, g_rand_int_range (rand, 0, 4));
      BoardElbowEnd end = end_at (dx, dy, g_rand_int_range (rand, 0, 4));
      g_autoptr (GArray) way = board_elbow_route (&start, &end);
      g_autoptr (GArray) again = board_elbow_route (&start, &end);

      check_way (way, &start, &end);
      g_assert_false (goes_through (way, &start.box));
      g_assert_false (goes_through (way, &end.box));
      g_assert_cmpuint (again->len, ==, way->len);
      straight += way->len <= 4;
    }
  g_assert_cmpuint (straight, >, 500);
}

static void
test_elbow_cases (void)
{
  BoardElbowEnd right = { 0, 0, BOARD_HEADING_RIGHT, { 0 } };
  BoardElbowEnd ahead = { 200, 0, BOARD_HEADING_LEFT, { 0 } };
  BoardElbowEnd below = { 200, 100, BOARD_HEADING_LEFT, { 0 } };
  BoardElbowEnd same = { 0, 0, BOARD_HEADING_UP, { 0 } };
  BoardElbowEnd over = end_at (10, 5, BOARD_HEADING_LEFT), under = end_at (0, 0, BOARD_HEADING_UP);
  g_autoptr (GArray) straight = board_elbow_route (&right, &ahead);
  g_autoptr (GArray) step = board_elbow_route (&right, &below);
  g_autoptr (GArray) none = board_elbow_route (&same, &same);
  g_autoptr (GArray) crowded = board_elbow_route (&over, &under);

  g_assert_cmpuint (straight->len, ==, 2);
  g_assert_cmpuint (step->len, ==, 4);
  g_assert_cmpfloat (g_array_index (step, BoardElbowPoint, 1).x, ==, 100);
  g_assert_cmpuint (none->len, >=, 2);
  check_way (crowded, &over, &under);
}

static void
test_follow_elbowed (void)
{
  g_autoptr (BoardElement) target = element_of ("{\"id\":\"r\",\"type\":\"rectangle\"," BOX "}");
  g_autoptr (BoardElement) arrow = arrow_with (",\"elbowed\":true,\"endBinding\":{\"elementId\":"
                                               "\"r\",\"fixedPoint\":[0.5,0],\"mode\":\"orbit\"}");
  g_autoptr (JsonObject) props = board_binding_follow (arrow, NULL, target);

  check_end (arrow, props, FALSE, 0, 125);
  check_end (arrow, props, TRUE, 150, 94);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/binding/get", test_get);
  g_test_add_func ("/board/binding/place", test_place);
  g_test_add_func ("/board/binding/follow", test_follow);
  g_test_add_func ("/board/binding/make", test_make);
  g_test_add_func ("/board/binding/find", test_find);
  g_test_add_func ("/board/elbow/random", test_elbow);
  g_test_add_func ("/board/elbow/cases", test_elbow_cases);
  g_test_add_func ("/board/elbow/follow", test_follow_elbowed);
  return g_test_run ();
}
