/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Invitations from the window: the dialog asks, the session's server answers, the list follows. */
#include "sync/draw-session-moderate.h"
#include "window/draw-window-private.h"

#include <glib/gi18n.h>

static void
tell_trouble (DrawWindow *self, const GError *error)
{
  if (self->share_dialog != NULL)
    draw_share_dialog_say (self->share_dialog, error->message);
  else
    draw_window_say (self, error->message);
}

/* --- The list --- */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  DrawSession *session = DRAW_SESSION (source);
  g_autoptr (GPtrArray) invitations = draw_session_list_invitations_finish (session, result, NULL);

  if (self->share_dialog != NULL && self->session == session)
    draw_share_dialog_set_invitations (self->share_dialog, invitations,
                                       draw_session_get_members (session));
}

static void
list_invitations (DrawWindow *self)
{
  if (self->session == NULL || self->share_dialog == NULL)
    return;
  if (draw_session_get_role (self->session) == BOARD_ROLE_HOST
      && draw_session_get_share_state (self->session) == DRAW_SHARE_ONLINE)
    draw_session_list_invitations_async (self->session, NULL, on_listed, g_object_ref (self));
  else
    draw_share_dialog_set_invitations (self->share_dialog, NULL, NULL);
}

/* --- The dialog's questions --- */

static void
on_invited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardLink) link
      = draw_session_invite_finish (DRAW_SESSION (source), result, &error);

  if (link == NULL)
    tell_trouble (self, error);
  else
    list_invitations (self);
}

static void
on_dialog_invite (DrawShareDialog *dialog,
                  int role,
                  gint64 seconds,
                  guint uses,
                  const char *label,
                  DrawWindow *self)
{
  int64_t now = g_get_real_time () / 1000;

  if (self->session != NULL && draw_session_get_link (self->session) != NULL)
    draw_session_invite_async (self->session, (BoardRole)role,
                               seconds > 0 ? now + seconds * 1000 : 0, uses, label, NULL,
                               on_invited, g_object_ref (self));
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!draw_session_ask_finish (DRAW_SESSION (source), result, &error))
    tell_trouble (self, error);
  list_invitations (self);
}

static void
on_dialog_revoke (DrawShareDialog *dialog, const char *key, gboolean too, DrawWindow *self)
{
  if (self->session != NULL)
    draw_session_revoke_async (self->session, key, too, NULL, on_asked, g_object_ref (self));
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!draw_session_ask_finish (DRAW_SESSION (source), result, &error))
    tell_trouble (self, error);
  else if (self->share_dialog != NULL)
    gtk_window_close (GTK_WINDOW (self->share_dialog));
}

static void
on_dialog_end (DrawShareDialog *dialog, DrawWindow *self)
{
  if (self->session != NULL)
    draw_session_end_async (self->session, NULL, on_ended, g_object_ref (self));
}

/* The board just said hello, or who is here changed, or what one may. */
static void
on_session_changed (DrawSession *session, GParamSpec *pspec, DrawShareDialog *dialog)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (window != NULL)
    list_invitations (DRAW_WINDOW (window));
}

void
draw_window_connect_invitations (DrawWindow *self, DrawShareDialog *dialog)
{
  g_signal_connect_object (dialog, "invite", G_CALLBACK (on_dialog_invite), self, 0);
  g_signal_connect_object (dialog, "revoke", G_CALLBACK (on_dialog_revoke), self, 0);
  g_signal_connect_object (dialog, "end", G_CALLBACK (on_dialog_end), self, 0);
  g_signal_connect_object (self->session, "notify::share-state", G_CALLBACK (on_session_changed),
                           dialog, 0);
  g_signal_connect_object (self->session, "notify::role", G_CALLBACK (on_session_changed), dialog,
                           0);
  list_invitations (self);
}
