/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"
#include "canvas/draw-images.h"
#include "files/draw-bundle.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_EXPORT_PNG,
  DRAW_EXPORT_SVG,
  DRAW_EXPORT_PDF,
} DrawExportFormat;

typedef struct {
  DrawExportFormat format;
  double scale;        /* PNG: pixels per board unit, DRAW_EXPORT_SCALE_MIN.._MAX */
  gboolean background; /* PNG, SVG: a white sheet; else it is clear. A PDF is paper anyway */
} DrawExportOptions;

#define DRAW_EXPORT_SCALE_MIN 0.1
#define DRAW_EXPORT_SCALE_MAX 8.0
/* Of a PNG; its picture takes four bytes for each while it is painted. */
#define DRAW_EXPORT_MAX_PIXELS (100 * 1000 * 1000)
/* Free space around what is drawn, board units. */
#define DRAW_EXPORT_MARGIN 16.0

/**
 * DrawExport: what was on a board at one moment, to be painted as a picture or on paper. Made by the
 * thread that owns the document; nothing that happens to the board later changes it. Refcounted.
 *
 * Paper has a page for each frame, in reading order, after one of everything when something is
 * outside of frames; without frames one page.
 */
typedef struct _DrawExport DrawExport;

/* @ids: (nullable) (element-type utf8): only these, with what belongs to them. @images: (nullable):
 * where pictures come from; boxes stand for them without. */
DrawExport *draw_export_new (BoardDocument *document, GPtrArray *ids, DrawImages *images);
/* Of a drawing that is on no board, with its pictures. */
DrawExport *draw_export_new_for_bundle (DrawBundle *bundle);
DrawExport *draw_export_ref (DrawExport *self);
void draw_export_unref (DrawExport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawExport, draw_export_unref)

gboolean draw_export_is_empty (DrawExport *self);
/* Of everything, margins included; board units. */
void draw_export_get_bounds (DrawExport *self, BoardRect *bounds);
/* Before it is painted: colours as they are on a dark sheet (draw-color.h). */
void draw_export_set_dark (DrawExport *self, gboolean dark);
/* Written into a PDF. */
void draw_export_set_title (DrawExport *self, const char *title);
/* The drawing as text (draw_bundle_print()), put into PNG and SVG: whoever opens the picture has the
 * drawing. @text: transfer full. */
void draw_export_take_payload (DrawExport *self, char *text, gsize length);

guint draw_export_get_n_pages (DrawExport *self);
/* What the page shows, board units; margins included. */
void draw_export_get_page (DrawExport *self, guint page, BoardRect *area);
/* Paints a page, its area at the origin, @scale device pixels per board unit (for vectors: how
 * fine). The matrix of @cr has to map board units. FALSE when it was cancelled. Any thread. */
gboolean draw_export_paint_page (
    DrawExport *self, cairo_t *cr, guint page, double scale, GCancellable *cancellable);
/* The same of any area, which is clipped to. */
gboolean draw_export_paint_rect (DrawExport *self,
                                 cairo_t *cr,
                                 const BoardRect *area,
                                 double scale,
                                 GCancellable *cancellable);
/* How much of the work under way is done, 0..1. Any thread. */
double draw_export_get_progress (DrawExport *self);

/* The picture as a file, at once: pictures that are not there yet are boxes. Any thread. Errors:
 * G_IO_ERROR_CANCELLED, _MESSAGE_TOO_LARGE (DRAW_EXPORT_MAX_PIXELS), _FAILED (cairo). */
GBytes *draw_export_run (DrawExport *self,
                         const DrawExportOptions *options,
                         GCancellable *cancellable,
                         GError **error);
/* The same in another thread, after pictures have come or failed. */
void draw_export_run_async (DrawExport *self,
                            const DrawExportOptions *options,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GBytes *draw_export_run_finish (DrawExport *self, GAsyncResult *result, GError **error);

/* Everything within @width x @height pixels, on white; NULL when there is nothing. Any thread.
 * Transfer full. */
cairo_surface_t *draw_export_make_thumbnail (DrawExport *self, int width, int height);

G_END_DECLS
