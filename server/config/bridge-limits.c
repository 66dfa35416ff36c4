/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/bridge-limits.h"

#include <stddef.h>

#define ROW(field, key, min, max, value, meaning)                                                  \
  {                                                                                                \
    key, offsetof (BridgeLimits, field), min, max, value, meaning                                  \
  }
#define KIB (INT64_C (1024))
#define MIB (1024 * KIB)

/* clang-format off */
/* data/drawbridge-server.conf repeats these rows; a test compares the two. */
const BridgeLimitRow bridge_limit_rows[] = {
  ROW (boards, "boards", 1, 1000000, 200, "boards that the server keeps"),
  ROW (members_per_board, "members-per-board", 1, 500, 500,
       "people who ever joined a board; bounded, since hello names all of them"),
  ROW (connected_per_board, "connected-per-board", 1, 500, 100,
       "people on a board at the same time"),
  ROW (invites_per_board, "invites-per-board", 1, 10000, 100, "invitations of a board"),
  ROW (bytes_per_board, "bytes-per-board", MIB, 1024 * 1024 * MIB, 100 * MIB,
       "bytes of the operations of a board"),
  ROW (blob_bytes, "blob-bytes", 64 * KIB, 64 * MIB, 8 * MIB,
       "bytes of one blob: a picture, a snapshot; sealed"),
  ROW (blob_bytes_per_board, "blob-bytes-per-board", MIB, 1024 * 1024 * MIB, 256 * MIB,
       "bytes of the blobs of a board"),
  ROW (snapshot_bytes_per_board, "snapshot-bytes-per-board", MIB, 1024 * 1024 * MIB, 256 * MIB,
       "bytes of the snapshots of a board: of the newest and the one on its way"),
  ROW (uploads, "uploads", 1, 10000, 64, "blobs that are being received at the same time"),
  ROW (snapshot_ops, "snapshot-ops", 1, 1000000, 2000,
       "operations after which an editor is asked for a snapshot"),
  ROW (backup_interval, "backup-interval", 1, 31536000, 3600,
       "seconds between two backups in the data directory, where something was drawn meanwhile"),
  ROW (backups_kept, "backups-kept", 0, 1000, 5, "of these backups; 0 = none are made"),
  ROW (empty_boards, "empty-boards", 0, 31536000, 86400,
       "seconds after which a board on which nothing was ever drawn is removed; 0 = never"),
  ROW (silent_members, "silent-members", 0, 31536000, 604800,
       "seconds after which who never wrote and could join anew by an open invitation is forgotten;"
       " 0 = never"),
  ROW (ops_per_second, "ops-per-second", 1, 100000, 500, "operations of a member, on average"),
  ROW (ops_burst, "ops-burst", 1, 1000000, 16000, "operations of a member at once"),
  ROW (op_bytes_per_second, "op-bytes-per-second", KIB, 1024 * MIB, MIB,
       "bytes of operations of a member, on average"),
  ROW (op_bytes_burst, "op-bytes-burst", 256 * KIB, 1024 * MIB, 32 * MIB,
       "bytes of operations of a member at once"),
  ROW (casts_per_second, "casts-per-second", 1, 100000, 120,
       "cursors, ink and the like of a member, on average"),
  ROW (casts_burst, "casts-burst", 1, 1000000, 240, "casts of a member at once"),
  ROW (cast_bytes_per_second, "cast-bytes-per-second", KIB, 1024 * MIB, 256 * KIB,
       "bytes of casts of a member, on average"),
  ROW (cast_bytes_burst, "cast-bytes-burst", 16 * KIB, 1024 * MIB, MIB,
       "bytes of casts of a member at once"),
  ROW (requests_per_second, "requests-per-second", 1, 10000, 10,
       "other requests of a member (history, invitations), on average"),
  ROW (requests_burst, "requests-burst", 1, 100000, 40, "other requests of a member at once"),
  ROW (waiting_ops, "waiting-ops", 1, 100000, 512,
       "operations of a member that wait for the disk; more are refused as too fast"),
  ROW (waiting_bytes, "waiting-bytes", 256 * KIB, 1024 * MIB, 8 * MIB,
       "bytes of operations of a member that wait for the disk"),
  ROW (strikes, "strikes", 1, 1000000, 2000,
       "refused events of a member within ten seconds before the connection is ended"),
  ROW (queued_bytes, "queued-bytes", MIB, 64 * 1024 * MIB, 64 * MIB,
       "bytes that wait for the disk in all; more are refused as unavailable"),
  ROW (cast_interval, "cast-interval", 0, 1000, 15, "milliseconds between two deliveries of casts"),
  ROW (members_interval, "members-interval", 0, 10000, 100,
       "milliseconds between two news about who is here"),
  ROW (message_bytes, "message-bytes", 300 * KIB, 16 * MIB, MIB,
       "bytes of one message of a client"),
  ROW (buffered_bytes, "buffered-bytes", MIB, 1024 * MIB, 4 * MIB,
       "bytes that wait for a slow reader before it is disconnected"),
  ROW (connections, "connections", 1, 1000000, 10000, "TCP connections"),
  ROW (connections_per_address, "connections-per-address", 0, 1000000, 0,
       "TCP connections of one address; 0 = no limit (a school has one address)"),
  ROW (head_timeout, "head-timeout", 100, 600000, 10000, "milliseconds for a whole request head"),
  ROW (connect_timeout, "connect-timeout", 100, 600000, 10000,
       "milliseconds until a connection has joined a board"),
  ROW (ping_interval, "ping-interval", 100, 600000, 25000, "milliseconds between two heartbeats"),
  ROW (ping_timeout, "ping-timeout", 100, 600000, 20000,
       "milliseconds that the answer to a heartbeat may take"),
  { NULL }
};
/* clang-format on */

static int64_t *
row_field (const BridgeLimitRow *row, BridgeLimits *limits)
{
  return (int64_t *) (void *) ((char *) limits + row->offset);
}

/**
 * bridge_limits_init:
 * @limits: (out): set to the defaults
 */
void
bridge_limits_init (BridgeLimits *limits)
{
  g_return_if_fail (limits != NULL);

  for (const BridgeLimitRow *row = bridge_limit_rows; row->name != NULL; row++)
    *row_field (row, limits) = row->value;
}

/**
 * bridge_limits_set:
 * @limits: to be changed
 * @name: key of the configuration file
 * @value: in the unit that the row names
 * @row: (out) (nullable) (optional): the row of that name, %NULL when there is none
 *
 * Returns: whether the limit exists and @value is within its range; otherwise nothing changes
 */
gboolean
bridge_limits_set (BridgeLimits *limits,
                   const char *name,
                   int64_t value,
                   const BridgeLimitRow **row)
{
  g_return_val_if_fail (limits != NULL && name != NULL, FALSE);

  const BridgeLimitRow *found = bridge_limit_rows;

  while (found->name != NULL && g_strcmp0 (found->name, name) != 0)
    found++;
  if (row != NULL)
    *row = found->name != NULL ? found : NULL;
  if (found->name == NULL || value < found->min || value > found->max)
    return FALSE;

  *row_field (found, limits) = value;
  return TRUE;
}
