/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Any number of timers behind one GSource. A main loop walks all of its sources at every turn, so a
 * GSource for each of ten thousand heartbeats would cost more than the heartbeats; here an armed timer
 * costs a slot of a heap.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _EioTimers EioTimers;
typedef struct _EioTimer EioTimer;
typedef void (*EioTimerFunc) (EioTimer *timer, gpointer user_data);

/* Part of its owner's struct; not armed when all zero but for what eio_timer_init() sets. */
struct _EioTimer {
  EioTimerFunc func;
  gpointer user_data;
  int64_t due; /* µs, monotonic */
  guint place; /* in the heap, from 1; 0 = not armed */
};

/* Fires in the thread's default main context. */
EioTimers *eio_timers_new (void);
EioTimers *eio_timers_ref (EioTimers *self);
/* After the last one, timers that are still armed never fire. */
void eio_timers_unref (EioTimers *self);

void eio_timer_init (EioTimer *timer, EioTimerFunc func, gpointer user_data);
/* Arms it anew, @ms from now. */
void eio_timers_arm (EioTimers *self, EioTimer *timer, guint ms);
/* Nothing happens if it is not armed. */
void eio_timers_disarm (EioTimers *self, EioTimer *timer);
gboolean eio_timer_is_armed (const EioTimer *timer);

/* For tests: what the source does, at a time of their own. */
void eio_timers_run (EioTimers *self, int64_t now);
void eio_timers_arm_at (EioTimers *self, EioTimer *timer, int64_t due);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioTimers, eio_timers_unref)

G_END_DECLS
