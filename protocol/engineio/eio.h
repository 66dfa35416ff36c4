/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * All of Engine.IO for GLib. */
#pragma once

#include "engineio/eio-client.h"
#include "engineio/eio-frame.h"
#include "engineio/eio-request.h"
#include "engineio/eio-server.h"
#include "engineio/eio-socket.h"
#include "engineio/eio-types.h"
