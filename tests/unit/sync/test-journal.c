/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/draw-error.h"
#include "sync/draw-journal.h"

typedef struct {
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->directory = g_dir_make_tmp ("journal-XXXXXX", NULL);
  f->path = g_build_filename (f->directory, "board.drawbridge", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->directory);
  g_free (f->directory);
  g_free (f->path);
}

/* --- What is in a journal, as text: "1 alice#1@5=a 2 bob#1@6=- | 2=b" ----------------------------- */

static gboolean
print_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
             gpointer data, GError **error)
{
  g_string_append_printf (data, "%" PRIu64 " %s#%" PRIu64 "@%" PRIi64 "=%s ", seq, member, counter,
                          time_ms, text != NULL ? text : "-");
  return TRUE;
}

static gboolean
print_pending (uint64_t counter, const char *text, gpointer data, GError **error)
{
  g_string_append_printf (data, "| %" PRIu64 "=%s", counter, text);
  return TRUE;
}

static const DrawJournalLoader printer = { NULL, print_entry, print_pending };

static void
assert_content (Fixture *f, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawJournal) journal = draw_journal_open (f->path, &error);
  g_autoptr (GString) content = g_string_new (NULL);

  g_assert_no_error (error);
  draw_journal_load (journal, &printer, content, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content->str, ==, expected);
}

static DrawJournal *
create (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  DrawJournal *journal = draw_journal_create (f->path, &error);

  g_assert_no_error (error);
  draw_journal_set_meta (journal, DRAW_META_BOARD, "the-board");
  draw_journal_set_meta (journal, DRAW_META_SEED, "the-seed");
  draw_journal_set_meta (journal, DRAW_META_KEY, "the-key");
  return journal;
}

static void
finish (DrawJournal *journal)
{
  g_autoptr (GError) error = NULL;

  draw_journal_close (journal, &error);
  g_assert_no_error (error);
  g_object_unref (journal);
}

static void
on_written (DrawJournal *journal, guint64 counter, gpointer data)
{
  *(guint64 *) data = counter;
}

static void
await_written (DrawJournal *journal, guint64 counter)
{
  guint64 written = 0;
  gulong id = g_signal_connect (journal, "written", G_CALLBACK (on_written), &written);

  while (written < counter)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (journal, id);
}

/* --- Tests -------------------------------------------------------------------------------------- */

static void
test_reopen (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);

  draw_journal_set_meta (journal, DRAW_META_TITLE, "Título");
  draw_journal_add_pending (journal, 1, "a");
  draw_journal_add_pending (journal, 2, "b");
  draw_journal_add_entry (journal, 1, "alice", 1, 5, "a", TRUE);
  draw_journal_add_entry (journal, 2, "bob", 1, 6, NULL, FALSE);
  await_written (journal, 2);
  finish (journal);
  assert_content (f, "1 alice#1@5=a 2 bob#1@6=- | 2=b");

  journal = draw_journal_open (f->path, NULL);
  g_assert_cmpstr (draw_journal_get_meta (journal, DRAW_META_TITLE), ==, "Título");
  g_assert_null (draw_journal_get_meta (journal, DRAW_META_LINK));
  draw_journal_remove_pending (journal, 2);
  draw_journal_set_meta (journal, DRAW_META_TITLE, NULL);
  finish (journal);
  assert_content (f, "1 alice#1@5=a 2 bob#1@6=- ");
  journal = draw_journal_open (f->path, NULL);
  g_assert_null (draw_journal_get_meta (journal, DRAW_META_TITLE));
  finish (journal);
}

static void
test_is_private (Fixture *f, gconstpointer data)
{
  static const char *const parts[] = { "", "-wal", "-shm", ".lock" };
  mode_t old = umask (0);
  DrawJournal *journal = create (f);

  draw_journal_add_pending (journal, 1, "a");
  await_written (journal, 1);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat (f->path, parts[i], NULL);
      struct stat buf;

      g_assert_cmpint (stat (path, &buf), ==, 0);
      g_assert_cmpint (buf.st_mode & 0777, ==, 0600);
    }
  finish (journal);
  umask (old);
}

static void
test_one_at_a_time (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autofree char *lock = g_strconcat (f->path, ".lock", NULL);
  g_autoptr (GError) error = NULL;
  int status;
  pid_t pid;

  g_assert_null (draw_journal_open (f->path, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_BUSY);
  g_clear_error (&error);
  finish (journal);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));

  /* Whoever dies gives it back. */
  pid = fork ();
  if (pid == 0)
    {
      if (draw_journal_open (f->path, NULL) == NULL)
        _exit (1);
      kill (getpid (), SIGKILL);
    }
  waitpid (pid, &status, 0);
  g_assert_true (WIFSIGNALED (status));
  assert_content (f, "");
}

static void
test_peek (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autoptr (DrawBoardInfo) info = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *junk = g_build_filename (f->directory, "junk.drawbridge", NULL);

  g_file_set_contents (junk, "not a board", -1, NULL);
  draw_journal_set_meta (journal, DRAW_META_TITLE, "Plan");
  draw_journal_set_meta (journal, DRAW_META_LINK, "drawbridge://...");
  draw_journal_add_pending (journal, 1, "a");
  draw_journal_add_pending (journal, 2, "b");
  await_written (journal, 2);
  /* While it is open, and after. */
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&info, draw_board_info_free);
      info = draw_journal_peek (f->path);
      g_assert_cmpstr (info->board, ==, "the-board");
      g_assert_cmpstr (info->title, ==, "Plan");
      g_assert_true (info->shared);
      g_assert_cmpuint (info->n_waiting, ==, 2);
      if (i == 0)
        finish (journal);
    }
  all = draw_library_list (f->directory);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (((DrawBoardInfo *) all->pdata[0])->changed, >, 0);
}

static void
test_newer_version (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char version[4] = { 0, 0, 0, 9 };
  int fd;

  finish (create (f));
  fd = open (f->path, O_RDWR);
  g_assert_cmpint (pwrite (fd, version, 4, 60), ==, 4); /* user_version in SQLite's header */
  close (fd);
  g_assert_null (draw_journal_open (f->path, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_VERSION);
}

/* A child writes and says what "written" told it; it is killed at some moment. What it said is there. */
static void
run_until_killed (Fixture *f, int out)
{
  DrawJournal *journal = draw_journal_open (f->path, NULL);
  guint64 counter = 0, written = 0;

  g_signal_connect (journal, "written", G_CALLBACK (on_written), &written);
  for (;;)
    {
      guint64 before = written;

      counter++;
      draw_journal_add_pending (journal, counter, "an op of some length, so that pages fill up");
      if (counter % 3 == 0)
        draw_journal_add_entry (journal, counter / 3, "me", counter / 3, 1, "confirmed", TRUE);
      /* A hand draws no faster than this disk. */
      while (g_main_context_iteration (NULL, counter - written > 200))
        ;
      if (written != before && write (out, &written, sizeof written) != sizeof written)
        _exit (1);
    }
}

typedef struct {
  guint64 n_entries, last_pending;
} Count;

static gboolean
count_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
             gpointer data, GError **error)
{
  ((Count *) data)->n_entries++;
  return TRUE;
}

static gboolean
count_pending (uint64_t counter, const char *text, gpointer data, GError **error)
{
  Count *count = data;

  /* No hole: what is confirmed is not pending, what is not is. */
  g_assert_cmpuint (counter, ==, MAX (count->last_pending, count->n_entries) + 1);
  count->last_pending = counter;
  return TRUE;
}

static const DrawJournalLoader counting = { NULL, count_entry, count_pending };

static void
test_killed (Fixture *f, gconstpointer data)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (GError) error = NULL;
      DrawJournal *journal;
      Count count = { 0 };
      guint64 said = 0, value;
      int ends[2];
      pid_t pid;

      g_unlink (f->path);
      finish (create (f));
      g_assert_cmpint (pipe (ends), ==, 0);
      pid = fork ();
      if (pid == 0)
        run_until_killed (f, ends[1]);
      close (ends[1]);
      /* After so many words, then a little more at random. */
      for (guint i = 0; i <= round && read (ends[0], &value, sizeof value) == sizeof value; i++)
        said = value;
      g_usleep (g_test_rand_int_range (0, 3000));
      kill (pid, SIGKILL);
      while (read (ends[0], &value, sizeof value) == sizeof value)
        said = value;
      waitpid (pid, NULL, 0);
      close (ends[0]);

      journal = draw_journal_open (f->path, &error);
      g_assert_no_error (error);
      draw_journal_load (journal, &counting, &count, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (said, >, 0);
      g_assert_cmpuint (MAX (count.last_pending, count.n_entries), >=, said);
      finish (journal);
    }
}

/* Without the sync that g_file_set_contents() brings: this is done hundreds of times. */
static void
write_whole (const char *path, const char *bytes, gsize length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
}

static void
make_damage (Fixture *f, gsize offset, gsize length)
{
  g_autofree char *bytes = g_malloc (length);
  int fd = open (f->path, O_RDWR);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) g_test_rand_int_range (0, 256);
  g_assert_cmpint (pwrite (fd, bytes, length, (off_t) offset), ==, (gssize) length);
  close (fd);
}

static void
repair (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (DrawJournal) journal = draw_journal_repair (f->path, &aside, &error);
  g_autoptr (GString) content = g_string_new (NULL);

  g_assert_nonnull (aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  if (journal != NULL)
    {
      g_assert_cmpstr (draw_journal_get_meta (journal, DRAW_META_BOARD), !=, NULL);
      draw_journal_load (journal, &printer, content, &error);
      g_assert_no_error (error);
    }
  else
    {
      g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED);
      g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
    }
  g_unlink (aside);
}

/* Whatever a disk does to the file: it opens, or it is set aside; never a crash. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *original = NULL;
  DrawJournal *journal = create (f);
  gsize length;
  guint n_damaged = 0;

  for (guint i = 1; i <= 300; i++)
    {
      draw_journal_add_pending (journal, i, "an op of some length, so that several pages are filled");
      if (i % 2 == 0)
        draw_journal_add_entry (journal, i / 2, "me", i / 2, 1, "confirmed", TRUE);
    }
  finish (journal);
  g_assert_true (g_file_get_contents (f->path, &original, &length, NULL));
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GString) content = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      gboolean ok;

      write_whole (f->path, original, length);
      make_damage (f, (gsize) g_test_rand_int_range (0, (int) length - 64),
                   (gsize) g_test_rand_int_range (1, 64));
      journal = draw_journal_open (f->path, &error);
      ok = journal != NULL &&
           draw_journal_load (journal, &printer, content, &error);
      g_clear_object (&journal);
      if (ok)
        continue;
      n_damaged++;
      g_assert_true (error->domain == DRAW_ERROR);
      if (error->code == DRAW_ERROR_DAMAGED)
        repair (f);
    }
  g_assert_cmpuint (n_damaged, >, 0);
}

static void
test_repair_keeps (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  draw_journal_set_meta (journal, DRAW_META_LINK, "the-link");
  draw_journal_set_meta (journal, DRAW_META_HISTORY, "the-history");
  draw_journal_add_entry (journal, 1, "me", 1, 5, "a", TRUE);
  draw_journal_add_pending (journal, 2, "b");
  /* A hole in the log: seq 2 is missing. */
  draw_journal_add_entry (journal, 3, "me", 3, 5, "c", TRUE);
  finish (journal);
  journal = draw_journal_repair (f->path, &aside, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (aside, ".damaged-1"));
  g_assert_cmpstr (draw_journal_get_meta (journal, DRAW_META_LINK), ==, "the-link");
  g_assert_null (draw_journal_get_meta (journal, DRAW_META_HISTORY));
  finish (journal);
  assert_content (f, "| 2=b");
}

static gboolean
fail_load (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
           gpointer data, GError **error)
{
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED, "stop");
  return FALSE;
}

static const DrawJournalLoader failing = { NULL, fail_load, print_pending };

static void
test_load_stops (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autoptr (GError) error = NULL;

  draw_journal_add_entry (journal, 1, "me", 1, 5, "a", TRUE);
  finish (journal);
  journal = draw_journal_open (f->path, NULL);
  g_assert_false (draw_journal_load (journal, &failing, NULL, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED);
  finish (journal);
}

static void
on_flag (DrawJournal *journal, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
test_backlog (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  DrawJournal *journal = create (f);
  gboolean caught_up = FALSE;
  uint64_t seq = 0;

  g_signal_connect (journal, "caught-up", G_CALLBACK (on_flag), &caught_up);
  while (!draw_journal_is_behind (journal) && seq < 1000)
    {
      seq++;
      draw_journal_add_entry (journal, seq, "me", seq, 1, text, FALSE);
    }
  g_assert_cmpuint (seq, <, 1000);
  while (!caught_up)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (draw_journal_is_behind (journal));
  finish (journal);
}

static void
on_error (DrawJournal *journal, GError *error, gpointer data)
{
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DISK);
  ++*(guint *) data;
}

/* A disk that is full for a while: it says so once, keeps what waits, and goes on by itself. */
static void
test_full_disk (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  struct rlimit old, small;
  gboolean recovered = FALSE;
  guint64 written = 0;
  guint n_failed = 0;

  draw_journal_add_pending (journal, 1, "before");
  await_written (journal, 1);
  g_signal_connect (journal, "failed", G_CALLBACK (on_error), &n_failed);
  g_signal_connect (journal, "recovered", G_CALLBACK (on_flag), &recovered);
  g_signal_connect (journal, "written", G_CALLBACK (on_written), &written);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  draw_journal_add_pending (journal, 2, "while it is full");
  draw_journal_add_pending (journal, 3, "and more");
  while (n_failed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (written, ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  while (written < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (recovered);
  g_assert_cmpuint (n_failed, ==, 1);
  finish (journal);
  assert_content (f, "| 1=before| 2=while it is full| 3=and more");
}

/* What could not be written by the end is said. */
static void
test_full_at_close (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;

  draw_journal_add_pending (journal, 1, "before");
  await_written (journal, 1);
  getrlimit (RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = 4096;
  setrlimit (RLIMIT_FSIZE, &small);
  draw_journal_add_pending (journal, 2, "lost");
  g_assert_false (draw_journal_close (journal, &error));
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DISK);
  g_object_unref (journal);
  assert_content (f, "| 1=before");
}

/* Ten thousand confirmed ops: opened in a small part of what a person notices. Only counted here; the
 * time is printed, not judged. */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (400, 'x');
  DrawJournal *journal = create (f);
  Count counted = { 0 };
  int64_t started;

  for (guint i = 1; i <= 10000; i++)
    draw_journal_add_entry (journal, i, "somebody", i, 1, text, FALSE);
  finish (journal);
  started = g_get_monotonic_time ();
  journal = draw_journal_open (f->path, NULL);
  draw_journal_load (journal, &counting, &counted, NULL);
  g_test_message ("10000 entries were opened in %.1f ms",
                  (double) (g_get_monotonic_time () - started) / 1000);
  g_assert_cmpuint (counted.n_entries, ==, 10000);
  finish (journal);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (draw_journal_open (f->path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  finish (create (f));
  g_assert_null (draw_journal_create (f->path, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DISK);
}

/* --- The state beside the log -------------------------------------------------------------------- */

static gboolean
print_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  g_string_append_printf (data, "[%" PRIu64 ":%.*s] ", seq, (int) size, text);
  return TRUE;
}

static gboolean
refuse_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  g_string_append (data, "no ");
  return FALSE;
}

static const DrawJournalLoader with_state = { print_state, print_entry, print_pending };
static const DrawJournalLoader without_state = { refuse_state, print_entry, print_pending };

/* NULL: it cannot be loaded. Transfer full. */
static char *
load_content (Fixture *f, const DrawJournalLoader *loader)
{
  DrawJournal *journal = draw_journal_open (f->path, NULL);
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = draw_journal_load (journal, loader, content, &error);

  if (!ok)
    g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED);
  finish (journal);
  return ok ? g_strdup (content->str) : NULL;
}

static void
set_state (DrawJournal *journal, uint64_t seq, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  draw_journal_set_state (journal, seq, bytes);
}

static void
test_state (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autofree char *with = NULL, *without = NULL;
  g_autoptr (GString) beside = g_string_new (NULL);

  draw_journal_add_entry (journal, 1, "me", 1, 5, "a", TRUE);
  set_state (journal, 1, "old");
  draw_journal_add_entry (journal, 2, "me", 2, 5, "b", TRUE);
  set_state (journal, 2, "new");
  draw_journal_add_entry (journal, 3, "me", 3, 5, "c", TRUE);
  draw_journal_add_pending (journal, 4, "d");
  await_written (journal, 4);
  g_assert_true (draw_journal_read_log (f->path, &with_state, beside, NULL));
  finish (journal);
  with = load_content (f, &with_state);
  without = load_content (f, &without_state);
  g_assert_cmpstr (with, ==, "[2:new] 3 me#3@5=c | 4=d");
  g_assert_cmpstr (without, ==, "no 1 me#1@5=a 2 me#2@5=b 3 me#3@5=c | 4=d");
  g_assert_cmpstr (beside->str, ==, "[2:new] 3 me#3@5=c | 4=d");
}

/* The log before a snapshot is not here: without the state nothing can be shown. */
static void
test_state_instead_of_log (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autofree char *alone = NULL, *refused = NULL, *with = NULL, *hole = NULL;

  set_state (journal, 7, "joined");
  finish (journal);
  alone = load_content (f, &with_state);
  refused = load_content (f, &without_state);
  g_assert_cmpstr (alone, ==, "[7:joined] ");
  g_assert_null (refused);
  journal = draw_journal_open (f->path, NULL);
  draw_journal_add_entry (journal, 8, "me", 1, 5, "a", FALSE);
  finish (journal);
  with = load_content (f, &with_state);
  g_assert_cmpstr (with, ==, "[7:joined] 8 me#1@5=a ");
  journal = draw_journal_open (f->path, NULL);
  draw_journal_add_entry (journal, 10, "me", 3, 5, "c", FALSE);
  finish (journal);
  hole = load_content (f, &with_state);
  g_assert_null (hole);
}

/* A file of the first layout, which had no states, is brought up to date. */
static void
test_older_layout (Fixture *f, gconstpointer data)
{
  DrawJournal *journal = create (f);
  g_autofree char *content = NULL;
  sqlite3 *db = NULL;

  draw_journal_add_entry (journal, 1, "me", 1, 5, "a", TRUE);
  finish (journal);
  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DROP TABLE state; PRAGMA user_version = 1", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (db);
  journal = draw_journal_open (f->path, NULL);
  set_state (journal, 1, "kept");
  finish (journal);
  content = load_content (f, &with_state);
  g_assert_cmpstr (content, ==, "[1:kept] ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/journal/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("reopen", test_reopen);
  ADD ("is-private", test_is_private);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("peek", test_peek);
  ADD ("newer-version", test_newer_version);
  ADD ("killed", test_killed);
  ADD ("damaged", test_damaged);
  ADD ("repair-keeps", test_repair_keeps);
  ADD ("load-stops", test_load_stops);
  ADD ("backlog", test_backlog);
  ADD ("full-disk", test_full_disk);
  ADD ("full-at-close", test_full_at_close);
  ADD ("many", test_many);
  ADD ("missing", test_missing);
  ADD ("state", test_state);
  ADD ("state-instead-of-log", test_state_instead_of_log);
  ADD ("older-layout", test_older_layout);
  return g_test_run ();
}
