/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * MessagePack as Socket.IO servers in a cluster speak it (notepack), to and from what this library
 * keeps: JSON text with placeholders, and attachments. No I/O, no recursion, nothing is built that
 * is not larger than its input by a small factor.
 */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Nesting of what is read. The strict JSON reader's own limit. */
#define SIO_MSGPACK_MAX_DEPTH 128
/* Binaries in one message. */
#define SIO_MSGPACK_MAX_ATTACHMENTS 1024

/**
 * SioMsgpackReader: where the next value begins, and where all ends. A value: copying it remembers a
 * place. Every read function moves it behind the value and is FALSE, the reader's place then
 * undefined, when there is another kind of value, or none that is whole.
 */
typedef struct {
  const uint8_t *at;
  const uint8_t *end;
} SioMsgpackReader;

void sio_msgpack_reader_init (SioMsgpackReader *self, GBytes *bytes);
/* n: never more than what could be there. */
gboolean sio_msgpack_read_array (SioMsgpackReader *self, guint *n);
/* A string, made valid UTF-8 (what is not, and NUL, becomes U+FFFD), or a number as JavaScript names
 * it: rooms and events may be numbers there. */
gboolean sio_msgpack_read_name (SioMsgpackReader *self, char **name);
gboolean sio_msgpack_read_int (SioMsgpackReader *self, int64_t *value);
gboolean sio_msgpack_read_boolean (SioMsgpackReader *self, gboolean *value);
gboolean sio_msgpack_skip (SioMsgpackReader *self);
/* Any value, appended as JSON that wire_json_validate() accepts: binary becomes a placeholder and is
 * added to attachments, (element-type GBytes), a copy each; a time becomes an ISO 8601 string, what
 * JSON has no word for null. Something may have been appended on failure. */
gboolean sio_msgpack_read_json (SioMsgpackReader *self, GString *out, GPtrArray *attachments);
/* Whether the map at self, which does not move, has a value of that name (the last one counts). */
gboolean
sio_msgpack_lookup (const SioMsgpackReader *self, const char *name, SioMsgpackReader *value);

/* text: one JSON value that was judged valid. attachments: (nullable) (element-type GBytes): what
 * placeholders stand for; without any, an object that looks like one is an object. */
void
sio_msgpack_append_json (GByteArray *out, const char *text, gsize length, GPtrArray *attachments);

G_END_DECLS
