/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-width-button.h"

#include <glib/gi18n.h>
#include <math.h>

#include "window/draw-shortcuts.h"

struct _DrawWidthButton
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkBox *sizes;
  GtkScale *scale;

  /* owned */
  double width;
  gboolean updating;
};

enum
{
  PROP_WIDTH = 1,
  N_PROPS
};
enum
{
  CHOSEN,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawWidthButton, draw_width_button, GTK_TYPE_WIDGET)

static const struct
{
  double width;
  const char *name;
} sizes[]
    = { { 2, N_("Fine") }, { 4, N_("Medium") }, { 8, N_("Broad") }, { 20, N_("Very Broad") } };

/* The slider is logarithmic: fine pens need fine steps. */
static double
to_slider (double width)
{
  return log2 (width);
}

static double
from_slider (double value)
{
  return round (exp2 (value) * 2) / 2;
}

static void
update_controls (DrawWidthButton *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sizes));

  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++, child = gtk_widget_get_next_sibling (child))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child),
                                  fabs (sizes[i].width - self->width) < 0.01);
  gtk_range_set_value (GTK_RANGE (self->scale), to_slider (self->width));
  self->updating = FALSE;
}

static void
choose (DrawWidthButton *self, double width)
{
  draw_width_button_set_width (self, width);
  update_controls (self);
  g_signal_emit (self, signals[CHOSEN], 0, self->width);
}

static void
on_size_toggled (GtkToggleButton *button, DrawWidthButton *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sizes));

  if (self->updating)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++, child = gtk_widget_get_next_sibling (child))
    if (child == GTK_WIDGET (button))
      {
        choose (self, sizes[i].width);
        return;
      }
}

static void
on_scale_changed (GtkRange *range, DrawWidthButton *self)
{
  if (!self->updating)
    choose (self, from_slider (gtk_range_get_value (range)));
}

static void
draw_size (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  double line = sizes[GPOINTER_TO_UINT (user_data)].width;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, width / 2.0 - 6, height / 2.0 + 3);
  cairo_line_to (cr, width / 2.0 + 6, height / 2.0 - 3);
  cairo_stroke (cr);
}

static void
add_size (DrawWidthButton *self, guint i)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 36);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 32);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_size, GUINT_TO_POINTER (i), NULL);
  gtk_button_set_child (GTK_BUTTON (button), area);
  gtk_widget_add_css_class (button, "flat");
  draw_shortcuts_describe (button, _(sizes[i].name), NULL, NULL);
  gtk_box_append (self->sizes, button);
  g_signal_connect (button, "toggled", G_CALLBACK (on_size_toggled), self);
}

static void
draw_width_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_double (value, DRAW_WIDTH_BUTTON (object)->width);
}

static void
draw_width_button_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  draw_width_button_set_width (DRAW_WIDTH_BUTTON (object), g_value_get_double (value));
}

static void
draw_width_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_WIDTH_BUTTON);
  G_OBJECT_CLASS (draw_width_button_parent_class)->dispose (object);
}

static void
draw_width_button_class_init (DrawWidthButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_width_button_get_property;
  object_class->set_property = draw_width_button_set_property;
  object_class->dispose = draw_width_button_dispose;
  props[PROP_WIDTH] = g_param_spec_double ("width", NULL, NULL, DRAW_WIDTH_MIN, DRAW_WIDTH_MAX, 4,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHOSEN] = g_signal_new ("chosen", DRAW_TYPE_WIDTH_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-width-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawWidthButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrawWidthButton, sizes);
  gtk_widget_class_bind_template_child (widget_class, DrawWidthButton, scale);
  gtk_widget_class_bind_template_callback (widget_class, on_scale_changed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "widthbutton");
}

static void
draw_width_button_init (DrawWidthButton *self)
{
  self->width = 4;
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    add_size (self, i);
  gtk_range_set_range (GTK_RANGE (self->scale), to_slider (DRAW_WIDTH_MIN),
                       to_slider (DRAW_WIDTH_MAX));
  gtk_range_set_increments (GTK_RANGE (self->scale), 0.25, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Width"), -1);
  draw_shortcuts_describe (GTK_WIDGET (self->button), _("Width"), "tool.width", NULL);
  update_controls (self);
}

void
draw_width_button_set_width (DrawWidthButton *self, double width)
{
  g_return_if_fail (DRAW_IS_WIDTH_BUTTON (self));

  width = CLAMP (width, DRAW_WIDTH_MIN, DRAW_WIDTH_MAX);
  if (width == self->width)
    return;
  self->width = width;
  update_controls (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WIDTH]);
}

void
draw_width_button_popup (DrawWidthButton *self)
{
  g_return_if_fail (DRAW_IS_WIDTH_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
