/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-handshake.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

typedef struct _SioAdapter SioAdapter;

/**
 * SioRemoteSocket:
 *
 * A socket of any server, as it was when it was fetched. What is done to it reaches it wherever it
 * is, and goes nowhere when it has gone. Refcounted.
 */
typedef struct _SioRemoteSocket SioRemoteSocket;

#define SIO_TYPE_REMOTE_SOCKET (sio_remote_socket_get_type ())
SIO_API GType sio_remote_socket_get_type (void);
/**
 * sio_remote_socket_new:
 * @adapter: that reaches it
 * @id: its public id
 * @handshake: (nullable): how it came; %NULL: not known
 * @rooms: (array zero-terminated=1): its rooms, its id among them
 * @data: (nullable): its data, not to be changed
 *
 * For adapters: a socket that is at another server.
 *
 * Returns: (transfer full): for adapters: one of another server
 */
SIO_API SioRemoteSocket *sio_remote_socket_new (SioAdapter *adapter,
                                                const char *id,
                                                SioHandshake *handshake,
                                                const char *const *rooms,
                                                JsonNode *data);
/**
 * sio_remote_socket_ref:
 * @self: a socket
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioRemoteSocket *sio_remote_socket_ref (SioRemoteSocket *self);
/**
 * sio_remote_socket_unref:
 * @self: (transfer full): a socket
 *
 * One reference less.
 */
SIO_API void sio_remote_socket_unref (SioRemoteSocket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioRemoteSocket, sio_remote_socket_unref)

/**
 * sio_remote_socket_get_id:
 * @self: a socket
 *
 * The public id of the socket.
 *
 * Returns: (transfer none): its public id
 */
SIO_API const char *sio_remote_socket_get_id (SioRemoteSocket *self);
/**
 * sio_remote_socket_get_handshake:
 * @self: a socket
 *
 * How the socket came.
 *
 * Returns: (transfer none) (nullable): how it came
 */
SIO_API SioHandshake *sio_remote_socket_get_handshake (SioRemoteSocket *self);
/**
 * sio_remote_socket_get_rooms:
 * @self: a socket
 *
 * The rooms that it was in when it was fetched.
 *
 * Returns: (transfer none) (array zero-terminated=1): its rooms, its id among them
 */
SIO_API const char *const *sio_remote_socket_get_rooms (SioRemoteSocket *self);
/**
 * sio_remote_socket_get_data:
 * @self: a socket
 *
 * The program's data of the socket.
 *
 * Returns: (transfer none) (nullable): what [method@Sio.Socket.set_data] gave
 */
SIO_API JsonNode *sio_remote_socket_get_data (SioRemoteSocket *self);
/**
 * sio_remote_socket_emit:
 * @self: a socket
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 *
 * Emits an event to it.
 */
SIO_API void sio_remote_socket_emit (SioRemoteSocket *self, const char *event, SioArgs *args);
/**
 * sio_remote_socket_join:
 * @self: a socket
 * @room: any name
 *
 * Makes it join a room.
 */
SIO_API void sio_remote_socket_join (SioRemoteSocket *self, const char *room);
/**
 * sio_remote_socket_leave:
 * @self: a socket
 * @room: any name
 *
 * Makes it leave a room.
 */
SIO_API void sio_remote_socket_leave (SioRemoteSocket *self, const char *room);
/**
 * sio_remote_socket_disconnect:
 * @self: a socket
 * @close_connection: whether to end the whole connection, all its namespaces
 *
 * Makes it leave the namespace.
 */
SIO_API void sio_remote_socket_disconnect (SioRemoteSocket *self, gboolean close_connection);

G_END_DECLS
