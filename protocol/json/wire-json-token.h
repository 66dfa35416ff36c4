/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tokens of RFC 8259 that are more than one byte long. Each function starts at *@at, never looks
 * at or beyond @end, and moves *@at behind the token when it succeeds.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
  gboolean is_int;
  int64_t integer; /* when is_int */
  double real;     /* otherwise */
} WireJsonNumber;

/* Skips the four blanks that the grammar knows. */
void wire_json_skip_blanks (const char **at, const char *end);
/* *at stands on the opening quote; the text is valid UTF-8 already. @out: decoded content appended,
 * NULL to judge only. */
gboolean wire_json_scan_string (const char **at, const char *end, GString *out, GError **error);
/* @out: NULL to judge only. */
gboolean wire_json_scan_number (const char **at, const char *end, WireJsonNumber *out, GError **error);
/* TRUE and moves if @word stands at *at. */
gboolean wire_json_scan_word (const char **at, const char *end, const char *word);

G_END_DECLS
