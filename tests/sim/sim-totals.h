/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happened in all worlds together: a proof of nothing must not pass. */
typedef struct {
  guint64 steps, submitted, undone, redone, conflicts, refused, retries, fillers, displaced;
  guint64 connects, cuts, dropped, duplicates, repeated, gaps;
  guint64 client_crashes, server_crashes, lied_commits, failed_commits;
  guint64 role_changes, spoken, snapshots, shortcuts, failed_reads, turned_away, rooms, rests;
  guint64 elements, deletions;
} SimTotals;

extern SimTotals sim_totals;

G_END_DECLS
