/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Eight steps for each doubling, up to 2^32 microseconds: what is told is at most an eighth too long. */
#define DRAW_SPANS_STEPS 8
#define DRAW_SPANS_BUCKETS (32 * DRAW_SPANS_STEPS)

/**
 * DrawSpans: how long something took, many times, in room that does not grow. Begin with zeroes.
 */
typedef struct
{
  uint64_t n;
  int64_t longest; /* us, exact */
  uint64_t buckets[DRAW_SPANS_BUCKETS];
} DrawSpans;

/* us: less than 0 counts as 0. */
void draw_spans_add (DrawSpans *self, int64_t us);
/* So many of a thousand took no longer than that, in us: rounded up to the step, never more than the longest.
 * per_mille: 1 to 1000. 0 when there were none. */
int64_t draw_spans_get (const DrawSpans *self, guint per_mille);

G_END_DECLS
