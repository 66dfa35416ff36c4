/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-sqlite-store-connection.h"

G_BEGIN_DECLS

/* Shared by the files of the SQLite store: bridge-sqlite-store.c (the log and who comes),
 * bridge-sqlite-store-change.c (moderation, lists), bridge-sqlite-store-copy.c (backups). All of
 * these run inside of a batch's transaction. They look first and write last: an outcome that is
 * nobody's fault leaves the transaction as it was, so no savepoint is needed. */

/* A row of the table board. */
typedef struct {
  int64_t n, seq, bytes;
  gboolean locked;
  BoardSnapshot snapshot;
} BridgeBoardRow;

/* Sets the error, returns FALSE. */
gboolean bridge_sqlite_refuse (GError **error, BridgeStoreError code, const char *message);
/* found: (nullable): where it is no error that there is none. */
gboolean bridge_sqlite_find_board (BridgeConnection *db,
                                   const char *id,
                                   BridgeBoardRow *board,
                                   gboolean *found,
                                   GError **error);
/* member stays NULL when there is none. n: its row. */
gboolean bridge_sqlite_find_member (BridgeConnection *db,
                                    const BridgeBoardRow *board,
                                    const char *id,
                                    BridgeMember **member,
                                    int64_t *n,
                                    GError **error);
/* invite stays NULL when there is none. */
gboolean bridge_sqlite_find_invite (BridgeConnection *db,
                                    const BridgeBoardRow *board,
                                    const char *key,
                                    BridgeInvite **invite,
                                    GError **error);
/* Whether one more board fits; FULL otherwise. */
gboolean bridge_sqlite_check_room (BridgeConnection *db, GError **error);

gpointer
bridge_sqlite_run_change (BridgeConnection *db, const BridgeRequest *request, GError **error);
gpointer
bridge_sqlite_run_invites (BridgeConnection *db, const BridgeRequest *request, GError **error);
gpointer
bridge_sqlite_run_boards (BridgeConnection *db, const BridgeRequest *request, GError **error);
gpointer
bridge_sqlite_run_restore (BridgeConnection *db, const BridgeRequest *request, GError **error);
/* Looks a store over before it is used. One that is damaged is set aside and the newest backup that is
 * not takes its place; both are said in the log. directory: of the store; path: of its file. Errors:
 * OPEN, damaged and no backup, or it cannot be looked at. */
gboolean bridge_sqlite_heal (const char *directory, const char *path, GError **error);
/* With a connection of its own, outside of any transaction. */
gboolean bridge_sqlite_backup (const char *database, const char *path, GError **error);

G_END_DECLS
