/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of a PDF as pictures to write on. */
#include "files/draw-incoming-private.h"

#ifdef HAVE_POPPLER
#include <math.h>
#include <poppler.h>

#include "files/draw-export-private.h"

/* A point is 4/3 board units, so that a page is as large as on screen at 100 %. */
#define UNITS_PER_POINT (4.0 / 3)
/* Pixels per board unit: sharp at 200 %. */
#define PIXELS_PER_UNIT 2.0
#define MAX_SIDE 4000.0
#define GAP 40.0

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

static GBytes *
paint_page (PopplerPage *page, const BoardRect *place)
{
  const double scale
      = MIN (PIXELS_PER_UNIT, MAX_SIDE / MAX (place->width, place->height));
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (place->width * scale),
                                    (int) ceil (place->height * scale));
  cairo_t *cr = cairo_create (surface);
  GByteArray *out = g_byte_array_new ();

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale * UNITS_PER_POINT, scale * UNITS_PER_POINT);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, draw_export_write, out);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

static void
add_page (DrawBundle *bundle, PopplerPage *page, double *y)
{
  BoardRect place = { 0, *y, 0, 0 };
  g_autoptr (GBytes) bytes = NULL;

  poppler_page_get_size (page, &place.width, &place.height);
  place.width = CLAMP (place.width * UNITS_PER_POINT, 1, 20000);
  place.height = CLAMP (place.height * UNITS_PER_POINT, 1, 20000);
  bytes = paint_page (page, &place);
  draw_incoming_add_picture (bundle, bytes, "image/png", &place, TRUE);
  *y += place.height + GAP;
}

DrawBundle *
draw_incoming_load_pdf (GBytes *bytes, GError **error)
{
  g_autoptr (PopplerDocument) pdf = NULL;
  g_autoptr (GError) wrong = NULL;
  DrawBundle *bundle;
  double y = 0;
  int n_pages;

  pdf = poppler_document_new_from_bytes (bytes, NULL, &wrong);
  if (pdf == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", wrong->message);
      return NULL;
    }
  bundle = draw_bundle_new ();
  n_pages = MIN (poppler_document_get_n_pages (pdf), DRAW_INCOMING_MAX_PAGES);
  for (int i = 0; i < n_pages; i++)
    {
      g_autoptr (PopplerPage) page = poppler_document_get_page (pdf, i);

      if (page != NULL)
        add_page (bundle, page, &y);
    }
  return bundle;
}

gboolean
draw_incoming_has_pdf (void)
{
  return TRUE;
}

#else

DrawBundle *
draw_incoming_load_pdf (GBytes *bytes, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       "This Drawbridge was built without support for PDF files.");
  return NULL;
}

gboolean
draw_incoming_has_pdf (void)
{
  return FALSE;
}

#endif
