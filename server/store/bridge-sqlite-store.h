/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/* BridgeSqliteStore: the default store: one SQLite file "boards.db" in a directory of its own. What
 * was answered with success survives a power cut. server/README.md has the schema and the reasons.
 */
#define BRIDGE_TYPE_SQLITE_STORE (bridge_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (BridgeSqliteStore, bridge_sqlite_store, BRIDGE, SQLITE_STORE, GObject)

/* directory: made (mode 0700) when it is not there. Blocks while the file is opened and recovered.
 * Errors: BRIDGE_STORE_ERROR_OPEN. The last reference gone, everything is closed; that blocks too.
 */
BridgeStore *
bridge_sqlite_store_new (const char *directory, const BridgeLimits *limits, GError **error);

G_END_DECLS
