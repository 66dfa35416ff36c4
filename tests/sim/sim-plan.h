/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "sim-breach.h"
#include "sim-client.h"

G_BEGIN_DECLS

typedef enum {
  SIM_SUBMIT,
  SIM_UNDO,
  SIM_REDO,
  SIM_WRITE, /* some writes of a client reach its disk */
  SIM_SAVE_HISTORY,
  SIM_SEND, /* a client sends what it may by now */
  SIM_SERVER_READ,
  SIM_COMMIT,
  SIM_PAGE,
  SIM_CLIENT_READ,
  SIM_CUT,
  SIM_CONNECT,
  SIM_CLIENT_CRASH,
  SIM_SERVER_CRASH,
  SIM_SERVER_START,
  SIM_ROLE, /* a member may write no more, or again */
  SIM_LOCK, /* nobody may write, or everybody again */
  SIM_PART, /* some members cannot reach the server */
  SIM_MEND, /* everybody can again */
  SIM_REST, /* everybody comes to rest, and all is compared */
  SIM_N_ACTIONS,
} SimActionType;

/* Everything that an action decides by chance is decided by its own number, so that any part of a
 * list of actions is a list of actions again: one that makes no sense where it is does nothing. */
typedef struct {
  SimActionType type;
  guint client;
  guint64 chance;
} SimAction;

typedef struct {
  guint seed, n_clients;
  GArray *actions; /* SimAction */
} SimPlan;

SimPlan *sim_plan_new (guint seed, guint steps);
void sim_plan_free (SimPlan *self);
void sim_plan_print (SimPlan *self, FILE *out);
/* Without the n actions from that one on. Transfer full. */
SimPlan *sim_plan_without (SimPlan *self, guint from, guint n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimPlan, sim_plan_free)

/* Runs it until something is breached. history: where the log and the board that it came to are
 * written, or NULL. */
SimInvariant sim_plan_run (SimPlan *self, FILE *history);
/* The same breach with as few actions as can be found within that many runs. Transfer full. */
SimPlan *sim_plan_shrink (SimPlan *self, guint runs);

G_END_DECLS
