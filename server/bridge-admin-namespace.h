/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bridge-admin.h"

G_BEGIN_DECLS

#define BRIDGE_ADMIN_NAMESPACE "/admin"
/* What proofs for it are made of, where those of members have a board's id: no board's. */
#define BRIDGE_ADMIN_PLACE "AAAAAAAAAAAAAAAAAAAAAA"

/**
 * BridgeAdminNamespace: questions over Socket.IO, for programs on this computer that watch over the
 * server. CONNECT's auth is {"proof":text}: board_proof_sign() of the seed in the file "admin-key"
 * of the data directory, over this connection's id and BRIDGE_ADMIN_PLACE; so nothing goes over the
 * wire that is worth anything on another connection, and who cannot read the file is nobody. Only
 * from this computer, and never through a proxy that says so of itself.
 *
 * The event "ask" has a question (bridge-admin.h) and its ack the answer.
 */
typedef struct _BridgeAdminNamespace BridgeAdminNamespace;

/* key: the public key of who may ask. admin: borrowed; outlives the namespace. */
BridgeAdminNamespace *
bridge_admin_namespace_new (SioNamespace *nsp, BridgeAdmin *admin, const BoardKey *key);
void bridge_admin_namespace_free (BridgeAdminNamespace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeAdminNamespace, bridge_admin_namespace_free)

/* Reads the seed of a data directory, or makes one that only its owner can read, and gives its public
 * key. Errors: G_FILE_ERROR, BOARD_ERROR. */
gboolean bridge_admin_namespace_load_key (const char *data_dir, BoardKey *key, GError **error);

G_END_DECLS
