/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-pressure-editor.h"

#include <glib/gi18n.h>
#include <math.h>

/* Pixels. */
#define SIDE_MIN 120
#define SIDE_NATURAL 160
#define MARGIN 8.0
#define REACH 16.0
#define KNOB 5.0
#define KEY_STEP 0.02
#define N_STEPS 64

struct _DrawPressureEditor {
  GtkWidget parent_instance;

  DrawPressure curve;
  guint chosen;           /* of the points */
  gboolean dragging;
  double start_x, start_y; /* of the chosen point, when the drag began */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawPressureEditor, draw_pressure_editor, GTK_TYPE_WIDGET)

/* ---- places ---- */

static double
get_side (DrawPressureEditor *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));

  return MAX (MIN (width, height) - 2 * MARGIN, 1);
}

static void
to_widget (DrawPressureEditor *self, double x, double y, double *widget_x, double *widget_y)
{
  const double side = get_side (self);

  *widget_x = (gtk_widget_get_width (GTK_WIDGET (self)) - side) / 2 + x * side;
  *widget_y = (gtk_widget_get_height (GTK_WIDGET (self)) + side) / 2 - y * side;
}

static void
from_widget (DrawPressureEditor *self, double widget_x, double widget_y, double *x, double *y)
{
  const double side = get_side (self);

  *x = (widget_x - (gtk_widget_get_width (GTK_WIDGET (self)) - side) / 2) / side;
  *y = ((gtk_widget_get_height (GTK_WIDGET (self)) + side) / 2 - widget_y) / side;
}

/* The point within reach; FALSE: none, and @found is the first. */
static gboolean
find_point (DrawPressureEditor *self, double widget_x, double widget_y, guint *found)
{
  double nearest = REACH;

  *found = 0;
  for (guint i = 0; i < self->curve.n; i++)
    {
      double x, y, distance;

      to_widget (self, self->curve.points[i].x, self->curve.points[i].y, &x, &y);
      distance = hypot (widget_x - x, widget_y - y);
      if (distance >= nearest)
        continue;
      nearest = distance;
      *found = i;
    }
  return nearest < REACH;
}

/* ---- painting ---- */

static void
paint_grid (DrawPressureEditor *self, cairo_t *cr)
{
  double x0, y0, x1, y1;

  to_widget (self, 0, 0, &x0, &y0);
  to_widget (self, 1, 1, &x1, &y1);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i <= 4; i++)
    {
      const double x = floor (x0 + (x1 - x0) * i / 4) + 0.5;
      const double y = floor (y0 + (y1 - y0) * i / 4) + 0.5;

      cairo_move_to (cr, x, y0);
      cairo_line_to (cr, x, y1);
      cairo_move_to (cr, x0, y);
      cairo_line_to (cr, x1, y);
    }
  cairo_stroke (cr);
}

static void
paint_curve (DrawPressureEditor *self, cairo_t *cr)
{
  for (guint i = 0; i <= N_STEPS; i++)
    {
      const double pressure = (double) i / N_STEPS;
      double x, y;

      to_widget (self, pressure, draw_pressure_map (&self->curve, pressure), &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
paint_points (DrawPressureEditor *self, cairo_t *cr)
{
  const gboolean focused = gtk_widget_has_focus (GTK_WIDGET (self));

  for (guint i = 0; i < self->curve.n; i++)
    {
      double x, y;

      to_widget (self, self->curve.points[i].x, self->curve.points[i].y, &x, &y);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, KNOB, 0, 2 * G_PI);
      cairo_fill (cr);
      if (!focused || i != self->chosen)
        continue;
      cairo_arc (cr, x, y, KNOB + 3, 0, 2 * G_PI);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

static void
draw_pressure_editor_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DrawPressureEditor *self = DRAW_PRESSURE_EDITOR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  const graphene_rect_t area
      = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                            (float) gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  GdkRGBA ink, accent;

  gtk_style_context_get_color (style, &ink);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = ink;
  ink.alpha *= 0.15f;
  gdk_cairo_set_source_rgba (cr, &ink);
  paint_grid (self, cr);
  gdk_cairo_set_source_rgba (cr, &accent);
  paint_curve (self, cr);
  paint_points (self, cr);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
draw_pressure_editor_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
draw_pressure_editor_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  *minimum = SIDE_MIN;
  *natural = SIDE_NATURAL;
  *minimum_baseline = *natural_baseline = -1;
}

/* ---- changes ---- */

/* What a screen reader says of it: which point, and where it is. */
static void
describe (DrawPressureEditor *self)
{
  /* Translators: of a curve; "point 2 of 3", then percentages. */
  g_autofree char *name = g_strdup_printf (
      _ ("Pressure curve, point %u of %u: pressure %d %%, width %d %%"), self->chosen + 1,
      self->curve.n, (int) lround (self->curve.points[self->chosen].x * 100),
      (int) lround (self->curve.points[self->chosen].y * 100));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show (DrawPressureEditor *self)
{
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
choose (DrawPressureEditor *self, guint i)
{
  self->chosen = MIN (i, self->curve.n - 1);
  show (self);
}

static void
tell_changed (DrawPressureEditor *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
move_chosen (DrawPressureEditor *self, double x, double y)
{
  draw_pressure_move (&self->curve, self->chosen, x, y);
  tell_changed (self);
}

static gboolean
add_point (DrawPressureEditor *self, double x, double y)
{
  const guint added = draw_pressure_add (&self->curve, x, y);

  if (added == 0)
    return FALSE;
  self->chosen = added;
  tell_changed (self);
  return TRUE;
}

static gboolean
remove_point (DrawPressureEditor *self, guint i)
{
  if (!draw_pressure_remove (&self->curve, i))
    return FALSE;
  self->chosen = MIN (self->chosen, self->curve.n - 1);
  tell_changed (self);
  return TRUE;
}

/* ---- the pointer ---- */

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, DrawPressureEditor *self)
{
  guint found;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragging = find_point (self, x, y, &found);
  if (!self->dragging)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  choose (self, found);
  to_widget (self, self->curve.points[found].x, self->curve.points[found].y, &self->start_x,
             &self->start_y);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, DrawPressureEditor *self)
{
  double x, y;

  if (!self->dragging || (dx == 0 && dy == 0))
    return;
  from_widget (self, self->start_x + dx, self->start_y + dy, &x, &y);
  move_chosen (self, x, y);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, DrawPressureEditor *self)
{
  guint found;

  if (n_press != 2)
    return;
  self->dragging = FALSE;
  if (find_point (self, x, y, &found))
    {
      remove_point (self, found);
      return;
    }
  from_widget (self, x, y, &x, &y);
  add_point (self, x, y);
}

/* ---- keys ---- */

static gboolean
move_by (DrawPressureEditor *self, double dx, double dy)
{
  move_chosen (self, self->curve.points[self->chosen].x + dx,
               self->curve.points[self->chosen].y + dy);
  return GDK_EVENT_STOP;
}

/* Between the chosen point and the next one. */
static gboolean
insert_after (DrawPressureEditor *self)
{
  const guint i = MIN (self->chosen, self->curve.n - 2);
  const double x = (self->curve.points[i].x + self->curve.points[i + 1].x) / 2;

  return add_point (self, x, draw_pressure_map (&self->curve, x));
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                DrawPressureEditor *self)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
      return move_by (self, -KEY_STEP, 0);
    case GDK_KEY_Right:
      return move_by (self, KEY_STEP, 0);
    case GDK_KEY_Up:
      return move_by (self, 0, KEY_STEP);
    case GDK_KEY_Down:
      return move_by (self, 0, -KEY_STEP);
    case GDK_KEY_Page_Up:
      choose (self, self->chosen > 0 ? self->chosen - 1 : 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      choose (self, self->chosen + 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Insert:
      return insert_after (self);
    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      return remove_point (self, self->chosen);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
draw_pressure_editor_class_init (DrawPressureEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = draw_pressure_editor_snapshot;
  widget_class->measure = draw_pressure_editor_measure;
  widget_class->get_request_mode = draw_pressure_editor_get_request_mode;
  signals[CHANGED] = g_signal_new ("changed", DRAW_TYPE_PRESSURE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "pressureeditor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
draw_pressure_editor_init (DrawPressureEditor *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  draw_pressure_init (&self->curve, DRAW_PRESSURE_NORMAL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               _ ("Drag a point. A double click adds one, or takes it away "
                                  "(Page Up and Down, arrows, Insert, Delete)"));
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (show), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (show), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  describe (self);
}

void
draw_pressure_editor_set_curve (DrawPressureEditor *self, const DrawPressure *curve)
{
  g_return_if_fail (DRAW_IS_PRESSURE_EDITOR (self));
  g_return_if_fail (curve != NULL);

  self->curve = *curve;
  choose (self, self->chosen);
}

const DrawPressure *
draw_pressure_editor_get_curve (DrawPressureEditor *self)
{
  g_return_val_if_fail (DRAW_IS_PRESSURE_EDITOR (self), NULL);

  return &self->curve;
}
