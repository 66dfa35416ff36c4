/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-canvas-private.h"

#include <math.h>

#include "canvas/draw-selection.h"

/* Widget pixels of one click of a wheel. */
#define WHEEL_STEP 60.0
/* What one click of a wheel, and one pixel of a touchpad, do to the logarithm of the zoom. */
#define ZOOM_PER_CLICK 0.18
#define ZOOM_PER_PIXEL 0.008
#define KEY_PAN 60.0
/* Widget pixels: what went further was no click. */
#define DOUBLE_CLICK_MOVE 5.0
#define NUDGE 1.0
#define NUDGE_FAR 10.0
/* Kinetic panning loses this share of its logarithm per second, and ends below this speed (pixels a
 * second). */
#define FRICTION 4.5
#define KINETIC_MIN 12.0

/* ---- samples ---- */

gboolean
draw_canvas_get_surface_offset (DrawCanvas *self, double *dx, double *dy)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double surface_x, surface_y;

  if (native == NULL)
    return FALSE;
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  return gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), -surface_x,
                                           -surface_y, dx, dy);
}

/* Axes other than X and Y: only where a device tool is behind the event, for GDK has no axes
 * without one. */
static void
set_axes (DrawSample *sample, GdkAxisFlags flags, const double axes[GDK_AXIS_LAST])
{
  if (flags & GDK_AXIS_FLAG_PRESSURE)
    {
      sample->pressure = (float) CLAMP (axes[GDK_AXIS_PRESSURE], 0, 1);
      sample->has_pressure = TRUE;
    }
  if (flags & GDK_AXIS_FLAG_XTILT)
    sample->tilt_x = (float) CLAMP (axes[GDK_AXIS_XTILT], -1, 1);
  if (flags & GDK_AXIS_FLAG_YTILT)
    sample->tilt_y = (float) CLAMP (axes[GDK_AXIS_YTILT], -1, 1);
}

static void
set_place (DrawCanvas *self, DrawSample *sample, double widget_x, double widget_y)
{
  draw_viewport_to_board (self->viewport, widget_x, widget_y, &sample->x, &sample->y);
}

/* @x, @y: widget pixels. */
static void
get_sample (DrawCanvas *self, GdkEvent *event, double x, double y, DrawSample *sample)
{
  GdkDeviceTool *device_tool = event != NULL ? gdk_event_get_device_tool (event) : NULL;

  *sample = (DrawSample){ .pressure = 0.5f };
  sample->time = event != NULL ? gdk_event_get_time (event) : 0;
  set_place (self, sample, x, y);
  if (device_tool != NULL)
    {
      const GdkAxisFlags flags = gdk_device_tool_get_axes (device_tool);
      double axes[GDK_AXIS_LAST] = { 0 };

      for (guint axis = GDK_AXIS_PRESSURE; axis <= GDK_AXIS_YTILT; axis++)
        if ((flags & (1u << axis)) == 0 || !gdk_event_get_axis (event, axis, &axes[axis]))
          axes[axis] = axis == GDK_AXIS_PRESSURE ? 0.5 : 0;
      set_axes (sample, flags, axes);
    }
}

/* What the frame clock held back: GDK keeps every sample between two frames in the event's history.
 */
static void
add_history (DrawCanvas *self, GdkEvent *event, GArray *samples)
{
  const gboolean has_tool = gdk_event_get_device_tool (event) != NULL;
  guint n_coords = 0;
  g_autofree GdkTimeCoord *coords = gdk_event_get_history (event, &n_coords);
  double dx, dy;

  if (coords == NULL || !draw_canvas_get_surface_offset (self, &dx, &dy))
    return;
  for (guint i = 0; i < n_coords; i++)
    {
      DrawSample sample = { .pressure = 0.5f, .time = coords[i].time };

      if ((coords[i].flags & GDK_AXIS_FLAG_X) == 0 || (coords[i].flags & GDK_AXIS_FLAG_Y) == 0)
        continue;
      set_place (self, &sample, coords[i].axes[GDK_AXIS_X] + dx, coords[i].axes[GDK_AXIS_Y] + dy);
      if (has_tool)
        set_axes (&sample, coords[i].flags, coords[i].axes);
      g_array_append_val (samples, sample);
    }
}

/* ---- actions ---- */

void
draw_canvas_update_cursor (DrawCanvas *self)
{
  const char *name = NULL;

  if (self->action == DRAW_ACTION_PAN)
    name = "grabbing";
  else if (self->space_held || self->read_only)
    name = "grab";
  else if (self->tool != NULL)
    name = draw_tool_get_cursor (self->tool);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
set_action (DrawCanvas *self, DrawAction action)
{
  self->action = action;
  if (action == DRAW_ACTION_NONE)
    g_clear_object (&self->acting);
  draw_canvas_update_cursor (self);
}

void
draw_canvas_begin_tool (DrawCanvas *self,
                        DrawTool *tool,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  draw_canvas_cancel_action (self);
  g_set_object (&self->acting, tool);
  set_action (self, DRAW_ACTION_TOOL);
  draw_tool_press (tool, DRAW_TOOL_HOST (self), sample, state);
}

void
draw_canvas_move_tool (DrawCanvas *self,
                       const DrawSample *samples,
                       gsize n_samples,
                       GdkModifierType state)
{
  if (self->action == DRAW_ACTION_TOOL)
    draw_tool_motion (self->acting, DRAW_TOOL_HOST (self), samples, n_samples, state);
}

void
draw_canvas_end_tool (DrawCanvas *self, const DrawSample *sample, GdkModifierType state)
{
  g_autoptr (DrawTool) tool = NULL;

  if (self->action != DRAW_ACTION_TOOL)
    return;
  tool = g_object_ref (self->acting);
  set_action (self, DRAW_ACTION_NONE);
  draw_tool_release (tool, DRAW_TOOL_HOST (self), sample, state);
}

gboolean
draw_canvas_cancel_action (DrawCanvas *self)
{
  const DrawAction action = self->action;
  g_autoptr (DrawTool) tool = self->acting != NULL ? g_object_ref (self->acting) : NULL;

  if (action == DRAW_ACTION_NONE)
    return FALSE;
  set_action (self, DRAW_ACTION_NONE);
  if (action == DRAW_ACTION_TOOL)
    draw_tool_cancel (tool, DRAW_TOOL_HOST (self));
  return TRUE;
}

static void
stop_kinetic (DrawCanvas *self)
{
  if (self->kinetic_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->kinetic_tick);
  self->kinetic_tick = 0;
}

static gboolean
is_touch (GdkEvent *event)
{
  return event != NULL && gdk_event_get_event_type (event) >= GDK_TOUCH_BEGIN
         && gdk_event_get_event_type (event) <= GDK_TOUCH_CANCEL;
}

static DrawPointer
get_pointer (GdkEvent *event)
{
  GdkDeviceTool *device_tool = event != NULL ? gdk_event_get_device_tool (event) : NULL;

  if (device_tool == NULL)
    return is_touch (event) ? DRAW_POINTER_FINGER : DRAW_POINTER_MOUSE;
  return gdk_device_tool_get_tool_type (device_tool) == GDK_DEVICE_TOOL_TYPE_ERASER
             ? DRAW_POINTER_ERASER
             : DRAW_POINTER_PEN;
}

/* ---- dragging: mouse, pen, one finger ---- */

static GdkModifierType
get_state (GtkEventController *controller)
{
  return gtk_event_controller_get_current_event_state (controller);
}

/* The text field does by itself what is pressed there. */
static gboolean
is_on_writing (DrawCanvas *self, double x, double y)
{
  GtkWidget *widget
      = self->editor != NULL ? gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT) : NULL;

  return widget != NULL && gtk_widget_is_ancestor (widget, GTK_WIDGET (self));
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  const guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  const DrawPointer pointer = get_pointer (event);
  DrawTool *tool, *lent;
  DrawSample sample;

  if (button > GDK_BUTTON_SECONDARY
      || (button == GDK_BUTTON_SECONDARY && pointer != DRAW_POINTER_PEN)
      || is_on_writing (self, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  draw_canvas_end_writing (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  stop_kinetic (self);
  draw_canvas_cancel_action (self);

  tool = draw_canvas_choose_tool (self, pointer, button,
                                  get_state (GTK_EVENT_CONTROLLER (gesture)));
  if (tool == NULL)
    {
      self->pan_x = self->pan_y = 0;
      set_action (self, DRAW_ACTION_PAN);
      return;
    }
  lent = pointer == DRAW_POINTER_PEN && tool != self->tool ? tool : NULL;
  g_set_object (&self->lent, lent);
  get_sample (self, event, x, y, &sample);
  draw_canvas_begin_tool (self, tool, &sample, get_state (GTK_EVENT_CONTROLLER (gesture)));
}

static void
on_drag_update (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (DrawSample));
  double start_x, start_y;
  DrawSample sample;

  if (self->action == DRAW_ACTION_PAN)
    {
      draw_viewport_pan (self->viewport, offset_x - self->pan_x, offset_y - self->pan_y);
      self->pan_x = offset_x;
      self->pan_y = offset_y;
      return;
    }
  if (self->action != DRAW_ACTION_TOOL
      || !gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y))
    return;
  if (event != NULL && gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY)
    add_history (self, event, samples);
  get_sample (self, event, start_x + offset_x, start_y + offset_y, &sample);
  g_array_append_val (samples, sample);
  draw_canvas_move_tool (self, (const DrawSample *) samples->data, samples->len,
                         get_state (GTK_EVENT_CONTROLLER (gesture)));
}

/* Whether a click at the same place was just before. A third one is a first one again. */
static gboolean
is_second_click (DrawCanvas *self, double x, double y, uint32_t time)
{
  int distance, interval;
  gboolean is_second;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-distance", &distance,
                "gtk-double-click-time", &interval, NULL);
  is_second = self->click_time != 0 && time - self->click_time <= (uint32_t) interval
              && hypot (x - self->click_x, y - self->click_y) <= distance;
  self->click_x = x;
  self->click_y = y;
  self->click_time = is_second ? 0 : time;
  return is_second;
}

static void
on_drag_end (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  double start_x, start_y;
  DrawSample sample;

  /* A second finger ends the drag: that was the beginning of a pinch. */
  if (self->action != DRAW_ACTION_TOOL
      || (event != NULL && gdk_event_get_event_type (event) == GDK_TOUCH_BEGIN)
      || !gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y))
    {
      draw_canvas_cancel_action (self);
      return;
    }
  get_sample (self, event, start_x + offset_x, start_y + offset_y, &sample);
  draw_canvas_end_tool (self, &sample, get_state (GTK_EVENT_CONTROLLER (gesture)));
  if (hypot (offset_x, offset_y) < DOUBLE_CLICK_MOVE
      && is_second_click (self, start_x, start_y, sample.time) && self->tool != NULL)
    draw_tool_activate (self->tool, DRAW_TOOL_HOST (self), &sample,
                        get_state (GTK_EVENT_CONTROLLER (gesture)));
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  draw_canvas_cancel_action (DRAW_CANVAS (data));
}

/* ---- pinching: two fingers, touchpad ---- */

static void
on_zoom_begin (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  stop_kinetic (self);
  draw_canvas_cancel_action (self);
  self->pinch_scale = draw_viewport_get_scale (self->viewport);
  if (!gtk_gesture_get_bounding_box_center (gesture, &self->pinch_x, &self->pinch_y))
    self->pinch_x = self->pinch_y = 0;
}

static void
on_zoom_update (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  const double delta = gtk_gesture_zoom_get_scale_delta (GTK_GESTURE_ZOOM (gesture));
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    return;
  draw_viewport_pan (self->viewport, x - self->pinch_x, y - self->pinch_y);
  draw_viewport_zoom_at (self->viewport, self->pinch_scale * delta, x, y);
  self->pinch_x = x;
  self->pinch_y = y;
}

/* ---- scrolling ---- */

static void
scroll_zoom (DrawCanvas *self, GtkEventController *controller, double dy, gboolean by_pixels)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  const double scale = draw_viewport_get_scale (self->viewport);
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, offset_x;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, offset_y;
  double event_x, event_y;

  if (event != NULL && gdk_event_get_position (event, &event_x, &event_y)
      && draw_canvas_get_surface_offset (self, &offset_x, &offset_y))
    {
      x = event_x + offset_x;
      y = event_y + offset_y;
    }
  draw_viewport_zoom_at (self->viewport,
                         scale * exp (-dy * (by_pixels ? ZOOM_PER_PIXEL : ZOOM_PER_CLICK)), x, y);
}

static gboolean
on_scroll_scroll (GtkEventControllerScroll *controller, double dx, double dy, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  const GdkModifierType state = get_state (GTK_EVENT_CONTROLLER (controller));
  const gboolean by_pixels
      = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;
  const double step = by_pixels ? 1 : WHEEL_STEP;

  stop_kinetic (self);
  if ((state & GDK_CONTROL_MASK) != 0)
    scroll_zoom (self, GTK_EVENT_CONTROLLER (controller), dy, by_pixels);
  else if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    draw_viewport_pan (self->viewport, -dy * step, 0);
  else
    draw_viewport_pan (self->viewport, -dx * step, -dy * step);
  return GDK_EVENT_STOP;
}

static gboolean
on_kinetic_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (widget);
  const int64_t now = gdk_frame_clock_get_frame_time (clock);
  const double seconds = CLAMP ((double) (now - self->kinetic_time) / G_USEC_PER_SEC, 0, 0.1);
  const double rest = exp (-FRICTION * seconds);

  self->kinetic_time = now;
  draw_viewport_pan (self->viewport, -self->velocity_x * seconds, -self->velocity_y * seconds);
  self->velocity_x *= rest;
  self->velocity_y *= rest;
  if (hypot (self->velocity_x, self->velocity_y) >= KINETIC_MIN)
    return G_SOURCE_CONTINUE;
  self->kinetic_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_scroll_decelerate (GtkEventControllerScroll *controller, double x, double y, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL || (get_state (GTK_EVENT_CONTROLLER (controller)) & GDK_CONTROL_MASK) != 0)
    return;
  stop_kinetic (self);
  self->velocity_x = x;
  self->velocity_y = y;
  self->kinetic_time = gdk_frame_clock_get_frame_time (clock);
  self->kinetic_tick
      = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_kinetic_tick, NULL, NULL);
}

/* ---- the pointer ---- */

static void
hover (DrawCanvas *self, GdkEvent *event, double x, double y, GdkModifierType state)
{
  DrawSample sample;

  if (self->action != DRAW_ACTION_NONE || self->tool == NULL || self->read_only)
    return;
  get_sample (self, event, x, y, &sample);
  draw_tool_hover (self->tool, DRAW_TOOL_HOST (self), &sample, state);
  draw_canvas_update_cursor (self);
}

static void
on_motion_motion (GtkEventControllerMotion *controller, double x, double y, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  double board_x, board_y;

  draw_viewport_to_board (self->viewport, x, y, &board_x, &board_y);
  hover (self, event, x, y, get_state (GTK_EVENT_CONTROLLER (controller)));
  g_signal_emit (self, draw_canvas_signals[DRAW_CANVAS_POINTER], 0, board_x, board_y);
}

static void
on_motion_leave (GtkEventControllerMotion *controller, gpointer data)
{
  g_signal_emit (data, draw_canvas_signals[DRAW_CANVAS_POINTER_LEFT], 0);
}

/* ---- keys ---- */

static gboolean
press_arrow (DrawCanvas *self, double dx, double dy, GdkModifierType state)
{
  const double one = self->snap_grid ? DRAW_PAPER_SPACING : NUDGE;
  const double step = (state & GDK_SHIFT_MASK) == 0 ? one
                      : self->snap_grid             ? one * DRAW_PAPER_STEP
                                                    : NUDGE_FAR;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (self->selection->len > 0 && self->document != NULL)
    {
      g_autoptr (GPtrArray) ops
          = draw_selection_move (self->document, self->selection, dx * step, dy * step);

      draw_tool_host_emit_ops (DRAW_TOOL_HOST (self), ops);
    }
  else
    draw_viewport_pan (self->viewport, -dx * KEY_PAN, -dy * KEY_PAN);
  return GDK_EVENT_STOP;
}

static gboolean
press_escape (DrawCanvas *self)
{
  if (draw_canvas_cancel_action (self))
    return GDK_EVENT_STOP;
  if (self->selection->len == 0)
    return GDK_EVENT_PROPAGATE;
  draw_canvas_clear_selection (self);
  return GDK_EVENT_STOP;
}

/* The tool in hand is asked first: a line of many points ends by Return. */
static gboolean
give_key_to_tool (DrawCanvas *self, guint keyval, GdkModifierType state)
{
  return self->tool != NULL && !self->read_only && self->action == DRAW_ACTION_NONE
         && draw_tool_key (self->tool, DRAW_TOOL_HOST (self), keyval, state);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  if (self->editor != NULL)
    return GDK_EVENT_PROPAGATE;
  if (give_key_to_tool (self, keyval, state))
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_Escape:
      return press_escape (self);
    case GDK_KEY_space:
      self->space_held = TRUE;
      draw_canvas_update_cursor (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return press_arrow (self, -1, 0, state);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return press_arrow (self, 1, 0, state);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return press_arrow (self, 0, -1, state);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return press_arrow (self, 0, 1, state);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
release_space (DrawCanvas *self)
{
  if (!self->space_held)
    return;
  self->space_held = FALSE;
  draw_canvas_update_cursor (self);
}

static void
on_key_released (GtkEventControllerKey *controller,
                 guint keyval,
                 guint keycode,
                 GdkModifierType state,
                 gpointer data)
{
  if (keyval == GDK_KEY_space)
    release_space (DRAW_CANVAS (data));
}

static void
on_focus_leave (GtkEventControllerFocus *controller, gpointer data)
{
  release_space (DRAW_CANVAS (data));
}

/* ---- setting up ---- */

static void
add_drag (DrawCanvas *self)
{
  self->drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->drag), 0);
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (self->drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
}

static void
add_zoom (DrawCanvas *self)
{
  self->zoom = gtk_gesture_zoom_new ();
  g_signal_connect (self->zoom, "begin", G_CALLBACK (on_zoom_begin), self);
  g_signal_connect (self->zoom, "update", G_CALLBACK (on_zoom_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->zoom));
  gtk_gesture_group (self->zoom, self->drag);
}

static void
add_scroll (DrawCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll_scroll), self);
  g_signal_connect (scroll, "decelerate", G_CALLBACK (on_scroll_decelerate), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

static void
add_pointer (DrawCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_motion_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
add_keys (DrawCanvas *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (key, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

void
draw_canvas_input_init (DrawCanvas *self)
{
  add_drag (self);
  add_zoom (self);
  add_scroll (self);
  add_pointer (self);
  add_keys (self);
  draw_canvas_pointers_init (self);
}

void
draw_canvas_input_clear (DrawCanvas *self)
{
  stop_kinetic (self);
  draw_canvas_pointers_clear (self);
  if (self->viewport != NULL && self->tiles != NULL)
    draw_canvas_cancel_action (self);
}
