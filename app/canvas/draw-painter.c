/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-painter.h"

#include <math.h>

#include "canvas/draw-color.h"
#include "canvas/draw-lettering.h"
#include "canvas/draw-picture.h"
#include "canvas/draw-polygon.h"
#include "canvas/draw-shape.h"

/* Edges are at most that many device pixels off. */
#define TOLERANCE_PX 0.1
#define NOTE_COLOR "#fff3bf"
#define NAME_SIZE 14.0
#define NAME_COLOR "#868e96"
#define LABEL_GAP 5.0 /* around a label, where its line is not painted */
#define INK_COLOR "#1e1e1e"

typedef struct {
  cairo_t *cr;
  BoardElement *element;
  const DrawPainterItem *item;
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

/* What stands for a picture that is not there yet, or never will be. */
static void
paint_substitute (const Job *job, GArray *ring)
{
  GdkRGBA color;

  get_color (job, NAME_COLOR, NAME_COLOR, &color);
  color.alpha = 0.15f;
  set_source (job, &color);
  fill_knots (job, ring);
  color.alpha = 1;
  set_source (job, &color);
  stroke_knots (job, ring, FALSE);
}

static void
paint_picture (const Job *job)
{
  g_autoptr (GArray) ring = draw_shape_get_ring (job->element, &job->frame, job->tolerance);
  cairo_pattern_t *pattern = draw_picture_create_pattern (job->element, &job->frame, job->painting);

  if (pattern == NULL)
    {
      paint_substitute (job, ring);
      return;
    }
  cairo_set_source (job->cr, pattern);
  cairo_pattern_destroy (pattern);
  fill_knots (job, ring);
}

static void
paint_letters (const Job *job, double padding)
{
  const BoardRect box
      = { padding, padding, job->frame.width - 2 * padding, job->frame.height - 2 * padding };
  GdkRGBA color;
  DrawText text;

  draw_text_init (&text, job->element);
  get_line_color (job, &color);
  set_source (job, &color);
  draw_lettering_paint (job->cr, &text, &box, draw_shape_get_text (job->element, "verticalAlign"),
                        job->painting->scale);
}

/* Layers of a rectangle, each a bit larger: a shadow without a blur. */
static void
paint_shadow (const Job *job)
{
  for (guint i = 1; i <= 3; i++)
    {
      const double by = i;

      cairo_set_source_rgba (job->cr, 0, 0, 0, 0.05);
      cairo_rectangle (job->cr, -by / 2, by, job->frame.width + by, job->frame.height);
      cairo_fill (job->cr);
    }
}

static void
paint_note (const Job *job)
{
  g_autoptr (GArray) ring = draw_shape_get_ring (job->element, &job->frame, job->tolerance);
  GdkRGBA color;

  paint_shadow (job);
  get_fill_color (job, NOTE_COLOR, &color);
  set_source (job, &color);
  fill_knots (job, ring);
  paint_letters (job, DRAW_TEXT_NOTE_PADDING);
}

/* The name of a frame stands on its top left corner. */
static void
paint_name (const Job *job)
{
  const BoardRect box = { 0, -NAME_SIZE * 1.5, job->frame.width, NAME_SIZE * 1.25 };
  const DrawText text = { .text = draw_shape_get_text (job->element, "name"),
                          .family = 2,
                          .size = NAME_SIZE,
                          .line_height = 1.25 };
  GdkRGBA color;

  get_color (job, NAME_COLOR, NAME_COLOR, &color);
  set_source (job, &color);
  draw_lettering_paint (job->cr, &text, &box, NULL, job->painting->scale);
}

static void
paint_frame (const Job *job)
{
  paint_ring (job);
  if (job->painting->names)
    paint_name (job);
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
      paint_letters (job, 0);
      break;
    case BOARD_ELEMENT_NOTE:
      paint_note (job);
      break;
    case BOARD_ELEMENT_IMAGE:
      paint_picture (job);
      break;
    case BOARD_ELEMENT_FRAME:
      paint_frame (job);
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

/* ---- what is around an element ---- */

/* A rectangle without what cairo cannot hold. */
static void
add_rect (const Job *job, const BoardRect *rect)
{
  const float xy[8] = { (float) rect->x,
                        (float) rect->y,
                        (float) (rect->x + rect->width),
                        (float) rect->y,
                        (float) (rect->x + rect->width),
                        (float) (rect->y + rect->height),
                        (float) rect->x,
                        (float) (rect->y + rect->height) };

  draw_polygon_add (job->cr, xy, 4, &job->painting->clip);
}

static void
get_box (BoardElement *element, BoardRect *box)
{
  DrawShapeFrame frame;

  draw_shape_get_frame (element, &frame);
  *box = (BoardRect){ frame.x, frame.y, frame.width, frame.height };
}

static void
clip_to_frame (const Job *job)
{
  BoardRect box;

  get_box (job->item->frame, &box);
  cairo_new_path (job->cr);
  add_rect (job, &box);
  cairo_clip (job->cr);
}

/* All but the box of the label: an even-odd hole. */
static void
clip_out_label (const Job *job)
{
  const BoardRect *clip = &job->painting->clip;
  const BoardRect all
      = { clip->x - clip->width, clip->y - clip->height, 3 * clip->width, 3 * clip->height };
  BoardRect box;

  get_box (job->item->label, &box);
  box = (BoardRect){ box.x - LABEL_GAP, box.y - LABEL_GAP, box.width + 2 * LABEL_GAP,
                     box.height + 2 * LABEL_GAP };
  cairo_new_path (job->cr);
  add_rect (job, &all);
  add_rect (job, &box);
  cairo_set_fill_rule (job->cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (job->cr);
  cairo_set_fill_rule (job->cr, CAIRO_FILL_RULE_WINDING);
}

static void
paint_in_cairo (Job *job, double alpha)
{
  cairo_save (job->cr);
  if (job->item->frame != NULL)
    clip_to_frame (job);
  if (job->item->label != NULL)
    clip_out_label (job);
  if (alpha < 1)
    cairo_push_group (job->cr);
  cairo_save (job->cr);
  enter_element (job);
  paint_kind (job);
  cairo_restore (job->cr);
  if (alpha < 1)
    {
      cairo_pop_group_to_source (job->cr);
      cairo_paint_with_alpha (job->cr, alpha);
    }
  cairo_restore (job->cr);
}

void
draw_painter_paint (cairo_t *cr, const DrawPainterItem *item, const DrawPainting *painting)
{
  Job job = { .cr = cr, .item = item, .painting = painting };
  double alpha;

  g_return_if_fail (cr != NULL && item != NULL && item->element != NULL && painting != NULL);
  g_return_if_fail (painting->scale > 0);

  job.element = item->element;
  alpha = item->alpha * CLAMP (board_element_get_opacity (job.element), 0, 1);
  if (!(alpha > 0))
    return;
  job.tolerance = TOLERANCE_PX / painting->scale;
  draw_shape_get_frame (job.element, &job.frame);
  if (painting->raster != NULL && board_element_get_kind (job.element) == BOARD_ELEMENT_FREEDRAW
      && job.frame.angle == 0 && item->frame == NULL)
    raster_freedraw (&job, alpha);
  else
    paint_in_cairo (&job, MIN (alpha, 1));
}
