/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The same functions under other names, for languages in which every object has the methods
 * connect, disconnect and emit of GObject, so that ours of these names would hide the signals. C
 * has no use for them. */
#pragma once

#include "socketio/sio-client-socket.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-socket.h"

G_BEGIN_DECLS

/**
 * sio_socket_emit_event:
 * @self: a socket
 * @event: a name that is not reserved
 * @args: (nullable): frozen by this
 *
 * Emits an event to the client: [method@Sio.Socket.emit].
 */
SIO_API void sio_socket_emit_event (SioSocket *self, const char *event, SioArgs *args);
/**
 * sio_socket_disconnect_namespace:
 * @self: a socket
 * @close_connection: whether to end the whole connection
 *
 * Leaves the namespace: [method@Sio.Socket.disconnect].
 */
SIO_API void sio_socket_disconnect_namespace (SioSocket *self, gboolean close_connection);
/**
 * sio_namespace_emit_event:
 * @self: a namespace
 * @event: a name that is not reserved
 * @args: (nullable): frozen by this
 *
 * Emits an event to all sockets: [method@Sio.Namespace.emit].
 */
SIO_API void sio_namespace_emit_event (SioNamespace *self, const char *event, SioArgs *args);
/**
 * sio_client_socket_emit_event:
 * @self: a socket
 * @event: a name that is not reserved
 * @args: (nullable): frozen by this
 *
 * Emits an event to the server: [method@Sio.ClientSocket.emit].
 *
 * Returns: whether it is sent, or waits for that
 */
SIO_API gboolean sio_client_socket_emit_event (SioClientSocket *self,
                                               const char *event,
                                               SioArgs *args);
/**
 * sio_client_socket_connect_namespace:
 * @self: a socket
 *
 * Joins the namespace: [method@Sio.ClientSocket.connect].
 */
SIO_API void sio_client_socket_connect_namespace (SioClientSocket *self);
/**
 * sio_client_socket_disconnect_namespace:
 * @self: a socket
 *
 * Leaves the namespace: [method@Sio.ClientSocket.disconnect].
 */
SIO_API void sio_client_socket_disconnect_namespace (SioClientSocket *self);

G_END_DECLS
