/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

#define SIO_API __attribute__ ((visibility ("default")))

/**
 * SioArgs: the arguments of an event or an ack (without the event's name): any number of JSON values
 * with binary (GBytes) anywhere. Refcounted. Build it with the add functions, then send it: sending
 * freezes it, and adding to a frozen one is a programmer's error. Received ones are frozen.
 *
 * It is kept as JSON text plus attachments. Text that was validated when it came in is passed on as it
 * is; a tree is made for the argument that somebody asks for, at the first question.
 */
typedef struct _SioArgs SioArgs;

#define SIO_TYPE_ARGS (sio_args_get_type ())
SIO_API GType sio_args_get_type (void);
SIO_API SioArgs *sio_args_new (void);
SIO_API SioArgs *sio_args_ref (SioArgs *self);
SIO_API void sio_args_unref (SioArgs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioArgs, sio_args_unref)

/* One argument more. */
SIO_API void sio_args_add_null (SioArgs *self);
SIO_API void sio_args_add_boolean (SioArgs *self, gboolean value);
SIO_API void sio_args_add_int (SioArgs *self, int64_t value);
SIO_API void sio_args_add_double (SioArgs *self, double value);
SIO_API void sio_args_add_string (SioArgs *self, const char *utf8);
SIO_API void sio_args_add_bytes (SioArgs *self, GBytes *bytes);
/* node: transfer none. A value made by sio_args_placeholder() inside of it stands for its bytes. */
SIO_API void sio_args_add_node (SioArgs *self, JsonNode *node);
/* Text that is known to be one valid JSON value: spliced, not parsed. length -1: NUL-terminated. */
SIO_API void sio_args_add_json (SioArgs *self, const char *text, gssize length);
/* Registers bytes as an attachment and gives the node that stands for them, to be put anywhere in a
 * tree that is then added with sio_args_add_node(). Transfer full. */
SIO_API JsonNode *sio_args_placeholder (SioArgs *self, GBytes *bytes);

SIO_API guint sio_args_get_size (SioArgs *self);
/* Argument i; NULL beyond the last. Borrowed from the args. */
SIO_API JsonNode *sio_args_get_node (SioArgs *self, guint i);
/* NULL (or FALSE) when argument i is not of that type. Borrowed. */
SIO_API const char *sio_args_get_string (SioArgs *self, guint i);
SIO_API gboolean sio_args_get_int (SioArgs *self, guint i, int64_t *value);
SIO_API gboolean sio_args_get_double (SioArgs *self, guint i, double *value);
SIO_API gboolean sio_args_get_boolean (SioArgs *self, guint i, gboolean *value);
SIO_API JsonObject *sio_args_get_object (SioArgs *self, guint i);
SIO_API JsonArray *sio_args_get_array (SioArgs *self, guint i);
SIO_API GBytes *sio_args_get_bytes (SioArgs *self, guint i);
/* The bytes that a placeholder node anywhere inside the arguments stands for, or NULL. */
SIO_API GBytes *sio_args_lookup_bytes (SioArgs *self, JsonNode *placeholder);
/* The arguments as one JSON array's text. Borrowed. */
SIO_API const char *sio_args_get_json (SioArgs *self);

G_END_DECLS
