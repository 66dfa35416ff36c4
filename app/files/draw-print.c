/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-print.h"

/* 600 dpi of a page in points. */
#define FINENESS 8.33
/* A board unit is 1/96 inch. */
#define POINTS_PER_UNIT 0.75

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, DrawExport *export)
{
  gtk_print_operation_set_n_pages (operation, (int) draw_export_get_n_pages (export));
}

/* A wide page is printed on paper that lies. */
static void
on_setup (GtkPrintOperation *operation,
          GtkPrintContext *context,
          int page,
          GtkPageSetup *setup,
          DrawExport *export)
{
  BoardRect area;

  draw_export_get_page (export, (guint) page, &area);
  gtk_page_setup_set_orientation (setup, area.width > area.height
                                             ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                             : GTK_PAGE_ORIENTATION_PORTRAIT);
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, DrawExport *export)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  const double width = gtk_print_context_get_width (context);
  const double height = gtk_print_context_get_height (context);
  BoardRect area;
  double scale;

  draw_export_get_page (export, (guint) page, &area);
  scale = MIN (POINTS_PER_UNIT, MIN (width / area.width, height / area.height));
  cairo_save (cr);
  cairo_translate (cr, (width - area.width * scale) / 2, (height - area.height * scale) / 2);
  cairo_scale (cr, scale, scale);
  draw_export_paint_page (export, cr, (guint) page, FINENESS, NULL);
  cairo_restore (cr);
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, DrawExport *export)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gtk_print_operation_get_error (operation, &error);
      g_message ("Cannot print: %s", error->message);
    }
  draw_export_unref (export);
}

void
draw_print_run (GtkWindow *parent, DrawExport *export, const char *title)
{
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent) && export != NULL);

  operation = gtk_print_operation_new ();
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (title != NULL && *title != '\0')
    gtk_print_operation_set_job_name (operation, title);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), export);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (on_setup), export);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), export);
  g_signal_connect (operation, "done", G_CALLBACK (on_done), draw_export_ref (export));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
