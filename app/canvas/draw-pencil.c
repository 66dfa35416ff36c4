/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-pencil.h"

#include <math.h>

#include "canvas/draw-dash.h"
#include "canvas/draw-hatch.h"
#include "canvas/draw-outline.h"
#include "canvas/draw-polygon.h"
#include "canvas/draw-sketch.h"

/* Excalidraw's (packages/element/src/shape.ts): dashes of 8 units with gaps of 8 and a width, dots
 * of 1.5 with gaps of 6 and a width; both are half a unit wider than what is whole. */
#define DASH_ON 8.0
#define DASH_OFF 8.0
#define DOT_ON 1.5
#define DOT_OFF 6.0
#define DASHED_WIDER 0.5
/* Lines of a hatching are half as wide as the outline, and four widths apart. */
#define HATCH_WIDTH 0.5
#define HATCH_GAP 4.0
/* Dashes and hatchings that are finer than that are seen as a tint. Device pixels. */
#define FINE_MAX 2.0

static void
stroke (const DrawPencil *self, DrawOutlineKind kind, const DrawKnot *knots, guint n_knots)
{
  g_autoptr (DrawOutline) outline = draw_outline_new (kind, self->tolerance);

  draw_outline_set_knots (outline, 0, knots, n_knots, NULL);
  draw_outline_fill (outline, self->cr, &self->clip, FALSE);
}

void
draw_pencil_stroke_knots (const DrawPencil *self, GArray *knots)
{
  g_return_if_fail (self != NULL && knots != NULL);

  stroke (self, DRAW_OUTLINE_STRAIGHT, (const DrawKnot *) knots->data, knots->len);
}

static void
add_polygon (const DrawPencil *self, GArray *knots)
{
  g_autoptr (GArray) xy = g_array_sized_new (FALSE, FALSE, sizeof (float), 2 * knots->len);

  for (guint i = 0; i < knots->len; i++)
    {
      const DrawKnot *knot = &g_array_index (knots, DrawKnot, i);
      const float point[2] = { (float) knot->x, (float) knot->y };

      g_array_append_vals (xy, point, 2);
    }
  draw_polygon_add (self->cr, (const float *) xy->data, knots->len, &self->clip);
}

void
draw_pencil_fill_knots (const DrawPencil *self, GArray *knots)
{
  g_return_if_fail (self != NULL && knots != NULL);

  cairo_new_path (self->cr);
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_EVEN_ODD);
  add_polygon (self, knots);
  cairo_fill (self->cr);
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_WINDING);
}

/* ---- dashes ---- */

static void
get_dashes (const DrawPencil *self, double *on, double *off)
{
  const gboolean dots = self->manner.dash == DRAW_DASH_DOTTED;

  *on = dots ? DOT_ON : DASH_ON;
  *off = (dots ? DOT_OFF : DASH_OFF) + self->line_width;
}

static gboolean
has_dashes (const DrawPencil *self)
{
  double on, off;

  get_dashes (self, &on, &off);
  return self->manner.dash != DRAW_DASH_SOLID && (on + off) * self->scale > FINE_MAX;
}

static void
widen (GArray *knots, double by)
{
  for (guint i = 0; i < knots->len; i++)
    g_array_index (knots, DrawKnot, i).r += by;
}

static void
stroke_dashes (const DrawPencil *self, GArray *flat)
{
  g_autoptr (GPtrArray) dashes = NULL;
  double on, off;

  get_dashes (self, &on, &off);
  widen (flat, DASHED_WIDER / 2);
  dashes = draw_dash_cut ((const DrawKnot *) flat->data, flat->len, on, off, &self->clip);
  for (guint i = 0; i < dashes->len; i++)
    draw_pencil_stroke_knots (self, dashes->pdata[i]);
}

/* ---- by hand ---- */

static void
stroke_sketch (const DrawPencil *self, const DrawPath *path)
{
  const gboolean dashed = has_dashes (self);
  g_autoptr (GPtrArray) lines = draw_sketch_path (path, &self->manner, dashed ? 1 : 2);

  for (guint i = 0; i < lines->len; i++)
    {
      GArray *line = lines->pdata[i];

      if (dashed)
        {
          g_autoptr (GArray) flat
              = draw_path_flatten_curve ((const DrawKnot *) line->data, line->len, self->tolerance);

          stroke_dashes (self, flat);
        }
      else
        stroke (self, DRAW_OUTLINE_SMOOTH, (const DrawKnot *) line->data, line->len);
    }
}

void
draw_pencil_stroke (const DrawPencil *self, const DrawPath *path)
{
  g_autoptr (GArray) flat = NULL;

  g_return_if_fail (self != NULL && path != NULL);

  if (self->manner.roughness > 0)
    {
      stroke_sketch (self, path);
      return;
    }
  flat = draw_path_flatten (path, self->tolerance);
  if (has_dashes (self))
    stroke_dashes (self, flat);
  else
    draw_pencil_stroke_knots (self, flat);
}

/* ---- filling ---- */

static void
fill_hatched (const DrawPencil *self, GArray *ring, double gap, double width)
{
  g_autoptr (GPtrArray) lines = draw_hatch_fill (ring, &self->manner, gap, width, &self->clip);
  const DrawOutlineKind kind
      = self->manner.roughness > 0 ? DRAW_OUTLINE_SMOOTH : DRAW_OUTLINE_STRAIGHT;

  for (guint i = 0; i < lines->len; i++)
    {
      GArray *line = lines->pdata[i];

      stroke (self, kind, (const DrawKnot *) line->data, line->len);
    }
}

/* What a hatching too fine to be seen looks like from far: as much ink, evenly. */
static void
fill_tint (const DrawPencil *self, GArray *ring)
{
  cairo_push_group (self->cr);
  draw_pencil_fill_knots (self, ring);
  cairo_pop_group_to_source (self->cr);
  cairo_paint_with_alpha (self->cr, 2 * HATCH_WIDTH / HATCH_GAP);
}

void
draw_pencil_fill (const DrawPencil *self, const DrawPath *path)
{
  g_autoptr (GArray) ring = NULL;
  double gap;

  g_return_if_fail (self != NULL && path != NULL);

  gap = HATCH_GAP * MAX (self->line_width, 0.1);
  ring = draw_path_flatten (path, self->tolerance);
  if (self->manner.fill == DRAW_FILL_SOLID)
    draw_pencil_fill_knots (self, ring);
  else if (gap * self->scale <= FINE_MAX)
    fill_tint (self, ring);
  else
    fill_hatched (self, ring, gap, MAX (self->line_width, 0.1) * HATCH_WIDTH);
}
