/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whether two trees say the same: numbers within tolerance, members in any order. The path of the
 * first difference is printed. */
gboolean same_json (JsonNode *a, JsonNode *b, double tolerance);
JsonNode *read_json (const char *text);

G_END_DECLS
