/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-dice.h"
#include "sim-truth.h"
#include "sim-wire.h"

G_BEGIN_DECLS

#define SIM_MAX_CLIENTS 6

/**
 * SimServer: the order of a board as server/room/bridge-room-log.c and the store keep it, without
 * sockets, threads or a disk. Ops are staged; one commit takes several of them, judges their
 * counters, puts what is new in the file, and only then others hear of it and authors get their
 * acks, in this order. What is not in the file when the server crashes is gone. A commit may
 * fail, and one that seemed to fail may be in the file. Guests who come back read the file up to
 * what was broadcast, in pages, and are live from then on.
 */
typedef struct {
  SimDice *dice;
  const char *const *names;
  guint n_clients;
  gboolean running;
  SimTruth *file;
  GArray *positions[SIM_MAX_CLIENTS]; /* uint64_t: where each counter (from 1) is in the file */
  GQueue staged;                      /* SimRequest */
  GPtrArray *wires;                   /* owned */
  uint64_t head, tail, stored;        /* broadcast; ready for it; known to be in the file */
  gboolean viewer[SIM_MAX_CLIENTS];   /* may not write */
  gboolean locked;
} SimServer;

typedef enum {
  SIM_COMMIT_GOOD,
  SIM_COMMIT_FAILED,  /* nothing is in the file, and authors are told so */
  SIM_COMMIT_LIED,    /* all is in the file, and authors are told that it is not */
  SIM_COMMIT_CRASHED, /* all is in the file, and nobody is told anything */
} SimCommit;

SimServer *sim_server_new (SimDice *dice, const char *const *names, guint n_clients);
void sim_server_free (SimServer *self);

/* A new connection; NULL when the server is down. Owned by the server. */
SimWire *sim_server_accept (SimServer *self, guint client);
/* Reads up to n messages of that wire; a wire whose client has left ends when nothing is left. */
void sim_server_read (SimServer *self, SimWire *wire, guint n);
/* Takes up to n staged ops to the disk. */
void sim_server_commit (SimServer *self, guint n, SimCommit commit);
/* Sends a guest who catches up one page of up to n entries. FALSE: it needs none. */
gboolean sim_server_page (SimServer *self, SimWire *wire, guint n);
/* Fetches what is in the file without the room's knowing. FALSE: nothing is. */
gboolean sim_server_fetch (SimServer *self);
void sim_server_crash (SimServer *self);
void sim_server_start (SimServer *self);

G_END_DECLS
