/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * WAL, so that a commit is one append. A transaction that holds own ops is synced (synchronous=FULL)
 * before "written": an op that the server has seen must never be forgotten by its author, or its
 * counter would be given to another op after a power cut. What only repeats the server's log is not
 * synced (NORMAL): it can be fetched again.
 *
 * The one row of "state" is what the log says up to a position: who opens the file begins there. Of a board
 * that was joined through a snapshot the log before it is not here.
 */
#include "draw-journal-file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "draw-error.h"
#include "draw-journal-db.h"
#include "draw-writer.h"

typedef enum {
  STATEMENT_META,
  STATEMENT_PENDING,
  STATEMENT_FORGET,
  STATEMENT_AUTHOR,
  STATEMENT_ENTRY,
  STATEMENT_STATE,
  N_STATEMENTS,
} Statement;

static const char *const statements[N_STATEMENTS] = {
  [STATEMENT_META] = "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)",
  [STATEMENT_PENDING] = "INSERT OR REPLACE INTO pending (counter, op) VALUES (?1, ?2)",
  [STATEMENT_FORGET] = "DELETE FROM pending WHERE counter = ?1",
  [STATEMENT_AUTHOR] = "INSERT OR IGNORE INTO author (member) VALUES (?1)",
  [STATEMENT_ENTRY] = "INSERT OR REPLACE INTO log (seq, author, counter, time, op) "
                      "VALUES (?1, (SELECT id FROM author WHERE member = ?2), ?3, ?4, ?5)",
  [STATEMENT_STATE] = "INSERT OR REPLACE INTO state (id, seq, bytes) VALUES (1, ?1, ?2)",
};

#define STATE_TABLE \
  "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, bytes BLOB NOT NULL);"

static const char schema[] =
    "BEGIN;"
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE author (id INTEGER PRIMARY KEY, member TEXT NOT NULL UNIQUE);"
    "CREATE TABLE log (seq INTEGER PRIMARY KEY, author INTEGER NOT NULL, counter INTEGER NOT NULL,"
    "                  time INTEGER NOT NULL, op TEXT);"
    "CREATE TABLE pending (counter INTEGER PRIMARY KEY, op TEXT NOT NULL);" STATE_TABLE
    "PRAGMA application_id = 1148346980;" /* what draw-journal-db.c looks for */
    "PRAGMA user_version = 2;"            /* DRAW_JOURNAL_FORMAT */
    "COMMIT;";

static const char from_1_to_2[] = "BEGIN IMMEDIATE;" STATE_TABLE "PRAGMA user_version = 2; COMMIT;";

struct _DrawJournalFile {
  char *path;
  sqlite3 *db;
  sqlite3_stmt *prepared[N_STATEMENTS];
};

void
draw_journal_file_close (DrawJournalFile *self)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    g_clear_pointer (&self->prepared[i], sqlite3_finalize);
  g_clear_pointer (&self->db, sqlite3_close);
}

static gboolean
file_connect (DrawJournalFile *self, GError **error)
{
  self->db = draw_journal_db_connect (self->path, SQLITE_OPEN_READWRITE, error);
  return self->db != NULL && draw_journal_db_exec (self->db, "PRAGMA journal_mode = WAL", error);
}

static gboolean
file_prepare (DrawJournalFile *self, GError **error)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      int result = sqlite3_prepare_v3 (self->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                                       &self->prepared[i], NULL);
      if (result != SQLITE_OK)
        {
          draw_journal_db_set_error (error, self->db, result);
          return FALSE;
        }
    }
  return TRUE;
}

static DrawJournalFile *
file_new (const char *path)
{
  DrawJournalFile *self = g_new0 (DrawJournalFile, 1);

  self->path = g_strdup (path);
  return self;
}

void
draw_journal_file_free (DrawJournalFile *self)
{
  draw_journal_file_close (self);
  g_free (self->path);
  g_free (self);
}

DrawJournalFile *
draw_journal_file_create (const char *path, GError **error)
{
  g_autoptr (DrawJournalFile) self = file_new (path);

  if (file_connect (self, error) && draw_journal_db_exec (self->db, schema, error) &&
      file_prepare (self, error))
    return g_steal_pointer (&self);
  draw_journal_file_close (self);
  g_unlink (path);
  return NULL;
}

DrawJournalFile *
draw_journal_file_open (const char *path, GError **error)
{
  g_autoptr (DrawJournalFile) self = file_new (path);
  int64_t version;

  /* The format first: asking a foreign database for WAL would change it. */
  self->db = draw_journal_db_connect (path, SQLITE_OPEN_READWRITE, error);
  if (self->db == NULL || !draw_journal_db_check_format (self->db, &version, error) ||
      !draw_journal_db_exec (self->db, "PRAGMA journal_mode = WAL", error) ||
      !draw_journal_db_check_pages (self->db, error) ||
      (version < 2 && !draw_journal_db_exec (self->db, from_1_to_2, error)) || !file_prepare (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

DrawJournalFile *
draw_journal_file_open_beside (const char *path, GError **error)
{
  g_autoptr (DrawJournalFile) self = file_new (path);

  self->db = draw_journal_db_connect (path, SQLITE_OPEN_READONLY, error);
  return self->db != NULL ? g_steal_pointer (&self) : NULL;
}

void
draw_journal_file_read_meta (DrawJournalFile *self, GHashTable *meta)
{
  draw_journal_db_read_meta (self->db, meta);
}

/* --- Writing ------------------------------------------------------------------------------------- */

static void
bind_text (sqlite3_stmt *stmt, int index, const char *text)
{
  if (text == NULL)
    sqlite3_bind_null (stmt, index);
  else
    sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC);
}

static int
run_statement (sqlite3_stmt *stmt)
{
  int result = sqlite3_step (stmt);

  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
  return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int
run_counter (sqlite3_stmt *stmt, uint64_t counter, const char *text)
{
  sqlite3_bind_int64 (stmt, 1, (int64_t) counter);
  if (text != NULL)
    bind_text (stmt, 2, text);
  return run_statement (stmt);
}

static int
run_entry (DrawJournalFile *self, const DrawWrite *write)
{
  sqlite3_stmt *stmt = self->prepared[STATEMENT_AUTHOR];
  int result;

  bind_text (stmt, 1, write->name);
  result = run_statement (stmt);
  if (result != SQLITE_OK)
    return result;
  stmt = self->prepared[STATEMENT_ENTRY];
  sqlite3_bind_int64 (stmt, 1, (int64_t) write->seq);
  bind_text (stmt, 2, write->name);
  sqlite3_bind_int64 (stmt, 3, (int64_t) write->counter);
  sqlite3_bind_int64 (stmt, 4, write->time);
  bind_text (stmt, 5, write->text);
  result = run_statement (stmt);
  if (result != SQLITE_OK || !write->own)
    return result;
  return run_counter (self->prepared[STATEMENT_FORGET], write->counter, NULL);
}

static int
run_state (DrawJournalFile *self, const DrawWrite *write)
{
  sqlite3_stmt *stmt = self->prepared[STATEMENT_STATE];
  gsize size;
  const void *bytes = g_bytes_get_data (write->bytes, &size);

  sqlite3_bind_int64 (stmt, 1, (int64_t) write->seq);
  sqlite3_bind_blob64 (stmt, 2, bytes, size, SQLITE_STATIC);
  return run_statement (stmt);
}

static int
run_write (DrawJournalFile *self, const DrawWrite *write)
{
  sqlite3_stmt *stmt = self->prepared[STATEMENT_META];

  switch (write->type)
    {
    case DRAW_WRITE_META:
      bind_text (stmt, 1, write->name);
      bind_text (stmt, 2, write->text);
      return run_statement (stmt);
    case DRAW_WRITE_PENDING:
      return run_counter (self->prepared[STATEMENT_PENDING], write->counter, write->text);
    case DRAW_WRITE_FORGET:
      return run_counter (self->prepared[STATEMENT_FORGET], write->counter, NULL);
    case DRAW_WRITE_ENTRY:
      return run_entry (self, write);
    case DRAW_WRITE_STATE:
      return run_state (self, write);
    }
  g_assert_not_reached ();
}

static gboolean
run_batch (DrawJournalFile *self, GPtrArray *batch, gboolean sync, GError **error)
{
  int result = SQLITE_OK;

  if (!draw_journal_db_exec (self->db,
                             sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error) ||
      !draw_journal_db_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < batch->len && result == SQLITE_OK; i++)
    result = run_write (self, g_ptr_array_index (batch, i));
  if (result == SQLITE_OK && draw_journal_db_exec (self->db, "COMMIT", error))
    return TRUE;
  if (result != SQLITE_OK)
    draw_journal_db_set_error (error, self->db, result);
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* After a failed write or sync nobody knows what the kernel still holds of the WAL. Closing moves what
 * was committed into the file, and the next transaction starts a new WAL. */
gboolean
draw_journal_file_write (DrawJournalFile *self, GPtrArray *batch, gboolean sync, GError **error)
{
  if ((self->db != NULL || (file_connect (self, error) && file_prepare (self, error))) &&
      run_batch (self, batch, sync, error))
    return TRUE;
  draw_journal_file_close (self);
  return FALSE;
}

/* --- Repair ------------------------------------------------------------------------------------- */

static void
salvage_rows (DrawJournalFile *self, sqlite3 *damaged, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (damaged, sql, -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      {
        int64_t counter = sqlite3_column_int64 (stmt, 0);
        const char *text = draw_journal_db_column_text (stmt, 1);

        if (counter > 0 && text != NULL)
          run_counter (self->prepared[STATEMENT_PENDING], (uint64_t) counter, text);
      }
  sqlite3_finalize (stmt);
}

static gboolean
salvage (DrawJournalFile *self, sqlite3 *damaged, GHashTable *meta, GError **error)
{
  static const char *const kept[] = {
    DRAW_META_BOARD, DRAW_META_SEED,  DRAW_META_KEY,     DRAW_META_LINK,
    DRAW_META_TITLE, DRAW_META_ROLE,  DRAW_META_INVITES, DRAW_META_MUTED,
    DRAW_META_PEOPLE,
  };

  if (damaged != NULL)
    draw_journal_db_read_meta (damaged, meta);
  g_hash_table_remove (meta, DRAW_META_HISTORY); /* it speaks of ops that may be gone */
  for (guint i = 0; i < 3; i++)
    if (!g_hash_table_contains (meta, kept[i]))
      {
        g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED,
                             _("Too little of it can still be read to open it."));
        return FALSE;
      }
  if (!draw_journal_db_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      const char *value = g_hash_table_lookup (meta, kept[i]);
      const DrawWrite write = { DRAW_WRITE_META, .name = (char *) kept[i], .text = (char *) value };

      if (value != NULL)
        run_write (self, &write);
    }
  /* From both ends, each up to the damage. */
  salvage_rows (self, damaged, "SELECT counter, op FROM pending ORDER BY counter");
  salvage_rows (self, damaged, "SELECT counter, op FROM pending ORDER BY counter DESC");
  return draw_journal_db_exec (self->db, "COMMIT", error);
}

gboolean
draw_journal_file_salvage (DrawJournalFile *self, const char *damaged, GHashTable *meta, GError **error)
{
  sqlite3 *db = draw_journal_db_connect (damaged, SQLITE_OPEN_READWRITE, NULL);
  gboolean ok = salvage (self, db, meta, error);

  sqlite3_close (db);
  return ok;
}

/* --- Loading ------------------------------------------------------------------------------------ */

typedef gboolean (*RowFunc) (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error);

static gboolean
for_each_row (DrawJournalFile *self, const char *sql, RowFunc func, gpointer data, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  uint64_t row = 0;
  gboolean ok = TRUE;
  int result = sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);

  if (result == SQLITE_OK)
    while (ok && (result = sqlite3_step (stmt)) == SQLITE_ROW)
      ok = func (stmt, ++row, data, error);
  sqlite3_finalize (stmt);
  if (ok && result != SQLITE_DONE)
    {
      draw_journal_db_set_error (error, self->db, result);
      ok = FALSE;
    }
  return ok;
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED,
                       _("The board’s file is damaged: its log has a hole."));
  return FALSE;
}

typedef struct {
  const DrawJournalLoader *loader;
  gpointer user_data;
  uint64_t before; /* the log that is read begins behind this position */
} Loading;

/* What is no state, or not one that the caller takes, is as none: there is the log. */
static gboolean
load_state (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error)
{
  Loading *loading = data;
  int64_t seq = sqlite3_column_int64 (stmt, 0);
  const void *blob = sqlite3_column_blob (stmt, 1);
  g_autoptr (GBytes) bytes = NULL;

  if (seq < 1 || blob == NULL)
    return TRUE;
  bytes = g_bytes_new (blob, (gsize) sqlite3_column_bytes (stmt, 1));
  if (loading->loader->state ((uint64_t) seq, bytes, loading->user_data))
    loading->before = (uint64_t) seq;
  return TRUE;
}

static gboolean
load_entry (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error)
{
  Loading *loading = data;
  uint64_t seq = loading->before + row;
  const char *member = draw_journal_db_column_text (stmt, 1);
  const char *text = draw_journal_db_column_text (stmt, 4);
  int64_t counter = sqlite3_column_int64 (stmt, 2);

  if (sqlite3_column_int64 (stmt, 0) != (int64_t) seq || member == NULL || counter < 1 ||
      (text == NULL && sqlite3_column_type (stmt, 4) != SQLITE_NULL))
    return set_damaged (error);
  return loading->loader->entry (seq, member, (uint64_t) counter, sqlite3_column_int64 (stmt, 3), text,
                                 loading->user_data, error);
}

static gboolean
load_pending (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error)
{
  Loading *loading = data;
  const char *text = draw_journal_db_column_text (stmt, 1);
  int64_t counter = sqlite3_column_int64 (stmt, 0);

  if (text == NULL || counter < 1)
    return set_damaged (error);
  return loading->loader->pending ((uint64_t) counter, text, loading->user_data, error);
}

static gboolean
load_log (DrawJournalFile *self, Loading *loading, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT seq, member, counter, time, op FROM log LEFT JOIN author "
                       "ON author.id = log.author WHERE seq > %" G_GUINT64_FORMAT " ORDER BY seq",
                       (guint64) loading->before);

  return for_each_row (self, sql, load_entry, loading, error);
}

/* A board that was joined through a snapshot has no log before it: without its state it has to come back
 * from the server. */
static gboolean
check_reaches_state (DrawJournalFile *self, const Loading *loading, GError **error)
{
  int64_t missing;

  if (loading->before > 0)
    return TRUE;
  if (!draw_journal_db_query_int (self->db,
                                  "SELECT EXISTS (SELECT 1 FROM state) AND "
                                  "NOT EXISTS (SELECT 1 FROM log WHERE seq = 1)",
                                  &missing, error))
    return FALSE;
  return !missing || set_damaged (error);
}

static gboolean
load (DrawJournalFile *self, Loading *loading, GError **error)
{
  const DrawJournalLoader *loader = loading->loader;

  return (loader->state == NULL ||
          for_each_row (self, "SELECT seq, bytes FROM state", load_state, loading, error)) &&
         check_reaches_state (self, loading, error) && load_log (self, loading, error) &&
         (loader->pending == NULL ||
          for_each_row (self, "SELECT counter, op FROM pending ORDER BY counter", load_pending, loading,
                        error));
}

/* One transaction: whoever reads beside the writer sees one moment. */
gboolean
draw_journal_file_load (DrawJournalFile *self, const DrawJournalLoader *loader, gpointer user_data,
                        GError **error)
{
  Loading loading = { loader, user_data, 0 };
  gboolean ok;

  if (!draw_journal_db_exec (self->db, "BEGIN", error))
    return FALSE;
  ok = load (self, &loading, error);
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return ok;
}

gboolean
draw_journal_file_load_after (DrawJournalFile *self, uint64_t after, const DrawJournalLoader *loader,
                              gpointer user_data, GError **error)
{
  Loading loading = { loader, user_data, after };

  return load_log (self, &loading, error);
}

gboolean
draw_journal_file_read_extent (DrawJournalFile *self, uint64_t *first, uint64_t *state, GError **error)
{
  int64_t log_first, state_seq;

  if (!draw_journal_db_query_int (self->db, "SELECT ifnull (min (seq), 0) FROM log", &log_first, error) ||
      !draw_journal_db_query_int (self->db, "SELECT ifnull (max (seq), 0) FROM state", &state_seq, error))
    return FALSE;
  if (log_first < 0 || state_seq < 0)
    return set_damaged (error);
  *first = (uint64_t) log_first;
  *state = (uint64_t) state_seq;
  return TRUE;
}

/* One of several that need not follow each other. */
static gboolean
load_found (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error)
{
  Loading *loading = data;

  loading->before = (uint64_t) sqlite3_column_int64 (stmt, 0) - row;
  return load_entry (stmt, row, data, error);
}

gboolean
draw_journal_file_find (DrawJournalFile *self, const char *word, const DrawJournalLoader *loader,
                        gpointer user_data, GError **error)
{
  g_autofree char *sql = NULL;
  Loading loading = { loader, user_data, 0 };

  for (const char *p = word; *p != '\0'; p++)
    g_return_val_if_fail (g_ascii_isalnum (*p) || *p == '-' || *p == '_', FALSE);

  sql = g_strdup_printf ("SELECT seq, member, counter, time, op FROM log LEFT JOIN author "
                         "ON author.id = log.author WHERE instr (op, '%s') > 0 ORDER BY seq",
                         word);
  return for_each_row (self, sql, load_found, &loading, error);
}
