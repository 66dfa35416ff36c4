/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/* A store in verbs: each asks and waits for the answer. Errors are returned as their code, -1 =
 * none. */

/* Key texts of 43 characters, told apart by their first. */
void fixture_key (char mark, BoardKey *key);
char *fixture_key_text (char mark);

int fixture_create (BridgeStore *store, const char *board, char host, const BoardInvite *invite);
/* member: nullable. invite: 0 = none. */
int fixture_admit (BridgeStore *store,
                   const char *board,
                   char who,
                   char invite,
                   const char *profile,
                   int64_t now,
                   BridgeMember **member);
BridgeBoard *fixture_load (BridgeStore *store, const char *board);
/* Asserts that there is an answer. */
BridgeAppended fixture_append (BridgeStore *store,
                               const char *board,
                               char who,
                               uint64_t counter,
                               const char *body);
BridgePage *
fixture_read (BridgeStore *store, const char *board, uint64_t from, uint64_t to, gsize max_bytes);
int fixture_invite (BridgeStore *store, const char *board, const BoardInvite *invite);
void fixture_flush (BridgeStore *store);
/* The ids' first marks of whom it changed, "hx"; NULL and *code on an error. Transfer full. */
char *fixture_change (BridgeStore *store, const char *board, const BridgeChange *change, int *code);
/* Of one member: "host", "editor banned", NULL = none. Transfer full. */
char *fixture_standing (BridgeStore *store, const char *board, char who);
GPtrArray *fixture_list_invites (BridgeStore *store, const char *board);
GPtrArray *fixture_list_boards (BridgeStore *store);
int fixture_backup (BridgeStore *store, const char *path);
int fixture_restore (BridgeStore *store, const char *path, const char *board);

/* Any async answer: the result, to be given to a _finish function. */
typedef struct {
  GAsyncResult *result;
} FixtureWait;
void fixture_done (GObject *source, GAsyncResult *result, gpointer wait);
GAsyncResult *fixture_wait (FixtureWait *wait);

G_END_DECLS
