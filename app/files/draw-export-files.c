/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* An export as the bytes of a file. */
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>

#include "files/draw-export-private.h"
#include "files/draw-payload.h"

/* Rows that are painted between two looks at the cancellable; each band paints only what touches it. */
#define BAND 1024
/* cairo's image surfaces. */
#define MAX_SIDE 32767
/* A board unit is a CSS pixel, 3/4 of a point; more than 14,400 points no PDF reader takes. */
#define POINTS_PER_UNIT 0.75
#define MAX_POINTS 14400.0
/* How fine curves are on paper: 600 dpi. */
#define PAPER_SCALE 6.25

cairo_status_t
draw_export_write (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
draw_export_check (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  return FALSE;
}

/* Takes the surface. status: of what was done with it last. FALSE: cancelled, or cairo failed. */
static gboolean
finish (cairo_surface_t *surface,
        cairo_status_t status,
        GCancellable *cancellable,
        GError **error)
{
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return !g_cancellable_set_error_if_cancelled (cancellable, error)
         && draw_export_check (status, error);
}

static GBytes *
add_payload (DrawExport *self,
             GBytes *picture,
             GBytes *(*add) (GBytes *picture, const char *text, gsize length))
{
  g_autoptr (GBytes) plain = picture;

  return self->payload != NULL ? add (plain, self->payload, self->payload_length)
                               : g_steal_pointer (&plain);
}

static void
paint_sheet (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
}

/* --- PNG --- */

static gboolean
paint_bands (DrawExport *self, cairo_t *cr, double scale, int height, GCancellable *cancellable)
{
  for (int top = 0; top < height; top += BAND)
    {
      const BoardRect band = { self->bounds.x, self->bounds.y + top / scale, self->bounds.width,
                               BAND / scale };
      gboolean done;

      cairo_save (cr);
      cairo_rectangle (cr, 0, top, MAX_SIDE, MIN (BAND, height - top));
      cairo_clip (cr);
      cairo_scale (cr, scale, scale);
      cairo_translate (cr, -self->bounds.x, -self->bounds.y);
      done = draw_export_paint_area (self, cr, &band, scale, cancellable);
      cairo_restore (cr);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

GBytes *
draw_export_make_png (DrawExport *self,
                      const DrawExportOptions *options,
                      GCancellable *cancellable,
                      GError **error)
{
  const double scale = CLAMP (options->scale, DRAW_EXPORT_SCALE_MIN, DRAW_EXPORT_SCALE_MAX);
  const double width = ceil (self->bounds.width * scale);
  const double height = ceil (self->bounds.height * scale);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  gboolean done;
  cairo_t *cr;

  if (width > MAX_SIDE || height > MAX_SIDE || width * height > DRAW_EXPORT_MAX_PIXELS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           "The picture would have too many pixels.");
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cr = cairo_create (surface);
  if (options->background)
    paint_sheet (cr);
  draw_export_start (self, ((guint) height + BAND - 1) / BAND);
  done = paint_bands (self, cr, scale, (int) height, cancellable);
  cairo_destroy (cr);
  if (done)
    status = cairo_surface_write_to_png_stream (surface, draw_export_write, out);
  if (!finish (surface, status, cancellable, error))
    return NULL;
  return add_payload (self, g_byte_array_free_to_bytes (g_steal_pointer (&out)),
                      draw_payload_add_to_png);
}

/* --- SVG --- */

GBytes *
draw_export_make_svg (DrawExport *self,
                      const DrawExportOptions *options,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (
      draw_export_write, out, self->bounds.width, self->bounds.height);
  cairo_t *cr = cairo_create (surface);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  draw_export_start (self, 1);
  if (options->background)
    paint_sheet (cr);
  cairo_translate (cr, -self->bounds.x, -self->bounds.y);
  draw_export_paint_area (self, cr, &self->bounds, PAPER_SCALE, cancellable);
  cairo_destroy (cr);
  if (!finish (surface, CAIRO_STATUS_SUCCESS, cancellable, error))
    return NULL;
  return add_payload (self, g_byte_array_free_to_bytes (g_steal_pointer (&out)),
                      draw_payload_add_to_svg);
}

/* --- PDF --- */

static gboolean
add_page (
    DrawExport *self, cairo_surface_t *surface, cairo_t *cr, guint page, GCancellable *cancellable)
{
  gboolean done;
  BoardRect area;
  double scale;

  draw_export_get_page (self, page, &area);
  scale = MIN (POINTS_PER_UNIT, MAX_POINTS / MAX (area.width, area.height));
  cairo_pdf_surface_set_size (surface, area.width * scale, area.height * scale);
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  done = draw_export_paint_page (self, cr, page, PAPER_SCALE, cancellable);
  cairo_restore (cr);
  cairo_show_page (cr);
  return done;
}

GBytes *
draw_export_make_pdf (DrawExport *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (draw_export_write, out, 72, 72);
  cairo_t *cr = cairo_create (surface);
  gboolean done = TRUE;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Drawbridge");
  if (self->title != NULL && *self->title != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  draw_export_start (self, self->pages->len);
  for (guint page = 0; done && page < self->pages->len; page++)
    done = add_page (self, surface, cr, page, cancellable);
  cairo_destroy (cr);
  if (!finish (surface, CAIRO_STATUS_SUCCESS, cancellable, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
