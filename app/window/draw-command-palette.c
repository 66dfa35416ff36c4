/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-command-palette.h"

#include <glib/gi18n.h>
#include <string.h>

#include "window/draw-shortcuts.h"

#define WIDTH 380
#define TOP 56
/* Of the library: who has more looks there. */
#define STENCILS_MAX 200

struct _DrawCommandPalette
{
  GtkPopover parent_instance;

  /* template */
  GtkEditable *entry;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
};

G_DEFINE_FINAL_TYPE (DrawCommandPalette, draw_command_palette, GTK_TYPE_POPOVER)

/* --- finding --- */

/* Every word that was typed is somewhere in the title. */
static gboolean
matches (const char *title, const char *typed)
{
  g_autofree char *haystack = g_utf8_casefold (title, -1);
  g_autofree char *needles = g_utf8_casefold (typed, -1);
  g_auto (GStrv) words = g_strsplit (needles, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (haystack, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static const char *
get_title (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "title");
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  DrawCommandPalette *self = user_data;

  return gtk_widget_get_sensitive (GTK_WIDGET (row))
         && matches (get_title (row), gtk_editable_get_text (self->entry));
}

static GtkListBoxRow *
find_first (DrawCommandPalette *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (is_shown (row, self))
      return row;
  return NULL;
}

static void
on_search_changed (GtkSearchEntry *entry, DrawCommandPalette *self)
{
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, find_first (self));
}

/* --- doing --- */

static void
run (DrawCommandPalette *self, GtkListBoxRow *row)
{
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (row), "action"));
  g_autofree char *target = g_strdup (g_object_get_data (G_OBJECT (row), "target"));
  GtkWidget *window = gtk_widget_get_parent (GTK_WIDGET (self));

  /* First it goes: the verb may open something of its own. */
  g_object_ref (window);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (window, action, target != NULL ? "s" : NULL, target);
  g_object_unref (window);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DrawCommandPalette *self)
{
  run (self, row);
}

static void
on_activate (GtkSearchEntry *entry, DrawCommandPalette *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row != NULL)
    run (self, row);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        DrawCommandPalette *self)
{
  GtkListBoxRow *row = key == GDK_KEY_Down ? find_first (self) : NULL;

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- the list --- */

static void
add_row (const char *title, const char *action, const char *target, const char *key, gpointer data)
{
  DrawCommandPalette *self = data;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *accel = gtk_label_new (key);

  if (g_str_equal (action, "win.palette"))
    return;
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (accel, "dim-label");
  gtk_widget_add_css_class (accel, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), accel);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "title", g_strdup (title), g_free);
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  g_object_set_data_full (G_OBJECT (row), "target", g_strdup (target), g_free);
  gtk_list_box_append (self->list, row);
  /* Makes it insensitive while the verb cannot be done; "row-activated" does it. */
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
}

/* What is in the library and has a name, or bears words. */
static void
add_stencils (GListModel *shelf, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added && i < STENCILS_MAX; i++)
    {
      g_autoptr (DrawStencil) stencil = g_list_model_get_item (shelf, i);
      g_autofree char *words = draw_stencil_dup_words (stencil);
      /* Translators: %s is the name of a drawing in the library. */
      g_autofree char *title = g_strdup_printf (_("Insert “%s”"), words);

      if (*words != '\0')
        add_row (title, "board.insert-stencil", draw_stencil_get_id (stencil), NULL, data);
    }
}

static void
on_closed (GtkPopover *popover, gpointer user_data)
{
  gtk_widget_unparent (GTK_WIDGET (popover));
}

static void
draw_command_palette_class_init (DrawCommandPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/drawbridge/Drawbridge/ui/draw-command-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawCommandPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, DrawCommandPalette, list);
  gtk_widget_class_bind_template_child (widget_class, DrawCommandPalette, scroller);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
draw_command_palette_init (DrawCommandPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

void
draw_command_palette_popup (GtkWidget *window, DrawShelf *shelf)
{
  DrawCommandPalette *self;
  const int width = gtk_widget_get_width (window);
  const GdkRectangle place = { width / 2, MIN (TOP, gtk_widget_get_height (window) / 4), 1, 1 };

  g_return_if_fail (GTK_IS_WIDGET (window));
  g_return_if_fail (DRAW_IS_SHELF (shelf));

  self = g_object_new (DRAW_TYPE_COMMAND_PALETTE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self), window);
  draw_shortcuts_foreach (add_row, self);
  add_stencils (G_LIST_MODEL (shelf), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (shelf)), self);
  /* What is on disk comes a moment later, the first time. */
  g_signal_connect_object (shelf, "items-changed", G_CALLBACK (add_stencils), self, 0);
  draw_shelf_load (shelf);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_widget_set_size_request (GTK_WIDGET (self), MIN (WIDTH, width - 24), -1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  on_search_changed (NULL, self);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
