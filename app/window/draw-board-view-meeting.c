/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The meeting in the view: its window, a timer that everybody sees, a word about what is new. */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>

#include "window/draw-meeting-window.h"

static BoardMeeting *
get_meeting (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);

  return session != NULL ? board_document_get_meeting (draw_session_get_document (session)) : NULL;
}

/* --- The timer over the board --- */

static gboolean on_timer_tick (gpointer user_data);

static void
show_timer (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  BoardMeeting *meeting = get_meeting (self);
  BoardTimer timer;
  gboolean set = meeting != NULL && board_meeting_get_timer (meeting, &timer);
  int64_t left = set ? board_timer_get_left (&timer, draw_session_get_time (session)) : 0;
  g_autofree char *clock = draw_meeting_clock (left);

  gtk_widget_set_visible (GTK_WIDGET (self->timer_label), set);
  gtk_label_set_text (self->timer_label, clock);
  if (set && left == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->timer_label), "over");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->timer_label), "over");
  if (set && !timer.paused && left > 0 && self->timer_id == 0)
    self->timer_id = g_timeout_add (250, on_timer_tick, self);
  else if (!set || timer.paused || left == 0)
    g_clear_handle_id (&self->timer_id, g_source_remove);
}

static gboolean
on_timer_tick (gpointer user_data)
{
  DrawBoardView *self = user_data;
  guint id = self->timer_id;

  show_timer (self);
  if (self->timer_id == id)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_get_visible (GTK_WIDGET (self->timer_label)))
    g_signal_emit_by_name (self, "done", _("Time is up."));
  return G_SOURCE_CONTINUE; /* removed already */
}

/* --- What is new --- */

static void
tell_polls (DrawBoardView *self, BoardMeeting *meeting)
{
  DrawSession *session = draw_board_view_get_session (self);
  guint n = board_meeting_get_n_polls (meeting);

  for (guint i = self->n_polls; i < n; i++)
    {
      g_autoptr (GString) words = NULL;
      DrawMember *author;
      BoardPoll poll;

      board_meeting_get_poll (meeting, i, &poll);
      author = draw_session_find_member (session, poll.member);
      if (author == NULL || draw_member_is_self (author))
        continue;
      /* Translators: %s is a person's name; "Polls and Timer" is an item of the main menu */
      words = g_string_new (_("%s asks something: see Polls and Timer in the menu."));
      g_string_replace (words, "%s", draw_member_get_name (author), 1);
      g_signal_emit_by_name (self, "done", words->str);
    }
  self->n_polls = n;
}

void
draw_board_view_update_meeting (DrawBoardView *self)
{
  BoardMeeting *meeting = get_meeting (self);

  show_timer (self);
  if (meeting != NULL)
    tell_polls (self, meeting);
  draw_live_layer_update (self->live);
}

void
draw_board_view_set_meeting (DrawBoardView *self)
{
  BoardMeeting *meeting = get_meeting (self);

  self->n_polls = meeting != NULL ? board_meeting_get_n_polls (meeting) : 0;
  draw_board_view_update_meeting (self);
}

/* --- The window --- */

static void
on_submit (DrawMeetingWindow *window, BoardOp *op, DrawBoardView *self)
{
  draw_board_view_submit (self, op);
}

static void
on_dot (DrawMeetingWindow *window, int count, DrawBoardView *self)
{
  GPtrArray *ids = draw_canvas_get_selection (self->canvas);
  DrawSession *session = draw_board_view_get_session (self);
  BoardMeeting *meeting = get_meeting (self);
  g_autoptr (BoardOp) op = board_op_new ();
  BoardBallot ballot;

  if (meeting == NULL || !board_meeting_get_ballot (meeting, &ballot) || ids->len == 0)
    return;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      guint own = board_meeting_get_dots (meeting, id, draw_session_get_member (session));

      board_op_set_dots (op, ballot.id, id, (guint)MAX ((int)own + count, 0));
    }
  draw_board_view_submit (self, op);
}

static void
on_show_element (DrawMeetingWindow *window, const char *id, DrawBoardView *self)
{
  BoardDocument *document = draw_session_get_document (draw_board_view_get_session (self));
  BoardElement *element = board_document_get_element (document, id);
  BoardRect bounds;

  if (element == NULL)
    return;
  board_element_get_bounds (element, &bounds);
  draw_viewport_center_on (draw_canvas_get_viewport (self->canvas), bounds.x + bounds.width / 2,
                           bounds.y + bounds.height / 2);
}

void
draw_board_view_show_meeting (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  DrawMeetingWindow *window;

  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  if (session == NULL)
    return;
  window = draw_meeting_window_new (session);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  g_signal_connect_object (window, "submit", G_CALLBACK (on_submit), self, 0);
  g_signal_connect_object (window, "dot", G_CALLBACK (on_dot), self, 0);
  g_signal_connect_object (window, "show-element", G_CALLBACK (on_show_element), self, 0);
  /* It speaks of one board: with another one it goes. */
  g_signal_connect_object (self, "session-replaced", G_CALLBACK (gtk_window_destroy), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}
