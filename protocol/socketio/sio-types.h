/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-args.h"

G_BEGIN_DECLS

#define SIO_ERROR (sio_error_quark ())
/**
 * sio_error_quark:
 *
 * The domain of [error@Sio.Error].
 *
 * Returns: the domain
 */
SIO_API GQuark sio_error_quark (void);

/**
 * SioError:
 * @SIO_ERROR_PARSE: a packet that is not Socket.IO 5
 * @SIO_ERROR_LIMIT: beyond a limit (attachments, namespaces, name length, send buffer)
 * @SIO_ERROR_REFUSED: CONNECT_ERROR: a middleware or an unknown namespace; the message is the
 * server's
 * @SIO_ERROR_TIMEOUT: no ack in time ("operation has timed out")
 * @SIO_ERROR_DISCONNECTED: the socket went away before the ack ("socket has been disconnected")
 * @SIO_ERROR_TRANSPORT: the connection could not be made
 *
 * What goes wrong at the level of Socket.IO.
 */
typedef enum
{
  SIO_ERROR_PARSE,
  SIO_ERROR_LIMIT,
  SIO_ERROR_REFUSED,
  SIO_ERROR_TIMEOUT,
  SIO_ERROR_DISCONNECTED,
  SIO_ERROR_TRANSPORT,
} SioError;

/**
 * SioDisconnectReason:
 * @SIO_DISCONNECT_TRANSPORT_ERROR: the connection broke or broke the protocol
 * @SIO_DISCONNECT_TRANSPORT_CLOSE: the peer closed the connection
 * @SIO_DISCONNECT_FORCED_CLOSE: this side closed it
 * @SIO_DISCONNECT_PING_TIMEOUT: the heartbeat stopped
 * @SIO_DISCONNECT_PARSE_ERROR: what came was not Engine.IO
 * @SIO_DISCONNECT_SERVER_SHUTTING_DOWN: sio_server_close()
 * @SIO_DISCONNECT_FORCED_SERVER_CLOSE: this side closes it, and something still has to go out first
 * @SIO_DISCONNECT_CLIENT_NAMESPACE: the client left the namespace
 * @SIO_DISCONNECT_SERVER_NAMESPACE: the server ended the namespace for it
 * @SIO_DISCONNECT_TOO_SLOW: the peer did not read what was sent
 *
 * Both sides' reasons; sio_disconnect_reason_to_string() gives the reference's words.
 */
typedef enum
{
  SIO_DISCONNECT_TRANSPORT_ERROR,
  SIO_DISCONNECT_TRANSPORT_CLOSE,
  SIO_DISCONNECT_FORCED_CLOSE,
  SIO_DISCONNECT_PING_TIMEOUT,
  SIO_DISCONNECT_PARSE_ERROR,
  SIO_DISCONNECT_SERVER_SHUTTING_DOWN,
  SIO_DISCONNECT_FORCED_SERVER_CLOSE,
  SIO_DISCONNECT_CLIENT_NAMESPACE,
  SIO_DISCONNECT_SERVER_NAMESPACE,
  SIO_DISCONNECT_TOO_SLOW,
} SioDisconnectReason;

#define SIO_TYPE_DISCONNECT_REASON (sio_disconnect_reason_get_type ())
SIO_API GType sio_disconnect_reason_get_type (void);

/**
 * sio_disconnect_reason_to_string:
 * @reason: a reason
 * @at_client: the two of namespaces have other words there ("io client disconnect")
 *
 * The words that the reference has for a reason, such as "io server disconnect".
 *
 * Returns: (transfer none): the reference's words
 */
SIO_API const char *sio_disconnect_reason_to_string (SioDisconnectReason reason,
                                                     gboolean at_client);

/**
 * SioOverflow:
 * @SIO_OVERFLOW_DISCONNECT: the connection ends ("too slow"); with recovery or without, the client starts anew
 * @SIO_OVERFLOW_DROP: the event is dropped, whole, for this socket; sio_socket_get_n_dropped() counts
 *
 * What becomes of an event that has no place among what is queued for a connection.
 */
typedef enum
{
  SIO_OVERFLOW_DISCONNECT,
  SIO_OVERFLOW_DROP,
} SioOverflow;

#define SIO_TYPE_OVERFLOW (sio_overflow_get_type ())
SIO_API GType sio_overflow_get_type (void);

/**
 * SioPacketType:
 * @SIO_PACKET_CONNECT: a client wants into a namespace, or is in there
 * @SIO_PACKET_DISCONNECT: it leaves, or has to
 * @SIO_PACKET_EVENT: an event
 * @SIO_PACKET_ACK: the answer to one
 * @SIO_PACKET_CONNECT_ERROR: it is refused
 * @SIO_PACKET_BINARY_EVENT: an event with bytes in it, on the wire; what was received is %SIO_PACKET_EVENT
 * @SIO_PACKET_BINARY_ACK: an answer with bytes in it, on the wire; what was received is %SIO_PACKET_ACK
 *
 * What a packet is. The values are the digits on the wire.
 */
typedef enum
{
  SIO_PACKET_CONNECT,
  SIO_PACKET_DISCONNECT,
  SIO_PACKET_EVENT,
  SIO_PACKET_ACK,
  SIO_PACKET_CONNECT_ERROR,
  SIO_PACKET_BINARY_EVENT,
  SIO_PACKET_BINARY_ACK,
} SioPacketType;

#define SIO_TYPE_PACKET_TYPE (sio_packet_type_get_type ())
SIO_API GType sio_packet_type_get_type (void);

/**
 * SioAck:
 *
 * The answer that an incoming event waits for; answered at most once, later ones are ignored.
 * Refcounted. Dropping the last reference without an answer answers nothing.
 */
typedef struct _SioAck SioAck;

#define SIO_TYPE_ACK (sio_ack_get_type ())
SIO_API GType sio_ack_get_type (void);
/**
 * sio_ack_ref:
 * @self: an answer that is owed
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioAck *sio_ack_ref (SioAck *self);
/**
 * sio_ack_unref:
 * @self: (transfer full): an answer that is owed
 *
 * One reference less.
 */
SIO_API void sio_ack_unref (SioAck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioAck, sio_ack_unref)
/**
 * sio_ack_send:
 * @self: an answer that is owed
 * @args: (nullable): the answer; frozen by this
 *
 * Answers. The first answer counts, and none once the peer has gone.
 */
SIO_API void sio_ack_send (SioAck *self, SioArgs *args);

G_END_DECLS
