/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-types.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/* What the end of the engine's session is called for sockets. */
SioDisconnectReason sio_disconnect_reason_from_engine (EioCloseReason reason);

G_END_DECLS
