/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-writer.h"

#include <string.h>

#define RETRY_US (1 * G_USEC_PER_SEC)

struct _DrawWriter {
  GObject parent_instance;

  DrawWriterFunc func;
  gpointer user_data;
  gsize limit;
  GMainContext *context;
  GThread *thread;

  gboolean failing; /* the writing thread's */

  /* Under the lock. */
  GMutex lock;
  GCond cond;
  GPtrArray *waiting; /* DrawWrite */
  gsize backlog;      /* bytes, of the batch under way too */
  gboolean behind;
  gboolean closing;
  GError *last_error; /* why the thread gave up */
};

G_DEFINE_FINAL_TYPE (DrawWriter, draw_writer, G_TYPE_OBJECT)

enum { SIGNAL_WRITTEN, SIGNAL_FAILED, SIGNAL_RECOVERED, SIGNAL_CAUGHT_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
write_free (DrawWrite *write)
{
  g_free (write->name);
  g_free (write->text);
  g_clear_pointer (&write->bytes, g_bytes_unref);
  g_free (write);
}

static gsize
write_size (const DrawWrite *write)
{
  return sizeof *write + (write->text != NULL ? strlen (write->text) : 0) +
         (write->name != NULL ? strlen (write->name) : 0);
}

static GPtrArray *
queue_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) write_free);
}

/* What the writing thread tells the main one. */
typedef struct {
  DrawWriter *writer;
  guint signal;
  uint64_t counter;
  GError *error;
} Notice;

static void
notice_free (Notice *notice)
{
  g_object_unref (notice->writer);
  g_clear_error (&notice->error);
  g_free (notice);
}

static gboolean
on_notice (gpointer data)
{
  Notice *notice = data;

  if (notice->signal == SIGNAL_WRITTEN)
    g_signal_emit (notice->writer, signals[SIGNAL_WRITTEN], 0, (guint64) notice->counter);
  else if (notice->signal == SIGNAL_FAILED)
    g_signal_emit (notice->writer, signals[SIGNAL_FAILED], 0, notice->error);
  else
    g_signal_emit (notice->writer, signals[notice->signal], 0);
  return G_SOURCE_REMOVE;
}

static void
writer_notify (DrawWriter *self, guint signal, uint64_t counter, const GError *error)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Notice *notice = g_new0 (Notice, 1);

  notice->writer = g_object_ref (self);
  notice->signal = signal;
  notice->counter = counter;
  notice->error = error != NULL ? g_error_copy (error) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_notice, notice, (GDestroyNotify) notice_free);
  g_source_attach (source, self->context);
}

/* --- The writing thread ------------------------------------------------------------------------- */

/* Waits for work. NULL: closing, and nothing is left. */
static GPtrArray *
writer_take_batch (DrawWriter *self)
{
  GPtrArray *batch = NULL;

  g_mutex_lock (&self->lock);
  while (self->waiting->len == 0 && !self->closing)
    g_cond_wait (&self->cond, &self->lock);
  if (self->waiting->len > 0)
    {
      batch = self->waiting;
      self->waiting = queue_new ();
    }
  g_mutex_unlock (&self->lock);
  return batch;
}

/* The highest counter of an own op in it, 0 when it has none. */
static uint64_t
batch_get_counter (GPtrArray *batch)
{
  uint64_t counter = 0;

  for (guint i = 0; i < batch->len; i++)
    {
      const DrawWrite *write = g_ptr_array_index (batch, i);

      if (write->type == DRAW_WRITE_PENDING)
        counter = MAX (counter, write->counter);
    }
  return counter;
}

/* FALSE: closing, so that was the last try. */
static gboolean
writer_wait_retry (DrawWriter *self, const GError *error)
{
  int64_t until = g_get_monotonic_time () + RETRY_US;
  gboolean closing;

  if (!self->failing)
    writer_notify (self, SIGNAL_FAILED, 0, error);
  self->failing = TRUE;
  g_mutex_lock (&self->lock);
  while (!self->closing && g_cond_wait_until (&self->cond, &self->lock, until))
    ;
  closing = self->closing;
  if (closing)
    self->last_error = g_error_copy (error);
  g_mutex_unlock (&self->lock);
  return !closing;
}

static gboolean
writer_write (DrawWriter *self, GPtrArray *batch)
{
  uint64_t counter = batch_get_counter (batch);
  g_autoptr (GError) error = NULL;

  while (!self->func (batch, counter > 0, self->user_data, &error))
    {
      if (!writer_wait_retry (self, error))
        return FALSE;
      g_clear_error (&error);
    }
  if (self->failing)
    writer_notify (self, SIGNAL_RECOVERED, 0, NULL);
  self->failing = FALSE;
  if (counter > 0)
    writer_notify (self, SIGNAL_WRITTEN, counter, NULL);
  return TRUE;
}

static void
writer_batch_done (DrawWriter *self, GPtrArray *batch)
{
  gsize size = 0;
  gboolean caught_up;

  for (guint i = 0; i < batch->len; i++)
    size += write_size (g_ptr_array_index (batch, i));
  g_mutex_lock (&self->lock);
  self->backlog -= size;
  caught_up = self->behind && self->backlog == 0;
  if (caught_up)
    self->behind = FALSE;
  g_mutex_unlock (&self->lock);
  if (caught_up)
    writer_notify (self, SIGNAL_CAUGHT_UP, 0, NULL);
}

static gpointer
writer_thread (gpointer data)
{
  DrawWriter *self = data;
  GPtrArray *batch;
  gboolean ok = TRUE;

  while (ok && (batch = writer_take_batch (self)) != NULL)
    {
      ok = writer_write (self, batch);
      if (ok)
        writer_batch_done (self, batch);
      g_ptr_array_unref (batch);
    }
  return NULL;
}

/* --- The object --------------------------------------------------------------------------------- */

static void
draw_writer_finalize (GObject *object)
{
  DrawWriter *self = DRAW_WRITER (object);

  draw_writer_close (self, NULL);
  g_ptr_array_unref (self->waiting);
  g_main_context_unref (self->context);
  g_clear_error (&self->last_error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (draw_writer_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType param)
{
  return g_signal_new (name, DRAW_TYPE_WRITER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, param);
}

static void
draw_writer_class_init (DrawWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_writer_finalize;
  signals[SIGNAL_WRITTEN] = new_signal ("written", 1, G_TYPE_UINT64);
  signals[SIGNAL_FAILED] = new_signal ("failed", 1, G_TYPE_ERROR);
  signals[SIGNAL_RECOVERED] = new_signal ("recovered", 0, G_TYPE_NONE);
  signals[SIGNAL_CAUGHT_UP] = new_signal ("caught-up", 0, G_TYPE_NONE);
}

static void
draw_writer_init (DrawWriter *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->waiting = queue_new ();
  self->context = g_main_context_ref_thread_default ();
}

DrawWriter *
draw_writer_new (gsize limit, DrawWriterFunc func, gpointer user_data)
{
  DrawWriter *self;

  g_return_val_if_fail (limit > 0 && func != NULL, NULL);

  self = g_object_new (DRAW_TYPE_WRITER, NULL);
  self->limit = limit;
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
draw_writer_push (DrawWriter *self, const DrawWrite *write)
{
  DrawWrite *owned;

  g_return_if_fail (DRAW_IS_WRITER (self) && write != NULL);

  owned = g_new (DrawWrite, 1);
  *owned = *write;
  owned->name = g_strdup (write->name);
  owned->text = g_strdup (write->text);
  if (write->bytes != NULL)
    owned->bytes = g_bytes_ref (write->bytes);
  if (self->thread == NULL)
    self->thread = g_thread_new ("journal", writer_thread, self);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->waiting, owned);
  self->backlog += write_size (owned);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

gboolean
draw_writer_is_started (DrawWriter *self)
{
  g_return_val_if_fail (DRAW_IS_WRITER (self), FALSE);

  return self->thread != NULL;
}

gboolean
draw_writer_is_behind (DrawWriter *self)
{
  gboolean behind;

  g_return_val_if_fail (DRAW_IS_WRITER (self), FALSE);

  g_mutex_lock (&self->lock);
  self->behind = self->behind || self->backlog > self->limit;
  behind = self->behind;
  g_mutex_unlock (&self->lock);
  return behind;
}

gboolean
draw_writer_close (DrawWriter *self, GError **error)
{
  g_return_val_if_fail (DRAW_IS_WRITER (self), FALSE);

  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
  if (self->last_error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->last_error);
  return FALSE;
}
