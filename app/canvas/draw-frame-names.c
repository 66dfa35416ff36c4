/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-frame-names.h"

#include <glib/gi18n.h>

#include "canvas/draw-color.h"
#include "canvas/draw-shape.h"
#include "canvas/draw-text.h"

/* Names that are painted in one frame at most, and remembered. */
#define FRAMES_MAX 1000
#define ABOVE 4.0       /* widget pixels between a name and its frame */
#define WIDTH_MIN 30.0  /* a frame narrower than that shows none */
#define LETTERS_MAX 100 /* of a name */
#define INK 0.6f

struct _DrawFrameNames {
  GtkWidget *widget; /* borrowed */
  GPtrArray *frames; /* (element-type BoardElement) */
};

DrawFrameNames *
draw_frame_names_new (GtkWidget *widget)
{
  DrawFrameNames *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_new0 (DrawFrameNames, 1);
  self->widget = widget;
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  return self;
}

void
draw_frame_names_free (DrawFrameNames *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->frames);
  g_free (self);
}

static gboolean
is_frame (BoardElement *element)
{
  return element != NULL && board_element_get_kind (element) == BOARD_ELEMENT_FRAME;
}

static gboolean
concerns_frames (DrawFrameNames *self, BoardDocument *document, const BoardDamage *damage)
{
  if (damage == NULL || damage->all)
    return TRUE;
  for (guint i = 0; i < damage->ids->len; i++)
    {
      if (is_frame (board_document_get_element (document, damage->ids->pdata[i])))
        return TRUE;
      for (guint k = 0; k < self->frames->len; k++)
        if (g_str_equal (board_element_get_id (self->frames->pdata[k]), damage->ids->pdata[i]))
          return TRUE;
    }
  return FALSE;
}

void
draw_frame_names_update (DrawFrameNames *self, BoardDocument *document, const BoardDamage *damage)
{
  g_autoptr (GPtrArray) elements = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (document == NULL || BOARD_IS_DOCUMENT (document));

  if (document != NULL && !concerns_frames (self, document, damage))
    return;
  g_ptr_array_set_size (self->frames, 0);
  if (document == NULL)
    return;
  elements = board_document_query (document, NULL);
  for (guint i = 0; i < elements->len && self->frames->len < FRAMES_MAX; i++)
    if (is_frame (elements->pdata[i]))
      g_ptr_array_add (self->frames, board_element_ref (elements->pdata[i]));
}

char *
draw_frame_names_get_name (BoardElement *frame)
{
  g_autofree char *tame = NULL;

  g_return_val_if_fail (frame != NULL, NULL);

  tame = draw_text_tame (draw_shape_get_text (frame, "name"));
  g_strdelimit (tame, "\n\t", ' ');
  g_strstrip (tame);
  if (*tame == '\0')
    return g_strdup (_ ("Frame"));
  return g_utf8_substring (tame, 0, MIN (g_utf8_strlen (tame, -1), LETTERS_MAX));
}

/* A layout of the name, and where it goes; NULL when it is not seen. */
static PangoLayout *
create_layout (DrawFrameNames *self,
               BoardElement *frame,
               DrawViewport *viewport,
               graphene_rect_t *place)
{
  g_autofree char *name = NULL;
  DrawShapeFrame box;
  PangoLayout *layout;
  double x, y, right, bottom;
  int width, height;

  draw_shape_get_frame (frame, &box);
  draw_viewport_to_widget (viewport, box.x, box.y, &x, &y);
  draw_viewport_to_widget (viewport, box.x + box.width, box.y + box.height, &right, &bottom);
  if (right - x < WIDTH_MIN || right < 0 || x > gtk_widget_get_width (self->widget) || y < 0
      || y > gtk_widget_get_height (self->widget) + 3 * WIDTH_MIN)
    return NULL;
  name = draw_frame_names_get_name (frame);
  layout = gtk_widget_create_pango_layout (self->widget, name);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (MIN (right - x, 1000) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &width, &height);
  graphene_rect_init (place, (float) x, (float) (y - height - ABOVE), (float) width,
                      (float) height);
  return layout;
}

void
draw_frame_names_snapshot (DrawFrameNames *self,
                           GtkSnapshot *snapshot,
                           DrawViewport *viewport,
                           gboolean dark)
{
  GdkRGBA sheet, color;

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot) && DRAW_IS_VIEWPORT (viewport));

  draw_color_get_sheet (dark, &sheet);
  draw_color_get_contrast (&sheet, &color);
  color.alpha = INK;
  for (guint i = 0; i < self->frames->len; i++)
    {
      graphene_rect_t place;
      g_autoptr (PangoLayout) layout
          = create_layout (self, self->frames->pdata[i], viewport, &place);

      if (layout == NULL)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &place.origin);
      gtk_snapshot_append_layout (snapshot, layout, &color);
      gtk_snapshot_restore (snapshot);
    }
}

BoardElement *
draw_frame_names_pick (DrawFrameNames *self, DrawViewport *viewport, double x, double y)
{
  g_return_val_if_fail (self != NULL && DRAW_IS_VIEWPORT (viewport), NULL);

  for (guint i = self->frames->len; i-- > 0;)
    {
      graphene_rect_t place;
      g_autoptr (PangoLayout) layout
          = create_layout (self, self->frames->pdata[i], viewport, &place);

      if (layout != NULL
          && graphene_rect_contains_point (&place, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return self->frames->pdata[i];
    }
  return NULL;
}
