/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-timers.h"
#include "socketio/sio-adapter-private.h"
#include "socketio/sio-broadcast.h"

G_BEGIN_DECLS

/* To everybody, until rooms are named. */
SioBroadcast *sio_broadcast_new (SioAdapter *adapter, EioTimers *timers);
/* The answers become the task's (sio-gather.h). task: transfer full. */
void
sio_broadcast_ask (SioBroadcast *self, const char *event, SioArgs *args, GTask *task);

G_END_DECLS
