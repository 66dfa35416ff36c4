/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-timers.h"
#include "socketio/sio-adapter-private.h"
#include "socketio/sio-namespace.h"

G_BEGIN_DECLS

/* path: of the server. */
SioNamespace *sio_namespace_new (const char *name, const char *path, EioTimers *timers);
/* Nobody is in it. The one before is closed. */
void sio_namespace_set_adapter (SioNamespace *self, SioAdapter *adapter);
/* The server ends. */
void sio_namespace_close (SioNamespace *self);
const char *sio_namespace_get_path (SioNamespace *self);
EioTimers *sio_namespace_get_timers (SioNamespace *self);
/* Asks the middlewares, one after the other; in the end the socket is accepted or refused, unless
 * it has gone by then. */
void sio_namespace_admit (SioNamespace *self, SioSocket *socket);
/* Another server has emitted. ack: nullable. */
void sio_namespace_receive_server_event (SioNamespace *self,
                                         const char *event,
                                         SioArgs *args,
                                         SioAck *ack);
/* The reply is queued: tells everybody. */
void sio_namespace_announce (SioNamespace *self, SioSocket *socket);

G_END_DECLS
