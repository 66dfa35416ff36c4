/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "socketio/sio-remote-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioBroadcast:
 *
 * Whom an emit goes to: the union of the rooms (all, when none is named) without the excepted ones,
 * each socket once; encoded once for all. The functions change it, and it can be emitted any number
 * of times. Refcounted.
 */
typedef struct _SioBroadcast SioBroadcast;

#define SIO_TYPE_BROADCAST (sio_broadcast_get_type ())
SIO_API GType sio_broadcast_get_type (void);
/**
 * sio_broadcast_ref:
 * @self: a broadcast
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioBroadcast *sio_broadcast_ref (SioBroadcast *self);
/**
 * sio_broadcast_unref:
 * @self: (transfer full): a broadcast
 *
 * One reference less.
 */
SIO_API void sio_broadcast_unref (SioBroadcast *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioBroadcast, sio_broadcast_unref)

/**
 * sio_broadcast_to:
 * @self: a broadcast
 * @room: one room more, or a socket's id
 *
 * Adds a room to those whom it goes to.
 */
SIO_API void sio_broadcast_to (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_in:
 * @self: a broadcast
 * @room: one room more, or a socket's id
 *
 * sio_broadcast_to() by the reference's other name.
 */
SIO_API void sio_broadcast_in (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_except:
 * @self: a broadcast
 * @room: whose sockets are left out, or a socket's id
 *
 * Leaves the sockets of a room out.
 */
SIO_API void sio_broadcast_except (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_set_volatile:
 * @self: a broadcast
 * @is_volatile: whether it is dropped for every socket that is not writable now
 *
 * Whether it matters only now.
 */
SIO_API void sio_broadcast_set_volatile (SioBroadcast *self, gboolean is_volatile);
/**
 * sio_broadcast_set_local:
 * @self: a broadcast
 * @is_local: whether it is for the sockets of this process only, and not for those of the other
 *   servers that an adapter reaches
 *
 * Whether it stays in this process.
 */
SIO_API void sio_broadcast_set_local (SioBroadcast *self, gboolean is_local);
/**
 * sio_broadcast_set_compress:
 * @self: a broadcast
 * @compress: %TRUE unless set
 *
 * Whether it may be compressed for those whose connections have agreed to that, here and on the other servers
 * of a cluster: [property@Eio.Server:http-compression], [property@Eio.Server:per-message-deflate]. What holds a
 * secret beside words of a stranger should not be: its length would tell of it.
 */
SIO_API void sio_broadcast_set_compress (SioBroadcast *self, gboolean compress);
/**
 * sio_broadcast_set_timeout:
 * @self: a broadcast
 * @timeout_ms: above 0; 5000 unless set
 *
 * How long answers to [method@Sio.Broadcast.emit_with_ack_async] are waited for.
 */
SIO_API void sio_broadcast_set_timeout (SioBroadcast *self, guint timeout_ms);
/**
 * sio_broadcast_emit:
 * @self: a broadcast
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 *
 * Emits an event to all of them.
 */
SIO_API void sio_broadcast_emit (SioBroadcast *self, const char *event, SioArgs *args);
/**
 * sio_broadcast_emit_with_ack_async:
 * @self: a broadcast
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when all have answered, or time is up; its source object is %NULL
 * @user_data: for @callback
 *
 * To nobody, it is answered at once.
 */
SIO_API void sio_broadcast_emit_with_ack_async (SioBroadcast *self,
                                                const char *event,
                                                SioArgs *args,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
/**
 * sio_broadcast_emit_with_ack_finish:
 * @result: of the call
 * @responses: (out) (optional) (transfer container) (element-type SioArgs): the answers in the order in
 *   which they came; those that came, when there is an error
 * @error: SIO_ERROR_TIMEOUT, SIO_ERROR_DISCONNECTED (somebody went without an answer, and all others
 *   have answered), G_IO_ERROR_CANCELLED, or the adapter's
 *
 * The result of [method@Sio.Broadcast.emit_with_ack_async].
 *
 * Returns: whether everybody has answered
 */
SIO_API gboolean sio_broadcast_emit_with_ack_finish (GAsyncResult *result,
                                                     GPtrArray **responses,
                                                     GError **error);
/**
 * sio_broadcast_fetch_sockets_async:
 * @self: a broadcast
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when they are known; its source object is an adapter
 * @user_data: for @callback
 *
 * Whom it would go to, on all servers.
 */
SIO_API void sio_broadcast_fetch_sockets_async (SioBroadcast *self,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
/**
 * sio_broadcast_fetch_sockets_finish:
 * @result: of the call
 * @error: the adapter's
 *
 * The result of [method@Sio.Broadcast.fetch_sockets_async].
 *
 * Returns: (transfer container) (element-type SioRemoteSocket): the sockets
 */
SIO_API GPtrArray *sio_broadcast_fetch_sockets_finish (GAsyncResult *result, GError **error);
/**
 * sio_broadcast_sockets_join:
 * @self: a broadcast
 * @room: any name
 *
 * All whom it would go to join a room.
 */
SIO_API void sio_broadcast_sockets_join (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_sockets_leave:
 * @self: a broadcast
 * @room: any name
 *
 * All whom it would go to leave a room.
 */
SIO_API void sio_broadcast_sockets_leave (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_disconnect_sockets:
 * @self: a broadcast
 * @close_connection: whether to end their whole connections
 *
 * Disconnects all whom it would go to.
 */
SIO_API void sio_broadcast_disconnect_sockets (SioBroadcast *self, gboolean close_connection);

G_END_DECLS
