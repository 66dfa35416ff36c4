/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* When the picture that Home shows of a board is made anew: when it is left (draw-window.c), and
 * when a hand rests: a crash, or another window that shows Home, finds it as it is. */
#include "window/draw-window-private.h"

/* How long nobody has drawn for. */
#define CALM_S 4
/* Gathering more would be felt by a hand that begins again just then; that is done on leaving. */
#define ELEMENTS_MAX 10000

static gboolean
on_calm (gpointer user_data)
{
  DrawWindow *self = user_data;

  /* Something was drawn since: once more around. */
  if (self->drawn)
    {
      self->drawn = FALSE;
      return G_SOURCE_CONTINUE;
    }
  self->calm_id = 0;
  if (board_document_get_n_elements (draw_session_get_document (self->session)) <= ELEMENTS_MAX)
    draw_window_remember (self);
  return G_SOURCE_REMOVE;
}

static void
on_drawn (BoardReplica *replica, const BoardDamage *damage, DrawWindow *self)
{
  self->drawn = TRUE;
  if (self->calm_id == 0)
    self->calm_id = g_timeout_add_seconds (CALM_S, on_calm, self);
}

void
draw_window_watch_drawing (DrawWindow *self)
{
  g_signal_connect_object (draw_session_get_replica (self->session), "changed",
                           G_CALLBACK (on_drawn), self, 0);
}

void
draw_window_unwatch_drawing (DrawWindow *self)
{
  g_clear_handle_id (&self->calm_id, g_source_remove);
  g_signal_handlers_disconnect_by_func (draw_session_get_replica (self->session), on_drawn, self);
}
