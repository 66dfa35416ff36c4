/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Engine.IO 4 packets and polling payloads, bytes in and bytes out, no I/O. Both ends use it.
 *
 * A packet is one digit and its data. A websocket frame holds one packet; a binary frame is a message
 * without its digit. A polling payload is packets with 0x1e between them, a binary message in it is
 * 'b' and base64.
 */
#pragma once

#include "engineio/eio-types.h"

G_BEGIN_DECLS

#define EIO_PAYLOAD_SEPARATOR '\x1e'

typedef enum {
  EIO_PACKET_OPEN = 0,
  EIO_PACKET_CLOSE = 1,
  EIO_PACKET_PING = 2,
  EIO_PACKET_PONG = 3,
  EIO_PACKET_MESSAGE = 4,
  EIO_PACKET_UPGRADE = 5,
  EIO_PACKET_NOOP = 6,
} EioPacketType;

/* @data is never NULL in a decoded packet; NULL is written as no data. Only a message is binary. @plain:
 * it must not be compressed on its way out. */
typedef struct {
  EioPacketType type;
  gboolean binary;
  GBytes *data;
  gboolean plain;
} EioPacket;

#define EIO_PACKET_INIT { EIO_PACKET_NOOP, FALSE, NULL, FALSE }

void eio_packet_clear (EioPacket *packet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EioPacket, eio_packet_clear)

/* One packet of text: the content of a websocket text frame, or one packet of a payload. EIO_ERROR_PARSE
 * if it is empty, of an unknown type, not UTF-8 or bad base64. @data shares the memory of @text. */
gboolean eio_packet_decode_text (GBytes *text, EioPacket *packet, GError **error);
/* The same of text that was judged to be valid UTF-8 where it came in; copied. @text: (nullable) when empty. */
gboolean
eio_packet_decode_valid (const char *text, gsize size, EioPacket *packet, GError **error);
/* The content of a websocket binary frame; cannot fail. */
void eio_packet_decode_binary (GBytes *data, EioPacket *packet);
/* The text of a packet that is not binary, as a websocket text frame carries it. */
GBytes *eio_packet_encode_text (EioPacketType type, GBytes *data);

/* A payload, packet by packet, so that those before a bad one are delivered. */
typedef struct {
  GBytes *payload; /* borrowed */
  gsize at;
  guint n_left;
  gboolean ended;
} EioPayloadReader;

/* @max_packets: more packets than that are EIO_ERROR_TOO_LARGE. */
void eio_payload_reader_init (EioPayloadReader *self, GBytes *payload, guint max_packets);
/* TRUE: @packet holds the next one. FALSE with @error: not a payload from here on; without: the end. */
gboolean eio_payload_reader_next (EioPayloadReader *self, EioPacket *packet, GError **error);

/* Appends one packet (and the separator before it, if @payload has one already). */
void eio_payload_append (GString *payload, const EioPacket *packet);
/* Bytes that @packet takes in a payload, without a separator. */
gsize eio_payload_packet_size (const EioPacket *packet);

G_END_DECLS
