/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-export.h"

G_BEGIN_DECLS

struct _DrawExport {
  gatomicrefcount refs;
  GPtrArray *parts; /* (element-type DrawScene), bottom first: one is painted between two looks at
                       the cancellable */
  GArray *pages;    /* (element-type BoardRect) */
  BoardRect bounds; /* of everything, margins included */
  gboolean dark;
  char *title;
  char *payload;
  gsize payload_length;
  int progress; /* atomic, per mille */
  guint n_done, n_steps;
};

/* Paints what is within @area with a matrix that maps board units. */
gboolean draw_export_paint_area (DrawExport *self,
                                 cairo_t *cr,
                                 const BoardRect *area,
                                 double scale,
                                 GCancellable *cancellable);
void draw_export_start (DrawExport *self, guint n_paintings);

/* draw-export-files.c */
GBytes *draw_export_make_png (DrawExport *self,
                              const DrawExportOptions *options,
                              GCancellable *cancellable,
                              GError **error);
GBytes *draw_export_make_svg (DrawExport *self,
                              const DrawExportOptions *options,
                              GCancellable *cancellable,
                              GError **error);
GBytes *draw_export_make_pdf (DrawExport *self, GCancellable *cancellable, GError **error);
/* Of cairo's streams; closure: a GByteArray. */
cairo_status_t draw_export_write (void *closure, const unsigned char *data, unsigned int length);
/* FALSE and an error where cairo has one. */
gboolean draw_export_check (cairo_status_t status, GError **error);

G_END_DECLS
