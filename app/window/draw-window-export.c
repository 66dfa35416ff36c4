/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes out of a window as a file or on paper. */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>

#include "dialogs/draw-export-dialog.h"
#include "canvas/draw-tile-painter.h"
#include "files/draw-bundle.h"
#include "files/draw-export.h"
#include "files/draw-offer.h"
#include "files/draw-print.h"
#include "window/draw-transfer.h"

#define PREVIEW_WIDTH 420
#define PREVIEW_HEIGHT 200

GPtrArray *
draw_window_get_selection (DrawWindow *self)
{
  GPtrArray *ids = draw_canvas_get_selection (draw_board_view_get_canvas (self->view));

  return ids != NULL && ids->len > 0 ? ids : NULL;
}

DrawExport *
draw_window_make_export (DrawWindow *self, gboolean selection)
{
  BoardDocument *document = draw_session_get_document (self->session);
  DrawImages *images = draw_board_view_get_images (self->view);
  DrawExport *export = draw_export_new (document, selection ? draw_window_get_selection (self) : NULL, images);

  draw_export_set_title (export, board_document_get_title (document));
  return export;
}

static void
on_printed (const GError *error, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  g_autofree char *words = NULL;

  if (error == NULL)
    return;
  words = g_strdup_printf (_("Cannot print: %s"), error->message);
  draw_window_say (self, words);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawWindow *self = DRAW_WINDOW (widget);
  g_autoptr (DrawExport) export = draw_window_make_export (self, FALSE);

  if (draw_export_is_empty (export))
    draw_window_say (self, _("The board is empty."));
  else
    draw_print_run (GTK_WINDOW (self), export,
                    board_document_get_title (draw_session_get_document (self->session)), on_printed,
                    g_object_ref (self));
}

typedef struct
{
  DrawWindow *window;        /* owned */
  DrawExportDialog *dialog;  /* owned */
  DrawExport *export;        /* owned, or NULL: elements only */
  DrawExportChoice choice;
  GFile *file; /* owned */
  guint progress_id;
} Departure;

static void
departure_end (Departure *departure, const GError *error)
{
  g_clear_handle_id (&departure->progress_id, g_source_remove);
  draw_export_dialog_finish (departure->dialog, error == NULL);
  if (error == NULL)
    {
      g_autofree char *name = g_file_get_basename (departure->file);
      g_autofree char *display = g_filename_display_name (name);
      g_autofree char *words = g_strdup_printf (_("“%s” was written."), display);

      draw_window_say (departure->window, words);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    draw_export_dialog_say (departure->dialog, error->message);
  g_clear_pointer (&departure->export, draw_export_unref);
  g_object_unref (departure->window);
  g_object_unref (departure->dialog);
  g_object_unref (departure->file);
  g_free (departure);
}

static void
on_file_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  departure_end (user_data, error);
}

static void
write_file (Departure *departure, GBytes *bytes)
{
  g_file_replace_contents_bytes_async (
      departure->file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
      draw_export_dialog_get_cancellable (departure->dialog), on_file_written, departure);
}

static void
on_painted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Departure *departure = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = draw_export_run_finish (departure->export, result, &error);

  if (bytes != NULL)
    write_file (departure, bytes);
  else
    departure_end (departure, error);
}

static gboolean
on_progress (gpointer user_data)
{
  Departure *departure = user_data;

  draw_export_dialog_set_progress (departure->dialog,
                                   draw_export_get_progress (departure->export));
  return G_SOURCE_CONTINUE;
}

static void
paint (Departure *departure)
{
  static const DrawExportFormat formats[] = {
    [DRAW_EXPORT_CHOICE_PNG] = DRAW_EXPORT_PNG,
    [DRAW_EXPORT_CHOICE_SVG] = DRAW_EXPORT_SVG,
    [DRAW_EXPORT_CHOICE_PDF] = DRAW_EXPORT_PDF,
  };
  const DrawExportOptions options = { formats[departure->choice.format], departure->choice.scale,
                                      departure->choice.background };

  departure->progress_id = g_timeout_add (100, on_progress, departure);
  draw_export_run_async (departure->export, &options,
                         draw_export_dialog_get_cancellable (departure->dialog), on_painted,
                         departure);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Departure *departure = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawBundle) bundle
      = draw_transfer_collect_finish (DRAW_SESSION (source), result, &error);
  gsize length;
  char *text;

  if (bundle == NULL)
    {
      departure_end (departure, error);
      return;
    }
  text = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, &length);
  if (departure->choice.format == DRAW_EXPORT_CHOICE_EXCALIDRAW)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
      write_file (departure, bytes);
      return;
    }
  draw_export_take_payload (departure->export, text, length);
  paint (departure);
}

static void
depart (Departure *departure)
{
  DrawWindow *self = departure->window;
  const DrawExportChoice *choice = &departure->choice;

  departure->export = draw_window_make_export (self, choice->selection);
  if (choice->format == DRAW_EXPORT_CHOICE_EXCALIDRAW
      || (choice->embed && choice->format != DRAW_EXPORT_CHOICE_PDF))
    draw_transfer_collect_async (
        self->session,
        draw_bundle_new_for_document (draw_session_get_document (self->session),
                                      choice->selection ? draw_window_get_selection (self) : NULL),
        draw_export_dialog_get_cancellable (departure->dialog), on_collected, departure);
  else
    paint (departure);
}

static void
on_target_response (GtkNativeDialog *chooser, int response, Departure *departure)
{
  if (response == GTK_RESPONSE_ACCEPT)
    departure->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (departure->file != NULL && departure->window->session != NULL)
    {
      draw_export_dialog_begin (departure->dialog);
      depart (departure);
    }
  else
    {
      g_object_unref (departure->window);
      g_object_unref (departure->dialog);
      g_clear_object (&departure->file);
      g_free (departure);
    }
  g_object_unref (chooser);
}

static char *
make_file_name (DrawWindow *self, const DrawExportChoice *choice)
{
  g_autofree char *title = NULL;

  g_object_get (self->session, "title", &title, NULL);
  if (*title == '\0')
    {
      g_free (title);
      title = g_strdup (_("Board"));
    }
  /* Other systems take fewer characters. */
  g_strdelimit (title, "/\\:*?\"<>|\n", '-');
  return g_strconcat (title, draw_export_choice_get_suffix (choice), NULL);
}

static void
on_export (DrawExportDialog *dialog, DrawWindow *self)
{
  Departure *departure = g_new0 (Departure, 1);
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (dialog),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  g_autofree char *name = NULL;

  departure->window = g_object_ref (self);
  departure->dialog = g_object_ref (dialog);
  draw_export_dialog_get_choice (dialog, &departure->choice);
  name = make_file_name (self, &departure->choice);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_target_response), departure);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- the preview --- */

typedef struct
{
  DrawExport *export;       /* owned */
  DrawExportDialog *dialog; /* owned */
} Preview;

static void
preview_free (Preview *preview)
{
  draw_export_unref (preview->export);
  g_object_unref (preview->dialog);
  g_free (preview);
}

static void
paint_preview (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Preview *preview = data;
  cairo_surface_t *surface
      = draw_export_make_thumbnail (preview->export, PREVIEW_WIDTH, PREVIEW_HEIGHT);

  g_task_return_pointer (task, surface != NULL ? draw_tile_texture_new (surface) : NULL,
                         g_object_unref);
}

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Preview *preview = g_task_get_task_data (G_TASK (result));
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GdkContentProvider) offer = draw_offer_new (preview->export, NULL, NULL);

  if (texture != NULL)
    draw_export_dialog_set_preview (preview->dialog, GDK_PAINTABLE (texture), offer);
}

static void
show_preview (DrawExportDialog *dialog, DrawExport *export)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_preview, NULL);
  Preview *preview = g_new0 (Preview, 1);

  preview->export = draw_export_ref (export);
  preview->dialog = g_object_ref (dialog);
  g_task_set_source_tag (task, show_preview);
  g_task_set_task_data (task, preview, (GDestroyNotify)preview_free);
  g_task_run_in_thread (task, paint_preview);
}

static void
on_choice_changed (DrawExportDialog *dialog, DrawWindow *self)
{
  g_autoptr (DrawExport) export = NULL;
  DrawExportChoice choice;

  if (self->session == NULL)
    return;
  draw_export_dialog_get_choice (dialog, &choice);
  export = draw_window_make_export (self, choice.selection);
  show_preview (dialog, export);
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawWindow *self = DRAW_WINDOW (widget);
  DrawExportDialog *dialog;

  if (board_document_get_n_elements (draw_session_get_document (self->session)) == 0)
    {
      draw_window_say (self, _("The board is empty."));
      return;
    }
  dialog = draw_export_dialog_new (draw_window_get_selection (self) != NULL);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_object (dialog, "export", G_CALLBACK (on_export), self, 0);
  g_signal_connect_object (dialog, "choice-changed", G_CALLBACK (on_choice_changed), self, 0);
  on_choice_changed (dialog, self);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
draw_window_export_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "board.print", NULL, action_print);
}

void
draw_window_export_update (DrawWindow *self, DrawBoardFacts facts)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean open = (facts & DRAW_BOARD_OPEN) != 0;

  gtk_widget_action_set_enabled (widget, "board.export", open);
  gtk_widget_action_set_enabled (widget, "board.print", open);
}
