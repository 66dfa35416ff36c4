/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "socketio/sio-client-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClient: a connection to a server that is kept up (the reference's Manager), and the sockets of
 * the namespaces over it. It connects when a socket is connected and closes when none is active any
 * more. It has to be kept for as long as its sockets are used.
 *
 * Properties (writable at any time, in force from the next attempt to connect):
 *   reconnection TRUE; reconnection-attempts 0 = without end; reconnection-delay 1000 ms;
 *   reconnection-delay-max 5000 ms; randomization-factor 0.5
 *   timeout 20000 ms         for one attempt: for the engine to open, and again for a namespace's
 *                            answer to CONNECT
 *   transports (EioTransports, both), upgrade TRUE, path "/socket.io/"
 *   max-payload 1000000      bytes accepted in one message
 *   max-attachments 10       binary attachments of one event, both ways; the reference's servers
 *                            refuse more
 *   session (SoupSession)    for proxies, TLS databases, cookies; NULL = its own
 * Signals:
 *   "open" ()                                             the engine's session is open
 *   "closed" (SioDisconnectReason reason, GError *error)  it was open and is not any more; error is
 *                                                         nullable
 *   "reconnect-scheduled" (guint attempt, guint delay_ms)
 *   "reconnect-attempt" (guint attempt)                   counted from 1 since the connection was lost
 *   "reconnect-error" (GError *error)
 *   "reconnected" (guint attempt)
 *   "reconnect-failed" ()                                 given up: the sockets are not active any more
 *
 * Handlers may call everything. One main context: the thread-default one of the first connect.
 */
#define SIO_TYPE_CLIENT (sio_client_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioClient, sio_client, SIO, CLIENT, GObject)

/* uri: http, https, ws or wss with host and port; its query goes into the handshake. Returns NULL and
 * sets an error (G_URI_ERROR) when it is none. */
SIO_API SioClient *sio_client_new (const char *uri, GError **error);
/* One header more of every request, from the next connection on. */
SIO_API void sio_client_set_header (SioClient *self, const char *name, const char *value);
/**
 * sio_client_socket:
 * @self: a client
 * @nsp: a namespace, "/..." without a comma
 *
 * Returns: (transfer none): the socket of that namespace, made at first use, not yet connecting
 */
SIO_API SioClientSocket *sio_client_socket (SioClient *self, const char *nsp);
/* Engine.IO session id while open, else NULL. */
SIO_API const char *sio_client_get_engine_id (SioClient *self);
/* What carries the connection now, 0 while it is not open. */
SIO_API EioTransports sio_client_get_transport (SioClient *self);
/* Tries at once instead of waiting for the back-off. Nothing happens unless it is waiting. */
SIO_API void sio_client_reconnect_now (SioClient *self);
/* Disconnects all sockets and ends the connection; no reconnection follows. */
SIO_API void sio_client_close (SioClient *self);

G_END_DECLS
