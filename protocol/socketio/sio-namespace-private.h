/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-timers.h"
#include "socketio/sio-adapter.h"
#include "socketio/sio-namespace.h"

G_BEGIN_DECLS

SioNamespace *sio_namespace_new (const char *name, EioTimers *timers);
/* Borrowed. */
SioAdapter *sio_namespace_get_adapter (SioNamespace *self);
EioTimers *sio_namespace_get_timers (SioNamespace *self);
/* Asks the middlewares, one after the other; in the end the socket is accepted or refused, unless
 * it has gone by then. */
void sio_namespace_admit (SioNamespace *self, SioSocket *socket);
/* The reply is queued: tells everybody. */
void sio_namespace_announce (SioNamespace *self, SioSocket *socket);

G_END_DECLS
