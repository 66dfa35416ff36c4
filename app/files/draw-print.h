/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "files/draw-export.h"

G_BEGIN_DECLS

typedef struct {
  gboolean frames; /* a page for each frame; else everything on one */
  gboolean fill;   /* as large as the paper allows; else not larger than on screen */
} DrawPrintOptions;

/* Printing is over. @error: NULL when all is well, or the person went away. */
typedef void (*DrawPrintFunc) (const GError *error, gpointer user_data);

/* Shows the print dialog, which asks for the options too, and prints. Does not wait. @title: what
 * the job is called. */
void draw_print_run (GtkWindow *parent,
                     DrawExport *export,
                     const char *title,
                     DrawPrintFunc done,
                     gpointer user_data);

/* The same to a PDF, without a question: what a printer would get. Blocks. */
gboolean draw_print_to_file (DrawExport *export,
                             const DrawPrintOptions *options,
                             const char *path,
                             GError **error);

G_END_DECLS
