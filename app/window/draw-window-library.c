/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The library of this person: what goes from the board into it, from there to the board, and both
 * ways between it and files. */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>

#include "files/draw-stencil-file.h"
#include "window/draw-transfer.h"

/* --- into it --- */

void
draw_window_add_stencils (DrawWindow *self, GPtrArray *stencils, guint n_skipped)
{
  guint n_new = 0, n_added;
  g_autofree char *words = NULL;

  g_return_if_fail (DRAW_IS_WINDOW (self) && stencils != NULL);

  for (guint i = 0; i < stencils->len; i++)
    n_new += !draw_shelf_contains (self->shelf, stencils->pdata[i]);
  n_added = draw_shelf_add (self->shelf, stencils);
  if (n_added < n_new)
    words = g_strdup (_("The library is full."));
  else if (n_added > 0)
    words = g_strdup_printf (ngettext ("%u drawing added to the library.",
                                       "%u drawings added to the library.", n_added),
                             n_added);
  else if (stencils->len > 0)
    words = g_strdup (_("The library has all of it already."));
  else
    words = g_strdup (_("There is nothing in this library."));
  draw_window_say (self, words);
  if (n_skipped > 0)
    draw_window_say_skipped (self, n_skipped);
  if (self->session != NULL && n_added > 0)
    g_object_set (self, "show-library", TRUE, NULL);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  DrawBundle *bundle = draw_transfer_collect_finish (DRAW_SESSION (source), result, NULL);
  const DrawStencilFacts facts = { .created = g_get_real_time () / 1000 };
  g_autoptr (GPtrArray) stencils = g_ptr_array_new_with_free_func (g_object_unref);
  DrawStencil *stencil;

  if (bundle == NULL)
    return;
  stencil = draw_stencil_new (bundle, &facts);
  if (stencil == NULL)
    {
      draw_window_say (self, _("That is too large for the library."));
      return;
    }
  g_ptr_array_add (stencils, stencil);
  draw_window_add_stencils (self, stencils, 0);
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawWindow *self = DRAW_WINDOW (widget);
  GPtrArray *ids = draw_window_get_selection (self);

  if (ids != NULL)
    draw_transfer_collect_async (
        self->session,
        draw_bundle_new_for_document (draw_session_get_document (self->session), ids),
        self->transfers, on_collected, g_object_ref (self));
}

/* --- out of it --- */

static void
insert (DrawWindow *self, DrawStencil *stencil)
{
  double place[2];

  if (self->session == NULL || !(draw_board_view_get_facts (self->view) & DRAW_BOARD_WRITABLE))
    {
      draw_window_say (self, _("Nothing can be added to this board now."));
      return;
    }
  draw_board_view_uncover (self->view);
  draw_window_get_place (self, place);
  draw_window_add_bundle (self, draw_stencil_copy_bundle (stencil), place[0], place[1]);
}

static void
on_insert (DrawLibraryPanel *panel, DrawStencil *stencil, DrawWindow *self)
{
  insert (self, stencil);
}

/* By its id: the command palette knows no more. */
static void
action_insert (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawWindow *self = DRAW_WINDOW (widget);
  g_autoptr (GPtrArray) all = draw_shelf_list (self->shelf);

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (draw_stencil_get_id (all->pdata[i]), g_variant_get_string (parameter, NULL)) == 0)
      insert (self, all->pdata[i]);
}

static void
on_undo_remove (AdwToast *toast, DrawWindow *self)
{
  draw_shelf_put_back (self->shelf, g_object_get_data (G_OBJECT (toast), "stencil"));
}

static void
on_remove (DrawLibraryPanel *panel, DrawStencil *stencil, DrawWindow *self)
{
  AdwToast *toast = adw_toast_new (_("Removed from the library"));

  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "stencil", g_object_ref (stencil), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_remove), self, 0);
  draw_shelf_remove (self->shelf, stencil);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_trouble (DrawShelf *shelf, const GError *error, DrawWindow *self)
{
  g_autofree char *words = g_strdup_printf (_("The library cannot be kept: %s"), error->message);

  if (gtk_window_is_active (GTK_WINDOW (self)))
    draw_window_say (self, words);
}

/* --- files --- */

static GtkFileChooserNative *
make_chooser (DrawWindow *self,
              const char *title,
              GtkFileChooserAction action,
              const char *accept)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept, NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Libraries of Excalidraw"));
  gtk_file_filter_add_suffix (filter, "excalidrawlib");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}

static void
action_import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *chooser
      = make_chooser (DRAW_WINDOW (widget), _("Import a Library"), GTK_FILE_CHOOSER_ACTION_OPEN,
                      _("_Import"));

  g_signal_connect_object (chooser, "response", G_CALLBACK (draw_window_on_open_response), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    draw_window_say (self, _("The library was written."));
  else
    draw_window_say (self, error->message);
}

typedef struct
{
  DrawWindow *window; /* owned */
  GFile *file;        /* owned */
} Target;

static void
print_in_thread (GTask *task, gpointer source, gpointer stencils, GCancellable *cancellable)
{
  g_task_return_pointer (task, draw_stencil_file_print (stencils), (GDestroyNotify)g_bytes_unref);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Target *target = user_data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  g_file_replace_contents_bytes_async (target->file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written,
                                       target->window);
  g_object_unref (target->file);
  g_free (target);
}

static void
on_export_response (GtkNativeDialog *chooser, int response, DrawWindow *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GTask) task = NULL;
  Target *target;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_object_unref (chooser);
  if (file == NULL)
    return;
  target = g_new0 (Target, 1);
  target->window = g_object_ref (self);
  target->file = g_steal_pointer (&file);
  task = g_task_new (NULL, NULL, on_printed, target);
  g_task_set_source_tag (task, on_export_response);
  g_task_set_task_data (task, draw_shelf_list (self->shelf),
                        (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, print_in_thread);
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *chooser
      = make_chooser (DRAW_WINDOW (widget), _("Export the Library"), GTK_FILE_CHOOSER_ACTION_SAVE,
                      _("_Export"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "library.excalidrawlib");
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_export_response), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- with the window --- */

static void
on_shelf_changed (DrawWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-library",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->shelf)) > 0);
}

void
draw_window_library_init (DrawWindow *self, DrawShelf *shelf)
{
  DrawLibraryPanel *panel = draw_board_view_get_library (self->view);

  self->shelf = g_object_ref (shelf);
  draw_library_panel_set_shelf (panel, shelf);
  g_signal_connect_object (panel, "insert", G_CALLBACK (on_insert), self, 0);
  g_signal_connect_object (panel, "remove", G_CALLBACK (on_remove), self, 0);
  g_signal_connect_object (shelf, "trouble", G_CALLBACK (on_trouble), self, 0);
  g_signal_connect_object (shelf, "items-changed", G_CALLBACK (on_shelf_changed), self,
                           G_CONNECT_SWAPPED);
  on_shelf_changed (self);
}

void
draw_window_library_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.add-to-library", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "board.insert-stencil", "s", action_insert);
  gtk_widget_class_install_action (widget_class, "win.import-library", NULL, action_import);
  gtk_widget_class_install_action (widget_class, "win.export-library", NULL, action_export);
}

void
draw_window_library_update (DrawWindow *self, DrawBoardFacts facts)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.insert-stencil",
                                 (facts & DRAW_BOARD_WRITABLE) != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.add-to-library",
                                 (facts & DRAW_BOARD_SELECTION) != 0);
}
