/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Sees every event before the gestures do: what is a palm never reaches them, and the buttons on
 * the barrel of a pen do not end what its tip draws. (A gesture that knows of a palm is deaf to the
 * pen as long as the palm rests, and one that draws ends when a second button is pressed.) */
#include "canvas/draw-canvas-private.h"

/* What the fingers have begun was the palm of the hand that brings the pen. */
static void
give_fingers_up (DrawCanvas *self)
{
  draw_canvas_cancel_action (self);
  gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->drag));
  gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->zoom));
}

static gboolean
is_down (GdkEvent *event)
{
  double pressure = 0;

  return gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &pressure) && pressure > 0;
}

static void
emit_menu (DrawCanvas *self, GdkEvent *event)
{
  double x, y, dx, dy;

  if (gdk_event_get_position (event, &x, &y) && draw_canvas_get_surface_offset (self, &dx, &dy))
    g_signal_emit (self, draw_canvas_signals[DRAW_CANVAS_MENU], 0, x + dx, y + dy);
}

/* Some drivers tell of tip and button as of one press, of the button: that one may begin something.
 * Otherwise a button alone does nothing, whatever the tip does. */
static gboolean
on_barrel (DrawCanvas *self, GdkEvent *event, guint button, DrawBarrel barrel)
{
  const gboolean pressed = gdk_event_get_event_type (event) == GDK_BUTTON_PRESS;
  const guint current = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (self->drag));

  if (!pressed)
    return current == button ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
  if (barrel == DRAW_BARREL_MENU && self->action == DRAW_ACTION_NONE)
    emit_menu (self, event);
  if (barrel == DRAW_BARREL_MENU || current != 0 || !is_down (event))
    return GDK_EVENT_STOP;
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_pen (DrawCanvas *self, GdkEvent *event)
{
  const GdkEventType type = gdk_event_get_event_type (event);
  guint button;
  int barrel;

  if (draw_pointers_see_pen (self->pointers, gdk_event_get_time (event)))
    give_fingers_up (self);
  if (type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE)
    return GDK_EVENT_PROPAGATE;
  button = gdk_button_event_get_button (event);
  barrel = draw_pointers_get_barrel (button, 0);
  if (barrel >= 0)
    return on_barrel (self, event, button, self->barrels[barrel].act);
  if (button == GDK_BUTTON_PRIMARY)
    draw_pointers_set_pen_down (self->pointers, type == GDK_BUTTON_PRESS);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_touch (DrawCanvas *self, GdkEvent *event)
{
  GdkEventSequence *sequence = gdk_event_get_event_sequence (event);
  gboolean is_palm;

  switch (gdk_event_get_event_type (event))
    {
    case GDK_TOUCH_BEGIN:
      is_palm = draw_pointers_begin_touch (self->pointers, sequence, gdk_event_get_time (event));
      break;
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      is_palm = draw_pointers_end_touch (self->pointers, sequence);
      break;
    default:
      is_palm = draw_pointers_is_palm (self->pointers, sequence);
    }
  return is_palm ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer data)
{
  const GdkEventType type = gdk_event_get_event_type (event);

  if (gdk_event_get_device_tool (event) != NULL)
    return on_pen (DRAW_CANVAS (data), event);
  if (type >= GDK_TOUCH_BEGIN && type <= GDK_TOUCH_CANCEL)
    return on_touch (DRAW_CANVAS (data), event);
  return GDK_EVENT_PROPAGATE;
}

void
draw_canvas_pointers_init (DrawCanvas *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->pointers = draw_pointers_new ();
  self->barrels[0].act = DRAW_BARREL_PAN;
  self->barrels[1].act = DRAW_BARREL_MENU;
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

void
draw_canvas_pointers_clear (DrawCanvas *self)
{
  for (guint i = 0; i < DRAW_N_BARRELS; i++)
    g_clear_object (&self->barrels[i].tool);
  g_clear_object (&self->lent);
}

DrawTool *
draw_canvas_choose_tool (DrawCanvas *self,
                         DrawPointer pointer,
                         guint button,
                         GdkModifierType state)
{
  const gboolean is_pen = pointer == DRAW_POINTER_PEN;
  const int barrel = is_pen ? draw_pointers_get_barrel (button, state) : -1;

  if (self->read_only || self->space_held
      || (barrel >= 0 && self->barrels[barrel].act == DRAW_BARREL_PAN))
    return NULL;
  if (barrel >= 0 && self->barrels[barrel].act == DRAW_BARREL_TOOL)
    return self->barrels[barrel].tool;
  if (pointer == DRAW_POINTER_FINGER && !draw_pointers_fingers_draw (self->pointers))
    return NULL;
  if (pointer == DRAW_POINTER_MOUSE && button == GDK_BUTTON_MIDDLE)
    return NULL;
  return pointer == DRAW_POINTER_ERASER && self->eraser != NULL ? self->eraser : self->tool;
}

void
draw_canvas_set_fingers (DrawCanvas *self, DrawFingers fingers)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));

  draw_pointers_set_fingers (self->pointers, fingers);
}

void
draw_canvas_set_barrel (DrawCanvas *self, guint barrel, DrawBarrel act, DrawTool *tool)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (barrel < DRAW_N_BARRELS);
  g_return_if_fail ((act == DRAW_BARREL_TOOL) == (tool != NULL));

  self->barrels[barrel].act = act;
  g_set_object (&self->barrels[barrel].tool, tool);
}
