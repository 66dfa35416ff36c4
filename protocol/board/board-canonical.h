/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Canonical JSON: keys sorted as bytes, no blanks, numbers in their shortest form (5.0 and -0.0
 * are 5 and 0), so that equal values are equal texts on every machine: what hashes and
 * comparisons stand on. Below the first level everything is kept as it came but for this form. */
void board_canonical_append (GString *out, JsonNode *node);

/* The object text (canonical, flat: its keys need no escapes) with the members of changes put
 * in; a null removes. Transfer full. n_members: (out): of the result. */
char *board_canonical_merge (const char *text, JsonObject *changes, guint *n_members);

/* Where a member's value stands in such a text; FALSE when it has no such member. */
gboolean board_canonical_find (const char *text,
                               const char *name,
                               const char **value,
                               gsize *length);

/* Whether two nodes say the same; NULL and null are the same. */
gboolean board_canonical_equal (JsonNode *a, JsonNode *b);

G_END_DECLS
