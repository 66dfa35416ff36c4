/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-closing.h"

struct _EioClosing {
  GTask *task; /* owned, NULL once it has returned */
  EioTimers *timers;
  EioTimer deadline;
  EioTimer look;
  GSource *cancelled; /* owned, nullable */
  const EioClosingFuncs *funcs;
  gpointer user_data;
};

/* The task is the caller's. */
static GTask *
stop (EioClosing *self)
{
  eio_timers_disarm (self->timers, &self->deadline);
  eio_timers_disarm (self->timers, &self->look);
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  return g_steal_pointer (&self->task);
}

static void
on_look (EioTimer *timer, gpointer user_data)
{
  EioClosing *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (!self->funcs->is_over (self->user_data))
    return;
  task = stop (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_deadline (EioTimer *timer, gpointer user_data)
{
  EioClosing *self = user_data;
  g_autoptr (GTask) task = stop (self);

  self->funcs->cut (self->user_data);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                           "Connections were still open and have been cut");
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  EioClosing *self = user_data;
  g_autoptr (GTask) task = stop (self);

  self->funcs->cut (self->user_data);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

EioClosing *
eio_closing_new (GTask *task,
                 EioTimers *timers,
                 guint timeout_ms,
                 const EioClosingFuncs *funcs,
                 gpointer user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  EioClosing *self = g_new0 (EioClosing, 1);

  self->task = task;
  self->timers = eio_timers_ref (timers);
  self->funcs = funcs;
  self->user_data = user_data;
  eio_timer_init (&self->deadline, on_deadline, self);
  eio_timer_init (&self->look, on_look, self);
  eio_timers_arm (timers, &self->deadline, timeout_ms);
  eio_timers_arm (timers, &self->look, 0);
  if (cancellable == NULL)
    return self;
  self->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancelled, g_task_get_context (task));
  return self;
}

void
eio_closing_check (EioClosing *self)
{
  if (self->task != NULL && !eio_timer_is_armed (&self->look))
    eio_timers_arm (self->timers, &self->look, 0);
}

void
eio_closing_free (EioClosing *self)
{
  g_autoptr (GTask) task = self->task != NULL ? stop (self) : NULL;

  eio_timers_unref (self->timers);
  g_free (self);
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The server is gone");
}
