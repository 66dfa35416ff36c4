/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-timers.h"
#include "socketio/sio-adapter-private.h"
#include "socketio/sio-broadcast.h"

G_BEGIN_DECLS

/* To everybody, until rooms are named. */
SioBroadcast *sio_broadcast_new (SioAdapter *adapter, EioTimers *timers);

G_END_DECLS
