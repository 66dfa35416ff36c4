/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-frame.h"
#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioSocket:
 *
 * One session at the server, over whatever transport it is on now. It comes with
 * [signal@Eio.Server::connection] and ends with [signal@Eio.Socket::closed].
 */
#define EIO_TYPE_SOCKET (eio_socket_get_type ())
EIO_API G_DECLARE_FINAL_TYPE (EioSocket, eio_socket, EIO, SOCKET, GObject)

/**
 * eio_socket_get_id:
 * @self: a session
 *
 * Its id: 20 characters that nobody can guess, known to this client alone.
 *
 * Returns: (transfer none): the id
 */
EIO_API const char *eio_socket_get_id (EioSocket *self);
/**
 * eio_socket_get_remote_address:
 * @self: a session
 *
 * Where the handshake came from: of a proxy, if there is one in between.
 *
 * Returns: (transfer none) (nullable): the numeric IP address of the peer, without port
 */
EIO_API const char *eio_socket_get_remote_address (EioSocket *self);
/**
 * eio_socket_get_query:
 * @self: a session
 *
 * The query of the handshake request, decoded.
 *
 * Returns: (transfer none) (element-type utf8 utf8): values by their names
 */
EIO_API GHashTable *eio_socket_get_query (EioSocket *self);
/**
 * eio_socket_get_header:
 * @self: a session
 * @name: a name, of any case
 *
 * One header of the handshake request.
 *
 * Returns: (transfer none) (nullable): its value; %NULL when the request had none of that name
 */
EIO_API const char *eio_socket_get_header (EioSocket *self, const char *name);
/**
 * EioHeaderFunc:
 * @name: the header's name, as it was sent
 * @value: its value
 * @user_data: data
 *
 * What is told of each header.
 */
typedef void (*EioHeaderFunc) (const char *name, const char *value, gpointer user_data);
/**
 * eio_socket_foreach_header:
 * @self: a session
 * @func: (scope call) (closure user_data): called for each header
 * @user_data: for @func
 *
 * All headers of the handshake request, in their order. Of several of one name it makes one, with commas
 * between the values.
 */
EIO_API void
eio_socket_foreach_header (EioSocket *self, EioHeaderFunc func, gpointer user_data);
/**
 * eio_socket_is_secure:
 * @self: a session
 *
 * Whether the handshake came by TLS, at this server's end.
 *
 * Returns: whether it did
 */
EIO_API gboolean eio_socket_is_secure (EioSocket *self);
/**
 * eio_socket_is_open:
 * @self: a session
 *
 * Whether messages can still be sent and may still come.
 *
 * Returns: whether it is open
 */
EIO_API gboolean eio_socket_is_open (EioSocket *self);
/**
 * eio_socket_get_transport:
 * @self: a session
 *
 * What carries it now.
 *
 * Returns: one transport
 */
EIO_API EioTransports eio_socket_get_transport (EioSocket *self);

/**
 * eio_socket_send_text:
 * @self: a session
 * @utf8: valid UTF-8, which may hold U+0000
 *
 * Queues a text message; what is queued in one turn of the main loop leaves in one write. Nothing
 * happens when the session is not open.
 */
EIO_API void eio_socket_send_text (EioSocket *self, GBytes *utf8);
/**
 * eio_socket_send_binary:
 * @self: a session
 * @data: any bytes
 *
 * Queues a binary message, as [method@Eio.Socket.send_text] does with text.
 */
EIO_API void eio_socket_send_binary (EioSocket *self, GBytes *data);
/**
 * eio_socket_send_frame:
 * @self: a session
 * @frame: a message that many sessions share
 *
 * Queues a message that is encoded once for all its receivers.
 */
EIO_API void eio_socket_send_frame (EioSocket *self, EioFrame *frame);
/**
 * eio_socket_get_buffered_amount:
 * @self: a session
 *
 * What is queued and not yet taken by the kernel (websocket) or fetched (polling).
 *
 * Returns: bytes
 */
EIO_API gsize eio_socket_get_buffered_amount (EioSocket *self);
/**
 * eio_socket_is_writable:
 * @self: a session
 *
 * Whether a message sent now would leave at once: what a volatile one asks.
 *
 * Returns: whether it would
 */
EIO_API gboolean eio_socket_is_writable (EioSocket *self);
/**
 * eio_socket_close:
 * @self: a session
 * @discard: whether to drop what is queued; otherwise it is sent first, for 30 s at most
 *
 * Ends the session. [signal@Eio.Socket::closed] comes when it has ended.
 */
EIO_API void eio_socket_close (EioSocket *self, gboolean discard);

G_END_DECLS
