/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-pending-acks.h"

#include "socketio/sio-types.h"

typedef struct
{
  uint64_t id; /* the key in the table */
  SioPendingAcks *owner;
  GTask *task; /* owned */
  EioTimer timer;
  GSource *cancelled; /* owned, nullable */
} Pending;

struct _SioPendingAcks
{
  EioTimers *timers;
  GHashTable *table; /* id -> Pending, owned */
  uint64_t next_id;
};

static void
pending_free (Pending *pending)
{
  eio_timers_disarm (pending->owner->timers, &pending->timer);
  if (pending->cancelled != NULL)
    {
      g_source_destroy (pending->cancelled);
      g_source_unref (pending->cancelled);
    }
  g_clear_object (&pending->task);
  g_free (pending);
}

SioPendingAcks *
sio_pending_acks_new (EioTimers *timers)
{
  SioPendingAcks *self = g_new0 (SioPendingAcks, 1);

  self->timers = eio_timers_ref (timers);
  self->table
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)pending_free);
  return self;
}

void
sio_pending_acks_free (SioPendingAcks *self)
{
  sio_pending_acks_fail_all (self);
  g_hash_table_unref (self->table);
  eio_timers_unref (self->timers);
  g_free (self);
}

/* Out of the table; its task is the caller's. GTask calls back at once when it was started in
 * another turn of the loop, so the table has to be right before. */
static GTask *
take (Pending *pending)
{
  GTask *task = g_steal_pointer (&pending->task);

  g_hash_table_remove (pending->owner->table, &pending->id);
  return task;
}

static void
on_timeout (EioTimer *timer, gpointer pending)
{
  g_autoptr (GTask) task = take (pending);

  g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TIMEOUT, "operation has timed out");
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = take (user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
  return G_SOURCE_REMOVE;
}

uint64_t
sio_pending_acks_add (SioPendingAcks *self, GTask *task, guint timeout_ms)
{
  Pending *pending = g_new0 (Pending, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  pending->id = self->next_id++;
  pending->owner = self;
  pending->task = task;
  eio_timer_init (&pending->timer, on_timeout, pending);
  if (timeout_ms > 0)
    eio_timers_arm (self->timers, &pending->timer, timeout_ms);
  if (cancellable != NULL)
    {
      pending->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (pending->cancelled, G_SOURCE_FUNC (on_cancelled), pending, NULL);
      g_source_attach (pending->cancelled, g_task_get_context (task));
    }
  g_hash_table_insert (self->table, &pending->id, pending);
  return pending->id;
}

gboolean
sio_pending_acks_resolve (SioPendingAcks *self, uint64_t id, SioArgs *args)
{
  Pending *pending = g_hash_table_lookup (self->table, &id);
  g_autoptr (GTask) task = NULL;

  if (pending == NULL)
    return FALSE;
  task = take (pending);
  g_task_return_pointer (task, sio_args_ref (args), (GDestroyNotify)sio_args_unref);
  return TRUE;
}

void
sio_pending_acks_fail_all (SioPendingAcks *self)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer pending;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &pending))
    g_ptr_array_add (tasks, g_steal_pointer (&((Pending *)pending)->task));
  g_hash_table_remove_all (self->table);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_new_error (tasks->pdata[i], SIO_ERROR, SIO_ERROR_DISCONNECTED,
                             "socket has been disconnected");
}

guint
sio_pending_acks_get_size (SioPendingAcks *self)
{
  return g_hash_table_size (self->table);
}
