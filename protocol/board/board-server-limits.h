/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What a server takes, as hello's "limits" tells: who keeps to it is never refused for it. 0: it does
 * not say. Rates are of one member; a burst is what may come at once after a rest. */
typedef struct {
  int64_t op;      /* bytes of a sealed op */
  int64_t cast;    /* bytes of a sealed cast or whisper */
  int64_t blob;    /* bytes of a sealed blob */
  int64_t blobs;   /* bytes of all blobs of a board */
  int64_t log;     /* bytes of all ops of a board */
  int64_t members; /* of a board */
  int64_t ops_per_second, ops_burst;
  int64_t op_bytes_per_second, op_bytes_burst;
  int64_t waiting_ops, waiting_bytes; /* that are not acknowledged yet */
  int64_t casts_per_second, casts_burst;
  int64_t cast_bytes_per_second, cast_bytes_burst;
  int64_t requests_per_second, requests_burst;
} BoardServerLimits;

/* What is missing, or no number that can be one, is 0: a hint is no reason to refuse a server. */
void board_server_limits_parse (JsonObject *object, BoardServerLimits *limits);
/* Leaves out what is 0. Transfer full. */
JsonObject *board_server_limits_build (const BoardServerLimits *limits);

G_END_DECLS
