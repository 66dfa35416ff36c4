/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much stricter than Socket.IO a server of boards is. The library accepts whatever the reference's
 * clients may rightly send; the app sends only some of it, and nothing else has to be borne here.
 */
#pragma once

#include "socketio/sio-server.h"

G_BEGIN_DECLS

/* Before it listens. */
void bridge_strict_apply (SioServer *sio);

G_END_DECLS
