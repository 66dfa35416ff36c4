/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-session-whisper.h"

#include <glib/gi18n.h>

#include "board/board-whisper.h"
#include "draw-session-moderate.h"
#include "draw-session-private.h"

void
draw_session_whisper_async (DrawSession *self, const char *member, const char *text,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (BoardCast) cast = NULL;
  g_autofree char *json = NULL;
  g_autofree char *body = NULL;
  SioArgs *args;

  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL && text != NULL);

  cast = board_cast_new (BOARD_CAST_SAY);
  cast->id = board_element_make_id ();
  cast->text = g_strdup (text);
  json = board_cast_to_json (cast);
  body = board_whisper_seal (&self->key, &self->seed, self->board, member, json);
  if (body == NULL)
    {
      g_task_report_new_error (self, callback, user_data, draw_session_whisper_async, DRAW_ERROR,
                               DRAW_ERROR_TOO_LARGE, "%s", _("This message is too long."));
      return;
    }
  args = sio_args_new ();
  sio_args_add_string (args, member);
  sio_args_add_string (args, body);
  draw_session_ask (self, BOARD_EVENT_WHISPER, args, cancellable, callback, user_data);
}

gboolean
draw_session_whisper_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (draw_session_ask_finish (self, result, &reason))
    return TRUE;
  if (g_error_matches (reason, DRAW_ERROR, DRAW_ERROR_REFUSED))
    g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_REFUSED,
                         _("That did not get through: they are not here now."));
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* A whisper is a cast for one: words, or anything else that casts say. */
void
draw_session_take_whisper (DrawSession *self, const char *member, const char *body)
{
  g_autofree char *text = NULL;
  g_autoptr (BoardCast) cast = NULL;

  if (g_str_equal (member, self->member) || draw_session_is_muted (self, member))
    return;
  text = board_whisper_open (&self->key, &self->seed, self->board, member, body, NULL);
  if (text != NULL)
    cast = board_cast_from_json (text, -1, NULL);
  if (cast != NULL && cast->type == BOARD_CAST_SAY)
    draw_session_emit_whisper (self, member, cast->text);
}
