/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-meter.h"

#include <time.h>

#define BUSY_MS 5

static gint64
look (GAction *action, const char *name)
{
  g_autoptr (GVariant) state = g_action_get_state (action);
  g_autoptr (GVariant) value = g_variant_lookup_value (state, name, NULL);

  if (value == NULL)
    return -1;
  return g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64) ? (gint64) g_variant_get_uint64 (value)
                                                             : g_variant_get_int64 (value);
}

/* Keeps the processor. */
static gboolean
be_busy (gpointer user_data)
{
  clock_t end = clock () + BUSY_MS * CLOCKS_PER_SEC / 1000;

  while (clock () < end)
    ;
  return G_SOURCE_REMOVE;
}

/* Keeps everybody waiting without it. */
static gboolean
be_late (gpointer user_data)
{
  g_usleep (BUSY_MS * 1000);
  return G_SOURCE_REMOVE;
}

static void
turn (GSourceFunc function)
{
  g_idle_add (function, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_turns (void)
{
  g_autoptr (GtkApplication) app = gtk_application_new ("org.drawbridge.Meter", G_APPLICATION_NON_UNIQUE);
  DrawMeter *meter = draw_meter_new (app);
  GAction *action = draw_meter_get_action (meter);

  /* Nothing before it is asked for. */
  turn (be_busy);
  g_assert_cmpint (look (action, "turns"), ==, -1);
  g_action_activate (action, NULL);
  g_assert_cmpint (look (action, "turns"), ==, -1);
  turn (be_busy);
  g_action_activate (action, NULL);
  g_assert_cmpint (look (action, "turns"), >, 0);
  g_assert_cmpint (look (action, "turn-max"), >=, BUSY_MS * 1000);
  g_assert_cmpint (look (action, "turn-cpu-max"), >=, BUSY_MS * 900);
  g_assert_cmpint (look (action, "turn-p50"), <=, look (action, "turn-p99"));
  g_assert_cmpint (look (action, "turn-p99"), <=, look (action, "turn-max"));
  g_assert_cmpint (look (action, "frames"), ==, 0);

  /* Anew each time: of these only the wall's clock was long. */
  turn (be_late);
  g_action_activate (action, NULL);
  g_assert_cmpint (look (action, "turn-max"), >=, BUSY_MS * 1000);
  g_assert_cmpint (look (action, "turn-cpu-max"), <, look (action, "turn-max"));
  g_action_activate (action, NULL);
  g_assert_cmpint (look (action, "turns"), ==, 0);

  g_object_unref (meter);
  turn (be_late);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/meter/turns", test_turns);
  return g_test_run ();
}
