/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-hatch.h"

#include <math.h>

#include "canvas/draw-sketch.h"

#define ANGLE (-41 * G_PI / 180)
/* Rows of one filling, whatever the clip. */
#define ROWS_MAX 4000

/* The form, turned so that lines are level: y is the row. */
typedef struct {
  GPtrArray *lines;
  const DrawManner *manner;
  GArray *places; /* (element-type DrawKnot) */
  GArray *cuts;   /* (element-type double) of one row */
  double angle, gap, width;
} Hatcher;

static void
turn (double x, double y, double angle, double *out_x, double *out_y)
{
  const double c = cos (angle), s = sin (angle);

  *out_x = x * c - y * s;
  *out_y = x * s + y * c;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Where the form crosses the row, from left to right. */
static void
cut_row (Hatcher *self, double y)
{
  g_array_set_size (self->cuts, 0);
  for (guint i = 0; i + 1 < self->places->len; i++)
    {
      const DrawKnot *a = &g_array_index (self->places, DrawKnot, i), *b = a + 1;

      if ((a->y <= y) != (b->y <= y))
        {
          const double x = a->x + (b->x - a->x) * (y - a->y) / (b->y - a->y);

          g_array_append_val (self->cuts, x);
        }
    }
  g_array_sort (self->cuts, compare_doubles);
}

static void
add_line (Hatcher *self, double x0, double y0, double x1, double y1, DrawRandom *random)
{
  DrawKnot a = { .r = self->width / 2 }, b = { .r = self->width / 2 };

  turn (x0, y0, self->angle, &a.x, &a.y);
  turn (x1, y1, self->angle, &b.x, &b.y);
  if (self->manner->roughness > 0)
    draw_sketch_add_line (self->lines, &a, &b, self->manner->roughness, random);
  else
    {
      GArray *line = g_array_new (FALSE, FALSE, sizeof (DrawKnot));

      g_array_append_val (line, a);
      g_array_append_val (line, b);
      g_ptr_array_add (self->lines, line);
    }
}

/* The wobble of a row is its own, so that a tile need not draw the rows above it. */
static void
fill_row (Hatcher *self, int64_t row)
{
  const double y = ((double) row + 0.5) * self->gap;
  DrawRandom random;

  draw_random_init (&random, self->manner->seed + (uint32_t) row * 0x9e3779b1u);
  draw_random_next (&random);
  cut_row (self, y);
  for (guint i = 0; i + 1 < self->cuts->len; i += 2)
    {
      const double x0 = g_array_index (self->cuts, double, i);
      const double x1 = g_array_index (self->cuts, double, i + 1);

      if (self->manner->fill == DRAW_FILL_ZIGZAG)
        {
          add_line (self, x0, y - self->gap / 2, x1, y, &random);
          add_line (self, x0, y + self->gap / 2, x1, y, &random);
        }
      else
        add_line (self, x0, y, x1, y, &random);
    }
}

static void
get_rows (Hatcher *self, const BoardRect *clip, int64_t *first, int64_t *last)
{
  const double margin = 2 * self->gap;
  double top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE, clip_top = G_MAXDOUBLE,
         clip_bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < self->places->len; i++)
    {
      const double y = g_array_index (self->places, DrawKnot, i).y;

      top = MIN (top, y);
      bottom = MAX (bottom, y);
    }
  for (guint i = 0; i < 4; i++)
    {
      double x, y;

      turn (clip->x + (i % 2 == 0 ? 0 : clip->width), clip->y + (i < 2 ? 0 : clip->height),
            -self->angle, &x, &y);
      clip_top = MIN (clip_top, y - margin);
      clip_bottom = MAX (clip_bottom, y + margin);
    }
  *first = (int64_t) floor (MAX (top, clip_top) / self->gap);
  *last = MIN ((int64_t) floor (MIN (bottom, clip_bottom) / self->gap), *first + ROWS_MAX);
}

static void
fill_at (Hatcher *self, GArray *ring, double angle, const BoardRect *clip)
{
  int64_t first, last;

  self->angle = angle;
  g_array_set_size (self->places, 0);
  for (guint i = 0; i < ring->len; i++)
    {
      DrawKnot knot = g_array_index (ring, DrawKnot, i);

      turn (knot.x, knot.y, -angle, &knot.x, &knot.y);
      g_array_append_val (self->places, knot);
    }
  get_rows (self, clip, &first, &last);
  for (int64_t row = first; row <= last; row++)
    fill_row (self, row);
}

GPtrArray *
draw_hatch_fill (GArray *ring,
                 const DrawManner *manner,
                 double gap,
                 double width,
                 const BoardRect *clip)
{
  Hatcher self = { .manner = manner, .gap = gap, .width = width };

  self.lines = draw_sketch_lines_new ();
  g_return_val_if_fail (ring != NULL && manner != NULL && clip != NULL, self.lines);
  g_return_val_if_fail (gap > 0 && width > 0, self.lines);

  if (ring->len < 3)
    return self.lines;
  self.places = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  self.cuts = g_array_new (FALSE, FALSE, sizeof (double));
  fill_at (&self, ring, ANGLE, clip);
  if (manner->fill == DRAW_FILL_CROSS_HATCH)
    fill_at (&self, ring, ANGLE + G_PI / 2, clip);
  g_array_unref (self.places);
  g_array_unref (self.cuts);
  return self.lines;
}
