/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-gather.h"

struct _SioGather
{
  grefcount ref_count;
  GTask *task; /* owned; NULL once it has an outcome. Its data are the answers */
  EioTimers *timers;
  EioTimer timer;
  GSource *cancelled; /* owned, nullable */
  guint n_servers;    /* 0: not known yet */
  guint n_counted;    /* servers that have told */
  gsize n_clients;
  gsize n_missing;
};

static GPtrArray *
get_answers (SioGather *self)
{
  return g_task_get_task_data (self->task);
}

/* The task is the caller's. */
static GTask *
end (SioGather *self)
{
  eio_timers_disarm (self->timers, &self->timer);
  if (self->cancelled != NULL)
    {
      g_source_destroy (self->cancelled);
      g_clear_pointer (&self->cancelled, g_source_unref);
    }
  return g_steal_pointer (&self->task);
}

void
sio_gather_fail (SioGather *self, GError *error)
{
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL)
    {
      g_error_free (error);
      return;
    }
  task = end (self);
  g_task_return_error (task, error);
}

static void
fail_missing (SioGather *self)
{
  sio_gather_fail (self, g_error_new_literal (SIO_ERROR, SIO_ERROR_DISCONNECTED,
                                              "a socket has been disconnected"));
}

static void
check (SioGather *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL || self->n_servers == 0 || self->n_counted < self->n_servers
      || get_answers (self)->len + self->n_missing < self->n_clients)
    return;
  if (self->n_missing > 0)
    {
      fail_missing (self);
      return;
    }
  task = end (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_timeout (EioTimer *timer, gpointer user_data)
{
  SioGather *self = user_data;

  sio_gather_fail (self, g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT,
                                              "operation has timed out"));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (SioGather) self = sio_gather_ref (user_data);

  sio_gather_fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                              "Operation was cancelled"));
  return G_SOURCE_REMOVE;
}

SioGather *
sio_gather_new (GTask *task, EioTimers *timers, guint timeout_ms)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  SioGather *self = g_new0 (SioGather, 1);

  g_assert (timeout_ms > 0);
  g_ref_count_init (&self->ref_count);
  self->task = task;
  g_task_set_task_data (task, g_ptr_array_new_with_free_func ((GDestroyNotify)sio_args_unref),
                        (GDestroyNotify)g_ptr_array_unref);
  self->timers = eio_timers_ref (timers);
  eio_timer_init (&self->timer, on_timeout, self);
  eio_timers_arm (timers, &self->timer, timeout_ms);
  if (cancellable == NULL)
    return self;
  self->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancelled, g_task_get_context (task));
  return self;
}

SioGather *
sio_gather_ref (SioGather *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_gather_unref (SioGather *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  fail_missing (self);
  eio_timers_unref (self->timers);
  g_free (self);
}

void
sio_gather_set_n_servers (SioGather *self, guint n_servers)
{
  self->n_servers = MAX (n_servers, 1);
  check (self);
}

/* Answers may come before their server has told how many there will be. */

static void
add_clients (guint n_clients, gpointer user_data)
{
  SioGather *self = user_data;

  self->n_counted++;
  self->n_clients += n_clients;
  check (self);
}

static void
add_answer (SioArgs *args, gpointer user_data)
{
  SioGather *self = user_data;

  if (self->task == NULL)
    return;
  g_ptr_array_add (get_answers (self), sio_args_ref (args));
  check (self);
}

static void
add_missing (gpointer user_data)
{
  SioGather *self = user_data;

  self->n_missing++;
  check (self);
}

SioCollector *
sio_gather_new_collector (SioGather *self)
{
  static const SioCollectorFuncs funcs = { add_clients, add_answer, add_missing };

  return sio_collector_new (&funcs, sio_gather_ref (self), (GDestroyNotify)sio_gather_unref);
}

gboolean
sio_gather_propagate (GTask *task, GPtrArray **responses, GError **error)
{
  GPtrArray *answers = g_task_get_task_data (task);

  if (responses != NULL)
    *responses = answers != NULL
                     ? g_ptr_array_ref (answers)
                     : g_ptr_array_new_with_free_func ((GDestroyNotify)sio_args_unref);
  return g_task_propagate_boolean (task, error);
}
