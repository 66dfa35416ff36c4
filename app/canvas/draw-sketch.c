/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-sketch.h"

#include <math.h>

/* rough.js: maxRandomnessOffset, bowing, curveStepCount. */
#define OFFSET 2.0
#define BOWING 1.0
#define ELLIPSE_STEPS 9
/* Knots that stand for the bow of one line. */
#define LINE_STEPS 6
#define MULTIPLIER 48271u

void
draw_random_init (DrawRandom *self, uint32_t seed)
{
  g_return_if_fail (self != NULL);

  self->state = seed != 0 ? seed : 1;
}

double
draw_random_next (DrawRandom *self)
{
  g_return_val_if_fail (self != NULL, 0);

  self->state *= MULTIPLIER;
  return (double) (self->state & 0x7fffffff) / 2147483648.0;
}

/* -1..1 times @by. */
static double
stray (DrawRandom *random, double by)
{
  return by * (2 * draw_random_next (random) - 1);
}

static void
free_line (gpointer data)
{
  g_array_unref (data);
}

GPtrArray *
draw_sketch_lines_new (void)
{
  return g_ptr_array_new_with_free_func (free_line);
}

static GArray *
add_line (GPtrArray *lines)
{
  GArray *knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));

  g_ptr_array_add (lines, knots);
  return knots;
}

/* ---- straight lines ---- */

/* Long lines wobble less for their length. */
static double
get_gain (double length)
{
  if (length < 200)
    return 1;
  return length > 500 ? 0.4 : -0.0016668 * length + 1.233334;
}

/* Once from @a to @b: a curve bent at a place between a fifth and two fifths of the way. */
static void
add_stroke (GArray *knots,
            const DrawKnot *a,
            const DrawKnot *b,
            double roughness,
            gboolean exact_ends,
            gboolean again,
            DrawRandom *random)
{
  const double dx = b->x - a->x, dy = b->y - a->y, length = sqrt (dx * dx + dy * dy);
  const double offset = MIN (OFFSET, length / 10), gain = roughness * get_gain (length);
  const double by = gain * (again ? offset / 2 : offset), ends = exact_ends ? 0 : by;
  const double bend = 0.2 + 0.2 * draw_random_next (random);
  const double bow_x = stray (random, gain * BOWING * OFFSET * dy / 200);
  const double bow_y = stray (random, gain * BOWING * OFFSET * -dx / 200);
  const double r = a->r;
  DrawCurve curve = { .r0 = r, .r1 = r };

  curve.x[0] = a->x + stray (random, ends);
  curve.y[0] = a->y + stray (random, ends);
  curve.x[1] = bow_x + a->x + dx * bend + stray (random, by);
  curve.y[1] = bow_y + a->y + dy * bend + stray (random, by);
  curve.x[2] = bow_x + a->x + 2 * dx * bend + stray (random, by);
  curve.y[2] = bow_y + a->y + 2 * dy * bend + stray (random, by);
  curve.x[3] = b->x + stray (random, ends);
  curve.y[3] = b->y + stray (random, ends);
  for (guint i = 0; i <= LINE_STEPS; i++)
    {
      DrawKnot knot;

      draw_curve_get_knot (&curve, (double) i / LINE_STEPS, &knot);
      g_array_append_val (knots, knot);
    }
}

void
draw_sketch_add_line (GPtrArray *lines,
                      const DrawKnot *a,
                      const DrawKnot *b,
                      double roughness,
                      DrawRandom *random)
{
  g_return_if_fail (lines != NULL && a != NULL && b != NULL && random != NULL);

  for (guint again = 0; again < 2; again++)
    add_stroke (add_line (lines), a, b, roughness, FALSE, again == 1, random);
}

/* What one path is drawn with. */
typedef struct {
  GPtrArray *lines; /* that it comes to */
  const DrawManner *manner;
  guint n_strokes;
  DrawRandom *random;
} Sketch;

static void
sketch_lines (const Sketch *sketch, const DrawKnot *knots, guint n_knots)
{
  /* Excalidraw's preserveVertices: only the wildest hand misses corners. */
  const gboolean exact = sketch->manner->roughness < 2;

  for (guint i = 0; i + 1 < n_knots; i++)
    for (guint again = 0; again < sketch->n_strokes; again++)
      add_stroke (add_line (sketch->lines), &knots[i], &knots[i + 1], sketch->manner->roughness,
                  exact, again == 1, sketch->random);
}

/* ---- curves ---- */

/* Through the knots, each a bit beside its place. */
static void
sketch_curve (const Sketch *sketch, const DrawKnot *knots, guint n_knots)
{
  for (guint again = 0; again < sketch->n_strokes; again++)
    {
      const double roughness = sketch->manner->roughness;
      const double by = roughness * (again == 0 ? 1 + roughness * 0.2 : 1.5);
      GArray *line = add_line (sketch->lines);

      for (guint i = 0; i < n_knots; i++)
        {
          DrawKnot knot = knots[i];

          knot.x += stray (sketch->random, by / 2);
          knot.y += stray (sketch->random, by / 2);
          g_array_append_val (line, knot);
        }
    }
}

/* A round corner: its knots lie too close for each to wobble by itself. */
static void
sketch_arc (const Sketch *sketch, const DrawKnot *knots, guint n_knots)
{
  const DrawKnot few[]
      = { knots[0], knots[n_knots / 3], knots[2 * n_knots / 3], knots[n_knots - 1] };
  const double exact = sketch->manner->roughness < 2;

  for (guint again = 0; again < sketch->n_strokes; again++)
    {
      GArray *line = add_line (sketch->lines);

      for (guint i = 0; i < G_N_ELEMENTS (few); i++)
        {
          const gboolean end = i == 0 || i + 1 == G_N_ELEMENTS (few);
          const double by = exact && end ? 0 : sketch->manner->roughness * 0.5;
          DrawKnot knot = few[i];

          knot.x += stray (sketch->random, by);
          knot.y += stray (sketch->random, by);
          g_array_append_val (line, knot);
        }
    }
}

/* Around the box from a place near its top, a bit further than once, not meeting its beginning. */
static void
sketch_ellipse (const Sketch *sketch, const DrawPath *path)
{
  const DrawKnot *knots = (const DrawKnot *) path->knots->data;
  const double cx = knots[0].x / 2, cy = knots[0].y, rx = fabs (cx), ry = fabs (cy);
  const double around = sqrt (2 * G_PI * sqrt ((rx * rx + ry * ry) / 2));
  const double n = ceil (MAX (ELLIPSE_STEPS, ELLIPSE_STEPS / sqrt (200) * around));
  const guint n_steps = (guint) MIN (n, 400);

  for (guint again = 0; again < sketch->n_strokes; again++)
    {
      const double by = sketch->manner->roughness * (again == 0 ? 1 : 1.5);
      const double start = stray (sketch->random, 0.5) - G_PI / 2, step = 2 * G_PI / n_steps;
      GArray *line = add_line (sketch->lines);

      for (guint i = 0; i <= n_steps + 1; i++)
        {
          /* The ends run inward a little. */
          const gboolean end = i == 0 || i == n_steps + 1;
          const double share = end ? 1 - 0.02 * sketch->manner->roughness : 1;
          const double angle = start + step * i;
          const DrawKnot knot = { cx + share * rx * cos (angle) + stray (sketch->random, by),
                                  cy + share * ry * sin (angle) + stray (sketch->random, by),
                                  knots[0].r };

          g_array_append_val (line, knot);
        }
    }
}

static void
sketch_piece (const Sketch *sketch, const DrawPath *path, const DrawPiece *piece)
{
  const DrawKnot *knots = &g_array_index (path->knots, DrawKnot, piece->first);

  switch (piece->kind)
    {
    case DRAW_PIECE_LINES:
      sketch_lines (sketch, knots, piece->n_knots);
      break;
    case DRAW_PIECE_CURVE:
      sketch_curve (sketch, knots, piece->n_knots);
      break;
    default:
      sketch_arc (sketch, knots, piece->n_knots);
    }
}

GPtrArray *
draw_sketch_path (const DrawPath *path, const DrawManner *manner, guint n_strokes)
{
  GPtrArray *lines = draw_sketch_lines_new ();
  DrawRandom random;
  const Sketch sketch = { lines, manner, n_strokes, &random };

  g_return_val_if_fail (path != NULL && manner != NULL, lines);

  draw_random_init (&random, manner->seed);
  if (path->ellipse)
    sketch_ellipse (&sketch, path);
  else
    for (guint i = 0; i < path->pieces->len; i++)
      sketch_piece (&sketch, path, &g_array_index (path->pieces, DrawPiece, i));
  return lines;
}
