/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-socket.h"
#include "socketio/sio-handshake.h"

G_BEGIN_DECLS

/* path: of the server. auth: nullable. issued: ms since 1970. */
SioHandshake *
sio_handshake_new_for_engine (EioSocket *engine, const char *path, JsonNode *auth, int64_t issued);

G_END_DECLS
