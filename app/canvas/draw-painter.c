/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-painter.h"

#include <math.h>

#include "board/board-gaps.h"
#include "canvas/draw-arrowhead.h"
#include "canvas/draw-color.h"
#include "canvas/draw-lettering.h"
#include "canvas/draw-pencil.h"
#include "canvas/draw-picture.h"
#include "canvas/draw-polygon.h"
#include "canvas/draw-shape.h"

/* Edges are at most that many device pixels off. */
#define TOLERANCE_PX 0.1
#define NOTE_COLOR "#fff3bf"
#define NAME_SIZE 14.0
#define NAME_COLOR "#868e96"
#define LOOP_REACH 8.0 /* a stroke whose ends are that near to each other has an inside */
#define LABEL_GAP 5.0  /* around a label, where its line is not painted */
#define INK_COLOR "#1e1e1e"

typedef struct {
  cairo_t *cr;
  BoardElement *element;
  const DrawPainterItem *item;
  const DrawPainting *painting;
  DrawShapeFrame frame;
  DrawPencil pencil; /* its clip is in the element's own coordinates */
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

static DrawOutline *
get_outline (const Job *job)
{
  if (job->painting->outlines != NULL)
    return draw_outline_cache_get (job->painting->outlines, job->element, job->painting->scale);
  return draw_outline_new_for_stroke (board_element_get_stroke (job->element),
                                      board_element_get_stroke_width (job->element),
                                      job->pencil.tolerance);
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

/* Whole pixels: the frame's own line lies over the edge. */
static void
clip_raster_to_frame (const Job *job)
{
  const DrawPainting *painting = job->painting;
  DrawShapeFrame frame;

  draw_shape_get_frame (job->item->frame, &frame);
  const double left = CLAMP (frame.x * painting->scale + painting->dx, 0, DRAW_RASTER_MAX);
  const double top = CLAMP (frame.y * painting->scale + painting->dy, 0, DRAW_RASTER_MAX);
  const double right
      = CLAMP ((frame.x + frame.width) * painting->scale + painting->dx, left, DRAW_RASTER_MAX);
  const double bottom
      = CLAMP ((frame.y + frame.height) * painting->scale + painting->dy, top, DRAW_RASTER_MAX);

  draw_raster_set_clip (painting->raster, (int) left, (int) top, (int) ceil (right) - (int) left,
                        (int) ceil (bottom) - (int) top);
}

static void
raster_in_frame (const Job *job, double alpha)
{
  if (job->item->frame != NULL)
    clip_raster_to_frame (job);
  raster_freedraw (job, alpha);
  if (job->item->frame != NULL)
    draw_raster_set_clip (job->painting->raster, 0, 0, DRAW_RASTER_MAX, DRAW_RASTER_MAX);
}

/* A stroke that ends where it began has an inside. */
static void
fill_loop (const Job *job)
{
  gsize n_points = 0;
  const BoardPoint *points
      = board_stroke_get_points (board_element_get_stroke (job->element), &n_points);
  g_autoptr (GArray) knots = NULL;
  GdkRGBA color;

  get_fill_color (job, "transparent", &color);
  if (color.alpha <= 0 || n_points < 4
      || hypot (points[0].x - points[n_points - 1].x, points[0].y - points[n_points - 1].y)
             > LOOP_REACH)
    return;
  knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  for (gsize i = 0; i < n_points; i++)
    {
      const DrawKnot knot = { points[i].x, points[i].y, 0 };

      g_array_append_val (knots, knot);
    }
  set_source (job, &color);
  draw_pencil_fill_knots (&job->pencil, knots);
}

/* Ink of a highlighter lets through what is beneath it, as if it were beneath: on white it darkens,
 * on a dark sheet, where all is turned, it lightens. */
static void
paint_highlighter (const Job *job, DrawOutline *outline)
{
  cairo_set_operator (job->cr,
                      job->painting->dark ? CAIRO_OPERATOR_SCREEN : CAIRO_OPERATOR_MULTIPLY);
  draw_outline_fill (outline, job->cr, &job->pencil.clip, FALSE);
  cairo_set_operator (job->cr, CAIRO_OPERATOR_OVER);
}

static void
paint_stroke (const Job *job, DrawOutline *outline)
{
  GdkRGBA color;

  get_line_color (job, &color);
  set_source (job, &color);
  if (board_element_get_special (job->element) && draw_shape_is_highlighter (job->element))
    paint_highlighter (job, outline);
  else
    draw_outline_fill (outline, job->cr, &job->pencil.clip, color.alpha >= 1);
}

/* What an eraser left. */
static void
paint_pieces (const Job *job)
{
  g_autoptr (GPtrArray) pieces = board_gaps_split (job->element);

  for (guint i = 0; i < pieces->len; i++)
    {
      g_autoptr (DrawOutline) outline
          = draw_outline_new_for_stroke (pieces->pdata[i],
                                         board_element_get_stroke_width (job->element),
                                         job->pencil.tolerance);

      paint_stroke (job, outline);
    }
}

static void
paint_freedraw (const Job *job)
{
  g_autoptr (DrawOutline) outline = NULL;

  if (board_element_has_gaps (job->element))
    {
      paint_pieces (job);
      return;
    }
  outline = get_outline (job);
  if (board_element_get_special (job->element))
    fill_loop (job);
  paint_stroke (job, outline);
}

static DrawPath *
create_path (const Job *job)
{
  return draw_path_new (job->element, &job->frame, job->pencil.tolerance);
}

static void
fill_path (const Job *job, const DrawPath *path)
{
  GdkRGBA color;

  get_fill_color (job, "transparent", &color);
  if (color.alpha <= 0 || !path->closed)
    return;
  set_source (job, &color);
  draw_pencil_fill (&job->pencil, path);
}

static void
stroke_path (const Job *job, const DrawPath *path)
{
  GdkRGBA color;

  get_line_color (job, &color);
  if (color.alpha <= 0 || job->frame.line_width <= 0)
    return;
  set_source (job, &color);
  draw_pencil_stroke (&job->pencil, path);
}

static void
paint_form (const Job *job)
{
  g_autoptr (DrawPath) path = create_path (job);

  fill_path (job, path);
  stroke_path (job, path);
}

static void
paint_arrowheads (const Job *job, const DrawPath *path)
{
  g_autoptr (GArray) flat = draw_path_flatten (path, job->pencil.tolerance);
  g_autoptr (GArray) parts = draw_arrowhead_get_parts (job->element, flat);
  DrawPencil pencil = job->pencil;
  GdkRGBA color, sheet;

  pencil.manner.dash = DRAW_DASH_SOLID;
  get_line_color (job, &color);
  draw_color_get_sheet (job->painting->dark, &sheet);
  for (guint i = 0; i < parts->len; i++)
    {
      const DrawArrowheadPart *part = &g_array_index (parts, DrawArrowheadPart, i);
      g_autoptr (DrawPath) line
          = draw_path_new_for_knots (part->knots, part->inside != DRAW_ARROWHEAD_OPEN);

      set_source (job, part->inside == DRAW_ARROWHEAD_HOLLOW ? &sheet : &color);
      if (line->closed)
        draw_pencil_fill_knots (&pencil, part->knots);
      set_source (job, &color);
      draw_pencil_stroke (&pencil, line);
    }
}

static void
paint_line (const Job *job)
{
  g_autoptr (DrawPath) path = create_path (job);

  fill_path (job, path);
  stroke_path (job, path);
  paint_arrowheads (job, path);
}

/* What stands for a picture that is not there yet, or never will be. */
static void
paint_substitute (const Job *job, const DrawPath *path)
{
  GdkRGBA color;

  get_color (job, NAME_COLOR, NAME_COLOR, &color);
  color.alpha = 0.15f;
  set_source (job, &color);
  draw_pencil_fill (&job->pencil, path);
  color.alpha = 1;
  set_source (job, &color);
  draw_pencil_stroke (&job->pencil, path);
}

static void
paint_picture (const Job *job)
{
  g_autoptr (DrawPath) path = create_path (job);
  cairo_pattern_t *pattern = draw_picture_create_pattern (job->element, &job->frame, job->painting);

  if (pattern == NULL)
    {
      paint_substitute (job, path);
      return;
    }
  cairo_set_source (job->cr, pattern);
  cairo_pattern_destroy (pattern);
  draw_pencil_fill (&job->pencil, path);
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
  g_autoptr (DrawPath) path = create_path (job);
  GdkRGBA color;

  paint_shadow (job);
  get_fill_color (job, NOTE_COLOR, &color);
  set_source (job, &color);
  draw_pencil_fill (&job->pencil, path);
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
  paint_form (job);
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
      paint_form (job);
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
  job->pencil.clip
      = (BoardRect){ clip->x - job->frame.x, clip->y - job->frame.y, clip->width, clip->height };
  if (job->frame.angle == 0)
    return;

  get_pivot (job, &cx, &cy);

  cairo_translate (job->cr, cx, cy);
  cairo_rotate (job->cr, job->frame.angle);
  cairo_translate (job->cr, -cx, -cy);
  /* The clip seen from there: the square around its turned self. */
  const double x = job->pencil.clip.x + clip->width / 2 - cx,
               y = job->pencil.clip.y + clip->height / 2 - cy;
  const double c = cos (-job->frame.angle), s = sin (-job->frame.angle);
  const double side = hypot (clip->width, clip->height);
  job->pencil.clip
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

static void
prepare_pencil (Job *job)
{
  job->pencil.cr = job->cr;
  job->pencil.scale = job->painting->scale;
  job->pencil.tolerance = TOLERANCE_PX / job->painting->scale;
  job->pencil.line_width = job->frame.line_width;
  /* A stroke has no such style, and is not asked for its properties. */
  if (board_element_get_kind (job->element) != BOARD_ELEMENT_FREEDRAW)
    draw_manner_init (&job->pencil.manner, job->element);
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
  draw_shape_get_frame (job.element, &job.frame);
  prepare_pencil (&job);
  if (painting->raster != NULL && board_element_get_kind (job.element) == BOARD_ELEMENT_FREEDRAW
      && job.frame.angle == 0 && !board_element_get_special (job.element)
      && !board_element_has_gaps (job.element))
    raster_in_frame (&job, alpha);
  else
    paint_in_cairo (&job, MIN (alpha, 1));
}
