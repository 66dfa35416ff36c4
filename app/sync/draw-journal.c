/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that waits while a commit runs goes into the next one, so that the price of the sync is paid
 * once for all of it. The main thread opens and loads; from then on the file belongs to the writing thread.
 */
#include "draw-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "draw-aside.h"
#include "draw-error.h"
#include "draw-file-lock.h"
#include "draw-journal-db.h"
#include "draw-journal-file.h"
#include "draw-writer.h"

struct _DrawJournal {
  GObject parent_instance;

  /* The main thread's. */
  char *path;
  GHashTable *meta;
  DrawFileLock *file_lock;
  DrawWriter *writer;

  DrawJournalFile *file; /* the writing thread's, once the writer has started */
};

G_DEFINE_FINAL_TYPE (DrawJournal, draw_journal, G_TYPE_OBJECT)

enum { SIGNAL_WRITTEN, SIGNAL_FAILED, SIGNAL_RECOVERED, SIGNAL_CAUGHT_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

/* On the writing thread. */
static gboolean
on_write_batch (GPtrArray *batch, gboolean sync, gpointer user_data, GError **error)
{
  DrawJournal *self = user_data;

  return draw_journal_file_write (self->file, batch, sync, error);
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
  g_clear_pointer (&self->file, draw_journal_file_free);
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
  self->file = draw_journal_file_create (path, error);
  return self->file != NULL ? g_steal_pointer (&self) : NULL;
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
  self->file = draw_journal_file_open (path, error);
  if (self->file == NULL)
    return NULL;
  draw_journal_file_read_meta (self->file, self->meta);
  return g_steal_pointer (&self);
}

DrawJournal *
draw_journal_repair (const char *path, char **aside, GError **error)
{
  g_autoptr (DrawJournal) self = NULL;
  DrawFileLock *lock;

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
  if (draw_journal_file_salvage (self->file, *aside, self->meta, error))
    return g_steal_pointer (&self);
  draw_journal_file_close (self->file);
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

gboolean
draw_journal_load (DrawJournal *self, const DrawJournalLoader *loader, gpointer user_data, GError **error)
{
  g_return_val_if_fail (DRAW_IS_JOURNAL (self) && loader != NULL, FALSE);
  g_return_val_if_fail (loader->entry != NULL && loader->pending != NULL, FALSE);
  g_return_val_if_fail (!draw_writer_is_started (self->writer), FALSE);

  return draw_journal_file_load (self->file, loader, user_data, error);
}

gboolean
draw_journal_read_log (const char *path, const DrawJournalLoader *loader, gpointer user_data, GError **error)
{
  g_autoptr (DrawJournalFile) file = NULL;

  g_return_val_if_fail (path != NULL && loader != NULL && loader->entry != NULL, FALSE);

  file = draw_journal_file_open_beside (path, error);
  return file != NULL && draw_journal_file_load (file, loader, user_data, error);
}

gboolean
draw_journal_read_entries (const char *path, uint64_t after, DrawJournalEntryFunc entry,
                           gpointer user_data, GError **error)
{
  const DrawJournalLoader loader = { NULL, entry, NULL };
  g_autoptr (DrawJournalFile) file = NULL;

  g_return_val_if_fail (path != NULL && entry != NULL, FALSE);

  file = draw_journal_file_open_beside (path, error);
  return file != NULL && draw_journal_file_load_after (file, after, &loader, user_data, error);
}

gboolean
draw_journal_find_entries (const char *path, const char *word, DrawJournalEntryFunc entry,
                           gpointer user_data, GError **error)
{
  const DrawJournalLoader loader = { NULL, entry, NULL };
  g_autoptr (DrawJournalFile) file = NULL;

  g_return_val_if_fail (path != NULL && word != NULL && entry != NULL, FALSE);

  file = draw_journal_file_open_beside (path, error);
  return file != NULL && draw_journal_file_find (file, word, &loader, user_data, error);
}

gboolean
draw_journal_read_extent (const char *path, uint64_t *first, uint64_t *state, GError **error)
{
  g_autoptr (DrawJournalFile) file = NULL;

  g_return_val_if_fail (path != NULL && first != NULL && state != NULL, FALSE);

  file = draw_journal_file_open_beside (path, error);
  return file != NULL && draw_journal_file_read_extent (file, first, state, error);
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

void
draw_journal_set_state (DrawJournal *self, uint64_t seq, GBytes *bytes)
{
  g_return_if_fail (DRAW_IS_JOURNAL (self) && seq > 0 && bytes != NULL);

  if (g_bytes_get_size (bytes) <= DRAW_JOURNAL_MAX_STATE)
    draw_writer_push (self->writer, &(DrawWrite){ DRAW_WRITE_STATE, .seq = seq, .bytes = bytes });
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
  if (self->file != NULL)
    draw_journal_file_close (self->file);
  g_clear_pointer (&self->file_lock, draw_file_lock_release);
  return ok;
}

DrawBoardInfo *
draw_journal_peek (const char *path)
{
  g_autoptr (GHashTable) meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  DrawBoardInfo *info = NULL;
  int64_t n_waiting = 0, version;
  sqlite3 *db;

  g_return_val_if_fail (path != NULL, NULL);

  db = draw_journal_db_connect (path, SQLITE_OPEN_READONLY, NULL);
  if (db != NULL && draw_journal_db_check_format (db, &version, NULL) &&
      draw_journal_db_query_int (db, "SELECT count(*) FROM pending", &n_waiting, NULL))
    draw_journal_db_read_meta (db, meta);
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
