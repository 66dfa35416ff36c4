/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-message.h"
#include "config/bridge-limits.h"
#include "room/bridge-bucket.h"
#include "socketio/sio-socket.h"

G_BEGIN_DECLS

typedef struct _BridgeRoom BridgeRoom;

/* Where a connected member stands with the log:
 *
 *   CATCHING_UP -> LIVE   everything that was broadcast so far was sent to it from the store
 *   CATCHING_UP -> GONE   disconnected
 *   LIVE        -> GONE   disconnected
 */
typedef enum {
  BRIDGE_GUEST_CATCHING_UP,
  BRIDGE_GUEST_LIVE,
  BRIDGE_GUEST_GONE,
} BridgeGuestState;

/* What a member may do only so often. */
typedef enum {
  BRIDGE_BUDGET_OP,
  BRIDGE_BUDGET_OP_BYTES,
  BRIDGE_BUDGET_CAST,
  BRIDGE_BUDGET_CAST_BYTES,
  BRIDGE_BUDGET_REQUEST,
  BRIDGE_N_BUDGETS,
} BridgeBudget;

/**
 * BridgeGuest: a member's connection to a room, with everything that is charged to it. Refcounted;
 * one thread. The room owns it until it has disconnected.
 */
typedef struct {
  /* owned, set once */
  BridgeRoom *room;
  SioSocket *socket;
  char *member;
  /* changed by the room */
  BoardRole role;
  BridgeGuestState state;
  uint64_t next;    /* catching up: the position to be sent next */
  gboolean reading; /* a page was asked for */
  guint waiting_ops;
  gsize waiting_bytes;
  guint waiting_requests;
  BridgeBucket budgets[BRIDGE_N_BUDGETS];
  guint strikes;
  int64_t strikes_since;
} BridgeGuest;

BridgeGuest *bridge_guest_new (BridgeRoom *room,
                               SioSocket *socket,
                               const char *member,
                               BoardRole role,
                               const BridgeLimits *limits);
BridgeGuest *bridge_guest_ref (BridgeGuest *guest);
void bridge_guest_unref (BridgeGuest *guest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeGuest, bridge_guest_unref)

/* The only setter; asserts the transitions above. */
void bridge_guest_set_state (BridgeGuest *guest, BridgeGuestState state);
gboolean bridge_guest_is_gone (const BridgeGuest *guest);
gboolean bridge_guest_spend (BridgeGuest *guest, BridgeBudget budget, int64_t cost);
/* Budgets are a member's, not a connection's: who comes again goes on with what was left. */
void bridge_guest_leave_budgets (const BridgeGuest *guest, BridgeBucket *budgets);
void bridge_guest_take_budgets (BridgeGuest *guest, const BridgeBucket *budgets);
/* One more thing that a well-behaved client does not do. TRUE: too many, end the connection. */
gboolean bridge_guest_strike (BridgeGuest *guest, const BridgeLimits *limits);
/* Says bye and ends the connection. code: of the vocabulary of "bye". may_return: in the way of a
 * broken connection, after which a Socket.IO client comes back by itself; else in the way that
 * tells it not to. */
void bridge_guest_dismiss (BridgeGuest *guest,
                           const char *code,
                           const char *message,
                           gboolean may_return);

G_END_DECLS
