/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the pixels are that the canvas is shown on. */
#include "canvas/draw-canvas-private.h"

#include <math.h>

gboolean
draw_canvas_is_software (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

/* From GTK 4.12 on a surface says its scale as it is: 1.25, where the widget's factor is 2. */
double
draw_canvas_get_device_scale (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  double scale = gtk_widget_get_scale_factor (widget);

  if (surface != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (surface), "scale") != NULL)
    g_object_get (surface, "scale", &scale, NULL);
  return scale > 0 ? scale : 1;
}

/* How far the widget's top left is from the device pixel above and to the left of it: 0..1. */
static void
get_misalignment (GtkWidget *widget, double device, double *x, double *y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_point_t point = GRAPHENE_POINT_INIT (0, 0);

  *x = *y = 0;
  if (device == floor (device) || native == NULL)
    return;
  gtk_native_get_surface_transform (native, x, y);
  if (!gtk_widget_compute_point (widget, GTK_WIDGET (native), &point, &point))
    return;
  *x = (*x + (double) point.x) * device;
  *y = (*y + (double) point.y) * device;
  *x -= floor (*x);
  *y -= floor (*y);
}

void
draw_canvas_align (DrawCanvas *self, GtkSnapshot *snapshot, const DrawView *view)
{
  double x, y;

  get_misalignment (GTK_WIDGET (self), view->device_scale, &x, &y);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (-x / view->device_scale),
                                                          (float) (-y / view->device_scale)));
}

void
draw_canvas_get_view (DrawCanvas *self, DrawView *view)
{
  const double device = draw_canvas_get_device_scale (GTK_WIDGET (self));
  BoardRect visible;

  draw_viewport_get_visible (self->viewport, &visible);
  view->scale = draw_viewport_get_scale (self->viewport) * device;
  view->device_scale = device;
  view->left = llround (visible.x * view->scale);
  view->top = llround (visible.y * view->scale);
  view->width = (int) ceil (gtk_widget_get_width (GTK_WIDGET (self)) * device);
  view->height = (int) ceil (gtk_widget_get_height (GTK_WIDGET (self)) * device);
  view->software = draw_canvas_is_software (GTK_WIDGET (self));
}
