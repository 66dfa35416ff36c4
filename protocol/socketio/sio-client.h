/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "socketio/sio-client-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClient: a connection to a server that is kept up (the reference's Manager), and the sockets of
 * the namespaces over it.
 *
 * Properties:
 *   reconnection TRUE; reconnection-attempts 0 = without end; reconnection-delay 1000 ms;
 *   reconnection-delay-max 5000 ms; randomization-factor 0.5; timeout 20000 ms (one whole attempt)
 *   transports (EioTransports, both), upgrade TRUE, path "/socket.io/"
 * Signals:
 *   "open" (), "closed" (SioDisconnectReason reason, GError *error)
 *   "reconnect-scheduled" (guint attempt, guint delay_ms), "reconnect-attempt" (guint attempt),
 *   "reconnect-error" (GError *error), "reconnected" (guint attempt), "reconnect-failed" ()
 */
#define SIO_TYPE_CLIENT (sio_client_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioClient, sio_client, SIO, CLIENT, GObject)

/* uri: http, https, ws or wss with host and port; its query goes into the handshake. Returns NULL and
 * sets an error (G_URI_ERROR) when it is none. */
SIO_API SioClient *sio_client_new (const char *uri, GError **error);
/* The socket of that namespace, made at first use, not yet connecting. Borrowed. */
SIO_API SioClientSocket *sio_client_socket (SioClient *self, const char *nsp);
/* Engine.IO session id while open, else NULL. */
SIO_API const char *sio_client_get_engine_id (SioClient *self);
/* Tries at once instead of waiting for the back-off. Nothing happens unless it is waiting. */
SIO_API void sio_client_reconnect_now (SioClient *self);
/* Disconnects all sockets and ends the connection; no reconnection follows. */
SIO_API void sio_client_close (SioClient *self);

G_END_DECLS
