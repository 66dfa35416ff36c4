/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person who joins wants to know: how far it is, and what stands in the way. */
#include "draw-session-private.h"

DrawObstacle
draw_session_get_obstacle (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), DRAW_OBSTACLE_NONE);

  return self->connection != NULL ? draw_connection_get_obstacle (self->connection) : self->obstacle;
}

void
draw_session_take_former_link (DrawSession *self)
{
  g_autoptr (BoardLink) link = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self) && !self->closed);

  draw_session_disconnect (self);
  link = g_steal_pointer (&self->former_link);
  if (link != NULL)
    draw_session_set_link (self, link);
}

DrawLoading
draw_session_get_loading (DrawSession *self, guint64 *done, guint64 *total)
{
  uint64_t seq;

  g_return_val_if_fail (DRAW_IS_SESSION (self), DRAW_LOADING_NOTHING);
  g_return_val_if_fail (done != NULL && total != NULL, DRAW_LOADING_NOTHING);

  *done = *total = 0;
  if (self->state != DRAW_SHARE_CONNECTING)
    return DRAW_LOADING_NOTHING;
  if (draw_session_get_shortcut_progress (self, done, total))
    return DRAW_LOADING_SNAPSHOT;
  if (self->target_seq == 0)
    return DRAW_LOADING_GREETING;
  seq = board_replica_get_seq (self->replica);
  *total = self->target_seq - MIN (self->target_seq, self->first_seq);
  *done = MIN (seq - MIN (seq, self->first_seq), *total);
  return DRAW_LOADING_LOG;
}
