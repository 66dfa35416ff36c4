/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-sqlite-store-connection.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* "DrwB": tells file(1) and us whose file it is. */
#define APPLICATION_ID 0x44727742
#define BUSY_TIMEOUT_MS 2000
#define REWRITE_BYTES (256 * 1024)

/* Step i leads from version i to version i + 1; a fresh file goes through all of them. */
static const char *const schema_steps[] = {
  "CREATE TABLE board ("
  " n INTEGER PRIMARY KEY,"
  " id TEXT NOT NULL UNIQUE,"
  " seq INTEGER NOT NULL DEFAULT 0,"
  " bytes INTEGER NOT NULL DEFAULT 0,"
  " locked INTEGER NOT NULL DEFAULT 0,"
  " created INTEGER NOT NULL DEFAULT (unixepoch()));"
  "CREATE TABLE member ("
  " n INTEGER PRIMARY KEY,"
  " board INTEGER NOT NULL REFERENCES board (n),"
  " id TEXT NOT NULL,"
  " role INTEGER NOT NULL,"
  " counter INTEGER NOT NULL DEFAULT 0,"
  " profile TEXT,"
  " banned INTEGER NOT NULL DEFAULT 0,"
  " UNIQUE (board, id));"
  "CREATE TABLE invite ("
  " board INTEGER NOT NULL REFERENCES board (n),"
  " key TEXT NOT NULL,"
  " role INTEGER NOT NULL,"
  " expires INTEGER NOT NULL,"
  " uses INTEGER NOT NULL,"
  " label TEXT NOT NULL,"
  " PRIMARY KEY (board, key)) WITHOUT ROWID;"
  "CREATE TABLE op ("
  " at INTEGER PRIMARY KEY,"
  " member INTEGER NOT NULL REFERENCES member (n),"
  " counter INTEGER NOT NULL,"
  " ms INTEGER NOT NULL,"
  " body TEXT NOT NULL);"
  "CREATE UNIQUE INDEX op_by_author ON op (member, counter);"
  /* For people and checkers: the log as everybody else speaks of it. */
  "CREATE VIEW log AS"
  " SELECT b.id AS board, o.at & 0xffffffffff AS seq, m.id AS member, o.counter, o.ms, o.body"
  " FROM op o JOIN member m ON m.n = o.member JOIN board b ON b.n = o.at >> 40;",
  /* Who came by which invitation; the snapshot that those who join may begin with. */
  "ALTER TABLE member ADD COLUMN invite TEXT;"
  "ALTER TABLE board ADD COLUMN snapshot INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE board ADD COLUMN blob TEXT NOT NULL DEFAULT '';",
  /* When somebody who never wrote came last, in ms since the epoch. */
  "ALTER TABLE member ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;",
};

static const char *const statements[BRIDGE_N_STMTS] = {
  [BRIDGE_STMT_BEGIN] = "BEGIN IMMEDIATE",
  [BRIDGE_STMT_COMMIT] = "COMMIT",
  [BRIDGE_STMT_FIND_BOARD]
  = "SELECT n, seq, bytes, locked, snapshot, blob FROM board WHERE id = ?1",
  [BRIDGE_STMT_COUNT_BOARDS] = "SELECT count(*) FROM board",
  [BRIDGE_STMT_ADD_BOARD] = "INSERT INTO board (id) VALUES (?1)",
  [BRIDGE_STMT_FIND_MEMBER]
  = "SELECT n, role, counter, profile, banned FROM member WHERE board = ?1 AND id = ?2",
  [BRIDGE_STMT_COUNT_MEMBERS] = "SELECT count(*) FROM member WHERE board = ?1",
  [BRIDGE_STMT_ADD_MEMBER]
  = "INSERT INTO member (board, id, role, profile, invite, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [BRIDGE_STMT_SET_PROFILE] = "UPDATE member SET profile = ?2 WHERE n = ?1",
  [BRIDGE_STMT_SET_SEEN] = "UPDATE member SET seen = ?2 WHERE n = ?1",
  [BRIDGE_STMT_LIST_MEMBERS]
  = "SELECT id, role, counter, profile, banned FROM member WHERE board = ?1 ORDER BY n",
  [BRIDGE_STMT_FIND_INVITE]
  = "SELECT role, expires, uses, label FROM invite WHERE board = ?1 AND key = ?2",
  [BRIDGE_STMT_COUNT_INVITES] = "SELECT count(*) FROM invite WHERE board = ?1",
  [BRIDGE_STMT_PUT_INVITE]
  = "INSERT OR REPLACE INTO invite (board, key, role, expires, uses, label)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [BRIDGE_STMT_USE_INVITE]
  = "UPDATE invite SET uses = uses - 1 WHERE board = ?1 AND key = ?2 AND uses > 0",
  [BRIDGE_STMT_FIND_OP] = "SELECT at FROM op WHERE member = ?1 AND counter = ?2",
  [BRIDGE_STMT_ADD_OP]
  = "INSERT INTO op (at, member, counter, ms, body) VALUES (?1, ?2, ?3, ?4, ?5)",
  [BRIDGE_STMT_GROW_BOARD] = "UPDATE board SET seq = seq + 1, bytes = bytes + ?2 WHERE n = ?1",
  [BRIDGE_STMT_COUNT_OP] = "UPDATE member SET counter = ?2 WHERE n = ?1",
  [BRIDGE_STMT_READ]
  = "SELECT m.id, o.counter, o.ms, o.body FROM op o JOIN member m ON m.n = o.member"
    " WHERE o.at BETWEEN ?1 AND ?2 ORDER BY o.at",
  [BRIDGE_STMT_COUNT_HOSTS]
  = "SELECT count(*) FROM member WHERE board = ?1 AND role = ?2 AND NOT banned",
  [BRIDGE_STMT_SET_STANDING] = "UPDATE member SET role = ?2, banned = ?3 WHERE n = ?1",
  [BRIDGE_STMT_SET_LOCKED] = "UPDATE board SET locked = ?2 WHERE n = ?1",
  [BRIDGE_STMT_SET_SNAPSHOT]
  = "UPDATE board SET snapshot = ?2, blob = ?3 WHERE n = ?1 AND snapshot < ?2 AND seq >= ?2",
  [BRIDGE_STMT_LIST_CAME] = "SELECT id, role, banned FROM member WHERE board = ?1 AND invite = ?2",
  [BRIDGE_STMT_LIST_INVITES]
  = "SELECT key, role, expires, uses, label FROM invite WHERE board = ?1 ORDER BY key",
  [BRIDGE_STMT_REMOVE_INVITE] = "DELETE FROM invite WHERE board = ?1 AND key = ?2",
  [BRIDGE_STMT_LIST_BOARDS]
  = "SELECT id, seq, bytes, locked, created,"
    " (SELECT count(*) FROM member m WHERE m.board = b.n) FROM board b ORDER BY n",
  /* ?3: BOARD_ROLE_HOST */
  [BRIDGE_STMT_FORGET_SILENT]
  = "DELETE FROM member WHERE board = ?1 AND counter = 0 AND seen < ?2 AND NOT banned"
    " AND role <> ?3 AND EXISTS (SELECT 1 FROM invite i WHERE i.board = member.board"
    " AND i.key = member.invite AND i.role = member.role AND i.uses < 0 AND i.expires = 0)",
  [BRIDGE_STMT_REMOVE_OPS]
  = "DELETE FROM op WHERE at BETWEEN ?1 << 40 AND (?1 << 40) | 0xffffffffff",
  [BRIDGE_STMT_REMOVE_MEMBERS] = "DELETE FROM member WHERE board = ?1",
  [BRIDGE_STMT_REMOVE_INVITES] = "DELETE FROM invite WHERE board = ?1",
  [BRIDGE_STMT_REMOVE_BOARD] = "DELETE FROM board WHERE n = ?1",
  [BRIDGE_STMT_RESTORE_BOARD]
  = "INSERT INTO board (id, seq, bytes, locked, created, snapshot, blob)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [BRIDGE_STMT_RESTORE_MEMBER]
  = "INSERT INTO member (board, id, role, counter, profile, banned, invite)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

void
bridge_connection_close (BridgeConnection *db)
{
  for (guint i = 0; i < BRIDGE_N_STMTS; i++)
    g_clear_pointer (&db->stmts[i], sqlite3_finalize);
  g_clear_pointer (&db->handle, sqlite3_close_v2);
}

void
bridge_connection_finish (BridgeConnection *db)
{
  if (db->handle != NULL)
    sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  bridge_connection_close (db);
}

/* Writes every byte of the file where it is, and syncs it. */
static gboolean
rewrite_file (int fd)
{
  g_autofree guint8 *buffer = g_malloc (REWRITE_BYTES);
  ssize_t n;

  for (off_t at = 0; (n = pread (fd, buffer, REWRITE_BYTES, at)) > 0; at += n)
    for (ssize_t done = 0; done < n;)
      {
        ssize_t written = pwrite (fd, buffer + done, (size_t) (n - done), at + done);

        if (written <= 0)
          return FALSE;
        done += written;
      }
  return n == 0 && fdatasync (fd) == 0;
}

gboolean
bridge_connection_renew_log (const char *database, GError **error)
{
  g_autofree char *path = g_strconcat (database, "-wal", NULL);
  int fd = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean good = fd >= 0 ? rewrite_file (fd) : errno == ENOENT;

  if (!good)
    g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE, "%s: %s", path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return good;
}

static gboolean
connection_fail (BridgeConnection *db, GError **error)
{
  g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE, "%s: %s", db->path,
               db->handle != NULL ? sqlite3_errmsg (db->handle) : "out of memory");
  return FALSE;
}

static gboolean
connection_exec (BridgeConnection *db, const char *sql, GError **error)
{
  return sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK
         || connection_fail (db, error);
}

/* The prepared statement, ready to be bound; NULL and an error. */
static sqlite3_stmt *
connection_get (BridgeConnection *db, guint id, GError **error)
{
  if (db->stmts[id] == NULL
      && sqlite3_prepare_v3 (db->handle, statements[id], -1, SQLITE_PREPARE_PERSISTENT,
                             &db->stmts[id], NULL)
             != SQLITE_OK)
    {
      connection_fail (db, error);
      return NULL;
    }
  return db->stmts[id];
}

/* Ends a statement and lets go of what was bound to it. */
void
bridge_statement_done (sqlite3_stmt *stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

static sqlite3_stmt *
bind_values (BridgeConnection *db,
             GError **error,
             BridgeStatement id,
             const char *format,
             va_list args)
{
  sqlite3_stmt *stmt = connection_get (db, id, error);

  for (int i = 0; stmt != NULL && format[i] != '\0'; i++)
    if (format[i] == 'i')
      sqlite3_bind_int64 (stmt, i + 1, va_arg (args, int64_t));
    else
      sqlite3_bind_text (stmt, i + 1, va_arg (args, const char *), -1, SQLITE_STATIC);
  return stmt;
}

sqlite3_stmt *
bridge_connection_bind (BridgeConnection *db,
                        GError **error,
                        BridgeStatement id,
                        const char *format,
                        ...)
{
  sqlite3_stmt *stmt;
  va_list args;

  va_start (args, format);
  stmt = bind_values (db, error, id, format, args);
  va_end (args);
  return stmt;
}

/* One step. FALSE and an error: failed. row: whether there is one. */
gboolean
bridge_connection_step (BridgeConnection *db, sqlite3_stmt *stmt, gboolean *row, GError **error)
{
  int code = sqlite3_step (stmt);

  *row = code == SQLITE_ROW;
  return code == SQLITE_ROW || code == SQLITE_DONE || connection_fail (db, error);
}

/* Runs a bound statement that gives no rows. stmt: nullable, an error is set then. */
gboolean
bridge_connection_run (BridgeConnection *db, sqlite3_stmt *stmt, GError **error)
{
  gboolean row = FALSE;
  gboolean ok = stmt != NULL && bridge_connection_step (db, stmt, &row, error);

  if (stmt != NULL)
    bridge_statement_done (stmt);
  return ok;
}

gboolean
bridge_connection_write (BridgeConnection *db,
                         GError **error,
                         BridgeStatement id,
                         const char *format,
                         ...)
{
  sqlite3_stmt *stmt;
  va_list args;

  va_start (args, format);
  stmt = bind_values (db, error, id, format, args);
  va_end (args);
  return bridge_connection_run (db, stmt, error);
}

/* One whole number out of a bound statement; fallback when it gives no row. */
gboolean
bridge_connection_ask (BridgeConnection *db,
                       sqlite3_stmt *stmt,
                       int64_t fallback,
                       int64_t *value,
                       GError **error)
{
  gboolean row = FALSE;
  gboolean ok = stmt != NULL && bridge_connection_step (db, stmt, &row, error);

  *value = row ? sqlite3_column_int64 (stmt, 0) : fallback;
  if (stmt != NULL)
    bridge_statement_done (stmt);
  return ok;
}

gboolean
bridge_connection_open (BridgeConnection *db, GError **error)
{
  int code;

  if (db->handle != NULL)
    return TRUE;
  if (db->suspect && !bridge_connection_renew_log (db->path, error))
    return FALSE;
  db->suspect = FALSE;

  code = sqlite3_open_v2 (db->path, &db->handle,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                              | SQLITE_OPEN_EXRESCODE,
                          NULL);
  if (code != SQLITE_OK)
    connection_fail (db, error);
  else
    {
      sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MS);
      /* Who closes after a failure must not spread what the log holds in memory alone. */
      sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
  /* FULL syncs the log at every commit: NORMAL lost acknowledged operations in 8 of 10 power cuts.
   */
  if (code == SQLITE_OK
      && connection_exec (db,
                          "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA foreign_keys = ON;"
                          "PRAGMA trusted_schema = OFF;"
                          "PRAGMA cell_size_check = ON;"
                          "PRAGMA journal_size_limit = 67108864;",
                          error))
    return TRUE;

  bridge_connection_close (db);
  return FALSE;
}

static gboolean
connection_ask_sql (BridgeConnection *db, const char *sql, int64_t *value, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL) != SQLITE_OK)
    return connection_fail (db, error);
  ok = bridge_connection_ask (db, stmt, 0, value, error);
  sqlite3_finalize (stmt);
  return ok;
}

/* Makes the tables in a fresh file, adds to an older one what it lacks; refuses a file that is not
 * ours or newer than we are. */
gboolean
bridge_connection_prepare_schema (BridgeConnection *db, GError **error)
{
  const int64_t newest = G_N_ELEMENTS (schema_steps);
  int64_t version = 0, application = 0;

  if (!connection_ask_sql (db, "PRAGMA user_version", &version, error)
      || !connection_ask_sql (db, "PRAGMA application_id", &application, error))
    return FALSE;
  if (version < 0 || version > newest || application != (version == 0 ? 0 : APPLICATION_ID))
    {
      g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN,
                   "%s is no store of this version of the server", db->path);
      return FALSE;
    }

  for (; version < newest; version++)
    {
      g_autofree char *sql
          = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; PRAGMA application_id "
                             "= %d; COMMIT;",
                             schema_steps[version], (int) version + 1, APPLICATION_ID);

      if (!connection_exec (db, sql, error))
        return FALSE;
    }
  return TRUE;
}
