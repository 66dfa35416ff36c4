/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-bucket.h"

void
bridge_bucket_init (BridgeBucket *bucket, int64_t rate, int64_t burst, int64_t now)
{
  g_return_if_fail (bucket != NULL && rate > 0 && burst > 0);

  bucket->rate = (double)rate;
  bucket->burst = (double)burst;
  bucket->tokens = bucket->burst;
  bucket->at = now;
}

gboolean
bridge_bucket_take (BridgeBucket *bucket, int64_t cost, int64_t now)
{
  g_return_val_if_fail (bucket != NULL && cost >= 0, FALSE);

  if (now > bucket->at)
    {
      double passed = (double)(now - bucket->at) / G_USEC_PER_SEC;

      bucket->tokens = MIN (bucket->burst, bucket->tokens + passed * bucket->rate);
      bucket->at = now;
    }
  if (bucket->tokens < (double)cost)
    return FALSE;
  bucket->tokens -= (double)cost;
  return TRUE;
}
