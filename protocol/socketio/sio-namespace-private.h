/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-timers.h"
#include "socketio/sio-adapter-private.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-server.h"

G_BEGIN_DECLS

/* server: borrowed until closed. It needs an adapter. */
SioNamespace *sio_namespace_new (SioServer *server, const char *name);
/* Has the middlewares that the parent has now, and its handlers of connections. */
void sio_namespace_set_parent (SioNamespace *self, SioNamespace *parent);
/* A parent's. */
guint sio_namespace_get_n_children (SioNamespace *self);
/* (element-type SioAdapter) (transfer full) */
GPtrArray *sio_namespace_get_child_adapters (SioNamespace *self);
/* A client wants in; it is out again, or was never in. */
void sio_namespace_enter (SioNamespace *self);
void sio_namespace_exit (SioNamespace *self);
/* Nobody is in it. The one before is closed. */
void sio_namespace_set_adapter (SioNamespace *self, SioAdapter *adapter);
/* It ends, or the server does. */
void sio_namespace_close (SioNamespace *self);
const char *sio_namespace_get_path (SioNamespace *self);
EioTimers *sio_namespace_get_timers (SioNamespace *self);
/* NULL when there is no recovery. Borrowed. */
const SioRecoveryLimits *sio_namespace_get_recovery_limits (SioNamespace *self);
/* Asks the middlewares, one after the other; in the end the socket is accepted or refused, unless
 * it has gone by then. One that comes back gets its session back first. */
void sio_namespace_admit (SioNamespace *self, SioSocket *socket);
/* pid: borrowed. socket: borrowed; NULL: not connected any more. */
void sio_namespace_set_private_id (SioNamespace *self, const char *pid, SioSocket *socket);
/* Another server has emitted. ack: nullable. */
void sio_namespace_receive_server_event (SioNamespace *self,
                                         const char *event,
                                         SioArgs *args,
                                         SioAck *ack);
/* The reply is queued: tells everybody. */
void sio_namespace_announce (SioNamespace *self, SioSocket *socket);

G_END_DECLS
