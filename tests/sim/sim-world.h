/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "sim-plan.h"

G_BEGIN_DECLS

/**
 * SimWorld: a server and its members, one thread, one clock that only it moves, and all that can
 * happen to them. After every step the member that it touched is checked.
 */
typedef struct _SimWorld SimWorld;

SimWorld *sim_world_new (guint n_clients);
void sim_world_free (SimWorld *self);
void sim_world_step (SimWorld *self, SimAction *action);
/* The log, and what it came to by the board library: what tests/model/slow_model.py reads. */
void sim_world_write (SimWorld *self, guint seed, FILE *out);

G_END_DECLS
