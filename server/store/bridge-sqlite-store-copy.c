/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Backups: the whole store as one file, and one board back out of such a file. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "store/bridge-sqlite-store-private.h"

#define BUSY_TIMEOUT_MS 10000
/* Rows of a backup are not trusted more than they must be. */
#define MAX_BODY BOARD_MAX_OP_BODY

static gboolean
copy_fail (GError **error, const char *path, const char *why)
{
  g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_COPY, "%s: %s", path, why);
  return FALSE;
}

/* --- Out --- */

static gboolean
vacuum_into (sqlite3 *handle, const char *path, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (handle, "VACUUM INTO ?1", -1, &stmt, NULL) == SQLITE_OK
                && sqlite3_bind_text (stmt, 1, path, -1, SQLITE_STATIC) == SQLITE_OK
                && sqlite3_step (stmt) == SQLITE_DONE;

  if (!ok)
    copy_fail (error, path, sqlite3_errmsg (handle));
  sqlite3_finalize (stmt);
  return ok;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    copy_fail (error, path, g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return ok;
}

/* Complete and on disk under its name, or not there: written beside it first. */
static gboolean
publish (const char *part, const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);

  if (!sync_path (part, O_RDONLY, error))
    return FALSE;
  if (g_rename (part, path) != 0)
    return copy_fail (error, path, g_strerror (errno));
  return sync_path (directory, O_RDONLY | O_DIRECTORY, error);
}

gboolean
bridge_sqlite_backup (const char *database, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  sqlite3 *handle = NULL;
  gboolean ok;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return copy_fail (error, path, "there is a file already");
  g_unlink (part);
  ok = sqlite3_open_v2 (database, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
       == SQLITE_OK;
  if (!ok)
    copy_fail (error, database, handle != NULL ? sqlite3_errmsg (handle) : "out of memory");
  else
    {
      sqlite3_busy_timeout (handle, BUSY_TIMEOUT_MS);
      /* As any other connection: see bridge_connection_open(). */
      sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
  ok = ok && vacuum_into (handle, part, error);
  sqlite3_close (handle);
  ok = ok && publish (part, path, error);
  if (!ok)
    g_unlink (part);
  return ok;
}

/* --- Back in --- */

/* A backup being read, and where its rows go. */
typedef struct {
  const char *path;
  sqlite3 *source;
  BridgeConnection *db;
  int64_t from, to;    /* the board's row in the one and in the other */
  GHashTable *members; /* row there -> row here, both int64_t, owned */
  uint64_t next;       /* position */
} Copy;

static gboolean
source_fail (Copy *copy, GError **error)
{
  return copy_fail (error, copy->path, sqlite3_errmsg (copy->source));
}

/* Runs copy_row for each row of a query whose only parameters are ?1 and ?2. */
static gboolean
each_row (Copy *copy,
          const char *sql,
          int64_t first,
          int64_t second,
          gboolean (*copy_row) (Copy *copy, sqlite3_stmt *row, GError **error),
          GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (copy->source, sql, -1, &stmt, NULL) == SQLITE_OK;
  int code = SQLITE_DONE;

  if (!ok)
    source_fail (copy, error);
  if (ok)
    {
      sqlite3_bind_int64 (stmt, 1, first);
      sqlite3_bind_int64 (stmt, 2, second);
    }
  while (ok && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    ok = copy_row (copy, stmt, error);
  if (ok && code != SQLITE_DONE)
    ok = source_fail (copy, error);
  sqlite3_finalize (stmt);
  return ok;
}

static const char *
text (sqlite3_stmt *row, int column)
{
  return (const char *) sqlite3_column_text (row, column);
}

static gboolean
copy_member (Copy *copy, sqlite3_stmt *row, GError **error)
{
  int64_t role = sqlite3_column_int64 (row, 2);
  int64_t *from, *to;

  if (!board_member_id_is_valid (text (row, 1)) || role < BOARD_ROLE_VIEWER
      || role > BOARD_ROLE_HOST)
    return copy_fail (error, copy->path, "a member is damaged");
  if (!bridge_connection_write (copy->db, error, BRIDGE_STMT_RESTORE_MEMBER, "itiitit", copy->to,
                                text (row, 1), role, (int64_t) sqlite3_column_int64 (row, 3),
                                text (row, 4), (int64_t) (sqlite3_column_int64 (row, 5) != 0),
                                text (row, 6)))
    return FALSE;
  from = g_new (int64_t, 1);
  to = g_new (int64_t, 1);
  *from = sqlite3_column_int64 (row, 0);
  *to = sqlite3_last_insert_rowid (copy->db->handle);
  g_hash_table_insert (copy->members, from, to);
  return TRUE;
}

static gboolean
copy_invite (Copy *copy, sqlite3_stmt *row, GError **error)
{
  return bridge_connection_write (copy->db, error, BRIDGE_STMT_PUT_INVITE, "itiiit", copy->to,
                                  text (row, 0), (int64_t) sqlite3_column_int64 (row, 1),
                                  (int64_t) sqlite3_column_int64 (row, 2),
                                  (int64_t) sqlite3_column_int64 (row, 3), text (row, 4));
}

static gboolean
copy_op (Copy *copy, sqlite3_stmt *row, GError **error)
{
  int64_t author = sqlite3_column_int64 (row, 1);
  const int64_t *member = g_hash_table_lookup (copy->members, &author);
  uint64_t seq = (uint64_t) sqlite3_column_int64 (row, 0) & ((UINT64_C (1) << BRIDGE_SEQ_BITS) - 1);
  const char *body = text (row, 4);

  if (member == NULL || seq != copy->next || body == NULL || !board_body_is_valid (body, MAX_BODY))
    return copy_fail (error, copy->path, "the log is damaged");
  copy->next++;
  return bridge_connection_write (copy->db, error, BRIDGE_STMT_ADD_OP, "iiiit",
                                  (copy->to << BRIDGE_SEQ_BITS) | (int64_t) seq, *member,
                                  (int64_t) sqlite3_column_int64 (row, 2),
                                  (int64_t) sqlite3_column_int64 (row, 3), body);
}

static gboolean
copy_board (Copy *copy, sqlite3_stmt *row, const char *id, GError **error)
{
  if (!bridge_connection_write (copy->db, error, BRIDGE_STMT_RESTORE_BOARD, "tiiiiit", id,
                                (int64_t) sqlite3_column_int64 (row, 1),
                                (int64_t) sqlite3_column_int64 (row, 2),
                                (int64_t) (sqlite3_column_int64 (row, 3) != 0),
                                (int64_t) sqlite3_column_int64 (row, 4),
                                (int64_t) sqlite3_column_int64 (row, 5), text (row, 6)))
    return FALSE;
  copy->to = sqlite3_last_insert_rowid (copy->db->handle);
  return TRUE;
}

/* seq: of the board's last entry. */
static gboolean
copy_head (Copy *copy, const char *id, uint64_t *seq, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok
      = sqlite3_prepare_v2 (copy->source,
                            "SELECT n, seq, bytes, locked, created, snapshot, blob FROM board"
                            " WHERE id = ?1",
                            -1, &stmt, NULL)
            == SQLITE_OK
        && sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC) == SQLITE_OK;
  int code = ok ? sqlite3_step (stmt) : SQLITE_ERROR;

  if (code == SQLITE_DONE)
    ok = copy_fail (error, copy->path, "there is no such board in it");
  else if (code != SQLITE_ROW)
    ok = source_fail (copy, error);
  else
    {
      copy->from = sqlite3_column_int64 (stmt, 0);
      *seq = (uint64_t) sqlite3_column_int64 (stmt, 1);
      ok = copy_board (copy, stmt, id, error);
    }
  sqlite3_finalize (stmt);
  return ok;
}

static gboolean
copy_all (Copy *copy, const char *id, GError **error)
{
  int64_t first;
  uint64_t seq = 0;

  if (!copy_head (copy, id, &seq, error))
    return FALSE;
  first = copy->from << BRIDGE_SEQ_BITS;
  return each_row (copy,
                   "SELECT n, id, role, counter, profile, banned, invite FROM member"
                   " WHERE board = ?1 ORDER BY n",
                   copy->from, 0, copy_member, error)
         && each_row (copy, "SELECT key, role, expires, uses, label FROM invite WHERE board = ?1",
                      copy->from, 0, copy_invite, error)
         && each_row (copy,
                      "SELECT at, member, counter, ms, body FROM op WHERE at BETWEEN ?1 AND ?2"
                      " ORDER BY at",
                      first, first | ((INT64_C (1) << BRIDGE_SEQ_BITS) - 1), copy_op, error)
         && (copy->next == seq + 1 || copy_fail (error, copy->path, "the log is not complete"));
}

/* A backup that turns out to be damaged half way leaves nothing behind in the batch's transaction. */
static gboolean
copy_in_savepoint (Copy *copy, const char *id, GError **error)
{
  sqlite3 *here = copy->db->handle;
  gboolean ok = sqlite3_exec (here, "SAVEPOINT restore", NULL, NULL, NULL) == SQLITE_OK;

  if (!ok)
    return copy_fail (error, copy->path, sqlite3_errmsg (here));
  ok = copy_all (copy, id, error);
  if (!ok)
    sqlite3_exec (here, "ROLLBACK TO restore", NULL, NULL, NULL);
  sqlite3_exec (here, "RELEASE restore", NULL, NULL, NULL);
  return ok;
}

gpointer
bridge_sqlite_run_restore (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  Copy copy = { .path = request->path, .db = db, .next = 1 };
  BridgeBoardRow board;
  gboolean found = FALSE, ok;

  if (!bridge_sqlite_find_board (db, request->board, &board, &found, error))
    return NULL;
  if (found)
    {
      bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_TAKEN, "This board is here");
      return NULL;
    }
  if (!bridge_sqlite_check_room (db, error))
    return NULL;

  ok = sqlite3_open_v2 (request->path, &copy.source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                        NULL)
       == SQLITE_OK;
  copy.members = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  if (!ok)
    source_fail (&copy, error);
  ok = ok && copy_in_savepoint (&copy, request->board, error);
  g_hash_table_unref (copy.members);
  sqlite3_close (copy.source);
  return NULL;
}
