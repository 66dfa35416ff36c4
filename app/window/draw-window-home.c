/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to boards from Home, without opening them: rename, duplicate, delete. And what Home
 * keeps of a board that is left. */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>

#include "sync/draw-library.h"
#include "window/draw-joining.h"
#include "window/draw-thumbnails.h"
#include "window/draw-transfer.h"

/* --- leaving a board --- */

static GPtrArray *
get_names (DrawSession *session)
{
  GListModel *members = draw_session_get_members (session);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  /* The first is this person. */
  for (guint i = 1; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);
      const char *name = draw_member_get_name (member);

      if (name != NULL && *name != '\0')
        g_ptr_array_add (names, g_strdelimit (g_strdup (name), "\n", ' '));
    }
  return names;
}

void
draw_window_remember (DrawWindow *self)
{
  g_autoptr (DrawExport) export = draw_window_make_export (self, FALSE);
  g_autoptr (GPtrArray) names = get_names (self->session);
  g_autoptr (DrawStill) still = draw_canvas_take_still (draw_board_view_get_canvas (self->view));

  draw_thumbnails_save (G_APPLICATION (draw_window_get_app (self)),
                        draw_session_get_board (self->session), export, names, still);
}

/* --- a board that is open, or is opened for this --- */

typedef struct
{
  DrawWindow *window;   /* owned */
  DrawSession *session; /* owned */
  gboolean opened;      /* by us: to be closed */
} Loan;

static Loan *
borrow (DrawWindow *self, const char *path)
{
  DrawSession *session = draw_application_find_session (draw_window_get_app (self), path);
  g_autoptr (GError) error = NULL;
  Loan *loan = g_new0 (Loan, 1);

  loan->opened = session == NULL;
  loan->session = session != NULL ? g_object_ref (session) : draw_session_open (path, &error);
  if (loan->session == NULL)
    {
      draw_window_say (self, error->message);
      g_free (loan);
      return NULL;
    }
  loan->window = g_object_ref (self);
  return loan;
}

static void
give_back (Loan *loan)
{
  if (loan->opened)
    draw_session_close (loan->session);
  draw_application_boards_changed (draw_window_get_app (loan->window));
  g_object_unref (loan->session);
  g_object_unref (loan->window);
  g_free (loan);
}

static void
set_title (DrawWindow *self, DrawSession *session, const char *title)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *cut = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), 200));

  board_op_set_title (op, cut);
  if (draw_session_submit (session, op, &error) == 0)
    draw_window_say (self, error->message);
}

/* --- renaming --- */

typedef struct
{
  DrawWindow *window; /* owned */
  char *path;
  GtkEditable *entry; /* borrowed from the dialog */
} Renaming;

static void
on_rename_response (AdwMessageDialog *dialog, const char *response, Renaming *renaming)
{
  g_autofree char *title
      = g_strstrip (g_strdup (gtk_editable_get_text (renaming->entry)));
  Loan *loan = NULL;

  if (g_str_equal (response, "rename"))
    loan = borrow (renaming->window, renaming->path);
  if (loan != NULL)
    {
      set_title (renaming->window, loan->session, title);
      give_back (loan);
    }
  g_object_unref (renaming->window);
  g_free (renaming->path);
  g_free (renaming);
}

static void
rename_board (DrawWindow *self, const char *path, const char *title)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Rename Board"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  Renaming *renaming = g_new0 (Renaming, 1);

  renaming->window = g_object_ref (self);
  renaming->path = g_strdup (path);
  renaming->entry = GTK_EDITABLE (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), title);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Title"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename",
                                    _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_rename_response), renaming);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* --- duplicating --- */

typedef struct
{
  Loan *loan;        /* owned */
  DrawSession *copy; /* owned */
  char *title;       /* of the copy */
} Duplication;

static void
duplication_end (Duplication *duplication, const GError *error)
{
  if (error != NULL)
    draw_window_say (duplication->loan->window, error->message);
  if (duplication->copy != NULL)
    draw_session_close (duplication->copy);
  g_clear_object (&duplication->copy);
  give_back (duplication->loan);
  g_free (duplication->title);
  g_free (duplication);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Duplication *duplication = user_data;
  DrawWindow *self = duplication->loan->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids
      = draw_transfer_add_finish (DRAW_SESSION (source), result, &error);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (DrawExport) export = NULL;

  if (ids != NULL)
    {
      set_title (self, duplication->copy, duplication->title);
      export = draw_export_new (draw_session_get_document (duplication->copy), NULL, NULL);
      draw_thumbnails_save (G_APPLICATION (draw_window_get_app (self)),
                            draw_session_get_board (duplication->copy), export, nobody, NULL);
    }
  duplication_end (duplication, error);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Duplication *duplication = user_data;
  g_autoptr (GError) error = NULL;
  DrawBundle *bundle = draw_transfer_collect_finish (DRAW_SESSION (source), result, &error);
  g_autofree char *directory = draw_library_get_directory ();

  if (bundle != NULL)
    duplication->copy = draw_session_create (directory, &error);
  if (duplication->copy != NULL)
    draw_transfer_add_async (duplication->copy, bundle, NULL, on_copied, duplication);
  else
    {
      g_clear_pointer (&bundle, draw_bundle_free);
      duplication_end (duplication, error);
    }
}

static void
duplicate_board (DrawWindow *self, const char *path, const char *title)
{
  Loan *loan = borrow (self, path);
  Duplication *duplication;

  if (loan == NULL)
    return;
  duplication = g_new0 (Duplication, 1);
  duplication->loan = loan;
  /* Translators: the title of a board that is a copy of another. */
  duplication->title = g_strdup_printf (_("%s (copy)"), title);
  draw_transfer_collect_async (
      loan->session,
      draw_bundle_new_for_document (draw_session_get_document (loan->session), NULL), NULL,
      on_collected, duplication);
}

/* --- deleting --- */

/* The file stays until the toast is gone: then Undo is nothing to be done. */
static void
delete_for_good (DrawWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *board = g_strndup (base, strlen (base) - strlen (DRAW_BOARD_SUFFIX));

  if (draw_library_delete (path, &error))
    {
      draw_thumbnails_forget (board);
      if (draw_window_get_app (self) != NULL)
        draw_application_boards_changed (draw_window_get_app (self));
    }
  else
    {
      draw_home_set_hidden (self->home, path, FALSE);
      g_message ("%s", error->message);
    }
}

static const char *
get_doomed (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), "path");
}

static void
on_undo_delete (AdwToast *toast, DrawWindow *self)
{
  g_hash_table_remove (self->doomed, get_doomed (toast));
  draw_home_set_hidden (self->home, get_doomed (toast), FALSE);
}

static void
on_toast_dismissed (AdwToast *toast, DrawWindow *self)
{
  if (self->doomed != NULL && g_hash_table_remove (self->doomed, get_doomed (toast)))
    delete_for_good (self, get_doomed (toast));
}

void
draw_window_delete_doomed (DrawWindow *self)
{
  g_autoptr (GHashTable) doomed = g_steal_pointer (&self->doomed);
  GHashTableIter iter;
  gpointer path;

  if (doomed == NULL)
    return;
  g_hash_table_iter_init (&iter, doomed);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    delete_for_good (self, path);
}

static void
delete_board (DrawWindow *self, const char *path, const char *title)
{
  g_autofree char *words = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  if (draw_application_find_session (draw_window_get_app (self), path) != NULL)
    {
      draw_window_say (self, _("The board is open in another window."));
      return;
    }
  if (self->doomed == NULL)
    self->doomed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->doomed, g_strdup (path));
  draw_home_set_hidden (self->home, path, TRUE);
  words = g_strdup_printf (_("“%s” deleted"), title);
  escaped = g_markup_escape_text (words, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "path", g_strdup (path), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_delete), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- the table --- */

static void
export_board (DrawWindow *self, const char *path, const char *title)
{
  DrawWindow *shown = draw_application_open_path (draw_window_get_app (self), self, path);

  if (shown != NULL)
    gtk_widget_activate_action (GTK_WIDGET (shown), "board.export", NULL);
}

static void
join_link (DrawWindow *self, const char *link, const char *title)
{
  draw_joining_start (self, link);
}

static const struct
{
  const char *name;
  void (*run) (DrawWindow *self, const char *path, const char *title);
} verbs[] = {
  { "rename", rename_board }, { "duplicate", duplicate_board }, { "delete", delete_board },
  { "export", export_board }, { "join", join_link },
};

void
draw_window_do_home_verb (DrawWindow *self, const char *name, const char *path, const char *title)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      verbs[i].run (self, path, title);
}
