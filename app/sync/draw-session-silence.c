/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server that does not answer. While something is on its way to it the silence is looked at once a second: it is
 * told, and the server is asked for a sign of life, without which the connection is made anew. */
#include "draw-session-private.h"

static void
update (DrawSession *self, gboolean answered, int64_t now)
{
  gsize bytes;
  guint n = draw_outbox_get_n_in_flight (self->outbox, &bytes);

  draw_silence_note (&self->silence, n > 0, answered, now);
  draw_session_set_silent_for (self, draw_silence_get_seconds (&self->silence, now));
  if (self->connection != NULL && draw_silence_is_due (&self->silence, bytes, now))
    draw_connection_check (self->connection);
}

/* It goes on until a second in which everything is answered: not made anew with each stroke. */
static gboolean
on_silence_timer (gpointer data)
{
  DrawSession *self = data;

  if (self->silence.since > 0)
    {
      update (self, FALSE, g_get_monotonic_time ());
      return G_SOURCE_CONTINUE;
    }
  self->silence_timer = 0;
  return G_SOURCE_REMOVE;
}

void
draw_session_watch_silence (DrawSession *self, gboolean answered)
{
  update (self, answered, g_get_monotonic_time ());
  if (self->silence.since > 0 && self->silence_timer == 0 && !self->closed)
    self->silence_timer = g_timeout_add_seconds (1, on_silence_timer, self);
}
