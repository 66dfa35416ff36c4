/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-paper.h"

#include <math.h>

#include "canvas/draw-color.h"

/* Device-independent pixels that two lines are apart at least. */
#define APART_MIN 12.0
#define DOT_ALPHA 0.28f
#define LINE_ALPHA 0.09f
#define STRONG_ALPHA 0.17f
/* Lines of handwriting are further apart than squares. */
#define WRITING 2.0

typedef struct {
  GtkSnapshot *snapshot;
  const DrawView *view;
  double spacing; /* device pixels */
  GdkRGBA color;
} Printer;

DrawPaper
draw_paper_parse (const char *name)
{
  for (DrawPaper paper = DRAW_PAPER_PLAIN; paper <= DRAW_PAPER_GRID; paper++)
    if (g_strcmp0 (draw_paper_get_name (paper), name) == 0)
      return paper;
  return DRAW_PAPER_PLAIN;
}

const char *
draw_paper_get_name (DrawPaper paper)
{
  static const char *const names[] = { "plain", "dots", "lines", "grid" };

  g_return_val_if_fail (paper <= DRAW_PAPER_GRID, NULL);

  return names[paper];
}

/* The first line at or after the edge of the view, and where it is from there. */
static int64_t
get_first (double spacing, int64_t edge)
{
  return (int64_t) ceil ((double) edge / spacing);
}

static int64_t
get_place (double spacing, int64_t line, int64_t edge)
{
  return llround ((double) line * spacing) - edge;
}

/* Whole device pixels, so that all lines are alike. */
static int
get_thickness (const Printer *self, double thickness)
{
  return (int) MAX (round (thickness * self->view->device_scale), 1);
}

static void
append_rect (const Printer *self, int64_t x, int64_t y, int64_t width, int64_t height, float alpha)
{
  const float device = (float) self->view->device_scale;
  GdkRGBA color = self->color;

  color.alpha = alpha;
  gtk_snapshot_append_color (self->snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) x / device, (float) y / device,
                                                  (float) width / device, (float) height / device));
}

static float
get_alpha (int64_t line, gboolean steps)
{
  return steps && line % DRAW_PAPER_STEP == 0 ? STRONG_ALPHA : LINE_ALPHA;
}

static void
print_rows (const Printer *self, gboolean steps)
{
  for (int64_t line = get_first (self->spacing, self->view->top);; line++)
    {
      const int64_t y = get_place (self->spacing, line, self->view->top);

      if (y >= self->view->height)
        break;
      append_rect (self, 0, y, self->view->width, get_thickness (self, 1),
                   get_alpha (line, steps));
    }
}

static void
print_columns (const Printer *self)
{
  for (int64_t line = get_first (self->spacing, self->view->left);; line++)
    {
      const int64_t x = get_place (self->spacing, line, self->view->left);

      if (x >= self->view->width)
        break;
      append_rect (self, x, 0, get_thickness (self, 1), self->view->height,
                   get_alpha (line, TRUE));
    }
}

/* One row of dots, as high as a dot. */
static GdkTexture *
create_dots (const Printer *self)
{
  const int size = get_thickness (self, 2);
  const gsize stride = (gsize) self->view->width * 4;
  guint8 *pixels = g_malloc0 (stride * (gsize) size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) size);
  const float alpha = DOT_ALPHA * 255;
  const guint8 channel = (guint8) (self->color.red * alpha), opaque = (guint8) alpha;

  for (int64_t line = get_first (self->spacing, self->view->left) - 1;; line++)
    {
      const int64_t x = get_place (self->spacing, line, self->view->left);

      if (x >= self->view->width)
        break;
      for (int64_t column = MAX (x, 0); column < MIN (x + size, self->view->width); column++)
        for (int row = 0; row < size; row++)
          {
            guint8 *pixel = pixels + (gsize) row * stride + (gsize) column * 4;

            /* Grey, so that the order of the channels does not matter; alpha is the last one. */
            pixel[0] = pixel[1] = pixel[2] = channel;
            pixel[3] = opaque;
          }
    }
  return gdk_memory_texture_new (self->view->width, size, GDK_MEMORY_R8G8B8A8_PREMULTIPLIED, bytes,
                                 stride);
}

static void
print_dots (const Printer *self)
{
  g_autoptr (GdkTexture) dots = create_dots (self);
  const float device = (float) self->view->device_scale;

  for (int64_t line = get_first (self->spacing, self->view->top) - 1;; line++)
    {
      const int64_t y = get_place (self->spacing, line, self->view->top);

      if (y >= self->view->height)
        break;
      gtk_snapshot_append_texture (self->snapshot, dots,
                                   &GRAPHENE_RECT_INIT (0, (float) y / device,
                                                        (float) self->view->width / device,
                                                        (float) get_thickness (self, 2) / device));
    }
}

void
draw_paper_snapshot (DrawPaper paper,
                     double spacing,
                     GtkSnapshot *snapshot,
                     const DrawView *view,
                     gboolean dark)
{
  Printer self = { snapshot, view };
  GdkRGBA sheet;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (view != NULL && view->scale > 0 && view->device_scale > 0);
  g_return_if_fail (spacing > 0);

  if (paper == DRAW_PAPER_PLAIN || view->width <= 0 || view->height <= 0)
    return;
  self.spacing = spacing * view->scale * (paper == DRAW_PAPER_LINES ? WRITING : 1);
  while (self.spacing < APART_MIN * view->device_scale)
    self.spacing *= DRAW_PAPER_STEP;
  draw_color_get_sheet (dark, &sheet);
  draw_color_get_contrast (&sheet, &self.color);
  if (paper == DRAW_PAPER_DOTS)
    print_dots (&self);
  else
    print_rows (&self, paper == DRAW_PAPER_GRID);
  if (paper == DRAW_PAPER_GRID)
    print_columns (&self);
}
