/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-server.h"
#include "sync/draw-outbox.h"
#include "sync/draw-roster.h"

G_BEGIN_DECLS

/**
 * SimClient: a member's program: the real replica, outbox and roster, put together as
 * app/sync/draw-session-online.c does it, and a journal as a list of writes of which a crash
 * leaves a prefix. Bodies are not sealed: an entry carries the op's text.
 */
typedef struct {
  SimServer *server; /* borrowed */
  SimDice *dice;     /* borrowed */
  guint index;
  const char *name; /* borrowed */
  BoardReplica *replica;
  DrawOutbox *outbox;
  DrawRoster *roster;
  SimWire *wire; /* borrowed; NULL: offline */

  GQueue writes;     /* SimWrite, not on disk yet */
  GPtrArray *disk;   /* SimOwn: pending ops on disk */
  uint64_t disk_seq; /* entries on disk */
  char *disk_history;
  gboolean disk_history_is_last; /* nothing reached the disk after it */

  GHashTable *own; /* counter -> SimOwn: what each counter was given to, for the checks */
  GArray *acked;   /* SimAcked */
} SimClient;

typedef struct {
  uint64_t counter;
  char *text;
  gboolean withdrawn; /* anything may have become of it */
} SimOwn;

typedef struct {
  uint64_t counter, seq;
} SimAcked;

SimClient *sim_client_new (SimServer *server, SimDice *dice, guint index);
void sim_client_free (SimClient *self);

/* TRUE: something was taken. */
gboolean sim_client_submit (SimClient *self);
gboolean sim_client_undo (SimClient *self);
gboolean sim_client_redo (SimClient *self);
void sim_client_connect (SimClient *self);
/* The connection ends on this side; what was sent may still arrive. */
void sim_client_cut (SimClient *self);
/* Reads up to n messages that have arrived. How many it read. */
guint sim_client_read (SimClient *self, guint n);
/* n writes reach the disk. */
void sim_client_write (SimClient *self, guint n);
void sim_client_save_history (SimClient *self);
/* The program ends at once and starts again from its disk. */
void sim_client_crash (SimClient *self);
/* Sends what the outbox gives. */
void sim_client_pump (SimClient *self);

G_END_DECLS
