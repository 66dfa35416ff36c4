/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What every server's main() does.
 */
#pragma once

#include "socketio/sio.h"

/* Serves on 127.0.0.1, at the port that the command line names or 3000, 0 for a free one; says where. Returns
 * what main() returns. */
int serve (SioServer *server, int argc, char *argv[]);
