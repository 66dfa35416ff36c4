/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-library-panel.h"

#include <glib/gi18n.h>

#include "window/draw-library-tile.h"
#include "window/draw-shortcuts.h"

struct _DrawLibraryPanel
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkEditable *search;
  GtkWidget *add_button;
  GtkStack *stack;
  GtkGridView *grid;

  /* owned */
  DrawShelf *shelf;
  GtkFilter *filter;
  GListModel *found; /* what the search leaves of the shelf */
};

enum
{
  INSERT,
  REMOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawLibraryPanel, draw_library_panel, GTK_TYPE_WIDGET)

static gboolean
is_found (gpointer item, gpointer user_data)
{
  DrawLibraryPanel *self = user_data;

  return draw_stencil_matches (item, gtk_editable_get_text (self->search));
}

static void
choose_page (DrawLibraryPanel *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shelf));
  const guint n_found = g_list_model_get_n_items (self->found);

  gtk_stack_set_visible_child_name (self->stack,
                                    n_found > 0 ? "stencils" : (n > 0 ? "nothing" : "empty"));
}

static void
on_search_changed (DrawLibraryPanel *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (self->shelf != NULL)
    choose_page (self);
}

/* Escape: first what was typed goes, then the panel. */
static void
on_stop_search (DrawLibraryPanel *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-library", NULL);
}

static void
on_activated (GtkGridView *grid, guint position, DrawLibraryPanel *self)
{
  g_autoptr (DrawStencil) stencil = g_list_model_get_item (self->found, position);

  if (stencil != NULL)
    g_signal_emit (self, signals[INSERT], 0, stencil);
}

/* --- tiles --- */

static void
on_verb (DrawLibraryTile *tile, const char *name, DrawLibraryPanel *self)
{
  DrawStencil *stencil = draw_library_tile_get_stencil (tile);

  if (stencil != NULL)
    g_signal_emit (self, signals[g_str_equal (name, "insert") ? INSERT : REMOVE], 0, stencil);
}

static void
on_renamed (DrawLibraryTile *tile, const char *name, DrawLibraryPanel *self)
{
  DrawStencil *stencil = draw_library_tile_get_stencil (tile);

  if (stencil != NULL && self->shelf != NULL)
    draw_shelf_rename (self->shelf, stencil, name);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, DrawLibraryPanel *self)
{
  GtkWidget *tile = draw_library_tile_new ();

  g_signal_connect_object (tile, "verb", G_CALLBACK (on_verb), self, 0);
  g_signal_connect_object (tile, "renamed", G_CALLBACK (on_renamed), self, 0);
  gtk_list_item_set_child (item, tile);
}

/* What a screen reader says of it: the cell has the focus, not the tile. */
static void
name_cell (GtkWidget *tile, DrawStencil *stencil, guint position)
{
  GtkWidget *cell = gtk_widget_get_parent (tile);
  g_autofree char *words = draw_stencil_dup_words (stencil);

  if (*words == '\0')
    {
      g_free (words);
      /* Translators: a drawing in the library that has no name. */
      words = g_strdup_printf (_("Drawing %u"), position + 1);
    }
  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, DrawLibraryPanel *self)
{
  GtkWidget *tile = gtk_list_item_get_child (item);
  DrawStencil *stencil = gtk_list_item_get_item (item);

  draw_library_tile_set_stencil (DRAW_LIBRARY_TILE (tile), stencil);
  name_cell (tile, stencil, gtk_list_item_get_position (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, DrawLibraryPanel *self)
{
  draw_library_tile_set_stencil (DRAW_LIBRARY_TILE (gtk_list_item_get_child (item)), NULL);
}

/* Of the tile that has the focus. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        DrawLibraryPanel *self)
{
  GtkWidget *cell = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *tile = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;

  if (!DRAW_IS_LIBRARY_TILE (tile))
    return FALSE;
  if (key == GDK_KEY_Escape)
    return gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (key == GDK_KEY_Delete)
    return gtk_widget_activate_action (tile, "stencil.remove", NULL);
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (modifiers & GDK_SHIFT_MASK) != 0))
    return gtk_widget_activate_action (tile, "menu.popup", NULL);
  return FALSE;
}

/* --- the widget --- */

static void
draw_library_panel_map (GtkWidget *widget)
{
  DrawLibraryPanel *self = DRAW_LIBRARY_PANEL (widget);

  if (self->shelf != NULL)
    draw_shelf_load (self->shelf);
  GTK_WIDGET_CLASS (draw_library_panel_parent_class)->map (widget);
}

static void
draw_library_panel_dispose (GObject *object)
{
  DrawLibraryPanel *self = DRAW_LIBRARY_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_LIBRARY_PANEL);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (draw_library_panel_parent_class)->dispose (object);
}

static void
draw_library_panel_class_init (DrawLibraryPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_library_panel_dispose;
  widget_class->map = draw_library_panel_map;
  signals[INSERT] = g_signal_new ("insert", DRAW_TYPE_LIBRARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, DRAW_TYPE_STENCIL);
  signals[REMOVE] = g_signal_new ("remove", DRAW_TYPE_LIBRARY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, DRAW_TYPE_STENCIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/drawbridge/Drawbridge/ui/draw-library-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryPanel, box);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryPanel, search);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryPanel, add_button);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryPanel, grid);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
draw_library_panel_init (DrawLibraryPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_grid_view_set_factory (self->grid, factory);
  g_object_unref (factory);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
  draw_shortcuts_describe (self->add_button, _("Add Selection to Library"), "board.add-to-library",
                           NULL);
}

void
draw_library_panel_set_shelf (DrawLibraryPanel *self, DrawShelf *shelf)
{
  GtkSingleSelection *selection;

  g_return_if_fail (DRAW_IS_LIBRARY_PANEL (self));
  g_return_if_fail (DRAW_IS_SHELF (shelf) && self->shelf == NULL);

  self->shelf = g_object_ref (shelf);
  self->found = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (shelf)),
                                                         g_object_ref (self->filter)));
  selection = gtk_single_selection_new (g_object_ref (self->found));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (choose_page), self,
                           G_CONNECT_SWAPPED);
  choose_page (self);
}

void
draw_library_panel_focus (DrawLibraryPanel *self)
{
  g_return_if_fail (DRAW_IS_LIBRARY_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
