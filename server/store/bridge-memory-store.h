/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/* BridgeMemoryStore: a store that is gone with the process: for tests, and for boards that shall
 * leave no trace on the server's disk. Answers come in a later turn of the loop, as from any store.
 */
#define BRIDGE_TYPE_MEMORY_STORE (bridge_memory_store_get_type ())
G_DECLARE_FINAL_TYPE (BridgeMemoryStore, bridge_memory_store, BRIDGE, MEMORY_STORE, GObject)

BridgeStore *bridge_memory_store_new (const BridgeLimits *limits);

G_END_DECLS
