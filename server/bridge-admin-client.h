/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "drawbridge-server admin ...": asks a running server and prints its answer. argv begins with
 * "admin". Returns the exit code: 0; 1 the server said no or is not there; 2 wrong options. */
int bridge_admin_client_run (int argc, char **argv);

G_END_DECLS
