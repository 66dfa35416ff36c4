/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-server.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioServer: namespaces over an EioServer.
 *
 * Properties: path "/socket.io/" (construct), connect-timeout 45000 ms (a connection that joins no
 *   namespace in time is closed), max-namespaces 100 per connection, max-attachments 10,
 *   max-buffered and the other limits of the engine through sio_server_get_engine().
 * One main context; every call from the thread that iterates it.
 */
#define SIO_TYPE_SERVER (sio_server_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioServer, sio_server, SIO, SERVER, GObject)

SIO_API SioServer *sio_server_new (void);
/* Borrowed: set its limits before listening. */
SIO_API EioServer *sio_server_get_engine (SioServer *self);
SIO_API gboolean sio_server_listen (SioServer *self,
                                    GSocketAddress *address,
                                    GTlsCertificate *certificate,
                                    GError **error);
/* The namespace of that name, made at first use. "/" exists from the start. Borrowed. */
SIO_API SioNamespace *sio_server_of (SioServer *self, const char *name);
/* Disconnects all ("server shutting down"), closes the engine. */
SIO_API void sio_server_close (SioServer *self);

G_END_DECLS
