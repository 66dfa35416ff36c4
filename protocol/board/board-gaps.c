/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-gaps.h"

#include <math.h>

#include "board-element-private.h"
#include "board-fields.h"
#include "board-gaps-private.h"
#include "board/board-invite.h"

/* Gaps that are closer than this are one: a crumb of a hundredth of a step is nothing to see. */
#define CRUMB 0.01

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const BoardGap *gap_a = a, *gap_b = b;

  return gap_a->from < gap_b->from ? -1 : gap_a->from > gap_b->from;
}

/* In order and apart. */
static void
merge_gaps (GArray *gaps)
{
  guint n = 0;

  g_array_sort (gaps, compare_gaps);
  for (guint i = 0; i < gaps->len; i++)
    {
      BoardGap gap = g_array_index (gaps, BoardGap, i);
      BoardGap *last = n > 0 ? &g_array_index (gaps, BoardGap, n - 1) : NULL;

      if (last != NULL && gap.from <= last->to + CRUMB)
        last->to = MAX (last->to, gap.to);
      else
        g_array_index (gaps, BoardGap, n++) = gap;
    }
  g_array_set_size (gaps, n);
}

static gboolean
read_gap (JsonNode *node, double end, BoardGap *gap)
{
  JsonArray *pair;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  pair = json_node_get_array (node);
  return json_array_get_length (pair) == 2
         && board_node_number (json_array_get_element (pair, 0), &gap->from)
         && board_node_number (json_array_get_element (pair, 1), &gap->to) && gap->from >= 0
         && gap->from < gap->to && gap->to <= end;
}

/* The place of the last point; a dot, whose only point is 0, goes by [0, 1]. */
static double
stroke_end (BoardStroke *stroke)
{
  return MAX ((double) board_stroke_get_n_points (stroke) - 1, 1);
}

GArray *
board_gaps_list (BoardElement *element)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (BoardGap));
  g_autoptr (JsonObject) props = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  BoardGap gap;

  g_return_val_if_fail (element != NULL, gaps);

  if (board_element_get_stroke (element) == NULL || !board_element_has_gaps (element))
    return gaps;
  props = board_element_to_json (element);
  json_object_iter_init (&iter, props);
  while (json_object_iter_next (&iter, &name, &node))
    if (g_str_has_prefix (name, BOARD_GAP_PREFIX)
        && read_gap (node, stroke_end (board_element_get_stroke (element)), &gap))
      g_array_append_val (gaps, gap);
  merge_gaps (gaps);
  return gaps;
}

/* --- Cutting ------------------------------------------------------------------------------------ */

typedef struct {
  double x, y;
} Place;

/* The part of the segment a-b, as t from 0 to 1, that is within the circle. */
static gboolean
cut_circle (Place a, Place b, Place middle, double radius, double *from, double *to)
{
  double dx = b.x - a.x, dy = b.y - a.y, ex = a.x - middle.x, ey = a.y - middle.y;
  double square = dx * dx + dy * dy, half = dx * ex + dy * ey;
  double rest = ex * ex + ey * ey - radius * radius;
  double root = half * half - square * rest;

  if (square == 0)
    {
      *from = 0;
      *to = 1;
      return rest <= 0;
    }
  if (root < 0)
    return FALSE;
  *from = MAX ((-half - sqrt (root)) / square, 0);
  *to = MIN ((-half + sqrt (root)) / square, 1);
  return *from < *to;
}

/* Narrows t to where low <= start + t * step <= high. */
static gboolean
clip (double start, double step, double low, double high, double *from, double *to)
{
  double a, b;

  if (step == 0)
    return start >= low && start <= high;
  a = (low - start) / step;
  b = (high - start) / step;
  *from = MAX (*from, MIN (a, b));
  *to = MIN (*to, MAX (a, b));
  return *from < *to;
}

/* The part that is within the band of the eraser's way, without its round ends. */
static gboolean
cut_band (Place a, Place b, Place p, Place q, double radius, double *from, double *to)
{
  double wx = q.x - p.x, wy = q.y - p.y, length = hypot (wx, wy);
  double dx = b.x - a.x, dy = b.y - a.y, ex = a.x - p.x, ey = a.y - p.y;

  *from = 0;
  *to = 1;
  if (length == 0)
    return FALSE;
  wx /= length;
  wy /= length;
  return clip (ex * wx + ey * wy, dx * wx + dy * wy, 0, length, from, to)
         && clip (ey * wx - ex * wy, dy * wx - dx * wy, -radius, radius, from, to);
}

/* The eraser's way is convex, so what it takes of a segment is one piece. */
static gboolean
cut_segment (Place a, Place b, Place p, Place q, double radius, double *from, double *to)
{
  double part[3][2];
  gboolean hit[3] = { cut_circle (a, b, p, radius, &part[0][0], &part[0][1]),
                      cut_circle (a, b, q, radius, &part[1][0], &part[1][1]),
                      cut_band (a, b, p, q, radius, &part[2][0], &part[2][1]) };

  *from = 2;
  *to = -1;
  for (guint i = 0; i < 3; i++)
    if (hit[i])
      {
        *from = MIN (*from, part[i][0]);
        *to = MAX (*to, part[i][1]);
      }
  return *from < *to;
}

/* Into the axes of its points. */
static Place
turn_back (BoardElement *element, double x, double y)
{
  board_element_turn_back (element, &x, &y);
  return (Place){ x - board_element_get_x (element), y - board_element_get_y (element) };
}

static GArray *
cut_stroke (BoardStroke *stroke, Place p, Place q, double radius)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (BoardGap));
  BoardStrokeReader reader;
  BoardPoint point;
  Place last;
  double from, to;

  board_stroke_reader_init (&reader, stroke);
  board_stroke_reader_next (&reader, &point);
  last = (Place){ point.x, point.y };
  if (board_stroke_get_n_points (stroke) == 1)
    {
      if (cut_segment (last, last, p, q, radius, &from, &to))
        g_array_append_val (gaps, ((BoardGap){ 0, 1 }));
      return gaps;
    }
  for (guint i = 0; board_stroke_reader_next (&reader, &point); i++)
    {
      Place next = { point.x, point.y };

      if (cut_segment (last, next, p, q, radius, &from, &to))
        g_array_append_val (gaps, ((BoardGap){ i + from, i + to }));
      last = next;
    }
  merge_gaps (gaps);
  return gaps;
}

/* What of the gaps is in none of the others, which are in order and apart. */
static GArray *
subtract_gaps (GArray *gaps, GArray *others)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (BoardGap));

  for (guint i = 0; i < gaps->len; i++)
    {
      BoardGap gap = g_array_index (gaps, BoardGap, i);

      for (guint k = 0; k < others->len && gap.from < gap.to; k++)
        {
          BoardGap other = g_array_index (others, BoardGap, k);
          BoardGap before = { gap.from, MIN (gap.to, other.from) };

          if (before.from + CRUMB < before.to)
            g_array_append_val (rest, before);
          if (other.to > gap.from)
            gap.from = MIN (gap.to, MAX (other.to, gap.from));
        }
      if (gap.from + CRUMB < gap.to)
        g_array_append_val (rest, gap);
    }
  return rest;
}

GArray *
board_gaps_cut (BoardElement *element, double x0, double y0, double x1, double y1, double radius)
{
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) known = NULL;

  g_return_val_if_fail (element != NULL && radius >= 0, NULL);

  if (board_element_get_stroke (element) == NULL)
    return g_array_new (FALSE, FALSE, sizeof (BoardGap));
  all = cut_stroke (board_element_get_stroke (element), turn_back (element, x0, y0),
                    turn_back (element, x1, y1), radius);
  known = board_gaps_list (element);
  return subtract_gaps (all, known);
}

JsonObject *
board_gaps_make_props (GArray *gaps)
{
  JsonObject *props = json_object_new ();

  g_return_val_if_fail (gaps != NULL, props);

  for (guint i = 0; i < gaps->len; i++)
    {
      const BoardGap *gap = &g_array_index (gaps, BoardGap, i);
      g_autofree char *id = board_id_generate ();
      g_autofree char *name = g_strconcat (BOARD_GAP_PREFIX, id, NULL);
      JsonArray *pair = json_array_new ();

      json_array_add_double_element (pair, gap->from);
      json_array_add_double_element (pair, gap->to);
      json_object_set_array_member (props, name, pair);
    }
  return props;
}

/* --- Splitting ---------------------------------------------------------------------------------- */

static BoardPoint
point_at (const BoardPoint *points, gsize n_points, double place)
{
  gsize i = MIN ((gsize) place, n_points - 1);
  double t = place - (double) i;
  BoardPoint a = points[i], b = points[MIN (i + 1, n_points - 1)];

  a.x += (b.x - a.x) * t;
  a.y += (b.y - a.y) * t;
  a.pressure += (b.pressure - a.pressure) * (float) t;
  a.tilt_x += (b.tilt_x - a.tilt_x) * (float) t;
  a.tilt_y += (b.tilt_y - a.tilt_y) * (float) t;
  a.time += (uint32_t) ((double) (b.time - a.time) * t);
  return a;
}

static void
add_piece (GPtrArray *pieces, BoardStroke *stroke, double from, double to)
{
  gsize n_points;
  const BoardPoint *points = board_stroke_get_points (stroke, &n_points);
  g_autoptr (GArray) piece = NULL;
  BoardPoint point;

  if (to - from <= CRUMB)
    return;
  piece = g_array_new (FALSE, FALSE, sizeof (BoardPoint));
  point = point_at (points, n_points, from);
  g_array_append_val (piece, point);
  for (gsize i = (gsize) from + 1; (double) i < to; i++)
    g_array_append_val (piece, points[i]);
  point = point_at (points, n_points, to);
  g_array_append_val (piece, point);
  g_ptr_array_add (pieces, board_stroke_new_with_precision (
                               (const BoardPoint *) (gpointer) piece->data, piece->len,
                               board_stroke_get_precision (stroke)));
}

GPtrArray *
board_stroke_split (BoardStroke *stroke, GArray *gaps)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) board_stroke_unref);
  const gsize n_points = board_stroke_get_n_points (stroke);
  double at = 0;

  g_return_val_if_fail (stroke != NULL && gaps != NULL, pieces);

  if (gaps->len == 0)
    {
      g_ptr_array_add (pieces, board_stroke_ref (stroke));
      return pieces;
    }
  if (n_points == 1)
    return pieces;
  for (guint i = 0; i < gaps->len; i++)
    {
      const BoardGap *gap = &g_array_index (gaps, BoardGap, i);

      add_piece (pieces, stroke, at, gap->from);
      at = gap->to;
    }
  add_piece (pieces, stroke, at, (double) n_points - 1);
  return pieces;
}

GPtrArray *
board_gaps_split (BoardElement *element)
{
  g_autoptr (GArray) gaps = NULL;

  g_return_val_if_fail (element != NULL && board_element_get_stroke (element) != NULL, NULL);

  gaps = board_gaps_list (element);
  return board_stroke_split (board_element_get_stroke (element), gaps);
}
