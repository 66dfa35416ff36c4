/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What only a store with a disk must stand. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log/bridge-log.h"
#include "store-fixture.h"
#include "store/bridge-sqlite-store.h"

#define BOARD "boardboardboardboard01"
#define OTHER "boardboardboardboard02"

static char *
make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("bridge-sqlite-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

static void
remove_directory (char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
  g_free (directory);
}

static BridgeStore *
open_store (const char *directory)
{
  g_autoptr (GError) error = NULL;
  BridgeLimits limits;
  BridgeStore *store;

  bridge_limits_init (&limits);
  store = bridge_sqlite_store_new (directory, &limits, &error);
  g_assert_no_error (error);
  return store;
}

static void
test_reopen (void)
{
  char *directory = make_directory ();
  BridgeStore *store = open_store (directory);
  g_autoptr (BridgeBoard) board = NULL;
  g_autoptr (BridgePage) page = NULL;

  fixture_create (store, BOARD, 'h', NULL);
  fixture_append (store, BOARD, 'h', 1, "one");
  g_assert_finalize_object (store);

  store = open_store (directory);
  board = fixture_load (store, BOARD);
  g_assert_cmpuint (board->seq, ==, 1);
  page = fixture_read (store, BOARD, 1, 9, 100);
  g_assert_cmpuint (page->entries->len, ==, 1);
  g_assert_cmpint (fixture_append (store, BOARD, 'h', 1, "one").outcome, ==,
                   BRIDGE_APPEND_REPEATED);
  g_assert_finalize_object (store);
  remove_directory (directory);
}

static void
test_lock (void)
{
  char *directory = make_directory ();
  BridgeStore *store = open_store (directory);
  g_autoptr (GError) error = NULL;
  BridgeLimits limits;

  bridge_limits_init (&limits);
  g_assert_null (bridge_sqlite_store_new (directory, &limits, &error));
  g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "another server"));
  g_assert_finalize_object (store);

  store = open_store (directory);
  g_assert_finalize_object (store);
  remove_directory (directory);
}

static void
test_not_ours (void)
{
  static const char *const contents[]
      = { "this is no database at all, but long enough to look like one", "SQLite format 3" };
  BridgeLimits limits;

  bridge_limits_init (&limits);
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      char *directory = make_directory ();
      g_autofree char *path = g_build_filename (directory, "boards.db", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      g_assert_null (bridge_sqlite_store_new (directory, &limits, &error));
      g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN);
      remove_directory (directory);
    }
}

static void
test_private (void)
{
  char *directory = make_directory ();
  g_autofree char *inner = g_build_filename (directory, "a", "b", NULL);
  g_autofree char *outer = g_path_get_dirname (inner);
  BridgeStore *store = open_store (inner);
  GStatBuf info;

  g_assert_cmpint (g_stat (inner, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_finalize_object (store);
  remove_directory (g_steal_pointer (&inner));
  g_assert_cmpint (g_rmdir (outer), ==, 0);
  remove_directory (directory);
}

/* --- kill -9 --- */

#define WINDOW 16

typedef struct {
  int pipe;
  uint64_t counter;
} Acked;

static void
on_child_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Acked *acked = user_data;
  BridgeAppended appended;

  if (!bridge_store_append_finish (BRIDGE_STORE (source), result, &appended, NULL)
      || appended.outcome != BRIDGE_APPEND_STORED || appended.value != acked->counter
      || write (acked->pipe, &acked->counter, sizeof acked->counter) != sizeof acked->counter)
    _exit (1);
  g_free (acked);
}

/* Appends for ever, and says through the pipe what was promised. */
G_NORETURN static void
run_child (const char *directory, int pipe)
{
  BridgeStore *store = open_store (directory);
  g_autofree char *id = fixture_key_text ('h');
  g_autoptr (BridgeBoard) board = NULL;
  uint64_t counter;

  fixture_create (store, BOARD, 'h', NULL);
  board = fixture_load (store, BOARD);
  counter = board->seq;
  while (TRUE)
    {
      for (guint i = 0; i < WINDOW; i++)
        {
          g_autoptr (BridgeEntry) entry = bridge_entry_new (id, ++counter, 1, "body");
          Acked *acked = g_new0 (Acked, 1);

          acked->pipe = pipe;
          acked->counter = counter;
          bridge_store_append_async (store, BOARD, entry, on_child_appended, acked);
        }
      fixture_flush (store);
    }
}

/* The highest counter that the child promised before it was killed. */
static uint64_t
kill_after (pid_t child, int pipe, guint n)
{
  uint64_t counter = 0, last = 0;

  while (n > 0 && read (pipe, &counter, sizeof counter) == sizeof counter)
    {
      last = counter;
      n--;
    }
  g_assert_cmpuint (n, ==, 0);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  while (read (pipe, &counter, sizeof counter) == sizeof counter)
    last = counter;
  return last;
}

static void
check_log (const char *directory, uint64_t promised)
{
  BridgeStore *store = open_store (directory);
  g_autoptr (BridgeBoard) board = fixture_load (store, BOARD);
  g_autoptr (BridgePage) page = fixture_read (store, BOARD, 1, G_MAXUINT64, G_MAXSIZE);

  g_assert_cmpuint (board->seq, >=, promised);
  g_assert_cmpuint (page->entries->len, ==, board->seq);
  for (guint i = 0; i < page->entries->len; i++)
    g_assert_cmpuint (((BridgeEntry *) page->entries->pdata[i])->counter, ==, i + 1);
  g_assert_finalize_object (store);
}

/* The child is this program anew: a process with threads does not survive fork(). */
static pid_t
start_child (const char *directory, int *pipe_end)
{
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  child = fork ();
  if (child == 0)
    {
      dup2 (ends[1], 3);
      execl ("/proc/self/exe", "child", "--append-for-ever", directory, NULL);
      _exit (1);
    }
  g_assert_cmpint (child, >, 0);
  close (ends[1]);
  *pipe_end = ends[0];
  return child;
}

static void
test_killed (void)
{
  char *directory = make_directory ();

  for (guint round = 0; round < 8; round++)
    {
      int pipe_end;
      pid_t child = start_child (directory, &pipe_end);
      uint64_t promised = kill_after (child, pipe_end, 1 + round * 37);

      close (pipe_end);
      check_log (directory, promised);
    }
  remove_directory (directory);
}

/* --- A disk that fails --- */

#define N_FAULTY 60

/* One after the other, each until it is promised; at least one was refused on the way. */
G_NORETURN static void
run_through_faults (const char *directory)
{
  BridgeStore *store = open_store (directory);
  g_autofree char *id = fixture_key_text ('h');
  guint n_refused = 0;

  while (fixture_create (store, BOARD, 'h', NULL) != -1)
    n_refused++;
  for (uint64_t counter = 1; counter <= N_FAULTY;)
    {
      g_autoptr (BridgeEntry) entry = bridge_entry_new (id, counter, 1, "body");
      FixtureWait wait = { NULL };
      BridgeAppended appended = { 0 };

      bridge_store_append_async (store, BOARD, entry, fixture_done, &wait);
      if (!bridge_store_append_finish (store, fixture_wait (&wait), &appended, NULL))
        n_refused++;
      else if (appended.outcome > BRIDGE_APPEND_REPEATED || appended.value != counter)
        _exit (1);
      else
        counter++;
      g_object_unref (wait.result);
    }
  g_object_unref (store);
  _exit (n_refused > 0 ? 0 : 2);
}

/* Where processes may not be traced it exits at once. */
static gboolean
can_strace (void)
{
  const char *argv[] = { "strace", "-o", "/dev/null", "true", NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && status == 0;
}

/* Appends to a store in the directory while system calls fail by strace's hand; trace: where those
 * calls are written down. FALSE: skipped. */
static gboolean
append_through (const char *directory, const char *fault, const char *trace)
{
  g_autofree char *inject = g_strconcat ("inject=", fault, NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *strace = g_find_program_in_path ("strace");
  const char *argv[] = { strace,    "-f",   "-qq", "-y", "-s", "0",  "-o", trace, "-e",
                         "trace=pwrite64,fdatasync", "-e", inject, self, "--through-faults",
                         directory, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (strace == NULL || !can_strace ())
    {
      g_test_skip ("strace is not installed, or may not trace");
      return FALSE;
    }
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                               NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return TRUE;
}

/* Whatever fails and whenever, what was promised is there, once. */
static void
test_faults (gconstpointer fault)
{
  char *directory = make_directory ();

  if (append_through (directory, fault, "/dev/null"))
    check_log (directory, N_FAULTY);
  remove_directory (directory);
}

/* After a failed sync of SQLite's log, the first that is done to the log is that all of it is written
 * again and synced. */
static void
test_log_is_renewed (void)
{
  char *directory = make_directory ();
  g_autofree char *trace = g_build_filename (directory, "trace", NULL);
  g_autofree char *text = NULL;

  if (append_through (directory, "fdatasync:error=EIO:when=10", trace))
    {
      g_assert_true (g_file_get_contents (trace, &text, NULL, NULL));
      /* The calls that concern the log: the failed one, whole pages at its beginning, the sync. */
      g_assert_true (g_regex_match_simple (
          "fdatasync\\(\\d+<[^>]*-wal>\\) += -1 EIO[^\n]*\n"
          "(?:(?![^\n]*-wal>)[^\n]*\n)*"
          "[^\n]*pwrite64\\(\\d+<[^>]*-wal>, \"\"\\.\\.\\., \\d{4,}, 0\\) = \\d{4,}\n"
          "(?:[^\n]*pwrite64\\(\\d+<[^>]*-wal>[^\n]*\n|(?![^\n]*-wal>)[^\n]*\n)*"
          "[^\n]*fdatasync\\(\\d+<[^>]*-wal>\\) += 0\n",
          text, 0, 0));
    }
  remove_directory (directory);
}

/* A full disk, as far as this process can tell: no file may grow, writing fails with EFBIG. */
static void
set_disk_full (gboolean full)
{
  struct rlimit size;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &size), ==, 0);
  size.rlim_cur = full ? 0 : size.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &size), ==, 0);
}

/* What cannot be stored is not promised; and when the disk is well again, so is the store. */
static void
test_recovers (void)
{
  char *directory = make_directory ();
  BridgeStore *store = open_store (directory);
  g_autofree char *id = fixture_key_text ('h');
  g_autoptr (BridgeEntry) entry = bridge_entry_new (id, 1, 1, "body");
  FixtureWait wait = { NULL };
  BridgeAppended appended;
  g_autoptr (GError) error = NULL;

  fixture_create (store, BOARD, 'h', NULL);
  signal (SIGXFSZ, SIG_IGN);
  set_disk_full (TRUE);
  bridge_store_append_async (store, BOARD, entry, fixture_done, &wait);
  g_assert_false (bridge_store_append_finish (store, fixture_wait (&wait), &appended, &error));
  g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE);
  g_object_unref (g_steal_pointer (&wait.result));

  set_disk_full (FALSE);
  appended = fixture_append (store, BOARD, 'h', 1, "body");
  g_assert_cmpint (appended.outcome, ==, BRIDGE_APPEND_STORED);
  g_assert_cmpuint (appended.value, ==, 1);
  g_assert_finalize_object (store);
  remove_directory (directory);
}

/* --- Backups --- */

static guint
count_prefixed (const char *directory, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

static void
populate (BridgeStore *store)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "label" };

  fixture_key ('i', &invite.key);
  fixture_create (store, OTHER, 'h', NULL); /* so that rows have other numbers there and here */
  fixture_append (store, OTHER, 'h', 1, "other");
  fixture_create (store, BOARD, 'h', &invite);
  fixture_admit (store, BOARD, 'a', 'i', "profile", 1, NULL);
  fixture_append (store, BOARD, 'h', 1, "one");
  fixture_append (store, BOARD, 'a', 1, "two");
}

static void
test_backup (void)
{
  char *directory = make_directory ();
  BridgeStore *store = open_store (directory);
  g_autofree char *path = g_build_filename (directory, "backup.db", NULL);
  const BridgeChange end = { .kind = BRIDGE_CHANGE_END };
  g_autoptr (BridgePage) page = NULL;
  g_autofree char *standing = NULL;
  int code = 0;

  populate (store);
  g_assert_cmpint (fixture_backup (store, path), ==, -1);
  g_assert_cmpint (fixture_backup (store, path), ==, BRIDGE_STORE_ERROR_COPY);
  g_assert_cmpint (fixture_restore (store, path, BOARD), ==, BRIDGE_STORE_ERROR_TAKEN);
  fixture_append (store, BOARD, 'h', 2, "after");
  g_free (fixture_change (store, OTHER, &end, &code));
  g_free (fixture_change (store, BOARD, &end, &code));

  g_assert_cmpint (fixture_restore (store, path, "boardboardboardboard09"), ==,
                   BRIDGE_STORE_ERROR_COPY);
  g_assert_cmpint (fixture_restore (store, path, BOARD), ==, -1);
  page = fixture_read (store, BOARD, 1, 9, 100);
  g_assert_cmpuint (page->entries->len, ==, 2);
  g_assert_cmpstr (((BridgeEntry *) page->entries->pdata[1])->body, ==, "two");
  standing = fixture_standing (store, BOARD, 'a');
  g_assert_cmpstr (standing, ==, "editor");
  g_assert_cmpint (fixture_append (store, BOARD, 'a', 2, "three").value, ==, 3);
  g_assert_cmpint (fixture_admit (store, BOARD, 'b', 'i', NULL, 1, NULL), ==, -1);
  g_assert_finalize_object (store);
  remove_directory (directory);
}

/* One byte of a backup is wrong: it comes back whole or not at all, and the store goes on. */
static void
test_damaged_backup (void)
{
  char *directory = make_directory ();
  BridgeStore *store = open_store (directory);
  g_autofree char *path = g_build_filename (directory, "backup.db", NULL);
  g_autofree char *bad = g_build_filename (directory, "bad.db", NULL);
  const BridgeChange end = { .kind = BRIDGE_CHANGE_END };
  g_autofree char *bytes = NULL;
  gsize size = 0;
  guint refused = 0;
  int code = 0;

  populate (store);
  g_assert_cmpint (fixture_backup (store, path), ==, -1);
  g_free (fixture_change (store, BOARD, &end, &code));
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize at = 16; at < size; at += size / 97)
    {
      bytes[at] ^= 0x5a;
      g_assert_true (g_file_set_contents (bad, bytes, (gssize) size, NULL));
      bytes[at] ^= 0x5a;
      code = fixture_restore (store, bad, BOARD);
      refused += code != -1;
      if (code == -1)
        g_free (fixture_change (store, BOARD, &end, &code));
      g_assert_null (fixture_load (store, BOARD));
    }
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpint (fixture_append (store, OTHER, 'h', 2, "fine").value, ==, 2);
  g_assert_finalize_object (store);
  remove_directory (directory);
}

static void
back_to_first_version (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "ALTER TABLE member DROP COLUMN invite;"
                                 "ALTER TABLE member DROP COLUMN seen;"
                                 "ALTER TABLE board DROP COLUMN snapshot;"
                                 "ALTER TABLE board DROP COLUMN blob; PRAGMA user_version = 1;",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* One byte of the store is wrong, wherever: the server starts with what is whole, or with the backup, or
 * says that it cannot; a board that can be read is never another than it was. */
static void
test_damaged (void)
{
  char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "boards.db", NULL);
  BridgeStore *store = open_store (directory);
  g_autofree char *bytes = NULL;
  BridgeLimits limits;
  gsize size = 0;
  guint refused = 0;

  bridge_limits_init (&limits);
  populate (store);
  g_assert_finalize_object (store);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize at = 0; at < size; at += size / 211)
    {
      g_autoptr (GError) error = NULL;

      bytes[at] ^= 0x5a;
      g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
      bytes[at] ^= 0x5a;
      store = bridge_sqlite_store_new (directory, &limits, &error);
      refused += store == NULL;
      if (store == NULL)
        g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN);
      else
        g_assert_finalize_object (store);
    }
  g_assert_cmpuint (refused, >, 0);
  remove_directory (directory);
}

static void
test_healed (void)
{
  char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "boards.db", NULL);
  g_autofree char *backups = g_build_filename (directory, BRIDGE_BACKUPS, NULL);
  g_autofree char *older = g_build_filename (backups, "boards-20260101T000000Z.db", NULL);
  g_autofree char *newer = g_build_filename (backups, "boards-20260102T000000Z.db", NULL);
  BridgeStore *store = open_store (directory);
  g_autoptr (BridgeBoard) board = NULL;
  guint aside = 0;

  populate (store);
  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  g_assert_cmpint (fixture_backup (store, older), ==, -1);
  g_assert_finalize_object (store);
  /* The newest backup is damaged as well. */
  g_assert_true (g_file_set_contents (newer, "no database at all", -1, NULL));
  g_assert_true (g_file_set_contents (path, "no database either, whatever it was", -1, NULL));

  store = open_store (directory);
  board = fixture_load (store, BOARD);
  g_assert_cmpuint (board->seq, ==, 2);
  g_assert_cmpint (fixture_append (store, BOARD, 'h', 2, "on").value, ==, 3);
  g_assert_finalize_object (store);
  aside = count_prefixed (directory, "boards.db.damaged-");
  g_assert_cmpuint (aside, ==, 1);
  g_unlink (older);
  g_unlink (newer);
  g_rmdir (backups);
  remove_directory (directory);
}

/* A store of the first version gets what it lacks. */
static void
test_first_version (void)
{
  char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "boards.db", NULL);
  g_autoptr (GPtrArray) boards = NULL;
  BridgeStore *store = open_store (directory);

  fixture_create (store, BOARD, 'h', NULL);
  g_assert_finalize_object (store);
  back_to_first_version (path);

  store = open_store (directory);
  boards = fixture_list_boards (store);
  g_assert_cmpuint (boards->len, ==, 1);
  g_assert_cmpint (fixture_append (store, BOARD, 'h', 1, "one").value, ==, 1);
  g_assert_finalize_object (store);
  remove_directory (directory);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--append-for-ever"))
    run_child (argv[2], 3);

  if (argc == 3 && g_str_equal (argv[1], "--through-faults"))
    run_through_faults (argv[2]);

  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  g_test_add_func ("/server/sqlite-store/reopen", test_reopen);
  g_test_add_func ("/server/sqlite-store/lock", test_lock);
  g_test_add_func ("/server/sqlite-store/not-ours", test_not_ours);
  g_test_add_func ("/server/sqlite-store/private", test_private);
  g_test_add_func ("/server/sqlite-store/killed", test_killed);
  g_test_add_func ("/server/sqlite-store/log-is-renewed", test_log_is_renewed);
  g_test_add_data_func ("/server/sqlite-store/sync-fails", "fdatasync:error=EIO:when=10+4",
                        test_faults);
  /* More calls apart than a commit and what comes before it after a failure take together. */
  g_test_add_data_func ("/server/sqlite-store/disk-full", "pwrite64:error=ENOSPC:when=40+29",
                        test_faults);
  g_test_add_data_func ("/server/sqlite-store/write-fails", "pwrite64:error=EIO:when=35+37",
                        test_faults);
  g_test_add_func ("/server/sqlite-store/recovers", test_recovers);
  g_test_add_func ("/server/sqlite-store/backup", test_backup);
  g_test_add_func ("/server/sqlite-store/damaged-backup", test_damaged_backup);
  g_test_add_func ("/server/sqlite-store/damaged", test_damaged);
  g_test_add_func ("/server/sqlite-store/healed", test_healed);
  g_test_add_func ("/server/sqlite-store/first-version", test_first_version);
  return g_test_run ();
}
