/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-change.h"

G_BEGIN_DECLS

/* How a kind of change is read and written. */
typedef struct {
  const char *name;
  guint length; /* of the array, the name counted: parse may rely on it */
  gboolean (*parse) (JsonArray *array, BoardChange *change, GError **error);
  void (*append) (GString *out, const BoardChange *change); /* begins with the comma after the name */
  gboolean talk, meeting;
} BoardChangeKind;

/* Of a change that is not of elements. */
const BoardChangeKind *board_change_talk_get_kind (BoardChangeType type);

gboolean board_change_fail (GError **error, BoardError code, const char *what);
gboolean board_change_parse_id (JsonNode *node, BoardChange *change, GError **error);
gboolean board_change_parse_only_id (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_id (GString *out, const BoardChange *change);

/* [0,2] for bits 0 and 2. */
void board_choices_append (GString *out, guint32 choices);

G_END_DECLS
