/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bridge-admin.h"

G_BEGIN_DECLS

/**
 * BridgeAdminSocket: questions over a Unix socket named "admin" in the data directory, where the file
 * system says who may, and the kernel who asks (the user of the server, or root). A connection
 * carries one question, a line, and one answer, a line.
 */
typedef struct _BridgeAdminSocket BridgeAdminSocket;

/* path: of the socket; what is left of a server that was killed is replaced. admin: borrowed; outlives
 * the socket. Errors: G_IO_ERROR. */
BridgeAdminSocket *bridge_admin_socket_new (const char *path, BridgeAdmin *admin, GError **error);
void bridge_admin_socket_free (BridgeAdminSocket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeAdminSocket, bridge_admin_socket_free)

/* Where the socket is, below a data directory. Transfer full. */
char *bridge_admin_socket_dup_path (const char *data_dir);

G_END_DECLS
