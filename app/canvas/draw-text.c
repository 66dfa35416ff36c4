/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-text.h"

#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-shape.h"

#define RUN_MAX 500 /* letters without a break */
#define MARKS_MAX 4 /* combining marks on one letter */
#define ZERO_WIDTH_SPACE 0x200b
/* The size that text is measured at: large enough for Pango's integers to be exact, small enough
 * for the widest text to fit into them. Device pixels. */
#define MEASURE_SIZE 64.0
#define WIDTH_MAX 1e6 /* pixels of a layout: what fits into Pango's integers */
/* Excalidraw's ARROW_LABEL_WIDTH_FRACTION and ARROW_LABEL_FONT_SIZE_TO_MIN_WIDTH_RATIO. */
#define LINE_LABEL_SHARE 0.7
#define LINE_LABEL_MIN 11.0

/* Excalidraw's numbers of fonts (packages/common/src/constants.ts), each followed by what Debian
 * and Flatpak runtimes have that looks most like it. */
static const struct {
  int family;
  const char *names;
  double line_height;
} fonts[] = {
  { 1, "Virgil, Excalifont, Comic Neue, Comic Relief, Patrick Hand, Cantarell, Sans", 1.25 },
  { 2, "Helvetica, Nimbus Sans, Liberation Sans, Arial, Sans", 1.15 },
  { 3, "Cascadia Code, Cascadia Mono, Source Code Pro, DejaVu Sans Mono, Monospace", 1.2 },
  { 5, "Excalifont, Virgil, Comic Neue, Comic Relief, Patrick Hand, Cantarell, Sans", 1.25 },
  { 6, "Nunito, Cantarell, Sans", 1.25 },
  { 7, "Lilita One, Cantarell Extra Bold, Sans", 1.15 },
  { 8, "Comic Shanns, Comic Mono, Fantasque Sans Mono, DejaVu Sans Mono, Monospace", 1.25 },
  { 9, "Liberation Sans, Arial, Nimbus Sans, Sans", 1.15 },
  { 10, "Assistant, Cantarell, Sans", 1.25 },
};

/* ---- taming ---- */

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
draw_text_tame (const char *text)
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

/* ---- fonts ---- */

static guint
find_font (int family)
{
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    if (fonts[i].family == family)
      return i;
  return 3; /* 5: what Excalidraw writes by default */
}

const char *
draw_text_get_families (int family)
{
  return fonts[find_font (family)].names;
}

double
draw_text_get_line_height (int family)
{
  return fonts[find_font (family)].line_height;
}

/* ---- layout ---- */

static PangoAlignment
get_alignment (BoardElement *element)
{
  const char *align = draw_shape_get_text (element, "textAlign");

  if (g_strcmp0 (align, "center") == 0)
    return PANGO_ALIGN_CENTER;
  return g_strcmp0 (align, "right") == 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* Whether it keeps the width that a person gave it. */
static gboolean
has_own_width (BoardElement *element)
{
  JsonNode *resizes = board_element_get_prop (element, "autoResize");

  return resizes != NULL && JSON_NODE_HOLDS_VALUE (resizes)
         && json_node_get_value_type (resizes) == G_TYPE_BOOLEAN && !json_node_get_boolean (resizes)
         && draw_shape_get_text (element, "containerId") == NULL;
}

void
draw_text_init (DrawText *self, BoardElement *element)
{
  g_return_if_fail (self != NULL && element != NULL);

  const double width = draw_shape_get_number (element, "width", 0, BOARD_COORDINATE_MAX, 0);

  *self = (DrawText){ .text = draw_shape_get_text (element, "text") };
  self->family = (int) draw_shape_get_number (element, "fontFamily", 0, 1000, 0);
  self->size
      = draw_shape_get_number (element, "fontSize", 1, DRAW_TEXT_SIZE_MAX, DRAW_TEXT_SIZE_DEFAULT);
  self->line_height = draw_shape_get_number (element, "lineHeight", 0.5, 5,
                                             draw_text_get_line_height (self->family));
  self->align = get_alignment (element);
  if (board_element_get_kind (element) == BOARD_ELEMENT_NOTE)
    self->width = MAX (width - 2 * DRAW_TEXT_NOTE_PADDING, self->size);
  else if (has_own_width (element))
    {
      const char *unwrapped = draw_shape_get_text (element, "originalText");

      self->width = MAX (width, self->size);
      if (unwrapped != NULL)
        self->text = unwrapped;
    }
}

/* Positions of letters must not depend on the zoom, so nothing is hinted. */
static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

static void
set_font (PangoLayout *layout, const DrawText *self, double size)
{
  PangoFontDescription *font
      = pango_font_description_from_string (draw_text_get_families (self->family));
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_line_height_new_absolute (
                                          (int) lround (self->line_height * size * PANGO_SCALE)));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

PangoLayout *
draw_text_create_layout (const DrawText *self, double size)
{
  PangoContext *context;
  g_autofree char *text = NULL;
  PangoLayout *layout;

  g_return_val_if_fail (self != NULL && self->size > 0 && self->line_height > 0, NULL);
  g_return_val_if_fail (size > 0, NULL);

  context = create_context ();
  layout = pango_layout_new (context);
  g_object_unref (context);
  text = draw_text_tame (self->text);
  set_font (layout, self, size);
  pango_layout_set_alignment (layout, self->align);
  if (self->width > 0)
    {
      const double width = CLAMP (self->width * size / self->size, 1, WIDTH_MAX);

      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

void
draw_text_measure (const DrawText *self, double *width, double *height)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents;

  g_return_if_fail (self != NULL && width != NULL && height != NULL);

  layout = draw_text_create_layout (self, MEASURE_SIZE);
  pango_layout_get_extents (layout, NULL, &extents);
  *width = MAX (extents.width * self->size / MEASURE_SIZE / PANGO_SCALE, 0.1);
  *height = self->line_height * self->size * MAX (pango_layout_get_line_count (layout), 1);
}

/* A line as it is seen: without the space that it broke at. */
static void
append_line (GString *wrapped, const char *text, const PangoLayoutLine *line)
{
  const char *start = text + line->start_index;
  int length = line->length;

  while (length > 0 && g_ascii_isspace (start[length - 1]))
    length--;
  if (line->start_index > 0)
    g_string_append_c (wrapped, '\n');
  g_string_append_len (wrapped, start, length);
}

char *
draw_text_wrap (const DrawText *self)
{
  g_autoptr (PangoLayout) layout = NULL;
  GString *wrapped;

  g_return_val_if_fail (self != NULL, NULL);

  layout = draw_text_create_layout (self, MEASURE_SIZE);
  wrapped = g_string_new (NULL);
  for (GSList *link = pango_layout_get_lines_readonly (layout); link != NULL; link = link->next)
    append_line (wrapped, pango_layout_get_text (layout), link->data);
  return g_string_free (wrapped, FALSE);
}

/* ---- labels ---- */

/* The middle of a path by its length: around it sits the label of a line. */
static void
get_path_middle (BoardElement *line, const DrawShapeFrame *frame, double *x, double *y)
{
  g_autoptr (GArray) path = draw_shape_get_points (line, frame);
  const DrawKnot *knots = (const DrawKnot *) path->data;
  double length = 0, walked = 0;

  for (guint i = 1; i < path->len; i++)
    length += hypot (knots[i].x - knots[i - 1].x, knots[i].y - knots[i - 1].y);
  *x = knots[0].x;
  *y = knots[0].y;
  for (guint i = 1; i < path->len; i++)
    {
      const double step = hypot (knots[i].x - knots[i - 1].x, knots[i].y - knots[i - 1].y);
      const double t = step > 0 ? CLAMP ((length / 2 - walked) / step, 0, 1) : 0;

      *x = knots[i - 1].x + (knots[i].x - knots[i - 1].x) * t;
      *y = knots[i - 1].y + (knots[i].y - knots[i - 1].y) * t;
      walked += step;
      if (walked >= length / 2)
        break;
    }
}

static void
get_line_label_area (BoardElement *line, const DrawShapeFrame *frame, BoardRect *area)
{
  const double width
      = MAX (frame->width * LINE_LABEL_SHARE, LINE_LABEL_MIN * DRAW_TEXT_SIZE_DEFAULT);
  const double height = DRAW_TEXT_SIZE_DEFAULT;
  double x, y;

  get_path_middle (line, frame, &x, &y);
  *area = (BoardRect){ frame->x + x - width / 2, frame->y + y - height / 2, width, height };
}

void
draw_text_get_label_area (BoardElement *container, BoardRect *area)
{
  DrawShapeFrame frame;
  double share = 1; /* of the box that is inside of the form */

  g_return_if_fail (container != NULL && area != NULL);

  draw_shape_get_frame (container, &frame);
  switch (board_element_get_kind (container))
    {
    case BOARD_ELEMENT_LINE:
    case BOARD_ELEMENT_ARROW:
      get_line_label_area (container, &frame, area);
      return;
    case BOARD_ELEMENT_ELLIPSE:
      share = G_SQRT2 / 2;
      break;
    case BOARD_ELEMENT_DIAMOND:
      share = 0.5;
      break;
    default:
      break;
    }
  const double width = MAX (frame.width * share - 2 * DRAW_TEXT_LABEL_PADDING, 1);
  const double height = MAX (frame.height * share - 2 * DRAW_TEXT_LABEL_PADDING, 1);

  *area = (BoardRect){ frame.x + (frame.width - width) / 2, frame.y + (frame.height - height) / 2,
                       width, height };
}

/* How much larger a container is than the area for its label. */
static double
get_height_for_label (BoardElement *container, double height)
{
  height += 2 * DRAW_TEXT_LABEL_PADDING;
  switch (board_element_get_kind (container))
    {
    case BOARD_ELEMENT_LINE:
    case BOARD_ELEMENT_ARROW:
      return 0;
    case BOARD_ELEMENT_ELLIPSE:
      return height * G_SQRT2;
    case BOARD_ELEMENT_DIAMOND:
      return height * 2;
    default:
      return height;
    }
}

double
draw_text_place_label (BoardElement *container,
                       const DrawText *text,
                       const char *vertical,
                       BoardRect *place)
{
  BoardRect area;
  DrawText wrapped;

  g_return_val_if_fail (container != NULL && text != NULL && place != NULL, 0);

  draw_text_get_label_area (container, &area);
  wrapped = *text;
  wrapped.width = area.width;
  draw_text_measure (&wrapped, &place->width, &place->height);
  place->width = MIN (place->width, area.width);
  place->x = area.x;
  place->y = area.y;
  if (text->align == PANGO_ALIGN_CENTER)
    place->x += (area.width - place->width) / 2;
  else if (text->align == PANGO_ALIGN_RIGHT)
    place->x += area.width - place->width;
  if (g_strcmp0 (vertical, "bottom") == 0)
    place->y += area.height - place->height;
  else if (g_strcmp0 (vertical, "top") != 0)
    place->y += (area.height - place->height) / 2;
  return get_height_for_label (container, place->height);
}

double
draw_text_get_note_height (const DrawText *text, double note_width)
{
  DrawText wrapped;
  double width, height;

  g_return_val_if_fail (text != NULL, 0);

  wrapped = *text;
  wrapped.width = MAX (note_width - 2 * DRAW_TEXT_NOTE_PADDING, text->size);
  draw_text_measure (&wrapped, &width, &height);
  return height + 2 * DRAW_TEXT_NOTE_PADDING;
}
