/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-stroke.h"

#include <math.h>

#include "board/board-cast.h"
#include "board/board-seal.h"

#define N_POINTS 60
#define MEMBER "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"
/* Ink goes out 30 times a second. */
#define POINTS_PER_CAST 2

/* A word's worth of loops by a hand that is never the same, on whole pixels. */
static void
make_points (BoardPoint *points, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  double x = n % 300 * 400.0, y = n / 300 * 60.0;

  for (guint i = 0; i < N_POINTS; i++)
    points[i] = (BoardPoint){
      .x = round (x + 5.0 * i + 18 * cos (i * 0.45) + g_rand_double_range (rand, -3, 3)),
      .y = round (y + 22 * sin (i * 0.45) + g_rand_double_range (rand, -3, 3)),
      .pressure = 0.5f,
      .time = i * 16
    };
}

BoardOp *
bench_stroke_op (guint n)
{
  BoardOp *op = board_op_new ();
  g_autofree char *id = g_strdup_printf ("stroke%016u", n);
  g_autofree char *index = g_strdup_printf ("c%06x1", n);
  g_autoptr (BoardElement) element = NULL;
  BoardPoint points[N_POINTS];

  make_points (points, n);
  element = board_element_new_freedraw (id, index, "#1e1e1e", 2, points, N_POINTS);
  g_assert (element != NULL);
  board_op_add_element (op, element);
  return op;
}

BoardOp *
bench_stroke_log_op (guint n)
{
  g_autofree char *id = g_strdup_printf ("stroke%016u", n - n % 3);
  g_autoptr (JsonObject) props = NULL;
  BoardOp *op;

  if (n % 3 == 0)
    return bench_stroke_op (n);
  op = board_op_new ();
  props = json_object_new ();
  json_object_set_int_member (props, "x", n % 977);
  json_object_set_int_member (props, "y", n % 613);
  board_op_set_props (op, id, props);
  return op;
}

char *
bench_stroke_seal (const BoardKey *key, const char *board)
{
  g_autoptr (BoardOp) op = bench_stroke_op (0);
  g_autofree char *text = board_op_to_json (op);

  return board_seal_op (key, board, MEMBER, 1, text);
}

/* RFC 6455, 5.2: of a client, so masked. */
static void
add_frame (BenchWire *wire, gsize length)
{
  wire->bytes += (double) length + (length < 126 ? 6 : length < 65536 ? 8 : 14);
  wire->frames++;
}

static void
add_cast (BenchWire *wire, const BoardKey *key, const BoardPoint *points, guint from)
{
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_INK);
  g_autofree char *text = NULL, *body = NULL, *packet = NULL;

  cast->id = g_strdup ("stroke0000000000000000");
  cast->color = g_strdup ("#1e1e1e");
  cast->width = 2;
  cast->has_place = TRUE;
  cast->x = points[0].x;
  cast->y = points[0].y;
  cast->from = from;
  cast->points = board_stroke_new (points + from, POINTS_PER_CAST);
  text = board_cast_to_json (cast);
  body = board_seal_cast (key, BOARD, MEMBER, text);
  packet = g_strdup_printf ("42[\"cast\",\"%s\"]", body);
  add_frame (wire, strlen (packet));
}

static void
measure_ours (BenchWire *wire)
{
  BoardKey key;
  BoardPoint points[N_POINTS];
  g_autofree char *body = NULL, *packet = NULL;

  board_key_generate (&key);
  make_points (points, 0);
  for (guint from = 0; from < N_POINTS; from += POINTS_PER_CAST)
    add_cast (wire, &key, points, from);
  body = bench_stroke_seal (&key, BOARD);
  packet = g_strdup_printf ("421[\"op\",1,\"%s\"]", body);
  add_frame (wire, strlen (packet));
}

static char *
excalidraw_element (const BoardPoint *points, guint n)
{
  GString *out = g_string_new (
      "{\"type\":\"SCENE_UPDATE\",\"payload\":{\"elements\":[{\"id\":\"Vw3kZ0rJcQ8mYt1LxPbNd\","
      "\"type\":\"freedraw\",\"x\":18,\"y\":0,\"width\":318,\"height\":44,\"angle\":0,"
      "\"strokeColor\":\"#1e1e1e\",\"backgroundColor\":\"transparent\",\"fillStyle\":\"solid\","
      "\"strokeWidth\":2,\"strokeStyle\":\"solid\",\"roughness\":1,\"opacity\":100,\"groupIds\":[],"
      "\"frameId\":null,\"index\":\"a1\",\"roundness\":null,\"seed\":1278240551,");

  g_string_append_printf (out,
                          "\"version\":%u,\"versionNonce\":1150084233,\"isDeleted\":false,"
                          "\"boundElements\":[],\"updated\":1763600000000,\"link\":null,"
                          "\"locked\":false,\"points\":[",
                          n + 1);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s[%d,%d]", i > 0 ? "," : "", (int) (points[i].x - points[0].x),
                            (int) (points[i].y - points[0].y));
  g_string_append (out, "],\"pressures\":[],\"simulatePressure\":true}]}}");
  return g_string_free (out, FALSE);
}

/* A binary event: the packet with its placeholders, the cipher text with its tag, the nonce. */
static void
measure_excalidraw (BenchWire *wire)
{
  static const char packet[]
      = "452-[\"server-broadcast\",\"0123456789abcdef0123\",{\"_placeholder\":true,\"num\":0},"
        "{\"_placeholder\":true,\"num\":1}]";
  BoardPoint points[N_POINTS];

  make_points (points, 0);
  for (guint n = 1; n <= N_POINTS; n++)
    {
      g_autofree char *text = excalidraw_element (points, n);

      add_frame (wire, strlen (packet));
      add_frame (wire, strlen (text) + 16);
      add_frame (wire, 12);
    }
}

void
bench_stroke_wire (BenchWire *ours, BenchWire *theirs)
{
  *ours = *theirs = (BenchWire){ 0 };
  measure_ours (ours);
  measure_excalidraw (theirs);
}
