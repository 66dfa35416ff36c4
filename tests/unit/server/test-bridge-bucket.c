/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-bucket.h"

#define SECOND INT64_C (1000000)

static void
test_burst_and_rate (void)
{
  BridgeBucket bucket;

  bridge_bucket_init (&bucket, 10, 3, 100 * SECOND);
  for (guint i = 0; i < 3; i++)
    g_assert_true (bridge_bucket_take (&bucket, 1, 100 * SECOND));
  g_assert_false (bridge_bucket_take (&bucket, 1, 100 * SECOND));
  /* One token is a tenth of a second. */
  g_assert_false (bridge_bucket_take (&bucket, 1, 100 * SECOND + SECOND / 10 - 1000));
  g_assert_true (bridge_bucket_take (&bucket, 1, 100 * SECOND + SECOND / 10 + 1000));
  g_assert_false (bridge_bucket_take (&bucket, 1, 100 * SECOND + SECOND / 10 + 1000));
}

static void
test_never_fuller_than_burst (void)
{
  BridgeBucket bucket;

  bridge_bucket_init (&bucket, 1000, 5, 0);
  g_assert_false (bridge_bucket_take (&bucket, 6, 3600 * SECOND));
  g_assert_true (bridge_bucket_take (&bucket, 5, 3600 * SECOND));
  g_assert_false (bridge_bucket_take (&bucket, 1, 3600 * SECOND));
}

static void
test_all_or_nothing (void)
{
  BridgeBucket bucket;

  bridge_bucket_init (&bucket, 1, 10, 0);
  g_assert_true (bridge_bucket_take (&bucket, 4, 0));
  g_assert_false (bridge_bucket_take (&bucket, 7, 0));
  g_assert_true (bridge_bucket_take (&bucket, 6, 0));
  g_assert_true (bridge_bucket_take (&bucket, 0, 0));
}

/* A clock that goes back gives nothing and takes nothing. */
static void
test_clock_goes_back (void)
{
  BridgeBucket bucket;

  bridge_bucket_init (&bucket, 1, 2, 10 * SECOND);
  g_assert_true (bridge_bucket_take (&bucket, 1, 5 * SECOND));
  g_assert_true (bridge_bucket_take (&bucket, 1, 5 * SECOND));
  g_assert_false (bridge_bucket_take (&bucket, 1, 10 * SECOND));
  g_assert_true (bridge_bucket_take (&bucket, 1, 11 * SECOND));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/bucket/burst-and-rate", test_burst_and_rate);
  g_test_add_func ("/server/bucket/never-fuller-than-burst", test_never_fuller_than_burst);
  g_test_add_func ("/server/bucket/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/server/bucket/clock-goes-back", test_clock_goes_back);
  return g_test_run ();
}
