/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-timers.h"

/* Wake-ups are gathered to this grain (ms), so that many heartbeats share one. */
#define GRAIN 10

/* A binary heap in an array whose slot 0 is empty: the parent of i is i / 2. */
struct _EioTimers {
  GPtrArray *heap; /* of EioTimer, borrowed */
  GSource *source; /* owned */
};

typedef struct {
  GSource source;
  EioTimers *timers; /* borrowed */
} TimersSource;

static EioTimer *
timer_at (EioTimers *self, guint place)
{
  return g_ptr_array_index (self->heap, place);
}

static void
put (EioTimers *self, guint place, EioTimer *timer)
{
  g_ptr_array_index (self->heap, place) = timer;
  timer->place = place;
}

static void
sift_up (EioTimers *self, EioTimer *timer)
{
  guint place = timer->place;

  while (place > 1 && timer_at (self, place / 2)->due > timer->due)
    {
      put (self, place, timer_at (self, place / 2));
      place /= 2;
    }
  put (self, place, timer);
}

static void
sift_down (EioTimers *self, EioTimer *timer)
{
  guint last = self->heap->len - 1;
  guint place = timer->place;

  while (place * 2 <= last)
    {
      guint child = place * 2;

      if (child < last && timer_at (self, child + 1)->due < timer_at (self, child)->due)
        child++;
      if (timer_at (self, child)->due >= timer->due)
        break;
      put (self, place, timer_at (self, child));
      place = child;
    }
  put (self, place, timer);
}

static void
remove_timer (EioTimers *self, EioTimer *timer)
{
  guint place = timer->place;
  EioTimer *last = timer_at (self, self->heap->len - 1);

  g_ptr_array_set_size (self->heap, self->heap->len - 1);
  timer->place = 0;
  if (last == timer)
    return;
  put (self, place, last);
  sift_up (self, last);
  sift_down (self, last);
}

void
eio_timers_run (EioTimers *self, int64_t now)
{
  g_autoptr (EioTimers) hold = eio_timers_ref (self);

  while (self->heap->len > 1 && timer_at (self, 1)->due <= now)
    {
      EioTimer *timer = timer_at (self, 1);

      remove_timer (self, timer);
      timer->func (timer, timer->user_data);
    }
}

/* Not g_source_set_ready_time(), which wakes the loop by a system call even from its own thread. */
static gboolean
prepare (GSource *source, int *timeout)
{
  EioTimers *self = ((TimersSource *) source)->timers;
  int64_t left;

  *timeout = -1;
  if (self->heap->len <= 1)
    return FALSE;
  left = timer_at (self, 1)->due - g_source_get_time (source);
  if (left > 0)
    *timeout = (int) MIN (left / 1000 + GRAIN, G_MAXINT);
  return left <= 0;
}

static gboolean
check (GSource *source)
{
  EioTimers *self = ((TimersSource *) source)->timers;

  return self->heap->len > 1 && timer_at (self, 1)->due <= g_source_get_time (source);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  eio_timers_run (((TimersSource *) source)->timers, g_source_get_time (source));
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {
  .prepare = prepare,
  .check = check,
  .dispatch = dispatch,
};

EioTimers *
eio_timers_new (void)
{
  EioTimers *self = g_rc_box_new0 (EioTimers);

  self->heap = g_ptr_array_new ();
  g_ptr_array_add (self->heap, NULL);
  self->source = g_source_new (&source_funcs, sizeof (TimersSource));
  ((TimersSource *) self->source)->timers = self;
  g_source_set_static_name (self->source, "Engine.IO timers");
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

EioTimers *
eio_timers_ref (EioTimers *self)
{
  return g_rc_box_acquire (self);
}

static void
timers_clear (gpointer data)
{
  EioTimers *self = data;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  for (guint i = 1; i < self->heap->len; i++)
    timer_at (self, i)->place = 0;
  g_ptr_array_unref (self->heap);
}

void
eio_timers_unref (EioTimers *self)
{
  g_rc_box_release_full (self, timers_clear);
}

void
eio_timer_init (EioTimer *timer, EioTimerFunc func, gpointer user_data)
{
  *timer = (EioTimer) { .func = func, .user_data = user_data };
}

void
eio_timers_arm_at (EioTimers *self, EioTimer *timer, int64_t due)
{
  g_assert (self != NULL && timer != NULL && timer->func != NULL);

  timer->due = due;
  if (timer->place == 0)
    {
      timer->place = self->heap->len;
      g_ptr_array_add (self->heap, timer);
    }
  sift_up (self, timer);
  sift_down (self, timer);
}

void
eio_timers_arm (EioTimers *self, EioTimer *timer, guint ms)
{
  eio_timers_arm_at (self, timer, g_get_monotonic_time () + (int64_t) ms * 1000);
}

void
eio_timers_disarm (EioTimers *self, EioTimer *timer)
{
  g_assert (self != NULL && timer != NULL);

  if (timer->place != 0)
    remove_timer (self, timer);
}

gboolean
eio_timer_is_armed (const EioTimer *timer)
{
  return timer->place != 0;
}
