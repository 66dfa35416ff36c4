/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-spans.h"

/* Below 2 * STEPS each microsecond has a bucket of its own; above, the first bits of the number choose. */
static guint
find_bucket (int64_t us)
{
  uint64_t value = (uint64_t) CLAMP (us, 0, G_MAXUINT32);
  guint shift = 0;

  while ((value >> shift) >= 2 * DRAW_SPANS_STEPS)
    shift++;
  return shift * DRAW_SPANS_STEPS + (guint) (value >> shift);
}

/* The longest that falls into it. */
static int64_t
get_end (guint bucket)
{
  guint shift = bucket < 2 * DRAW_SPANS_STEPS ? 0 : bucket / DRAW_SPANS_STEPS - 1;
  int64_t first = (int64_t) bucket - (int64_t) shift * DRAW_SPANS_STEPS;

  return ((first + 1) << shift) - 1;
}

void
draw_spans_add (DrawSpans *self, int64_t us)
{
  g_return_if_fail (self != NULL);

  self->n++;
  self->longest = MAX (self->longest, us);
  self->buckets[find_bucket (us)]++;
}

int64_t
draw_spans_get (const DrawSpans *self, guint per_mille)
{
  uint64_t wanted, seen = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (per_mille >= 1 && per_mille <= 1000, 0);

  wanted = (self->n * per_mille + 999) / 1000;
  for (guint i = 0; i < DRAW_SPANS_BUCKETS && self->n > 0; i++)
    {
      seen += self->buckets[i];
      if (seen >= wanted)
        return MIN (get_end (i), self->longest);
    }
  return 0;
}
