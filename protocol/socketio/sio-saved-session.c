/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-saved-session.h"

#include "socketio/sio-args-private.h"

G_DEFINE_BOXED_TYPE (SioSavedSession,
                     sio_saved_session,
                     sio_saved_session_ref,
                     sio_saved_session_unref)

static void
missed_free (gpointer data)
{
  SioMissedEvent *missed = data;

  g_free (missed->event);
  g_clear_pointer (&missed->args, sio_args_unref);
  g_free (missed);
}

static void
session_clear (gpointer data)
{
  SioSavedSession *self = data;

  g_free (self->sid);
  g_free (self->pid);
  g_strfreev (self->rooms);
  g_clear_pointer (&self->data, json_node_unref);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
}

SioSavedSession *
sio_saved_session_new (const char *sid, const char *pid)
{
  SioSavedSession *self;

  g_return_val_if_fail (sid != NULL && pid != NULL, NULL);
  self = g_atomic_rc_box_new0 (SioSavedSession);
  self->sid = g_strdup (sid);
  self->pid = g_strdup (pid);
  return self;
}

SioSavedSession *
sio_saved_session_ref (SioSavedSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_atomic_rc_box_acquire (self);
}

void
sio_saved_session_unref (SioSavedSession *self)
{
  g_return_if_fail (self != NULL);
  g_atomic_rc_box_release_full (self, session_clear);
}

void
sio_saved_session_add_missed (SioSavedSession *self, const char *event, SioArgs *args)
{
  SioMissedEvent *missed;

  g_return_if_fail (self != NULL && event != NULL);
  missed = g_new0 (SioMissedEvent, 1);
  missed->event = g_strdup (event);
  if (args != NULL)
    {
      sio_args_freeze (args);
      missed->args = sio_args_ref (args);
    }
  if (self->missed == NULL)
    self->missed = g_ptr_array_new_with_free_func (missed_free);
  g_ptr_array_add (self->missed, missed);
}
