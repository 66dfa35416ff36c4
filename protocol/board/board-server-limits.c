/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-server-limits.h"

#include <stddef.h>

#include "board-fields.h"
#include "board/board-limits.h"

#define ROW(field, name)                                                                           \
  {                                                                                                \
    name, offsetof (BoardServerLimits, field)                                                      \
  }

static const struct {
  const char *name;
  gsize offset;
} rows[] = {
  ROW (op, "op"),
  ROW (cast, "cast"),
  ROW (blob, "blob"),
  ROW (blobs, "blobs"),
  ROW (log, "log"),
  ROW (members, "members"),
  ROW (ops_per_second, "ops-per-second"),
  ROW (ops_burst, "ops-burst"),
  ROW (op_bytes_per_second, "op-bytes-per-second"),
  ROW (op_bytes_burst, "op-bytes-burst"),
  ROW (waiting_ops, "waiting-ops"),
  ROW (waiting_bytes, "waiting-bytes"),
  ROW (casts_per_second, "casts-per-second"),
  ROW (casts_burst, "casts-burst"),
  ROW (cast_bytes_per_second, "cast-bytes-per-second"),
  ROW (cast_bytes_burst, "cast-bytes-burst"),
  ROW (requests_per_second, "requests-per-second"),
  ROW (requests_burst, "requests-burst"),
};

void
board_server_limits_parse (JsonObject *object, BoardServerLimits *limits)
{
  g_return_if_fail (object != NULL && limits != NULL);

  *limits = (BoardServerLimits){ 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int64_t *field = (int64_t *) (void *) ((char *) limits + rows[i].offset);

      if (!board_fields_int (object, rows[i].name, 1, BOARD_MAX_INTEGER, field, NULL))
        *field = 0;
    }
}

JsonObject *
board_server_limits_build (const BoardServerLimits *limits)
{
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (limits != NULL, object);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int64_t value = *(const int64_t *) (const void *) ((const char *) limits + rows[i].offset);

      if (value > 0)
        json_object_set_int_member (object, rows[i].name, value);
    }
  return object;
}
