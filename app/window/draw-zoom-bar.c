/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-zoom-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "window/draw-shortcuts.h"

struct _DrawZoomBar
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkWidget *out_button;
  GtkWidget *level_button;
  GtkWidget *in_button;
  GtkWidget *fit_button;
  GtkLabel *level;

  /* owned */
  GSignalGroup *viewport;
  int percent; /* what the label shows */
};

G_DEFINE_FINAL_TYPE (DrawZoomBar, draw_zoom_bar, GTK_TYPE_WIDGET)

static void
on_viewport_changed (DrawViewport *viewport, DrawZoomBar *self)
{
  int percent = (int)lround (draw_viewport_get_scale (viewport) * 100);
  g_autofree char *text = NULL;

  if (percent == self->percent)
    return;
  self->percent = percent;
  /* Translators: the zoom level */
  text = g_strdup_printf (_("%d %%"), percent);
  gtk_label_set_text (self->level, text);
}

static void
draw_zoom_bar_dispose (GObject *object)
{
  DrawZoomBar *self = DRAW_ZOOM_BAR (object);

  g_clear_object (&self->viewport);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_ZOOM_BAR);
  G_OBJECT_CLASS (draw_zoom_bar_parent_class)->dispose (object);
}

static void
draw_zoom_bar_class_init (DrawZoomBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_zoom_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-zoom-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawZoomBar, box);
  gtk_widget_class_bind_template_child (widget_class, DrawZoomBar, out_button);
  gtk_widget_class_bind_template_child (widget_class, DrawZoomBar, level_button);
  gtk_widget_class_bind_template_child (widget_class, DrawZoomBar, in_button);
  gtk_widget_class_bind_template_child (widget_class, DrawZoomBar, fit_button);
  gtk_widget_class_bind_template_child (widget_class, DrawZoomBar, level);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "zoombar");
}

static void
draw_zoom_bar_init (DrawZoomBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  draw_shortcuts_describe (self->out_button, _("Zoom Out"), "view.zoom-out", NULL);
  draw_shortcuts_describe (self->in_button, _("Zoom In"), "view.zoom-in", NULL);
  draw_shortcuts_describe (self->level_button, _("Zoom to 100 %"), "view.zoom-normal", NULL);
  draw_shortcuts_describe (self->fit_button, _("Show Everything"), "view.fit", NULL);
  self->viewport = g_signal_group_new (DRAW_TYPE_VIEWPORT);
  g_signal_group_connect_object (self->viewport, "changed", G_CALLBACK (on_viewport_changed), self,
                                 0);
}

void
draw_zoom_bar_set_viewport (DrawZoomBar *self, DrawViewport *viewport)
{
  g_return_if_fail (DRAW_IS_ZOOM_BAR (self));

  g_signal_group_set_target (self->viewport, viewport);
  if (viewport != NULL)
    on_viewport_changed (viewport, self);
}

double
draw_zoom_bar_step (double scale, int direction)
{
  double position, next;

  g_return_val_if_fail (scale > 0 && direction != 0, 1.0);

  /* Half an octave a step, so that 100 % and its halves and doubles are met. */
  position = log2 (scale) * 2;
  next = direction > 0 ? floor (position + 1.001) : ceil (position - 1.001);
  return CLAMP (exp2 (next / 2), DRAW_VIEWPORT_SCALE_MIN, DRAW_VIEWPORT_SCALE_MAX);
}
