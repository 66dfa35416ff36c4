/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-share-dialog.h"

#include <glib/gi18n.h>

#include "dialogs/draw-announce-row.h"
#include "dialogs/draw-invitation-list.h"
#include "dialogs/draw-invite-page.h"
#include "dialogs/draw-qr-code.h"
#include "dialogs/draw-reach.h"
#include "dialogs/draw-row-button.h"
#include "sync/draw-server-keys.h"

struct _DrawShareDialog
{
  AdwWindow parent_instance;

  /* template */
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkCheckButton *computer_check;
  GtkCheckButton *network_check;
  GtkCheckButton *server_check;
  GtkWidget *server_group;
  GtkEditable *server_row;
  GtkEditable *key_row;
  GtkLabel *note;
  AdwComboRow *stays_row;
  GtkListBox *idle_options;
  GtkListBox *shared_options;
  GtkLabel *error_label;
  GtkListBox *link_list;
  GtkWidget *stop_button;
  GtkWidget *end_button;
  GtkWidget *back_button;
  GtkWidget *invitations_group;
  DrawInvitationList *invitations;
  DrawInvitePage *invite_page;
  DrawQrCode *code;
  GtkLabel *code_link;
  AdwToastOverlay *toasts;

  /* owned */
  char *best_host; /* the address that reaches most people */
};

enum
{
  HOST,
  SHARE,
  CANCELLED,
  STOP,
  INVITE,
  REVOKE,
  END,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawShareDialog, draw_share_dialog, ADW_TYPE_WINDOW)

static void
share_elsewhere (DrawShareDialog *self)
{
  g_autofree char *origin = draw_server_origin_of (gtk_editable_get_text (self->server_row));
  g_autofree char *key = g_strstrip (g_strdup (gtk_editable_get_text (self->key_row)));

  if (origin == NULL)
    draw_share_dialog_set_failed (self, _("This is not a server’s address. One looks like "
                                          "https://board.example.org."));
  else if (*key != '\0' && !draw_server_key_is_valid (key))
    draw_share_dialog_ask_for_key (self, _("A server’s key has at least 16 letters and digits, no blanks."));
  else
    g_signal_emit (self, signals[SHARE], 0, origin, key);
}

static void
on_host_clicked (GtkButton *button, DrawShareDialog *self)
{
  if (gtk_check_button_get_active (self->server_check))
    share_elsewhere (self);
  else
    g_signal_emit (self, signals[HOST], 0, gtk_check_button_get_active (self->network_check));
}

/* Enter in one of the two fields. */
static void
on_server_activated (GtkWidget *row, DrawShareDialog *self)
{
  share_elsewhere (self);
}

static void
on_cancel_clicked (GtkButton *button, DrawShareDialog *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
on_stop_clicked (GtkButton *button, DrawShareDialog *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

/* --- Pages --- */

static void
show_page (DrawShareDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  /* Only where it is seen: even on a page that is hidden, each step of its turn lays out the whole
   * window again and tells the window manager of its sizes. */
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "working"));
  gtk_widget_set_visible (self->back_button,
                          g_str_equal (name, "invite") || g_str_equal (name, "code"));
}

static void
on_back_clicked (GtkButton *button, DrawShareDialog *self)
{
  show_page (self, "shared");
}

/* --- Links --- */

static void
copy_link (DrawShareDialog *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  draw_share_dialog_say (self, _("Link copied"));
}

/* With the address that reaches most people. */
static BoardLink *
with_best_host (DrawShareDialog *self, const BoardLink *link)
{
  return board_link_copy_with_host (link, self->best_host != NULL ? self->best_host : link->host);
}

/* A camera opens web addresses: the page behind this one hands the link on to the app. */
static void
show_code (DrawShareDialog *self, const BoardLink *link)
{
  g_autofree char *web = board_link_to_web (link);

  if (!draw_qr_code_set_text (self->code, web))
    return;
  gtk_label_set_text (self->code_link, draw_reach_to_words (draw_reach_of_address (link->host)));
  show_page (self, "code");
}

static void
on_copy_clicked (GtkButton *button, DrawShareDialog *self)
{
  const BoardLink *link = draw_row_button_get_link (GTK_WIDGET (button));
  g_autofree char *text = board_link_to_text (link);

  copy_link (self, text);
}

static void
on_code_clicked (GtkButton *button, DrawShareDialog *self)
{
  show_code (self, draw_row_button_get_link (GTK_WIDGET (button)));
}

/* Both kinds of links: who has the app takes the first, anybody else the second. */
static void
on_send_clicked (GtkButton *button, DrawShareDialog *self)
{
  const BoardLink *link = draw_row_button_get_link (GTK_WIDGET (button));
  g_autofree char *text = board_link_to_text (link);
  g_autofree char *web = board_link_to_web (link);
  g_autofree char *body
      = g_strdup_printf (_("Draw with me on this board:\n\n%s\n\nWithout Drawbridge: %s\n"), text, web);
  g_autofree char *subject = g_uri_escape_string (_("Draw with me"), NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (body, NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("mailto:?subject=%s&body=%s", subject, escaped);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static GtkWidget *
add_link_button (DrawShareDialog *self,
                 AdwActionRow *row,
                 const BoardLink *link,
                 const char *icon,
                 const char *words,
                 GCallback callback)
{
  GtkWidget *button = draw_row_button_add (row, icon, words, callback, self);

  draw_row_button_set_link (button, link);
  return button;
}

/* One row: who can come by this address, the link itself, Copy. */
static void
add_link (DrawShareDialog *self, const BoardLink *link)
{
  g_autofree char *text = board_link_to_text (link);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *copy;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 draw_reach_to_words (draw_reach_of_address (link->host)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  copy = add_link_button (self, ADW_ACTION_ROW (row), link, "edit-copy-symbolic", _("Copy Link"),
                          G_CALLBACK (on_copy_clicked));
  if (draw_qr_code_is_possible ())
    add_link_button (self, ADW_ACTION_ROW (row), link, "draw-qr-symbolic", _("Show QR Code"),
                     G_CALLBACK (on_code_clicked));
  if (draw_reach_of_address (link->host) != DRAW_REACH_COMPUTER)
    add_link_button (self, ADW_ACTION_ROW (row), link, "mail-send-symbolic", _("Send by E-Mail"),
                     G_CALLBACK (on_send_clicked));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), copy);
  gtk_list_box_append (self->link_list, row);
}

static void
clear_links (DrawShareDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->link_list))) != NULL)
    gtk_list_box_remove (self->link_list, child);
}

/* --- Invitations --- */

static void
on_invitation_copy (DrawInvitationList *list, const BoardLink *link, DrawShareDialog *self)
{
  g_autoptr (BoardLink) best = with_best_host (self, link);
  g_autofree char *text = board_link_to_text (best);

  copy_link (self, text);
}

static void
on_invitation_code (DrawInvitationList *list, const BoardLink *link, DrawShareDialog *self)
{
  g_autoptr (BoardLink) best = with_best_host (self, link);

  show_code (self, best);
}

static void
on_invitation_create (DrawInvitationList *list, DrawShareDialog *self)
{
  show_page (self, "invite");
  draw_invite_page_reset (self->invite_page);
}

static void
on_invitation_revoke (DrawInvitationList *list,
                      const char *key,
                      gboolean too,
                      DrawShareDialog *self)
{
  g_signal_emit (self, signals[REVOKE], 0, key, too);
}

static void
on_invite (DrawInvitePage *page,
           int role,
           gint64 seconds,
           guint uses,
           const char *label,
           DrawShareDialog *self)
{
  show_page (self, "shared");
  g_signal_emit (self, signals[INVITE], 0, role, seconds, uses, label);
}

static void
on_end_response (AdwMessageDialog *dialog, const char *response, DrawShareDialog *self)
{
  if (g_str_equal (response, "end"))
    g_signal_emit (self, signals[END], 0);
}

static void
on_end_clicked (GtkButton *button, DrawShareDialog *self)
{
  AdwMessageDialog *dialog
      = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL));

  adw_message_dialog_set_heading (dialog, _("End This Board for Everybody?"));
  adw_message_dialog_set_body (dialog, _("It leaves the server for good, and its links stop working. "
                                         "Everybody keeps a copy of what is on it now."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "end", _("_End Board"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_end_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
draw_share_dialog_finalize (GObject *object)
{
  g_free (DRAW_SHARE_DIALOG (object)->best_host);
  G_OBJECT_CLASS (draw_share_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, computer_check);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, network_check);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, server_check);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, server_group);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, server_row);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, note);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, stays_row);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, idle_options);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, shared_options);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, link_list);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, end_button);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, invitations_group);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, invitations);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, invite_page);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, code);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, code_link);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_host_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_server_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_end_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_invite);
  gtk_widget_class_bind_template_callback (widget_class, on_invitation_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_invitation_code);
  gtk_widget_class_bind_template_callback (widget_class, on_invitation_create);
  gtk_widget_class_bind_template_callback (widget_class, on_invitation_revoke);
}

static void
draw_share_dialog_class_init (DrawShareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = DRAW_TYPE_SHARE_DIALOG;

  G_OBJECT_CLASS (klass)->finalize = draw_share_dialog_finalize;
#define SIGNAL(name, n, ...) \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, __VA_ARGS__)
  signals[HOST] = SIGNAL ("host", 1, G_TYPE_BOOLEAN);
  signals[SHARE] = SIGNAL ("share", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CANCELLED] = SIGNAL ("cancelled", 0, G_TYPE_NONE);
  signals[STOP] = SIGNAL ("stop", 0, G_TYPE_NONE);
  signals[INVITE]
      = SIGNAL ("invite", 4, G_TYPE_INT, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_STRING);
  signals[REVOKE] = SIGNAL ("revoke", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[END] = SIGNAL ("end", 0, G_TYPE_NONE);
#undef SIGNAL
  g_type_ensure (DRAW_TYPE_INVITATION_LIST);
  g_type_ensure (DRAW_TYPE_INVITE_PAGE);
  g_type_ensure (DRAW_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-share-dialog.ui");
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
draw_share_dialog_init (DrawShareDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Minutes, in the order of the list in the template. */
static const int stays[] = { 0, 10, 60, 480 };

static gboolean
stays_to_row (GValue *value, GVariant *variant, gpointer user_data)
{
  guint row = 0;

  for (guint i = 0; i < G_N_ELEMENTS (stays); i++)
    if (g_variant_get_int32 (variant) >= stays[i])
      row = i;
  g_value_set_uint (value, row);
  return TRUE;
}

static GVariant *
row_to_stays (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_int32 (stays[MIN (g_value_get_uint (value), G_N_ELEMENTS (stays) - 1)]);
}

DrawShareDialog *
draw_share_dialog_new (GSettings *settings, DrawAnnouncer *announcer)
{
  DrawShareDialog *self = g_object_new (DRAW_TYPE_SHARE_DIALOG, NULL);
  GtkWidget *row;

  g_assert (G_IS_SETTINGS (settings));
  g_settings_bind_with_mapping (settings, "hosting-stays", self->stays_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, stays_to_row, row_to_stays, NULL, NULL);
  g_settings_bind (settings, "server", self->server_row, "text", G_SETTINGS_BIND_DEFAULT);
  row = draw_announce_row_new (settings, announcer);
  g_object_bind_property (self->network_check, "active", row, "sensitive", G_BINDING_SYNC_CREATE);
  gtk_list_box_append (self->idle_options, row);
  gtk_list_box_append (self->shared_options, draw_announce_row_new (settings, announcer));
  return self;
}

void
draw_share_dialog_set_idle (DrawShareDialog *self)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  clear_links (self);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  show_page (self, "idle");
}

void
draw_share_dialog_set_working (DrawShareDialog *self)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  show_page (self, "working");
}

void
draw_share_dialog_set_shared (DrawShareDialog *self,
                              const BoardLink *link,
                              const char *const *addresses,
                              gboolean can_stop)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));
  g_return_if_fail (link != NULL);

  clear_links (self);
  g_free (self->best_host);
  self->best_host = g_strdup (addresses != NULL && addresses[0] != NULL ? addresses[0] : link->host);
  /* First the address that reaches most people: it is the one to send. */
  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr (BoardLink) other = NULL;

      if (g_strcmp0 (addresses[i], link->host) == 0)
        continue;
      other = board_link_copy_with_host (link, addresses[i]);
      if (other != NULL)
        add_link (self, other);
    }
  add_link (self, link);
  gtk_widget_set_visible (self->stop_button, can_stop);
  gtk_widget_set_visible (GTK_WIDGET (self->shared_options), can_stop && addresses != NULL);
  show_page (self, "shared");
}

void
draw_share_dialog_set_failed (DrawShareDialog *self, const char *message)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  draw_share_dialog_set_idle (self);
  gtk_label_set_text (self->error_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

void
draw_share_dialog_set_invitations (DrawShareDialog *self,
                                   GPtrArray *invitations,
                                   GListModel *members)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  gtk_widget_set_visible (self->invitations_group, invitations != NULL);
  gtk_widget_set_visible (self->end_button, invitations != NULL);
  if (invitations != NULL)
    draw_invitation_list_set (self->invitations, invitations, members);
}

void
draw_share_dialog_say (DrawShareDialog *self, const char *words)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self) && words != NULL);

  escaped = g_markup_escape_text (words, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
draw_share_dialog_set_note (DrawShareDialog *self, const char *words)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  gtk_label_set_text (self->note, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), words != NULL);
}

void
draw_share_dialog_ask_for_key (DrawShareDialog *self, const char *message)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self) && message != NULL);

  draw_share_dialog_set_failed (self, message);
  gtk_check_button_set_active (self->server_check, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
}
