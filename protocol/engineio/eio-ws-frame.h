/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * RFC 6455 framing for both sides, bytes in and bytes out, no I/O. Reserved bits are errors, but for the
 * first where permessage-deflate (RFC 7692) was agreed to; a client's frames must be masked, a server's
 * must not.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "engineio/eio-utf8.h"

G_BEGIN_DECLS

/* More frames than that make no message that a serious client sends. */
#define EIO_WS_MAX_FRAGMENTS 64
#define EIO_WS_MAX_CONTROL 125
#define EIO_WS_MAX_HEADER 10
#define EIO_WS_MASK 4

typedef enum {
  EIO_WS_CONTINUATION = 0x0,
  EIO_WS_TEXT = 0x1,
  EIO_WS_BINARY = 0x2,
  EIO_WS_CLOSE = 0x8,
  EIO_WS_PING = 0x9,
  EIO_WS_PONG = 0xa,
} EioWsOpcode;

/* What of a frame's first byte is its opcode. */
#define EIO_WS_OPCODE 0x0f
/* The first reserved bit, with an opcode: the message is compressed (RFC 7692 section 6). */
#define EIO_WS_COMPRESSED 0x40

/* RFC 6455 section 7.4.1. */
typedef enum {
  EIO_WS_CODE_NONE = 0, /* a close frame without a body */
  EIO_WS_CODE_NORMAL = 1000,
  EIO_WS_CODE_GOING_AWAY = 1001,
  EIO_WS_CODE_PROTOCOL_ERROR = 1002,
  EIO_WS_CODE_INVALID_DATA = 1007,
  EIO_WS_CODE_POLICY = 1008,
  EIO_WS_CODE_TOO_BIG = 1009,
  EIO_WS_CODE_TRY_AGAIN_LATER = 1013,
} EioWsCode;

/* Writes the header of an unfragmented, unmasked frame and returns its length. @opcode: an EioWsOpcode,
 * maybe with EIO_WS_COMPRESSED. */
gsize eio_ws_write_header (guint8 out[EIO_WS_MAX_HEADER], guint8 opcode, gsize size);
/* The length of the header of an unmasked frame. */
gsize eio_ws_get_header_size (const guint8 *frame);
/* Whole control frames; they return their length. @size: at most EIO_WS_MAX_CONTROL. */
#define EIO_WS_CONTROL_FRAME (2 + EIO_WS_MAX_CONTROL)
gsize eio_ws_write_close (guint8 out[EIO_WS_CONTROL_FRAME], guint16 code);
gsize eio_ws_write_pong (guint8 out[EIO_WS_CONTROL_FRAME], const guint8 *data, gsize size);

/* Appends a whole frame as a client sends it. @mask: from a strong source of randomness, another one for each
 * frame (section 5.3). */
void eio_ws_append_masked (GByteArray *out,
                           guint8 opcode,
                           const guint8 mask[EIO_WS_MASK],
                           const void *data,
                           gsize size);

typedef enum {
  EIO_WS_NEED_MORE, /* all input is taken */
  EIO_WS_MESSAGE,   /* @message is set */
  EIO_WS_ERROR,     /* eio_ws_deframer_get_code() says which; nothing more will come */
} EioWsResult;

/* TEXT and BINARY: a whole message; @inflated: it came compressed. PING, PONG: @data. CLOSE: @code,
 * EIO_WS_CODE_NONE if there was none. @data is valid until the next call. */
typedef struct {
  EioWsOpcode opcode;
  const guint8 *data;
  gsize size;
  guint16 code;
  gboolean inflated;
} EioWsMessage;

typedef struct _EioWsDeframer EioWsDeframer;

/* The server's: frames have to be masked. @max_message: bytes of one message, at least 1. */
EioWsDeframer *eio_ws_deframer_new (gsize max_message);
/* The client's: frames must not be masked. */
EioWsDeframer *eio_ws_deframer_new_for_client (gsize max_message);
/* Messages may be compressed, each by itself; @max_message is of what comes out. */
void eio_ws_deframer_use_deflate (EioWsDeframer *self);
void eio_ws_deframer_free (EioWsDeframer *self);
/* Takes bytes from *@at (which the server's unmasks in place) until a message is complete or @end is reached. */
EioWsResult eio_ws_deframer_next (EioWsDeframer *self,
                                  guint8 **at,
                                  guint8 *end,
                                  EioWsMessage *message);
/* The code to close with after EIO_WS_ERROR. */
guint16 eio_ws_deframer_get_code (EioWsDeframer *self);
/* Whether a frame or a message has begun and is not complete. */
gboolean eio_ws_deframer_is_inside (EioWsDeframer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioWsDeframer, eio_ws_deframer_free)

G_END_DECLS
