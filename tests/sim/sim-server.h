/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "room/bridge-room.h"
#include "sim-dice.h"
#include "sim-store.h"
#include "sim-wire.h"

G_BEGIN_DECLS

/**
 * SimServer: the real room of a board (server/room) over a store with a durable mark (sim-store), with
 * sockets (sim-socket) and a clock (sim-clock) of this program. What stands here is what is around a
 * room: who connects is admitted and seated as the lobby does it, a room that nobody is in leaves the
 * memory, and a crash leaves nothing but the store's file and the blobs.
 */
typedef struct _SimServer {
  SimDice *dice;
  const char *const *names;
  guint n_clients;
  gboolean running;
  GPtrArray *wires; /* owned */
  SimStore *store;
  BridgeBlobs *blobs;
  BridgeLimits limits;
  GObject *nsp;     /* what stands for the namespace */
  BridgeRoom *room; /* weak: alive as long as somebody is in it */
  /* of the store, borrowed */
  SimTruth *file;
  GArray *positions[SIM_MAX_CLIENTS];
} SimServer;

SimServer *sim_server_new (SimDice *dice, const char *const *names, guint n_clients);
void sim_server_free (SimServer *self);

/* A new connection; NULL when the server is down. Owned by the server. */
SimWire *sim_server_accept (SimServer *self, guint client);
/* Reads up to n messages of that wire; a wire whose client has left ends when nothing is left. */
void sim_server_read (SimServer *self, SimWire *wire, guint n);
/* Takes up to n of what waits for the disk to it. */
void sim_server_commit (SimServer *self, guint n, SimCommit commit);
/* Lets the disk answer up to n of those who read. */
void sim_server_page (SimServer *self, guint n, gboolean fail);
/* Time has passed. */
void sim_server_tick (SimServer *self);
void sim_server_crash (SimServer *self);
void sim_server_start (SimServer *self);
/* Nothing is under way, timers included. */
gboolean sim_server_is_idle (SimServer *self);

/* The host asks for the member to become a viewer, or an editor again; for the board to be locked, or not. */
void sim_server_toggle_role (SimServer *self, guint client);
void sim_server_toggle_lock (SimServer *self);
/* The operator lets everybody write again. */
void sim_server_open_up (SimServer *self);

/* What the blob of a snapshot says after which position it is; 0 when it is gone. */
uint64_t sim_server_read_blob (SimServer *self, const char *blob);

G_END_DECLS
