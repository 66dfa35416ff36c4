/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

#define SIO_API __attribute__ ((visibility ("default")))

/**
 * SioArgs:
 *
 * The arguments of an event or an ack (without the event's name): any number of JSON values with
 * binary (`GBytes`) anywhere. Build it with the add functions, then send it: sending freezes it,
 * and adding to a frozen one is a programmer's error. Received ones are frozen.
 *
 * It is kept as JSON text plus attachments. Text that was validated when it came in is passed on as
 * it is; a tree is made for the argument that somebody asks for, at the first question.
 *
 * Refcounted.
 */
typedef struct _SioArgs SioArgs;

#define SIO_TYPE_ARGS (sio_args_get_type ())
SIO_API GType sio_args_get_type (void);

/**
 * sio_args_new:
 *
 * Arguments to be filled in with the add functions.
 *
 * Returns: (transfer full): no arguments yet
 */
SIO_API SioArgs *sio_args_new (void);
/**
 * sio_args_ref:
 * @self: arguments
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioArgs *sio_args_ref (SioArgs *self);
/**
 * sio_args_unref:
 * @self: (transfer full): arguments
 *
 * One reference less.
 */
SIO_API void sio_args_unref (SioArgs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioArgs, sio_args_unref)

/* Each of these adds one argument. */
/**
 * sio_args_add_null:
 * @self: arguments that were not sent yet
 *
 * Adds null.
 */
SIO_API void sio_args_add_null (SioArgs *self);
/**
 * sio_args_add_boolean:
 * @self: arguments that were not sent yet
 * @value: a boolean
 *
 * Adds true or false.
 */
SIO_API void sio_args_add_boolean (SioArgs *self, gboolean value);
/**
 * sio_args_add_int:
 * @self: arguments that were not sent yet
 * @value: an integer
 *
 * Adds an integer. JavaScript is exact up to 2^53 - 1 only.
 */
SIO_API void sio_args_add_int (SioArgs *self, int64_t value);
/**
 * sio_args_add_double:
 * @self: arguments that were not sent yet
 * @value: one that is not finite becomes null, as in JavaScript
 *
 * Adds a number.
 */
SIO_API void sio_args_add_double (SioArgs *self, double value);
/**
 * sio_args_add_string:
 * @self: arguments that were not sent yet
 * @utf8: valid UTF-8
 *
 * Adds a string.
 */
SIO_API void sio_args_add_string (SioArgs *self, const char *utf8);
/**
 * sio_args_add_bytes:
 * @self: arguments that were not sent yet
 * @bytes: binary
 *
 * The reference's peers take at most 10 in one packet, and end the connection at an 11th.
 */
SIO_API void sio_args_add_bytes (SioArgs *self, GBytes *bytes);
/**
 * sio_args_add_node:
 * @self: arguments that were not sent yet
 * @node: any JSON value
 *
 * A value made by [method@Sio.Args.placeholder] inside of @node stands for its bytes. Any other
 * object with `"_placeholder": true` does so as well once there are attachments: in arguments with
 * bytes, do not put trees or text of strangers beside them.
 */
SIO_API void sio_args_add_node (SioArgs *self, JsonNode *node);
/**
 * sio_args_add_json:
 * @self: arguments that were not sent yet
 * @text: text that is known to be one valid JSON value: it is spliced, not parsed
 * @length: in bytes, -1 for text that ends in NUL
 *
 * Adds one value whose text is there already.
 */
SIO_API void sio_args_add_json (SioArgs *self, const char *text, gssize length);
/**
 * sio_args_placeholder:
 * @self: arguments that were not sent yet
 * @bytes: an attachment
 *
 * Registers @bytes.
 *
 * Returns: (transfer full): the node that stands for them, to be put anywhere in a tree that is
 * then added with [method@Sio.Args.add_node]
 */
SIO_API JsonNode *sio_args_placeholder (SioArgs *self, GBytes *bytes);

/**
 * sio_args_get_size:
 * @self: arguments
 *
 * How many arguments there are.
 *
 * Returns: how many
 */
SIO_API guint sio_args_get_size (SioArgs *self);
/**
 * sio_args_get_node:
 * @self: arguments
 * @i: from 0
 *
 * One argument, whatever it is.
 *
 * Returns: (transfer none) (nullable): argument @i, not to be changed; %NULL beyond the last
 */
SIO_API JsonNode *sio_args_get_node (SioArgs *self, guint i);
/**
 * sio_args_get_string:
 * @self: arguments
 * @i: from 0
 *
 * One argument that should be a string.
 *
 * Returns: (transfer none) (nullable): argument @i, %NULL unless it is a string
 */
SIO_API const char *sio_args_get_string (SioArgs *self, guint i);
/**
 * sio_args_get_int:
 * @self: arguments
 * @i: from 0
 * @value: (out): set when it is one
 *
 * A double that is an integer up to 2^53 - 1 is an int as well (1e3, 5.0).
 *
 * Returns: whether argument @i is an int
 */
SIO_API gboolean sio_args_get_int (SioArgs *self, guint i, int64_t *value);
/**
 * sio_args_get_double:
 * @self: arguments
 * @i: from 0
 * @value: (out): set when it is one; always finite
 *
 * One argument that should be a number.
 *
 * Returns: whether argument @i is a number
 */
SIO_API gboolean sio_args_get_double (SioArgs *self, guint i, double *value);
/**
 * sio_args_get_boolean:
 * @self: arguments
 * @i: from 0
 * @value: (out): set when it is one
 *
 * One argument that should be a boolean.
 *
 * Returns: whether argument @i is a boolean
 */
SIO_API gboolean sio_args_get_boolean (SioArgs *self, guint i, gboolean *value);
/**
 * sio_args_get_object:
 * @self: arguments
 * @i: from 0
 *
 * One argument that should be an object.
 *
 * Returns: (transfer none) (nullable): argument @i, %NULL unless it is an object
 */
SIO_API JsonObject *sio_args_get_object (SioArgs *self, guint i);
/**
 * sio_args_get_array:
 * @self: arguments
 * @i: from 0
 *
 * One argument that should be an array.
 *
 * Returns: (transfer none) (nullable): argument @i, %NULL unless it is an array
 */
SIO_API JsonArray *sio_args_get_array (SioArgs *self, guint i);
/**
 * sio_args_get_bytes:
 * @self: arguments
 * @i: from 0
 *
 * One argument that should be binary.
 *
 * Returns: (transfer none) (nullable): argument @i, %NULL unless it is binary
 */
SIO_API GBytes *sio_args_get_bytes (SioArgs *self, guint i);
/**
 * sio_args_lookup_bytes:
 * @self: arguments
 * @placeholder: (nullable): a node anywhere inside of them
 *
 * Binary anywhere inside of the arguments.
 *
 * Returns: (transfer none) (nullable): the bytes that it stands for
 */
SIO_API GBytes *sio_args_lookup_bytes (SioArgs *self, JsonNode *placeholder);
/**
 * sio_args_get_json:
 * @self: arguments
 *
 * All arguments as they go over the wire. Binary is `{"_placeholder":true,"num":n}` there.
 *
 * Returns: (transfer none): the text of one JSON array of them all; valid until the next addition
 */
SIO_API const char *sio_args_get_json (SioArgs *self);

G_END_DECLS
