/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engineio/eio-client-heartbeat.h"

static int64_t now = 1000000;

static int64_t
get_now (void)
{
  return now;
}

static void
on_missed (gpointer user_data)
{
  ++*(guint *)user_data;
}

static void
test_deadline (void)
{
  guint n_missed = 0;
  EioClientHeartbeat *heartbeat = eio_client_heartbeat_new (1000, on_missed, &n_missed);

  now += 999;
  g_assert_false (eio_client_heartbeat_is_overdue (heartbeat));
  eio_client_heartbeat_beat (heartbeat);
  now += 999;
  g_assert_false (eio_client_heartbeat_is_overdue (heartbeat));
  now += 1;
  g_assert_true (eio_client_heartbeat_is_overdue (heartbeat));
  g_assert_cmpuint (n_missed, ==, 0);
  eio_client_heartbeat_free (heartbeat);
}

/* The clock jumps by a night; it is noticed at the next look, which the clock of the timers decides. */
static void
test_sleep (void)
{
  guint n_missed = 0;
  EioClientHeartbeat *heartbeat = eio_client_heartbeat_new (20, on_missed, &n_missed);

  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_missed, ==, 0);
  now += 8 * 3600 * 1000;
  while (n_missed == 0)
    g_main_context_iteration (NULL, TRUE);
  eio_client_heartbeat_free (heartbeat);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eio_client_heartbeat_set_clock (get_now);
  g_test_add_func ("/client-heartbeat/deadline", test_deadline);
  g_test_add_func ("/client-heartbeat/sleep", test_sleep);
  return g_test_run ();
}
