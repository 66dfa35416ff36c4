/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SQLite file per board, and the only file of the app that knows SQLite.
 *
 * WAL, so that a commit is one append. A transaction that holds own ops is synced (synchronous=FULL)
 * before "written": an op that the server has seen must never be forgotten by its author, or its
 * counter would be given to another op after a power cut. What only repeats the server's log is not
 * synced (NORMAL): it can be fetched again. Everything that waits while a commit runs goes into the
 * next one, so that the price of the sync is paid once for all of it.
 *
 * The main thread opens and loads; from then on the connection belongs to the writing thread.
 */
#include "draw-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "draw-aside.h"
#include "draw-error.h"
#include "draw-file-lock.h"
#include "draw-writer.h"

#define APPLICATION_ID 0x44726264 /* "Drbd" */
#define FORMAT_VERSION 1
#define MAX_VALUE_BYTES (64 * 1024 * 1024)

typedef enum {
  STATEMENT_META,
  STATEMENT_PENDING,
  STATEMENT_FORGET,
  STATEMENT_AUTHOR,
  STATEMENT_ENTRY,
  N_STATEMENTS,
} Statement;

static const char *const statements[N_STATEMENTS] = {
  [STATEMENT_META] = "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)",
  [STATEMENT_PENDING] = "INSERT OR REPLACE INTO pending (counter, op) VALUES (?1, ?2)",
  [STATEMENT_FORGET] = "DELETE FROM pending WHERE counter = ?1",
  [STATEMENT_AUTHOR] = "INSERT OR IGNORE INTO author (member) VALUES (?1)",
  [STATEMENT_ENTRY] = "INSERT OR REPLACE INTO log (seq, author, counter, time, op) "
                      "VALUES (?1, (SELECT id FROM author WHERE member = ?2), ?3, ?4, ?5)",
};

static const char schema[] =
    "BEGIN;"
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE author (id INTEGER PRIMARY KEY, member TEXT NOT NULL UNIQUE);"
    "CREATE TABLE log (seq INTEGER PRIMARY KEY, author INTEGER NOT NULL, counter INTEGER NOT NULL,"
    "                  time INTEGER NOT NULL, op TEXT);"
    "CREATE TABLE pending (counter INTEGER PRIMARY KEY, op TEXT NOT NULL);"
    "PRAGMA application_id = 1148346980;" /* APPLICATION_ID */
    "PRAGMA user_version = 1;"            /* FORMAT_VERSION */
    "COMMIT;";

struct _DrawJournal {
  GObject parent_instance;

  /* The main thread's. */
  char *path;
  GHashTable *meta;
  DrawFileLock *file_lock;
  DrawWriter *writer;

  /* The writing thread's, once the writer has started. */
  sqlite3 *db;
  sqlite3_stmt *prepared[N_STATEMENTS];
};

G_DEFINE_FINAL_TYPE (DrawJournal, draw_journal, G_TYPE_OBJECT)

enum { SIGNAL_WRITTEN, SIGNAL_FAILED, SIGNAL_RECOVERED, SIGNAL_CAUGHT_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- SQLite ------------------------------------------------------------------------------------- */

static void
set_sqlite_error (GError **error, sqlite3 *db, int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: /* a table or column that is not there */
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED, _("The board’s file is damaged (%s)."),
                   sqlite3_errstr (result));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_BUSY,
                           _("This board is already open in another window or program."));
      break;
    default:
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The board’s file cannot be used: %s."),
                   db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (result));
    }
}

static gboolean
db_exec (sqlite3 *db, const char *sql, GError **error)
{
  int result = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    set_sqlite_error (error, db, result);
  return result == SQLITE_OK;
}

/* A connection that trusts nothing in the file: a board may come from a stranger. */
static sqlite3 *
db_connect (const char *path, int flags, GError **error)
{
  sqlite3 *db = NULL;
  int result = sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_extended_result_codes (db, 1);
      sqlite3_busy_timeout (db, 2000);
      sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
      sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
      if (db_exec (db, "PRAGMA cell_size_check = ON", error))
        return db;
    }
  else
    set_sqlite_error (error, db, result);
  sqlite3_close (db);
  return NULL;
}

static gboolean
db_query_int (sqlite3 *db, const char *sql, int64_t *value, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL);

  if (result == SQLITE_OK && (result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      *value = sqlite3_column_int64 (stmt, 0);
      sqlite3_finalize (stmt);
      return TRUE;
    }
  sqlite3_finalize (stmt);
  set_sqlite_error (error, db, result == SQLITE_DONE ? SQLITE_CORRUPT : result);
  return FALSE;
}

/* A column's text, or NULL when it is null or not text: bytes with a NUL inside or that are not UTF-8
 * were not written by us. Borrowed until the next step. */
static const char *
column_text (sqlite3_stmt *stmt, int column)
{
  const char *text;

  if (sqlite3_column_type (stmt, column) != SQLITE_TEXT)
    return NULL;
  text = (const char *) sqlite3_column_text (stmt, column);
  if (text == NULL || !g_utf8_validate (text, sqlite3_column_bytes (stmt, column), NULL))
    return NULL;
  return text;
}

static void
read_meta (sqlite3 *db, GHashTable *meta)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT name, value FROM meta LIMIT 100", -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      {
        g_autofree char *name = g_strdup (column_text (stmt, 0));
        const char *value = column_text (stmt, 1);

        if (name != NULL && value != NULL)
          g_hash_table_replace (meta, g_steal_pointer (&name), g_strdup (value));
      }
  sqlite3_finalize (stmt);
}

static gboolean
db_check_format (sqlite3 *db, GError **error)
{
  int64_t application, version;

  if (!db_query_int (db, "PRAGMA application_id", &application, error) ||
      !db_query_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (application != APPLICATION_ID || version < 1)
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED, _("This file is not a board."));
      return FALSE;
    }
  if (version > FORMAT_VERSION)
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_VERSION,
                           _("This board was saved by a newer version of Drawbridge."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
db_check_pages (sqlite3 *db, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
  gboolean ok = result == SQLITE_OK && (result = sqlite3_step (stmt)) == SQLITE_ROW &&
                g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0;

  sqlite3_finalize (stmt);
  if (!ok)
    set_sqlite_error (error, db, result == SQLITE_ROW ? SQLITE_CORRUPT : result);
  return ok;
}

static void
journal_disconnect (DrawJournal *self)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    g_clear_pointer (&self->prepared[i], sqlite3_finalize);
  g_clear_pointer (&self->db, sqlite3_close);
}

static gboolean
journal_connect (DrawJournal *self, GError **error)
{
  self->db = db_connect (self->path, SQLITE_OPEN_READWRITE, error);
  return self->db != NULL && db_exec (self->db, "PRAGMA journal_mode = WAL", error);
}

static gboolean
journal_prepare (DrawJournal *self, GError **error)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      int result = sqlite3_prepare_v3 (self->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                                       &self->prepared[i], NULL);
      if (result != SQLITE_OK)
        {
          set_sqlite_error (error, self->db, result);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- On the writing thread ----------------------------------------------------------------------- */

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
run_entry (DrawJournal *self, const DrawWrite *write)
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
run_write (DrawJournal *self, const DrawWrite *write)
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
    }
  g_assert_not_reached ();
}

static gboolean
run_batch (DrawJournal *self, GPtrArray *batch, gboolean sync, GError **error)
{
  int result = SQLITE_OK;

  if (!db_exec (self->db, sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error) ||
      !db_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < batch->len && result == SQLITE_OK; i++)
    result = run_write (self, g_ptr_array_index (batch, i));
  if (result == SQLITE_OK && db_exec (self->db, "COMMIT", error))
    return TRUE;
  if (result != SQLITE_OK)
    set_sqlite_error (error, self->db, result);
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* After a failed write or sync nobody knows what the kernel still holds of the WAL. Closing moves what
 * was committed into the file, and the next transaction starts a new WAL. */
static gboolean
on_write_batch (GPtrArray *batch, gboolean sync, gpointer user_data, GError **error)
{
  DrawJournal *self = user_data;

  if ((self->db != NULL || (journal_connect (self, error) && journal_prepare (self, error))) &&
      run_batch (self, batch, sync, error))
    return TRUE;
  journal_disconnect (self);
  return FALSE;
}

/* --- The object --------------------------------------------------------------------------------- */

static void
on_written (DrawJournal *self, guint64 counter)
{
  g_signal_emit (self, signals[SIGNAL_WRITTEN], 0, counter);
}

static void
on_failed (DrawJournal *self, GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
on_recovered (DrawJournal *self)
{
  g_signal_emit (self, signals[SIGNAL_RECOVERED], 0);
}

static void
on_caught_up (DrawJournal *self)
{
  g_signal_emit (self, signals[SIGNAL_CAUGHT_UP], 0);
}

static void
draw_journal_dispose (GObject *object)
{
  DrawJournal *self = DRAW_JOURNAL (object);

  if (self->writer != NULL)
    {
      draw_journal_close (self, NULL);
      g_signal_handlers_disconnect_by_data (self->writer, self);
    }
  g_clear_object (&self->writer);
  G_OBJECT_CLASS (draw_journal_parent_class)->dispose (object);
}

static void
draw_journal_finalize (GObject *object)
{
  DrawJournal *self = DRAW_JOURNAL (object);

  g_hash_table_unref (self->meta);
  g_free (self->path);
  G_OBJECT_CLASS (draw_journal_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType param)
{
  return g_signal_new (name, DRAW_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, param);
}

static void
draw_journal_class_init (DrawJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = draw_journal_dispose;
  object_class->finalize = draw_journal_finalize;
  signals[SIGNAL_WRITTEN] = new_signal ("written", 1, G_TYPE_UINT64);
  signals[SIGNAL_FAILED] = new_signal ("failed", 1, G_TYPE_ERROR);
  signals[SIGNAL_RECOVERED] = new_signal ("recovered", 0, G_TYPE_NONE);
  signals[SIGNAL_CAUGHT_UP] = new_signal ("caught-up", 0, G_TYPE_NONE);
}

static void
draw_journal_init (DrawJournal *self)
{
  self->meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->writer = draw_writer_new (DRAW_JOURNAL_BACKLOG, on_write_batch, self);
  g_signal_connect_swapped (self->writer, "written", G_CALLBACK (on_written), self);
  g_signal_connect_swapped (self->writer, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (self->writer, "recovered", G_CALLBACK (on_recovered), self);
  g_signal_connect_swapped (self->writer, "caught-up", G_CALLBACK (on_caught_up), self);
}

static DrawJournal *
journal_new (const char *path, DrawFileLock *lock)
{
  DrawJournal *self = g_object_new (DRAW_TYPE_JOURNAL, NULL);

  self->path = g_strdup (path);
  self->file_lock = lock;
  return self;
}

static DrawJournal *
journal_create_locked (const char *path, DrawFileLock *lock, GError **error)
{
  g_autoptr (DrawJournal) self = journal_new (path, lock);
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    {
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The board cannot be saved to “%s”: %s"), path,
                   g_strerror (errno));
      return NULL;
    }
  close (fd);
  if (journal_connect (self, error) && db_exec (self->db, schema, error) &&
      journal_prepare (self, error))
    return g_steal_pointer (&self);
  journal_disconnect (self);
  g_unlink (path);
  return NULL;
}

DrawJournal *
draw_journal_create (const char *path, GError **error)
{
  DrawFileLock *lock;

  g_return_val_if_fail (path != NULL, NULL);

  lock = draw_file_lock_take (path, error);
  return lock != NULL ? journal_create_locked (path, lock, error) : NULL;
}

DrawJournal *
draw_journal_open (const char *path, GError **error)
{
  g_autoptr (DrawJournal) self = NULL;
  DrawFileLock *lock;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_access (path, R_OK | W_OK) != 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                   _("The board cannot be opened: %s"), g_strerror (saved));
      return NULL;
    }
  lock = draw_file_lock_take (path, error);
  if (lock == NULL)
    return NULL;
  self = journal_new (path, lock);
  /* The format first: asking a foreign database for WAL would change it. */
  self->db = db_connect (path, SQLITE_OPEN_READWRITE, error);
  if (self->db == NULL || !db_check_format (self->db, error) ||
      !db_exec (self->db, "PRAGMA journal_mode = WAL", error) || !db_check_pages (self->db, error) ||
      !journal_prepare (self, error))
    return NULL;
  read_meta (self->db, self->meta);
  return g_steal_pointer (&self);
}

/* --- Repair ------------------------------------------------------------------------------------- */

static void
salvage_rows (DrawJournal *self, sqlite3 *damaged, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (damaged, sql, -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      {
        int64_t counter = sqlite3_column_int64 (stmt, 0);
        const char *text = column_text (stmt, 1);

        if (counter > 0 && text != NULL)
          run_counter (self->prepared[STATEMENT_PENDING], (uint64_t) counter, text);
      }
  sqlite3_finalize (stmt);
}

static gboolean
salvage (DrawJournal *self, sqlite3 *damaged, GError **error)
{
  static const char *const kept[] = {
    DRAW_META_BOARD, DRAW_META_SEED,  DRAW_META_KEY,     DRAW_META_LINK,
    DRAW_META_TITLE, DRAW_META_ROLE,  DRAW_META_INVITES, DRAW_META_MUTED,
  };

  if (damaged != NULL)
    read_meta (damaged, self->meta);
  g_hash_table_remove (self->meta, DRAW_META_HISTORY); /* it speaks of ops that may be gone */
  for (guint i = 0; i < 3; i++)
    if (!g_hash_table_contains (self->meta, kept[i]))
      {
        g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED,
                             _("Too little of it can still be read to open it."));
        return FALSE;
      }
  if (!db_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      const char *value = g_hash_table_lookup (self->meta, kept[i]);
      const DrawWrite write = { DRAW_WRITE_META, .name = (char *) kept[i], .text = (char *) value };

      if (value != NULL)
        run_write (self, &write);
    }
  /* From both ends, each up to the damage. */
  salvage_rows (self, damaged, "SELECT counter, op FROM pending ORDER BY counter");
  salvage_rows (self, damaged, "SELECT counter, op FROM pending ORDER BY counter DESC");
  return db_exec (self->db, "COMMIT", error);
}

DrawJournal *
draw_journal_repair (const char *path, char **aside, GError **error)
{
  g_autoptr (DrawJournal) self = NULL;
  DrawFileLock *lock;
  sqlite3 *damaged;
  gboolean ok;

  g_return_val_if_fail (path != NULL && aside != NULL, NULL);

  *aside = NULL;
  lock = draw_file_lock_take (path, error);
  if (lock == NULL)
    return NULL;
  *aside = draw_aside_move (path, error);
  if (*aside == NULL)
    {
      draw_file_lock_release (lock);
      return NULL;
    }
  self = journal_create_locked (path, lock, error);
  if (self == NULL)
    return NULL;
  damaged = db_connect (*aside, SQLITE_OPEN_READWRITE, NULL);
  ok = salvage (self, damaged, error);
  sqlite3_close (damaged);
  if (ok)
    return g_steal_pointer (&self);
  journal_disconnect (self);
  g_unlink (path);
  return NULL;
}

/* --- Public ------------------------------------------------------------------------------------- */

const char *
draw_journal_get_path (DrawJournal *self)
{
  g_return_val_if_fail (DRAW_IS_JOURNAL (self), NULL);

  return self->path;
}

const char *
draw_journal_get_meta (DrawJournal *self, const char *name)
{
  g_return_val_if_fail (DRAW_IS_JOURNAL (self) && name != NULL, NULL);

  return g_hash_table_lookup (self->meta, name);
}

void
draw_journal_set_meta (DrawJournal *self, const char *name, const char *value)
{
  g_return_if_fail (DRAW_IS_JOURNAL (self) && name != NULL);

  if (g_strcmp0 (draw_journal_get_meta (self, name), value) == 0)
    return;
  draw_writer_push (self->writer, &(DrawWrite){ DRAW_WRITE_META, .name = (char *) name,
                                                .text = (char *) value });
  if (value != NULL)
    g_hash_table_replace (self->meta, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->meta, name);
}

typedef gboolean (*RowFunc) (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error);

static gboolean
for_each_row (DrawJournal *self, const char *sql, RowFunc func, gpointer data, GError **error)
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
      set_sqlite_error (error, self->db, result);
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
  DrawJournalEntryFunc entry;
  DrawJournalPendingFunc pending;
  gpointer user_data;
} Loader;

static gboolean
load_entry (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error)
{
  Loader *loader = data;
  const char *member = column_text (stmt, 1);
  const char *text = column_text (stmt, 4);
  int64_t counter = sqlite3_column_int64 (stmt, 2);

  if (sqlite3_column_int64 (stmt, 0) != (int64_t) row || member == NULL || counter < 1 ||
      (text == NULL && sqlite3_column_type (stmt, 4) != SQLITE_NULL))
    return set_damaged (error);
  return loader->entry (row, member, (uint64_t) counter, sqlite3_column_int64 (stmt, 3), text,
                        loader->user_data, error);
}

static gboolean
load_pending (sqlite3_stmt *stmt, uint64_t row, gpointer data, GError **error)
{
  Loader *loader = data;
  const char *text = column_text (stmt, 1);
  int64_t counter = sqlite3_column_int64 (stmt, 0);

  if (text == NULL || counter < 1)
    return set_damaged (error);
  return loader->pending ((uint64_t) counter, text, loader->user_data, error);
}

gboolean
draw_journal_load (DrawJournal *self, DrawJournalEntryFunc entry, DrawJournalPendingFunc pending,
                   gpointer user_data, GError **error)
{
  Loader loader = { entry, pending, user_data };

  g_return_val_if_fail (DRAW_IS_JOURNAL (self) && entry != NULL && pending != NULL, FALSE);
  g_return_val_if_fail (!draw_writer_is_started (self->writer) && self->db != NULL, FALSE);

  return for_each_row (self,
                       "SELECT seq, member, counter, time, op FROM log LEFT JOIN author "
                       "ON author.id = log.author ORDER BY seq",
                       load_entry, &loader, error) &&
         for_each_row (self, "SELECT counter, op FROM pending ORDER BY counter", load_pending, &loader,
                       error);
}

void
draw_journal_add_pending (DrawJournal *self, uint64_t counter, const char *text)
{
  g_return_if_fail (DRAW_IS_JOURNAL (self) && counter > 0 && text != NULL);

  draw_writer_push (self->writer, &(DrawWrite){ DRAW_WRITE_PENDING, .counter = counter,
                                                .text = (char *) text });
}

void
draw_journal_remove_pending (DrawJournal *self, uint64_t counter)
{
  g_return_if_fail (DRAW_IS_JOURNAL (self) && counter > 0);

  draw_writer_push (self->writer, &(DrawWrite){ DRAW_WRITE_FORGET, .counter = counter });
}

void
draw_journal_add_entry (DrawJournal *self, uint64_t seq, const char *member, uint64_t counter,
                        int64_t time_ms, const char *text, gboolean own)
{
  g_return_if_fail (DRAW_IS_JOURNAL (self) && seq > 0 && member != NULL && counter > 0);

  draw_writer_push (self->writer, &(DrawWrite){ DRAW_WRITE_ENTRY, .counter = counter, .seq = seq,
                                                .time = time_ms, .own = own,
                                                .name = (char *) member, .text = (char *) text });
}

gboolean
draw_journal_is_behind (DrawJournal *self)
{
  g_return_val_if_fail (DRAW_IS_JOURNAL (self), FALSE);

  return draw_writer_is_behind (self->writer);
}

gboolean
draw_journal_close (DrawJournal *self, GError **error)
{
  gboolean ok;

  g_return_val_if_fail (DRAW_IS_JOURNAL (self), FALSE);

  ok = draw_writer_close (self->writer, error);
  journal_disconnect (self);
  g_clear_pointer (&self->file_lock, draw_file_lock_release);
  return ok;
}

DrawBoardInfo *
draw_journal_peek (const char *path)
{
  g_autoptr (GHashTable) meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  DrawBoardInfo *info = NULL;
  int64_t n_waiting = 0;
  sqlite3 *db;

  g_return_val_if_fail (path != NULL, NULL);

  db = db_connect (path, SQLITE_OPEN_READONLY, NULL);
  if (db != NULL && db_check_format (db, NULL) &&
      db_query_int (db, "SELECT count(*) FROM pending", &n_waiting, NULL))
    read_meta (db, meta);
  sqlite3_close (db);
  if (g_hash_table_contains (meta, DRAW_META_BOARD))
    {
      const char *title = g_hash_table_lookup (meta, DRAW_META_TITLE);

      info = g_new0 (DrawBoardInfo, 1);
      info->path = g_strdup (path);
      info->board = g_strdup (g_hash_table_lookup (meta, DRAW_META_BOARD));
      info->title = g_strdup (title != NULL ? title : "");
      info->shared = g_hash_table_contains (meta, DRAW_META_LINK);
      info->n_waiting = (guint) MIN (n_waiting, G_MAXINT);
    }
  return info;
}
