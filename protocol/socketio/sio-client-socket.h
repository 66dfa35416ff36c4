/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClientSocket:
 *
 * A namespace, at the client. Made by [method@Sio.Client.socket].
 *
 * Properties:
 * - connected, active (is connected or will be by itself), id (NULL while not connected): read only
 * - send-buffer-limit 1048576: bytes that may wait to be sent, in the socket and below it
 *
 * Signals:
 * - "connected" (gboolean recovered): after the events that were emitted meanwhile have been sent
 * - "connect-error" (GError *error, JsonNode *data): SIO_ERROR_REFUSED: the server said no, data
 *   (nullable) is what it added; SIO_ERROR_PARSE: it does not speak Socket.IO 5; call connect again
 *   yourself. SIO_ERROR_TRANSPORT, SIO_ERROR_TIMEOUT: no connection or no answer; it is tried again
 * - "disconnected" (SioDisconnectReason reason): it was connected
 * - "event" (const char *name, SioArgs *args, SioAck *ack): ack is NULL when none is wanted; an
 *   answer after the connection was lost is dropped
 *
 * Handlers may do anything, this socket's and the client's end included.
 */
#define SIO_TYPE_CLIENT_SOCKET (sio_client_socket_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioClientSocket, sio_client_socket, SIO, CLIENT_SOCKET, GObject)

    /**
     * SioAuthFunc:
     * @socket: what connects
     * @engine_id: the Engine.IO session's id: new with each connection, known to this client and
     * the server
     * @user_data: data
     *
     * Gives the CONNECT payload; asked at every attempt.
     *
     * Returns: (transfer full) (nullable): an object, or %NULL for none
     */
    typedef JsonNode *(*SioAuthFunc) (SioClientSocket *socket,
                                      const char *engine_id,
                                      gpointer user_data);
/**
 * sio_client_socket_set_auth_func:
 * @self: a socket
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): asked at every attempt
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 */
SIO_API void sio_client_socket_set_auth_func (SioClientSocket *self,
                                              SioAuthFunc func,
                                              gpointer user_data,
                                              GDestroyNotify destroy);
/**
 * sio_client_socket_set_auth:
 * @self: a socket
 * @auth: (nullable): an object, the CONNECT payload of every attempt
 */
SIO_API void sio_client_socket_set_auth (SioClientSocket *self, JsonNode *auth);

/**
 * sio_client_socket_connect: (skip)
 * @self: a socket
 *
 * Joins the namespace as soon as there is a connection, and again after each loss. Nothing happens
 * when it is active.
 */
SIO_API void sio_client_socket_connect (SioClientSocket *self);
/**
 * sio_client_socket_disconnect: (skip)
 * @self: a socket
 *
 * Leaves the namespace; events that wait in the send buffer stay there. Nothing happens when it is
 * not active.
 */
SIO_API void sio_client_socket_disconnect (SioClientSocket *self);
SIO_API gboolean sio_client_socket_is_connected (SioClientSocket *self);
SIO_API gboolean sio_client_socket_is_active (SioClientSocket *self);
/**
 * sio_client_socket_get_id:
 * @self: a socket
 *
 * Returns: (transfer none) (nullable): the public id, a new one at each connect
 */
SIO_API const char *sio_client_socket_get_id (SioClientSocket *self);
/**
 * sio_client_socket_get_buffered_amount:
 * @self: a socket
 *
 * Returns: bytes that wait to be sent
 */
SIO_API gsize sio_client_socket_get_buffered_amount (SioClientSocket *self);

/**
 * sio_client_socket_emit: (skip)
 * @self: a socket
 * @event: any name but the reserved ones: connect, connect_error, disconnect, disconnecting,
 *   newListener, removeListener
 * @args: (nullable): frozen by this
 *
 * Sends an event. While disconnected it waits in the send buffer and goes out, in order, at the
 * next connect.
 *
 * Returns: %FALSE, and nothing is sent, when the send buffer is full, when it has more than
 *   max-attachments, or when the server has said that it accepts no message of that size
 */
SIO_API gboolean sio_client_socket_emit (SioClientSocket *self, const char *event, SioArgs *args);
/**
 * sio_client_socket_emit_volatile:
 * @self: a socket
 * @event: as of [method@Sio.ClientSocket.emit]
 * @args: (nullable): frozen by this
 *
 * The same, but dropped unless it can leave at once.
 */
SIO_API void
sio_client_socket_emit_volatile (SioClientSocket *self, const char *event, SioArgs *args);
/**
 * sio_client_socket_emit_with_ack_async:
 * @self: a socket
 * @event: as of [method@Sio.ClientSocket.emit]
 * @args: (nullable): frozen by this
 * @timeout_ms: 0 for no limit
 * @cancellable: (nullable): ends the waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends an event and waits for the server's answer. Errors: SIO_ERROR_TIMEOUT and
 * G_IO_ERROR_CANCELLED (an event that still waits in the send buffer is not sent then),
 * SIO_ERROR_DISCONNECTED (the connection went away after it was sent: it may have arrived),
 * SIO_ERROR_LIMIT (as emit returns %FALSE).
 */
SIO_API void sio_client_socket_emit_with_ack_async (SioClientSocket *self,
                                                    const char *event,
                                                    SioArgs *args,
                                                    guint timeout_ms,
                                                    GCancellable *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data);
/**
 * sio_client_socket_emit_with_ack_finish:
 * @self: a socket
 * @result: of the async call
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer's arguments
 */
SIO_API SioArgs *sio_client_socket_emit_with_ack_finish (SioClientSocket *self,
                                                         GAsyncResult *result,
                                                         GError **error);

G_END_DECLS
