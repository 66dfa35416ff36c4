/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "sync/draw-retry.h"

#define ALMOST_1 0.999999999

typedef struct {
  guint attempts;
  gboolean in_use;
  guint least, most; /* ms */
} Row;

static void
test_pauses (void)
{
  static const Row rows[] = {
    { 0, FALSE, 500, 1000 },         { 1, FALSE, 500, 2000 },   { 2, FALSE, 500, 4000 },
    { 3, FALSE, 500, 8000 },         { 4, FALSE, 500, 16000 },  { 5, FALSE, 500, 30000 },
    { 1000, FALSE, 500, 30000 },     { G_MAXUINT, FALSE, 500, 30000 },
    { 0, TRUE, 500, 1000 },          { 1, TRUE, 500, 2000 },    { 2, TRUE, 500, 3000 },
    { 3, TRUE, 500, 3000 },          { G_MAXUINT, TRUE, 500, 3000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DrawRetry low = { rows[i].attempts, rows[i].in_use }, high = low;

      g_test_message ("%u", i);
      g_assert_cmpuint (draw_retry_next (&low, 0), ==, rows[i].least);
      g_assert_cmpuint (draw_retry_next (&high, ALMOST_1), <=, rows[i].most);
      g_assert_cmpuint (draw_retry_next (&high, ALMOST_1), >=, rows[i].most - 1);
      g_assert_cmpuint (low.attempts, ==, rows[i].attempts == G_MAXUINT ? G_MAXUINT : rows[i].attempts + 1);
    }
}

/* An outage of any length, of a server that refuses or of a network that swallows every packet: the last
 * attempt that was in vain begins before its end, and the next one opens the connection. */
static void
test_outage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 10000; i++)
    {
      DrawRetry retry = { .in_use = TRUE };
      double end = g_rand_double_range (rand, 0, 600000), now = 0;

      while (now < end)
        now += draw_retry_next (&retry, g_rand_double (rand));
      g_assert_cmpfloat (now - end, <, 3000);
    }
}

/* 500 who lost their server together and are not at their boards: when it is back after ten minutes, no tenth of a
 * second sees more than a few of them. */
static void
test_storm (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint seen[310] = { 0 };
  const double end = 600000;

  for (guint i = 0; i < 500; i++)
    {
      DrawRetry retry = { 0 };
      double now = 0;

      while (now < end)
        now += draw_retry_next (&retry, g_rand_double (rand));
      seen[(guint) (now - end) / 100]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_cmpuint (seen[i], <, 20);
}

static void
test_patience (void)
{
  DrawRetry nobody = { 3, FALSE }, retry = { 0, TRUE };
  guint n_patient = 0;

  g_assert_cmpuint (draw_retry_get_patience (&nobody), ==, DRAW_RETRY_PATIENCE_MS);
  for (guint i = 0; i < 8; i++)
    {
      n_patient += draw_retry_get_patience (&retry) == DRAW_RETRY_PATIENCE_MS;
      draw_retry_next (&retry, 0.5);
    }
  g_assert_cmpuint (n_patient, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/retry/pauses", test_pauses);
  g_test_add_func ("/sync/retry/outage", test_outage);
  g_test_add_func ("/sync/retry/storm", test_storm);
  g_test_add_func ("/sync/retry/patience", test_patience);
  return g_test_run ();
}
