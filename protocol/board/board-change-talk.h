/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-change.h"

G_BEGIN_DECLS

/* How changes that are not of elements are read and written. The array is as long as the kind
 * says; a writer begins with the comma after the kind's name. */

gboolean board_change_fail (GError **error, BoardError code, const char *what);
gboolean board_change_parse_id (JsonNode *node, BoardChange *change, GError **error);
gboolean board_change_parse_only_id (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_id (GString *out, const BoardChange *change);

gboolean board_change_parse_chat (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_chat (GString *out, const BoardChange *change);
gboolean board_change_parse_chat_edit (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_chat_edit (GString *out, const BoardChange *change);
gboolean board_change_parse_title (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_title (GString *out, const BoardChange *change);
gboolean board_change_parse_poll (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_poll (GString *out, const BoardChange *change);
gboolean board_change_parse_poll_vote (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_poll_vote (GString *out, const BoardChange *change);
gboolean board_change_parse_ballot (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_ballot (GString *out, const BoardChange *change);
gboolean board_change_parse_dot (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_dot (GString *out, const BoardChange *change);
gboolean board_change_parse_timer (JsonArray *array, BoardChange *change, GError **error);
void board_change_append_timer (GString *out, const BoardChange *change);

/* [0,2] for bits 0 and 2. */
void board_choices_append (GString *out, guint32 choices);

G_END_DECLS
