/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-stroke.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#include "board/board-limits.h"

static void
test_round_trip (void)
{
  const BoardPoint points[] = {
    { 0, 0, 0.25f, 0, 0, 0 },
    { 1.5, -2.25, 0.5f, 0.1f, -0.9f, 8 },
    { 999999.9, -1e6, 1.0f, -1.0f, 1.0f, 60000 },
  };
  g_autoptr (BoardStroke) stroke = board_stroke_new (points, 3);
  g_autofree char *text = board_stroke_pack (stroke);
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardStroke) back = board_stroke_unpack (text, &error);
  g_autofree char *again = NULL;
  const BoardPoint *read, *own;
  gsize n;

  g_assert_no_error (error);
  again = board_stroke_pack (back);
  g_assert_cmpstr (text, ==, again);
  read = board_stroke_get_points (back, &n);
  own = board_stroke_get_points (stroke, &n);
  g_assert_cmpuint (n, ==, 3);
  /* what is drawn is what everybody gets */
  g_assert_cmpmem (read, 3 * sizeof *read, own, 3 * sizeof *own);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (read[i].x, points[i].x, 0.5 / 16);
      g_assert_cmpfloat_with_epsilon (read[i].y, points[i].y, 0.5 / 16);
      g_assert_cmpfloat_with_epsilon (read[i].pressure, points[i].pressure, 0.5 / 1023 + 1e-6);
      g_assert_cmpfloat_with_epsilon (read[i].tilt_x, points[i].tilt_x, 0.5 / 127 + 1e-6);
      g_assert_cmpfloat_with_epsilon (read[i].tilt_y, points[i].tilt_y, 0.5 / 127 + 1e-6);
      g_assert_cmpuint (read[i].time, ==, points[i].time);
    }
  g_assert_true (board_stroke_has_pressure (back));
}

/* Drawn at 6400 %, where a pixel is a 64th of a unit; and what lies farthest apart. */
static void
test_fine (void)
{
  const BoardPoint points[] = {
    { .x = 0.0131, .y = -0.4567, .pressure = 0.5f },
    { .x = -1e6, .y = 1e6, .pressure = 0.5f },
    { .x = 1e6, .y = -1e6, .pressure = 0.5f },
  };
  g_autoptr (BoardStroke) stroke
      = board_stroke_new_with_precision (points, 3, BOARD_PRECISION_FINE);
  g_autoptr (BoardStroke) usual = board_stroke_new (points, 3);
  g_autofree char *text = board_stroke_pack (stroke);
  g_autoptr (BoardStroke) back = board_stroke_unpack (text, NULL);
  BoardRect extents;
  const BoardPoint *read;
  gsize n;

  g_assert_nonnull (back);
  g_assert_cmpuint (board_stroke_get_packed_length (stroke), ==, strlen (text));
  g_assert_true (board_stroke_equal (stroke, back));
  g_assert_false (board_stroke_equal (stroke, usual));
  g_assert_cmpint (board_stroke_get_precision (back), ==, BOARD_PRECISION_FINE);
  g_assert_cmpint (board_stroke_get_precision (usual), ==, BOARD_PRECISION_USUAL);
  read = board_stroke_get_points (back, &n);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (read[i].x, points[i].x, 0.5 / 1024);
      g_assert_cmpfloat_with_epsilon (read[i].y, points[i].y, 0.5 / 1024);
    }
  board_stroke_get_extents (back, &extents);
  g_assert_cmpfloat (extents.x, ==, -1e6);
  g_assert_cmpfloat (extents.width, ==, 2e6);
}

static void
test_plain_is_short (void)
{
  BoardPoint points[100];
  g_autoptr (BoardStroke) stroke = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 100; i++)
    points[i] = (BoardPoint){ .x = i, .y = 3.5, .pressure = 0.5f };
  stroke = board_stroke_new (points, 100);
  text = board_stroke_pack (stroke);
  g_assert_false (board_stroke_has_pressure (stroke));
  g_assert_cmpuint (strlen (text), <, 280);
}

static void
test_extents (void)
{
  const BoardPoint points[] = { { .x = 1, .y = 2 }, { .x = -3, .y = 2 } };
  g_autoptr (BoardStroke) stroke = board_stroke_new (points, 2);
  BoardRect extents;

  board_stroke_get_extents (stroke, &extents);
  g_assert_cmpfloat (extents.x, ==, -3);
  g_assert_cmpfloat (extents.y, ==, 2);
  g_assert_cmpfloat (extents.width, ==, 4);
  g_assert_cmpfloat (extents.height, ==, 0);
}

static void
test_hostile_points (void)
{
  const BoardPoint points[] = {
    { NAN, INFINITY, NAN, INFINITY, -5, UINT32_MAX },
    { 1e300, -1e300, 7, -7, 7, 0 },
  };
  g_autoptr (BoardStroke) stroke = board_stroke_new (points, 2);
  const BoardPoint *read;
  gsize n;

  read = board_stroke_get_points (stroke, &n);
  g_assert_cmpfloat (read[0].x, ==, 0);
  g_assert_cmpfloat (read[0].pressure, ==, 0);
  g_assert_cmpfloat (read[0].tilt_y, ==, -1);
  g_assert_cmpuint (read[0].time, ==, G_MAXINT32);
  g_assert_cmpfloat (read[1].x, ==, BOARD_COORDINATE_MAX);
  g_assert_cmpfloat (read[1].y, ==, -BOARD_COORDINATE_MAX);
  g_assert_cmpfloat (read[1].pressure, ==, 1);
}

static void
test_reader (void)
{
  BoardPoint points[BOARD_MAX_POINTS];
  g_autoptr (BoardStroke) stroke = NULL;
  BoardStrokeReader reader;
  BoardPoint point;
  const BoardPoint *all;
  gsize n, i = 0;

  for (int k = 0; k < BOARD_MAX_POINTS; k++)
    points[k] = (BoardPoint){ .x = k % 100, .y = k % 37, .pressure = (float) (k % 10) / 10,
                              .time = (uint32_t) k * 4 };
  stroke = board_stroke_new (points, BOARD_MAX_POINTS);
  all = board_stroke_get_points (stroke, &n);
  g_assert_cmpuint (n, ==, BOARD_MAX_POINTS);
  board_stroke_reader_init (&reader, stroke);
  while (board_stroke_reader_next (&reader, &point))
    g_assert_cmpmem (&point, sizeof point, &all[i++], sizeof point);
  g_assert_cmpuint (i, ==, n);
  g_assert_false (board_stroke_reader_next (&reader, &point));
}

static void
test_bad (void)
{
  static const struct {
    const char *name;
    const char *bytes;
    gsize size;
    BoardError code;
  } rows[] = {
    { "nothing", "", 0, BOARD_ERROR_SYNTAX },
    { "unknown flags", "\x10\x01\x00\x00", 4, BOARD_ERROR_SYNTAX },
    { "no count", "\x00", 1, BOARD_ERROR_SYNTAX },
    { "no points", "\x00\x00", 2, BOARD_ERROR_LIMIT },
    { "10,001 points", "\x00\x91\x4e\x00\x00", 5, BOARD_ERROR_LIMIT },
    { "2^34 points", "\x00\xff\xff\xff\xff\x3f", 6, BOARD_ERROR_LIMIT },
    { "endless count", "\x00\xff\xff\xff\xff\xff\xff\xff\xff", 9, BOARD_ERROR_SYNTAX },
    { "cut in a point", "\x00\x02\x00\x00\x00", 5, BOARD_ERROR_SYNTAX },
    { "cut in a number", "\x00\x01\x00\x80", 4, BOARD_ERROR_SYNTAX },
    { "a number in two texts", "\x00\x01\x00\x80\x00", 5, BOARD_ERROR_SYNTAX },
    { "more than its points", "\x00\x01\x00\x00\x00", 5, BOARD_ERROR_SYNTAX },
    { "x beyond a million", "\x00\x01\x82\x90\xa1\x0f\x00", 7, BOARD_ERROR_RANGE },
    { "x beyond a million, fine", "\x08\x01\x82\x80\xc8\xd0\x07\x00", 8, BOARD_ERROR_RANGE },
    { "pressure below 0", "\x01\x01\x00\x00\x01", 5, BOARD_ERROR_RANGE },
    { "pressure above 1", "\x01\x01\x00\x00\x80\x10", 6, BOARD_ERROR_RANGE },
    { "tilt beyond 1", "\x02\x01\x00\x00\x80\x02\x00", 7, BOARD_ERROR_RANGE },
    { "time below 0", "\x04\x01\x00\x00\x01", 5, BOARD_ERROR_RANGE },
    { "pressure flagged and missing", "\x01\x01\x00\x00", 4, BOARD_ERROR_SYNTAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      char text[64];

      g_test_message ("%s", rows[i].name);
      sodium_bin2base64 (text, sizeof text, (const guint8 *) rows[i].bytes, rows[i].size,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING);
      g_assert_null (board_stroke_unpack (text, &error));
      g_assert_error (error, BOARD_ERROR, (int) rows[i].code);
    }
  g_assert_null (board_stroke_unpack ("not base64!", NULL));
  g_assert_null (board_stroke_unpack ("AAEAAA==", NULL));
  g_assert_null (board_stroke_unpack ("AAIAACA\xe6", NULL)); /* libsodium would take it for "_" */
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (2000000, 'A');
  g_autoptr (GError) error = NULL;

  g_assert_null (board_stroke_unpack (text, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/stroke/round-trip", test_round_trip);
  g_test_add_func ("/board/stroke/fine", test_fine);
  g_test_add_func ("/board/stroke/plain-is-short", test_plain_is_short);
  g_test_add_func ("/board/stroke/extents", test_extents);
  g_test_add_func ("/board/stroke/hostile-points", test_hostile_points);
  g_test_add_func ("/board/stroke/reader", test_reader);
  g_test_add_func ("/board/stroke/bad", test_bad);
  g_test_add_func ("/board/stroke/long-text", test_long_text);
  return g_test_run ();
}
