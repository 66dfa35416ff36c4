/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-timers.h"

#define N 500

typedef struct {
  EioTimers *timers;
  EioTimer timer[N];
  int64_t last;
  guint n_fired;
  EioTimer *disarms; /* by the next that fires */
} World;

static void
on_timer (EioTimer *timer, gpointer user_data)
{
  World *world = user_data;

  g_assert_false (eio_timer_is_armed (timer));
  g_assert_cmpint (timer->due, >=, world->last);
  world->last = timer->due;
  world->n_fired++;
  if (world->disarms != NULL)
    eio_timers_disarm (world->timers, world->disarms);
}

static void
world_set_up (World *world)
{
  *world = (World) { .timers = eio_timers_new () };
  for (guint i = 0; i < N; i++)
    eio_timer_init (&world->timer[i], on_timer, world);
}

/* Random arming, moving and disarming against what must be left. */
static void
test_order (void)
{
  World world;
  guint n_armed = 0, n_due = 0;

  world_set_up (&world);
  for (guint i = 0; i < 20 * N; i++)
    {
      EioTimer *timer = &world.timer[g_test_rand_int_range (0, N)];

      if (g_test_rand_bit ())
        eio_timers_arm_at (world.timers, timer, g_test_rand_int_range (1, 1000));
      else
        eio_timers_disarm (world.timers, timer);
    }
  for (guint i = 0; i < N; i++)
    {
      n_armed += eio_timer_is_armed (&world.timer[i]);
      n_due += eio_timer_is_armed (&world.timer[i]) && world.timer[i].due <= 500;
    }
  eio_timers_run (world.timers, 500);
  g_assert_cmpuint (world.n_fired, ==, n_due);
  eio_timers_run (world.timers, 1000);
  g_assert_cmpuint (world.n_fired, ==, n_armed);
  eio_timers_unref (world.timers);
}

static void
test_disarm_in_callback (void)
{
  World world;

  world_set_up (&world);
  eio_timers_arm_at (world.timers, &world.timer[0], 10);
  eio_timers_arm_at (world.timers, &world.timer[1], 20);
  eio_timers_arm_at (world.timers, &world.timer[2], 30);
  world.disarms = &world.timer[1];
  eio_timers_run (world.timers, 100);
  g_assert_cmpuint (world.n_fired, ==, 2);
  eio_timers_unref (world.timers);
}

/* The source wakes the loop by itself. */
static void
test_loop (void)
{
  World world;

  world_set_up (&world);
  eio_timers_arm (world.timers, &world.timer[0], 30);
  eio_timers_arm (world.timers, &world.timer[1], 1);
  while (world.n_fired < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time (), >=, world.timer[0].due);
  eio_timers_unref (world.timers);
}

static void
test_unref_while_armed (void)
{
  World world;

  world_set_up (&world);
  eio_timers_arm (world.timers, &world.timer[0], 0);
  eio_timers_unref (world.timers);
  g_assert_false (eio_timer_is_armed (&world.timer[0]));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (world.n_fired, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/timers/order", test_order);
  g_test_add_func ("/engineio/timers/disarm-in-callback", test_disarm_in_callback);
  g_test_add_func ("/engineio/timers/loop", test_loop);
  g_test_add_func ("/engineio/timers/unref-while-armed", test_unref_while_armed);
  return g_test_run ();
}
