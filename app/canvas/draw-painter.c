/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-painter.h"

#include <math.h>

#include "canvas/draw-color.h"
#include "canvas/draw-lettering.h"
#include "canvas/draw-polygon.h"
#include "canvas/draw-shape.h"

/* Edges are at most that many device pixels off. */
#define TOLERANCE_PX 0.1
#define NOTE_COLOR "#fff3bf"
#define NOTE_PADDING 12.0
#define INK_COLOR "#1e1e1e"

typedef struct {
  cairo_t *cr;
  BoardElement *element;
  const DrawPainting *painting;
  DrawShapeFrame frame;
  BoardRect clip; /* in the element's own coordinates */
  double tolerance;
} Job;

static void
get_color (const Job *job, const char *text, const char *otherwise, GdkRGBA *color)
{
  if (!draw_color_parse (text, job->painting->dark, color))
    draw_color_parse (otherwise, job->painting->dark, color);
}

static void
get_line_color (const Job *job, GdkRGBA *color)
{
  get_color (job, board_element_get_stroke_color (job->element), INK_COLOR, color);
}

static void
get_fill_color (const Job *job, const char *otherwise, GdkRGBA *color)
{
  get_color (job, draw_shape_get_text (job->element, "backgroundColor"), otherwise, color);
}

static void
set_source (const Job *job, const GdkRGBA *color)
{
  cairo_set_source_rgba (job->cr, color->red, color->green, color->blue, color->alpha);
}

static void
stroke_knots (const Job *job, GArray *knots, gboolean smooth)
{
  g_autoptr (DrawOutline) outline
      = draw_outline_new (smooth ? DRAW_OUTLINE_SMOOTH : DRAW_OUTLINE_STRAIGHT, job->tolerance);

  draw_outline_set_knots (outline, 0, (const DrawKnot *) knots->data, knots->len, NULL);
  draw_outline_fill (outline, job->cr, &job->clip, FALSE);
}

static void
fill_knots (const Job *job, GArray *knots)
{
  g_autoptr (GArray) xy = g_array_sized_new (FALSE, FALSE, sizeof (float), 2 * knots->len);

  for (guint i = 0; i < knots->len; i++)
    {
      const DrawKnot *knot = &g_array_index (knots, DrawKnot, i);
      const float point[2] = { (float) knot->x, (float) knot->y };

      g_array_append_vals (xy, point, 2);
    }
  cairo_new_path (job->cr);
  draw_polygon_add (job->cr, (const float *) xy->data, knots->len, &job->clip);
  cairo_fill (job->cr);
}

static DrawOutline *
get_outline (const Job *job)
{
  gsize n_points = 0;
  const BoardPoint *points;

  if (job->painting->outlines != NULL)
    return draw_outline_cache_get (job->painting->outlines, job->element, job->painting->scale);
  points = board_stroke_get_points (board_element_get_stroke (job->element), &n_points);
  return draw_outline_new_for_points (points, n_points,
                                      board_element_get_stroke_width (job->element),
                                      job->tolerance);
}

static void
paint_freedraw (const Job *job)
{
  g_autoptr (DrawOutline) outline = get_outline (job);
  GdkRGBA color;

  get_line_color (job, &color);
  set_source (job, &color);
  draw_outline_fill (outline, job->cr, &job->clip, color.alpha >= 1);
}

/* Coverage is one number a pixel there, so what is faded needs no picture of its own. */
static void
raster_freedraw (const Job *job, double alpha)
{
  const DrawPainting *painting = job->painting;
  const BoardRect clip = { painting->clip.x - job->frame.x, painting->clip.y - job->frame.y,
                           painting->clip.width, painting->clip.height };
  g_autoptr (DrawOutline) outline = get_outline (job);
  GdkRGBA color;

  get_line_color (job, &color);
  color.alpha *= (float) alpha;
  draw_outline_raster (outline, painting->raster, &clip, painting->scale,
                       painting->dx + job->frame.x * painting->scale,
                       painting->dy + job->frame.y * painting->scale);
  draw_raster_fill (painting->raster, &color);
}

static void
paint_ring (const Job *job)
{
  g_autoptr (GArray) ring = draw_shape_get_ring (job->element, &job->frame, job->tolerance);
  GdkRGBA color;

  get_fill_color (job, "transparent", &color);
  if (color.alpha > 0)
    {
      set_source (job, &color);
      fill_knots (job, ring);
    }
  get_line_color (job, &color);
  if (color.alpha > 0 && job->frame.line_width > 0)
    {
      set_source (job, &color);
      stroke_knots (job, ring, FALSE);
    }
}

static void
paint_line (const Job *job)
{
  g_autoptr (GArray) path = draw_shape_get_path (job->element, &job->frame);
  JsonNode *roundness = board_element_get_prop (job->element, "roundness");
  GdkRGBA color;

  get_line_color (job, &color);
  set_source (job, &color);
  stroke_knots (job, path, roundness != NULL && JSON_NODE_HOLDS_OBJECT (roundness));
  for (guint at_end = 0; at_end < 2; at_end++)
    {
      g_autoptr (GArray) head
          = draw_shape_get_arrowhead (job->element, &job->frame, path, at_end == 1);

      if (head != NULL)
        stroke_knots (job, head, FALSE);
    }
}

static void
paint_text (const Job *job)
{
  GdkRGBA color;

  get_line_color (job, &color);
  set_source (job, &color);
  draw_lettering_paint (job->cr, job->element, &job->frame, job->painting, 0, FALSE);
}

static void
paint_note (const Job *job)
{
  g_autoptr (GArray) ring = draw_shape_get_ring (job->element, &job->frame, job->tolerance);
  GdkRGBA color;

  get_fill_color (job, NOTE_COLOR, &color);
  set_source (job, &color);
  fill_knots (job, ring);
  get_line_color (job, &color);
  set_source (job, &color);
  draw_lettering_paint (job->cr, job->element, &job->frame, job->painting, NOTE_PADDING, TRUE);
}

/* A box with its diagonals: where a picture is that cannot be shown. */
static void
paint_image (const Job *job)
{
  const double w = job->frame.width, h = job->frame.height, r = 0.5;
  const DrawKnot crossed[2][2] = { { { 0, 0, r }, { w, h, r } }, { { w, 0, r }, { 0, h, r } } };

  paint_ring (job);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));

      g_array_append_vals (knots, crossed[i], 2);
      stroke_knots (job, knots, FALSE);
    }
}

static void
paint_kind (const Job *job)
{
  switch (board_element_get_kind (job->element))
    {
    case BOARD_ELEMENT_FREEDRAW:
      paint_freedraw (job);
      break;
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
      paint_ring (job);
      break;
    case BOARD_ELEMENT_LINE:
    case BOARD_ELEMENT_ARROW:
      paint_line (job);
      break;
    case BOARD_ELEMENT_TEXT:
      paint_text (job);
      break;
    case BOARD_ELEMENT_NOTE:
      paint_note (job);
      break;
    case BOARD_ELEMENT_IMAGE:
      paint_image (job);
      break;
    case BOARD_ELEMENT_FRAME:
      paint_ring (job);
      break;
    case BOARD_ELEMENT_UNKNOWN:
      break;
    }
}

/* What the element turns about, relative to its place. */
static void
get_pivot (const Job *job, double *x, double *y)
{
  BoardStroke *stroke = board_element_get_stroke (job->element);
  BoardRect box = { 0, 0, job->frame.width, job->frame.height };

  if (stroke != NULL)
    board_stroke_get_extents (stroke, &box);
  *x = box.x + box.width / 2;
  *y = box.y + box.height / 2;
}

/* Goes to the element's own coordinates: its place is the origin, its angle undone. */
static void
enter_element (Job *job)
{
  const BoardRect *clip = &job->painting->clip;
  double cx, cy;

  cairo_translate (job->cr, job->frame.x, job->frame.y);
  job->clip
      = (BoardRect){ clip->x - job->frame.x, clip->y - job->frame.y, clip->width, clip->height };
  if (job->frame.angle == 0)
    return;

  get_pivot (job, &cx, &cy);

  cairo_translate (job->cr, cx, cy);
  cairo_rotate (job->cr, job->frame.angle);
  cairo_translate (job->cr, -cx, -cy);
  /* The clip seen from there: the square around its turned self. */
  const double x = job->clip.x + clip->width / 2 - cx, y = job->clip.y + clip->height / 2 - cy;
  const double c = cos (-job->frame.angle), s = sin (-job->frame.angle);
  const double side = hypot (clip->width, clip->height);
  job->clip
      = (BoardRect){ cx + x * c - y * s - side / 2, cy + x * s + y * c - side / 2, side, side };
}

void
draw_painter_paint (cairo_t *cr, BoardElement *element, const DrawPainting *painting, double alpha)
{
  Job job = { cr, element, painting };

  g_return_if_fail (cr != NULL && element != NULL && painting != NULL);
  g_return_if_fail (painting->scale > 0);

  alpha *= CLAMP (board_element_get_opacity (element), 0, 1);
  if (!(alpha > 0))
    return;
  job.tolerance = TOLERANCE_PX / painting->scale;
  draw_shape_get_frame (element, &job.frame);
  if (painting->raster != NULL && board_element_get_kind (element) == BOARD_ELEMENT_FREEDRAW
      && job.frame.angle == 0)
    {
      raster_freedraw (&job, alpha);
      return;
    }

  cairo_save (cr);
  if (alpha < 1)
    cairo_push_group (cr);
  cairo_save (cr);
  enter_element (&job);
  paint_kind (&job);
  cairo_restore (cr);
  if (alpha < 1)
    {
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, MIN (alpha, 1));
    }
  cairo_restore (cr);
}
