/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "config/bridge-config.h"

G_BEGIN_DECLS

/**
 * BridgeServer: the composition root: the only place that names concrete stores and transports.
 */
#define BRIDGE_TYPE_SERVER (bridge_server_get_type ())
G_DECLARE_FINAL_TYPE (BridgeServer, bridge_server, BRIDGE, SERVER, GObject)

/* Opens the store and prepares everything; nothing listens yet. config: borrowed for this call.
 * Errors: BridgeStoreError, GTlsError, GFileError. */
BridgeServer *bridge_server_new (const BridgeConfig *config, GError **error);
/* Listens on every address of the config. Errors: G_IO_ERROR, the message names the address. */
gboolean bridge_server_listen (BridgeServer *self, GError **error);
/* Listens on these instead: (element-type GSocket), listening already. */
gboolean bridge_server_listen_sockets (BridgeServer *self, GPtrArray *sockets, GError **error);
/* Limits and policies of this config from now on. Addresses, directories, names, TLS and what the
 * store and the sockets keep at the start (boards, members, bytes, connections, timeouts) stay. */
void bridge_server_reload (BridgeServer *self, const BridgeConfig *config);
/* "http://127.0.0.1:3729", one for each address, ports as they really are. Borrowed strv. */
const char *const *bridge_server_get_uris (BridgeServer *self);
/* Writes what was taken, says bye, lets what was said leave (two seconds at most), then calls back.
 */
void
bridge_server_stop_async (BridgeServer *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean bridge_server_stop_finish (BridgeServer *self, GAsyncResult *result, GError **error);

/* Where boards are kept when nothing was said: $STATE_DIRECTORY (systemd), else
 * $XDG_DATA_HOME/drawbridge-server. Transfer full. */
char *bridge_server_dup_default_data_dir (void);
/* Where the boards of that config are kept; NULL: in memory. Transfer full. */
char *bridge_server_dup_data_dir (const BridgeConfig *config);

G_END_DECLS
