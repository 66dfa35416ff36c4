/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-share-dialog.h"

#include <glib/gi18n.h>

#include "dialogs/draw-reach.h"

struct _DrawShareDialog
{
  AdwWindow parent_instance;

  /* template */
  GtkStack *stack;
  GtkCheckButton *computer_check;
  GtkCheckButton *network_check;
  GtkLabel *error_label;
  GtkListBox *link_list;
  GtkWidget *stop_button;
  AdwToastOverlay *toasts;
};

enum
{
  HOST,
  CANCELLED,
  STOP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawShareDialog, draw_share_dialog, ADW_TYPE_WINDOW)

static void
on_host_clicked (GtkButton *button, DrawShareDialog *self)
{
  g_signal_emit (self, signals[HOST], 0, gtk_check_button_get_active (self->network_check));
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

static void
on_copy_clicked (GtkButton *button, DrawShareDialog *self)
{
  const char *text = g_object_get_data (G_OBJECT (button), "link");
  AdwToast *toast = adw_toast_new (_("Link copied"));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static GtkWidget *
make_copy_button (DrawShareDialog *self, const char *text)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_tooltip_text (button, _("Copy Link"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Copy Link"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "link", g_strdup (text), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_clicked), self);
  return button;
}

/* One row: who can come by this address, the link itself, Copy. */
static void
add_link (DrawShareDialog *self, const BoardLink *link)
{
  g_autofree char *text = board_link_to_text (link);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *copy = make_copy_button (self, text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 draw_reach_to_words (draw_reach_of_address (link->host)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), copy);
  gtk_widget_set_tooltip_text (row, text);
  gtk_list_box_append (self->link_list, row);
}

static void
clear_links (DrawShareDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->link_list))) != NULL)
    gtk_list_box_remove (self->link_list, child);
}

static void
draw_share_dialog_class_init (DrawShareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[HOST] = g_signal_new ("host", DRAW_TYPE_SHARE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CANCELLED] = g_signal_new ("cancelled", DRAW_TYPE_SHARE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOP] = g_signal_new ("stop", DRAW_TYPE_SHARE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-share-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, computer_check);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, network_check);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, link_list);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, DrawShareDialog, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_host_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
draw_share_dialog_init (DrawShareDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DrawShareDialog *
draw_share_dialog_new (void)
{
  return g_object_new (DRAW_TYPE_SHARE_DIALOG, NULL);
}

void
draw_share_dialog_set_idle (DrawShareDialog *self)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  clear_links (self);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "idle");
}

void
draw_share_dialog_set_working (DrawShareDialog *self)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  gtk_stack_set_visible_child_name (self->stack, "working");
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
  /* First the address that reaches most people: it is the one to send. */
  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr (BoardLink) other = NULL;

      if (g_strcmp0 (addresses[i], link->host) == 0)
        continue;
      other = board_link_new (addresses[i], link->port, link->tls, link->board, &link->invite,
                              &link->key);
      if (other != NULL)
        add_link (self, other);
    }
  add_link (self, link);
  gtk_widget_set_visible (self->stop_button, can_stop);
  gtk_stack_set_visible_child_name (self->stack, "shared");
}

void
draw_share_dialog_set_failed (DrawShareDialog *self, const char *message)
{
  g_return_if_fail (DRAW_IS_SHARE_DIALOG (self));

  draw_share_dialog_set_idle (self);
  gtk_label_set_text (self->error_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}
