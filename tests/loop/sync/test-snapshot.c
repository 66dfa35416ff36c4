/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole way of a snapshot: the server asks who draws, keeps what it is given, and who joins begins there.
 */
#include <sqlite3.h>

#include "real-fixture.h"
#include "sync/draw-journal.h"

/* A little more than after how many the server asks. */
#define N_STROKES 2100

/* Of Ada's board at the server; 0 while there is none. */
static int64_t
get_snapshot (Real *f)
{
  g_autofree char *path = g_build_filename (f->directory, "boards.db", NULL);
  sqlite3_stmt *stmt = NULL;
  sqlite3 *db = NULL;
  int64_t seq = 0;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "SELECT snapshot FROM board", -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    seq = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return seq;
}

static gboolean
note_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  *(uint64_t *) data = seq;
  return TRUE;
}

static gboolean
pass_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  return TRUE;
}

/* What is shown is written by a thread, a little later. */
static gboolean
has_state (const char *path)
{
  const DrawJournalLoader loader = { note_state, pass_entry, NULL };
  uint64_t seq = 0;

  return draw_journal_read_log (path, &loader, &seq, NULL) && seq > 0;
}

/* A file that begins with a state has no log before it. */
static void
assert_has_no_log (const char *path)
{
  const DrawJournalLoader loader = { NULL, pass_entry, NULL };
  g_autoptr (GError) error = NULL;
  uint64_t seq = 0;

  g_assert_false (draw_journal_read_log (path, &loader, &seq, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED);
}

static void
test_whole_way (Real *f, gconstpointer data)
{
  person_draw_many (&f->ada, N_STROKES);
  AWAIT (person_is_settled (&f->ada));
  AWAIT (get_snapshot (f) > 0);
  person_draw_many (&f->ada, 3);
  AWAIT (person_is_settled (&f->ada));
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  AWAIT (person_is_equal (&f->ada, &f->ben));
  g_assert_cmpuint (person_count (&f->ben), ==, N_STROKES + 3);

  AWAIT (has_state (draw_session_get_path (f->ben.session)));
  assert_has_no_log (draw_session_get_path (f->ben.session));
  person_reopen (&f->ben);
  g_assert_true (person_is_equal (&f->ada, &f->ben));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/snapshot/whole-way", Real, NULL, real_set_up, test_whole_way, real_tear_down);
  return g_test_run ();
}
