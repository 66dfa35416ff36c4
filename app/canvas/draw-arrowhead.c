/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-arrowhead.h"

#include <math.h>

#define CIRCLE_STEPS 32
/* The direction of a head is that of its line over that share of the head. */
#define DIRECTION_SHARE 0.6

typedef enum {
  SHAPE_ARROW,
  SHAPE_BAR,
  SHAPE_TRIANGLE,
  SHAPE_CIRCLE,
  SHAPE_DIAMOND,
  SHAPE_FORK
} Shape;

/* One part of a head. Sizes and angles: Excalidraw's getArrowheadSize and getArrowheadAngle. */
typedef struct {
  const char *name;
  Shape shape;
  DrawArrowheadInside inside;
  double size;    /* board units along the line */
  double degrees; /* of its sides to the line */
  double back;    /* where it begins, in sizes before the end */
} Row;

/* A head with several parts has several rows. */
static const Row rows[] = {
  { "arrow", SHAPE_ARROW, DRAW_ARROWHEAD_OPEN, 25, 20, 0 },
  { "bar", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 15, 90, 0 },
  { "dot", SHAPE_CIRCLE, DRAW_ARROWHEAD_FILLED, 15, 25, 0 },
  { "circle", SHAPE_CIRCLE, DRAW_ARROWHEAD_FILLED, 15, 25, 0 },
  { "circle_outline", SHAPE_CIRCLE, DRAW_ARROWHEAD_HOLLOW, 15, 25, 0 },
  { "triangle", SHAPE_TRIANGLE, DRAW_ARROWHEAD_FILLED, 15, 25, 0 },
  { "triangle_outline", SHAPE_TRIANGLE, DRAW_ARROWHEAD_HOLLOW, 15, 25, 0 },
  { "diamond", SHAPE_DIAMOND, DRAW_ARROWHEAD_FILLED, 12, 25, 0 },
  { "diamond_outline", SHAPE_DIAMOND, DRAW_ARROWHEAD_HOLLOW, 12, 25, 0 },
  { "crowfoot_one", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 0 },
  { "crowfoot_many", SHAPE_FORK, DRAW_ARROWHEAD_OPEN, 20, 25, 0 },
  { "crowfoot_one_or_many", SHAPE_FORK, DRAW_ARROWHEAD_OPEN, 20, 25, 0 },
  { "crowfoot_one_or_many", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 1.2 },
  { "cardinality_one", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 0.5 },
  { "cardinality_many", SHAPE_FORK, DRAW_ARROWHEAD_OPEN, 20, 25, 0 },
  { "cardinality_one_or_many", SHAPE_FORK, DRAW_ARROWHEAD_OPEN, 20, 25, 0 },
  { "cardinality_one_or_many", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 1.2 },
  { "cardinality_exactly_one", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 0.4 },
  { "cardinality_exactly_one", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 0.8 },
  { "cardinality_zero_or_one", SHAPE_BAR, DRAW_ARROWHEAD_OPEN, 20, 90, 0.4 },
  { "cardinality_zero_or_one", SHAPE_CIRCLE, DRAW_ARROWHEAD_HOLLOW, 12, 25, 1 },
  { "cardinality_zero_or_many", SHAPE_FORK, DRAW_ARROWHEAD_OPEN, 20, 25, 0 },
  { "cardinality_zero_or_many", SHAPE_CIRCLE, DRAW_ARROWHEAD_HOLLOW, 12, 25, 1.7 },
};

/* An end of a line: the tip, and the direction back along the line, of length 1. */
typedef struct {
  double x, y, back_x, back_y;
  double length; /* of the line */
  double r;
} End;

static void
clear_part (gpointer data)
{
  g_array_unref (((DrawArrowheadPart *) data)->knots);
}

static void
add_knot (GArray *knots, const End *end, double x, double y)
{
  const DrawKnot knot = { x, y, end->r };

  g_array_append_val (knots, knot);
}

/* The place that is @along back from the tip and @aside beside the line. */
static void
add_place (GArray *knots, const End *end, double along, double aside)
{
  add_knot (knots, end, end->x + end->back_x * along - end->back_y * aside,
            end->y + end->back_y * along + end->back_x * aside);
}

static void
close_knots (GArray *knots)
{
  const DrawKnot first = g_array_index (knots, DrawKnot, 0);

  g_array_append_val (knots, first);
}

static void
add_circle (GArray *knots, const End *end, double back, double radius)
{
  for (guint i = 0; i < CIRCLE_STEPS; i++)
    {
      const double angle = 2 * G_PI * i / CIRCLE_STEPS;

      add_place (knots, end, back + radius * cos (angle), radius * sin (angle));
    }
  close_knots (knots);
}

static GArray *
create_knots (const Row *row, const End *end)
{
  GArray *knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  const double share = row->shape == SHAPE_DIAMOND ? 0.25 : 0.5;
  const double size = MIN (row->size, end->length * share), back = row->back * size;
  const double angle = row->degrees * G_PI / 180, along = size * cos (angle),
               aside = size * sin (angle);

  switch (row->shape)
    {
    case SHAPE_BAR:
      add_place (knots, end, back, aside);
      add_place (knots, end, back, -aside);
      break;
    case SHAPE_FORK:
      add_place (knots, end, back, aside);
      add_place (knots, end, back + size, 0);
      add_place (knots, end, back, -aside);
      break;
    case SHAPE_CIRCLE:
      add_circle (knots, end, back, size / 2);
      break;
    case SHAPE_DIAMOND:
      add_place (knots, end, back, 0);
      add_place (knots, end, back + along, aside);
      add_place (knots, end, back + 2 * along, 0);
      add_place (knots, end, back + along, -aside);
      close_knots (knots);
      break;
    default:
      add_place (knots, end, back + along, aside);
      add_place (knots, end, back, 0);
      add_place (knots, end, back + along, -aside);
      if (row->shape == SHAPE_TRIANGLE)
        close_knots (knots);
    }
  return knots;
}

/* FALSE where the line has no direction. */
static gboolean
find_end (GArray *path, gboolean at_end, double reach, End *end)
{
  const DrawKnot *knots = (const DrawKnot *) path->data;
  const int step = at_end ? -1 : 1;
  int i = at_end ? (int) path->len - 1 : 0;
  const DrawKnot tip = knots[i];
  gboolean far = FALSE;
  double walked = 0;

  *end = (End){ .x = tip.x, .y = tip.y, .r = tip.r };
  for (i += step; i >= 0 && i < (int) path->len; i += step)
    {
      const double dx = knots[i].x - tip.x, dy = knots[i].y - tip.y;
      const double length = sqrt (dx * dx + dy * dy);

      walked += hypot (knots[i].x - knots[i - step].x, knots[i].y - knots[i - step].y);
      if (length > 0 && !far)
        {
          end->back_x = dx / length;
          end->back_y = dy / length;
        }
      far |= length >= reach;
    }
  end->length = walked;
  return end->back_x != 0 || end->back_y != 0;
}

static void
add_head (GArray *parts, BoardElement *element, GArray *path, gboolean at_end)
{
  const char *name = draw_shape_get_text (element, at_end ? "endArrowhead" : "startArrowhead");
  gboolean known = FALSE;
  End end;

  if (name == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    known |= g_str_equal (rows[i].name, name);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, known ? name : "arrow")
        && find_end (path, at_end, rows[i].size * DIRECTION_SHARE, &end))
      {
        const DrawArrowheadPart part = { create_knots (&rows[i], &end), rows[i].inside };

        g_array_append_val (parts, part);
      }
}

GArray *
draw_arrowhead_get_parts (BoardElement *element, GArray *path)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (DrawArrowheadPart));

  g_array_set_clear_func (parts, clear_part);
  g_return_val_if_fail (element != NULL && path != NULL, parts);

  if (path->len >= 2)
    {
      add_head (parts, element, path, FALSE);
      add_head (parts, element, path, TRUE);
    }
  return parts;
}
