/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-invitation-list.h"

#include <glib/gi18n.h>

#include "dialogs/draw-invitation-words.h"
#include "dialogs/draw-qr-code.h"
#include "dialogs/draw-row-button.h"

/* Names that are told of an invitation; the rest is a number. */
#define MAX_NAMES 5

struct _DrawInvitationList
{
  GtkWidget parent_instance;

  /* owned by the widget tree */
  GtkListBox *list;
};

enum
{
  COPY,
  SHOW_CODE,
  CREATE,
  REVOKE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawInvitationList, draw_invitation_list, GTK_TYPE_WIDGET)

/* --- Revoking --- */

static void
on_revoke_response (AdwMessageDialog *dialog, const char *response, DrawInvitationList *self)
{
  const char *key = g_object_get_data (G_OBJECT (dialog), "key");

  if (g_str_equal (response, "new") || g_str_equal (response, "all"))
    g_signal_emit (self, signals[REVOKE], 0, key, g_str_equal (response, "all"));
}

static void
on_revoke_clicked (GtkButton *button, DrawInvitationList *self)
{
  const char *key = g_object_get_data (G_OBJECT (button), "key");
  gboolean came = g_object_get_data (G_OBJECT (button), "came") != NULL;
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));

  adw_message_dialog_set_heading (dialog, _("Revoke This Invitation?"));
  adw_message_dialog_set_body (dialog, _("Nobody new can come by its link any more."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "new", _("_Revoke"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "new", ADW_RESPONSE_DESTRUCTIVE);
  if (came)
    {
      adw_message_dialog_add_response (dialog, "all", _("Revoke and _Ban Those Who Came"));
      adw_message_dialog_set_response_appearance (dialog, "all", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "key", g_strdup (key), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_revoke_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Rows --- */

static void
on_copy_clicked (GtkButton *button, DrawInvitationList *self)
{
  g_signal_emit (self, signals[COPY], 0, draw_row_button_get_link (GTK_WIDGET (button)));
}

static void
on_code_clicked (GtkButton *button, DrawInvitationList *self)
{
  g_signal_emit (self, signals[SHOW_CODE], 0, draw_row_button_get_link (GTK_WIDGET (button)));
}

/* Transfer full; NULL: unknown here. */
static char *
dup_name (GListModel *members, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      if (g_str_equal (draw_member_get_id (member), id))
        return g_strdup (draw_member_get_name (member));
    }
  return NULL;
}

static char *
came_words (const DrawInvitation *invitation, GListModel *members)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = g_strv_length (invitation->came), told = 0;

  for (guint i = 0; i < n && told < MAX_NAMES; i++)
    {
      g_autofree char *name = dup_name (members, invitation->came[i]);

      if (name != NULL)
        g_string_append_printf (names, "%s%s", told++ > 0 ? ", " : "", name);
    }
  if (n > told)
    g_string_append_printf (names, told > 0 ? " +%u" : "%u", n - told);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
add_buttons (DrawInvitationList *self, AdwActionRow *row, const DrawInvitation *invitation)
{
  GtkWidget *button;

  if (invitation->link != NULL)
    {
      button = draw_row_button_add (row, "edit-copy-symbolic", _("Copy Link"),
                                    G_CALLBACK (on_copy_clicked), self);
      draw_row_button_set_link (button, invitation->link);
      adw_action_row_set_activatable_widget (row, button);
    }
  if (invitation->link != NULL && draw_qr_code_is_possible ())
    {
      button = draw_row_button_add (row, "draw-qr-symbolic", _("Show QR Code"),
                                    G_CALLBACK (on_code_clicked), self);
      draw_row_button_set_link (button, invitation->link);
    }
  button = draw_row_button_add (row, "user-trash-symbolic", _("Revoke"),
                                G_CALLBACK (on_revoke_clicked), self);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (invitation->key), g_free);
  if (invitation->came[0] != NULL)
    g_object_set_data (G_OBJECT (button), "came", button);
}

static GtkWidget *
make_row (DrawInvitationList *self, const DrawInvitation *invitation, GListModel *members)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  int64_t now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *title = draw_invitation_title (invitation);
  g_autofree char *terms = draw_invitation_terms (invitation, now);
  g_autofree char *came = came_words (invitation, members);
  g_autofree char *subtitle = NULL;

  if (*came != '\0')
    /* Translators: what an invitation allows, and the names of those who came by it */
    subtitle = g_strdup_printf (_("%s\nCame by it: %s"), terms, came);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle != NULL ? subtitle : terms);
  adw_action_row_set_title_lines (row, 1);
  adw_action_row_set_subtitle_lines (row, 3);
  if (draw_invitation_is_over (invitation, now))
    gtk_widget_add_css_class (GTK_WIDGET (row), "dim-label");
  add_buttons (self, row, invitation);
  return GTK_WIDGET (row);
}

static void
on_create_activated (AdwActionRow *row, DrawInvitationList *self)
{
  g_signal_emit (self, signals[CREATE], 0);
}

static GtkWidget *
make_create_row (DrawInvitationList *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("_New Invitation…"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_create_activated), self);
  return row;
}

static void
draw_invitation_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (draw_invitation_list_parent_class)->dispose (object);
}

static void
draw_invitation_list_class_init (DrawInvitationListClass *klass)
{
  const GType type = DRAW_TYPE_INVITATION_LIST;

  G_OBJECT_CLASS (klass)->dispose = draw_invitation_list_dispose;
#define SIGNAL(name, n, ...) \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, __VA_ARGS__)
  signals[COPY] = SIGNAL ("copy", 1, G_TYPE_POINTER);
  signals[SHOW_CODE] = SIGNAL ("show-code", 1, G_TYPE_POINTER);
  signals[CREATE] = SIGNAL ("create", 0, G_TYPE_NONE);
  signals[REVOKE] = SIGNAL ("revoke", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
#undef SIGNAL
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
draw_invitation_list_init (DrawInvitationList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

void
draw_invitation_list_set (DrawInvitationList *self, GPtrArray *invitations, GListModel *members)
{
  GtkWidget *child;

  g_return_if_fail (DRAW_IS_INVITATION_LIST (self));
  g_return_if_fail (invitations != NULL && G_IS_LIST_MODEL (members));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < invitations->len; i++)
    gtk_list_box_append (self->list,
                         make_row (self, g_ptr_array_index (invitations, i), members));
  gtk_list_box_append (self->list, make_create_row (self));
}
