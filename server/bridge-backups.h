/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config/bridge-limits.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeBackups: a backup of the store now and then, where something was drawn since the last one,
 * and only so many kept: what a damaged store is replaced by at the next start.
 */
typedef struct _BridgeBackups BridgeBackups;

/* data_dir: of the store. */
BridgeBackups *
bridge_backups_new (const char *data_dir, BridgeStore *store, const BridgeLimits *limits);
void bridge_backups_free (BridgeBackups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeBackups, bridge_backups_free)

G_END_DECLS
