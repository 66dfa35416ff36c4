/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-meeting-rows.h"

#include <glib/gi18n.h>

/* Letters of a title that needs no ellipsis. */
#define SHORT 8

AdwActionRow *
draw_meeting_row_new (const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* The toolkit warns of what is broken into lines that are less wide than its ellipsis: "4:" and "59". */
  adw_action_row_set_title_lines (row, g_utf8_strlen (title, -1) > SHORT ? 3 : 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (row, subtitle);
  return row;
}

void
draw_meeting_name (GtkWidget *widget, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

GtkWidget *
draw_meeting_row_add_button (AdwActionRow *row,
                             const char *words,
                             GCallback callback,
                             gpointer user_data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, user_data);
  adw_action_row_add_suffix (row, button);
  return button;
}

GtkWidget *
draw_meeting_row_add_spin (AdwActionRow *row, const char *name, double min, double max, double value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (min, max, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (spin, name);
  draw_meeting_name (spin, name);
  adw_action_row_add_suffix (row, spin);
  return spin;
}

/* --- A poll --- */

struct _DrawPollRow
{
  AdwExpanderRow parent_instance;

  char *id;
  gboolean many;
  GPtrArray *checks; /* GtkCheckButton for each option; borrowed */
};

enum
{
  SUBMIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawPollRow, draw_poll_row, ADW_TYPE_EXPANDER_ROW)

static void
submit (DrawPollRow *self, BoardOp *op)
{
  g_signal_emit (self, signals[SUBMIT], 0, op);
  board_op_unref (op);
}

/* All that is chosen now is the vote; with one choice alone, the others are let go. */
static void
on_toggled (GtkCheckButton *check, DrawPollRow *self)
{
  g_autofree guint *choices = g_new0 (guint, self->checks->len);
  gboolean on = gtk_check_button_get_active (check);
  BoardOp *op = board_op_new ();
  gsize n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *other = g_ptr_array_index (self->checks, i);

      if (self->many || !on ? gtk_check_button_get_active (other) : other == check)
        choices[n++] = i;
    }
  board_op_vote (op, self->id, choices, n);
  submit (self, op);
}

static void
on_close_clicked (GtkButton *button, DrawPollRow *self)
{
  BoardOp *op = board_op_new ();

  board_op_close_poll (op, self->id);
  submit (self, op);
}

static void
on_delete_clicked (GtkButton *button, DrawPollRow *self)
{
  BoardOp *op = board_op_new ();

  board_op_delete_poll (op, self->id);
  submit (self, op);
}

static void
draw_poll_row_finalize (GObject *object)
{
  DrawPollRow *self = DRAW_POLL_ROW (object);

  g_free (self->id);
  g_ptr_array_unref (self->checks);
  G_OBJECT_CLASS (draw_poll_row_parent_class)->finalize (object);
}

static void
draw_poll_row_class_init (DrawPollRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_poll_row_finalize;
  signals[SUBMIT] = g_signal_new ("submit", DRAW_TYPE_POLL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, BOARD_TYPE_OP);
}

static void
draw_poll_row_init (DrawPollRow *self)
{
  self->checks = g_ptr_array_new ();
}

static void
add_option (DrawPollRow *self, DrawSession *session, guint n, const BoardPoll *poll, guint option)
{
  BoardMeeting *meeting = board_document_get_meeting (draw_session_get_document (session));
  guint votes = board_meeting_count_votes (meeting, n, option);
  AdwActionRow *row = draw_meeting_row_new (poll->options[option], NULL);
  g_autofree char *count = g_strdup_printf ("%u", votes);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, MAX (poll->n_voters, 1));

  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (check),
      board_meeting_has_vote (meeting, n, draw_session_get_member (session), option));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (check, !poll->closed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  poll->options[option], -1);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  g_ptr_array_add (self->checks, check);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), votes);
  gtk_widget_set_size_request (bar, 80, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (row, check);
  adw_action_row_add_suffix (row, bar);
  adw_action_row_add_suffix (row, gtk_label_new (count));
  adw_action_row_set_activatable_widget (row, check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
}

static void
add_verbs (DrawPollRow *self, const BoardPoll *poll)
{
  AdwActionRow *row = draw_meeting_row_new (
      self->many ? _("Choose what you like") : _("Choose one"), NULL);

  if (!poll->closed)
    draw_meeting_row_add_button (row, _("_Close"), G_CALLBACK (on_close_clicked), self);
  draw_meeting_row_add_button (row, _("_Delete"), G_CALLBACK (on_delete_clicked), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
}

GtkWidget *
draw_poll_row_new (DrawSession *session, guint n)
{
  DrawPollRow *self = g_object_new (DRAW_TYPE_POLL_ROW, NULL);
  g_autofree char *voters = NULL;
  g_autofree char *words = NULL;
  BoardPoll poll;

  board_meeting_get_poll (board_document_get_meeting (draw_session_get_document (session)), n,
                          &poll);
  self->id = g_strdup (poll.id);
  self->many = poll.many;
  voters = g_strdup_printf (ngettext ("%u person voted", "%u people voted", poll.n_voters),
                            poll.n_voters);
  words = poll.closed ? g_strconcat (voters, " · ", _("closed"), NULL) : g_strdup (voters);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), poll.question);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  for (guint i = 0; i < poll.n_options; i++)
    add_option (self, session, n, &poll, i);
  if (draw_session_get_role (session) == BOARD_ROLE_HOST
      || g_strcmp0 (poll.member, draw_session_get_member (session)) == 0)
    add_verbs (self, &poll);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), !poll.closed);
  return GTK_WIDGET (self);
}
