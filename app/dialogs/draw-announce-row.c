/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-announce-row.h"

#include <glib/gi18n.h>

static const char *
get_words (DrawAnnouncerState state)
{
  switch (state)
    {
    case DRAW_ANNOUNCER_ANNOUNCED:
      return _("People near you see it now. Joining needs a link all the same.");
    case DRAW_ANNOUNCER_UNAVAILABLE:
      return _("Not announced: the service Avahi does not run on this computer. Install or start "
               "“avahi-daemon”.");
    case DRAW_ANNOUNCER_WORKING:
      return _("Being announced…");
    case DRAW_ANNOUNCER_IDLE:
    default:
      return _("People near you see its title and your name. Joining needs a link all the same.");
    }
}

static void
update (AdwActionRow *row, GParamSpec *pspec, DrawAnnouncer *announcer)
{
  adw_action_row_set_subtitle (row, get_words (draw_announcer_get_state (announcer)));
}

GtkWidget *
draw_announce_row_new (GSettings *settings, DrawAnnouncer *announcer)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  g_return_val_if_fail (G_IS_SETTINGS (settings) && DRAW_IS_ANNOUNCER (announcer), NULL);

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("_Announce on the Network"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Announce on the Network"), -1);
  g_settings_bind (settings, "announce", toggle, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (announcer, "notify::state", G_CALLBACK (update), row, G_CONNECT_SWAPPED);
  update (ADW_ACTION_ROW (row), NULL, announcer);
  return row;
}
