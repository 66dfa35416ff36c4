/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * All of Socket.IO for GLib. */
#pragma once

#include "socketio/sio-adapter.h"
#include "socketio/sio-args.h"
#include "socketio/sio-bindings.h"
#include "socketio/sio-broadcast.h"
#include "socketio/sio-client-socket.h"
#include "socketio/sio-client.h"
#include "socketio/sio-collector.h"
#include "socketio/sio-handshake.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-next.h"
#include "socketio/sio-remote-socket.h"
#include "socketio/sio-saved-session.h"
#include "socketio/sio-server.h"
#include "socketio/sio-socket.h"
#include "socketio/sio-types.h"
#include "socketio/sio-version.h"
