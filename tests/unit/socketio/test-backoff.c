/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "socketio/sio-backoff.h"

static const SioBackoff defaults = { .min_ms = 1000, .max_ms = 5000, .factor = 0.5 };

static void
test_doubles (void)
{
  SioBackoff backoff = { .min_ms = 100, .max_ms = 10000, .factor = 0 };
  static const guint expected[] = { 100, 200, 400, 800, 1600, 3200, 6400, 10000, 10000 };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (sio_backoff_next (&backoff, 0.7), ==, expected[i]);
  g_assert_cmpuint (backoff.attempts, ==, G_N_ELEMENTS (expected));
}

/* Figures of the reference's backo2 with Math.random() replaced by the number in the first column.
 */
static void
test_deviation (void)
{
  static const struct
  {
    double random;
    guint first;
    guint second;
  } rows[] = {
    { 0.00, 1000, 2000 }, { 0.05, 975, 1950 },   { 0.10, 1050, 2100 }, { 0.25, 875, 1750 },
    { 0.35, 1175, 2350 }, { 0.49, 755, 1510 },   { 0.50, 1250, 2500 }, { 0.99, 1495, 2990 },
    { 0.86, 570, 1140 },  { 0.8999, 551, 1101 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SioBackoff backoff = defaults;

      g_assert_cmpuint (sio_backoff_next (&backoff, rows[i].random), ==, rows[i].first);
      g_assert_cmpuint (sio_backoff_next (&backoff, rows[i].random), ==, rows[i].second);
    }
}

static void
test_bounds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  SioBackoff backoff = defaults;
  double ideal = 1000;

  for (guint i = 0; i < 5000; i++)
    {
      guint delay = sio_backoff_next (&backoff, g_rand_double (rand));

      g_assert_cmpuint (delay, >=, (guint)(MIN (ideal * 0.5, 5000)));
      g_assert_cmpuint (delay, <=, (guint)(MIN (ideal * 1.5, 5000)));
      ideal = MIN (ideal * 2, 1e9);
    }
}

static void
test_never_overflows (void)
{
  SioBackoff backoff
      = { .min_ms = G_MAXUINT, .max_ms = G_MAXUINT, .factor = 1, .attempts = G_MAXUINT };

  g_assert_cmpuint (sio_backoff_next (&backoff, 0.99), ==, G_MAXUINT);
  g_assert_cmpuint (backoff.attempts, ==, G_MAXUINT);
}

static void
test_reset (void)
{
  SioBackoff backoff = defaults;

  for (guint i = 0; i < 5; i++)
    sio_backoff_next (&backoff, 0);
  sio_backoff_reset (&backoff);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0), ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/doubles", test_doubles);
  g_test_add_func ("/backoff/deviation", test_deviation);
  g_test_add_func ("/backoff/bounds", test_bounds);
  g_test_add_func ("/backoff/never-overflows", test_never_overflows);
  g_test_add_func ("/backoff/reset", test_reset);
  return g_test_run ();
}
