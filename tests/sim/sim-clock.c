/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-clock.h"

/* Ids of GLib's own sources stay far below. */
#define FIRST_ID (1u << 30)

typedef struct {
  guint id;
  int64_t due; /* virtual us */
  int64_t interval;
  GSourceFunc func;
  gpointer data;
} Timer;

static SimDice *clock_dice;
static GQueue timers = G_QUEUE_INIT; /* Timer, in the order of due */
static guint last_id = FIRST_ID;

gint64 __wrap_g_get_monotonic_time (void);
gint64 __wrap_g_get_real_time (void);
guint __wrap_g_timeout_add (guint interval, GSourceFunc func, gpointer data);
gboolean __real_g_source_remove (guint id);
gboolean __wrap_g_source_remove (guint id);

gint64
__wrap_g_get_monotonic_time (void)
{
  return clock_dice->now;
}

gint64
__wrap_g_get_real_time (void)
{
  return (G_GINT64_CONSTANT (1700000000000) + (gint64) sim_dice_next (clock_dice) * 75) * 1000;
}

static int
compare_timers (gconstpointer a, gconstpointer b, gpointer data)
{
  const Timer *left = a, *right = b;

  return left->due != right->due ? (left->due < right->due ? -1 : 1)
                                 : (left->id < right->id ? -1 : left->id > right->id);
}

guint
__wrap_g_timeout_add (guint interval, GSourceFunc func, gpointer data)
{
  Timer *timer = g_new0 (Timer, 1);

  timer->id = ++last_id;
  timer->interval = interval * G_GINT64_CONSTANT (1000);
  timer->due = clock_dice->now + timer->interval;
  timer->func = func;
  timer->data = data;
  g_queue_insert_sorted (&timers, timer, compare_timers, NULL);
  return timer->id;
}

static gboolean
remove_timer (guint id)
{
  for (GList *l = timers.head; l != NULL; l = l->next)
    if (((Timer *) l->data)->id == id)
      {
        g_free (l->data);
        g_queue_delete_link (&timers, l);
        return TRUE;
      }
  return FALSE;
}

gboolean
__wrap_g_source_remove (guint id)
{
  return id < FIRST_ID ? __real_g_source_remove (id) : remove_timer (id);
}

void
sim_clock_run (void)
{
  Timer *first;

  while ((first = g_queue_peek_head (&timers)) != NULL && first->due <= clock_dice->now)
    {
      guint id = first->id;

      first->due = clock_dice->now + MAX (first->interval, 1);
      g_queue_sort (&timers, compare_timers, NULL);
      if (first->func (first->data) == G_SOURCE_REMOVE)
        remove_timer (id);
    }
}

void
sim_clock_clear (void)
{
  g_queue_clear_full (&timers, g_free);
}

gboolean
sim_clock_is_idle (void)
{
  return g_queue_is_empty (&timers);
}

void
sim_clock_set (SimDice *dice)
{
  sim_clock_clear ();
  clock_dice = dice;
}
