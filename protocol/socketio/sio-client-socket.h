/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClientSocket: a namespace, at the client.
 *
 * Properties (read): connected, active (will come back by itself), id (NULL while not connected).
 * Signals:
 *   "connected" (gboolean recovered)
 *   "connect-error" (GError *error, JsonNode *data)  SIO_ERROR_REFUSED: the server said no, call
 *                                                    connect again yourself; else it is retried
 *   "disconnected" (SioDisconnectReason reason)
 *   "event" (const char *name, SioArgs *args, SioAck *ack)
 */
#define SIO_TYPE_CLIENT_SOCKET (sio_client_socket_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioClientSocket, sio_client_socket, SIO, CLIENT_SOCKET, GObject)

/* The CONNECT payload, asked for at every attempt, when the engine's session is open (its id is known:
 * sio_client_get_engine_id()). Returns an object node, transfer full, or NULL for none. */
typedef JsonNode *(*SioAuthFunc) (SioClientSocket *socket, const char *engine_id, gpointer user_data);
SIO_API void sio_client_socket_set_auth_func (SioClientSocket *self,
                                              SioAuthFunc func,
                                              gpointer user_data,
                                              GDestroyNotify destroy);
/* The same every time. auth: nullable, transfer none. */
SIO_API void sio_client_socket_set_auth (SioClientSocket *self, JsonNode *auth);

SIO_API void sio_client_socket_connect (SioClientSocket *self);
SIO_API void sio_client_socket_disconnect (SioClientSocket *self);
SIO_API gboolean sio_client_socket_is_connected (SioClientSocket *self);
SIO_API gboolean sio_client_socket_is_active (SioClientSocket *self);
SIO_API const char *sio_client_socket_get_id (SioClientSocket *self);
SIO_API gsize sio_client_socket_get_buffered_amount (SioClientSocket *self);

/* While disconnected it waits in the send buffer and goes out, in order, at the next connect.
 * Returns FALSE when the send buffer is full (bytes: property "send-buffer-limit", 1 MiB). */
SIO_API gboolean sio_client_socket_emit (SioClientSocket *self, const char *event, SioArgs *args);
/* Dropped unless it can leave at once. */
SIO_API void sio_client_socket_emit_volatile (SioClientSocket *self, const char *event, SioArgs *args);
/* timeout_ms 0: without limit. Errors: SIO_ERROR_TIMEOUT, SIO_ERROR_DISCONNECTED, SIO_ERROR_LIMIT,
 * G_IO_ERROR_CANCELLED. */
SIO_API void sio_client_socket_emit_with_ack_async (SioClientSocket *self,
                                                    const char *event,
                                                    SioArgs *args,
                                                    guint timeout_ms,
                                                    GCancellable *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data);
/* Transfer full. */
SIO_API SioArgs *sio_client_socket_emit_with_ack_finish (SioClientSocket *self,
                                                         GAsyncResult *result,
                                                         GError **error);

G_END_DECLS
