/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-heartbeat.h"

#include <time.h>

/* How late a computer that wakes up may notice. */
#define LOOK_EVERY_MS 5000

struct _EioClientHeartbeat
{
  GSource *timer; /* owned */
  GSourceOnceFunc missed;
  gpointer user_data;
  int64_t timeout_ms;
  int64_t deadline_ms;
};

/* Unlike the monotonic clock, and with it all timers of GLib, it goes on while the computer sleeps. */
static int64_t
boot_time_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static EioClientClock now_ms = boot_time_ms;

static void schedule (EioClientHeartbeat *self);

static gboolean
on_look (gpointer user_data)
{
  EioClientHeartbeat *self = user_data;

  g_clear_pointer (&self->timer, g_source_unref);
  if (eio_client_heartbeat_is_overdue (self))
    self->missed (self->user_data);
  else
    schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (EioClientHeartbeat *self)
{
  int64_t left = MAX (self->deadline_ms - now_ms (), 0) + 1;

  self->timer = g_timeout_source_new ((guint)MIN (left, LOOK_EVERY_MS));
  g_source_set_static_name (self->timer, "EioClientHeartbeat");
  g_source_set_callback (self->timer, on_look, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* The first beat is now. missed: called once, from the main context of this call; it may free the
 * heartbeat. */
EioClientHeartbeat *
eio_client_heartbeat_new (guint64 timeout_ms, GSourceOnceFunc missed, gpointer user_data)
{
  EioClientHeartbeat *self;

  g_assert (missed != NULL);
  g_assert (timeout_ms > 0 && timeout_ms <= G_MAXINT64 / 2);

  self = g_new0 (EioClientHeartbeat, 1);
  self->missed = missed;
  self->user_data = user_data;
  self->timeout_ms = (int64_t)timeout_ms;
  eio_client_heartbeat_beat (self);
  schedule (self);
  return self;
}

void
eio_client_heartbeat_free (EioClientHeartbeat *self)
{
  g_assert (self != NULL);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_free (self);
}

void
eio_client_heartbeat_beat (EioClientHeartbeat *self)
{
  g_assert (self != NULL);

  self->deadline_ms = now_ms () + self->timeout_ms;
}

gboolean
eio_client_heartbeat_is_overdue (EioClientHeartbeat *self)
{
  g_assert (self != NULL);

  return now_ms () >= self->deadline_ms;
}

void
eio_client_heartbeat_set_clock (EioClientClock clock)
{
  now_ms = clock != NULL ? clock : boot_time_ms;
}
