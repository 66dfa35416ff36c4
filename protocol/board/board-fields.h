/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <stdint.h>

#include "board/board-invite.h"

G_BEGIN_DECLS

/* Members of foreign objects, read strictly: of the right type and within bounds, or FALSE and
 * BOARD_ERROR_SCHEMA, _RANGE or _LIMIT that names the member. No conversion is ever made. A member
 * that is null counts as absent. */

gboolean board_fields_has (JsonObject *object, const char *name);
/* max: bytes. The text is borrowed. */
gboolean board_fields_string (JsonObject *object,
                              const char *name,
                              gsize max,
                              const char **text,
                              GError **error);
gboolean board_fields_int (JsonObject *object,
                           const char *name,
                           int64_t min,
                           int64_t max,
                           int64_t *value,
                           GError **error);
gboolean board_fields_number (JsonObject *object,
                              const char *name,
                              double min,
                              double max,
                              double *value,
                              GError **error);
gboolean board_fields_bool (JsonObject *object, const char *name, gboolean *value, GError **error);
gboolean board_fields_key (JsonObject *object, const char *name, BoardKey *key, GError **error);
gboolean board_fields_object (JsonObject *object,
                              const char *name,
                              JsonObject **value,
                              GError **error);
gboolean board_fields_array (JsonObject *object,
                             const char *name,
                             guint max,
                             JsonArray **value,
                             GError **error);

/* Puts the members of from into the object. FALSE, with nothing changed, where that would make more
 * than max members. */
gboolean board_fields_merge (JsonObject *object, JsonObject *from, guint max);

/* The same judgement of single nodes; FALSE where the node is anything else. */
gboolean board_node_string (JsonNode *node, const char **text);
gboolean board_node_int (JsonNode *node, int64_t *value);
/* Finite. */
gboolean board_node_number (JsonNode *node, double *value);

G_END_DECLS
