/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-preferences-dialog.h"

#include "board/board-limits.h"
#include "dialogs/draw-choice.h"
#include "widgets/draw-disc.h"
#include "widgets/draw-palette.h"

struct _DrawPreferencesDialog
{
  AdwPreferencesWindow parent_instance;

  /* template */
  AdwEntryRow *name_row;
  DrawPalette *palette;
  DrawDisc *disc;
  AdwComboRow *theme_row;
  AdwComboRow *paper_row;
  GtkSwitch *map_switch;
  GtkSwitch *grid_switch;

  /* owned */
  GSettings *settings;
  char *fallback_name;
};

G_DEFINE_FINAL_TYPE (DrawPreferencesDialog, draw_preferences_dialog, ADW_TYPE_PREFERENCES_WINDOW)

/* The name with what is shown when it is empty. */
static const char *
get_effective_name (DrawPreferencesDialog *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  return *name != '\0' ? name : self->fallback_name;
}

static void
on_name_changed (GtkEditable *editable, DrawPreferencesDialog *self)
{
  if (self->settings == NULL)
    return;
  draw_disc_set_text (self->disc, get_effective_name (self));
}

/* Not at every key: each new name travels to everybody. */
static void
save_name (DrawPreferencesDialog *self)
{
  g_autofree char *name
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autofree char *cut = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), BOARD_MAX_NAME));
  g_autofree char *old = g_settings_get_string (self->settings, "name");

  if (g_strcmp0 (cut, self->fallback_name) == 0 && *old == '\0')
    return;
  if (g_strcmp0 (cut, old) != 0)
    g_settings_set_string (self->settings, "name", cut);
}

static void
on_name_apply (AdwEntryRow *row, DrawPreferencesDialog *self)
{
  save_name (self);
}

static void
on_color_chosen (DrawPalette *palette, const char *color, DrawPreferencesDialog *self)
{
  g_settings_set_string (self->settings, "color", color);
  draw_disc_set_color (self->disc, color);
}

static gboolean
draw_preferences_dialog_close_request (GtkWindow *window)
{
  save_name (DRAW_PREFERENCES_DIALOG (window));
  return GTK_WINDOW_CLASS (draw_preferences_dialog_parent_class)->close_request (window);
}

static void
draw_preferences_dialog_finalize (GObject *object)
{
  DrawPreferencesDialog *self = DRAW_PREFERENCES_DIALOG (object);

  g_clear_object (&self->settings);
  g_free (self->fallback_name);
  G_OBJECT_CLASS (draw_preferences_dialog_parent_class)->finalize (object);
}

static void
draw_preferences_dialog_class_init (DrawPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = draw_preferences_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = draw_preferences_dialog_close_request;

  g_type_ensure (DRAW_TYPE_PALETTE);
  g_type_ensure (DRAW_TYPE_DISC);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, palette);
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, disc);
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, paper_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, map_switch);
  gtk_widget_class_bind_template_child (widget_class, DrawPreferencesDialog, grid_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_color_chosen);
}

static void
draw_preferences_dialog_init (DrawPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- the rest is bound --- */

/* In the order of the rows in the .ui. */
static const char *const themes[] = { "system", "light", "dark", NULL };
static const char *const papers[] = { "plain", "dots", "lines", "grid", NULL };

static void
bind_rest (DrawPreferencesDialog *self)
{
  draw_choice_bind (self->settings, "theme", self->theme_row, themes);
  draw_choice_bind (self->settings, "paper", self->paper_row, papers);
  g_settings_bind (self->settings, "minimap", self->map_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "snap-grid", self->grid_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

DrawPreferencesDialog *
draw_preferences_dialog_new (GSettings *settings,
                             const char *fallback_name,
                             const char *fallback_color)
{
  DrawPreferencesDialog *self = g_object_new (DRAW_TYPE_PREFERENCES_DIALOG, NULL);
  g_autofree char *name = g_settings_get_string (settings, "name");
  g_autofree char *color = g_settings_get_string (settings, "color");

  self->fallback_name = g_strdup (fallback_name);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), *name != '\0' ? name : fallback_name);
  self->settings = g_object_ref (settings);
  bind_rest (self);
  draw_palette_set_color (self->palette, *color != '\0' ? color : fallback_color);
  draw_disc_set_color (self->disc, draw_palette_get_color (self->palette));
  draw_disc_set_text (self->disc, get_effective_name (self));
  return self;
}
