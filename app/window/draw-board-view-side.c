/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be beside the board, one at a time: the talk, the library. */
#include "window/draw-board-view-private.h"

gboolean
draw_board_view_shows_side (DrawBoardView *self, const char *page)
{
  return adw_flap_get_reveal_flap (self->flap)
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->side), page) == 0;
}

void
draw_board_view_show_side (DrawBoardView *self, const char *page, gboolean show)
{
  if (show == draw_board_view_shows_side (self, page))
    return;
  if (show)
    gtk_stack_set_visible_child_name (self->side, page);
  adw_flap_set_reveal_flap (self->flap, show);
}

static void
on_side_changed (GObject *object, GParamSpec *pspec, DrawBoardView *self)
{
  /* Template children come one after the other. */
  if (self->side == NULL || self->chat == NULL)
    return;
  if (draw_board_view_shows_side (self, DRAW_SIDE_CHAT))
    {
      draw_board_view_mark_read (self);
      draw_chat_panel_focus (self->chat);
    }
  else if (draw_board_view_shows_side (self, DRAW_SIDE_LIBRARY))
    draw_library_panel_focus (self->library);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  g_object_notify (G_OBJECT (self), "chat-visible");
  g_object_notify (G_OBJECT (self), "library-visible");
}

void
draw_board_view_class_bind_side (GtkWidgetClass *widget_class)
{
  g_type_ensure (DRAW_TYPE_LIBRARY_PANEL);
  g_type_ensure (DRAW_TYPE_DRAG_HANDLE);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, side);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, library);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, drag_handle);
  gtk_widget_class_bind_template_callback (widget_class, on_side_changed);
}

DrawDragHandle *
draw_board_view_get_drag_handle (DrawBoardView *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), NULL);

  return self->drag_handle;
}

DrawLibraryPanel *
draw_board_view_get_library (DrawBoardView *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), NULL);

  return self->library;
}

void
draw_board_view_uncover (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}
