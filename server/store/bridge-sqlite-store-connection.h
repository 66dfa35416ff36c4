/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store/bridge-request.h"

G_BEGIN_DECLS

/* A connection of the SQLite store: the file, its schema and its statements. Only the files of that
 * store include this. Errors are BRIDGE_STORE_ERROR_UNAVAILABLE unless said otherwise. */

/* Positions of all boards share one key, board << 40 | position: neighbours on disk are neighbours
 * in the log, and large bodies may overflow to pages of their own, which WITHOUT ROWID would not do
 * well. */
#define BRIDGE_SEQ_BITS 40

typedef enum {
  BRIDGE_STMT_BEGIN,
  BRIDGE_STMT_COMMIT,
  BRIDGE_STMT_FIND_BOARD,
  BRIDGE_STMT_COUNT_BOARDS,
  BRIDGE_STMT_ADD_BOARD,
  BRIDGE_STMT_FIND_MEMBER,
  BRIDGE_STMT_COUNT_MEMBERS,
  BRIDGE_STMT_ADD_MEMBER,
  BRIDGE_STMT_SET_PROFILE,
  BRIDGE_STMT_SET_SEEN,
  BRIDGE_STMT_LIST_MEMBERS,
  BRIDGE_STMT_FIND_INVITE,
  BRIDGE_STMT_COUNT_INVITES,
  BRIDGE_STMT_PUT_INVITE,
  BRIDGE_STMT_USE_INVITE,
  BRIDGE_STMT_FIND_OP,
  BRIDGE_STMT_ADD_OP,
  BRIDGE_STMT_GROW_BOARD,
  BRIDGE_STMT_COUNT_OP,
  BRIDGE_STMT_READ,
  BRIDGE_STMT_COUNT_HOSTS,
  BRIDGE_STMT_SET_STANDING,
  BRIDGE_STMT_SET_LOCKED,
  BRIDGE_STMT_SET_SNAPSHOT,
  BRIDGE_STMT_LIST_CAME,
  BRIDGE_STMT_LIST_INVITES,
  BRIDGE_STMT_REMOVE_INVITE,
  BRIDGE_STMT_LIST_BOARDS,
  BRIDGE_STMT_FORGET_SILENT,
  BRIDGE_STMT_REMOVE_OPS,
  BRIDGE_STMT_REMOVE_MEMBERS,
  BRIDGE_STMT_REMOVE_INVITES,
  BRIDGE_STMT_REMOVE_BOARD,
  BRIDGE_STMT_RESTORE_BOARD,
  BRIDGE_STMT_RESTORE_MEMBER,
  BRIDGE_N_STMTS
} BridgeStatement;

/* One connection, used by one thread. */
typedef struct {
  const char *path; /* borrowed */
  const BridgeLimits *limits;
  gboolean failing; /* the last batch failed: said once */
  gboolean suspect; /* of who writes: what SQLite's log holds may be in memory alone */
  sqlite3 *handle;  /* NULL: to be opened before the next use */
  sqlite3_stmt *stmts[BRIDGE_N_STMTS];
} BridgeConnection;

/* Does nothing when it is open. Makes the file when there is none. When the log is suspect it is
 * renewed first: nothing is taken for stored that is in memory alone. */
gboolean bridge_connection_open (BridgeConnection *db, GError **error);
/* Rolls back what was not committed; SQLite's log stays as it is. */
void bridge_connection_close (BridgeConnection *db);
/* The same at the end of a store: when it is open, all was well, and the last one to close moves the log
 * into the file. */
void bridge_connection_finish (BridgeConnection *db);
/* Writes SQLite's log over itself, with the same bytes, and syncs it. After a sync has failed, the kernel
 * takes what it could not write for written: it is read as if it were on disk, and no later sync writes
 * it. SQLite would find the commit whose sync failed in its log, a member who asks again would be told
 * that it is stored, and what is acknowledged behind it would hang on it. Written once more it is on
 * disk, or this fails again. Not while anybody writes. Errors: UNAVAILABLE. */
gboolean bridge_connection_renew_log (const char *database, GError **error);
/* Makes the tables in a fresh file, brings an older one up to date. Errors: OPEN, when the file is not ours or newer than we are.
 */
gboolean bridge_connection_prepare_schema (BridgeConnection *db, GError **error);

/* The prepared statement with its values bound, by letters of format: i: int64_t, t: text,
 * nullable, which must live until bridge_statement_done(). NULL and an error. */
sqlite3_stmt *bridge_connection_bind (BridgeConnection *db,
                                      GError **error,
                                      BridgeStatement id,
                                      const char *format,
                                      ...);
/* One step. FALSE and an error: failed. row: whether there is one. */
gboolean
bridge_connection_step (BridgeConnection *db, sqlite3_stmt *stmt, gboolean *row, GError **error);
/* Runs a bound statement that gives no rows to its end. stmt: nullable, an error is set then. */
gboolean bridge_connection_run (BridgeConnection *db, sqlite3_stmt *stmt, GError **error);
/* Both at once: a statement that gives no rows, with its values. */
gboolean bridge_connection_write (BridgeConnection *db,
                                  GError **error,
                                  BridgeStatement id,
                                  const char *format,
                                  ...);
/* One whole number out of a bound statement; fallback when it gives no row. stmt: as above. */
gboolean bridge_connection_ask (BridgeConnection *db,
                                sqlite3_stmt *stmt,
                                int64_t fallback,
                                int64_t *value,
                                GError **error);
/* Ends a statement and lets go of what was bound to it. */
void bridge_statement_done (sqlite3_stmt *stmt);

G_END_DECLS
