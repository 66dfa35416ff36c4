/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "config/bridge-limits.h"
#include "room/bridge-guest.h"
#include "socketio/sio-namespace.h"
#include "store/bridge-blobs.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeRoom: a live board: who is here, the order of what they do, and everything they send each
 * other. It is in memory as long as somebody is on the board or something that was asked for the
 * board is under way, that is, as long as somebody holds a reference.
 *
 * Signal "ended" (): the board is gone from the store; everybody was told.
 */
#define BRIDGE_TYPE_ROOM (bridge_room_get_type ())
G_DECLARE_FINAL_TYPE (BridgeRoom, bridge_room, BRIDGE, ROOM, GObject)

/* blobs: nullable: no snapshots then. */
BridgeRoom *bridge_room_new (const char *board,
                             BridgeStore *store,
                             BridgeBlobs *blobs,
                             SioNamespace *nsp,
                             const BridgeLimits *limits);
const char *bridge_room_get_board (BridgeRoom *self);

/* Ready when the store has told what the board is: at once for a room that is open. May be asked
 * any number of times. A room that could not be opened may be asked again. Errors:
 * BridgeStoreError. */
void bridge_room_open_async (BridgeRoom *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean bridge_room_open_finish (BridgeRoom *self, GAsyncResult *result, GError **error);

/* Whether the board was ended: nobody sits down any more. */
gboolean bridge_room_is_ended (BridgeRoom *self);
/* Whether a member was banned as far as the room knows. */
gboolean bridge_room_is_banned (BridgeRoom *self, const char *member);
/* The connected member's Engine.IO session and role. FALSE: not here. engine_id: borrowed. */
gboolean bridge_room_get_presence (BridgeRoom *self,
                                   const char *member,
                                   const char **engine_id,
                                   BoardRole *role);
/* The store has made a change: everybody concerned is told. changed: (element-type BridgeMember),
 * what the store answered. Changes are told in the order of the store's answers. */
void bridge_room_apply_change (BridgeRoom *self, const BridgeChange *change, GPtrArray *changed);

/* Whether that member may sit down: there is a place, or the member has one (that is then taken
 * over). */
gboolean bridge_room_has_place (BridgeRoom *self, const char *member);
/* The socket of a member has connected: says hello, sends the log from after position since on, and
 * from then on everything. An older connection of the same member is told bye. The room must be
 * open. since: -1 = from the start. snapshot: the log may begin after a snapshot that hello names. */
void bridge_room_seat (BridgeRoom *self,
                       SioSocket *socket,
                       const BridgeAdmission *admission,
                       int64_t since,
                       gboolean snapshot);
guint bridge_room_get_n_guests (BridgeRoom *self);
/* Says bye to everybody; they may come back. */
void bridge_room_dismiss_all (BridgeRoom *self, const char *code, const char *message);

G_END_DECLS
