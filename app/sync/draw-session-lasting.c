/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Casts that stay true: what one sees, has selected, whether one's hand is up. The newest of each kind is
 * kept, sent at most some times a second, and sent again when somebody came who has not heard it. */
#include "draw-session-private.h"

#define INTERVAL_MS 100

static gboolean
on_lasting_timer (gpointer data)
{
  DrawSession *self = data;

  self->lasting_timer = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->lasting); i++)
    if (self->lasting_due & (1u << i))
      draw_session_send_cast_text (self, self->lasting[i]);
  self->lasting_due = 0;
  return G_SOURCE_REMOVE;
}

static void
schedule (DrawSession *self)
{
  if (self->lasting_timer == 0 && !self->closed && self->state == DRAW_SHARE_ONLINE)
    self->lasting_timer = g_timeout_add (INTERVAL_MS, on_lasting_timer, self);
}

void
draw_session_cast_lasting (DrawSession *self, const BoardCast *cast)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self) && cast != NULL);
  g_return_if_fail (cast->type < G_N_ELEMENTS (self->lasting));

  if (cast->type != BOARD_CAST_AWAY || !cast->on)
    draw_session_note_use (self);
  text = board_cast_to_json (cast);
  if (g_strcmp0 (text, self->lasting[cast->type]) == 0)
    return;
  g_free (self->lasting[cast->type]);
  self->lasting[cast->type] = g_steal_pointer (&text);
  self->lasting_due |= 1u << cast->type;
  schedule (self);
}

void
draw_session_repeat_lasting (DrawSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lasting); i++)
    if (self->lasting[i] != NULL)
      self->lasting_due |= 1u << i;
  if (self->lasting_due != 0)
    schedule (self);
}

void
draw_session_stop_lasting (DrawSession *self)
{
  g_clear_handle_id (&self->lasting_timer, g_source_remove);
}
