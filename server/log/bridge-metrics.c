/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/bridge-metrics.h"

#include <inttypes.h>

typedef struct {
  const char *name, *help;
} CountRow;

static const CountRow rows[BRIDGE_N_COUNTS] = {
  [BRIDGE_COUNT_JOINS] = { "joins_total", "Members who were let in" },
  [BRIDGE_COUNT_REFUSED_JOINS] = { "refused_joins_total", "CONNECTs that were refused" },
  [BRIDGE_COUNT_OPS] = { "operations_total", "Operations stored and broadcast" },
  [BRIDGE_COUNT_OP_BYTES] = { "operation_bytes_total", "Bytes of their bodies" },
  [BRIDGE_COUNT_CASTS] = { "casts_total", "Cursors, ink and the like that were relayed" },
  [BRIDGE_COUNT_WHISPERS] = { "whispers_total", "Whispers that were relayed" },
  [BRIDGE_COUNT_REFUSED_EVENTS] = { "refused_events_total", "Events that were refused" },
  [BRIDGE_COUNT_ABUSES] = { "abuses_total", "Connections ended for too many refused events" },
  [BRIDGE_COUNT_COMMITS] = { "commits_total", "Transactions of the store" },
  [BRIDGE_COUNT_COMMIT_MICROSECONDS]
  = { "commit_microseconds_total", "Time that they took, the wait for the disk included" },
  [BRIDGE_COUNT_FAILED_COMMITS] = { "failed_commits_total", "Transactions that failed" },
  [BRIDGE_COUNT_BLOBS] = { "blobs_total", "Blobs received" },
  [BRIDGE_COUNT_BLOB_BYTES] = { "blob_bytes_total", "Bytes of them" },
};

/* Pointers, since that is what GLib adds to atomically at the width of the machine. */
static gsize counts[BRIDGE_N_COUNTS];

void
bridge_count (BridgeCount count, int64_t n)
{
  g_return_if_fail (count < BRIDGE_N_COUNTS && n >= 0);

  g_atomic_pointer_add (&counts[count], (gssize) n);
}

int64_t
bridge_count_get (BridgeCount count)
{
  g_return_val_if_fail (count < BRIDGE_N_COUNTS, 0);

  return (int64_t) (gsize) g_atomic_pointer_get (&counts[count]);
}

static void
print_row (GString *out, const char *name, const char *help, const char *type, int64_t value)
{
  g_string_append_printf (out,
                          "# HELP drawbridge_%s %s\n# TYPE drawbridge_%s %s\n"
                          "drawbridge_%s %" PRId64 "\n",
                          name, help, name, type, name, value);
}

void
bridge_counts_print (GString *out)
{
  g_return_if_fail (out != NULL);

  for (guint i = 0; i < BRIDGE_N_COUNTS; i++)
    print_row (out, rows[i].name, rows[i].help, "counter", bridge_count_get (i));
}

void
bridge_gauge_print (GString *out, const char *name, const char *help, int64_t value)
{
  g_return_if_fail (out != NULL && name != NULL && help != NULL);

  print_row (out, name, help, "gauge", value);
}
