/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joining through a snapshot: the same board as through the log, and nothing lost when it is no snapshot.
 */
#include <string.h>

#include "board/board-blob.h"
#include "shortcut-fixture.h"
#include "sync/draw-blob-store.h"
#include "sync/draw-journal.h"

/* --- Parts of a snapshot --------------------------------------------------------------------------- */

#define N_PARTS 3

/* The i-th third. Transfer full. */
static GBytes *
get_part (GBytes *bytes, guint i)
{
  gsize size = g_bytes_get_size (bytes), begin = size * i / N_PARTS, end = size * (i + 1) / N_PARTS;

  return g_bytes_new_from_bytes (bytes, begin, end - begin);
}

/* Offers these thirds, one digit each; what is no digit: sealed by nobody who is here ("x"), or not to be had ("-"). */
static void
offer_thirds (Fixture *f, GBytes *bytes, const char *order)
{
  BoardKey other;

  board_key_generate (&other);
  for (guint i = 0; order[i] != '\0'; i++)
    {
      g_autoptr (GBytes) part = get_part (bytes, g_ascii_isdigit (order[i]) ? (guint) (order[i] - '0') : i);
      g_autofree char *nowhere = g_strnfill (64, '0');

      if (order[i] == '-')
        board_snapshot_add_part (&f->server->snapshot, nowhere);
      else
        offer_part (f, order[i] == 'x' ? &other : &f->server->link->key, part);
    }
  f->server->snapshot.seq = N_STROKES;
}

/* --- The truth ---------------------------------------------------------------------------------- */

static void
test_equal (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES);
  connect_ben (f);
  g_assert_cmpuint (f->server->n_shortcuts, ==, 1);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  person_draw_many (&f->ben, 3);
  AWAIT (f->ben.n_acknowledged == 3 && person_is_equal (&f->ana, &f->ben));
  assert_log_is_sound (f, &f->ben, 3);
  await_kept (&f->ben, N_STROKES, N_TAIL + 3);
  g_assert_cmpuint (f->ben.n_troubles, ==, 0);
}

/* What is drawn before the snapshot is here lies over it. */
static void
test_draws_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES);
  draw_session_connect (f->ben.session);
  AWAIT (f->server->n_shortcuts == 1);
  person_draw_many (&f->ben, 4);
  AWAIT (person_is_online (&f->ben) && f->ben.n_acknowledged == 4 && person_is_equal (&f->ana, &f->ben));
  g_assert_cmpuint (person_count (&f->ben), ==, N_STROKES + N_TAIL + 4);
  assert_log_is_sound (f, &f->ben, 4);
}

/* Opened again it is the same board, undone steps and all, and the log goes on behind it. */
static void
test_reopen (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES);
  connect_ben (f);
  person_draw_many (&f->ben, 2);
  AWAIT (f->ben.n_acknowledged == 2 && person_is_equal (&f->ana, &f->ben));
  person_reopen (&f->ben);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  connect_ben (f);
  g_assert_cmpuint (f->server->n_shortcuts, ==, 1);
  draw_session_undo (f->ben.session);
  AWAIT (person_is_settled (&f->ben) && person_is_equal (&f->ana, &f->ben));
  g_assert_cmpuint (person_count (&f->ben), ==, N_STROKES + N_TAIL + 1);
}

/* Gone before it was taken: nothing is half there. */
static void
test_gone_between (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES);
  draw_session_connect (f->ben.session);
  AWAIT (f->server->n_shortcuts == 1);
  person_reopen (&f->ben);
  g_assert_cmpuint (person_count (&f->ben), ==, 0);
  connect_ben (f);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
}

/* Who knows a part of the log, or has something of their own, reads on. */
static void
test_not_for_all (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES);
  person_draw_many (&f->ben, 1);
  connect_ben (f);
  AWAIT (person_is_settled (&f->ben) && person_is_equal (&f->ana, &f->ben));
  fake_server_kick (f->server);
  AWAIT (!person_is_online (&f->ana) && !person_is_online (&f->ben));
  AWAIT (person_is_online (&f->ana) && person_is_online (&f->ben));
  g_assert_cmpuint (f->server->n_shortcuts, ==, 0);
  await_kept (&f->ben, 0, N_STROKES + N_TAIL + 1);
}

/* How many files lie beside somebody's board. */
static guint
count_blobs (Person *person)
{
  g_autofree char *blobs = draw_blob_store_get_directory (draw_session_get_path (person->session));
  g_autoptr (GDir) dir = g_dir_open (blobs, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A large state comes in parts, which leave no trace. */
static void
test_parts (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer_thirds (f, bytes, "012");
  g_assert_cmpuint (count_blobs (&f->ben), ==, N_PARTS);
  connect_ben (f);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  await_kept (&f->ben, N_STROKES, N_TAIL);
  g_assert_cmpuint (count_blobs (&f->ben), ==, 0);
}

/* Who has not the whole log knows who drew what all the same. */
static void
test_roll_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES);
  connect_ben (f);
  await_kept (&f->ben, N_STROKES, N_TAIL);
  person_draw_many (&f->ben, 2);
  g_assert_cmpuint (person_roll_back (&f->ben, &f->ana), ==, N_STROKES + N_TAIL);
  AWAIT (person_is_settled (&f->ben) && person_is_equal (&f->ana, &f->ben));
  g_assert_cmpuint (person_count (&f->ana), ==, 2);
}

/* --- Lies --------------------------------------------------------------------------------------- */

/* Once offered, and then never again: Ben has the whole log. */
static void
assert_heals (Fixture *f)
{
  connect_ben (f);
  g_assert_cmpuint (f->server->n_shortcuts, ==, 1);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  await_kept (&f->ben, 0, N_STROKES + N_TAIL);
  g_assert_cmpuint (f->ben.n_troubles, ==, 0);
}

static void
test_other_position (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES - 1);
  assert_heals (f);
}

static void
test_beyond_the_log (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer (f, &f->server->link->key, bytes, N_STROKES + N_TAIL + 1);
  assert_heals (f);
}

static void
test_no_state (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) / 2);

  offer (f, &f->server->link->key, part, N_STROKES);
  assert_heals (f);
}

/* Not all of them, not these, not in this order. */
static void
test_bad_parts (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  offer_thirds (f, bytes, data);
  assert_heals (f);
  g_assert_cmpuint (count_blobs (&f->ben), <=, strlen (data));
}

static void
test_other_key (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);
  BoardKey other;

  board_key_generate (&other);
  offer (f, &other, bytes, N_STROKES);
  assert_heals (f);
}

static void
test_not_there (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);

  memset (f->server->snapshot.blob, '0', sizeof f->server->snapshot.blob - 1);
  f->server->snapshot.seq = N_STROKES;
  assert_heals (f);
}

/* A state that knows ops of Ben which he never made: what he draws would be taken for known. */
static void
test_other_counters (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);
  g_autoptr (BoardReplica) replica = board_replica_new ("somebody");
  g_autoptr (GBytes) more = NULL;

  g_assert_true (board_replica_load_state (replica, bytes, NULL));
  g_assert_true (board_replica_apply (replica, N_STROKES + 1, draw_session_get_member (f->ben.session), 7,
                                      1, NULL));
  more = board_replica_save_state (replica);
  offer (f, &f->server->link->key, more, N_STROKES + 1);
  assert_heals (f);
}

/* The state in somebody's own file is believed no more: the log is beside it. */
static void
test_kept_lie (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);
  g_autofree char *path = g_strdup (draw_session_get_path (f->ben.session));
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) / 2);
  GBytes *const lies[] = { part, bytes };

  connect_ben (f);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (DrawJournal) journal = NULL;
      g_autoptr (GError) error = NULL;

      person_leave (&f->ben);
      journal = draw_journal_open (path, &error);
      g_assert_no_error (error);
      draw_journal_set_state (journal, N_STROKES - 1, lies[i]);
      g_assert_true (draw_journal_close (journal, &error));
      f->ben.session = draw_session_open (path, &error);
      g_assert_no_error (error);
      person_watch (&f->ben);
      g_assert_true (person_is_equal (&f->ana, &f->ben));
    }
}

/* --- The question ------------------------------------------------------------------------------- */

static void
keep_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  SioArgs **answer = data;

  *answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, NULL);
}

/* Asked by a server that takes no blobs, and while it is asked already: there is none to be had. */
static void
test_asked_in_vain (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = prepare (f);
  g_autoptr (SioArgs) first = NULL;
  g_autoptr (SioArgs) second = NULL;
  SioArgs **const answers[] = { &first, &second };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SioArgs) args = sio_args_new ();

      sio_args_add_int (args, 0);
      sio_socket_emit_with_ack_async (g_ptr_array_index (f->server->sockets, 0), BOARD_EVENT_SNAPSHOT, args,
                                      20000, NULL, keep_answer, answers[i]);
    }
  AWAIT (first != NULL && second != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_assert_cmpuint (json_object_get_size (sio_args_get_object (*answers[i], 0)), ==, 0);
  await_kept (&f->ana, N_STROKES + N_TAIL, 0);
}

int
main (int argc, char **argv)
{
  static const char *const bad_parts[] = { "01", "102", "0122", "01x", "01-" };

  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                                  \
  g_test_add ("/sync/shortcut/" name, Fixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (bad_parts); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/shortcut/bad-parts/", bad_parts[i], NULL);

      g_test_add (path, Fixture, bad_parts[i], session_fixture_set_up, test_bad_parts,
                  session_fixture_tear_down);
    }
  ADD ("parts", test_parts);
  ADD ("roll-back", test_roll_back);
  ADD ("equal", test_equal);
  ADD ("draws-meanwhile", test_draws_meanwhile);
  ADD ("reopen", test_reopen);
  ADD ("gone-between", test_gone_between);
  ADD ("not-for-all", test_not_for_all);
  ADD ("other-position", test_other_position);
  ADD ("beyond-the-log", test_beyond_the_log);
  ADD ("no-state", test_no_state);
  ADD ("other-key", test_other_key);
  ADD ("not-there", test_not_there);
  ADD ("other-counters", test_other_counters);
  ADD ("kept-lie", test_kept_lie);
  ADD ("asked-in-vain", test_asked_in_vain);
  return g_test_run ();
}
