/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-pen-pad.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "board/board-replica.h"
#include "tools/draw-tools.h"
#include "window/draw-pen-settings.h"

#define WIDTH_MIN 150
#define HEIGHT_MIN 160

typedef struct {
  const char *name;
  DrawTool *(*make) (void);
} Row;

/* What a button of a pen may be for. */
static const Row rows[] = {
  { "pen", draw_pen_tool_new },           { "highlighter", draw_highlighter_tool_new },
  { "eraser", draw_eraser_tool_new },     { "part-eraser", draw_part_eraser_tool_new },
  { "select", draw_select_tool_new },     { "lasso", draw_lasso_tool_new },
  { "laser", draw_laser_tool_new },
};

struct _DrawPenPad {
  GtkWidget parent_instance;

  DrawCanvas *canvas; /* a child */
  GtkWidget *hint;    /* a child: gone with the first stroke */

  /* owned */
  BoardReplica *replica;
  DrawTool *tools[G_N_ELEMENTS (rows)];
};

G_DEFINE_FINAL_TYPE (DrawPenPad, draw_pen_pad, GTK_TYPE_WIDGET)

static DrawTool *
find_tool (gpointer data, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, name))
      return DRAW_PEN_PAD (data)->tools[i];
  return NULL;
}

static void
on_op (DrawPenPad *self, BoardOp *op)
{
  board_replica_submit (self->replica, op, NULL);
  gtk_widget_set_visible (self->hint, FALSE);
}

static void
on_changed (DrawPenPad *self, const BoardDamage *damage)
{
  draw_canvas_update (self->canvas, damage);
}

static void
set_replica (DrawPenPad *self)
{
  draw_canvas_set_document (self->canvas, NULL);
  if (self->replica != NULL)
    g_signal_handlers_disconnect_by_data (self->replica, self);
  g_clear_object (&self->replica);
  self->replica = board_replica_new ("pad");
  g_signal_connect_swapped (self->replica, "changed", G_CALLBACK (on_changed), self);
  draw_canvas_set_document (self->canvas, board_replica_get_document (self->replica));
}

/* Scrolling is for the page that it is on, and there is nothing to zoom. */
static void
leave_scrolling (GtkWidget *canvas)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (canvas);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller) || GTK_IS_GESTURE_ZOOM (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
draw_pen_pad_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_MIN : HEIGHT_MIN;
  *minimum_baseline = *natural_baseline = -1;
}

static void
draw_pen_pad_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  const DrawPenPad *self = DRAW_PEN_PAD (widget);
  GtkRequisition hint;
  GtkAllocation place = { 0, 0, width, height };

  gtk_widget_size_allocate (GTK_WIDGET (self->canvas), &place, -1);
  if (!gtk_widget_should_layout (self->hint))
    return;
  gtk_widget_get_preferred_size (self->hint, &hint, NULL);
  place = (GtkAllocation){ (width - hint.width) / 2, (height - hint.height) / 2, hint.width,
                           hint.height };
  gtk_widget_size_allocate (self->hint, &place, -1);
}

static void
draw_pen_pad_dispose (GObject *object)
{
  DrawPenPad *self = DRAW_PEN_PAD (object);

  if (self->replica != NULL)
    g_signal_handlers_disconnect_by_data (self->replica, self);
  g_clear_pointer (&self->hint, gtk_widget_unparent);
  if (self->canvas != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->canvas)));
  g_clear_object (&self->replica);
  for (guint i = 0; i < G_N_ELEMENTS (self->tools); i++)
    g_clear_object (&self->tools[i]);
  G_OBJECT_CLASS (draw_pen_pad_parent_class)->dispose (object);
}

static void
draw_pen_pad_class_init (DrawPenPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_pen_pad_dispose;
  widget_class->measure = draw_pen_pad_measure;
  widget_class->size_allocate = draw_pen_pad_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "penpad");
}

static void
draw_pen_pad_init (DrawPenPad *self)
{
  self->canvas = DRAW_CANVAS (draw_canvas_new ());
  self->hint = gtk_label_new (_ ("Try it here"));
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_can_target (self->hint, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->canvas), GTK_WIDGET (self));
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sheet to try the pen on"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    self->tools[i] = rows[i].make ();
  g_object_set (self->tools[0], "width", 8.0, NULL);
  draw_canvas_set_tool (self->canvas, self->tools[0]);
  leave_scrolling (GTK_WIDGET (self->canvas));
  g_signal_connect_swapped (self->canvas, "op", G_CALLBACK (on_op), self);
  g_object_bind_property (adw_style_manager_get_default (), "dark", self->canvas, "dark",
                          G_BINDING_SYNC_CREATE);
  set_replica (self);
}

void
draw_pen_pad_bind_settings (DrawPenPad *self, GSettings *settings)
{
  g_return_if_fail (DRAW_IS_PEN_PAD (self));

  draw_pen_settings_bind (settings, self->canvas, find_tool, self);
}

void
draw_pen_pad_clear (DrawPenPad *self)
{
  g_return_if_fail (DRAW_IS_PEN_PAD (self));

  set_replica (self);
  gtk_widget_set_visible (self->hint, TRUE);
}
