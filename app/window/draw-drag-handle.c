/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-drag-handle.h"

#include <glib/gi18n.h>

struct _DrawDragHandle
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *button;
};

static guint prepare_signal;

G_DEFINE_FINAL_TYPE (DrawDragHandle, draw_drag_handle, GTK_TYPE_WIDGET)

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, DrawDragHandle *self)
{
  GdkContentProvider *provider = NULL;

  g_signal_emit (self, prepare_signal, 0, &provider);
  return provider;
}

static void
draw_drag_handle_dispose (GObject *object)
{
  g_clear_pointer (&DRAW_DRAG_HANDLE (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (draw_drag_handle_parent_class)->dispose (object);
}

static void
draw_drag_handle_class_init (DrawDragHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_drag_handle_dispose;
  prepare_signal = g_signal_new ("prepare", DRAW_TYPE_DRAG_HANDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, GDK_TYPE_CONTENT_PROVIDER, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "draghandle");
}

static void
draw_drag_handle_init (DrawDragHandle *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  self->button = gtk_button_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_focus_on_click (self->button, FALSE);
  gtk_widget_set_tooltip_text (self->button, _("Drag the selection to another program; a click copies it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Drag the selection, or copy it"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "board.copy");
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  /* Before the button takes the press. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}
