/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  DRAW_EXPORT_CHOICE_PNG,
  DRAW_EXPORT_CHOICE_SVG,
  DRAW_EXPORT_CHOICE_PDF,
  DRAW_EXPORT_CHOICE_EXCALIDRAW,
} DrawExportChoiceFormat;

typedef struct
{
  DrawExportChoiceFormat format;
  double scale; /* pixels per unit */
  gboolean background;
  gboolean selection; /* only what is selected */
  gboolean embed;     /* the drawing in the picture */
} DrawExportChoice;

/* ".png", ... */
const char *draw_export_choice_get_suffix (const DrawExportChoice *choice);

/**
 * DrawExportDialog: how a board goes out as a file. It stays until the file is written, so that the
 * work can be seen and given up.
 *
 * Signals: "export" (): the person wants the file. "choice-changed" (): the preview is an old one.
 */
#define DRAW_TYPE_EXPORT_DIALOG (draw_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DrawExportDialog, draw_export_dialog, DRAW, EXPORT_DIALOG, AdwWindow)

DrawExportDialog *draw_export_dialog_new (gboolean has_selection);
void draw_export_dialog_get_choice (DrawExportDialog *self, DrawExportChoice *choice);
/* @offer: what a drag of the preview to another program gives. */
void draw_export_dialog_set_preview (DrawExportDialog *self,
                                     GdkPaintable *preview,
                                     GdkContentProvider *offer);
/* Work begins; Cancel and closing the dialog cancel the cancellable. */
void draw_export_dialog_begin (DrawExportDialog *self);
GCancellable *draw_export_dialog_get_cancellable (DrawExportDialog *self);
/* 0..1; a bar comes after half a second. */
void draw_export_dialog_set_progress (DrawExportDialog *self, double fraction);
/* Closes when it is done, else goes back to the choice. */
void draw_export_dialog_finish (DrawExportDialog *self, gboolean done);
void draw_export_dialog_say (DrawExportDialog *self, const char *text);

G_END_DECLS
