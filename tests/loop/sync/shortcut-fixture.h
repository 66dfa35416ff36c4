/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session-fixture.h"

/* Joining through a snapshot. The blob lies on Ben's disk already, as if he had fetched it: no server of blobs is needed. */

#define N_STROKES 20
#define N_TAIL 5

/* Ana draws N_STROKES; the state then; she draws N_TAIL more; Ben arrives. Transfer full. */
GBytes *prepare (Fixture *f);
/* One part more of what is offered, sealed by that key; Ben has arrived and has it. */
void offer_part (Fixture *f, const BoardKey *key, GBytes *bytes);
/* Offers the bytes as the state at that position. */
void offer (Fixture *f, const BoardKey *key, GBytes *bytes, uint64_t seq);
/* Ben is online. */
void connect_ben (Fixture *f);
/* In that person's file there is a state of that position (0: none), and behind it so many entries. */
void await_kept (Person *person, uint64_t state, guint n_entries);
