/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-print.h"

#include <glib/gi18n.h>

/* 600 dpi of a page in points. */
#define FINENESS 8.33
/* A board unit is 1/96 inch. */
#define POINTS_PER_UNIT 0.75

/* Lives as long as the operation does. */
typedef struct {
  DrawExport *export; /* owned */
  DrawPrintOptions options;
  GtkCheckButton *frames; /* borrowed from the dialog, while it is there */
  GtkCheckButton *fill;
  DrawPrintFunc done; /* NULL when nobody wants to know */
  gpointer user_data;
} Job;

static void
job_free (Job *job)
{
  draw_export_unref (job->export);
  g_free (job);
}

static Job *
job_new (GtkPrintOperation *operation, DrawExport *export, const DrawPrintOptions *options)
{
  Job *job = g_new0 (Job, 1);

  job->export = draw_export_ref (export);
  job->options = *options;
  g_object_set_data_full (G_OBJECT (operation), "job", job, (GDestroyNotify) job_free);
  return job;
}

/* --- pages --- */

static guint
get_n_pages (Job *job)
{
  return job->options.frames ? draw_export_get_n_pages (job->export) : 1;
}

static void
get_area (Job *job, int page, BoardRect *area)
{
  if (job->options.frames)
    draw_export_get_page (job->export, (guint) page, area);
  else
    draw_export_get_bounds (job->export, area);
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  gtk_print_operation_set_n_pages (operation, (int) get_n_pages (job));
}

/* A wide page is printed on paper that lies. */
static void
on_setup (GtkPrintOperation *operation,
          GtkPrintContext *context,
          int page,
          GtkPageSetup *setup,
          Job *job)
{
  BoardRect area;

  get_area (job, page, &area);
  gtk_page_setup_set_orientation (setup, area.width > area.height
                                             ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                             : GTK_PAGE_ORIENTATION_PORTRAIT);
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  const double width = gtk_print_context_get_width (context);
  const double height = gtk_print_context_get_height (context);
  BoardRect area;
  double scale;

  get_area (job, page, &area);
  scale = MIN (width / area.width, height / area.height);
  if (!job->options.fill)
    scale = MIN (scale, POINTS_PER_UNIT);
  cairo_save (cr);
  cairo_translate (cr, (width - area.width * scale) / 2, (height - area.height * scale) / 2);
  cairo_scale (cr, scale, scale);
  draw_export_paint_rect (job->export, cr, &area, FINENESS, NULL);
  cairo_restore (cr);
}

/* --- what the dialog asks --- */

static GtkCheckButton *
add_choice (GtkWidget *box, const char *label, gboolean active)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_box_append (GTK_BOX (box), check);
  return GTK_CHECK_BUTTON (check);
}

static GtkWidget *
on_create_widget (GtkPrintOperation *operation, Job *job)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  job->frames = add_choice (box, _("Each _frame on a page of its own"), job->options.frames);
  job->fill = add_choice (box, _("As _large as the paper allows"), job->options.fill);
  return box;
}

static void
on_apply_widget (GtkPrintOperation *operation, GtkWidget *widget, Job *job)
{
  job->options.frames = gtk_check_button_get_active (job->frames);
  job->options.fill = gtk_check_button_get_active (job->fill);
}

/* --- running it --- */

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (job->done != NULL)
    job->done (error, job->user_data);
  job->done = NULL;
}

static GtkPrintOperation *
make_operation (DrawExport *export, const DrawPrintOptions *options, Job **job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  *job = job_new (operation, export, options);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), *job);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (on_setup), *job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), *job);
  return operation;
}

void
draw_print_run (GtkWindow *parent,
                DrawExport *export,
                const char *title,
                DrawPrintFunc done,
                gpointer user_data)
{
  const DrawPrintOptions options = { .frames = TRUE };
  g_autoptr (GtkPrintOperation) operation = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WINDOW (parent) && export != NULL);

  operation = make_operation (export, &options, &job);
  job->done = done;
  job->user_data = user_data;
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_custom_tab_label (operation, _("Board"));
  if (title != NULL && *title != '\0')
    gtk_print_operation_set_job_name (operation, title);
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (on_create_widget), job);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (on_apply_widget), job);
  g_signal_connect (operation, "done", G_CALLBACK (on_done), job);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

gboolean
draw_print_to_file (DrawExport *export,
                    const DrawPrintOptions *options,
                    const char *path,
                    GError **error)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  Job *job;

  g_return_val_if_fail (export != NULL && options != NULL && path != NULL, FALSE);

  operation = make_operation (export, options, &job);
  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error)
         == GTK_PRINT_OPERATION_RESULT_APPLY;
}
