/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-worker.h"

#include "store/bridge-request.h"

struct _BridgeWorker
{
  /* set once */
  BridgeBatchFunc func;
  gpointer user_data;
  guint max_batch;
  gsize max_bytes;
  GMainContext *context; /* owned */
  GThread *thread;       /* owned */
  /* shared by both threads */
  GAsyncQueue *queue; /* of BridgeJob; the worker itself stands for the end */
  gsize queued;       /* atomic: bytes of the queue and of the batch at work */
};

static void
job_free (gpointer data)
{
  BridgeJob *job = data;

  g_object_unref (job->task);
  g_assert (job->result == NULL && job->error == NULL);
  g_free (job);
}

/* In the main context: whoever asked hears of it. */
static gboolean
deliver_batch (gpointer user_data)
{
  GPtrArray *jobs = user_data;

  for (guint i = 0; i < jobs->len; i++)
    {
      BridgeJob *job = g_ptr_array_index (jobs, i);

      bridge_request_answer (job->task, g_steal_pointer (&job->result),
                             g_steal_pointer (&job->error));
    }
  return G_SOURCE_REMOVE;
}

static void
post_batch (BridgeWorker *self, GPtrArray *jobs)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_batch, jobs, (GDestroyNotify)g_ptr_array_unref);
  g_source_set_static_name (source, "bridge-worker");
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* Everything that is there, up to the limit. Blocks for the first. FALSE: the end was reached. */
static gboolean
take_batch (BridgeWorker *self, GPtrArray *jobs)
{
  gpointer item = g_async_queue_pop (self->queue);

  while (item != NULL && item != self)
    {
      g_ptr_array_add (jobs, item);
      item = jobs->len < self->max_batch ? g_async_queue_try_pop (self->queue) : NULL;
    }
  return item != self;
}

static gpointer
worker_run (gpointer data)
{
  BridgeWorker *self = data;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (job_free);
      gsize cost = 0;

      more = take_batch (self, jobs);
      if (jobs->len == 0)
        break;
      for (guint i = 0; i < jobs->len; i++)
        cost += bridge_request_get_cost (((BridgeJob *)g_ptr_array_index (jobs, i))->request);
      self->func (jobs, self->user_data);
      g_atomic_pointer_add (&self->queued, -(gssize)cost);
      post_batch (self, g_steal_pointer (&jobs));
    }
  return NULL;
}

BridgeWorker *
bridge_worker_new (const char *name,
                   guint max_batch,
                   gsize max_bytes,
                   BridgeBatchFunc func,
                   gpointer user_data)
{
  BridgeWorker *self = g_new0 (BridgeWorker, 1);

  g_assert (max_batch > 0 && func != NULL);

  self->func = func;
  self->user_data = user_data;
  self->max_batch = max_batch;
  self->max_bytes = max_bytes;
  self->context = g_main_context_ref_thread_default ();
  self->queue = g_async_queue_new ();
  self->thread = g_thread_new (name, worker_run, self);
  return self;
}

void
bridge_worker_free (BridgeWorker *self)
{
  if (self == NULL)
    return;

  g_async_queue_push (self->queue, self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  g_free (self);
}

void
bridge_worker_push (BridgeWorker *self, GTask *task)
{
  const BridgeRequest *request = g_task_get_task_data (task);
  gsize cost = bridge_request_get_cost (request);
  BridgeJob *job;

  if ((gsize)g_atomic_pointer_get (&self->queued) + cost > self->max_bytes)
    {
      bridge_request_answer (task, NULL,
                             g_error_new_literal (BRIDGE_STORE_ERROR,
                                                  BRIDGE_STORE_ERROR_UNAVAILABLE,
                                                  "Too much waits for the disk"));
      g_object_unref (task);
      return;
    }

  job = g_new0 (BridgeJob, 1);
  job->task = task;
  job->request = request;
  g_atomic_pointer_add (&self->queued, (gssize)cost);
  g_async_queue_push (self->queue, job);
}
