/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config/bridge-limits.h"
#include "socketio/sio-namespace.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeLobby: the door of all boards: judges who connects to the namespace, finds or makes the
 * room, and leads there. The only way in is CONNECT with both proofs; a client never names a
 * Socket.IO room.
 */
#define BRIDGE_TYPE_LOBBY (bridge_lobby_get_type ())
G_DECLARE_FINAL_TYPE (BridgeLobby, bridge_lobby, BRIDGE, LOBBY, GObject)

/* Takes over the namespace's middleware and "connection". */
BridgeLobby *bridge_lobby_new (SioNamespace *nsp, BridgeStore *store, const BridgeLimits *limits);
/* Rooms in memory, and people in them. */
guint bridge_lobby_get_n_rooms (BridgeLobby *self);
guint bridge_lobby_get_n_guests (BridgeLobby *self);
/* Nobody gets in any more; those who are in are told bye and disconnected. */
void bridge_lobby_close (BridgeLobby *self);

G_END_DECLS
