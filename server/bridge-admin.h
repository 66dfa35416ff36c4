/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "room/bridge-lobby.h"

G_BEGIN_DECLS

/**
 * BridgeAdmin: what the operator may ask of a running server: over a Unix socket named "admin" in the
 * data directory, where the file system says who may, and the kernel who asks (the user of the server,
 * or root). It is no part of what listens on the network.
 *
 * A connection carries one question, a line {"command":name,"arguments":[text, ...]}, and one answer,
 * a line {"rows":[{...}, ...]} or {"error":text}. The commands are a table in bridge-admin.c.
 */
typedef struct _BridgeAdmin BridgeAdmin;

/* path: of the socket; what is left of a server that was killed is replaced. Errors: G_IO_ERROR. */
BridgeAdmin *bridge_admin_new (const char *path,
                               BridgeStore *store,
                               BridgeBlobs *blobs,
                               BridgeLobby *lobby,
                               GError **error);
void bridge_admin_free (BridgeAdmin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeAdmin, bridge_admin_free)

/* Where the socket is, below a data directory. Transfer full. */
char *bridge_admin_dup_path (const char *data_dir);
/* Name, arguments and meaning of each command, a line each: for --help. Transfer full. */
char *bridge_admin_dup_help (void);

G_END_DECLS
