/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server that says no, and one that talks nonsense.
 */
#include "board/board-seal.h"
#include "session-fixture.h"

/* --- A server that says no ---------------------------------------------------------------------- */

static void
refuse_op (Fixture *f, uint64_t counter, BoardRefusal refusal, guint times)
{
  f->server->refuse_counter = counter;
  f->server->refusal = refusal;
  f->server->refuse_times = times;
}

/* Random places do not deflate. */
static BoardElement *
make_long_stroke (DrawSession *session)
{
  g_autofree BoardPoint *points = g_new0 (BoardPoint, 2000);
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (draw_session_get_document (session));

  for (guint i = 0; i < 2000; i++)
    {
      points[i].x = g_test_rand_double_range (0, 5000);
      points[i].y = g_test_rand_double_range (0, 5000);
    }
  return board_element_new_freedraw (id, index, "#112233", 3, points, 2000);
}

/* What no server takes in one step is said before it is drawn. */
static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) all = board_op_new ();
  g_autoptr (BoardOp) none = board_op_new ();
  g_autoptr (GError) error = NULL;

  person_join (&f->ana, f->server, "Ana");
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (BoardElement) element = make_long_stroke (f->ana.session);
      g_autoptr (BoardOp) op = board_op_new ();

      board_op_add_element (all, element);
      board_op_add_element (op, element);
      board_op_remove_element (none, board_element_get_id (element));
      if (i == 59)
        {
          g_assert_cmpuint (draw_session_submit (f->ana.session, all, &error), ==, 0);
          g_assert_error (error, DRAW_ERROR, DRAW_ERROR_TOO_LARGE);
          g_assert_cmpuint (person_count (&f->ana), ==, 59);
        }
      draw_session_submit (f->ana.session, op, NULL);
    }
  g_assert_cmpuint (draw_session_submit (f->ana.session, none, NULL), ==, 61);
  g_assert_cmpuint (person_count (&f->ana), ==, 0);
  /* What undoes a small op may be large: it goes in several. */
  draw_session_undo (f->ana.session);
  g_assert_cmpuint (person_count (&f->ana), ==, 60);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), >, 62);
  person_reopen (&f->ana);
  g_assert_cmpuint (person_count (&f->ana), ==, 60);
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
  g_assert_cmpuint (f->server->log->len, >, 62);
  assert_log_is_sound (f, &f->ana, f->server->log->len);
  person_join (&f->ben, f->server, "Ben");
  g_assert_true (person_is_equal (&f->ana, &f->ben));
}

static void
test_too_fast (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  refuse_op (f, 5, BOARD_REFUSAL_TOO_FAST, 1);
  person_draw_many (&f->ana, 20);
  AWAIT (person_is_settled (&f->ana));
  g_assert_cmpuint (f->server->refuse_times, ==, 0);
  g_assert_cmpuint (f->ana.n_troubles, ==, 0);
  assert_log_is_sound (f, &f->ana, 20);
}

static void
test_rejected (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  refuse_op (f, 2, BOARD_REFUSAL_TOO_LARGE, 1);
  person_draw_many (&f->ana, 5);
  AWAIT (person_is_settled (&f->ana) && f->ana.n_troubles == 1);
  g_assert_cmpint (f->ana.last_trouble, ==, DRAW_ERROR_REFUSED);
  g_assert_cmpuint (person_count (&f->ana), ==, 4);
  /* The place of the rejected one is taken by an empty one. */
  assert_log_is_sound (f, &f->ana, 5);
  AWAIT (person_is_equal (&f->ana, &f->ben));
  person_reopen (&f->ana);
  g_assert_cmpuint (person_count (&f->ana), ==, 4);
}

static void
test_viewer (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) op = NULL;
  g_autoptr (GError) error = NULL;

  person_arrive (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 3); /* not knowing yet */
  f->server->role = BOARD_ROLE_VIEWER;
  refuse_op (f, 1, BOARD_REFUSAL_READ_ONLY, 1000);
  draw_session_connect (f->ana.session);
  AWAIT (f->ana.n_troubles == 1);
  g_assert_cmpuint (person_count (&f->ana), ==, 0);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 0);
  g_assert_cmpint (draw_session_get_role (f->ana.session), ==, BOARD_ROLE_VIEWER);
  op = make_stroke (f->ana.session);
  g_assert_cmpuint (draw_session_submit (f->ana.session, op, &error), ==, 0);
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_READ_ONLY);
}

static void
test_not_invited (Fixture *f, gconstpointer data)
{
  g_autofree char *message = NULL;

  f->server->refuse_connects = 1;
  f->server->refusal = BOARD_REFUSAL_INVITE_EXPIRED;
  person_arrive (&f->ana, f->server, "Ana");
  draw_session_connect (f->ana.session);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
  g_object_get (f->ana.session, "refusal-message", &message, NULL);
  g_assert_nonnull (message);
  person_draw (&f->ana); /* one may still draw */
  draw_session_reconnect_now (f->ana.session);
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
  g_clear_pointer (&message, g_free);
  g_object_get (f->ana.session, "refusal-message", &message, NULL);
  g_assert_null (message);
}

static void
test_passing_refusal (Fixture *f, gconstpointer data)
{
  f->server->refuse_connects = 2;
  f->server->refusal = BOARD_REFUSAL_UNAVAILABLE;
  person_arrive (&f->ana, f->server, "Ana");
  draw_session_connect (f->ana.session);
  AWAIT (person_is_online (&f->ana));
  g_assert_cmpuint (f->server->n_refused, ==, 2);
}

static void
test_older_copy (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 3);
  AWAIT (person_is_settled (&f->ana));
  draw_session_disconnect (f->ana.session);
  g_ptr_array_set_size (f->server->log, 1);
  draw_session_connect (f->ana.session);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
  g_assert_cmpuint (person_count (&f->ana), ==, 3);
}

/* --- A server that talks nonsense ---------------------------------------------------------------- */

static void
test_hole (Fixture *f, gconstpointer data)
{
  BoardKey stranger;

  board_key_generate (&stranger);
  person_join (&f->ana, f->server, "Ana");
  f->server->drop_ops_event = 1;
  fake_server_add_op (f->server, &stranger, 1, "{\"c\":[[\"title\",\"one\"]]}");
  fake_server_add_op (f->server, &stranger, 2, "{\"c\":[[\"title\",\"two\"]]}");
  AWAIT (f->server->n_connects == 2 && person_is_online (&f->ana));
  AWAIT (board_replica_get_seq (draw_session_get_replica (f->ana.session)) == 2);
}

static void
test_forged (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = {
    "", "[]", "{\"c\":[[\"+\",{\"id\":1}]]}", "{\"c\":[[\"=\",\"x\",{\"x\":1e999}]]}",
  };
  BoardKey stranger, other_key;
  g_autofree char *member = NULL, *body = NULL;
  BoardKey public_key;
  uint64_t counter = 1;

  board_key_generate (&stranger);
  board_key_generate (&other_key);
  board_key_public (&stranger, &public_key);
  member = board_key_to_text (&public_key);
  person_join (&f->ana, f->server, "Ana");
  person_draw (&f->ana);
  AWAIT (person_is_settled (&f->ana));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fake_server_add_op (f->server, &stranger, counter++, texts[i]);
  body = board_seal_op (&other_key, f->server->link->board, member, counter, "{\"c\":[]}");
  fake_server_add_body (f->server, member, counter++, body); /* another board's key */
  fake_server_add_body (f->server, member, counter++, "AAAA");
  /* Under Ana's name: the server cannot write as her. */
  fake_server_add_body (f->server, draw_session_get_member (f->ana.session), 2, body);
  AWAIT (board_replica_get_seq (draw_session_get_replica (f->ana.session)) == 8);
  g_assert_cmpuint (person_count (&f->ana), ==, 1);
  person_join (&f->ben, f->server, "Ben");
  g_assert_true (person_is_equal (&f->ana, &f->ben));
  person_reopen (&f->ana);
  g_assert_true (person_is_equal (&f->ana, &f->ben));
}

static void
test_nonsense (Fixture *f, gconstpointer data)
{
  static const char *const payloads[][2] = {
    { "ops", "[]" },           { "ops", "[0,[]]" },        { "ops", "[1]" },
    { "ops", "[\"1\",{}]" },   { "cast", "[[[1,2]]]" },    { "cast", "[null]" },
    { "cast", "[[[\"x\",\"y\"]]]" }, { "members", "[[]]" }, { "members", "[{\"left\":[1]}]" },
    { "members", "[{\"joined\":[{}]}]" }, { "bye", "[1]" }, { "bye", "[{\"code\":7}]" },
    { "unknown", "[1,2,3]" },
  };

  person_join (&f->ana, f->server, "Ana");
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (SioArgs) args = sio_args_new ();
      g_autoptr (GString) inner = g_string_new (payloads[i][1]);
      g_autoptr (JsonNode) node = NULL;

      /* The arguments one by one. */
      node = json_from_string (inner->str, NULL);
      for (guint k = 0; k < json_array_get_length (json_node_get_array (node)); k++)
        sio_args_add_node (args, json_array_get_element (json_node_get_array (node), k));
      fake_server_emit (f->server, payloads[i][0], args);
    }
  person_draw (&f->ana);
  AWAIT (person_is_settled (&f->ana));
  g_assert_cmpuint (person_count (&f->ana), ==, 1);
}

/* Told to go by the host: it does not come back by itself, and keeps what is drawn. */
static void
test_sent_away (Fixture *f, gconstpointer data)
{
  static const char *const codes[] = { "kicked", "ended", "banned", "replaced" };

  person_join (&f->ana, f->server, "Ana");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (SioArgs) args = sio_args_new ();
      g_autofree char *bye = g_strdup_printf ("{\"code\":\"%s\",\"message\":\"\"}", codes[i]);

      g_test_message ("%s", codes[i]);
      draw_session_connect (f->ana.session);
      AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_ONLINE);
      sio_args_add_json (args, bye, -1);
      fake_server_emit (f->server, "bye", args);
      AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
      person_draw (&f->ana);
      g_assert_cmpuint (person_count (&f->ana), ==, i + 1);
    }
}

/* The answer to an op is no answer: the client comes back and asks what became of it. */
static void
test_babble (Fixture *f, gconstpointer data)
{
  static const char *const answers[] = {
    "{\"seq\":{}}",
    "[7]",
  };

  person_join (&f->ana, f->server, "Ana");
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("%s", answers[i]);
      f->server->babble = answers[i];
      person_draw (&f->ana);
      AWAIT (f->server->babble == NULL && person_is_settled (&f->ana));
    }
  g_assert_cmpuint (person_count (&f->ana), ==, G_N_ELEMENTS (answers));
  assert_log_is_sound (f, &f->ana, G_N_ELEMENTS (answers));
}

static void
test_closed_at_any_time (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      person_arrive (&f->ana, f->server, "Ana");
      person_draw (&f->ana);
      draw_session_connect (f->ana.session);
      for (guint k = 0; k < i; k++)
        g_main_context_iteration (NULL, FALSE);
      person_leave (&f->ana);
    }
  person_join (&f->ana, f->server, "Ana");
  AWAIT (person_is_settled (&f->ana));
  assert_log_is_sound (f, &f->ana, 20);
}

/* The server came back from a backup, and was drawn on before we came: it is not followed, however long its log is. */
static void
test_another_past (Fixture *f, gconstpointer data)
{
  BoardKey other;
  FakeEntry *last;

  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, 3);
  AWAIT (person_is_settled (&f->ana));
  fake_server_stop (f->server);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
  last = g_ptr_array_index (f->server->log, 2);
  last->counter = 1;
  g_free (last->member);
  board_key_generate (&other);
  last->member = board_key_to_text (&other);
  fake_server_start (f->server);
  fake_server_add_op (f->server, &other, 2, "{\"c\":[[\"title\",\"Theirs\"]]}");
  draw_session_reconnect_now (f->ana.session);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
  g_assert_cmpuint (board_replica_get_seq (draw_session_get_replica (f->ana.session)), ==, 3);
  g_assert_cmpuint (person_count (&f->ana), ==, 3);

  /* Also when the file was opened anew. */
  person_reopen (&f->ana);
  draw_session_connect (f->ana.session);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
  g_assert_cmpuint (person_count (&f->ana), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/session-faults/" name, Fixture, NULL, session_fixture_set_up, func, \
                               session_fixture_tear_down)
  ADD ("too-large", test_too_large);
  ADD ("too-fast", test_too_fast);
  ADD ("rejected", test_rejected);
  ADD ("viewer", test_viewer);
  ADD ("not-invited", test_not_invited);
  ADD ("passing-refusal", test_passing_refusal);
  ADD ("older-copy", test_older_copy);
  ADD ("another-past", test_another_past);
  ADD ("hole", test_hole);
  ADD ("forged", test_forged);
  ADD ("nonsense", test_nonsense);
  ADD ("sent-away", test_sent_away);
  ADD ("babble", test_babble);
  ADD ("closed-at-any-time", test_closed_at_any_time);
  return g_test_run ();
}
