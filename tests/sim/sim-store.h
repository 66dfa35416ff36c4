/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-dice.h"
#include "sim-truth.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

#define SIM_MAX_CLIENTS 6
#define SIM_BOARD "AAAAAAAAAAAAAAAAAAAAAA"

typedef enum {
  SIM_COMMIT_GOOD,
  SIM_COMMIT_FAILED,  /* nothing is in the file, and those who asked are told so */
  SIM_COMMIT_LIED,    /* all is in the file, and they are told that it is not */
  SIM_COMMIT_CRASHED, /* all is in the file, and nobody is told anything */
} SimCommit;

/**
 * SimStore: a store with a durable mark. What is asked waits until somebody lets the disk work: what
 * changes anything in one queue, in order, several of them in one commit; what only reads in another
 * one. What is in the file stays there, whatever crashes. Counters are judged by the rule that all
 * stores share. One board, of which everybody is a member; the first is the host.
 */
#define SIM_TYPE_STORE (sim_store_get_type ())
G_DECLARE_FINAL_TYPE (SimStore, sim_store, SIM, STORE, GObject)

SimStore *sim_store_new (SimDice *dice, const char *const *names, guint n);

/* An op that came in: its body, as the server sees it, until the store is gone. The entry is the
 * store's (transfer full). Whoever forbids it says that nobody may find it in the file. */
const char *sim_store_add_body (SimStore *self, SimEntry *entry, gboolean forbidden);
/* The op behind a body; borrowed. */
SimEntry *sim_store_find_body (SimStore *self, const char *body);

/* Takes up to n of those that change something to the disk. Callbacks come with the main context. */
void sim_store_commit (SimStore *self, guint n, SimCommit commit);
/* Answers up to n of those that read, or refuses them. */
void sim_store_read (SimStore *self, guint n, gboolean fail);
/* Whoever asked is gone. */
void sim_store_forget (SimStore *self);
gboolean sim_store_is_idle (SimStore *self);
guint sim_store_get_n_staged (SimStore *self);
/* The entry that is the i-th to be taken to the disk; NULL when that is none. Borrowed. */
SimEntry *sim_store_peek_staged (SimStore *self, guint i);

/* The file. Borrowed. */
SimTruth *sim_store_get_file (SimStore *self);
/* uint64_t: where each counter (from 1) of a member is in the file. */
GArray *sim_store_get_positions (SimStore *self, guint client);
/* What the server was told of last, which may be older than the file. */
gboolean sim_store_may_write (SimStore *self, guint client);
/* Whether the file, or what the server was told, keeps anybody from writing. */
gboolean sim_store_is_open (SimStore *self);

G_END_DECLS
