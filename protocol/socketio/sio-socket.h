/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-socket.h"
#include "socketio/sio-broadcast.h"
#include "socketio/sio-handshake.h"
#include "socketio/sio-next.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioSocket:
 *
 * A client in a namespace, at the server.
 *
 * Signals:
 * - "event" (const char *name, SioArgs *args, SioAck *ack): every incoming event (catch-all),
 * before the handler of its name; ack is NULL when none is wanted
 * - "disconnecting" (SioDisconnectReason reason): its rooms are still there
 * - "disconnected" (SioDisconnectReason reason): once, last
 * - "drained" (): buffered-amount came back to 0
 * - "error" (const char *message, JsonNode *data): a middleware has refused an event; data may be NULL
 *
 * Handlers may do anything, this socket's and the server's end included. Nothing is delivered to it
 * or sent by it before it is connected and from "disconnecting" on.
 */
#define SIO_TYPE_SOCKET (sio_socket_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioSocket, sio_socket, SIO, SOCKET, GObject)

/**
 * sio_socket_get_id:
 * @self: a socket
 *
 * The public id: other clients may know it.
 *
 * Returns: (transfer none): the public id, a new one at each connect unless it is recovered
 */
SIO_API const char *sio_socket_get_id (SioSocket *self);
/**
 * sio_socket_get_engine_id:
 * @self: a socket
 *
 * The id of the connection that carries the socket.
 *
 * Returns: (transfer none): the Engine.IO session's id: unguessable, known to this client alone
 */
SIO_API const char *sio_socket_get_engine_id (SioSocket *self);
/**
 * sio_socket_get_engine:
 * @self: a socket
 *
 * The connection that carries the socket.
 *
 * Returns: (transfer none) (nullable): the engine's session, for address, headers, query; %NULL
 * once disconnected
 */
SIO_API EioSocket *sio_socket_get_engine (SioSocket *self);
/**
 * sio_socket_get_auth:
 * @self: a socket
 *
 * What the client has sent along with CONNECT. Nobody has checked it.
 *
 * Returns: (transfer none) (nullable): CONNECT's payload, if there was one
 */
SIO_API JsonObject *sio_socket_get_auth (SioSocket *self);
/**
 * sio_socket_get_handshake:
 * @self: a socket
 *
 * How the socket came.
 *
 * Returns: (transfer none) (nullable): how it came. Put together at the first question; %NULL when
 *   that comes after "disconnected"
 */
SIO_API SioHandshake *sio_socket_get_handshake (SioSocket *self);
/**
 * sio_socket_get_namespace:
 * @self: a socket
 *
 * The namespace of the socket.
 *
 * Returns: (transfer none) (type Sio.Namespace): what it is in, or wants into
 */
SIO_API struct _SioNamespace *sio_socket_get_namespace (SioSocket *self);
/**
 * sio_socket_set_data:
 * @self: a socket
 * @data: (nullable): anything that JSON can say, not to be changed afterwards
 *
 * For the program, of any server: it goes with the socket where it is fetched from, and comes back
 * with a session that is recovered. What concerns this process alone fits into
 * g_object_set_qdata().
 */
SIO_API void sio_socket_set_data (SioSocket *self, JsonNode *data);
/**
 * sio_socket_get_data:
 * @self: a socket
 *
 * The program's data of the socket.
 *
 * Returns: (transfer none) (nullable): what [method@Sio.Socket.set_data] gave
 */
SIO_API JsonNode *sio_socket_get_data (SioSocket *self);
/**
 * sio_socket_is_connected:
 * @self: a socket
 *
 * Whether events can be sent and may come: from the connection signal on until "disconnecting".
 *
 * Returns: whether it is connected
 */
SIO_API gboolean sio_socket_is_connected (SioSocket *self);
/**
 * sio_socket_is_recovered:
 * @self: a socket
 *
 * Whether the client has come back to what it had before.
 *
 * Returns: whether it goes on as one that had lost its connection, with its id, rooms and data
 */
SIO_API gboolean sio_socket_is_recovered (SioSocket *self);
/**
 * sio_socket_get_buffered_amount:
 * @self: a socket
 *
 * What waits to be sent on its connection, all namespaces together.
 *
 * Returns: bytes queued for the connection and not yet taken from it
 */
SIO_API gsize sio_socket_get_buffered_amount (SioSocket *self);
/**
 * sio_socket_get_n_dropped:
 * @self: a socket
 *
 * How many events this socket has not got because too much was queued for its connection already, with the
 * server's overflow-policy %SIO_OVERFLOW_DROP. Volatile events are not counted. A program looks at it when
 * [signal@Sio.Socket::drained] says that there is place again, and sends what the client needs to be whole.
 *
 * Returns: their number since it was connected
 */
SIO_API uint64_t sio_socket_get_n_dropped (SioSocket *self);

/**
 * SioEventFunc:
 * @socket: the socket
 * @args: the event's arguments
 * @ack: (nullable): the answer that the client waits for
 * @user_data: data
 *
 * Reference @args and @ack to keep them.
 */
typedef void (*SioEventFunc) (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data);
/**
 * sio_socket_on:
 * @self: a socket
 * @event: a name that is not reserved
 * @func: (scope notified) (closure user_data) (destroy destroy): what handles it
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * A second handler for the same name replaces the first. All are dropped after "disconnected".
 */
SIO_API void sio_socket_on (SioSocket *self,
                            const char *event,
                            SioEventFunc func,
                            gpointer user_data,
                            GDestroyNotify destroy);

/**
 * sio_socket_off:
 * @self: a socket
 * @event: the name of an event
 *
 * Removes the handler of that name. Nothing happens when there is none.
 */
SIO_API void sio_socket_off (SioSocket *self, const char *event);

/**
 * SioPacketMiddlewareFunc:
 * @socket: the socket
 * @event: an incoming event
 * @args: its arguments
 * @next: to answer with, now or later; without an answer the event is dropped
 * @user_data: data
 *
 * Decides whether an event is delivered: it answers by [method@Sio.Next.accept] or
 * [method@Sio.Next.reject].
 */
typedef void (*SioPacketMiddlewareFunc) (SioSocket *socket,
                                         const char *event,
                                         SioArgs *args,
                                         SioNext *next,
                                         gpointer user_data);
/**
 * sio_socket_use:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): what lets events through
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Asked of every event after "event" and before its handler, in order of registration. An event
 * whose answer comes later is overtaken by those that are answered at once. All are dropped after
 * "disconnected".
 */
SIO_API void sio_socket_use (SioSocket *self,
                             SioPacketMiddlewareFunc func,
                             gpointer user_data,
                             GDestroyNotify destroy);

/**
 * SioOutgoingFunc:
 * @socket: the socket
 * @event: what is sent to its client
 * @args: its arguments
 * @user_data: data
 *
 * Is told what is sent.
 */
typedef void (*SioOutgoingFunc) (SioSocket *socket,
                                 const char *event,
                                 SioArgs *args,
                                 gpointer user_data);
/**
 * sio_socket_on_outgoing:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy) (nullable): what is told; %NULL: none
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * The catch-all of what is sent: every event that goes to this client, broadcasts included, acks not.
 * A second function replaces the first. Not a signal: a broadcast would have to look for handlers at
 * each of its receivers.
 */
SIO_API void sio_socket_on_outgoing (SioSocket *self,
                                     SioOutgoingFunc func,
                                     gpointer user_data,
                                     GDestroyNotify destroy);

/**
 * sio_socket_emit: (skip)
 * @self: a socket
 * @event: any but connect, connect_error, disconnect, disconnecting, newListener, removeListener
 * @args: (nullable): frozen by this
 *
 * Unless connected nothing happens.
 */
SIO_API void sio_socket_emit (SioSocket *self, const char *event, SioArgs *args);
/**
 * sio_socket_set_compress:
 * @self: a socket
 * @compress: %TRUE unless set
 *
 * Whether what is emitted from now on, broadcasts that are made of it later included, may be compressed where a
 * connection has agreed to that: [property@Eio.Server:http-compression],
 * [property@Eio.Server:per-message-deflate]. What holds a secret beside words of a stranger should not be: its
 * length would tell of it.
 */
SIO_API void sio_socket_set_compress (SioSocket *self, gboolean compress);
/**
 * sio_socket_emit_volatile:
 * @self: a socket
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 *
 * Dropped when what was sent before is still on its way.
 */
SIO_API void sio_socket_emit_volatile (SioSocket *self, const char *event, SioArgs *args);
/**
 * sio_socket_emit_with_ack_async:
 * @self: a socket
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 * @timeout_ms: how long to wait, above 0
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when the answer has come, or does not come
 * @user_data: for @callback
 *
 * Emits an event and waits for the answer of the client.
 */
SIO_API void sio_socket_emit_with_ack_async (SioSocket *self,
                                             const char *event,
                                             SioArgs *args,
                                             guint timeout_ms,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/**
 * sio_socket_emit_with_ack_finish:
 * @self: a socket
 * @result: of the call
 * @error: SIO_ERROR_TIMEOUT, SIO_ERROR_DISCONNECTED, G_IO_ERROR_CANCELLED
 *
 * The result of [method@Sio.Socket.emit_with_ack_async].
 *
 * Returns: (transfer full): the ack's arguments
 */
SIO_API SioArgs *
sio_socket_emit_with_ack_finish (SioSocket *self, GAsyncResult *result, GError **error);

/**
 * sio_socket_join:
 * @self: a socket
 * @room: any name
 *
 * In a middleware already: it is in its rooms when it is connected. After disconnect nothing
 * happens. Every socket is alone in the room named by its id, and cannot leave that one.
 */
SIO_API void sio_socket_join (SioSocket *self, const char *room);
/**
 * sio_socket_leave:
 * @self: a socket
 * @room: any name
 *
 * Leaves a room. Nothing happens when it is not in there.
 */
SIO_API void sio_socket_leave (SioSocket *self, const char *room);
/**
 * sio_socket_dup_rooms:
 * @self: a socket
 *
 * The rooms that it is in.
 *
 * Returns: (transfer full): its rooms, its id first; the id alone once disconnected
 */
SIO_API GStrv sio_socket_dup_rooms (SioSocket *self);
/**
 * sio_socket_broadcast:
 * @self: a socket
 *
 * A broadcast to all others of the namespace.
 *
 * Returns: (transfer full): to everybody in the namespace but this socket
 */
SIO_API SioBroadcast *sio_socket_broadcast (SioSocket *self);
/**
 * sio_socket_send:
 * @self: a socket
 * @args: (nullable): frozen by this
 *
 * Emits "message".
 */
SIO_API void sio_socket_send (SioSocket *self, SioArgs *args);
/**
 * sio_socket_to:
 * @self: a socket
 * @room: a room, or a socket's id
 *
 * A broadcast to all others of one room.
 *
 * Returns: (transfer full): to everybody in the room but this socket
 */
SIO_API SioBroadcast *sio_socket_to (SioSocket *self, const char *room);
/**
 * sio_socket_disconnect: (skip)
 * @self: a socket
 * @close_connection: whether to end the whole connection, all its namespaces
 *
 * Leaves the namespace. What was queued still goes out.
 */
SIO_API void sio_socket_disconnect (SioSocket *self, gboolean close_connection);

G_END_DECLS
