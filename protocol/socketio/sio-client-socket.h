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
 * Handlers may do anything, this socket's and the client's end included.
 */
#define SIO_TYPE_CLIENT_SOCKET (sio_client_socket_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioClientSocket, sio_client_socket, SIO, CLIENT_SOCKET, GObject)

/**
 * SioClientSocket:connected:
 *
 * Whether the namespace is joined now.
 */
/**
 * SioClientSocket:active:
 *
 * Whether it is connected or will be by itself.
 */
/**
 * SioClientSocket:id:
 *
 * The public id; %NULL while not connected.
 */
/**
 * SioClientSocket:recovered:
 *
 * Whether it is connected, and the server has gone on with the session from before.
 */
/**
 * SioClientSocket:send-buffer-limit:
 *
 * Bytes that may wait to be sent, in the socket and below it. 1048576 unless set.
 */
/**
 * SioClientSocket::connected:
 * @self: the socket
 * @recovered: whether the server has gone on with the session from before
 *
 * The namespace is joined. Events that were emitted meanwhile have been sent.
 */
/**
 * SioClientSocket::connect-error:
 * @self: the socket
 * @error: why: [error@Sio.Error]
 * @data: (nullable): what the server has added
 *
 * The namespace is not joined. After %SIO_ERROR_REFUSED (the server said no) and %SIO_ERROR_PARSE
 * (it does not speak Socket.IO 5) call [method@Sio.ClientSocket.connect] again yourself. After
 * %SIO_ERROR_TRANSPORT and %SIO_ERROR_TIMEOUT (no connection, no answer) it is tried again by
 * itself.
 */
/**
 * SioClientSocket::disconnected:
 * @self: the socket
 * @reason: why
 *
 * It was connected and is not any more.
 */
/**
 * SioClientSocket::event:
 * @self: the socket
 * @name: the name of the event
 * @args: its arguments
 * @ack: (nullable): the answer that the server waits for; one after the connection was lost is
 *   dropped
 *
 * The server has sent an event.
 */

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
 *
 * Sets who gives the CONNECT payload.
 */
SIO_API void sio_client_socket_set_auth_func (SioClientSocket *self,
                                              SioAuthFunc func,
                                              gpointer user_data,
                                              GDestroyNotify destroy);
/**
 * sio_client_socket_set_auth:
 * @self: a socket
 * @auth: (nullable): an object, the CONNECT payload of every attempt
 *
 * Sets the CONNECT payload.
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
/**
 * sio_client_socket_is_connected:
 * @self: a socket
 *
 * Whether the namespace is joined now.
 *
 * Returns: whether it is
 */
SIO_API gboolean sio_client_socket_is_connected (SioClientSocket *self);
/**
 * sio_client_socket_is_active:
 * @self: a socket
 *
 * Whether it is connected or will be by itself.
 *
 * Returns: whether it is
 */
SIO_API gboolean sio_client_socket_is_active (SioClientSocket *self);
/**
 * sio_client_socket_get_id:
 * @self: a socket
 *
 * The id by which the server knows this socket.
 *
 * Returns: (transfer none) (nullable): the public id, a new one at each connect
 */
SIO_API const char *sio_client_socket_get_id (SioClientSocket *self);
/**
 * sio_client_socket_get_buffered_amount:
 * @self: a socket
 *
 * What waits in the send buffer and in the connection.
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
 * The result of [method@Sio.ClientSocket.emit_with_ack_async].
 *
 * Returns: (transfer full) (nullable): the answer's arguments
 */
SIO_API SioArgs *sio_client_socket_emit_with_ack_finish (SioClientSocket *self,
                                                         GAsyncResult *result,
                                                         GError **error);

G_END_DECLS
