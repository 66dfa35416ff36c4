/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-minimap.h"

#include <glib/gi18n.h>
#include <math.h>

#include "canvas/draw-canvas-private.h"
#include "canvas/draw-color.h"

#define WIDTH 200
#define HEIGHT 140
/* Share of the size that stays free on each side. */
#define MARGIN 0.05
/* ms between two pictures: how many times what the last one took, at least, and at most. */
#define REST_MIN 500
#define REST_FACTOR 20
#define REST_MAX 10000
/* The frame around what is seen is not smaller than that, in pixels. */
#define FRAME_MIN 4.0f

struct _DrawMinimap {
  GtkWidget parent_instance;

  /* borrowed, weak */
  DrawCanvas *canvas;

  /* owned */
  DrawTileLayer *layer;
  GSignalGroup *document_changes; /* of the canvas */
  GSignalGroup *viewport_changes;
  guint update_source;

  BoardRect content; /* what is to be seen, board units */
  double scale;      /* widget pixels per board unit */
  double x, y;       /* board place of the top left */
  int64_t asked;     /* when the last picture was asked for, µs; 0 when it has come */
  int64_t took;      /* µs */
};

G_DEFINE_FINAL_TYPE (DrawMinimap, draw_minimap, GTK_TYPE_WIDGET)

/* ---- what is shown ---- */

static DrawScene *
query (gpointer data, const BoardRect *area)
{
  const DrawMinimap *self = data;

  if (self->canvas == NULL || self->canvas->document == NULL)
    return NULL;
  return draw_scene_new_for_tile (self->canvas->document, area, self->canvas->images);
}

/* The board, and what is seen of it where that is elsewhere. */
static void
measure (DrawMinimap *self)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));
  BoardRect visible, all = self->content;

  draw_viewport_get_visible (self->canvas->viewport, &visible);
  board_rect_union (&all, &visible, &all);
  if (all.width <= 0 || all.height <= 0 || width <= 0 || height <= 0)
    {
      self->scale = 0;
      return;
    }
  self->scale = MIN (width * (1 - 2 * MARGIN) / all.width, height * (1 - 2 * MARGIN) / all.height);
  self->x = all.x + all.width / 2 - width / 2 / self->scale;
  self->y = all.y + all.height / 2 - height / 2 / self->scale;
}

static void
refresh (DrawMinimap *self)
{
  self->content = (BoardRect){ 0, 0, 0, 0 };
  if (self->canvas == NULL)
    return;
  if (self->canvas->document != NULL)
    board_document_get_extents (self->canvas->document, &self->content);
  self->asked = g_get_monotonic_time ();
  draw_tile_layer_set_dark (self->layer, self->canvas->dark);
  draw_tile_layer_invalidate (self->layer, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_update (gpointer data)
{
  DrawMinimap *self = data;

  self->update_source = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_document_changed (DrawMinimap *self)
{
  const int64_t rest = REST_FACTOR * self->took / G_TIME_SPAN_MILLISECOND;

  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_timeout_add ((guint) CLAMP (rest, REST_MIN, REST_MAX), on_update, self);
}

static void
on_layer_changed (DrawTileLayer *layer, DrawMinimap *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- painting ---- */

static void
snapshot_frame (DrawMinimap *self, GtkSnapshot *snapshot)
{
  const GdkRGBA accent = { 0.208f, 0.518f, 0.894f, 1 };
  const GdkRGBA tint = { 0.208f, 0.518f, 0.894f, 0.1f };
  const GdkRGBA colors[4] = { accent, accent, accent, accent };
  const float widths[4] = { 1.5f, 1.5f, 1.5f, 1.5f };
  GskRoundedRect outline;
  BoardRect visible;

  draw_viewport_get_visible (self->canvas->viewport, &visible);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) ((visible.x - self->x)
                                                                 * self->scale),
                                                        (float) ((visible.y - self->y)
                                                                 * self->scale),
                                                        MAX ((float) (visible.width * self->scale),
                                                             FRAME_MIN),
                                                        MAX ((float) (visible.height * self->scale),
                                                             FRAME_MIN)),
                                   2);
  gtk_snapshot_append_color (snapshot, &tint, &outline.bounds);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
draw_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DrawMinimap *self = DRAW_MINIMAP (widget);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const double device = draw_canvas_get_device_scale (widget);
  GskRoundedRect edge;
  GdkRGBA sheet;
  DrawView view;

  if (self->canvas == NULL)
    return;
  gsk_rounded_rect_init_from_rect (&edge, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height),
                                   9);
  draw_color_get_sheet (self->canvas->dark, &sheet);
  gtk_snapshot_push_rounded_clip (snapshot, &edge);
  gtk_snapshot_append_color (snapshot, &sheet, &edge.bounds);
  measure (self);
  if (self->scale > 0)
    {
      view = (DrawView){ .scale = self->scale * device, .device_scale = device };
      view.left = llround (self->x * view.scale);
      view.top = llround (self->y * view.scale);
      view.width = (int) ceil (width * device);
      view.height = (int) ceil (height * device);
      view.software = draw_canvas_is_software (widget);
      draw_tile_layer_snapshot (self->layer, snapshot, &view);
      if (self->asked != 0 && draw_tile_layer_is_ready (self->layer, NULL))
        {
          self->took = g_get_monotonic_time () - self->asked;
          self->asked = 0;
        }
      snapshot_frame (self, snapshot);
    }
  gtk_snapshot_pop (snapshot);
}

static void
draw_minimap_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
draw_minimap_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (draw_minimap_parent_class)->map (widget);
  refresh (DRAW_MINIMAP (widget));
}

/* ---- input ---- */

void
draw_minimap_go_to (DrawMinimap *self, double x, double y)
{
  g_return_if_fail (DRAW_IS_MINIMAP (self));

  if (self->canvas != NULL && self->scale > 0)
    draw_viewport_center_on (self->canvas->viewport, self->x + x / self->scale,
                             self->y + y / self->scale);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, DrawMinimap *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  draw_minimap_go_to (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *gesture, double offset_x, double offset_y, DrawMinimap *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    draw_minimap_go_to (self, x + offset_x, y + offset_y);
}

/* ---- object ---- */

static void
draw_minimap_dispose (GObject *object)
{
  DrawMinimap *self = DRAW_MINIMAP (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->layer != NULL)
    draw_tile_layer_stop (self->layer);
  g_clear_object (&self->layer);
  g_clear_object (&self->document_changes);
  g_clear_object (&self->viewport_changes);
  g_clear_weak_pointer (&self->canvas);
  G_OBJECT_CLASS (draw_minimap_parent_class)->dispose (object);
}

static void
draw_minimap_class_init (DrawMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_minimap_dispose;
  widget_class->snapshot = draw_minimap_snapshot;
  widget_class->measure = draw_minimap_measure;
  widget_class->map = draw_minimap_map;
  gtk_widget_class_set_css_name (widget_class, "minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
draw_minimap_init (DrawMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->layer = draw_tile_layer_new (query, self);
  g_signal_connect_object (self->layer, "changed", G_CALLBACK (on_layer_changed), self, 0);
  self->document_changes = g_signal_group_new (DRAW_TYPE_CANVAS);
  g_signal_group_connect_object (self->document_changes, "updated",
                                 G_CALLBACK (on_document_changed), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->document_changes, "notify::dark", G_CALLBACK (refresh), self,
                                 G_CONNECT_SWAPPED);
  self->viewport_changes = g_signal_group_new (DRAW_TYPE_VIEWPORT);
  g_signal_group_connect_object (self->viewport_changes, "changed",
                                 G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("The whole board: drag to move the view"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Minimap"), -1);
}

GtkWidget *
draw_minimap_new (void)
{
  return g_object_new (DRAW_TYPE_MINIMAP, NULL);
}

void
draw_minimap_set_canvas (DrawMinimap *self, DrawCanvas *canvas)
{
  g_return_if_fail (DRAW_IS_MINIMAP (self));
  g_return_if_fail (canvas == NULL || DRAW_IS_CANVAS (canvas));

  g_set_weak_pointer (&self->canvas, canvas);
  g_signal_group_set_target (self->document_changes, canvas);
  g_signal_group_set_target (self->viewport_changes,
                             canvas != NULL ? draw_canvas_get_viewport (canvas) : NULL);
  draw_tile_layer_clear (self->layer);
  refresh (self);
}
