/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-board.h"

#include <math.h>

#define AUTHOR "bench"
#define PER_OP 200

static const char *const colors[]
    = { "#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "#f08c00", "#9c36b5" };
static const double widths[] = { 1, 2, 4 };

/* Where a thing of that size goes. */
static void
choose_place (GRand *rand, double width, double height, double *x, double *y)
{
  if (g_rand_double (rand) < 0.4)
    {
      *x = g_rand_double_range (rand, 0, 1280 - width);
      *y = g_rand_double_range (rand, 0, 800 - height);
      return;
    }
  do
    {
      *x = g_rand_double_range (rand, -1920, 3200 - width);
      *y = g_rand_double_range (rand, -1200, 2000 - height);
  } while (*x <= 1280 && *x + width >= 0 && *y <= 800 && *y + height >= 0);
}

static void
wander (GRand *rand, BoardPoint *points, guint n_points)
{
  double x = 0, y = 0, heading = g_rand_double_range (rand, -0.5, 0.5), turn = 0;

  for (guint i = 0; i < n_points; i++)
    {
      const double step = g_rand_double_range (rand, 1, 5);

      points[i] = (BoardPoint){ .x = x, .y = y, .time = i * 8 };
      points[i].pressure = (float) (0.5 + 0.3 * sin (i * G_PI / n_points)
                                    + g_rand_double_range (rand, -0.05, 0.05));
      turn = 0.8 * turn + g_rand_double_range (rand, -0.25, 0.25);
      heading += turn;
      x += cos (heading) * step;
      y += sin (heading) * step;
    }
}

static BoardElement *
create_stroke (GRand *rand, guint number, const char *index)
{
  const guint n_points = (guint) g_rand_int_range (rand, 50, 71);
  g_autofree BoardPoint *points = g_new (BoardPoint, n_points);
  g_autofree char *id = g_strdup_printf ("e%u", number);
  double left = 0, top = 0, right = 0, bottom = 0, x, y;

  wander (rand, points, n_points);
  for (guint i = 0; i < n_points; i++)
    {
      left = MIN (left, points[i].x);
      right = MAX (right, points[i].x);
      top = MIN (top, points[i].y);
      bottom = MAX (bottom, points[i].y);
    }
  choose_place (rand, right - left, bottom - top, &x, &y);
  for (guint i = 0; i < n_points; i++)
    {
      points[i].x += x - left;
      points[i].y += y - top;
    }
  return board_element_new_freedraw (id, index,
                                     colors[g_rand_int_range (rand, 0, G_N_ELEMENTS (colors))],
                                     widths[g_rand_int_range (rand, 0, G_N_ELEMENTS (widths))],
                                     points, n_points);
}

static BoardElement *
create_other (GRand *rand, guint number, const char *index)
{
  static const char *const types[] = { "rectangle", "ellipse", "arrow", "text" };
  const char *type = types[number / 21 % G_N_ELEMENTS (types)];
  const double width = g_rand_double_range (rand, 60, 200),
               height = g_rand_double_range (rand, 40, 140);
  g_autofree char *id = g_strdup_printf ("e%u", number), *json = NULL, *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  BoardElement *element;
  double x, y;

  choose_place (rand, width, height, &x, &y);
  if (g_str_equal (type, "arrow"))
    text = g_strdup_printf (",\"endArrowhead\":\"arrow\",\"points\":[[0,0],[%.2f,%.2f]]", width,
                            height);
  else if (g_str_equal (type, "text"))
    text = g_strdup_printf (",\"fontSize\":20,\"text\":\"Note %u\"", number);
  json = g_strdup_printf ("{\"id\":\"%s\",\"type\":\"%s\",\"index\":\"%s\",\"x\":%.2f,\"y\":%.2f,"
                          "\"width\":%.2f,"
                          "\"height\":%.2f,\"strokeColor\":\"%s\",\"strokeWidth\":2%s}",
                          id, type, index, x, y, width, height,
                          colors[g_rand_int_range (rand, 0, G_N_ELEMENTS (colors))],
                          text != NULL ? text : "");
  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  element = board_element_new (json_node_get_object (json_parser_get_root (parser)), &error);
  g_assert_no_error (error);
  return element;
}

/* Fixed width, so that they sort as numbers do. */
static char *
create_index (guint number)
{
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  return g_strdup_printf ("d%c%c%c%c", digits[number / (62 * 62 * 62) % 62],
                          digits[number / (62 * 62) % 62], digits[number / 62 % 62],
                          digits[number % 62]);
}

GPtrArray *
bench_board_create_ops (guint n_strokes, guint seed)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  const guint n = n_strokes + n_strokes / 20;
  g_autoptr (BoardOp) op = board_op_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *index = create_index (i);
      g_autoptr (BoardElement) element
          = i % 21 == 20 ? create_other (rand, i, index) : create_stroke (rand, i, index);

      board_op_add_element (op, element);
      if (i + 1 < n && (i + 1) % PER_OP != 0)
        continue;
      g_ptr_array_add (texts, board_op_to_json (op));
      board_op_unref (op);
      op = board_op_new ();
    }
  return texts;
}

BoardReplica *
bench_board_load (GPtrArray *ops)
{
  BoardReplica *replica = board_replica_new ("me");

  for (guint i = 0; i < ops->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BoardOp) op = board_op_from_json (ops->pdata[i], -1, &error);

      g_assert_no_error (error);
      g_assert_true (board_replica_apply (replica, i + 1, AUTHOR, i + 1, 0, op));
    }
  return replica;
}
