/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * BridgeBucket: a token bucket: so many a second on average, so many at once. A plain value without
 * a clock: the caller says what time it is, in microseconds of a clock that never goes back.
 */
typedef struct
{
  double rate;  /* tokens a second */
  double burst; /* tokens at most */
  double tokens;
  int64_t at;
} BridgeBucket;

/* Full at first. */
void bridge_bucket_init (BridgeBucket *bucket, int64_t rate, int64_t burst, int64_t now);
/* Takes that many, or none and FALSE when there are not so many. */
gboolean bridge_bucket_take (BridgeBucket *bucket, int64_t cost, int64_t now);

G_END_DECLS
