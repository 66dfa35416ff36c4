/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* The vocabulary of elements: which property may hold what on which type. One table, judged in
 * the same way on every machine, since an op that one replica skips and another applies parts
 * them for good. What is an object or an array of them is judged member by member; members that the
 * table does not name are kept. */

BoardElementType board_schema_find_type (const char *name);
/* 1..BOARD_MAX_NAME_BYTES printable ASCII characters other than quote and backslash. */
gboolean board_schema_name_is_valid (const char *name);
/* 1..BOARD_MAX_NAME_BYTES of A-Z a-z 0-9 - _ */
gboolean board_schema_id_is_valid (const char *id);
/* "#rgb", "#rrggbb", "#rrggbbaa" or "transparent" */
gboolean board_schema_color_is_valid (const char *color);

/* Whether the property may hold the value (null: be absent) on such an element.
 * BOARD_ELEMENT_UNKNOWN: on any type: what can be said of a change before the element is known. */
gboolean board_schema_check (BoardElementType type,
                             const char *name,
                             JsonNode *value,
                             GError **error);
/* The same of a number. */
gboolean board_schema_takes_number (BoardElementType type, const char *name, double number);
/* Whether nothing that such an element must have is missing. */
gboolean board_schema_check_complete (BoardElementType type, JsonObject *props, GError **error);

G_END_DECLS
