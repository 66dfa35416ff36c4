/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON at the border. json-glib's values are the API, json-glib's parser and generator never meet
 * foreign bytes: 1.6 overflows the stack on deep nesting, cuts strings at \u0000, wraps large
 * integers and prints doubles >= 1e17 as text that is not JSON. This reader is strict RFC 8259 with
 * limits and without recursion; the writer emits only valid JSON.
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

/* What the reference's clients may rightly send: generous, still bounded (16 MiB, 128 levels, 200,000
 * values, 2,048 members, repeated keys allowed). */
extern const WireJsonLimits wire_json_limits_default;

/**
 * wire_json_parse:
 * @text: (array length=length): the text; it need not be terminated
 * @limits: (not nullable): what to accept
 *
 * Reads exactly one value with blanks around it. Integers that fit int64 become G_TYPE_INT64, all other
 * finite numbers G_TYPE_DOUBLE (an integer beyond int64 becomes the nearest double, as in JavaScript).
 * Of a repeated key the first place and the last value stay.
 *
 * Apart from @limits, a text is also refused with %WIRE_JSON_ERROR_LIMIT when objects of more than 64
 * members hold so many that keys chosen to collide could stall the reader.
 *
 * Returns: (transfer full) (nullable): the tree, or NULL and a #WireJsonError
 */
JsonNode *wire_json_parse (const char *text, gsize length, const WireJsonLimits *limits, GError **error);

/**
 * wire_json_validate:
 *
 * The same judgement as wire_json_parse() without building anything: for text that is only passed on.
 */
gboolean wire_json_validate (const char *text, gsize length, const WireJsonLimits *limits, GError **error);

/* Writers: all append to @out and none can fail. */

/* The whole tree, without blanks, keys in their order. A value that JSON does not know is null.
 * Recurses: for trees of this program or of wire_json_parse(), whose depth is limited. */
void wire_json_append_node (GString *out, JsonNode *node);
/* With the quotes. Non-ASCII goes raw; a byte that is not UTF-8 becomes U+FFFD. */
void wire_json_append_string (GString *out, const char *utf8);
/* The fewest digits that read back to the same bits, an integral value without a point (so that it
 * reads back as an integer), -0 as -0.0; a value that is not finite as null, as JSON.stringify does. */
void wire_json_append_double (GString *out, double value);
void wire_json_append_int (GString *out, int64_t value);
/* A terminated text of its own. @length: (out) (optional): in bytes. */
char *wire_json_print (JsonNode *node, gsize *length);

G_END_DECLS
