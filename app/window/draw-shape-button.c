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

  /* owned */
  char *group;
  char *tool; /* in hand; nullable */

  gboolean narrow;
};

enum
{
  PROP_GROUP = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DrawShapeButton, draw_shape_button, GTK_TYPE_WIDGET)

static const struct
{
  const char *group, *tool, *icon, *name;
  gboolean narrow; /* offered only while the bar has no place for a button of its own */
} shapes[] = {
  { "shapes", "rectangle", "draw-rectangle-symbolic", N_("Rectangle") },
  { "shapes", "diamond", "draw-diamond-symbolic", N_("Diamond") },
  { "shapes", "ellipse", "draw-ellipse-symbolic", N_("Ellipse") },
  { "shapes", "arrow", "draw-arrow-symbolic", N_("Arrow") },
  { "shapes", "line", "draw-line-symbolic", N_("Line") },
  { "more", "hand", "draw-hand-symbolic", N_("Move the View"), TRUE },
  { "more", "lasso", "draw-lasso-symbolic", N_("Lasso") },
  { "more", "note", "draw-note-symbolic", N_("Note"), TRUE },
  { "more", "part-eraser", "draw-part-eraser-symbolic", N_("Eraser by Part") },
  { "more", "highlighter", "draw-highlighter-symbolic", N_("Highlighter"), TRUE },
  { "more", "laser", "draw-laser-symbolic", N_("Laser Pointer"), TRUE },
  { "more", "frame", "draw-frame-symbolic", N_("Frame"), TRUE },
};

static gboolean
is_own (DrawShapeButton *self, guint i)
{
  return g_strcmp0 (shapes[i].group, self->group) == 0;
}

static gboolean
is_more (DrawShapeButton *self)
{
  return g_strcmp0 (self->group, "more") == 0;
}

/* A shape button goes on showing the last shape; one for more tools shows only what is in hand. */
static void
show_tool (DrawShapeButton *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "in-hand");
  if (is_more (self))
    gtk_menu_button_set_icon_name (self->button, "view-more-symbolic");
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (is_own (self, i) && (self->narrow || !shapes[i].narrow)
        && g_strcmp0 (shapes[i].tool, self->tool) == 0)
      {
        gtk_menu_button_set_icon_name (self->button, shapes[i].icon);
        gtk_widget_add_css_class (GTK_WIDGET (self), "in-hand");
      }
}

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
draw_shape_button_finalize (GObject *object)
{
  g_free (DRAW_SHAPE_BUTTON (object)->group);
  g_free (DRAW_SHAPE_BUTTON (object)->tool);
  G_OBJECT_CLASS (draw_shape_button_parent_class)->finalize (object);
}

/* Once, while it is made. */
static void
draw_shape_button_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  DrawShapeButton *self = DRAW_SHAPE_BUTTON (object);

  self->group = g_value_dup_string (value);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (is_own (self, i))
      add_shape (self, i);
  gtk_menu_button_set_icon_name (self->button,
                                 is_more (self) ? "view-more-symbolic" : "draw-shapes-symbolic");
  draw_shortcuts_describe (GTK_WIDGET (self->button), is_more (self) ? _("More Tools") : _("Shapes"), NULL,
                           NULL);
}

static void
draw_shape_button_class_init (DrawShapeButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_shape_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_shape_button_finalize;
  G_OBJECT_CLASS (klass)->set_property = draw_shape_button_set_property;
  props[PROP_GROUP]
      = g_param_spec_string ("group", NULL, NULL, NULL,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
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
}

void
draw_shape_button_set_tool (DrawShapeButton *self, const char *tool)
{
  g_autofree char *old = NULL;

  g_return_if_fail (DRAW_IS_SHAPE_BUTTON (self));

  old = g_steal_pointer (&self->tool);
  self->tool = g_strdup (tool);
  show_tool (self);
}

void
draw_shape_button_set_narrow (DrawShapeButton *self, gboolean narrow)
{
  GtkWidget *button;

  g_return_if_fail (DRAW_IS_SHAPE_BUTTON (self));

  self->narrow = narrow;
  button = gtk_widget_get_first_child (GTK_WIDGET (self->shapes));
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (is_own (self, i))
      {
        gtk_widget_set_visible (button, narrow || !shapes[i].narrow);
        button = gtk_widget_get_next_sibling (button);
      }
  show_tool (self);
}
