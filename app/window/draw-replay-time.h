/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Time in a replay: pure functions. Times are ms since the epoch, 0: not known. */

/* How long a pause lasts at most when it is played at speed 1, ms: nobody wants to watch a night pass. */
#define DRAW_REPLAY_LONGEST_GAP 2000
/* Between moments of which no time is known, ms. */
#define DRAW_REPLAY_USUAL_GAP 250

/* How long to wait between two moments at speed 1, ms. */
int64_t draw_replay_gap (int64_t from, int64_t to);

/* A place on the slider where a round time passes. */
typedef struct
{
  guint position; /* moments before it */
  char *label;    /* owned: "10:15", or "14 Nov" where another day begins */
} DrawReplayTick;

/* A few of them, apart from each other, in order. times: of each moment. Transfer full; its elements
 * are cleared with it. */
GArray *draw_replay_make_ticks (const int64_t *times, guint n, GTimeZone *zone);

G_END_DECLS
