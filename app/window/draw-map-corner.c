/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-map-corner.h"

#include "canvas/draw-minimap.h"
#include "window/draw-shortcuts.h"

#include <glib/gi18n.h>

struct _DrawMapCorner {
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkRevealer *back;
  GtkWidget *back_button;
  GtkRevealer *map_revealer;
  DrawMinimap *map;
};

enum { PROP_SHOW_MAP = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DrawMapCorner, draw_map_corner, GTK_TYPE_WIDGET)

static void
draw_map_corner_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DrawMapCorner *self = DRAW_MAP_CORNER (object);

  if (prop_id == PROP_SHOW_MAP)
    g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->map_revealer));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
draw_map_corner_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  DrawMapCorner *self = DRAW_MAP_CORNER (object);

  if (prop_id == PROP_SHOW_MAP)
    gtk_revealer_set_reveal_child (self->map_revealer, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
draw_map_corner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_MAP_CORNER);
  G_OBJECT_CLASS (draw_map_corner_parent_class)->dispose (object);
}

static void
draw_map_corner_class_init (DrawMapCornerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_map_corner_get_property;
  object_class->set_property = draw_map_corner_set_property;
  object_class->dispose = draw_map_corner_dispose;
  props[PROP_SHOW_MAP] = g_param_spec_boolean ("show-map", NULL, NULL, FALSE,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (DRAW_TYPE_MINIMAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-map-corner.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawMapCorner, box);
  gtk_widget_class_bind_template_child (widget_class, DrawMapCorner, back);
  gtk_widget_class_bind_template_child (widget_class, DrawMapCorner, back_button);
  gtk_widget_class_bind_template_child (widget_class, DrawMapCorner, map_revealer);
  gtk_widget_class_bind_template_child (widget_class, DrawMapCorner, map);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mapcorner");
}

static void
draw_map_corner_init (DrawMapCorner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  draw_shortcuts_describe (self->back_button, _ ("Back to What Is Drawn"), "view.fit", NULL);
}

void
draw_map_corner_set_canvas (DrawMapCorner *self, DrawCanvas *canvas)
{
  g_return_if_fail (DRAW_IS_MAP_CORNER (self));
  g_return_if_fail (DRAW_IS_CANVAS (canvas));

  draw_minimap_set_canvas (self->map, canvas);
  /* It goes with whichever of the two goes first. */
  g_object_bind_property (canvas, "lost", self->back, "reveal-child", G_BINDING_SYNC_CREATE);
}
