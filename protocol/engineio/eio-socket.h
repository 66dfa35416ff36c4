/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-frame.h"
#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioSocket: one session at the server, over whatever transport it is on now.
 *
 * Signals:
 *   "message" (GBytes *data, gboolean binary)   text is valid UTF-8, without the packet's digit
 *   "drained" ()                                buffered-amount came back to 0
 *   "closed" (EioCloseReason reason)            once, last
 */
#define EIO_TYPE_SOCKET (eio_socket_get_type ())
EIO_API G_DECLARE_FINAL_TYPE (EioSocket, eio_socket, EIO, SOCKET, GObject)

EIO_API const char *eio_socket_get_id (EioSocket *self);
/* Numeric IP address of the peer, without port. */
EIO_API const char *eio_socket_get_remote_address (EioSocket *self);
/**
 * eio_socket_get_query:
 * @self: a session
 *
 * Returns: (transfer none) (element-type utf8 utf8): of the handshake request; values are decoded
 */
EIO_API GHashTable *eio_socket_get_query (EioSocket *self);
/* Header of the handshake request, or NULL. Name without case. */
EIO_API const char *eio_socket_get_header (EioSocket *self, const char *name);
typedef void (*EioHeaderFunc) (const char *name, const char *value, gpointer user_data);
/**
 * eio_socket_foreach_header:
 * @self: a session
 * @func: (scope call) (closure user_data): called for each header of the handshake request
 * @user_data: for @func
 */
EIO_API void
eio_socket_foreach_header (EioSocket *self, EioHeaderFunc func, gpointer user_data);
/* Whether the handshake came by TLS. */
EIO_API gboolean eio_socket_is_secure (EioSocket *self);
EIO_API gboolean eio_socket_is_open (EioSocket *self);
EIO_API EioTransports eio_socket_get_transport (EioSocket *self);

/* Queues a message; what is queued in one turn of the main loop leaves in one write.
 * Nothing happens when the socket is not open. */
EIO_API void eio_socket_send_text (EioSocket *self, GBytes *utf8);
EIO_API void eio_socket_send_binary (EioSocket *self, GBytes *data);
/* The same for a frame that many sockets share: encoded once. */
EIO_API void eio_socket_send_frame (EioSocket *self, EioFrame *frame);
/* Bytes queued and not yet taken by the kernel (websocket) or by a poll. */
EIO_API gsize eio_socket_get_buffered_amount (EioSocket *self);
/* Whether a message sent now would leave at once: what "volatile" asks. */
EIO_API gboolean eio_socket_is_writable (EioSocket *self);
/* Ends the session. discard: drop what is queued rather than flush it first (bounded by 30 s). */
EIO_API void eio_socket_close (EioSocket *self, gboolean discard);

G_END_DECLS
