/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-path.h"

#include <math.h>

#include "board/board-limits.h"

/* Excalidraw's numbers (packages/common/src/constants.ts, packages/element/src). */
#define ROUND_ADAPTIVE 32.0
#define ROUND_SHARE 0.25
#define ROUND_ELBOW 16.0
/* A line whose ends are that near to each other has an inside. */
#define LOOP_REACH 8.0
#define NOTE_RADIUS 2.0
#define FRAME_RADIUS 8.0
/* Steps of a round corner of a diamond or elbow. */
#define CORNER_STEPS 8

/* ---- making ---- */

static void
add_knot (DrawPath *self, const DrawShapeFrame *frame, double x, double y)
{
  const DrawKnot knot = { x, y, MAX (frame->line_width / 2, 0.01) };

  g_array_append_val (self->knots, knot);
}

/* All knots since the last piece, and its last one, are a piece. */
static void
end_piece (DrawPath *self, DrawPieceKind kind)
{
  DrawPiece piece = { kind, 0, self->knots->len };

  if (self->pieces->len > 0)
    {
      const DrawPiece *last = &g_array_index (self->pieces, DrawPiece, self->pieces->len - 1);

      piece.first = last->first + last->n_knots - 1;
      piece.n_knots = self->knots->len - piece.first;
    }
  if (piece.n_knots >= 2)
    g_array_append_val (self->pieces, piece);
}

static void
close_path (DrawPath *self, DrawPieceKind kind)
{
  const DrawKnot first = g_array_index (self->knots, DrawKnot, 0);

  g_array_append_val (self->knots, first);
  end_piece (self, kind);
  self->closed = TRUE;
}

/* A quarter of an ellipse about (x, y), from angle @start on, where the last knot is. */
static void
add_quarter (DrawPath *self,
             const DrawShapeFrame *frame,
             double x,
             double y,
             double rx,
             double ry,
             double start,
             double tolerance)
{
  const double r = MAX (MAX (fabs (rx), fabs (ry)), tolerance);
  const double step = 2 * acos (1 - MIN (tolerance / r, 0.5));
  const guint n = (guint) CLAMP (ceil (G_PI / 2 / step), 2, 256);

  for (guint i = 1; i <= n; i++)
    {
      const double angle = start + G_PI / 2 * i / n;

      add_knot (self, frame, x + rx * cos (angle), y + ry * sin (angle));
    }
}

static void
add_ellipse (DrawPath *self, const DrawShapeFrame *frame, double tolerance)
{
  const double rx = frame->width / 2, ry = frame->height / 2;

  add_knot (self, frame, 2 * rx, ry);
  for (guint quarter = 0; quarter < 4; quarter++)
    add_quarter (self, frame, rx, ry, rx, ry, quarter * G_PI / 2, tolerance);
  close_path (self, DRAW_PIECE_ARC);
  self->ellipse = TRUE;
}

static double
get_corner_radius (BoardElement *element, double side)
{
  JsonNode *node = board_element_get_prop (element, "roundness");
  double adaptive;

  if (board_element_get_kind (element) == BOARD_ELEMENT_NOTE)
    return MIN (NOTE_RADIUS, side / 2);
  if (board_element_get_kind (element) == BOARD_ELEMENT_FRAME)
    return MIN (FRAME_RADIUS, side / 2);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;

  JsonObject *roundness = json_node_get_object (node);
  if (json_object_get_int_member_with_default (roundness, "type", 0) != 3)
    return side * ROUND_SHARE;
  adaptive = json_object_get_double_member_with_default (roundness, "value", ROUND_ADAPTIVE);
  return CLAMP (adaptive, 0, side * ROUND_SHARE);
}

static void
add_rectangle (DrawPath *self, BoardElement *element, const DrawShapeFrame *frame, double tolerance)
{
  const double left = MIN (0, frame->width), right = MAX (0, frame->width);
  const double top = MIN (0, frame->height), bottom = MAX (0, frame->height);
  const double r = get_corner_radius (element, MIN (right - left, bottom - top));
  const double corners[4][2] = { { right - r, bottom - r },
                                 { left + r, bottom - r },
                                 { left + r, top + r },
                                 { right - r, top + r } };

  for (guint i = 0; i < 4; i++)
    if (r > 0)
      {
        const double start = i * G_PI / 2;

        add_knot (self, frame, corners[i][0] + r * cos (start), corners[i][1] + r * sin (start));
        end_piece (self, DRAW_PIECE_LINES);
        add_quarter (self, frame, corners[i][0], corners[i][1], r, r, start, tolerance);
        end_piece (self, DRAW_PIECE_ARC);
      }
    else
      add_knot (self, frame, corners[i][0], corners[i][1]);
  close_path (self, DRAW_PIECE_LINES);
}

/* ---- corners that are not square ---- */

/* The place that is that far from @from on the way to @to. */
static DrawKnot
go_towards (const DrawKnot *from, const DrawKnot *to, double distance)
{
  const double length = hypot (to->x - from->x, to->y - from->y);
  const double t = length > 0 ? MIN (distance / length, 0.5) : 0;

  return (DrawKnot){ from->x + (to->x - from->x) * t, from->y + (to->y - from->y) * t, from->r };
}

/* A line to the corner, cut off by @radius and rounded. */
static void
add_round_corner (DrawPath *self,
                  const DrawKnot *before,
                  const DrawKnot *corner,
                  const DrawKnot *after,
                  double radius)
{
  const DrawKnot start = go_towards (corner, before, radius);
  const DrawKnot end = go_towards (corner, after, radius);

  g_array_append_val (self->knots, start);
  end_piece (self, DRAW_PIECE_LINES);
  for (guint i = 1; i <= CORNER_STEPS; i++)
    {
      const double t = (double) i / CORNER_STEPS, s = 1 - t;
      const DrawKnot knot = { s * s * start.x + 2 * s * t * corner->x + t * t * end.x,
                              s * s * start.y + 2 * s * t * corner->y + t * t * end.y, corner->r };

      g_array_append_val (self->knots, knot);
    }
  end_piece (self, DRAW_PIECE_ARC);
}

static void
add_diamond (DrawPath *self, BoardElement *element, const DrawShapeFrame *frame)
{
  const double r = MAX (frame->line_width / 2, 0.01), w = frame->width, h = frame->height;
  const DrawKnot corners[4]
      = { { w / 2, 0, r }, { w, h / 2, r }, { w / 2, h, r }, { 0, h / 2, r } };
  const double radius = get_corner_radius (element, MIN (fabs (w), fabs (h)) / 2);

  for (guint i = 0; i < 4; i++)
    if (radius > 0)
      add_round_corner (self, &corners[(i + 3) % 4], &corners[i], &corners[(i + 1) % 4], radius);
    else
      g_array_append_val (self->knots, corners[i]);
  close_path (self, DRAW_PIECE_LINES);
}

/* ---- lines ---- */

static gboolean
has_flag (BoardElement *element, const char *name)
{
  JsonNode *node = board_element_get_prop (element, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static void
add_elbows (DrawPath *self, const DrawKnot *knots, guint n)
{
  g_array_append_val (self->knots, knots[0]);
  for (guint i = 1; i + 1 < n; i++)
    {
      const double room = MIN (hypot (knots[i].x - knots[i - 1].x, knots[i].y - knots[i - 1].y),
                               hypot (knots[i + 1].x - knots[i].x, knots[i + 1].y - knots[i].y))
                          / 2;

      if (room > 0)
        add_round_corner (self, &knots[i - 1], &knots[i], &knots[i + 1], MIN (ROUND_ELBOW, room));
    }
  g_array_append_val (self->knots, knots[n - 1]);
  end_piece (self, DRAW_PIECE_LINES);
}

static void
add_line (DrawPath *self, BoardElement *element, const DrawShapeFrame *frame)
{
  g_autoptr (GArray) points = draw_shape_get_points (element, frame);
  const DrawKnot *knots = (const DrawKnot *) points->data;
  const DrawKnot *last = &knots[points->len - 1];
  JsonNode *roundness = board_element_get_prop (element, "roundness");
  const gboolean smooth = roundness != NULL && JSON_NODE_HOLDS_OBJECT (roundness);

  if (has_flag (element, "elbowed"))
    add_elbows (self, knots, points->len);
  else
    {
      g_array_append_vals (self->knots, knots, points->len);
      end_piece (self, smooth && points->len > 2 ? DRAW_PIECE_CURVE : DRAW_PIECE_LINES);
    }
  self->closed
      = points->len > 3 && hypot (last->x - knots[0].x, last->y - knots[0].y) <= LOOP_REACH;
}

/* ---- public ---- */

static DrawPath *
create (void)
{
  DrawPath *self = g_new0 (DrawPath, 1);

  self->knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  self->pieces = g_array_new (FALSE, FALSE, sizeof (DrawPiece));
  return self;
}

DrawPath *
draw_path_new_for_knots (GArray *knots, gboolean closed)
{
  DrawPath *self;

  g_return_val_if_fail (knots != NULL && knots->len >= 2, NULL);

  self = create ();
  g_array_append_vals (self->knots, knots->data, knots->len);
  end_piece (self, DRAW_PIECE_LINES);
  self->closed = closed;
  return self;
}

DrawPath *
draw_path_new (BoardElement *element, const DrawShapeFrame *frame, double tolerance)
{
  DrawPath *self;

  g_return_val_if_fail (element != NULL && frame != NULL && tolerance > 0, NULL);

  self = create ();
  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_ELLIPSE:
      add_ellipse (self, frame, tolerance);
      break;
    case BOARD_ELEMENT_DIAMOND:
      add_diamond (self, element, frame);
      break;
    case BOARD_ELEMENT_LINE:
    case BOARD_ELEMENT_ARROW:
      add_line (self, element, frame);
      break;
    default:
      add_rectangle (self, element, frame, tolerance);
    }
  return self;
}

void
draw_path_free (DrawPath *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->knots);
  g_array_unref (self->pieces);
  g_free (self);
}

GArray *
draw_path_flatten_curve (const DrawKnot *knots, guint n_knots, double tolerance)
{
  GArray *flat = g_array_new (FALSE, FALSE, sizeof (DrawKnot));

  g_return_val_if_fail (knots != NULL && n_knots >= 1 && tolerance > 0, flat);

  g_array_append_val (flat, knots[0]);
  for (guint i = 0; i + 1 < n_knots; i++)
    {
      DrawCurve curve;
      guint n_steps;

      draw_curve_through (&curve, i > 0 ? &knots[i - 1] : NULL, &knots[i], &knots[i + 1],
                          i + 2 < n_knots ? &knots[i + 2] : NULL);
      n_steps = draw_curve_get_n_steps (&curve, tolerance);
      for (guint step = 1; step <= n_steps; step++)
        {
          DrawKnot knot;

          draw_curve_get_knot (&curve, (double) step / n_steps, &knot);
          g_array_append_val (flat, knot);
        }
    }
  return flat;
}

GArray *
draw_path_flatten (const DrawPath *self, double tolerance)
{
  GArray *flat = g_array_new (FALSE, FALSE, sizeof (DrawKnot));

  g_return_val_if_fail (self != NULL, flat);

  const DrawKnot first = g_array_index (self->knots, DrawKnot, 0);
  g_array_append_val (flat, first);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const DrawPiece *piece = &g_array_index (self->pieces, DrawPiece, i);
      const DrawKnot *knots = &g_array_index (self->knots, DrawKnot, piece->first);

      if (piece->kind == DRAW_PIECE_CURVE)
        {
          g_autoptr (GArray) curve = draw_path_flatten_curve (knots, piece->n_knots, tolerance);

          g_array_append_vals (flat, &g_array_index (curve, DrawKnot, 1), curve->len - 1);
        }
      else
        g_array_append_vals (flat, knots + 1, piece->n_knots - 1);
    }
  return flat;
}
