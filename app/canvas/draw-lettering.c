/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-lettering.h"

#include <math.h>

/* Letters are images up to that size, outlines above: the image of a letter at 6400 % would be as
 * large as a wall, and Pango counts beyond its integers. Device pixels. */
#define GLYPH_MAX 200.0
/* The size that outlines are taken at, to be scaled: nothing is hinted, so it does not show. */
#define OUTLINE_SIZE 100.0
/* Below this a text is grey lines: nobody can read it, and there may be thousands. Device pixels.
 */
#define LEGIBLE_MIN 2.0
#define BARS_MAX 100

/* Where the layout goes, at @zoom times its size: its own alignment is about its own width, the
 * text's about its box. */
static void
place_layout (cairo_t *cr,
              const DrawText *text,
              const BoardRect *box,
              const char *vertical,
              PangoLayout *layout,
              double zoom)
{
  PangoRectangle extents;
  double x = box->x, y = box->y;

  pango_layout_get_extents (layout, NULL, &extents);
  const double free_x = box->width - zoom * extents.width / PANGO_SCALE;
  const double free_y = box->height - zoom * extents.height / PANGO_SCALE;

  if (text->width <= 0 && text->align == PANGO_ALIGN_CENTER)
    x += free_x / 2;
  else if (text->width <= 0 && text->align == PANGO_ALIGN_RIGHT)
    x += free_x;
  if (g_strcmp0 (vertical, "middle") == 0)
    y += free_y / 2;
  else if (g_strcmp0 (vertical, "bottom") == 0)
    y += free_y;
  cairo_translate (cr, x, y);
  cairo_scale (cr, zoom, zoom);
}

/* How many points of a path a piece of it has. */
static guint
count_points (cairo_path_data_type_t type)
{
  switch (type)
    {
    case CAIRO_PATH_MOVE_TO:
    case CAIRO_PATH_LINE_TO:
      return 1;
    case CAIRO_PATH_CURVE_TO:
      return 3;
    default:
      return 0;
    }
}

static void
add_piece (cairo_t *cr, const cairo_path_data_t *piece)
{
  switch (piece->header.type)
    {
    case CAIRO_PATH_MOVE_TO:
      cairo_move_to (cr, piece[1].point.x, piece[1].point.y);
      break;
    case CAIRO_PATH_LINE_TO:
      cairo_line_to (cr, piece[1].point.x, piece[1].point.y);
      break;
    case CAIRO_PATH_CURVE_TO:
      cairo_curve_to (cr, piece[1].point.x, piece[1].point.y, piece[2].point.x, piece[2].point.y,
                      piece[3].point.x, piece[3].point.y);
      break;
    default:
      cairo_close_path (cr);
    }
}

/* The contours that begin within reach of what is painted: further out are numbers that cairo
 * cannot hold. */
static void
add_near_contours (cairo_t *cr, const cairo_path_t *path)
{
  gboolean near = FALSE;
  double left, top, right, bottom;

  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  const double reach = 4 * OUTLINE_SIZE + MAX (right - left, bottom - top);
  const BoardRect area
      = { left - reach, top - reach, right - left + 2 * reach, bottom - top + 2 * reach };

  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *piece = &path->data[i];

      g_assert (piece->header.length == (int) count_points (piece->header.type) + 1);
      if (piece->header.type == CAIRO_PATH_MOVE_TO)
        near = board_rect_contains (&area, piece[1].point.x, piece[1].point.y);
      if (near)
        add_piece (cr, piece);
    }
}

static void
paint_outlines (cairo_t *cr, cairo_t *scratch, PangoLayout *layout)
{
  cairo_path_t *path;

  pango_cairo_layout_path (scratch, layout);
  path = cairo_copy_path (scratch);
  cairo_new_path (cr);
  if (path->status == CAIRO_STATUS_SUCCESS)
    add_near_contours (cr, path);
  cairo_path_destroy (path);
  cairo_fill (cr);
}

static void
paint_large (cairo_t *cr, const DrawText *text, const BoardRect *box, const char *vertical)
{
  cairo_surface_t *nowhere = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *scratch = cairo_create (nowhere);
  g_autoptr (PangoLayout) layout = draw_text_create_layout (text, OUTLINE_SIZE);

  place_layout (cr, text, box, vertical, layout, text->size / OUTLINE_SIZE);
  paint_outlines (cr, scratch, layout);
  cairo_destroy (scratch);
  cairo_surface_destroy (nowhere);
}

static void
paint_ordinary (cairo_t *cr, const DrawText *text, const BoardRect *box, const char *vertical)
{
  g_autoptr (PangoLayout) layout = draw_text_create_layout (text, text->size);

  place_layout (cr, text, box, vertical, layout, 1);
  pango_cairo_update_layout (cr, layout);
  cairo_new_path (cr);
  pango_cairo_show_layout (cr, layout);
}

/* Text too small to be read: a bar for each line of the box. */
static void
paint_bars (cairo_t *cr, const DrawText *text, const BoardRect *box)
{
  const double step = text->size * text->line_height;
  const guint n = (guint) CLAMP (box->height / step, 1, BARS_MAX);

  cairo_push_group (cr);
  for (guint i = 0; i < n; i++)
    cairo_rectangle (cr, box->x, box->y + step * i + step * 0.3, box->width, step * 0.4);
  cairo_fill (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, 0.4);
}

void
draw_lettering_paint (cairo_t *cr,
                      const DrawText *text,
                      const BoardRect *box,
                      const char *vertical,
                      double scale)
{
  g_return_if_fail (cr != NULL && text != NULL && box != NULL);
  g_return_if_fail (scale > 0);

  if (text->text == NULL)
    return;
  cairo_save (cr);
  if (text->size * scale < LEGIBLE_MIN)
    paint_bars (cr, text, box);
  else if (text->size * scale <= GLYPH_MAX)
    paint_ordinary (cr, text, box, vertical);
  else
    paint_large (cr, text, box, vertical);
  cairo_restore (cr);
}
