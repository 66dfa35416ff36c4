/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-join-dialog.h"

#include <glib/gi18n.h>

#include "dialogs/draw-join-words.h"
#include "dialogs/draw-reach.h"

struct _DrawJoinDialog
{
  AdwWindow parent_instance;

  /* template */
  GtkStack *stack;
  GtkLabel *question;
  AdwEntryRow *entry;
  GtkWidget *picture_row;
  GtkLabel *error_label;
  GtkListBox *facts;
  AdwActionRow *host_row;
  AdwActionRow *board_row;
  AdwActionRow *role_row;
  GtkButton *join_button;
  DrawNearbyList *nearby_list;
  GtkLabel *joining_place;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkWidget *cancel_button;
  GtkLabel *failed_title;
  GtkLabel *failed_advice;
  GtkWidget *again_button;
  GtkWidget *back_button;
  GtkWidget *copy_button;

  /* owned */
  BoardLink *link; /* what the entry holds, NULL while it is none */
  GCancellable *paste;
  char *wanted; /* the id of a board that an invitation is asked for, or NULL */
};

enum
{
  JOIN,
  CANCELLED,
  OPEN_COPY,
  OPEN_PICTURE,
  PASTE_PICTURE,
  NEAR,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawJoinDialog, draw_join_dialog, ADW_TYPE_WINDOW)

static void
show_facts (DrawJoinDialog *self)
{
  g_autofree char *place = draw_join_place (self->link);
  g_autofree char *role = draw_join_role (self->link);
  g_autofree char *where = g_strdup_printf (
      "%s\n%s", place, draw_reach_to_words (draw_reach_of_address (self->link->host)));

  adw_action_row_set_subtitle (self->host_row, where);
  adw_action_row_set_subtitle (self->board_row, self->link->board);
  adw_action_row_set_subtitle (self->role_row, role);
}

static const char *
describe_error (const GError *error)
{
  if (g_error_matches (error, BOARD_ERROR, BOARD_ERROR_LIMIT))
    return _("This is too long for an invitation.");
  if (g_error_matches (error, BOARD_ERROR, BOARD_ERROR_RANGE))
    return _("The address in this link cannot be right.");
  return _("This is not a whole invitation. It begins with drawbridge:// or http:// and ends with "
            "a long key "
            "after #.");
}

static gboolean
is_for_another (DrawJoinDialog *self)
{
  return self->link != NULL && self->wanted != NULL && !g_str_equal (self->link->board, self->wanted);
}

static void
on_entry_changed (GtkEditable *editable, DrawJoinDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));
  g_autoptr (GError) error = NULL;
  gboolean bad;

  g_clear_pointer (&self->link, board_link_free);
  if (*text != '\0')
    self->link = board_link_parse (text, &error);
  bad = *text != '\0' && self->link == NULL;
  if (self->link != NULL)
    show_facts (self);
  if (bad)
    gtk_label_set_text (self->error_label, describe_error (error));
  else if (is_for_another (self))
    gtk_label_set_text (self->error_label, _("This invitation is for another board than the one you chose."));
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), bad || is_for_another (self));
  gtk_widget_set_visible (GTK_WIDGET (self->nearby_list), self->link == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), self->link != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->join_button), self->link != NULL);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

/* --- Under way --- */

static void
show_page (DrawJoinDialog *self, const char *name, GtkWidget *focus)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), name))
    return;
  gtk_stack_set_visible_child_name (self->stack, name);
  /* A bar that pulsed once goes on painting every frame, also where nobody sees it. */
  if (!g_str_equal (name, "joining"))
    gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_window_set_default_widget (GTK_WINDOW (self), focus);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
on_join_clicked (GtkWidget *widget, DrawJoinDialog *self)
{
  if (self->link == NULL)
    return;
  g_object_ref (self);
  g_signal_emit (self, signals[JOIN], 0, self->link);
  g_object_unref (self);
}

static void
on_cancel_clicked (GtkWidget *widget, DrawJoinDialog *self)
{
  draw_join_dialog_set_asking (self);
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
on_back_clicked (GtkWidget *widget, DrawJoinDialog *self)
{
  draw_join_dialog_set_asking (self);
}

static void
on_copy_clicked (GtkWidget *widget, DrawJoinDialog *self)
{
  g_signal_emit (self, signals[OPEN_COPY], 0);
}

static void
on_open_picture_clicked (GtkWidget *widget, DrawJoinDialog *self)
{
  g_signal_emit (self, signals[OPEN_PICTURE], 0);
}

static void
on_paste_picture_clicked (GtkWidget *widget, DrawJoinDialog *self)
{
  g_signal_emit (self, signals[PASTE_PICTURE], 0);
}

static void
on_nearby_chosen (DrawNearbyList *list, DrawNearbyBoard *board, DrawJoinDialog *self)
{
  g_signal_emit (self, signals[NEAR], 0, board);
}

/* --- The clipboard --- */

/* An invitation on the clipboard is what the person came with; anything else there is none of our
 * business. */
static void
on_clipboard_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawJoinDialog) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (BoardLink) link = NULL;

  if (text == NULL || g_cancellable_is_cancelled (self->paste)
      || *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    return;
  g_strstrip (text);
  link = board_link_parse (text, NULL);
  if (link != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
draw_join_dialog_map (GtkWidget *widget)
{
  DrawJoinDialog *self = DRAW_JOIN_DIALOG (widget);

  GTK_WIDGET_CLASS (draw_join_dialog_parent_class)->map (widget);
  if (self->link == NULL && !g_cancellable_is_cancelled (self->paste))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->paste,
                                   on_clipboard_text, g_object_ref (self));
}

static void
draw_join_dialog_dispose (GObject *object)
{
  DrawJoinDialog *self = DRAW_JOIN_DIALOG (object);

  g_cancellable_cancel (self->paste);
  G_OBJECT_CLASS (draw_join_dialog_parent_class)->dispose (object);
}

static void
draw_join_dialog_finalize (GObject *object)
{
  DrawJoinDialog *self = DRAW_JOIN_DIALOG (object);

  g_clear_pointer (&self->link, board_link_free);
  g_clear_object (&self->paste);
  g_free (self->wanted);
  G_OBJECT_CLASS (draw_join_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, question);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, picture_row);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, host_row);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, board_row);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, role_row);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, join_button);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, joining_place);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, nearby_list);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, failed_title);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, failed_advice);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, again_button);
  gtk_widget_class_bind_template_child (widget_class, DrawJoinDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_join_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_nearby_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_open_picture_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_paste_picture_clicked);
}

static void
draw_join_dialog_class_init (DrawJoinDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = draw_join_dialog_dispose;
  object_class->finalize = draw_join_dialog_finalize;
  widget_class->map = draw_join_dialog_map;

#define SIGNAL(name, n, ...) \
  g_signal_new (name, DRAW_TYPE_JOIN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, \
                __VA_ARGS__)
  signals[JOIN] = SIGNAL ("join", 1, G_TYPE_POINTER);
  signals[CANCELLED] = SIGNAL ("cancelled", 0, G_TYPE_NONE);
  signals[OPEN_COPY] = SIGNAL ("open-copy", 0, G_TYPE_NONE);
  signals[OPEN_PICTURE] = SIGNAL ("open-picture", 0, G_TYPE_NONE);
  signals[PASTE_PICTURE] = SIGNAL ("paste-picture", 0, G_TYPE_NONE);
  signals[NEAR] = SIGNAL ("near", 1, DRAW_TYPE_NEARBY_BOARD);
#undef SIGNAL
  g_type_ensure (DRAW_TYPE_NEARBY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-join-dialog.ui");
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
draw_join_dialog_init (DrawJoinDialog *self)
{
  self->paste = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

DrawJoinDialog *
draw_join_dialog_new (void)
{
  return g_object_new (DRAW_TYPE_JOIN_DIALOG, NULL);
}

void
draw_join_dialog_set_text (DrawJoinDialog *self, const char *text)
{
  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self));
  g_return_if_fail (text != NULL);

  g_cancellable_cancel (self->paste);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  if (self->link == NULL)
    return;
  gtk_label_set_text (self->question, _("Somebody invites you to draw on this board."));
  gtk_widget_grab_focus (GTK_WIDGET (self->join_button));
}

void
draw_join_dialog_set_progress (DrawJoinDialog *self, DrawLoading loading, guint64 done, guint64 total)
{
  g_autofree char *words = NULL;
  double fraction;

  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self));

  words = draw_join_progress (loading, done, total);
  fraction = draw_join_fraction (loading, done, total);
  gtk_label_set_text (self->progress_label, words);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  if (self->link != NULL)
    {
      g_autofree char *place = draw_join_place (self->link);

      gtk_label_set_text (self->joining_place, place);
    }
  show_page (self, "joining", self->cancel_button);
}

void
draw_join_dialog_set_failed (DrawJoinDialog *self, const char *title, const char *advice,
                             gboolean again, gboolean has_copy)
{
  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self) && title != NULL && advice != NULL);

  gtk_label_set_text (self->failed_title, title);
  gtk_label_set_text (self->failed_advice, advice);
  gtk_widget_set_visible (self->again_button, again);
  gtk_widget_set_visible (self->copy_button, has_copy);
  show_page (self, "failed", again ? self->again_button : self->back_button);
}

void
draw_join_dialog_set_asking (DrawJoinDialog *self)
{
  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self));

  show_page (self, "ask", GTK_WIDGET (self->join_button));
}

void
draw_join_dialog_set_nearby (DrawJoinDialog *self, DrawNearby *nearby, DrawNearbyFilter is_own,
                             gpointer user_data)
{
  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self));

  draw_nearby_list_set_nearby (self->nearby_list, nearby, is_own, user_data);
}

void
draw_join_dialog_set_wanted (DrawJoinDialog *self, DrawNearbyBoard *board, const char *text)
{
  g_autofree char *words = NULL;

  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self) && DRAW_IS_NEARBY_BOARD (board));

  g_free (self->wanted);
  self->wanted = g_strdup (draw_nearby_board_get_id (board));
  words = text != NULL ? g_strdup (_("You were on this board before. It is hosted near you now."))
                       : draw_join_wanted (draw_nearby_board_get_title (board),
                                           draw_nearby_board_get_person (board));
  draw_join_dialog_set_text (self, text != NULL ? text : "");
  gtk_label_set_text (self->question, words);
  if (text == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
draw_join_dialog_set_reads_pictures (DrawJoinDialog *self, gboolean reads)
{
  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self));

  gtk_widget_set_visible (self->picture_row, reads);
}

void
draw_join_dialog_say (DrawJoinDialog *self, const char *words)
{
  g_return_if_fail (DRAW_IS_JOIN_DIALOG (self) && words != NULL);

  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}
