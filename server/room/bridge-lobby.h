/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config/bridge-limits.h"
#include "socketio/sio-namespace.h"
#include "store/bridge-blobs.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeLobby: the door of all boards: judges who connects to the namespace, finds or makes the
 * room, and leads there. The only way in is CONNECT with both proofs; a client never names a
 * Socket.IO room.
 */
#define BRIDGE_TYPE_LOBBY (bridge_lobby_get_type ())
G_DECLARE_FINAL_TYPE (BridgeLobby, bridge_lobby, BRIDGE, LOBBY, GObject)

/* blobs: nullable: no snapshots then. Takes over the namespace's middleware and "connection". */
BridgeLobby *bridge_lobby_new (SioNamespace *nsp,
                               BridgeStore *store,
                               BridgeBlobs *blobs,
                               const BridgeLimits *limits);
/* For rooms and connections to come. */
void bridge_lobby_set_limits (BridgeLobby *self, const BridgeLimits *limits);
/* Rooms in memory, and people in them. */
guint bridge_lobby_get_n_rooms (BridgeLobby *self);
guint bridge_lobby_get_n_guests (BridgeLobby *self);
/* Whether the board is in memory. */
gboolean bridge_lobby_has_room (BridgeLobby *self, const char *board);
/* People on that board now. */
guint bridge_lobby_get_n_guests_of (BridgeLobby *self, const char *board);
/* The connected member's Engine.IO session and role. FALSE: not here. engine_id: borrowed. */
gboolean bridge_lobby_get_presence (BridgeLobby *self,
                                    const char *board,
                                    const char *member,
                                    const char **engine_id,
                                    BoardRole *role);
/* Changes a board, whether it is in memory or not; everybody concerned is told. Errors: as of
 * bridge_store_change_async(). */
void bridge_lobby_change_async (BridgeLobby *self,
                                const char *board,
                                const BridgeChange *change,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bridge_lobby_change_finish (BridgeLobby *self, GAsyncResult *result, GError **error);
/* Of boards with nobody on them: ends those that are older than that many seconds (empty) and have no
 * entry; forgets members who have not come for that many (silent), as BRIDGE_CHANGE_FORGET says. -1:
 * none of that. */
void bridge_lobby_sweep (BridgeLobby *self, int64_t empty, int64_t silent);
/* Nobody gets in any more; those who are in are told bye and disconnected. */
void bridge_lobby_close (BridgeLobby *self);

G_END_DECLS
