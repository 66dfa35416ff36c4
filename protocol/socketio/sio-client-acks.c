/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-acks.h"

struct _SioClientAcks
{
  GHashTable *waiting; /* owned: uint64_t * inside of Wait -> Wait, owned */
  uint64_t next_id;
  SioClientAcksGoneFunc gone;
  gpointer user_data;
};

typedef struct
{
  uint64_t id;
  SioClientAcks *acks; /* borrowed */
  GTask *task;         /* owned, not completed */
  GSource *timeout;    /* owned, nullable */
  GSource *cancelled;  /* owned, nullable */
  gboolean sent;       /* on the connection that is there now */
} Wait;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
wait_free (gpointer data)
{
  Wait *self = data;

  clear_source (&self->timeout);
  clear_source (&self->cancelled);
  g_clear_object (&self->task);
  g_free (self);
}

/* Forgets the wait and gives its task, to be completed as the last thing: its callback may do
 * everything. NULL for an id that nobody waits for: servers may send any. */
static GTask *
take (SioClientAcks *self, uint64_t id)
{
  Wait *wait = g_hash_table_lookup (self->waiting, &id);
  GTask *task;

  if (wait == NULL)
    return NULL;
  task = g_steal_pointer (&wait->task);
  g_hash_table_remove (self->waiting, &id);
  return task;
}

static gboolean
on_timeout (gpointer user_data)
{
  Wait *wait = user_data;
  SioClientAcks *self = wait->acks;
  uint64_t id = wait->id;
  g_autoptr (GTask) task = take (self, id);

  self->gone (id, self->user_data);
  g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TIMEOUT, "operation has timed out");
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Wait *wait = user_data;
  SioClientAcks *self = wait->acks;
  uint64_t id = wait->id;
  g_autoptr (GTask) task = take (self, id);

  self->gone (id, self->user_data);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static GSource *
attach (GSource *source, GSourceFunc func, Wait *wait)
{
  g_source_set_static_name (source, "SioClientAcks");
  g_source_set_callback (source, func, wait, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

SioClientAcks *
sio_client_acks_new (SioClientAcksGoneFunc gone, gpointer user_data)
{
  SioClientAcks *self = g_new0 (SioClientAcks, 1);

  g_assert (gone != NULL);

  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, wait_free);
  self->gone = gone;
  self->user_data = user_data;
  return self;
}

/* Nothing may be waited for any more. */
void
sio_client_acks_free (SioClientAcks *self)
{
  g_assert (self != NULL);
  g_assert (g_hash_table_size (self->waiting) == 0);

  g_hash_table_unref (self->waiting);
  g_free (self);
}

/* task: referenced. timeout_ms: 0 for none. Returns the ack id to send. */
uint64_t
sio_client_acks_add (SioClientAcks *self, GTask *task, guint timeout_ms)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Wait *wait = g_new0 (Wait, 1);

  g_assert (self != NULL);

  wait->id = self->next_id++;
  wait->acks = self;
  wait->task = g_object_ref (task);
  if (timeout_ms > 0)
    wait->timeout = attach (g_timeout_source_new (timeout_ms), on_timeout, wait);
  if (cancellable != NULL)
    wait->cancelled
        = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled), wait);
  g_hash_table_insert (self->waiting, &wait->id, wait);
  return wait->id;
}

void
sio_client_acks_set_sent (SioClientAcks *self, uint64_t id)
{
  Wait *wait = g_hash_table_lookup (self->waiting, &id);

  if (wait != NULL)
    wait->sent = TRUE;
}

/* args: frozen, referenced. */
void
sio_client_acks_answer (SioClientAcks *self, uint64_t id, SioArgs *args)
{
  Wait *wait = g_hash_table_lookup (self->waiting, &id);
  g_autoptr (GTask) task = NULL;

  if (wait == NULL || !wait->sent)
    return;
  task = take (self, id);
  g_task_return_pointer (task, sio_args_ref (args), (GDestroyNotify)sio_args_unref);
}

/* Takes the error. */
void
sio_client_acks_fail (SioClientAcks *self, uint64_t id, GError *error)
{
  g_autoptr (GTask) task = take (self, id);

  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

/* Fails what was sent: its answer cannot come any more. What is buffered waits for the next
 * connection, unless that goes as well. */
void
sio_client_acks_disconnect (SioClientAcks *self, gboolean buffered_too)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  Wait *wait;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&wait))
    {
      if (!wait->sent && !buffered_too)
        continue;
      g_ptr_array_add (tasks, g_steal_pointer (&wait->task));
      g_hash_table_iter_remove (&iter);
    }
  /* Not self any more: the callbacks may do everything. */
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_new_error (tasks->pdata[i], SIO_ERROR, SIO_ERROR_DISCONNECTED,
                             "socket has been disconnected");
}
