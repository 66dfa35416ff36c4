/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-socket.h"
#include "socketio/sio-broadcast.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioSocket: a client in a namespace, at the server.
 *
 * Signals:
 *   "event" (const char *name, SioArgs *args, SioAck *ack)  every incoming event (catch-all);
 *                                                           ack is NULL when none is wanted
 *   "disconnecting" (SioDisconnectReason reason)            its rooms are still there
 *   "disconnected" (SioDisconnectReason reason)             once, last
 *   "drained" ()                                            buffered-amount came back to 0
 */
#define SIO_TYPE_SOCKET (sio_socket_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioSocket, sio_socket, SIO, SOCKET, GObject)

SIO_API const char *sio_socket_get_id (SioSocket *self);
/* The Engine.IO session's id: unguessable, known to this client alone. */
SIO_API const char *sio_socket_get_engine_id (SioSocket *self);
/* The engine's session, for address, headers, query. NULL once disconnected. Borrowed. */
SIO_API EioSocket *sio_socket_get_engine (SioSocket *self);
/* CONNECT's payload, or NULL. Borrowed. */
SIO_API JsonObject *sio_socket_get_auth (SioSocket *self);
SIO_API gboolean sio_socket_is_connected (SioSocket *self);
SIO_API gsize sio_socket_get_buffered_amount (SioSocket *self);

typedef void (*SioEventFunc) (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data);
/* A handler for one event's name; a second one for the same name replaces the first. */
SIO_API void sio_socket_on (SioSocket *self,
                            const char *event,
                            SioEventFunc func,
                            gpointer user_data,
                            GDestroyNotify destroy);

/* event: any but the reserved names. args: nullable, transfer none. After disconnect: nothing happens. */
SIO_API void sio_socket_emit (SioSocket *self, const char *event, SioArgs *args);
SIO_API void sio_socket_emit_volatile (SioSocket *self, const char *event, SioArgs *args);
/* timeout_ms > 0. Errors: SIO_ERROR_TIMEOUT, SIO_ERROR_DISCONNECTED, G_IO_ERROR_CANCELLED. */
SIO_API void sio_socket_emit_with_ack_async (SioSocket *self,
                                             const char *event,
                                             SioArgs *args,
                                             guint timeout_ms,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* The ack's arguments. Transfer full. */
SIO_API SioArgs *sio_socket_emit_with_ack_finish (SioSocket *self, GAsyncResult *result, GError **error);

SIO_API void sio_socket_join (SioSocket *self, const char *room);
SIO_API void sio_socket_leave (SioSocket *self, const char *room);
/* To everybody in the room but this socket. Transfer full. */
SIO_API SioBroadcast *sio_socket_to (SioSocket *self, const char *room);
/* Leaves the namespace; close_connection: ends the whole connection. */
SIO_API void sio_socket_disconnect (SioSocket *self, gboolean close_connection);

G_END_DECLS
