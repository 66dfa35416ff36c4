/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host has vanished, server and all. A guest hosts the board: with what was said and voted, by whom, and for
 * everybody who was there.
 */
#include "blob-fixture.h"
#include "sync/draw-blob-store.h"
#include "sync/draw-session-blob.h"
#include "sync/draw-session-move.h"
#include "sync/draw-session-past.h"

typedef struct {
  Real real;
  DrawHost *other; /* on Ben's computer */
  char *directory;
} Move;

static void
set_up (Move *f, gconstpointer data)
{
  real_set_up (&f->real, NULL);
  f->directory = g_dir_make_tmp ("other-XXXXXX", NULL);
  f->other = draw_host_new (f->directory);
}

/* A server that asks for a snapshot early. */
static void
set_up_snapshots (Move *f, gconstpointer data)
{
  real_set_up_with (&f->real, "[limits]\nsnapshot-ops=200\n");
  f->directory = g_dir_make_tmp ("other-XXXXXX", NULL);
  f->other = draw_host_new (f->directory);
}

static void
tear_down (Move *f, gconstpointer data)
{
  draw_host_stop (f->other);
  AWAIT (!draw_host_is_running (f->other));
  real_tear_down (&f->real, NULL);
  g_clear_object (&f->other);
  real_remove (f->directory);
  g_free (f->directory);
}

static void
submit (Person *person, const char *changes)
{
  g_autofree char *text = g_strdup_printf ("{\"c\":[%s]}", changes);
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (draw_session_submit (person->session, op, &error), >, 0);
  g_assert_no_error (error);
}

/* Everybody is there, has drawn and has spoken; and nobody knows that the host goes. */
static void
live (Real *f)
{
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  real_join (&f->eve, draw_session_get_link (f->ada.session), "Eve");
  person_draw_many (&f->ada, 300);
  submit (&f->ada, "[\"title\",\"Plans\"],[\"poll\",{\"id\":\"p\",\"question\":\"When?\","
                   "\"options\":[\"now\",\"never\"]}]");
  submit (&f->ada, "[\"chat\",{\"id\":\"m1\",\"text\":\"Hello\"}]");
  AWAIT (person_is_settled (&f->ada) && person_count (&f->eve) == 300 && person_count (&f->ben) == 300);
  submit (&f->eve, "[\"poll-vote\",\"p\",[1]]");
  submit (&f->eve, "[\"chat\",{\"id\":\"m2\",\"text\":\"Hi\",\"reply\":\"m1\"}]");
  person_draw_many (&f->ben, 20);
  AWAIT (person_is_settled (&f->ada) && person_is_settled (&f->ben) && person_is_settled (&f->eve));
  AWAIT (person_is_equal (&f->ada, &f->ben) && person_is_equal (&f->ben, &f->eve));
}

static void
vanish_from (Real *f, Person *person)
{
  draw_host_stop (f->host);
  AWAIT (!draw_host_is_running (f->host) && !person_is_online (person));
}

static void
vanish (Real *f)
{
  vanish_from (f, &f->ben);
  AWAIT (f->eve.session == NULL || !person_is_online (&f->eve));
}

static void
start_other (Move *f)
{
  g_autoptr (GAsyncResult) started = NULL;

  draw_host_start_async (f->other, FALSE, NULL, keep_result, &started);
  AWAIT (started != NULL);
  g_assert_true (draw_host_start_finish (f->other, started, NULL));
}

/* -1, or the error's code. */
static int
move (Move *f, Person *person)
{
  g_autoptr (GAsyncResult) moved = NULL;
  g_autoptr (GError) error = NULL;

  draw_session_move_async (person->session, f->directory, NULL, keep_result, &moved);
  AWAIT (moved != NULL);
  if (draw_session_move_finish (person->session, moved, &error))
    return -1;
  g_assert_true (error->domain == DRAW_ERROR);
  return error->code;
}

static void
share (Move *f, Person *person)
{
  g_autoptr (GAsyncResult) shared = NULL;
  g_autoptr (GError) error = NULL;

  draw_session_share_async (person->session, draw_host_get_origin (f->other), NULL, keep_result, &shared);
  AWAIT (shared != NULL);
  draw_session_share_finish (person->session, shared, &error);
  g_assert_no_error (error);
  AWAIT (person_is_online (person));
}

static void
assert_same_past (Person *person, Real *f)
{
  BoardDocument *document = draw_session_get_document (person->session);
  const char *eve = draw_session_get_member (f->eve.session), *author = NULL, *writer = NULL;
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);
  BoardChat first, second;

  g_assert_cmpuint (board_document_get_n_chats (document), ==, 2);
  board_document_get_chat (document, 0, &first);
  board_document_get_chat (document, 1, &second);
  g_assert_cmpstr (first.member, ==, draw_session_get_member (f->ada.session));
  g_assert_cmpstr (second.member, ==, eve);
  g_assert_cmpstr (second.text, ==, "Hi");
  g_assert_cmpint (first.time, <=, second.time);
  g_assert_true (board_replica_get_authors (draw_session_get_replica (person->session),
                                            board_element_get_id (g_ptr_array_index (elements, 0)), &author,
                                            &writer));
  g_assert_cmpstr (author, ==, draw_session_get_member (f->ada.session));
}

static void
test_vanished (Move *fixture, gconstpointer data)
{
  Real *f = &fixture->real;
  g_autofree char *before = NULL, *after = NULL;
  DrawMember *ada;

  live (f);
  vanish (f);
  person_draw_many (&f->ben, 5);
  person_draw_many (&f->eve, 7);
  before = person_hash (&f->ben);
  start_other (fixture);
  g_assert_cmpint (move (fixture, &f->ben), ==, -1);
  share (fixture, &f->ben);
  AWAIT (person_is_settled (&f->ben));
  after = person_hash (&f->ben);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (draw_session_get_role (f->ben.session), ==, BOARD_ROLE_HOST);
  assert_same_past (&f->ben, f);

  /* Eve goes on from where she was, with what she drew meanwhile. */
  person_leave (&f->eve);
  real_join (&f->eve, draw_session_get_link (f->ben.session), "Eve");
  AWAIT (person_is_settled (&f->eve) && person_is_equal (&f->ben, &f->eve));
  g_assert_cmpuint (person_count (&f->ben), ==, 300 + 20 + 5 + 7);

  /* Who was never there reads all of it, with names of those who are not there any more. */
  ada = real_see (&f->eve, &f->ada);
  g_assert_nonnull (ada);
  g_assert_cmpstr (draw_member_get_name (ada), ==, "Ada");
  g_assert_false (draw_member_get_here (ada));
  {
    Person zoe = { .directory = g_dir_make_tmp ("zoe-XXXXXX", NULL) };

    real_join (&zoe, draw_session_get_link (f->ben.session), "Zoe");
    AWAIT (person_is_equal (&zoe, &f->ben));
    assert_same_past (&zoe, f);
    person_leave (&zoe);
    real_remove (zoe.directory);
    g_free (zoe.directory);
  }

  /* A second time there is nothing to bring. */
  g_assert_cmpint (move (fixture, &f->ben), ==, -1);
}

/* The server vanished before anything was drawn: there is no log, but a board there has to be. */
static void
test_empty (Move *fixture, gconstpointer data)
{
  Real *f = &fixture->real;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  draw_host_stop (f->host);
  AWAIT (!draw_host_is_running (f->host) && !person_is_online (&f->ben));
  person_draw_many (&f->ben, 5);
  start_other (fixture);
  g_assert_cmpint (move (fixture, &f->ben), ==, -1);
  share (fixture, &f->ben);
  AWAIT (person_is_settled (&f->ben));
  g_assert_cmpuint (person_count (&f->ben), ==, 5);
  g_assert_cmpint (draw_session_get_role (f->ben.session), ==, BOARD_ROLE_HOST);
}

/* Nobody there, and nothing to bring. */
static void
test_nothing (Move *fixture, gconstpointer data)
{
  Real *f = &fixture->real;

  person_draw_many (&f->ada, 3);
  AWAIT (person_is_settled (&f->ada));
  g_assert_cmpint (move (fixture, &f->ada), !=, -1); /* its server does not run */
  f->ben.session = draw_session_create (f->ben.directory, NULL);
  person_watch (&f->ben);
  person_draw_many (&f->ben, 3);
  g_assert_cmpint (move (fixture, &f->ben), ==, -1); /* it was never shared */
}

/* --- Pictures ------------------------------------------------------------------------------------- */

/* A picture on Ada's board; its id. Transfer full. */
static char *
show_picture (Real *f, GBytes *bytes)
{
  char *id = put (&f->ada, bytes);
  g_autofree char *element = board_element_make_id ();
  g_autofree char *change = g_strdup_printf ("[\"+\",{\"id\":\"%s\",\"type\":\"image\",\"index\":\"a1\",\"x\":0,\"y\":0,"
                                             "\"width\":10,\"height\":10,\"fileId\":\"%s\"}]",
                                             element, id);

  submit (&f->ada, change);
  return id;
}

static gboolean
is_uploaded (Person *person)
{
  return draw_session_get_n_blobs_waiting (person->session) == 0;
}

static gboolean
has_picture (Person *person, const char *id)
{
  g_autofree char *blobs = draw_blob_store_get_directory (draw_session_get_path (person->session));

  return draw_blob_store_has (blobs, id);
}

static void
move_to_ben (Move *fixture)
{
  start_other (fixture); /* elsewhere, as the port of the first is taken */
  vanish (&fixture->real);
  g_assert_cmpint (move (fixture, &fixture->real.ben), ==, -1);
  share (fixture, &fixture->real.ben);
  AWAIT (person_is_settled (&fixture->real.ben) && is_uploaded (&fixture->real.ben));
}

/* Everybody brings what they have looked at, the host and who comes later; what nobody looked at went with its server. */
static void
test_pictures (Move *fixture, gconstpointer data)
{
  Real *f = &fixture->real;
  GBytes *pictures[3];
  char *ids[3];
  g_autoptr (GError) error = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  real_join (&f->eve, draw_session_get_link (f->ada.session), "Eve");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      pictures[i] = make_bytes (20000, (guint8) i);
      ids[i] = show_picture (f, pictures[i]);
    }
  AWAIT (is_uploaded (&f->ada) && person_is_equal (&f->ada, &f->ben) && person_is_equal (&f->ada, &f->eve));
  assert_gets (&f->ben, ids[0], pictures[0]);
  assert_gets (&f->eve, ids[1], pictures[1]);
  move_to_ben (fixture);
  AWAIT (f->ben.n_troubles == 1); /* two are not there, he is told */
  person_leave (&f->eve);
  real_join (&f->eve, draw_session_get_link (f->ben.session), "Eve");
  assert_gets (&f->eve, ids[0], pictures[0]);
  AWAIT (is_uploaded (&f->eve));
  assert_gets (&f->ben, ids[1], pictures[1]);
  g_assert_null (get (&f->ben, ids[2], &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_SERVER);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_bytes_unref (pictures[i]);
      g_free (ids[i]);
    }
}

/* Who joined through a snapshot, and is thorough, has the whole board in the end: log and pictures. */
static void
test_thorough (Move *fixture, gconstpointer data)
{
  Real *f = &fixture->real;
  g_autoptr (GBytes) picture = make_bytes (20000, 7);
  g_autofree char *id = show_picture (f, picture);

  person_draw_many (&f->ada, 300);
  AWAIT (person_is_settled (&f->ada) && is_uploaded (&f->ada) && real_get_snapshot (f, NULL) > 0);
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  g_assert_true (draw_session_is_unproven (f->ben.session));
  draw_session_set_thorough (f->ben.session, TRUE);
  AWAIT (!draw_session_is_unproven (f->ben.session) && has_picture (&f->ben, id));
  move_to_ben (fixture);
  real_join (&f->eve, draw_session_get_link (f->ben.session), "Eve");
  AWAIT (person_is_equal (&f->eve, &f->ben));
  g_assert_cmpuint (f->ben.n_troubles, ==, 0);
  g_assert_cmpuint (person_count (&f->eve), ==, 301);
  assert_gets (&f->eve, id, picture);
}

/* Who has believed a snapshot alone has no log to bring. */
static void
test_believer (Move *fixture, gconstpointer data)
{
  Real *f = &fixture->real;

  person_draw_many (&f->ada, 300);
  AWAIT (person_is_settled (&f->ada) && real_get_snapshot (f, NULL) > 0);
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  AWAIT (person_is_equal (&f->ada, &f->ben));
  vanish_from (f, &f->ben);
  start_other (fixture);
  g_assert_cmpint (move (fixture, &f->ben), ==, DRAW_ERROR_DAMAGED);
  g_assert_cmpuint (person_count (&f->ben), ==, 300);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  real_init_configurations ();
  g_test_add ("/sync/move/vanished", Move, NULL, set_up, test_vanished, tear_down);
  g_test_add ("/sync/move/empty", Move, NULL, set_up, test_empty, tear_down);
  g_test_add ("/sync/move/nothing", Move, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/sync/move/pictures", Move, NULL, set_up, test_pictures, tear_down);
  g_test_add ("/sync/move/thorough", Move, NULL, set_up_snapshots, test_thorough, tear_down);
  g_test_add ("/sync/move/believer", Move, NULL, set_up_snapshots, test_believer, tear_down);
  status = g_test_run ();
  real_end_configurations ();
  return status;
}
