/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The people in the view: what is asked about one of them, and where they are. */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>

static void
on_follow (DrawPeopleActions *actions, const char *id, DrawBoardView *self)
{
  draw_people_button_popdown (self->people);
  draw_board_view_follow (self, id);
}

static void
on_locate (DrawPeopleActions *actions, const char *id, DrawBoardView *self)
{
  DrawMember *member = draw_session_find_member (draw_board_view_get_session (self), id);
  double x, y;

  if (member != NULL && draw_member_get_place (member, &x, &y))
    draw_viewport_center_on (draw_canvas_get_viewport (self->canvas), x, y);
  else
    g_signal_emit_by_name (self, "done", _("They have not pointed anywhere yet."));
}

static void
on_whisper (DrawPeopleActions *actions, const char *id, DrawBoardView *self)
{
  draw_people_button_popdown (self->people);
  draw_board_view_begin_whisper (self, id);
}

static void
on_show_only (DrawPeopleActions *actions, const char *id, DrawBoardView *self)
{
  draw_people_button_popdown (self->people);
  draw_board_view_begin_replay (self, id, NULL);
}

static void
on_done (DrawPeopleActions *actions, const char *words, DrawBoardView *self)
{
  g_signal_emit_by_name (self, "done", words);
}

static void
on_trouble (gpointer source, GError *error, DrawBoardView *self)
{
  g_signal_emit_by_name (self, "trouble", error);
}

void
draw_board_view_init_people (DrawBoardView *self)
{
  self->people_actions = draw_people_actions_new (GTK_WIDGET (self->people));
  g_signal_connect_object (self->people_actions, "follow", G_CALLBACK (on_follow), self, 0);
  g_signal_connect_object (self->people_actions, "locate", G_CALLBACK (on_locate), self, 0);
  g_signal_connect_object (self->people_actions, "whisper", G_CALLBACK (on_whisper), self, 0);
  g_signal_connect_object (self->people_actions, "show-only", G_CALLBACK (on_show_only), self, 0);
  g_signal_connect_object (self->people_actions, "done", G_CALLBACK (on_done), self, 0);
  g_signal_connect_object (self->people_actions, "trouble", G_CALLBACK (on_trouble), self, 0);
  g_signal_connect_object (self->people, "trouble", G_CALLBACK (on_trouble), self, 0);
}

void
draw_board_view_dispose_people (DrawBoardView *self)
{
  if (self->people_actions != NULL)
    draw_people_actions_set_session (self->people_actions, NULL);
  g_clear_object (&self->people_actions);
}

void
draw_board_view_set_people (DrawBoardView *self, DrawSession *session)
{
  draw_people_actions_set_session (self->people_actions, session);
  draw_people_button_set_session (self->people, session);
}
