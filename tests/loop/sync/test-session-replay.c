/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log of a board, read to be looked at: from its file, with what the server has of what was before it,
 * or from where the file begins. Nothing of the board changes.
 */
#include "session-fixture.h"
#include "sync/draw-journal.h"
#include "sync/draw-session-replay.h"
#include "sync/draw-session-trace.h"

#define N_BEFORE 12
#define N_AFTER 5

static BoardReplay *
read_replay (Person *person, gboolean *whole)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = person_hash (person);
  g_autofree char *after = NULL;
  BoardReplay *replay;

  draw_session_read_replay_async (person->session, NULL, NULL, keep_result, &result);
  AWAIT (result != NULL);
  replay = draw_session_read_replay_finish (person->session, result, whole, &error);
  g_assert_no_error (error);
  after = person_hash (person);
  g_assert_cmpstr (before, ==, after);
  return replay;
}

static guint
count_at (BoardReplay *replay, guint position)
{
  g_autoptr (BoardDamage) damage = board_damage_new ();

  g_assert_true (board_replay_move (replay, position, G_MAXUINT, damage));
  return board_document_get_n_elements (board_replay_get_document (replay));
}

/* One more element with each moment, from the first number on. */
static void
assert_grows (BoardReplay *replay, guint first, guint n)
{
  g_assert_cmpuint (board_replay_get_length (replay), ==, n);
  for (guint i = 0; i <= n; i++)
    g_assert_cmpuint (count_at (replay, i), ==, first + i);
}

/* A board that was never shared: all of it is pending. */
static void
test_local (Fixture *f, gconstpointer data)
{
  g_autoptr (DrawSession) session = draw_session_create (f->ana.directory, NULL);
  g_autoptr (BoardReplay) replay = NULL;
  Person alone = { .session = session };
  BoardMoment moment;
  gboolean whole;

  for (guint i = 0; i < 3; i++)
    person_draw (&alone);
  replay = read_replay (&alone, &whole);
  g_assert_true (whole);
  assert_grows (replay, 0, 3);
  board_replay_get_moment (replay, 0, &moment);
  g_assert_cmpuint (moment.seq, ==, 0);
  g_assert_cmpstr (moment.member, ==, draw_session_get_member (session));
  draw_session_close (session);
}

static gboolean
has_entries (Person *person, uint64_t last)
{
  return board_replica_get_seq (draw_session_get_replica (person->session)) == last;
}

/* What is in the file, as the journal writes behind us. */
static gboolean
count_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
             gpointer data, GError **error)
{
  *(uint64_t *) data = seq;
  return TRUE;
}

static uint64_t
read_last (Person *person, uint64_t after)
{
  uint64_t last = 0;

  draw_journal_read_entries (draw_session_get_path (person->session), after, count_entry, &last, NULL);
  return last;
}

/* Ana has drawn; her file has it all. */
static void
prepare (Fixture *f)
{
  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, N_BEFORE);
  AWAIT (person_is_settled (&f->ana) && has_entries (&f->ana, N_BEFORE) &&
         read_last (&f->ana, 0) == N_BEFORE);
}

static void
test_from_file (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardReplay) replay = NULL;
  BoardMoment moment;
  gboolean whole;

  prepare (f);
  draw_session_disconnect (f->ana.session);
  person_draw (&f->ana);
  replay = read_replay (&f->ana, &whole);
  g_assert_true (whole);
  assert_grows (replay, 0, N_BEFORE + 1);
  board_replay_get_moment (replay, N_BEFORE - 1, &moment);
  g_assert_cmpuint (moment.seq, ==, N_BEFORE);
  g_assert_cmpint (moment.time, >, 0);
  board_replay_get_moment (replay, N_BEFORE, &moment);
  g_assert_cmpuint (moment.seq, ==, 0);
}

/* Ben's file begins with a state, as if he had joined through a snapshot; then Ana draws on. */
static void
join_late (Fixture *f)
{
  g_autoptr (GBytes) state = NULL;
  g_autofree char *path = NULL;
  DrawJournal *journal;

  prepare (f);
  state = board_replica_save_state (draw_session_get_replica (f->ana.session));
  person_arrive (&f->ben, f->server, "Ben");
  path = g_strdup (draw_session_get_path (f->ben.session));
  person_leave (&f->ben);
  journal = draw_journal_open (path, NULL);
  draw_journal_set_state (journal, N_BEFORE, state);
  g_assert_true (draw_journal_close (journal, NULL));
  g_object_unref (journal);
  person_arrive (&f->ben, f->server, "Ben");
  draw_session_connect (f->ben.session);
  AWAIT (person_is_online (&f->ben));
  person_draw_many (&f->ana, N_AFTER);
  AWAIT (person_is_settled (&f->ana) && person_is_equal (&f->ana, &f->ben) &&
         read_last (&f->ben, N_BEFORE) == N_BEFORE + N_AFTER);
}

static void
test_from_server (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardReplay) replay = NULL;
  BoardMoment moment;
  gboolean whole;

  join_late (f);
  f->server->history_page = 5;
  replay = read_replay (&f->ben, &whole);
  g_assert_true (whole);
  g_assert_cmpuint (f->server->n_questions, ==, 3);
  assert_grows (replay, 0, N_BEFORE + N_AFTER);
  board_replay_get_moment (replay, 0, &moment);
  g_assert_cmpuint (moment.seq, ==, 1);
  g_assert_cmpstr (moment.member, ==, draw_session_get_member (f->ana.session));
}

/* What cannot be had is left out, and that is said. */
static void
assert_begins_late (Fixture *f)
{
  g_autoptr (BoardReplay) replay = NULL;
  BoardMoment moment;
  gboolean whole;

  replay = read_replay (&f->ben, &whole);
  g_assert_false (whole);
  assert_grows (replay, N_BEFORE, N_AFTER);
  board_replay_get_moment (replay, 0, &moment);
  g_assert_cmpuint (moment.seq, ==, N_BEFORE + 1);
}

static void
test_offline (Fixture *f, gconstpointer data)
{
  join_late (f);
  draw_session_disconnect (f->ben.session);
  assert_begins_late (f);
  g_assert_cmpuint (f->server->n_questions, ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  join_late (f);
  assert_begins_late (f);
  g_assert_cmpuint (f->server->n_questions, ==, 1);
}

/* Answers that are none. */
static void
test_lies (Fixture *f, gconstpointer data)
{
  static const char *const lies[] = {
    "null", "[]", "{}", "7", "{\"first\":1}", "{\"first\":1,\"ops\":[]}", "{\"first\":1,\"ops\":{}}",
    "{\"first\":2,\"ops\":[[]]}", "{\"first\":\"1\",\"ops\":[[]]}", "{\"first\":1.5,\"ops\":[[]]}",
    "{\"first\":1,\"ops\":[[]]}", "{\"first\":1,\"ops\":[null]}", "{\"first\":1,\"ops\":[[\"x\",1,1,\"\"]]}",
    "{\"first\":1,\"ops\":[[1,2,3,4]]}", "{\"first\":9007199254740993,\"ops\":[[]]}",
  };

  join_late (f);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      f->server->history_lie = lies[i];
      assert_begins_late (f);
    }
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean whole;

  prepare (f);
  draw_session_read_replay_async (f->ana.session, cancellable, NULL, keep_result, &result);
  g_cancellable_cancel (cancellable);
  AWAIT (result != NULL);
  g_assert_null (draw_session_read_replay_finish (f->ana.session, result, &whole, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The board is closed while it is read: whoever asked is answered all the same. */
static void
test_closed (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DrawSession) session = NULL;
  BoardReplay *replay;
  gboolean whole;

  join_late (f);
  f->server->history_page = 1;
  session = g_object_ref (f->ben.session);
  draw_session_read_replay_async (session, NULL, NULL, keep_result, &result);
  AWAIT (f->server->n_questions > 0);
  person_leave (&f->ben);
  AWAIT (result != NULL);
  replay = draw_session_read_replay_finish (session, result, &whole, NULL);
  g_clear_pointer (&replay, board_replay_free);
}

static DrawTrace
trace (Person *person, const char *element)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DrawTrace found;

  draw_session_trace_async (person->session, element, NULL, keep_result, &result);
  AWAIT (result != NULL);
  draw_session_trace_finish (person->session, result, &found, &error);
  g_assert_no_error (error);
  return found;
}

static char *
get_nth_id (Person *person, guint n)
{
  g_autoptr (GPtrArray) all = board_document_query (draw_session_get_document (person->session), NULL);

  return g_strdup (board_element_get_id (g_ptr_array_index (all, n)));
}

static void
test_when (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (JsonObject) props = json_object_new ();
  g_autofree char *still = NULL, *changed = NULL;
  DrawTrace found;

  prepare (f);
  still = get_nth_id (&f->ana, 0);
  changed = get_nth_id (&f->ana, 1);
  json_object_set_double_member (props, "x", 7);
  board_op_set_props (op, changed, props);
  g_assert_cmpuint (draw_session_submit (f->ana.session, op, NULL), >, 0);
  AWAIT (person_is_settled (&f->ana) && read_last (&f->ana, 0) == N_BEFORE + 1);
  found = trace (&f->ana, still);
  g_assert_cmpint (found.drawn, >, 0);
  g_assert_cmpint (found.changed, ==, 0);
  found = trace (&f->ana, changed);
  g_assert_cmpint (found.drawn, >, 0);
  g_assert_cmpint (found.changed, >=, found.drawn);
  /* in the log of nobody */
  found = trace (&f->ana, "nothing");
  g_assert_cmpint (found.drawn, ==, 0);
  g_assert_cmpint (found.changed, ==, 0);
}

/* Who was here has a name while no server tells it. */
static void
test_names_stay (Fixture *f, gconstpointer data)
{
  g_autofree char *ben = NULL;
  DrawMember *member;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben <b>");
  ben = g_strdup (draw_session_get_member (f->ben.session));
  AWAIT (draw_session_find_member (f->ana.session, ben) != NULL);
  person_reopen (&f->ana);
  member = draw_session_find_member (f->ana.session, ben);
  g_assert_nonnull (member);
  g_assert_cmpstr (draw_member_get_name (member), ==, "Ben <b>");
  g_assert_false (draw_member_get_here (member));
  g_assert_true (draw_member_is_self (draw_session_find_member (
      f->ana.session, draw_session_get_member (f->ana.session))));
}

/* Whatever this computer's clock says: the server's is the one that the times of the log are of. */
static void
test_time (Fixture *f, gconstpointer data)
{
  const int64_t now = g_get_real_time () / 1000, years = 10 * 365 * (int64_t) 24 * 60 * 60 * 1000;
  int64_t told;

  person_arrive (&f->ana, f->server, "Ana");
  g_assert_cmpint (draw_session_get_time (f->ana.session), >=, now);
  g_assert_cmpint (draw_session_get_time (f->ana.session), <, now + years);
  f->server->now = now + 2 * years;
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana));
  told = draw_session_get_time (f->ana.session);
  g_assert_cmpint (told, >=, now + 2 * years);
  g_assert_cmpint (draw_session_get_time (f->ana.session), >=, told);
  /* It is what the server said while that is away, and what it says when it is back. */
  draw_session_disconnect (f->ana.session);
  g_assert_cmpint (draw_session_get_time (f->ana.session), >=, told);
  f->server->now = now - 2 * years;
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana));
  g_assert_cmpint (draw_session_get_time (f->ana.session), <, now);
  /* A server that does not say. */
  draw_session_disconnect (f->ana.session);
  f->server->now = 0;
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana));
  g_assert_cmpint (draw_session_get_time (f->ana.session), >=, now);
}

/* What stands there instead is no reason not to open the board. */
static void
test_no_names (Fixture *f, gconstpointer data)
{
  static const char *const lies[] = {
    "", "{", "7", "{}", "[7]", "[[]]", "[[7]]", "[[\"x\",\"y\",\"z\"]]", "[{}]", "[null]",
    "[[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",7,null]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (DrawSession) made = draw_session_create (f->ana.directory, NULL);
      g_autoptr (DrawSession) session = NULL;
      g_autofree char *path = g_strdup (draw_session_get_path (made));
      DrawJournal *journal;

      draw_session_close (made);
      journal = draw_journal_open (path, NULL);
      draw_journal_set_meta (journal, DRAW_META_PEOPLE, lies[i]);
      g_assert_true (draw_journal_close (journal, NULL));
      g_object_unref (journal);
      session = draw_session_open (path, NULL);
      g_assert_nonnull (session);
      g_assert_cmpuint (g_list_model_get_n_items (draw_session_get_members (session)), <=, 2);
      draw_session_close (session);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                                \
  g_test_add ("/sync/replay/" name, Fixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("local", test_local);
  ADD ("from-file", test_from_file);
  ADD ("from-server", test_from_server);
  ADD ("offline", test_offline);
  ADD ("refused", test_refused);
  ADD ("lies", test_lies);
  ADD ("cancelled", test_cancelled);
  ADD ("closed", test_closed);
  ADD ("when", test_when);
  ADD ("time", test_time);
  ADD ("names-stay", test_names_stay);
  ADD ("no-names", test_no_names);
  return g_test_run ();
}
