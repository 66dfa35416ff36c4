/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-breach.h"
#include "sim-client.h"

G_BEGIN_DECLS

/* Always, after every step that touched the client. */
void sim_check_client (SimClient *self);
/* I4: that entry once more. */
void sim_check_again (SimClient *self, uint64_t seq, SimEntry *entry);
/* I5: what was acknowledged is where the ack said. */
void sim_check_acked (SimClient *self, const SimAcked *acked);
/* I7: what the pending ops from that counter on, of an undo or redo, changed was last written by
 * their author. */
void sim_check_undo (SimClient *self, uint64_t first);

/* At rest, when everybody is online and nothing is under way. */
void sim_check_rest (SimServer *server, GPtrArray *clients);
/* I10: the client sees that many others. */
void sim_check_presence (SimClient *self, guint others);
/* I7: as many redos as undos, with nobody else acting, bring everything back. */
void sim_check_there_and_back (SimClient *self);

/* The file read from its start; times: those of the entries, or others. Transfer full. */
BoardReplica *sim_replay (SimTruth *file, gboolean times);
/* Title, elements in z-order, chats: a line each. Transfer full. */
char *sim_dump (BoardReplica *replica, gboolean chats);

G_END_DECLS
