/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-shape-button.h"

#include <glib/gi18n.h>

#include "window/draw-shortcuts.h"

struct _DrawShapeButton
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkBox *shapes;
};

G_DEFINE_FINAL_TYPE (DrawShapeButton, draw_shape_button, GTK_TYPE_WIDGET)

static const struct
{
  const char *tool, *icon, *name;
} shapes[] = {
  { "rectangle", "draw-rectangle-symbolic", N_("Rectangle") },
  { "diamond", "draw-diamond-symbolic", N_("Diamond") },
  { "ellipse", "draw-ellipse-symbolic", N_("Ellipse") },
  { "arrow", "draw-arrow-symbolic", N_("Arrow") },
  { "line", "draw-line-symbolic", N_("Line") },
};

static void
add_shape (DrawShapeButton *self, guint i)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), shapes[i].icon);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", shapes[i].tool);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "tool.use");
  gtk_widget_add_css_class (button, "flat");
  draw_shortcuts_describe (button, _(shapes[i].name), "tool.use", shapes[i].tool);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_menu_button_popdown), self->button,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->shapes, button);
}

static void
draw_shape_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_SHAPE_BUTTON);
  G_OBJECT_CLASS (draw_shape_button_parent_class)->dispose (object);
}

static void
draw_shape_button_class_init (DrawShapeButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_shape_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-shape-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawShapeButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrawShapeButton, shapes);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "shapebutton");
}

static void
draw_shape_button_init (DrawShapeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    add_shape (self, i);
  draw_shortcuts_describe (GTK_WIDGET (self->button), _("Shapes"), NULL, NULL);
}

void
draw_shape_button_set_tool (DrawShapeButton *self, const char *tool)
{
  g_return_if_fail (DRAW_IS_SHAPE_BUTTON (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self), "in-hand");
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_strcmp0 (shapes[i].tool, tool) == 0)
      {
        gtk_menu_button_set_icon_name (self->button, shapes[i].icon);
        gtk_widget_add_css_class (GTK_WIDGET (self), "in-hand");
      }
}
