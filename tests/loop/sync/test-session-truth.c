/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Snapshots that are whole and false, and people who say false things about a board: the log decides, and nothing else.
 */
#include "board/board-seal.h"
#include "shortcut-fixture.h"
#include "sync/draw-journal.h"
#include "sync/draw-session-past.h"

#define PAGE 7

/* A board that Ana never drew, and a state of it that is beyond reproach. Transfer full. */
static GBytes *
make_lie (Fixture *f)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("somebody");

  for (guint i = 1; i <= N_STROKES; i++)
    {
      g_autoptr (BoardOp) op = i % 2 ? make_stroke (f->ana.session) : NULL;

      g_assert_true (board_replica_apply (replica, i, draw_session_get_member (f->ana.session), i, 1, op));
    }
  return board_replica_save_state (replica);
}

static void
offer_lie (Fixture *f)
{
  g_autoptr (GBytes) truth = prepare (f);
  g_autoptr (GBytes) lie = make_lie (f);

  offer (f, &f->server->link->key, lie, N_STROKES);
  f->server->history_page = PAGE;
}

static void
offer_truth (Fixture *f)
{
  g_autoptr (GBytes) truth = prepare (f);

  offer (f, &f->server->link->key, truth, N_STROKES);
  f->server->history_page = N_STROKES;
}

static void
assert_has_whole_log (Person *person)
{
  uint64_t first = 0, state;

  AWAIT (draw_journal_read_extent (draw_session_get_path (person->session), &first, &state, NULL) && first == 1);
}

static void
await_healed (Fixture *f)
{
  AWAIT (f->ben.n_troubles == 1);
  g_assert_cmpint (f->ben.last_trouble, ==, DRAW_ERROR_UNTRUE);
  AWAIT (person_is_online (&f->ben) && person_is_settled (&f->ben));
  g_assert_false (draw_session_is_unproven (f->ben.session));
  assert_has_whole_log (&f->ben);
}

/* Ana knows better, and Ben, who has no wish to be thorough, hears of it. What he drew on the false board stays. */
static void
test_told (Fixture *f, gconstpointer data)
{
  offer_lie (f);
  connect_ben (f);
  g_assert_cmpuint (person_count (&f->ben), ==, N_STROKES / 2 + N_TAIL);
  person_draw_many (&f->ben, 3);
  await_healed (f);
  AWAIT (person_is_equal (&f->ana, &f->ben));
  g_assert_cmpuint (person_count (&f->ben), ==, N_STROKES + N_TAIL + 3);
  g_assert_cmpuint (f->ana.n_troubles, ==, 0);

  draw_session_undo (f->ben.session);
  AWAIT (person_is_settled (&f->ben) && person_is_equal (&f->ana, &f->ben));
  g_assert_cmpuint (person_count (&f->ana), ==, N_STROKES + N_TAIL + 2);

  /* It is in the file. */
  person_reopen (&f->ben);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  g_assert_false (draw_session_is_unproven (f->ben.session));
  assert_log_is_sound (f, &f->ben, 4);
}

/* Nobody is there who could know. */
static void
test_alone (Fixture *f, gconstpointer data)
{
  g_autofree char *truth = NULL;

  offer_lie (f);
  truth = person_hash (&f->ana);
  f->server->history_page = N_STROKES;
  person_leave (&f->ana);
  draw_session_set_thorough (f->ben.session, TRUE);
  connect_ben (f);
  await_healed (f);
  {
    g_autofree char *hash = person_hash (&f->ben);

    g_assert_cmpstr (hash, ==, truth);
  }
}

/* The board goes on meanwhile. */
static void
test_lively (Fixture *f, gconstpointer data)
{
  offer_lie (f);
  connect_ben (f);
  while (f->ben.n_troubles == 0)
    {
      guint n = f->ana.n_acknowledged;

      person_draw (&f->ana);
      AWAIT (f->ana.n_acknowledged > n);
    }
  await_healed (f);
  AWAIT (person_is_settled (&f->ana) && person_is_equal (&f->ana, &f->ben));
}

/* Begun, and gone in the middle: the next time it goes on, and what was shown stays unproven until then. */
static void
test_interrupted (Fixture *f, gconstpointer data)
{
  offer_lie (f);
  draw_session_set_thorough (f->ben.session, TRUE);
  connect_ben (f);
  AWAIT (f->server->n_questions > 0);
  person_reopen (&f->ben);
  g_assert_true (draw_session_is_unproven (f->ben.session));
  draw_session_set_thorough (f->ben.session, TRUE);
  connect_ben (f);
  await_healed (f);
  AWAIT (person_is_equal (&f->ana, &f->ben));
}

/* --- The truth ---------------------------------------------------------------------------------- */

static void
test_proven (Fixture *f, gconstpointer data)
{
  offer_truth (f);
  draw_session_set_thorough (f->ben.session, TRUE);
  connect_ben (f);
  g_assert_true (draw_session_is_unproven (f->ben.session));
  AWAIT (!draw_session_is_unproven (f->ben.session));
  assert_has_whole_log (&f->ben);
  g_assert_cmpuint (f->server->n_connects, ==, 2);
  g_assert_cmpuint (f->ben.n_troubles, ==, 0);
  person_reopen (&f->ben);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  g_assert_false (draw_session_is_unproven (f->ben.session));
}

/* A cast of somebody who is not here: everybody has another board than they say. */
static void
slander (Fixture *f, uint64_t seq)
{
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_HASH);
  g_autofree char *text = NULL, *body = NULL, *member = NULL;
  g_autoptr (GString) entries = g_string_new ("[");
  g_autoptr (SioArgs) args = sio_args_new ();
  BoardEntry entry = { NULL };
  BoardKey key;

  board_key_generate (&key);
  member = board_key_to_text (&key);
  cast->seq = (int64_t) seq;
  cast->text = g_strdup ("00112233445566778899aabbccddeeff");
  text = board_cast_to_json (cast);
  body = board_seal_cast (&f->server->link->key, f->server->link->board, member, text);
  entry.member = member;
  entry.body = body;
  board_cast_entry_append (entries, &entry);
  g_string_append_c (entries, ']');
  sio_args_add_json (args, entries->str, (gssize) entries->len);
  fake_server_emit (f->server, BOARD_EVENT_CAST, args);
}

/* It costs one reading of the log, whatever is said and how often; and nothing changes. */
static void
test_slander (Fixture *f, gconstpointer data)
{
  guint n_questions;

  offer_truth (f);
  connect_ben (f);
  for (guint i = 0; i < 20; i++)
    slander (f, N_STROKES + N_TAIL - i % 3);
  AWAIT (!draw_session_is_unproven (f->ben.session));
  n_questions = f->server->n_questions;
  for (guint i = 0; i < 50; i++)
    slander (f, N_STROKES + N_TAIL + i % 3);
  person_draw_many (&f->ben, 3);
  AWAIT (f->ben.n_acknowledged == 3 && person_is_settled (&f->ben) && person_is_equal (&f->ana, &f->ben));
  g_assert_cmpuint (f->server->n_questions, ==, n_questions);
  g_assert_cmpuint (f->server->n_connects, ==, 2);
  g_assert_cmpuint (f->ana.n_troubles + f->ben.n_troubles, ==, 0);
}

/* Said of a position that is still to come: it is compared when it is there. */
static void
test_ahead (Fixture *f, gconstpointer data)
{
  offer_truth (f);
  connect_ben (f);
  slander (f, N_STROKES + N_TAIL + 2);
  person_draw_many (&f->ana, 1);
  AWAIT (person_is_settled (&f->ana) && person_is_equal (&f->ana, &f->ben));
  g_assert_true (draw_session_is_unproven (f->ben.session));
  person_draw_many (&f->ana, 1);
  AWAIT (!draw_session_is_unproven (f->ben.session));
}

/* A server that has no log to give, or something else: what is here stays, unproven. */
static void
test_no_log (Fixture *f, gconstpointer data)
{
  offer_lie (f);
  f->server->history_page = data != NULL ? PAGE : 0;
  f->server->history_lie = data;
  connect_ben (f);
  AWAIT (f->server->n_questions > 0);
  person_draw_many (&f->ben, 2);
  AWAIT (f->ben.n_acknowledged == 2 && person_is_settled (&f->ben));
  g_assert_true (draw_session_is_unproven (f->ben.session));
  g_assert_true (person_is_online (&f->ben));
  g_assert_cmpuint (f->ben.n_troubles, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func)                                                                                \
  g_test_add ("/sync/truth/" name, Fixture, data, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("told", NULL, test_told);
  ADD ("alone", NULL, test_alone);
  ADD ("lively", NULL, test_lively);
  ADD ("interrupted", NULL, test_interrupted);
  ADD ("proven", NULL, test_proven);
  ADD ("slander", NULL, test_slander);
  ADD ("ahead", NULL, test_ahead);
  ADD ("no-log/none", NULL, test_no_log);
  ADD ("no-log/no-object", "[]", test_no_log);
  ADD ("no-log/other-place", "{\"first\":1000000,\"ops\":[[\"a\",1,1,\"b\"]]}", test_no_log);
#undef ADD
  return g_test_run ();
}
