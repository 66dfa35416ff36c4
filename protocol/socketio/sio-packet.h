/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Socket.IO 5 packets (socket.io-protocol, "Packet encoding"): a text, and for an event or an ack
 * with binary in it as many binary messages behind it. Both go into Engine.IO messages; no I/O
 * here.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <stdint.h>

#include "json/wire-json.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/* 2^53 - 1: beyond it JavaScript answers with another id than it was asked. */
#define SIO_PACKET_MAX_ID G_GUINT64_CONSTANT (9007199254740991)

/**
 * SioPacketLimits: what a decoder accepts.
 * @max_attachments: binary messages of one packet; the reference's clients accept and send 10
 * @max_id: highest ack id, at most SIO_PACKET_MAX_ID
 * @max_nsp: bytes of a namespace's name
 * @max_event: bytes of an event's name, decoded; 0 = as long as the message may be
 * @plain_names: namespaces are of A-Z a-z 0-9 / _ - only, events of printable ASCII and not empty
 * @numeric_events: `2[1]` is the event "1", as JavaScript's emitters have it
 * @json: limits of the JSON text
 */
typedef struct
{
  guint max_attachments;
  uint64_t max_id;
  gsize max_nsp;
  gsize max_event;
  gboolean plain_names;
  gboolean numeric_events;
  WireJsonLimits json;
} SioPacketLimits;

/* What the reference's own clients and servers may rightly send. */
void sio_packet_limits_init (SioPacketLimits *limits);

/* A decoded packet. All owned by it; fields that its type does not have are NULL. */
typedef struct
{
  SioPacketType type;
  char *nsp;       /* always set, "/" included */
  gboolean has_id; /* EVENT: an ack is wanted */
  uint64_t id;
  char *event;    /* EVENT */
  SioArgs *args;  /* EVENT (without the name), ACK; frozen */
  JsonNode *data; /* CONNECT: an object or NULL; CONNECT_ERROR: an object or a string */
} SioPacket;

/* Frees what is in it and makes it empty; not the struct itself. */
void sio_packet_clear (SioPacket *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SioPacket, sio_packet_clear)

/* connect, connect_error, disconnect, disconnecting, newListener, removeListener. */
gboolean sio_packet_is_reserved_event (const char *event);

/* Texts of packets. The attachments of args, if any, have to follow in order, each as one binary
 * message. args: nullable, frozen by this. id: of the ack that is wanted, negative for none. */
GBytes *sio_packet_encode_event (const char *nsp, const char *event, SioArgs *args, int64_t id);
/* Without an ack; offset: the event's place in a log, behind its arguments. Needs no escaping. */
GBytes *sio_packet_encode_logged_event (const char *nsp,
                                        const char *event,
                                        SioArgs *args,
                                        const char *offset);
GBytes *sio_packet_encode_ack (const char *nsp, uint64_t id, SioArgs *args);
/* data: nullable; the auth of a client, or a server's {"sid":...}. */
GBytes *sio_packet_encode_connect (const char *nsp, JsonNode *data);
/* The server's answer to it; sid and pid (nullable: there is no recovery) need no escaping. */
GBytes *sio_packet_encode_connected (const char *nsp, const char *sid, const char *pid);
/* {"message":message,"data":data}; data: nullable, then left out. */
GBytes *sio_packet_encode_connect_error (const char *nsp, const char *message, JsonNode *data);
GBytes *sio_packet_encode_disconnect (const char *nsp);

G_END_DECLS
