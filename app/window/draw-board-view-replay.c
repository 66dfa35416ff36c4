/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The past of the board lies over it, on a sheet of its own. The board goes on beneath: others draw on it,
 * and nothing of it is changed from here. */
#include "window/draw-board-view-private.h"

/* What is covered takes no focus. */
static void
cover (DrawBoardView *self, gboolean covered)
{
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (self->canvas));

  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self->replay))
      gtk_widget_set_can_focus (child, !covered);
}

static void
on_left (DrawReplayView *replay, DrawBoardView *self)
{
  draw_board_view_end_replay (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
on_trouble (DrawReplayView *replay, GError *error, DrawBoardView *self)
{
  g_signal_emit_by_name (self, "trouble", error);
}

void
draw_board_view_begin_replay (DrawBoardView *self, const char *only, const char *element)
{
  DrawSession *session = draw_board_view_get_session (self);
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (self->canvas));

  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  if (session == NULL)
    return;
  draw_board_view_end_replay (self);
  self->replay = draw_replay_view_new ();
  g_signal_connect_object (self->replay, "left", G_CALLBACK (on_left), self, 0);
  g_signal_connect_object (self->replay, "trouble", G_CALLBACK (on_trouble), self, 0);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->replay));
  cover (self, TRUE);
  draw_replay_view_start (self->replay, session, self->canvas, draw_board_view_get_images (self), only,
                          element);
  draw_board_view_update (self);
}

void
draw_board_view_end_replay (DrawBoardView *self)
{
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (self->canvas));
  g_autoptr (GtkWidget) replay = NULL;

  if (self->replay == NULL)
    return;
  replay = g_object_ref (GTK_WIDGET (self->replay));
  cover (self, FALSE);
  self->replay = NULL;
  gtk_overlay_remove_overlay (GTK_OVERLAY (overlay), replay);
  g_object_run_dispose (G_OBJECT (replay)); /* what it reads need not be waited for */
  draw_board_view_update (self);
}

DrawCanvas *
draw_board_view_get_shown_canvas (DrawBoardView *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), NULL);

  return self->replay != NULL ? draw_replay_view_get_canvas (self->replay) : self->canvas;
}
