/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/* Brings a board in that an app has written, log and all: of a host whose server is gone any member has the log, and the
 * board goes on with the same entries at the same positions, for everybody who knows a part of them. Only an
 * operator may: entries are stored in the names of those whom the file names.
 *
 * The file is lines of JSON: {"v":1,"create":BoardCreate with an invitation,"profiles":{member: profile, ...}}, then
 * the entries of the log from the first on, as "ops" has them. Who wrote one becomes an editor, the creator the
 * host. The board is there whole or not at all. Errors: COPY (not such a file), TAKEN, FULL, UNAVAILABLE. */
void bridge_import_async (BridgeStore *store, const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean bridge_import_finish (BridgeStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
