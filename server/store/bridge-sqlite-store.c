/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Three threads, each with a connection of its own: one writes, in batches of one transaction each,
 * so that everything that was asked while a commit waited for the disk shares the next commit; one
 * reads; one makes backups.
 *
 * After any failure of SQLite the connection is closed and opened anew for the next batch: after a
 * failed fsync() the kernel may have dropped what it could not write, so nothing in memory is
 * trusted any more. A batch that failed was answered with UNAVAILABLE although its commit may still
 * turn out to be in the file: whoever asks again is told REPEATED then. */

#include "store/bridge-sqlite-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "log/bridge-log.h"
#include "log/bridge-metrics.h"
#include "store/bridge-lock.h"
#include "store/bridge-sqlite-store-private.h"
#include "store/bridge-worker.h"

/* One transaction's worth: more only makes the first of them wait. */
#define MAX_BATCH 1024

struct _BridgeSqliteStore {
  GObject parent_instance;

  BridgeLimits limits;
  char *path;
  int lock;
  BridgeConnection writer, reader; /* each of its thread, once that runs */
  BridgeWorker *workers[BRIDGE_N_LANES];
};

static void bridge_sqlite_store_iface_init (BridgeStoreInterface *iface);

G_DEFINE_TYPE_WITH_CODE (BridgeSqliteStore,
                         bridge_sqlite_store,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (BRIDGE_TYPE_STORE, bridge_sqlite_store_iface_init))

/* --- Requests, each inside of the batch's transaction ------------------------------------------
 */

gboolean
bridge_sqlite_refuse (GError **error, BridgeStoreError code, const char *message)
{
  g_set_error_literal (error, BRIDGE_STORE_ERROR, code, message);
  return FALSE;
}

gboolean
bridge_sqlite_find_board (BridgeConnection *db,
                          const char *id,
                          BridgeBoardRow *board,
                          gboolean *found,
                          GError **error)
{
  sqlite3_stmt *stmt = bridge_connection_bind (db, error, BRIDGE_STMT_FIND_BOARD, "t", id);
  gboolean row = FALSE;
  gboolean ok = stmt != NULL && bridge_connection_step (db, stmt, &row, error);

  if (row)
    {
      *board = (BridgeBoardRow){ sqlite3_column_int64 (stmt, 0),
                                 sqlite3_column_int64 (stmt, 1),
                                 sqlite3_column_int64 (stmt, 2),
                                 sqlite3_column_int (stmt, 3) != 0,
                                 { (uint64_t) sqlite3_column_int64 (stmt, 4) } };
      if (!board_snapshot_parts_from_text (&board->snapshot,
                                           (const char *) sqlite3_column_text (stmt, 5)))
        board->snapshot.seq = 0;
    }
  if (stmt != NULL)
    bridge_statement_done (stmt);
  if (found != NULL)
    *found = row;
  else if (ok && !row)
    return bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_NO_BOARD, "There is no such board");
  return ok;
}

gboolean
bridge_sqlite_find_member (BridgeConnection *db,
                           const BridgeBoardRow *board,
                           const char *id,
                           BridgeMember **member,
                           int64_t *n,
                           GError **error)
{
  sqlite3_stmt *stmt
      = bridge_connection_bind (db, error, BRIDGE_STMT_FIND_MEMBER, "it", board->n, id);
  gboolean row = FALSE;
  gboolean ok = stmt != NULL && bridge_connection_step (db, stmt, &row, error);

  if (row)
    {
      *n = sqlite3_column_int64 (stmt, 0);
      *member = bridge_member_new (id, (BoardRole) sqlite3_column_int (stmt, 1),
                                   (uint64_t) sqlite3_column_int64 (stmt, 2),
                                   (const char *) sqlite3_column_text (stmt, 3),
                                   sqlite3_column_int (stmt, 4) != 0);
    }
  if (stmt != NULL)
    bridge_statement_done (stmt);
  return ok;
}

gboolean
bridge_sqlite_find_invite (BridgeConnection *db,
                           const BridgeBoardRow *board,
                           const char *key,
                           BridgeInvite **invite,
                           GError **error)
{
  sqlite3_stmt *stmt
      = bridge_connection_bind (db, error, BRIDGE_STMT_FIND_INVITE, "it", board->n, key);
  gboolean row = FALSE;
  gboolean ok = stmt != NULL && bridge_connection_step (db, stmt, &row, error);

  if (row)
    *invite = bridge_invite_new (key, (BoardRole) sqlite3_column_int (stmt, 0),
                                 sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 2),
                                 (const char *) sqlite3_column_text (stmt, 3));
  if (stmt != NULL)
    bridge_statement_done (stmt);
  return ok;
}

static gboolean
put_invite (BridgeConnection *db, int64_t board, const BridgeInvite *invite, GError **error)
{
  return bridge_connection_write (db, error, BRIDGE_STMT_PUT_INVITE, "itiiit", board, invite->key,
                                  (int64_t) invite->role, invite->expires, invite->uses,
                                  invite->label);
}

static gboolean
add_member (BridgeConnection *db,
            int64_t board,
            const char *id,
            BoardRole role,
            const char *profile,
            const char *invite,
            int64_t seen,
            GError **error)
{
  return bridge_connection_write (db, error, BRIDGE_STMT_ADD_MEMBER, "ititti", board, id,
                                  (int64_t) role, profile, invite, seen);
}

/* Whether asking to create the board again asks for nothing new. */
static gboolean
check_same_board (BridgeConnection *db,
                  const BridgeBoardRow *board,
                  const BridgeRequest *request,
                  GError **error)
{
  g_autoptr (BridgeMember) host = NULL;
  g_autoptr (BridgeInvite) invite = NULL;
  int64_t n = 0;

  if (!bridge_sqlite_find_member (db, board, request->member, &host, &n, error))
    return FALSE;
  if (request->invite != NULL
      && !bridge_sqlite_find_invite (db, board, request->invite->key, &invite, error))
    return FALSE;
  if (host == NULL || host->role != BOARD_ROLE_HOST || (request->invite != NULL && invite == NULL))
    return bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_TAKEN, "This board exists");
  return TRUE;
}

gboolean
bridge_sqlite_check_room (BridgeConnection *db, GError **error)
{
  int64_t count = 0;

  if (!bridge_connection_ask (db, bridge_connection_bind (db, error, BRIDGE_STMT_COUNT_BOARDS, ""),
                              0, &count, error))
    return FALSE;
  return count < db->limits->boards
         || bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_FULL, "No more boards fit");
}

static gpointer
run_create (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  BridgeBoardRow board;
  gboolean found = FALSE;

  if (!bridge_sqlite_find_board (db, request->board, &board, &found, error))
    return NULL;
  if (found)
    {
      check_same_board (db, &board, request, error);
      return NULL;
    }
  if (!bridge_sqlite_check_room (db, error))
    return NULL;

  if (!bridge_connection_write (db, error, BRIDGE_STMT_ADD_BOARD, "t", request->board))
    return NULL;
  board.n = sqlite3_last_insert_rowid (db->handle);
  if (add_member (db, board.n, request->member, BOARD_ROLE_HOST, NULL, NULL, 0, error)
      && request->invite != NULL)
    put_invite (db, board.n, request->invite, error);
  return NULL;
}

static gboolean
admit_new (BridgeConnection *db,
           const BridgeBoardRow *board,
           const BridgeRequest *request,
           BridgeMember **member,
           GError **error)
{
  g_autoptr (BridgeInvite) invite = NULL;
  int64_t count = 0;

  if (request->invite_key != NULL
      && !bridge_sqlite_find_invite (db, board, request->invite_key, &invite, error))
    return FALSE;
  if (!bridge_invite_judge (invite, request->now, error))
    return FALSE;
  if (!bridge_connection_ask (db,
                              bridge_connection_bind (db, error, BRIDGE_STMT_COUNT_MEMBERS, "i",
                                                      board->n),
                              0, &count, error))
    return FALSE;
  if (count >= db->limits->members_per_board)
    return bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_FULL, "No more members fit");

  if (!add_member (db, board->n, request->member, invite->role, request->profile, invite->key,
                   request->now, error)
      || !bridge_connection_write (db, error, BRIDGE_STMT_USE_INVITE, "it", board->n, invite->key))
    return FALSE;
  *member = bridge_member_new (request->member, invite->role, 0, request->profile, FALSE);
  return TRUE;
}

static gboolean
admit_known (BridgeConnection *db,
             BridgeMember *member,
             int64_t n,
             const BridgeRequest *request,
             GError **error)
{
  if (member->banned)
    return bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_BANNED, "You are kept out");
  if (member->counter == 0
      && !bridge_connection_write (db, error, BRIDGE_STMT_SET_SEEN, "ii", n, request->now))
    return FALSE;
  /* Nothing to write in most cases, and then nothing to wait for. */
  if (request->profile == NULL || g_strcmp0 (request->profile, member->profile) == 0)
    return TRUE;

  g_free (member->profile);
  member->profile = g_strdup (request->profile);
  return bridge_connection_write (db, error, BRIDGE_STMT_SET_PROFILE, "it", n, request->profile);
}

static gpointer
run_admit (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (BridgeMember) member = NULL;
  BridgeBoardRow board;
  int64_t n = 0;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error)
      || !bridge_sqlite_find_member (db, &board, request->member, &member, &n, error))
    return NULL;
  if (member != NULL ? !admit_known (db, member, n, request, error)
                     : !admit_new (db, &board, request, &member, error))
    return NULL;
  return bridge_admission_new (g_steal_pointer (&member), (uint64_t) board.seq);
}

static gpointer
run_load (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (BridgeBoard) result = NULL;
  BridgeBoardRow board;
  sqlite3_stmt *stmt;
  gboolean row = FALSE, ok;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error))
    return NULL;
  stmt = bridge_connection_bind (db, error, BRIDGE_STMT_LIST_MEMBERS, "i", board.n);
  if (stmt == NULL)
    return NULL;

  result = bridge_board_new ((uint64_t) board.seq, board.locked);
  result->snapshot = board.snapshot;
  while ((ok = bridge_connection_step (db, stmt, &row, error)) && row)
    g_ptr_array_add (result->members,
                     bridge_member_new ((const char *) sqlite3_column_text (stmt, 0),
                                        (BoardRole) sqlite3_column_int (stmt, 1),
                                        (uint64_t) sqlite3_column_int64 (stmt, 2),
                                        (const char *) sqlite3_column_text (stmt, 3),
                                        sqlite3_column_int (stmt, 4) != 0));
  bridge_statement_done (stmt);
  return ok ? g_steal_pointer (&result) : NULL;
}

static gboolean
store_entry (BridgeConnection *db,
             const BridgeBoardRow *board,
             int64_t author,
             const BridgeEntry *entry,
             uint64_t *position,
             GError **error)
{
  int64_t seq = board->seq + 1;

  *position = (uint64_t) seq;
  return bridge_connection_write (db, error, BRIDGE_STMT_ADD_OP, "iiiit",
                                  (board->n << BRIDGE_SEQ_BITS) | seq, author,
                                  (int64_t) entry->counter, entry->time, entry->body)
         && bridge_connection_write (db, error, BRIDGE_STMT_GROW_BOARD, "ii", board->n,
                                     (int64_t) entry->length)
         && bridge_connection_write (db, error, BRIDGE_STMT_COUNT_OP, "ii", author,
                                     (int64_t) entry->counter);
}

static gboolean
find_entry (BridgeConnection *db,
            int64_t author,
            uint64_t counter,
            uint64_t *position,
            GError **error)
{
  int64_t at = 0;

  if (!bridge_connection_ask (db,
                              bridge_connection_bind (db, error, BRIDGE_STMT_FIND_OP, "ii", author,
                                                      (int64_t) counter),
                              0, &at, error))
    return FALSE;
  *position = (uint64_t) at & ((UINT64_C (1) << BRIDGE_SEQ_BITS) - 1);
  return TRUE;
}

static gpointer
run_append (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  const BridgeEntry *entry = request->entry;
  g_autoptr (BridgeMember) member = NULL;
  BridgeAppended appended;
  BridgeBoardRow board;
  int64_t author = 0;
  gboolean ok = TRUE;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error)
      || !bridge_sqlite_find_member (db, &board, entry->member, &member, &author, error))
    return NULL;
  if (member == NULL)
    {
      bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_NOT_INVITED, "Not a member");
      return NULL;
    }

  appended = bridge_append_judge (entry, member->counter, board.bytes, db->limits);
  if (appended.outcome == BRIDGE_APPEND_STORED)
    ok = store_entry (db, &board, author, entry, &appended.value, error);
  else if (appended.outcome == BRIDGE_APPEND_REPEATED)
    ok = find_entry (db, author, entry->counter, &appended.value, error);
  return ok ? g_memdup2 (&appended, sizeof appended) : NULL;
}

static gpointer
run_read (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (BridgePage) page = bridge_page_new (request->from);
  uint64_t last = (UINT64_C (1) << BRIDGE_SEQ_BITS) - 1;
  BridgeBoardRow board;
  sqlite3_stmt *stmt;
  gboolean row = FALSE, ok;
  gsize bytes = 0;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error))
    return NULL;
  if (request->from > last)
    return g_steal_pointer (&page);
  stmt = bridge_connection_bind (db, error, BRIDGE_STMT_READ, "ii",
                                 (board.n << BRIDGE_SEQ_BITS) | (int64_t) request->from,
                                 (board.n << BRIDGE_SEQ_BITS) | (int64_t) MIN (request->to, last));
  if (stmt == NULL)
    return NULL;

  while ((ok = bridge_connection_step (db, stmt, &row, error)) && row)
    {
      bytes += (gsize) sqlite3_column_bytes (stmt, 3);
      if (page->entries->len > 0 && bytes > request->max_bytes)
        break;
      g_ptr_array_add (page->entries,
                       bridge_entry_new ((const char *) sqlite3_column_text (stmt, 0),
                                         (uint64_t) sqlite3_column_int64 (stmt, 1),
                                         sqlite3_column_int64 (stmt, 2),
                                         (const char *) sqlite3_column_text (stmt, 3)));
    }
  bridge_statement_done (stmt);
  return ok ? g_steal_pointer (&page) : NULL;
}

static gpointer
run_invite (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (BridgeInvite) old = NULL;
  BridgeBoardRow board;
  int64_t count = 0;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error)
      || !bridge_sqlite_find_invite (db, &board, request->invite->key, &old, error)
      || !bridge_connection_ask (db,
                                 bridge_connection_bind (db, error, BRIDGE_STMT_COUNT_INVITES, "i",
                                                         board.n),
                                 0, &count, error))
    return NULL;

  if (old == NULL && count >= db->limits->invites_per_board)
    bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_FULL, "No more invitations fit");
  else
    put_invite (db, board.n, request->invite, error);
  return NULL;
}

static gpointer
run_flush (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  return NULL;
}

static void
run_job (BridgeConnection *db, BridgeJob *job)
{
  static gpointer (*const runs[]) (BridgeConnection *, const BridgeRequest *, GError **) = {
    [BRIDGE_REQUEST_CREATE] = run_create,
    [BRIDGE_REQUEST_ADMIT] = run_admit,
    [BRIDGE_REQUEST_LOAD] = run_load,
    [BRIDGE_REQUEST_APPEND] = run_append,
    [BRIDGE_REQUEST_READ] = run_read,
    [BRIDGE_REQUEST_INVITE] = run_invite,
    [BRIDGE_REQUEST_FLUSH] = run_flush,
    [BRIDGE_REQUEST_CHANGE] = bridge_sqlite_run_change,
    [BRIDGE_REQUEST_INVITES] = bridge_sqlite_run_invites,
    [BRIDGE_REQUEST_BOARDS] = bridge_sqlite_run_boards,
    [BRIDGE_REQUEST_RESTORE] = bridge_sqlite_run_restore,
  };

  job->result = runs[job->request->kind](db, job->request, &job->error);
}

/* --- Batches -----------------------------------------------------------------------------------
 */

static gboolean
run_transaction (BridgeConnection *db, GPtrArray *jobs, GError **error)
{
  if (!bridge_connection_open (db, error)
      || !bridge_connection_write (db, error, BRIDGE_STMT_BEGIN, ""))
    return FALSE;

  for (guint i = 0; i < jobs->len; i++)
    {
      BridgeJob *job = g_ptr_array_index (jobs, i);

      run_job (db, job);
      if (g_error_matches (job->error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE))
        {
          g_propagate_error (error, g_steal_pointer (&job->error));
          return FALSE;
        }
    }
  return bridge_connection_write (db, error, BRIDGE_STMT_COMMIT, "");
}

/* Nothing of the batch was stored: that is what all of it is answered. */
static void
fail_batch (GPtrArray *jobs, const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      BridgeJob *job = g_ptr_array_index (jobs, i);

      bridge_request_free_result (job->request, g_steal_pointer (&job->result));
      g_clear_error (&job->error);
      job->error = g_error_new_literal (BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE,
                                        error->message);
    }
}

/* Says once that it broke and once that it works again. */
static void
note_outcome (BridgeConnection *db, const GError *error)
{
  if (error != NULL && !db->failing)
    bridge_log (G_LOG_LEVEL_WARNING, "store-failed", "reason", error->message, NULL);
  else if (error == NULL && db->failing)
    bridge_log (G_LOG_LEVEL_MESSAGE, "store-recovered", NULL);
  db->failing = error != NULL;
}

static void
write_batch (GPtrArray *jobs, gpointer user_data)
{
  BridgeConnection *db = user_data;
  int64_t begun = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (!run_transaction (db, jobs, &error))
    {
      /* Closing rolls back. */
      bridge_connection_close (db);
      db->suspect = TRUE;
      fail_batch (jobs, error);
    }
  bridge_count (BRIDGE_COUNT_COMMITS, 1);
  bridge_count (BRIDGE_COUNT_COMMIT_MICROSECONDS, g_get_monotonic_time () - begun);
  if (error != NULL)
    bridge_count (BRIDGE_COUNT_FAILED_COMMITS, 1);
  note_outcome (db, error);
}

static void
read_batch (GPtrArray *jobs, gpointer user_data)
{
  BridgeConnection *db = user_data;

  for (guint i = 0; i < jobs->len; i++)
    {
      BridgeJob *job = g_ptr_array_index (jobs, i);

      if (bridge_connection_open (db, &job->error))
        run_job (db, job);
      if (g_error_matches (job->error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE))
        bridge_connection_close (db);
    }
}

static void
copy_batch (GPtrArray *jobs, gpointer user_data)
{
  BridgeConnection *db = user_data;

  for (guint i = 0; i < jobs->len; i++)
    {
      BridgeJob *job = g_ptr_array_index (jobs, i);

      bridge_sqlite_backup (db->path, job->request->path, &job->error);
    }
}

/* --- BridgeStore -------------------------------------------------------------------------------
 */

static void
bridge_sqlite_store_submit (BridgeStore *store, GTask *task)
{
  BridgeSqliteStore *self = BRIDGE_SQLITE_STORE (store);
  BridgeLane lane = bridge_request_get_lane (g_task_get_task_data (task));

  bridge_worker_push (self->workers[lane], task);
}

static void
bridge_sqlite_store_iface_init (BridgeStoreInterface *iface)
{
  iface->submit = bridge_sqlite_store_submit;
}

static void
bridge_sqlite_store_finalize (GObject *object)
{
  BridgeSqliteStore *self = BRIDGE_SQLITE_STORE (object);

  for (guint lane = 0; lane < BRIDGE_N_LANES; lane++)
    g_clear_pointer (&self->workers[lane], bridge_worker_free);
  bridge_connection_close (&self->reader);
  bridge_connection_finish (&self->writer);
  g_free (self->path);
  if (self->lock >= 0)
    g_close (self->lock, NULL);

  G_OBJECT_CLASS (bridge_sqlite_store_parent_class)->finalize (object);
}

static void
bridge_sqlite_store_class_init (BridgeSqliteStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bridge_sqlite_store_finalize;
}

static void
bridge_sqlite_store_init (BridgeSqliteStore *self)
{
  self->lock = -1;
}

/* A new file's name is on disk only when its directory is. */
static gboolean
sync_directory (const char *directory, GError **error)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", directory,
                 g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return ok;
}

static gboolean
open_files (BridgeSqliteStore *self, const char *directory, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", directory,
                   g_strerror (errno));
      return FALSE;
    }
  self->lock = bridge_lock_take (directory, error);
  if (self->lock < 0)
    return FALSE;

  /* The server before this one may have died of its disk. */
  if (!bridge_connection_renew_log (self->path, &local))
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, local->message);
      return FALSE;
    }
  if (!bridge_sqlite_heal (directory, self->path, error))
    return FALSE;
  if (!bridge_connection_open (&self->writer, &local)
      || !bridge_connection_prepare_schema (&self->writer, &local)
      || !bridge_connection_open (&self->reader, &local))
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, local->message);
      return FALSE;
    }
  return sync_directory (directory, error);
}

/**
 * bridge_sqlite_store_new:
 * @directory: where "boards.db" is, or shall be
 * @limits: copied
 * @error: %BRIDGE_STORE_ERROR_OPEN
 *
 * Returns: (transfer full) (nullable)
 */
BridgeStore *
bridge_sqlite_store_new (const char *directory, const BridgeLimits *limits, GError **error)
{
  g_autoptr (BridgeSqliteStore) self = NULL;
  gsize queued;

  g_return_val_if_fail (directory != NULL && limits != NULL, NULL);

  self = g_object_new (BRIDGE_TYPE_SQLITE_STORE, NULL);
  self->limits = *limits;
  self->path = g_build_filename (directory, "boards.db", NULL);
  self->writer = (BridgeConnection){ .path = self->path, .limits = &self->limits };
  self->reader = self->writer;
  if (!open_files (self, directory, error))
    return NULL;

  queued = (gsize) limits->queued_bytes;
  self->workers[BRIDGE_LANE_WRITE]
      = bridge_worker_new ("store-writer", MAX_BATCH, queued, write_batch, &self->writer);
  self->workers[BRIDGE_LANE_READ]
      = bridge_worker_new ("store-reader", MAX_BATCH, queued, read_batch, &self->reader);
  self->workers[BRIDGE_LANE_COPY]
      = bridge_worker_new ("store-copier", MAX_BATCH, queued, copy_batch, &self->writer);
  return BRIDGE_STORE (g_steal_pointer (&self));
}
