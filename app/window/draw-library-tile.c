/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-library-tile.h"

#include <glib/gi18n.h>

#include "files/draw-offer.h"

/* Of the picture, before the scale of the screen. */
#define WIDTH 112
#define HEIGHT 84
/* A dot is not blown up further. */
#define SCALE_MAX 1.5

struct _DrawLibraryTile
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkPicture *picture;
  GtkLabel *label;
  GtkPopover *rename_popover;
  GtkEditable *rename_entry;

  /* owned */
  GtkWidget *menu; /* a popover, or NULL */
  DrawStencil *stencil;
  GCancellable *painting; /* of the picture that is on its way */
};

enum
{
  VERB,
  RENAMED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawLibraryTile, draw_library_tile, GTK_TYPE_WIDGET)

/* --- the picture --- */

typedef struct
{
  GWeakRef tile;
  DrawExport *export; /* owned */
} Painting;

static void
on_painted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Painting *painting = user_data;
  g_autoptr (DrawLibraryTile) self = g_weak_ref_get (&painting->tile);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = draw_export_run_finish (painting->export, result, &error);
  g_autoptr (GdkTexture) texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, NULL) : NULL;

  if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  g_weak_ref_clear (&painting->tile);
  draw_export_unref (painting->export);
  g_free (painting);
}

static double
choose_scale (DrawLibraryTile *self, DrawExport *export)
{
  BoardRect bounds;

  draw_export_get_bounds (export, &bounds);
  return CLAMP (MIN (SCALE_MAX, MIN (WIDTH / bounds.width, HEIGHT / bounds.height))
                    * gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                DRAW_EXPORT_SCALE_MIN, DRAW_EXPORT_SCALE_MAX);
}

static void
paint (DrawLibraryTile *self)
{
  DrawExportOptions options = { .format = DRAW_EXPORT_PNG };
  Painting *painting;

  g_cancellable_cancel (self->painting);
  g_clear_object (&self->painting);
  gtk_picture_set_paintable (self->picture, NULL);
  if (self->stencil == NULL)
    return;
  self->painting = g_cancellable_new ();
  painting = g_new0 (Painting, 1);
  g_weak_ref_init (&painting->tile, self);
  painting->export = draw_export_new_for_bundle (draw_stencil_get_bundle (self->stencil));
  draw_export_set_dark (painting->export, adw_style_manager_get_dark (adw_style_manager_get_default ()));
  options.scale = choose_scale (self, painting->export);
  draw_export_run_async (painting->export, &options, self->painting, on_painted, painting);
}

/* --- dragging it --- */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, DrawLibraryTile *self)
{
  DrawBundle *bundle;
  g_autoptr (DrawExport) export = NULL;
  char *elements;

  if (self->stencil == NULL)
    return NULL;
  bundle = draw_stencil_get_bundle (self->stencil);
  export = draw_export_new_for_bundle (bundle);
  elements = draw_bundle_print (bundle, DRAW_BUNDLE_CLIPBOARD, NULL);
  return draw_offer_new (export, elements, g_strdup (elements));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, DrawLibraryTile *self)
{
  GdkPaintable *picture = gtk_picture_get_paintable (self->picture);

  if (picture != NULL)
    gtk_drag_source_set_icon (source, picture, gdk_paintable_get_intrinsic_width (picture) / 2,
                              gdk_paintable_get_intrinsic_height (picture) / 2);
}

/* --- the menu --- */

static void
popup_menu (DrawLibraryTile *self, double x, double y)
{
  const GdkRectangle place = { (int)x, (int)y, 1, 1 };

  if (self->menu == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
          "/org/drawbridge/Drawbridge/ui/draw-library-tile-menu.ui");

      self->menu = gtk_popover_menu_new_from_model (
          G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary_pressed (GtkGestureClick *gesture, int n, double x, double y, DrawLibraryTile *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, x, y);
}

static void
action_popup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  popup_menu (DRAW_LIBRARY_TILE (widget), gtk_widget_get_width (widget) / 2.0,
              gtk_widget_get_height (widget) / 2.0);
}

static void
action_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[VERB], 0, strchr (name, '.') + 1);
}

static void
action_rename (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_popover_popup (DRAW_LIBRARY_TILE (widget)->rename_popover);
}

static void
on_rename_shown (GtkPopover *popover, DrawLibraryTile *self)
{
  if (self->stencil != NULL)
    gtk_editable_set_text (self->rename_entry, draw_stencil_get_name (self->stencil));
  gtk_widget_grab_focus (GTK_WIDGET (self->rename_entry));
}

static void
on_rename_done (DrawLibraryTile *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->rename_entry)));

  gtk_popover_popdown (self->rename_popover);
  g_signal_emit (self, signals[RENAMED], 0, name);
}

/* --- the widget --- */

static void
draw_library_tile_dispose (GObject *object)
{
  DrawLibraryTile *self = DRAW_LIBRARY_TILE (object);

  g_cancellable_cancel (self->painting);
  g_clear_object (&self->painting);
  g_clear_object (&self->stencil);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_LIBRARY_TILE);
  G_OBJECT_CLASS (draw_library_tile_parent_class)->dispose (object);
}

static void
draw_library_tile_class_init (DrawLibraryTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_library_tile_dispose;
  signals[VERB] = g_signal_new ("verb", DRAW_TYPE_LIBRARY_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RENAMED] = g_signal_new ("renamed", DRAW_TYPE_LIBRARY_TILE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/drawbridge/Drawbridge/ui/draw-library-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryTile, box);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryTile, picture);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryTile, label);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryTile, rename_popover);
  gtk_widget_class_bind_template_child (widget_class, DrawLibraryTile, rename_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_rename_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_rename_done);
  gtk_widget_class_install_action (widget_class, "stencil.insert", NULL, action_verb);
  gtk_widget_class_install_action (widget_class, "stencil.remove", NULL, action_verb);
  gtk_widget_class_install_action (widget_class, "stencil.rename", NULL, action_rename);
  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, action_popup);
  gtk_widget_class_set_css_name (widget_class, "librarytile");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
draw_library_tile_init (DrawLibraryTile *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (paint), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
draw_library_tile_new (void)
{
  return g_object_new (DRAW_TYPE_LIBRARY_TILE, NULL);
}

void
draw_library_tile_set_stencil (DrawLibraryTile *self, DrawStencil *stencil)
{
  g_autofree char *words = NULL;

  g_return_if_fail (DRAW_IS_LIBRARY_TILE (self));
  g_return_if_fail (stencil == NULL || DRAW_IS_STENCIL (stencil));

  if (!g_set_object (&self->stencil, stencil))
    return;
  words = stencil != NULL ? draw_stencil_dup_words (stencil) : g_strdup ("");
  gtk_label_set_text (self->label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->label), *words != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *words != '\0' ? words : NULL);
  paint (self);
}

DrawStencil *
draw_library_tile_get_stencil (DrawLibraryTile *self)
{
  g_return_val_if_fail (DRAW_IS_LIBRARY_TILE (self), NULL);

  return self->stencil;
}
