/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-retries.h"

SioClientRetry *
sio_client_retry_new (const char *event,
                      SioArgs *args,
                      guint timeout_ms,
                      gsize size,
                      GTask *task)
{
  SioClientRetry *self = g_rc_box_new0 (SioClientRetry);

  self->event = g_strdup (event);
  self->args = args != NULL ? sio_args_ref (args) : NULL;
  self->timeout_ms = timeout_ms;
  self->size = size;
  self->task = task != NULL ? g_object_ref (task) : NULL;
  return self;
}

SioClientRetry *
sio_client_retry_ref (SioClientRetry *self)
{
  return g_rc_box_acquire (self);
}

static void
retry_clear (gpointer data)
{
  SioClientRetry *self = data;

  g_free (self->event);
  g_clear_pointer (&self->args, sio_args_unref);
  g_clear_object (&self->task);
}

void
sio_client_retry_unref (SioClientRetry *self)
{
  g_rc_box_release_full (self, retry_clear);
}

void
sio_client_retries_push (SioClientRetries *self, SioClientRetry *retry)
{
  retry->queued = TRUE;
  self->size += retry->size;
  g_queue_push_tail (&self->queue, retry);
}

SioClientRetry *
sio_client_retries_next (SioClientRetries *self)
{
  SioClientRetry *retry = g_queue_peek_head (&self->queue);

  if (retry == NULL || self->trying)
    return NULL;
  self->trying = TRUE;
  retry->tries++;
  return retry;
}

static void
end_try (SioClientRetries *self)
{
  self->trying = FALSE;
  self->begin = self->end = 0;
}

/* The first try is none of the retries. */
gboolean
sio_client_retries_fail (SioClientRetries *self, SioClientRetry *retry, guint max_retries)
{
  if (!retry->queued)
    return FALSE;
  g_assert (retry == g_queue_peek_head (&self->queue));

  if (retry->tries > max_retries)
    {
      sio_client_retries_remove (self, retry);
      return FALSE;
    }
  end_try (self);
  return TRUE;
}

void
sio_client_retries_remove (SioClientRetries *self, SioClientRetry *retry)
{
  if (!retry->queued)
    return;
  if (retry == g_queue_peek_head (&self->queue))
    end_try (self);
  g_queue_remove (&self->queue, retry);
  self->size -= retry->size;
  retry->queued = FALSE;
  if (retry->cancelled != NULL)
    g_source_destroy (retry->cancelled);
  g_clear_pointer (&retry->cancelled, g_source_unref);
  sio_client_retry_unref (retry);
}

void
sio_client_retries_note_given (SioClientRetries *self, uint64_t before, uint64_t after)
{
  self->begin = before;
  self->end = after;
}

gsize
sio_client_retries_get_below (SioClientRetries *self, uint64_t left)
{
  return self->end - CLAMP (left, self->begin, self->end);
}

GPtrArray *
sio_client_retries_take (SioClientRetries *self)
{
  GPtrArray *retries = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_client_retry_unref);
  SioClientRetry *retry;

  while ((retry = g_queue_peek_head (&self->queue)) != NULL)
    {
      g_ptr_array_add (retries, sio_client_retry_ref (retry));
      sio_client_retries_remove (self, retry);
    }
  return retries;
}
