/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Things that are true for a moment: cursors, wet ink, typing. They are sealed like ops and dropped
 * whenever they cannot leave at once.
 */
#include <math.h>

#include "draw-session-private.h"

#define CURSOR_INTERVAL_US (G_USEC_PER_SEC / 30)

/* --- Coming ------------------------------------------------------------------------------------- */

void
draw_session_take_casts (DrawSession *self, JsonArray *entries)
{
  guint n = json_array_get_length (entries);

  for (guint i = 0; i < n && !self->closed; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (BoardCast) cast = NULL;
      BoardEntry entry;

      if (!board_cast_entry_parse (json_array_get_element (entries, i), &entry, NULL) ||
          g_str_equal (entry.member, self->member) || draw_session_is_muted (self, entry.member))
        continue;
      text = board_open_cast (&self->key, self->board, entry.member, entry.body, NULL);
      if (text != NULL)
        cast = board_cast_from_json (text, -1, NULL);
      if (cast == NULL || cast->type == BOARD_CAST_UNKNOWN || cast->type == BOARD_CAST_SAY)
        continue;
      if (cast->type == BOARD_CAST_HASH)
        {
          draw_session_hear_hash (self, cast);
          continue;
        }
      draw_session_note_cast (self, entry.member, cast);
      draw_session_emit_cast (self, entry.member, cast);
    }
}

/* --- Going -------------------------------------------------------------------------------------- */

void
draw_session_send_cast (DrawSession *self, const BoardCast *cast)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self) && cast != NULL);

  draw_session_note_use (self);
  if (self->state != DRAW_SHARE_ONLINE)
    return;
  text = board_cast_to_json (cast);
  draw_session_send_cast_text (self, text);
}

void
draw_session_send_cast_text (DrawSession *self, const char *text)
{
  g_autofree char *body = NULL;

  if (self->connection == NULL || self->state != DRAW_SHARE_ONLINE)
    return;
  body = board_seal_cast (&self->key, self->board, self->member, text);
  if (body != NULL)
    draw_connection_send_cast (self->connection, body);
}

static void
send_cursor (DrawSession *self)
{
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_CURSOR);

  cast->has_place = TRUE;
  cast->x = self->cursor_x;
  cast->y = self->cursor_y;
  self->cursor_waiting = FALSE;
  self->cursor_sent = g_get_monotonic_time ();
  draw_session_send_cast (self, cast);
}

static gboolean
on_cursor_timer (gpointer data)
{
  DrawSession *self = data;

  self->cursor_timer = 0;
  if (self->cursor_waiting)
    send_cursor (self);
  return G_SOURCE_REMOVE;
}

void
draw_session_send_cursor (DrawSession *self, double x, double y)
{
  int64_t wait;

  g_return_if_fail (DRAW_IS_SESSION (self) && isfinite (x) && isfinite (y));

  draw_session_note_use (self);
  if (self->state != DRAW_SHARE_ONLINE)
    return;
  self->cursor_x = CLAMP (x, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX);
  self->cursor_y = CLAMP (y, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX);
  self->cursor_waiting = TRUE;
  if (self->cursor_timer > 0)
    return;
  wait = self->cursor_sent + CURSOR_INTERVAL_US - g_get_monotonic_time ();
  if (wait <= 0)
    send_cursor (self);
  else
    self->cursor_timer = g_timeout_add ((guint) (wait / 1000 + 1), on_cursor_timer, self);
}

void
draw_session_send_cursor_left (DrawSession *self)
{
  g_autoptr (BoardCast) cast = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self));

  draw_session_stop_casting (self);
  cast = board_cast_new (BOARD_CAST_CURSOR);
  draw_session_send_cast (self, cast);
}

void
draw_session_stop_casting (DrawSession *self)
{
  g_clear_handle_id (&self->cursor_timer, g_source_remove);
  self->cursor_waiting = FALSE;
}
