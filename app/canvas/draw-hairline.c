/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-hairline.h"

#include <math.h>

#include "canvas/draw-outline-private.h"

/* Up to what width, and what way from sample to sample, in tolerances, a stroke is a hairline: about a
 * pixel, and two. Nobody sees whether such a line bends between samples, or how it ends. */
#define HAIRLINE_WIDTH 5
#define HAIRLINE_STEP 10
/* The mean of half a disc: where a butt end covers as much. */
#define HAIRLINE_END (G_PI / 4)
/* A turn of a hairline that one rib cannot make: 60 degrees. */
#define HAIRLINE_CORNER_COS 0.5

static const DrawKnot *
get_knot (DrawOutline *self, guint i)
{
  return &g_array_index (self->knots, DrawKnot, i);
}

static DrawRib
make_rib (const DrawKnot *knot, double dx, double dy)
{
  const double length = sqrt (dx * dx + dy * dy);

  return (DrawRib){ knot->x, knot->y, dx / length, dy / length, knot->r };
}

/* Of length 1; where two knots are at one place it is the one before. */
static void
get_way (const DrawKnot *from, const DrawKnot *to, double *dx, double *dy)
{
  const double x = to->x - from->x, y = to->y - from->y, length = sqrt (x * x + y * y);

  if (length <= DRAW_OUTLINE_LENGTH_MIN)
    return;
  *dx = x / length;
  *dy = y / length;
}

static void
end_strip (DrawOutline *self)
{
  draw_outline_add_strip (self, (const DrawRib *) (gpointer) self->ribs->data, self->ribs->len);
  g_array_set_size (self->ribs, 0);
}

static void
add_hairline_rib (DrawOutline *self, guint i, double dx, double dy, double shift)
{
  DrawRib rib = make_rib (get_knot (self, i), dx, dy);

  rib.x += shift * rib.dx * rib.r;
  rib.y += shift * rib.dy * rib.r;
  g_array_append_val (self->ribs, rib);
}

/* Strips through the knots, with nothing at bends and butt ends. dx, dy: (inout): the way to the first knot. */
static void
add_hairline_chunk (DrawOutline *self, guint first, guint last, double *dx, double *dy)
{
  const guint end = self->knots->len - 1;
  DrawOutlineChunk chunk = draw_outline_begin_chunk (self);

  for (guint i = first; i <= last; i++)
    {
      const double before_x = *dx, before_y = *dy;

      /* The last of a chunk is the first of the next, which goes the same way again. */
      if (i < end)
        get_way (get_knot (self, i), get_knot (self, i + 1), dx, dy);
      if (i == 0 || i == end)
        add_hairline_rib (self, i, *dx, *dy, i == 0 ? -HAIRLINE_END : HAIRLINE_END);
      else if (before_x * *dx + before_y * *dy >= HAIRLINE_CORNER_COS)
        add_hairline_rib (self, i, before_x + *dx, before_y + *dy, 0);
      else
        {
          if (i > first)
            add_hairline_rib (self, i, before_x, before_y, 0);
          end_strip (self);
          if (i < last)
            add_hairline_rib (self, i, *dx, *dy, 0);
        }
      if (i == last)
        *dx = before_x, *dy = before_y;
    }
  end_strip (self);
  draw_outline_end_chunk (self, &chunk);
}

void
draw_hairline_add (DrawOutline *self)
{
  double dx = 1, dy = 0;

  g_array_set_size (self->ribs, 0);
  get_way (get_knot (self, 0), get_knot (self, 1), &dx, &dy);
  for (guint i = 0; i + 1 < self->knots->len; i += DRAW_OUTLINE_CHUNK_PIECES)
    add_hairline_chunk (self, i, MIN (i + DRAW_OUTLINE_CHUNK_PIECES, self->knots->len - 1), &dx, &dy);
}

gboolean
draw_hairline_fits (const DrawKnot *knots, guint n_knots, double tolerance)
{
  const double step = HAIRLINE_STEP * tolerance, r = HAIRLINE_WIDTH * tolerance / 2;

  for (guint i = 0; i < n_knots; i++)
    {
      const double dx = i > 0 ? knots[i].x - knots[i - 1].x : 0;
      const double dy = i > 0 ? knots[i].y - knots[i - 1].y : 0;

      if (knots[i].r > r || dx * dx + dy * dy > step * step)
        return FALSE;
    }
  return n_knots > 1;
}

guint
draw_hairline_thin_out (DrawKnot *knots, guint n_knots, double distance)
{
  guint n = 1;

  for (guint i = 1; i + 1 < n_knots; i++)
    {
      const double dx = knots[i].x - knots[n - 1].x, dy = knots[i].y - knots[n - 1].y;

      if (dx * dx + dy * dy > distance * distance)
        knots[n++] = knots[i];
    }
  knots[n++] = knots[n_knots - 1];
  return n;
}
