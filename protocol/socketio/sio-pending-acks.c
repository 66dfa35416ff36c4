/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-pending-acks.h"

#include "socketio/sio-types.h"

typedef struct
{
  uint64_t id; /* the key in the table */
  SioPendingAcks *owner;
  GTask *task;             /* owned; or */
  SioCollector *collector; /* owned */
  EioTimer timer;
  GSource *cancelled; /* owned, nullable */
  gboolean unsent;
} Pending;

struct _SioPendingAcks
{
  EioTimers *timers;
  GHashTable *table; /* id -> Pending, owned */
  SioPendingAcksGoneFunc gone;
  gpointer gone_data;
};

/* Who waits. */
typedef struct
{
  GTask *task;
  SioCollector *collector;
} Waiter;

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
  g_clear_pointer (&pending->collector, sio_collector_unref);
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

/* Out of the table; who waits is the caller's. GTask calls back at once when it was started in
 * another turn of the loop, so the table has to be right before. */
static Waiter
take (Pending *pending)
{
  Waiter waiter = { g_steal_pointer (&pending->task), g_steal_pointer (&pending->collector) };

  g_hash_table_remove (pending->owner->table, &pending->id);
  return waiter;
}

static void
waiter_clear (Waiter *waiter)
{
  g_clear_object (&waiter->task);
  g_clear_pointer (&waiter->collector, sio_collector_unref);
}

/* The same, when it is not waited for any more. */
static Waiter
let_go (Pending *pending)
{
  SioPendingAcks *self = pending->owner;
  uint64_t id = pending->id;
  Waiter waiter = take (pending);

  if (self->gone != NULL)
    self->gone (id, self->gone_data);
  return waiter;
}

static void
on_timeout (EioTimer *timer, gpointer pending)
{
  Waiter waiter = let_go (pending);

  if (waiter.task != NULL)
    g_task_return_new_error (waiter.task, SIO_ERROR, SIO_ERROR_TIMEOUT, "operation has timed out");
  waiter_clear (&waiter);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter waiter = let_go (user_data);

  g_task_return_new_error (waiter.task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "Operation was cancelled");
  waiter_clear (&waiter);
  return G_SOURCE_REMOVE;
}

static Pending *
add (SioPendingAcks *self, uint64_t id, guint timeout_ms)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->id = id;
  pending->owner = self;
  eio_timer_init (&pending->timer, on_timeout, pending);
  if (timeout_ms > 0)
    eio_timers_arm (self->timers, &pending->timer, timeout_ms);
  if (!g_hash_table_insert (self->table, &pending->id, pending))
    g_assert_not_reached ();
  return pending;
}

void
sio_pending_acks_set_gone_func (SioPendingAcks *self,
                                SioPendingAcksGoneFunc gone,
                                gpointer user_data)
{
  self->gone = gone;
  self->gone_data = user_data;
}

static Pending *
add_task (SioPendingAcks *self, uint64_t id, GTask *task, guint timeout_ms)
{
  Pending *pending = add (self, id, timeout_ms);
  GCancellable *cancellable = g_task_get_cancellable (task);

  pending->task = task;
  if (cancellable == NULL)
    return pending;
  pending->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (pending->cancelled, G_SOURCE_FUNC (on_cancelled), pending, NULL);
  g_source_attach (pending->cancelled, g_task_get_context (task));
  return pending;
}

void
sio_pending_acks_add (SioPendingAcks *self, uint64_t id, GTask *task, guint timeout_ms)
{
  add_task (self, id, task, timeout_ms);
}

void
sio_pending_acks_add_unsent (SioPendingAcks *self, uint64_t id, GTask *task, guint timeout_ms)
{
  add_task (self, id, task, timeout_ms)->unsent = TRUE;
}

void
sio_pending_acks_set_sent (SioPendingAcks *self, uint64_t id)
{
  Pending *pending = g_hash_table_lookup (self->table, &id);

  if (pending != NULL)
    pending->unsent = FALSE;
}

void
sio_pending_acks_collect (SioPendingAcks *self,
                          uint64_t id,
                          SioCollector *collector,
                          guint timeout_ms)
{
  add (self, id, timeout_ms)->collector = sio_collector_ref (collector);
}

gboolean
sio_pending_acks_resolve (SioPendingAcks *self, uint64_t id, SioArgs *args)
{
  Pending *pending = g_hash_table_lookup (self->table, &id);
  Waiter waiter;

  if (pending == NULL || pending->unsent)
    return FALSE;
  waiter = take (pending);
  if (waiter.task != NULL)
    g_task_return_pointer (waiter.task, sio_args_ref (args), (GDestroyNotify)sio_args_unref);
  else
    sio_collector_add_answer (waiter.collector, args);
  waiter_clear (&waiter);
  return TRUE;
}

void
sio_pending_acks_fail (SioPendingAcks *self, uint64_t id, GError *error)
{
  g_autoptr (GError) owned = error;
  Pending *pending = g_hash_table_lookup (self->table, &id);
  Waiter waiter;

  if (pending == NULL)
    return;
  waiter = take (pending);
  if (waiter.task != NULL)
    g_task_return_error (waiter.task, g_steal_pointer (&owned));
  else
    sio_collector_add_missing (waiter.collector);
  waiter_clear (&waiter);
}

static void
disconnect (SioPendingAcks *self, gboolean unsent_too)
{
  g_autoptr (GArray) waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  GHashTableIter iter;
  gpointer value;

  g_array_set_clear_func (waiters, (GDestroyNotify)waiter_clear);
  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Pending *pending = value;
      Waiter waiter;

      if (pending->unsent && !unsent_too)
        continue;
      waiter = (Waiter){ g_steal_pointer (&pending->task), g_steal_pointer (&pending->collector) };
      g_array_append_val (waiters, waiter);
      g_hash_table_iter_remove (&iter);
    }
  /* Not self any more: the callbacks may do everything. */
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (waiters, Waiter, i);

      if (waiter->task != NULL)
        g_task_return_new_error (waiter->task, SIO_ERROR, SIO_ERROR_DISCONNECTED,
                                 "socket has been disconnected");
      else
        sio_collector_add_missing (waiter->collector);
    }
}

void
sio_pending_acks_fail_sent (SioPendingAcks *self)
{
  disconnect (self, FALSE);
}

void
sio_pending_acks_fail_all (SioPendingAcks *self)
{
  disconnect (self, TRUE);
}

guint
sio_pending_acks_get_size (SioPendingAcks *self)
{
  return g_hash_table_size (self->table);
}
