/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What an app asks of polls, dots, timers and authors; what ops come to is in
 * fixtures/board/talk.txt. */
#include "board/board-limits.h"
#include "board/board-replica.h"

typedef struct {
  BoardReplica *ann;
  uint64_t seq;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->ann = board_replica_new ("ann");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->ann);
}

static BoardMeeting *
meeting (Fixture *f)
{
  return board_document_get_meeting (board_replica_get_document (f->ann));
}

/* The next entry of the log. */
static void
hear (Fixture *f, const char *member, BoardOp *op)
{
  f->seq++;
  g_assert_true (board_replica_apply (f->ann, f->seq, member, f->seq, (int64_t) f->seq * 1000, op));
}

static void
hear_text (Fixture *f, const char *member, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, &error);

  g_assert_no_error (error);
  hear (f, member, op);
}

static char *
hear_poll (Fixture *f, const char *member)
{
  static const char *const options[] = { "tea", "coffee", "water", NULL };
  g_autoptr (BoardOp) op = board_op_new ();
  char *id = g_strdup (board_op_add_poll (op, "What?", options, TRUE));

  hear (f, member, op);
  return id;
}

static void
hear_vote (Fixture *f, const char *member, const char *poll, guint a, guint b)
{
  const guint choices[] = { a, b };
  g_autoptr (BoardOp) op = board_op_new ();

  board_op_vote (op, poll, choices, 2);
  hear (f, member, op);
}

static void
on_changed (BoardReplica *replica, BoardDamage *damage, gpointer user_data)
{
  *(guint *) user_data += damage->meeting;
}

static void
test_poll (Fixture *f, gconstpointer data)
{
  g_autofree char *id = hear_poll (f, "bob");
  g_autoptr (BoardOp) own = board_op_new ();
  g_autoptr (GPtrArray) voters = NULL;
  const guint choice = 2;
  guint changes = 0;
  BoardPoll poll;

  g_signal_connect (f->ann, "changed", G_CALLBACK (on_changed), &changes);
  hear_vote (f, "dan", id, 0, 2);
  hear_vote (f, "cem", id, 0, 1);
  board_op_vote (own, id, &choice, 1);
  g_assert_cmpuint (board_replica_submit (f->ann, own, NULL), ==, 1);
  g_assert_cmpuint (changes, ==, 3);

  g_assert_cmpuint (board_meeting_get_n_polls (meeting (f)), ==, 1);
  g_assert_cmpint (board_meeting_find_poll (meeting (f), id), ==, 0);
  g_assert_cmpint (board_meeting_find_poll (meeting (f), "x"), ==, -1);
  board_meeting_get_poll (meeting (f), 0, &poll);
  g_assert_cmpstr (poll.question, ==, "What?");
  g_assert_cmpstr (poll.options[2], ==, "water");
  g_assert_cmpuint (poll.n_options, ==, 3);
  g_assert_cmpstr (poll.member, ==, "bob");
  g_assert_cmpint (poll.time, ==, 1000);
  g_assert_cmpuint (poll.n_voters, ==, 3);
  g_assert_true (poll.many);
  g_assert_false (poll.closed);
  g_assert_cmpuint (board_meeting_count_votes (meeting (f), 0, 0), ==, 2);
  g_assert_cmpuint (board_meeting_count_votes (meeting (f), 0, 1), ==, 1);
  g_assert_cmpuint (board_meeting_count_votes (meeting (f), 0, 2), ==, 2);
  g_assert_true (board_meeting_has_vote (meeting (f), 0, "ann", 2));
  g_assert_false (board_meeting_has_vote (meeting (f), 0, "ann", 0));
  voters = board_meeting_list_voters (meeting (f), 0, 0);
  g_assert_cmpuint (voters->len, ==, 2);
  g_assert_cmpstr (voters->pdata[0], ==, "cem");
  g_assert_cmpstr (voters->pdata[1], ==, "dan");
}

/* A poll beyond the limit is skipped by all alike; when one goes another may come. */
static void
test_poll_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *first = hear_poll (f, "bob");
  g_autoptr (BoardOp) op = board_op_new ();

  for (guint i = 0; i < BOARD_MAX_POLLS; i++)
    g_free (hear_poll (f, "bob"));
  g_assert_cmpuint (board_meeting_get_n_polls (meeting (f)), ==, BOARD_MAX_POLLS);
  board_op_delete_poll (op, first);
  hear (f, "bob", op);
  g_free (hear_poll (f, "bob"));
  g_assert_cmpuint (board_meeting_get_n_polls (meeting (f)), ==, BOARD_MAX_POLLS);
}

static void
test_dots (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) start = board_op_new ();
  g_autofree char *ballot = g_strdup (board_op_start_ballot (start, 5));
  g_autoptr (BoardOp) bobs = board_op_new ();
  g_autoptr (BoardOp) anns = board_op_new ();
  g_autoptr (GPtrArray) dotted = NULL;
  BoardBallot shown;

  g_assert_false (board_meeting_get_ballot (meeting (f), &shown));
  hear (f, "bob", start);
  board_op_set_dots (bobs, ballot, "r", 2);
  board_op_set_dots (bobs, ballot, "t", 1);
  hear (f, "bob", bobs);
  board_op_set_dots (anns, ballot, "s", 4);
  board_replica_submit (f->ann, anns, NULL);

  g_assert_true (board_meeting_get_ballot (meeting (f), &shown));
  g_assert_cmpstr (shown.id, ==, ballot);
  g_assert_cmpuint (shown.each, ==, 5);
  g_assert_cmpuint (board_meeting_count_dots (meeting (f), "s"), ==, 4);
  g_assert_cmpuint (board_meeting_count_dots (meeting (f), "q"), ==, 0);
  g_assert_cmpuint (board_meeting_get_dots (meeting (f), "s", "ann"), ==, 4);
  g_assert_cmpuint (board_meeting_get_dots (meeting (f), "s", "bob"), ==, 0);
  g_assert_cmpuint (board_meeting_get_dots (meeting (f), NULL, "bob"), ==, 3);
  dotted = board_meeting_list_dotted (meeting (f));
  g_assert_cmpuint (dotted->len, ==, 3);
  g_assert_cmpstr (dotted->pdata[0], ==, "s");
  g_assert_cmpstr (dotted->pdata[1], ==, "r");
  g_assert_cmpstr (dotted->pdata[2], ==, "t");
}

static void
test_timer (Fixture *f, gconstpointer data)
{
  BoardTimer timer;

  g_assert_false (board_meeting_get_timer (meeting (f), &timer));
  hear_text (f, "bob", "{\"c\":[[\"timer\",{\"ms\":5000}]]}");
  g_assert_true (board_meeting_get_timer (meeting (f), &timer));
  g_assert_cmpstr (timer.member, ==, "bob");
  g_assert_cmpint (board_timer_get_left (&timer, 1000), ==, 5000);
  g_assert_cmpint (board_timer_get_left (&timer, 3000), ==, 3000);
  g_assert_cmpint (board_timer_get_left (&timer, 9000), ==, 0);
  g_assert_cmpint (board_timer_get_left (&timer, 0), ==, 5000);
  hear_text (f, "bob", "{\"c\":[[\"timer\",{\"ms\":2000,\"paused\":true}]]}");
  g_assert_true (board_meeting_get_timer (meeting (f), &timer));
  g_assert_cmpint (board_timer_get_left (&timer, 90000), ==, 2000);
  hear_text (f, "bob", "{\"c\":[[\"timer\",null]]}");
  g_assert_false (board_meeting_get_timer (meeting (f), &timer));
}

/* While changes are frozen the meeting waits; the thaw shows all. */
static void
test_frozen (Fixture *f, gconstpointer data)
{
  g_autofree char *id = hear_poll (f, "bob");
  g_autoptr (BoardOp) own = board_op_new ();
  const guint choice = 1;

  board_op_vote (own, id, &choice, 1);
  board_replica_submit (f->ann, own, NULL);
  board_replica_freeze_changes (f->ann);
  hear_vote (f, "cem", id, 0, 1);
  hear_vote (f, "dan", id, 1, 2);
  board_replica_thaw_changes (f->ann);
  g_assert_cmpuint (board_meeting_count_votes (meeting (f), 0, 1), ==, 3);
}

static void
check_authors (Fixture *f, const char *id, const char *expected_author, const char *expected_writer)
{
  const char *author, *writer;

  g_assert_true (board_replica_get_authors (f->ann, id, &author, &writer));
  g_assert_cmpstr (author, ==, expected_author);
  g_assert_cmpstr (writer, ==, expected_writer);
}

static void
test_authors (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) own = board_op_from_json ("{\"c\":[[\"=\",\"r\",{\"x\":7}]]}", -1, NULL);
  g_autoptr (BoardOp) add = board_op_from_json (
      "{\"c\":[[\"+\",{\"id\":\"s\",\"type\":\"rectangle\",\"index\":\"a0\"}]]}", -1, NULL);
  const char *author, *writer;

  g_assert_false (board_replica_get_authors (f->ann, "r", &author, &writer));
  hear_text (f, "bob", "{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\"}]]}");
  check_authors (f, "r", "bob", "bob");
  hear_text (f, "cem", "{\"c\":[[\"=\",\"r\",{\"x\":5}]]}");
  check_authors (f, "r", "bob", "cem");
  board_replica_submit (f->ann, own, NULL);
  check_authors (f, "r", "bob", "ann");
  board_replica_reject (f->ann, 1);
  check_authors (f, "r", "bob", "cem");
  board_replica_submit (f->ann, add, NULL);
  check_authors (f, "s", "ann", "ann");
  hear_text (f, "bob", "{\"c\":[[\"-\",\"r\"]]}");
  g_assert_false (board_replica_get_authors (f->ann, "r", &author, &writer));
}

static void
test_is_talk (void)
{
  static const struct {
    const char *change;
    gboolean talk;
  } rows[] = {
    { "[\"chat\",{\"id\":\"m\",\"text\":\"x\"}]", TRUE },
    { "[\"chat-edit\",\"m\",\"x\"]", TRUE },
    { "[\"chat-delete\",\"m\"]", TRUE },
    { "[\"poll-vote\",\"p\",[1]]", TRUE },
    { "[\"dot\",\"b\",\"r\",1]", TRUE },
    { "[\"later\",1]", TRUE },
    { "[\"+\",{\"id\":\"r\",\"type\":\"x\",\"index\":\"a0\"}]", FALSE },
    { "[\"=\",\"r\",{}]", FALSE },
    { "[\"-\",\"r\"]", FALSE },
    { "[\"title\",\"x\"]", FALSE },
    { "[\"poll\",{\"id\":\"p\",\"question\":\"x\",\"options\":[\"a\",\"b\"]}]", FALSE },
    { "[\"poll-close\",\"p\"]", FALSE },
    { "[\"poll-delete\",\"p\"]", FALSE },
    { "[\"ballot\",\"b\",1]", FALSE },
    { "[\"ballot-close\",\"b\"]", FALSE },
    { "[\"timer\",null]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{\"c\":[[\"chat-delete\",\"m\"],%s]}", rows[i].change);
      g_autoptr (GError) error = NULL;
      g_autoptr (BoardOp) op = board_op_from_json (text, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpint (board_op_is_talk (op), ==, rows[i].talk);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/board/meeting/poll", test_poll);
  ADD ("/board/meeting/poll-limit", test_poll_limit);
  ADD ("/board/meeting/dots", test_dots);
  ADD ("/board/meeting/timer", test_timer);
  ADD ("/board/meeting/frozen", test_frozen);
  ADD ("/board/meeting/authors", test_authors);
  g_test_add_func ("/board/meeting/is-talk", test_is_talk);
  return g_test_run ();
}
