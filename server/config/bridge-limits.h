/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * BridgeLimits: every number that bounds what a peer can make the server do or hold. A plain value:
 * copied into whoever keeps it. bridge-limits.c says name, range, default and meaning of each in
 * one table, from which the configuration file is read.
 */
typedef struct {
  int64_t boards;
  int64_t members_per_board;
  int64_t connected_per_board;
  int64_t invites_per_board;
  int64_t bytes_per_board;
  int64_t blob_bytes;
  int64_t blob_bytes_per_board;
  int64_t snapshot_bytes_per_board;
  int64_t uploads;
  int64_t snapshot_ops;
  int64_t backup_interval;
  int64_t backups_kept;
  int64_t empty_boards;
  int64_t silent_members;
  int64_t ops_per_second;
  int64_t ops_burst;
  int64_t op_bytes_per_second;
  int64_t op_bytes_burst;
  int64_t casts_per_second;
  int64_t casts_burst;
  int64_t cast_bytes_per_second;
  int64_t cast_bytes_burst;
  int64_t requests_per_second;
  int64_t requests_burst;
  int64_t waiting_ops;
  int64_t waiting_bytes;
  int64_t strikes;
  int64_t queued_bytes;
  int64_t cast_interval;
  int64_t members_interval;
  int64_t message_bytes;
  int64_t buffered_bytes;
  int64_t connections;
  int64_t connections_per_address;
  int64_t head_timeout;
  int64_t connect_timeout;
  int64_t ping_interval;
  int64_t ping_timeout;
} BridgeLimits;

/* One row of the table: key in the configuration file's group [limits]. */
typedef struct {
  const char *name;
  gsize offset; /* of the int64_t inside BridgeLimits */
  int64_t min, max, value;
  const char *meaning; /* with its unit */
} BridgeLimitRow;

/* The rows, ended by one without a name. */
extern const BridgeLimitRow bridge_limit_rows[];

void bridge_limits_init (BridgeLimits *limits);
/* FALSE: no limit has that name, or the value is outside of its range (the row is given then). */
gboolean bridge_limits_set (BridgeLimits *limits,
                            const char *name,
                            int64_t value,
                            const BridgeLimitRow **row);

G_END_DECLS
