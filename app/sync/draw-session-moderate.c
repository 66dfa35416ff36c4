/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a host asks of the server about people. Nothing of it is kept here: the server judges, and tells
 * everybody by `members`, `lock` and `bye`. */
#include "draw-session-moderate.h"

#include <glib/gi18n.h>

#include "draw-session-private.h"

/* --- Asking ------------------------------------------------------------------------------------- */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  SioArgs *answer = draw_connection_request_finish (DRAW_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) sio_args_unref);
  else
    g_task_return_error (task, error);
}

/* args: (transfer full) */
void
draw_session_ask (DrawSession *self, const char *event, SioArgs *args, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (SioArgs) owned = args;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, draw_session_ask);
  if (self->connection == NULL)
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s",
                             _("The board is not connected to its server now."));
  else
    draw_connection_request_async (self->connection, event, owned, cancellable, on_answered,
                                   g_steal_pointer (&task));
}

SioArgs *
draw_session_ask_take (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_assert (g_task_is_valid (result, self));

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
draw_session_ask_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (SioArgs) answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer = draw_session_ask_take (self, result, error);
  return answer != NULL;
}

static SioArgs *
with_member (const char *member)
{
  SioArgs *args = sio_args_new ();

  sio_args_add_string (args, member);
  return args;
}

void
draw_session_set_member_role_async (DrawSession *self, const char *member, BoardRole role,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  SioArgs *args;

  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL);

  args = with_member (member);
  sio_args_add_string (args, board_role_to_string (role));
  draw_session_ask (self, BOARD_EVENT_ROLE, args, cancellable, callback, user_data);
}

void
draw_session_hand_over_async (DrawSession *self, const char *member, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL);

  draw_session_ask (self, BOARD_EVENT_HAND_OVER, with_member (member), cancellable, callback, user_data);
}

void
draw_session_kick_async (DrawSession *self, const char *member, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL);

  draw_session_ask (self, BOARD_EVENT_KICK, with_member (member), cancellable, callback, user_data);
}

void
draw_session_ban_async (DrawSession *self, const char *member, gboolean banned, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  SioArgs *args;

  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL);

  args = with_member (member);
  sio_args_add_boolean (args, banned);
  draw_session_ask (self, BOARD_EVENT_BAN, args, cancellable, callback, user_data);
}

void
draw_session_lock_async (DrawSession *self, gboolean locked, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  SioArgs *args;

  g_return_if_fail (DRAW_IS_SESSION (self));

  args = sio_args_new ();
  sio_args_add_boolean (args, locked);
  draw_session_ask (self, BOARD_EVENT_LOCK, args, cancellable, callback, user_data);
}

void
draw_session_end_async (DrawSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  draw_session_ask (self, BOARD_EVENT_END, sio_args_new (), cancellable, callback, user_data);
}

void
draw_session_revoke_async (DrawSession *self, const char *key, gboolean too, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  SioArgs *args;

  g_return_if_fail (DRAW_IS_SESSION (self) && key != NULL);

  args = with_member (key);
  sio_args_add_boolean (args, too);
  draw_session_ask (self, BOARD_EVENT_REVOKE, args, cancellable, callback, user_data);
}
