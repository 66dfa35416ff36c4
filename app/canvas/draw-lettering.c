/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-lettering.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "board/board-limits.h"

#define RUN_MAX 500 /* letters without a break */
#define MARKS_MAX 4 /* combining marks on one letter */
#define FONT_SIZE_MAX 2000.0
/* Letters are images up to that size, outlines above: the image of a letter at 6400 % would be as
 * large as a wall, and Pango counts beyond its integers. Device pixels. */
#define GLYPH_MAX 200.0
/* The size that outlines are taken at, to be scaled: nothing is hinted, so it does not show. */
#define OUTLINE_SIZE 100.0
/* Below this a text is grey lines: nobody can read it, and there may be thousands. Device pixels.
 */
#define LEGIBLE_MIN 2.0
#define ZERO_WIDTH_SPACE 0x200b

typedef enum { ORDINARY, BREAK, MARK, UNWANTED } LetterKind;

static LetterKind
get_letter_kind (gunichar letter)
{
  if (letter == '\n' || letter == '\t' || g_unichar_isspace (letter))
    return BREAK;
  if (g_unichar_iscntrl (letter))
    return UNWANTED;
  return g_unichar_ismark (letter) ? MARK : ORDINARY;
}

char *
draw_lettering_tame (const char *text)
{
  GString *tame = g_string_new (NULL);
  guint n_letters = 0, run = 0, marks = 0;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return g_string_free (tame, FALSE);

  for (const char *p = text; *p != '\0' && n_letters < BOARD_MAX_TEXT; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);
      const LetterKind kind = get_letter_kind (letter);

      marks = kind == MARK ? marks + 1 : 0;
      if (kind == UNWANTED || marks > MARKS_MAX)
        continue;
      run = kind == BREAK ? 0 : run + 1;
      if (run > RUN_MAX && kind != MARK)
        {
          g_string_append_unichar (tame, ZERO_WIDTH_SPACE);
          run = 1;
        }
      g_string_append_unichar (tame, letter);
      n_letters++;
    }
  return g_string_free (tame, FALSE);
}

/* Excalidraw's numbers of fonts (packages/common/src/constants.ts), by what Debian has of them. */
static const char *
get_family (BoardElement *element)
{
  switch ((int) draw_shape_get_number (element, "fontFamily", 0, 100, 0))
    {
    case 3:
    case 8:
      return "Cascadia Code, Comic Shanns, Monospace";
    case 1:
    case 5:
      return "Excalifont, Virgil, Cantarell, Sans";
    default:
      return "Cantarell, Liberation Sans, Sans";
    }
}

static PangoAlignment
get_alignment (BoardElement *element)
{
  const char *align = draw_shape_get_text (element, "textAlign");

  if (g_strcmp0 (align, "center") == 0)
    return PANGO_ALIGN_CENTER;
  return g_strcmp0 (align, "right") == 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* Positions of letters must not depend on the zoom, so nothing is hinted. */
static void
set_unhinted (PangoLayout *layout)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  cairo_font_options_destroy (options);
}

static PangoLayout *
create_layout (cairo_t *cr, BoardElement *element, double size, double width, gboolean wrap)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (get_family (element));
  g_autofree char *text = draw_lettering_tame (draw_shape_get_text (element, "text"));

  set_unhinted (layout);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_line_spacing (layout, (float) draw_shape_get_number (element, "lineHeight", 0.5,
                                                                        5, 1.25));
  pango_layout_set_alignment (layout, get_alignment (element));
  if (wrap)
    {
      pango_layout_set_width (layout, (int) (CLAMP (width, 1, 1e5) * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* Where the layout goes, at @zoom times its size: its own alignment is about its own width, the
 * element's about its box. */
static void
place_layout (cairo_t *cr,
              BoardElement *element,
              const DrawShapeFrame *frame,
              PangoLayout *layout,
              double zoom,
              double padding,
              gboolean wrap)
{
  const char *vertical = draw_shape_get_text (element, "verticalAlign");
  PangoRectangle extents;
  double x = padding, y = padding;

  pango_layout_get_extents (layout, NULL, &extents);
  const double free_x = frame->width - 2 * padding - zoom * extents.width / PANGO_SCALE;
  const double free_y = frame->height - 2 * padding - zoom * extents.height / PANGO_SCALE;

  if (!wrap && pango_layout_get_alignment (layout) == PANGO_ALIGN_CENTER)
    x += free_x / 2;
  else if (!wrap && pango_layout_get_alignment (layout) == PANGO_ALIGN_RIGHT)
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
paint_large (cairo_t *cr,
             BoardElement *element,
             const DrawShapeFrame *frame,
             double size,
             double padding,
             gboolean wrap)
{
  const double zoom = size / OUTLINE_SIZE;
  cairo_surface_t *nowhere = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *scratch = cairo_create (nowhere);
  g_autoptr (PangoLayout) layout
      = create_layout (scratch, element, OUTLINE_SIZE, (frame->width - 2 * padding) / zoom, wrap);

  place_layout (cr, element, frame, layout, zoom, padding, wrap);
  paint_outlines (cr, scratch, layout);
  cairo_destroy (scratch);
  cairo_surface_destroy (nowhere);
}

static void
paint_ordinary (cairo_t *cr,
                BoardElement *element,
                const DrawShapeFrame *frame,
                double size,
                double padding,
                gboolean wrap)
{
  g_autoptr (PangoLayout) layout
      = create_layout (cr, element, size, frame->width - 2 * padding, wrap);

  place_layout (cr, element, frame, layout, 1, padding, wrap);
  cairo_new_path (cr);
  pango_cairo_show_layout (cr, layout);
}

/* Text too small to be read: a bar for each line of the box. */
static void
paint_bars (cairo_t *cr, const DrawShapeFrame *frame, double size)
{
  const double step = size * 1.25;
  const guint n = (guint) CLAMP (frame->height / step, 1, 100);

  cairo_push_group (cr);
  for (guint i = 0; i < n; i++)
    cairo_rectangle (cr, 0, step * i + step * 0.3, frame->width, step * 0.4);
  cairo_fill (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, 0.4);
}

void
draw_lettering_paint (cairo_t *cr,
                      BoardElement *element,
                      const DrawShapeFrame *frame,
                      const DrawPainting *painting,
                      double padding,
                      gboolean wrap)
{
  const double size = draw_shape_get_number (element, "fontSize", 1, FONT_SIZE_MAX, 20);

  g_return_if_fail (cr != NULL && element != NULL && frame != NULL && painting != NULL);

  if (draw_shape_get_text (element, "text") == NULL)
    return;
  cairo_save (cr);
  if (size * painting->scale < LEGIBLE_MIN)
    paint_bars (cr, frame, size);
  else if (size * painting->scale <= GLYPH_MAX)
    paint_ordinary (cr, element, frame, size, padding, wrap);
  else
    paint_large (cr, element, frame, size, padding, wrap);
  cairo_restore (cr);
}
