/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-row-button.h"

GtkWidget *
draw_row_button_add (AdwActionRow *row,
                     const char *icon,
                     const char *words,
                     GCallback callback,
                     gpointer user_data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  g_assert (ADW_IS_ACTION_ROW (row) && words != NULL);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", callback, user_data);
  adw_action_row_add_suffix (row, button);
  return button;
}

void
draw_row_button_set_link (GtkWidget *button, const BoardLink *link)
{
  g_object_set_data_full (G_OBJECT (button), "link", board_link_copy (link),
                          (GDestroyNotify)board_link_free);
}

const BoardLink *
draw_row_button_get_link (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "link");
}
