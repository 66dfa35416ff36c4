/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-adapter.h"
#include "socketio/sio-broadcast.h"
#include "socketio/sio-next.h"
#include "socketio/sio-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioNamespace:
 *
 * The sockets that have joined one namespace of a server, and the middlewares that let them in.
 *
 * Signals:
 * - "connection" (SioSocket *socket), after the CONNECT reply was queued and before any of its
 * events is delivered
 * - "server-side-event" (const char *name, SioArgs *args, SioAck *ack): what another server has
 * emitted; ack is NULL when no answer is wanted
 */
#define SIO_TYPE_NAMESPACE (sio_namespace_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioNamespace, sio_namespace, SIO, NAMESPACE, GObject)

/**
 * sio_namespace_get_name:
 * @self: a namespace
 *
 * The name of the namespace.
 *
 * Returns: (transfer none): with the leading slash
 */
SIO_API const char *sio_namespace_get_name (SioNamespace *self);
/**
 * sio_namespace_get_adapter:
 * @self: a namespace
 *
 * What knows who is in which room.
 *
 * Returns: (transfer none): what knows its rooms; it changes with [method@Sio.Server.set_adapter]
 */
SIO_API SioAdapter *sio_namespace_get_adapter (SioNamespace *self);
/**
 * sio_namespace_get_n_sockets:
 * @self: a namespace
 *
 * How many sockets are connected to it here; to a parent: to all its children.
 *
 * Returns: their number
 */
SIO_API guint sio_namespace_get_n_sockets (SioNamespace *self);
/**
 * sio_namespace_get_socket:
 * @self: a namespace
 * @id: of a socket
 *
 * One of its sockets; of a parent: of one of its children.
 *
 * Returns: (transfer none) (nullable): the socket; %NULL when it is not connected
 */
SIO_API SioSocket *sio_namespace_get_socket (SioNamespace *self, const char *id);

/**
 * SioMiddlewareFunc:
 * @nsp: the namespace
 * @socket: who wants in; not connected yet, but its auth and engine are known, and it can join
 * rooms
 * @next: to answer with
 * @user_data: data
 *
 * Decides whether a socket may come in, now or later: it answers by [method@Sio.Next.accept] or
 * [method@Sio.Next.reject].
 */
typedef void (*SioMiddlewareFunc) (SioNamespace *nsp,
                                   SioSocket *socket,
                                   SioNext *next,
                                   gpointer user_data);
/**
 * sio_namespace_use:
 * @self: a namespace
 * @func: (scope notified) (closure user_data) (destroy destroy): the middleware
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Middlewares are asked one after the other, in order of registration, before "connection"; those
 * added later are not asked about clients that are on their way in. After the client has gone none
 * is asked any more, and answers mean nothing.
 */
SIO_API void sio_namespace_use (SioNamespace *self,
                                SioMiddlewareFunc func,
                                gpointer user_data,
                                GDestroyNotify destroy);

/**
 * sio_namespace_emit: (skip)
 * @self: a namespace
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 *
 * To all its sockets.
 */
SIO_API void sio_namespace_emit (SioNamespace *self, const char *event, SioArgs *args);
/**
 * sio_namespace_to:
 * @self: a namespace
 * @room: a room, or a socket's id
 *
 * A broadcast to the sockets of one room.
 *
 * Returns: (transfer full): to a room; more rooms by [method@Sio.Broadcast.to]
 */
SIO_API SioBroadcast *sio_namespace_to (SioNamespace *self, const char *room);
/**
 * sio_namespace_broadcast:
 * @self: a namespace
 *
 * A broadcast to all sockets of the namespace.
 *
 * Returns: (transfer full): to everybody; with rooms, exceptions and all else that a broadcast can
 */
SIO_API SioBroadcast *sio_namespace_broadcast (SioNamespace *self);
/**
 * sio_namespace_send:
 * @self: a namespace
 * @args: (nullable): frozen by this
 *
 * Emits "message" to all its sockets.
 */
SIO_API void sio_namespace_send (SioNamespace *self, SioArgs *args);
/**
 * sio_namespace_emit_with_ack_async:
 * @self: a namespace
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 * @timeout_ms: how long to wait, above 0
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when all of its sockets have answered, or time is up
 * @user_data: for @callback
 *
 * For some of them: [method@Sio.Broadcast.emit_with_ack_async].
 */
SIO_API void sio_namespace_emit_with_ack_async (SioNamespace *self,
                                                const char *event,
                                                SioArgs *args,
                                                guint timeout_ms,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
/**
 * sio_namespace_emit_with_ack_finish:
 * @self: a namespace
 * @result: of the call
 * @responses: (out) (optional) (transfer container) (element-type SioArgs): the answers in the order in
 *   which they came; those that came, when there is an error
 * @error: as of [func@Sio.Broadcast.emit_with_ack_finish]
 *
 * The result of [method@Sio.Namespace.emit_with_ack_async].
 *
 * Returns: whether everybody has answered
 */
SIO_API gboolean sio_namespace_emit_with_ack_finish (SioNamespace *self,
                                                     GAsyncResult *result,
                                                     GPtrArray **responses,
                                                     GError **error);
/**
 * sio_namespace_server_side_emit:
 * @self: a namespace
 * @event: any but those that are reserved, connection and new_namespace
 * @args: (nullable): frozen by this
 *
 * To this namespace at all other servers ("server-side-event"). Alone, it goes nowhere. A parent's goes to each
 * of its children where they are, and is told at the other servers' parents, too.
 */
SIO_API void
sio_namespace_server_side_emit (SioNamespace *self, const char *event, SioArgs *args);
/**
 * sio_namespace_server_side_emit_with_ack_async:
 * @self: a namespace
 * @event: as of [method@Sio.Namespace.server_side_emit]
 * @args: (nullable): frozen by this
 * @timeout_ms: how long to wait, above 0
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when all other servers have answered, or time is up
 * @user_data: for @callback
 *
 * Emits to the other servers and waits for their answers.
 */
SIO_API void sio_namespace_server_side_emit_with_ack_async (SioNamespace *self,
                                                            const char *event,
                                                            SioArgs *args,
                                                            guint timeout_ms,
                                                            GCancellable *cancellable,
                                                            GAsyncReadyCallback callback,
                                                            gpointer user_data);
/**
 * sio_namespace_server_side_emit_with_ack_finish:
 * @self: a namespace
 * @result: of the call
 * @responses: (out) (optional) (transfer container) (element-type SioArgs): one answer of each other
 *   server, and for a parent one for each child that is there; those that came, when there is an error
 * @error: SIO_ERROR_TIMEOUT, G_IO_ERROR_CANCELLED, or the adapter's
 *
 * The result of [method@Sio.Namespace.server_side_emit_with_ack_async].
 *
 * Returns: whether all have answered
 */
SIO_API gboolean sio_namespace_server_side_emit_with_ack_finish (SioNamespace *self,
                                                                 GAsyncResult *result,
                                                                 GPtrArray **responses,
                                                                 GError **error);

G_END_DECLS
