/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-transform.h"

#include <math.h>

static const char *const elements[] = {
  "{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":10,\"y\":20,\"width\":100,"
  "\"height\":50}",
  "{\"id\":\"e\",\"type\":\"ellipse\",\"index\":\"a0\",\"x\":-5,\"y\":3,\"width\":30,\"height\":60,"
  "\"angle\":0.7}",
  "{\"id\":\"t\",\"type\":\"text\",\"index\":\"a0\",\"x\":0,\"y\":0,\"width\":80,\"height\":25,"
  "\"fontSize\":20,\"text\":\"hello\",\"angle\":5}",
  "{\"id\":\"i\",\"type\":\"image\",\"index\":\"a0\",\"x\":1,\"y\":2,\"width\":64,\"height\":48,"
  "\"scale\":[-1,1]}",
  "{\"id\":\"a\",\"type\":\"arrow\",\"index\":\"a0\",\"x\":50,\"y\":60,\"width\":90,\"height\":40,"
  "\"angle\":1,\"points\":[[0,0],[-30,40],[60,20]]}",
  "{\"id\":\"f\",\"type\":\"freedraw\",\"index\":\"a0\",\"x\":5,\"y\":6,\"angle\":2,"
  "\"points\":\"AAMAAKAGoAafA6AG\"}",
  "{\"id\":\"l\",\"type\":\"line\",\"index\":\"a0\",\"x\":0,\"y\":0,\"points\":[[0,0],[50,0]]}",
};

typedef struct {
  double x, y;
} Place;

static BoardElement *
element_of (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  BoardElement *element = board_element_new (json_node_get_object (node), &error);

  g_assert_no_error (error);
  return element;
}

/* props: taken. */
static BoardElement *
changed (BoardElement *element, JsonObject *props)
{
  g_autoptr (GError) error = NULL;
  BoardElement *result = board_element_with (element, props, &error);

  g_assert_no_error (error);
  json_object_unref (props);
  return result;
}

/* Where a part of the box is on the board. */
static Place
part_of (BoardElement *element, double fx, double fy)
{
  double angle = board_element_get_angle (element), dx, dy;
  BoardRect box;

  board_transform_get_box (element, &box);
  dx = (fx - 0.5) * box.width;
  dy = (fy - 0.5) * box.height;
  return (Place){ box.x + box.width / 2 + dx * cos (angle) - dy * sin (angle),
                  box.y + box.height / 2 + dx * sin (angle) + dy * cos (angle) };
}

static void
check_place (Place place, double x, double y)
{
  g_assert_cmpfloat_with_epsilon (place.x, x, 0.1);
  g_assert_cmpfloat_with_epsilon (place.y, y, 0.1);
}

static void
check_box (BoardElement *element, double x, double y, double width, double height)
{
  BoardRect box;

  board_transform_get_box (element, &box);
  check_place ((Place){ box.x, box.y }, x, y);
  check_place ((Place){ box.width, box.height }, width, height);
}

static void
test_move_and_rotate (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autoptr (BoardElement) element = element_of (elements[i]);
      g_autoptr (BoardElement) moved = changed (element, board_transform_move (element, 7, -3));
      g_autoptr (BoardElement) turned
          = changed (element, board_transform_rotate (element, 10, 20, 1.5));
      g_autoptr (BoardElement) back
          = changed (turned, board_transform_rotate (turned, 10, 20, -1.5));
      Place corner = part_of (element, 0, 0), now = part_of (turned, 0, 0);
      double dx = corner.x - 10, dy = corner.y - 20;

      g_test_message ("%s", elements[i]);
      check_place (part_of (moved, 0, 0), corner.x + 7, corner.y - 3);
      check_place (now, 10 + dx * cos (1.5) - dy * sin (1.5), 20 + dx * sin (1.5) + dy * cos (1.5));
      check_place (part_of (back, 0, 0), corner.x, corner.y);
      check_place (part_of (back, 1, 1), part_of (element, 1, 1).x, part_of (element, 1, 1).y);
      g_assert_cmpfloat (board_element_get_angle (turned), >=, 0);
      g_assert_cmpfloat (board_element_get_angle (turned), <, 2 * G_PI);
    }
}

/* The corner that is not dragged stays where it is, however the element is turned. */
static void
test_resize (void)
{
  static const double parts[] = { 0, 0.5, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    for (gsize k = 0; k < 9; k++)
      {
        double fx = parts[k / 3], fy = parts[k % 3];
        g_autoptr (BoardElement) element = element_of (elements[i]);
        g_autoptr (BoardElement) larger
            = changed (element, board_transform_resize (element, fx, fy, 2, 1.5));
        g_autoptr (BoardElement) flipped
            = changed (element, board_transform_resize (element, fx, fy, -1, 1));
        Place anchor = part_of (element, fx, fy);
        BoardRect before, after;

        g_test_message ("%s %g %g", elements[i], fx, fy);
        board_transform_get_box (element, &before);
        board_transform_get_box (larger, &after);
        check_place ((Place){ after.width, after.height }, before.width * 2, before.height * 1.5);
        check_place (part_of (larger, fx, fy), anchor.x, anchor.y);
        check_place (part_of (flipped, 1 - fx, fy), anchor.x, anchor.y);
      }
}

static void
test_scale (void)
{
  g_autoptr (BoardElement) rectangle = element_of (elements[0]);
  g_autoptr (BoardElement) text = element_of (elements[2]);
  g_autoptr (BoardElement) image = element_of (elements[3]);
  g_autoptr (BoardElement) arrow = element_of (elements[4]);
  g_autoptr (BoardElement) wide
      = changed (rectangle, board_transform_scale (rectangle, 0, 0, 2, 0.5));
  g_autoptr (BoardElement) mirrored
      = changed (rectangle, board_transform_scale (rectangle, 0, 0, -1, 1));
  g_autoptr (BoardElement) large_text = changed (text, board_transform_scale (text, 0, 0, 2, 2));
  g_autoptr (BoardElement) mirror_image
      = changed (image, board_transform_scale (image, 0, 0, -1, -1));
  g_autoptr (BoardElement) mirror_arrow
      = changed (arrow, board_transform_scale (arrow, 0, 0, -1, 1));
  JsonArray *scale = json_node_get_array (board_element_get_prop (mirror_image, "scale"));

  check_box (wide, 20, 10, 200, 25);
  check_box (mirrored, -110, 20, 100, 50);
  g_assert_cmpfloat (json_node_get_double (board_element_get_prop (large_text, "fontSize")), ==,
                     40);
  g_assert_cmpfloat (json_array_get_double_element (scale, 0), ==, 1);
  g_assert_cmpfloat (json_array_get_double_element (scale, 1), ==, -1);
  g_assert_cmpfloat_with_epsilon (board_element_get_angle (mirror_arrow), 2 * G_PI - 1, 1e-9);
  /* the first point of the path is where it was, seen in the mirror */
  g_assert_cmpfloat_with_epsilon (part_of (mirror_arrow, 0.5, 0.5).x, -part_of (arrow, 0.5, 0.5).x,
                                  0.1);
}

/* Flipping twice, and there and back, changes nothing to be seen. */
static void
test_back (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autoptr (BoardElement) element = element_of (elements[i]);
      g_autoptr (BoardElement) once
          = changed (element, board_transform_scale (element, 3, 4, -1, 1));
      g_autoptr (BoardElement) twice = changed (once, board_transform_scale (once, 3, 4, -1, 1));
      g_autoptr (BoardElement) large
          = changed (element, board_transform_scale (element, 3, 4, 4, 4));
      g_autoptr (BoardElement) back
          = changed (large, board_transform_scale (large, 3, 4, 0.25, 0.25));

      g_test_message ("%s", elements[i]);
      for (guint k = 0; k < 4; k++)
        {
          Place corner = part_of (element, k % 2, k / 2);

          check_place (part_of (twice, k % 2, k / 2), corner.x, corner.y);
          check_place (part_of (back, k % 2, k / 2), corner.x, corner.y);
        }
    }
}

/* Whatever a hand does, everybody accepts it. */
static void
test_ranges (void)
{
  static const double wild[] = { 0, -0.0, 1e-9, 1e9, -1e9, 1e300, -1e300, 0.5, -3 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 4000; round++)
    {
      g_autoptr (BoardElement) element
          = element_of (elements[g_rand_int_range (rand, 0, G_N_ELEMENTS (elements))]);
      double values[4];
      BoardElement *result;

      for (guint i = 0; i < 4; i++)
        values[i] = wild[g_rand_int_range (rand, 0, G_N_ELEMENTS (wild))];
      if (round % 4 == 0)
        result = changed (element, board_transform_move (element, values[0], values[1]));
      else if (round % 4 == 1)
        result
            = changed (element, board_transform_rotate (element, values[0], values[1], values[2]));
      else if (round % 4 == 2)
        result = changed (element, board_transform_scale (element, values[0], values[1], values[2],
                                                          values[3]));
      else
        result = changed (element, board_transform_resize (element, values[0], values[1], values[2],
                                                           values[3]));
      board_element_unref (result);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/transform/move-and-rotate", test_move_and_rotate);
  g_test_add_func ("/board/transform/resize", test_resize);
  g_test_add_func ("/board/transform/scale", test_scale);
  g_test_add_func ("/board/transform/back", test_back);
  g_test_add_func ("/board/transform/ranges", test_ranges);
  return g_test_run ();
}
