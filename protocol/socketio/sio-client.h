/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "socketio/sio-client-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClient:
 *
 * A connection to a server that is kept up (the reference's Manager), and the sockets of the
 * namespaces over it. It connects when a socket is connected and closes when none is active any
 * more. It has to be kept for as long as its sockets are used.
 *
 * Properties (writable at any time, in force from the next attempt to connect):
 * - reconnection TRUE: whether a connection that failed or was lost is tried again
 * - reconnection-attempts 0: then given up; 0 = never
 * - reconnection-delay 1000 ms, reconnection-delay-max 5000 ms, randomization-factor 0.5 (0 to 1):
 * the delay doubles with each attempt and is then made longer or shorter by up to that part of
 * itself
 * - timeout 20000 ms: for one attempt: for the engine to open, and again for a namespace's answer
 * - transports (EioTransports, both): with both, polling opens the session
 * - upgrade TRUE: whether a session opened by polling moves to a websocket
 * - path "/socket.io/"
 * - max-payload 1000000: bytes accepted in one message
 * - max-attachments 10: binary attachments of one event, both ways; the reference's servers refuse
 * more
 * - session (SoupSession): for proxies, TLS databases, cookies; NULL = its own
 *
 * Signals:
 * - "open" (): the engine's session is open
 * - "closed" (SioDisconnectReason reason, GError *error): it was open and is not any more; error is
 *   nullable
 * - "reconnect-scheduled" (guint attempt, guint delay_ms): attempts count from 1 since the loss
 * - "reconnect-attempt" (guint attempt), "reconnect-error" (GError *error), "reconnected" (guint
 * attempt)
 * - "reconnect-failed" (): given up; the sockets are not active any more
 *
 * Handlers may do anything, this client's end included. All in one main context: the thread-default
 * one of the first connect.
 */
#define SIO_TYPE_CLIENT (sio_client_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioClient, sio_client, SIO, CLIENT, GObject)

/**
 * sio_client_new:
 * @uri: http, https, ws or wss with a host; its path is not used, its query goes into the handshake
 * @error: return location for a G_URI_ERROR
 *
 * Returns: (transfer full) (nullable): a client that does nothing yet; %NULL when @uri is no such
 * address
 */
SIO_API SioClient *sio_client_new (const char *uri, GError **error);
/**
 * sio_client_set_header:
 * @self: a client
 * @name: of a header
 * @value: its value
 *
 * One header more of every request, from the next connection on.
 */
SIO_API void sio_client_set_header (SioClient *self, const char *name, const char *value);
/**
 * sio_client_socket:
 * @self: a client
 * @nsp: a namespace: begins with a slash, has no comma
 *
 * Returns: (transfer none): its socket, made at the first call, not connecting by itself
 */
SIO_API SioClientSocket *sio_client_socket (SioClient *self, const char *nsp);
/**
 * sio_client_get_engine_id:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): the Engine.IO session's id while it is open
 */
SIO_API const char *sio_client_get_engine_id (SioClient *self);
/**
 * sio_client_get_transport:
 * @self: a client
 *
 * Returns: what carries the connection now, 0 while it is not open
 */
SIO_API EioTransports sio_client_get_transport (SioClient *self);
/**
 * sio_client_reconnect_now:
 * @self: a client
 *
 * Tries at once rather than when the delay is over. Nothing happens unless it waits for that.
 */
SIO_API void sio_client_reconnect_now (SioClient *self);
/**
 * sio_client_close:
 * @self: a client
 *
 * Disconnects all sockets, which ends the connection; what is under way leaves first, for 5 s at
 * most.
 */
SIO_API void sio_client_close (SioClient *self);

G_END_DECLS
