/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-window-private.h"

#include "canvas/draw-selection.h"
#include "window/draw-command-palette.h"
#include "window/draw-joining.h"
#include "window/draw-zoom-bar.h"

/* --- the verbs --- */

static void
action_home (DrawWindow *self)
{
  draw_window_set_session (self, NULL);
}

static void
action_new_board (DrawWindow *self)
{
  draw_application_create_board (draw_window_get_app (self), self);
}

static void
action_palette (DrawWindow *self)
{
  draw_command_palette_popup (GTK_WIDGET (self), self->shelf);
}

static void
action_search (DrawWindow *self)
{
  if (self->session == NULL)
    draw_home_search (self->home);
}

static void
action_join (DrawWindow *self)
{
  draw_joining_start (self, NULL);
}

static void
action_undo (DrawWindow *self)
{
  draw_session_undo (self->session);
}

static void
action_redo (DrawWindow *self)
{
  draw_session_redo (self->session);
}

static void
action_reconnect (DrawWindow *self)
{
  draw_session_reconnect_now (self->session);
}

static void
action_host_again (DrawWindow *self)
{
  draw_window_host (self, FALSE);
}

static void
action_host_copy (DrawWindow *self)
{
  draw_window_host_copy (self);
}

static void
action_people (DrawWindow *self)
{
  draw_board_view_popup_people (self->view);
}

static void
action_meeting (DrawWindow *self)
{
  draw_board_view_show_meeting (self->view);
}

static void
action_replay (DrawWindow *self)
{
  draw_board_view_begin_replay (self->view, NULL, NULL);
}

static void
action_who (DrawWindow *self)
{
  draw_board_view_popup_author (self->view, self->pointer[0], self->pointer[1]);
}

static void
action_rename (DrawWindow *self)
{
  draw_board_view_edit_title (self->view);
}

static void
action_select_all (DrawWindow *self)
{
  g_object_set (self->view, "tool", "select", NULL);
  draw_canvas_select_all (draw_board_view_get_canvas (self->view));
}

static void
action_delete_selection (DrawWindow *self)
{
  draw_canvas_delete_selection (draw_board_view_get_canvas (self->view));
}

/* As Return does it, for whoever does not know. */
static void
action_crop (DrawWindow *self)
{
  DrawCanvas *canvas = draw_board_view_get_canvas (self->view);
  DrawToolHost *host = DRAW_TOOL_HOST (canvas);
  BoardElement *element = draw_selection_get_only (draw_tool_host_get_document (host),
                                                   draw_canvas_get_selection (canvas));

  if (element == NULL || board_element_get_kind (element) != BOARD_ELEMENT_IMAGE)
    return;
  g_object_set (self->view, "tool", "select", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  draw_tool_key (draw_canvas_get_tool (canvas), host, GDK_KEY_Return, 0);
}

static void
action_tool_lock (DrawWindow *self)
{
  draw_board_view_toggle_tool_lock (self->view);
}

static void
action_color (DrawWindow *self)
{
  draw_board_view_popup_color (self->view);
}

static void
action_width (DrawWindow *self)
{
  draw_board_view_popup_width (self->view);
}

static void
action_properties (DrawWindow *self)
{
  draw_board_view_popup_properties (self->view);
}

static void
zoom (DrawWindow *self, int direction)
{
  DrawViewport *viewport = draw_canvas_get_viewport (draw_board_view_get_shown_canvas (self->view));

  draw_viewport_set_scale (viewport,
                           draw_zoom_bar_step (draw_viewport_get_scale (viewport), direction));
}

static void
action_zoom_in (DrawWindow *self)
{
  zoom (self, 1);
}

static void
action_zoom_out (DrawWindow *self)
{
  zoom (self, -1);
}

static void
action_zoom_normal (DrawWindow *self)
{
  draw_viewport_set_scale (draw_canvas_get_viewport (draw_board_view_get_shown_canvas (self->view)),
                           1.0);
}

static void
action_fit (DrawWindow *self)
{
  draw_canvas_fit (draw_board_view_get_shown_canvas (self->view));
}

/* Name, verb, and what must be true of the board for it. */
static const struct
{
  const char *name;
  void (*activate) (DrawWindow *self);
  DrawBoardFacts needs;
} actions[] = {
  { "win.new-board", action_new_board, 0 },
  { "win.palette", action_palette, 0 },
  { "win.search", action_search, 0 },
  { "win.join", action_join, 0 },
  { "win.home", action_home, DRAW_BOARD_SHOWN },
  { "win.undo", action_undo, DRAW_BOARD_CAN_UNDO },
  { "win.redo", action_redo, DRAW_BOARD_CAN_REDO },
  { "win.share", draw_window_share, DRAW_BOARD_OPEN },
  { "win.people", action_people, DRAW_BOARD_OPEN },
  { "win.host-copy", action_host_copy, DRAW_BOARD_OPEN },
  { "board.meeting", action_meeting, DRAW_BOARD_OPEN },
  { "board.replay", action_replay, DRAW_BOARD_LIVE },
  { "board.who", action_who, DRAW_BOARD_LIVE },
  { "win.reconnect", action_reconnect, DRAW_BOARD_CAN_RECONNECT },
  { "win.host-again", action_host_again, DRAW_BOARD_CAN_HOST_AGAIN },
  { "board.rename", action_rename, DRAW_BOARD_WRITABLE },
  { "board.select-all", action_select_all, DRAW_BOARD_LIVE },
  { "board.delete-selection", action_delete_selection, DRAW_BOARD_WRITABLE | DRAW_BOARD_SELECTION },
  { "board.crop", action_crop, DRAW_BOARD_WRITABLE | DRAW_BOARD_SELECTION },
  { "tool.lock", action_tool_lock, DRAW_BOARD_WRITABLE },
  { "tool.color", action_color, DRAW_BOARD_WRITABLE },
  { "tool.width", action_width, DRAW_BOARD_WRITABLE },
  { "tool.properties", action_properties, DRAW_BOARD_WRITABLE },
  { "view.zoom-in", action_zoom_in, DRAW_BOARD_OPEN },
  { "view.zoom-out", action_zoom_out, DRAW_BOARD_OPEN },
  { "view.zoom-normal", action_zoom_normal, DRAW_BOARD_OPEN },
  { "view.fit", action_fit, DRAW_BOARD_OPEN },
};

static void
on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      {
        actions[i].activate (DRAW_WINDOW (widget));
        return;
      }
  g_assert_not_reached ();
}

void
draw_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, on_action);
  draw_window_arrange_install (widget_class);
  draw_window_incoming_install (widget_class);
  draw_window_clipboard_install (widget_class);
  draw_window_export_install (widget_class);
  draw_window_library_install (widget_class);
  gtk_widget_class_install_property_action (widget_class, "tool.use", "tool");
  gtk_widget_class_install_property_action (widget_class, "win.show-chat", "show-chat");
  gtk_widget_class_install_property_action (widget_class, "win.show-library", "show-library");
}

/* The one place that decides what can be done now. */
void
draw_window_update_actions (DrawWindow *self)
{
  DrawBoardFacts facts = draw_board_view_get_facts (self->view);
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (widget, actions[i].name, (actions[i].needs & ~facts) == 0);
  draw_window_arrange_update (self, facts);
  draw_window_incoming_update (self, facts);
  draw_window_clipboard_update (self, facts);
  draw_window_export_update (self, facts);
  draw_window_library_update (self, facts);
  gtk_widget_action_set_enabled (widget, "tool.use", (facts & DRAW_BOARD_LIVE) != 0);
  gtk_widget_action_set_enabled (widget, "win.show-chat", (facts & DRAW_BOARD_OPEN) != 0);
  gtk_widget_action_set_enabled (widget, "win.show-library", (facts & DRAW_BOARD_OPEN) != 0);
}

DrawApplication *
draw_window_get_app (DrawWindow *self)
{
  return DRAW_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}
