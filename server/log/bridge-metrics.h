/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Counters of this process, for Prometheus: numbers alone, never a board or a member. Any thread. */

typedef enum {
  BRIDGE_COUNT_JOINS,
  BRIDGE_COUNT_REFUSED_JOINS,
  BRIDGE_COUNT_OPS,
  BRIDGE_COUNT_OP_BYTES,
  BRIDGE_COUNT_CASTS,
  BRIDGE_COUNT_WHISPERS,
  BRIDGE_COUNT_REFUSED_EVENTS,
  BRIDGE_COUNT_ABUSES,
  BRIDGE_COUNT_COMMITS,
  BRIDGE_COUNT_COMMIT_MICROSECONDS,
  BRIDGE_COUNT_FAILED_COMMITS,
  BRIDGE_COUNT_BLOBS,
  BRIDGE_COUNT_BLOB_BYTES,
  BRIDGE_N_COUNTS
} BridgeCount;

void bridge_count (BridgeCount count, int64_t n);
int64_t bridge_count_get (BridgeCount count);
/* Appends all of them in the text format of Prometheus. */
void bridge_counts_print (GString *out);
/* Appends one value that goes up and down. name: without the prefix. */
void bridge_gauge_print (GString *out, const char *name, const char *help, int64_t value);

G_END_DECLS
