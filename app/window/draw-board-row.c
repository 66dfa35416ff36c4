/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-row.h"

#include <glib/gi18n.h>

#include "window/draw-words.h"

struct _DrawBoardRow
{
  AdwActionRow parent_instance;

  /* owned */
  char *path;
};

G_DEFINE_FINAL_TYPE (DrawBoardRow, draw_board_row, ADW_TYPE_ACTION_ROW)

static void
draw_board_row_finalize (GObject *object)
{
  g_free (DRAW_BOARD_ROW (object)->path);
  G_OBJECT_CLASS (draw_board_row_parent_class)->finalize (object);
}

static void
draw_board_row_class_init (DrawBoardRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_board_row_finalize;
}

static void
draw_board_row_init (DrawBoardRow *self)
{
  /* Titles come from strangers too. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

static void
add_icon (DrawBoardRow *self, const char *icon_name, const char *tooltip)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (icon, "dim-label");
  if (tooltip != NULL)
    {
      gtk_widget_set_tooltip_text (icon, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                      -1);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), icon);
}

GtkWidget *
draw_board_row_new (const DrawBoardInfo *info, int64_t now)
{
  DrawBoardRow *self;
  g_autofree char *title = NULL;
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  self = g_object_new (DRAW_TYPE_BOARD_ROW, NULL);
  self->path = g_strdup (info->path);
  title = draw_words_title (info->title);
  when = draw_words_when (info->changed, now);
  if (info->shared && info->n_waiting > 0)
    {
      g_autofree char *waiting
          = g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", info->n_waiting),
                             info->n_waiting);
      subtitle = g_strdup_printf ("%s · %s", when, waiting);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle != NULL ? subtitle : when);
  if (info->shared)
    add_icon (self, "draw-share-symbolic", _("Shared"));
  add_icon (self, "go-next-symbolic", NULL);
  return GTK_WIDGET (self);
}

const char *
draw_board_row_get_path (DrawBoardRow *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_ROW (self), NULL);

  return self->path;
}
