/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawing together, alone and back, and what stays in the file.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "session-fixture.h"
#include "sync/draw-journal.h"

/* --- Drawing together --------------------------------------------------------------------------- */

static void
test_two_draw (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  person_draw_many (&f->ana, 5);
  person_draw_many (&f->ben, 3);
  AWAIT (f->ana.n_acknowledged == 5 && f->ben.n_acknowledged == 3);
  AWAIT (person_count (&f->ana) == 8 && person_is_equal (&f->ana, &f->ben));
  assert_log_is_sound (f, &f->ana, 5);
  assert_log_is_sound (f, &f->ben, 3);
  g_assert_cmpuint (f->ana.n_troubles, ==, 0);
}

static void
test_late (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 200);
  AWAIT (person_is_settled (&f->ana));
  person_join (&f->ben, f->server, "Ben");
  g_assert_cmpuint (person_count (&f->ben), ==, 200);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
}

static void
test_title (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autofree char *title = NULL;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  board_op_set_title (op, "Plan <b>");
  draw_session_submit (f->ana.session, op, NULL);
  AWAIT (person_is_equal (&f->ana, &f->ben));
  g_object_get (f->ben.session, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Plan <b>");
}

static void
test_people (Fixture *f, gconstpointer data)
{
  g_autoptr (DrawMember) ben = NULL, self = NULL;
  GListModel *members;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "  B\u202een ");
  members = draw_session_get_members (f->ana.session);
  AWAIT (g_list_model_get_n_items (members) == 2);
  self = g_list_model_get_item (members, 0);
  ben = g_list_model_get_item (members, 1);
  g_assert_true (draw_member_is_self (self));
  g_assert_cmpstr (draw_member_get_name (self), ==, "Ana");
  g_assert_cmpstr (draw_member_get_name (ben), ==, "Ben");
  g_assert_cmpstr (draw_member_get_color (ben), ==, "#123456");
  g_assert_true (draw_member_get_here (ben));
  person_leave (&f->ben);
  AWAIT (f->ana.n_left == 1);
  g_assert_false (draw_member_get_here (ben));
}

static void
test_cursor (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  for (guint i = 0; i <= 1000; i++)
    draw_session_send_cursor (f->ana.session, i, -5);
  AWAIT (f->ben.n_casts > 0 && f->ben.last_cast.x == 1000);
  /* A thousand in no time are few on the wire, and the last one is among them. */
  g_assert_cmpuint (f->ben.n_casts, <, 20);
  g_assert_cmpuint (f->ana.n_casts, ==, 0);
  draw_session_send_cursor_left (f->ana.session);
  AWAIT (!f->ben.last_cast.has_place);
}

/* --- Alone, and back ---------------------------------------------------------------------------- */

static void
test_offline (Fixture *f, gconstpointer data)
{
  fake_server_stop (f->server);
  person_arrive (&f->ana, f->server, "Ana");
  g_assert_cmpint (draw_session_get_share_state (f->ana.session), ==, DRAW_SHARE_OFFLINE);
  draw_session_connect (f->ana.session);
  person_draw_many (&f->ana, 300);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 300);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
  fake_server_start (f->server);
  draw_session_reconnect_now (f->ana.session);
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
  g_assert_cmpuint (f->ana.n_acknowledged, ==, 300);
  assert_log_is_sound (f, &f->ana, 300);
}

static void
test_comes_back (Fixture *f, gconstpointer data)
{
  gint64 retry_at;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  person_draw_many (&f->ana, 3);
  AWAIT (person_is_equal (&f->ana, &f->ben) && person_count (&f->ben) == 3);
  fake_server_stop (f->server);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
  /* Nobody else is here any more, and it says when it tries again. */
  AWAIT (f->ana.n_left == 1);
  g_object_get (f->ana.session, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at, >, 0);
  person_draw_many (&f->ana, 4);
  person_draw_many (&f->ben, 5);
  fake_server_start (f->server);
  AWAIT (person_is_equal (&f->ana, &f->ben) && person_count (&f->ana) == 12);
  assert_log_is_sound (f, &f->ana, 7);
  assert_log_is_sound (f, &f->ben, 5);
}

static void
test_kicked_often (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  for (guint i = 0; i < 5; i++)
    {
      person_draw_many (&f->ana, 10);
      AWAIT (f->ana.n_acknowledged > 10 * i);
      fake_server_kick (f->server);
      person_draw_many (&f->ana, 10);
      AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
      draw_session_reconnect_now (f->ana.session);
      AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
    }
  assert_log_is_sound (f, &f->ana, 100);
}

/* The op is in the log, its ack is lost with the connection. */
static void
test_lost_acks (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  f->server->mute = TRUE;
  f->server->drop_ops_event = 10;
  person_draw_many (&f->ana, 10);
  AWAIT (f->server->log->len == 10);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 10);
  f->server->mute = FALSE;
  fake_server_kick (f->server);
  AWAIT (person_is_settled (&f->ana));
  g_assert_cmpuint (f->server->log->len, ==, 10);
  g_assert_cmpuint (f->ana.n_acknowledged, ==, 10);
}

static void
test_disconnect (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  draw_session_disconnect (f->ana.session);
  g_assert_cmpint (draw_session_get_share_state (f->ana.session), ==, DRAW_SHARE_OFFLINE);
  person_draw (&f->ana);
  AWAIT (f->server->sockets->len == 0);
  g_assert_cmpuint (f->server->log->len, ==, 0);
  draw_session_connect (f->ana.session);
  AWAIT (person_is_settled (&f->ana));
}

/* --- Files -------------------------------------------------------------------------------------- */

static void
test_reopen (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;

  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 5);
  AWAIT (person_is_settled (&f->ana));
  draw_session_disconnect (f->ana.session);
  person_draw_many (&f->ana, 5);
  draw_session_undo (f->ana.session);
  before = person_hash (&f->ana);
  person_reopen (&f->ana);
  after = person_hash (&f->ana);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (person_count (&f->ana), ==, 9);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 6);
  /* The history is there as well. */
  draw_session_redo (f->ana.session);
  g_assert_cmpuint (person_count (&f->ana), ==, 10);
  for (guint i = 0; i < 10; i++)
    draw_session_undo (f->ana.session);
  g_assert_cmpuint (person_count (&f->ana), ==, 0);
  draw_session_connect (f->ana.session);
  AWAIT (person_is_settled (&f->ana) && person_is_online (&f->ana));
  person_join (&f->ben, f->server, "Ben");
  g_assert_true (person_is_equal (&f->ana, &f->ben));
}

/* A crash left a history that does not know of the last ops: no undo is better than a wrong one. */
static void
test_older_history (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *history = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawJournal) journal = NULL;

  f->ana.session = draw_session_create (f->ana.directory, NULL);
  path = g_strdup (draw_session_get_path (f->ana.session));
  person_draw_many (&f->ana, 2);
  person_leave (&f->ana);

  journal = draw_journal_open (path, &error);
  g_assert_no_error (error);
  history = g_strdup (draw_journal_get_meta (journal, DRAW_META_HISTORY));
  g_assert_true (g_str_has_prefix (history, "0 3 2\n"));
  history[2] = '2';
  draw_journal_set_meta (journal, DRAW_META_HISTORY, history);
  g_assert_true (draw_journal_close (journal, NULL));
  g_clear_object (&journal);

  f->ana.session = draw_session_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person_count (&f->ana), ==, 2);
  g_assert_false (board_replica_can_undo (draw_session_get_replica (f->ana.session)));
}

/* by_thread: as a large board is opened. */
static DrawSession *
open_board (gconstpointer by_thread, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (by_thread == NULL)
    return draw_session_open (path, error);
  draw_session_open_async (path, keep_result, &result);
  AWAIT (result != NULL);
  return draw_session_open_finish (result, error);
}

/* Own ops, undo and all: as it was left. */
static void
test_local (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawSession) second = NULL;
  g_autofree char *path = NULL, *before = NULL, *after = NULL;

  f->ana.session = draw_session_create (f->ana.directory, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draw_session_get_share_state (f->ana.session), ==, DRAW_SHARE_LOCAL);
  g_assert_cmpint (draw_session_get_role (f->ana.session), ==, BOARD_ROLE_HOST);
  person_draw_many (&f->ana, 3);
  path = g_strdup (draw_session_get_path (f->ana.session));
  before = person_hash (&f->ana);
  second = open_board (data, path, &error);
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_BUSY);
  g_clear_error (&error);
  person_leave (&f->ana);
  f->ana.session = open_board (data, path, &error);
  g_assert_no_error (error);
  person_watch (&f->ana);
  g_assert_cmpuint (person_count (&f->ana), ==, 3);
  after = person_hash (&f->ana);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (board_replica_can_undo (draw_session_get_replica (f->ana.session)));
  person_draw (&f->ana);
  g_assert_cmpuint (person_count (&f->ana), ==, 4);
  g_assert_null (draw_session_get_link (f->ana.session));
}

static void
write_junk (const char *path, gsize offset, gsize length)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >=, offset + length);
  memset (bytes + offset, 0xa5, length);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

/* A hole in the log is damage that only reading it shows; the server has it all. */
static void
test_healed (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL, *aside = NULL, *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 50);
  AWAIT (person_is_settled (&f->ana));
  before = person_hash (&f->ana);
  path = g_strdup (draw_session_get_path (f->ana.session));
  aside = g_strconcat (path, ".damaged-1", NULL);
  person_leave (&f->ana);
  /* The last pages hold the log; the first ones say what the board is. */
  {
    GStatBuf buf;

    g_assert_cmpint (g_stat (path, &buf), ==, 0);
    write_junk (path, (gsize) buf.st_size - 4096, 4096);
  }
  f->ana.session = open_board (data, path, &error);
  g_assert_no_error (error);
  person_watch (&f->ana);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  AWAIT (f->ana.n_troubles == 1);
  g_assert_cmpint (f->ana.last_trouble, ==, DRAW_ERROR_DAMAGED);
  person_draw (&f->ana); /* before the server can tell that counters are taken */
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
  g_assert_cmpuint (person_count (&f->ana), ==, 51);
  assert_log_is_sound (f, &f->ana, 51);
}

/* A file that was copied back from a backup gives counters to other ops than the server has. */
static void
test_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL, *bytes = NULL;
  gsize length;

  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 3);
  AWAIT (person_is_settled (&f->ana));
  path = g_strdup (draw_session_get_path (f->ana.session));
  person_leave (&f->ana);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 4);
  AWAIT (person_is_settled (&f->ana));
  person_leave (&f->ana);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  person_arrive (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 2);
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
  g_assert_cmpuint (person_count (&f->ana), ==, 9);
  assert_log_is_sound (f, &f->ana, 9);
  person_join (&f->ben, f->server, "Ben");
  g_assert_true (person_is_equal (&f->ana, &f->ben));
}

/* Whatever somebody opens by mistake stays as it is, where it is, with nothing beside it. */
static void
test_foreign (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->ana.directory, "foreign", NULL);
  g_autofree char *path = g_build_filename (folder, "notes.txt", NULL);
  g_autofree char *dangling = g_build_filename (folder, "gone.drawbridge", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *paths[] = { path, folder, dangling };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "not a board", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_board (data, paths[i], &error));
      g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DISK);
    }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "not a board");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "notes.txt");
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_WITH(name, data, func) g_test_add ("/sync/session/" name, Fixture, data, session_fixture_set_up, \
                                          func, session_fixture_tear_down)
#define ADD(name, func) ADD_WITH (name, NULL, func)
#define BY_THREAD GINT_TO_POINTER (1)
  ADD ("two-draw", test_two_draw);
  ADD ("late", test_late);
  ADD ("title", test_title);
  ADD ("people", test_people);
  ADD ("cursor", test_cursor);
  ADD ("offline", test_offline);
  ADD ("comes-back", test_comes_back);
  ADD ("kicked-often", test_kicked_often);
  ADD ("lost-acks", test_lost_acks);
  ADD ("disconnect", test_disconnect);
  ADD ("reopen", test_reopen);
  ADD ("older-history", test_older_history);
  ADD ("local", test_local);
  ADD ("healed", test_healed);
  ADD ("backup", test_backup);
  ADD ("foreign", test_foreign);
  ADD_WITH ("local-by-thread", BY_THREAD, test_local);
  ADD_WITH ("healed-by-thread", BY_THREAD, test_healed);
  ADD_WITH ("foreign-by-thread", BY_THREAD, test_foreign);
  return g_test_run ();
}
