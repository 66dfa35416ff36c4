/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-reactor.h"

/* Long enough that nothing which has to happen before it is late on a busy machine. */
#define DELAY_MS 1000

typedef struct {
  EioWatch watch; /* first */
  GString *log;
  char name;
} Noted;

static void
on_flush (EioWatch *watch)
{
  Noted *noted = (Noted *) watch;

  g_string_append_c (noted->log, noted->name);
}

static const EioWatchFuncs funcs = { NULL, on_flush };

typedef struct {
  EioReactor *reactor;
  GString *log;
  Noted a, b, c;
} World;

static void
noted_init (Noted *noted, char name, GString *log)
{
  eio_watch_init (&noted->watch, &funcs, -1);
  noted->name = name;
  noted->log = log;
}

static void
world_set_up (World *world, guint delay_ms)
{
  g_autoptr (GError) error = NULL;

  world->reactor = eio_reactor_new (&error);
  g_assert_no_error (error);
  eio_reactor_set_delay (world->reactor, delay_ms);
  world->log = g_string_new (NULL);
  noted_init (&world->a, 'a', world->log);
  noted_init (&world->b, 'b', world->log);
  noted_init (&world->c, 'c', world->log);
}

/* Turns the loop until @log stands there. */
static void
world_await (World *world, const char *log)
{
  while (world->log->len < strlen (log))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (world->log->str, ==, log);
}

static void
world_tear_down (World *world)
{
  eio_reactor_unref (world->reactor);
  g_string_free (world->log, TRUE);
}

/* Without a delay, later is the end of this turn, and once. */
static void
test_no_delay (void)
{
  World world;

  world_set_up (&world, 0);
  eio_reactor_mark_later (world.reactor, &world.a.watch);
  eio_reactor_mark (world.reactor, &world.a.watch);
  eio_reactor_mark_later (world.reactor, &world.b.watch);
  world_await (&world, "ab");
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpstr (world.log->str, ==, "ab");
  world_tear_down (&world);
}

/* The first leaves at once; those behind it together, but for what is marked now or gone. */
static void
test_delay (void)
{
  World world;

  world_set_up (&world, DELAY_MS);
  eio_reactor_mark_later (world.reactor, &world.a.watch);
  world_await (&world, "a");
  eio_reactor_mark_later (world.reactor, &world.a.watch);
  eio_reactor_mark_later (world.reactor, &world.a.watch);
  eio_reactor_mark_later (world.reactor, &world.b.watch);
  eio_reactor_mark_later (world.reactor, &world.c.watch);
  eio_reactor_mark (world.reactor, &world.b.watch);
  eio_reactor_remove (world.reactor, &world.c.watch);
  world_await (&world, "ab");
  eio_reactor_mark_later (world.reactor, &world.b.watch);
  world_await (&world, "abab");
  world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/reactor/no-delay", test_no_delay);
  g_test_add_func ("/engineio/reactor/delay", test_delay);
  return g_test_run ();
}
