/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-poll-page.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"

/* As many as a person reads at once; empty ones are left out. */
#define N_OPTIONS 6

struct _DrawPollPage
{
  GtkWidget parent_instance;

  /* owned by the widget tree */
  AdwPreferencesPage *page;
  AdwEntryRow *question;
  AdwEntryRow *options[N_OPTIONS];
  GtkSwitch *many;
  GtkWidget *create;
};

enum
{
  SUBMIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawPollPage, draw_poll_page, GTK_TYPE_WIDGET)

/* Transfer full; NULL: nothing is written there. */
static char *
dup_text (AdwEntryRow *row, glong max)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (*text == '\0')
    return NULL;
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max));
}

static GStrv
list_options (DrawPollPage *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < N_OPTIONS; i++)
    {
      g_autofree char *text = dup_text (self->options[i], BOARD_MAX_OPTION);

      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static void
on_changed (GtkEditable *editable, DrawPollPage *self)
{
  g_autofree char *question = dup_text (self->question, BOARD_MAX_QUESTION);
  g_auto (GStrv) options = list_options (self);

  gtk_widget_set_sensitive (self->create, question != NULL && g_strv_length (options) >= 2);
}

static void
on_create (GtkWidget *widget, DrawPollPage *self)
{
  g_autofree char *question = dup_text (self->question, BOARD_MAX_QUESTION);
  g_auto (GStrv) options = list_options (self);
  g_autoptr (BoardOp) op = board_op_new ();

  if (question == NULL || g_strv_length (options) < 2)
    return;
  board_op_add_poll (op, question, (const char *const *)options, gtk_switch_get_active (self->many));
  g_signal_emit (self, signals[SUBMIT], 0, op);
}

static void
draw_poll_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (draw_poll_page_parent_class)->dispose (object);
}

static void
draw_poll_page_class_init (DrawPollPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_poll_page_dispose;
  signals[SUBMIT] = g_signal_new ("submit", DRAW_TYPE_POLL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, BOARD_TYPE_OP);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static AdwEntryRow *
add_entry (DrawPollPage *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect (row, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (row, "entry-activated", G_CALLBACK (on_create), self);
  adw_preferences_group_add (group, row);
  return ADW_ENTRY_ROW (row);
}

static void
add_many (DrawPollPage *self, AdwPreferencesGroup *group)
{
  GtkWidget *row = adw_action_row_new ();

  self->many = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->many), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Several May Be Chosen"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->many));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->many));
  adw_preferences_group_add (group, row);
}

static void
draw_poll_page_init (DrawPollPage *self)
{
  AdwPreferencesGroup *question = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *options = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *last = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->create = gtk_button_new_with_mnemonic (_("_Ask"));
  gtk_widget_add_css_class (self->create, "pill");
  gtk_widget_add_css_class (self->create, "suggested-action");
  gtk_widget_set_halign (self->create, GTK_ALIGN_CENTER);
  g_signal_connect (self->create, "clicked", G_CALLBACK (on_create), self);
  self->question = add_entry (self, question, _("Question"));
  for (guint i = 0; i < N_OPTIONS; i++)
    {
      g_autofree char *title = g_strdup_printf (_("Answer %u"), i + 1);

      self->options[i] = add_entry (self, options, title);
    }
  add_many (self, last);
  adw_preferences_group_add (last, self->create);
  adw_preferences_page_add (self->page, question);
  adw_preferences_page_add (self->page, options);
  adw_preferences_page_add (self->page, last);
  gtk_widget_set_parent (GTK_WIDGET (self->page), GTK_WIDGET (self));
}

GtkWidget *
draw_poll_page_new (void)
{
  return g_object_new (DRAW_TYPE_POLL_PAGE, NULL);
}

void
draw_poll_page_reset (DrawPollPage *self)
{
  g_return_if_fail (DRAW_IS_POLL_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->question), "");
  for (guint i = 0; i < N_OPTIONS; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->options[i]), "");
  gtk_switch_set_active (self->many, FALSE);
  on_changed (NULL, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->question));
}
