/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON at the border. json-glib's values are the API, json-glib's parser and generator never meet
 * foreign bytes: 1.6 overflows the stack on deep nesting, cuts strings at \u0000, wraps large
 * integers and prints doubles >= 1e17 as text that is not JSON. This reader is strict RFC 8259 with
 * limits, without recursion on the input's depth beyond max_depth; the writer emits only valid JSON.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define WIRE_JSON_ERROR (wire_json_error_quark ())
GQuark wire_json_error_quark (void);

/**
 * WireJsonError:
 * @WIRE_JSON_ERROR_SYNTAX: not RFC 8259 (comments, trailing junk, bad number, bad escape, control character)
 * @WIRE_JSON_ERROR_UTF8: not valid UTF-8, or an escape that is a lone surrogate or U+0000
 * @WIRE_JSON_ERROR_RANGE: a number that is not finite as a double
 * @WIRE_JSON_ERROR_DUPLICATE: a key twice in one object, where the limits forbid it
 * @WIRE_JSON_ERROR_LIMIT: deeper, longer or more than the limits allow
 */
typedef enum {
  WIRE_JSON_ERROR_SYNTAX,
  WIRE_JSON_ERROR_UTF8,
  WIRE_JSON_ERROR_RANGE,
  WIRE_JSON_ERROR_DUPLICATE,
  WIRE_JSON_ERROR_LIMIT,
} WireJsonError;

/**
 * WireJsonLimits:
 * @max_bytes: length of the text in bytes
 * @max_depth: nesting of arrays and objects; 1 allows `[]` and forbids `[[]]`
 * @max_values: values in the whole text, containers and keys' values counted
 * @max_members: members of one object
 * @unique_keys: whether a repeated key is an error (otherwise the last one wins, as in JavaScript)
 */
typedef struct {
  gsize max_bytes;
  guint max_depth;
  guint max_values;
  guint max_members;
  gboolean unique_keys;
} WireJsonLimits;

/* What the reference's clients may rightly send: generous, still bounded. */
extern const WireJsonLimits wire_json_limits_default;

/* A tree of the text, or NULL and an error. Integers that fit int64 become G_TYPE_INT64, all other
 * finite numbers G_TYPE_DOUBLE (an integer beyond int64 becomes the nearest double, as in JavaScript). */
JsonNode *wire_json_parse (const char *text, gsize length, const WireJsonLimits *limits, GError **error);

/* The same judgement without building anything: for text that is only passed on. */
gboolean wire_json_validate (const char *text, gsize length, const WireJsonLimits *limits, GError **error);

/* Finds the end (offset just after) of the first value in an array's text etc. is the reader's own
 * business; see wire-json-reader.c. */

/* Writers. Non-finite doubles are written as null (as JSON.stringify does); doubles are written in
 * the shortest form that reads back to the same bits; non-ASCII goes raw; keys keep their order. */
void wire_json_append_node (GString *out, JsonNode *node);
void wire_json_append_string (GString *out, const char *utf8);
void wire_json_append_double (GString *out, double value);
void wire_json_append_int (GString *out, int64_t value);
char *wire_json_print (JsonNode *node, gsize *length);

G_END_DECLS
