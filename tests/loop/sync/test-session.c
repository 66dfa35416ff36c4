/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sessions in this process against a server in this process. A person is a session with a folder of
 * its own; the fixture's verbs: join, draw, await, reopen.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "board/board-seal.h"
#include "fake-server.h"
#include "sync/draw-error.h"
#include "sync/draw-session.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct {
  char *directory;
  DrawSession *session;
  guint n_acknowledged, n_left, n_casts, n_troubles;
  uint64_t last_acknowledged;
  BoardCast last_cast;
  int last_trouble; /* code */
} Person;

typedef struct {
  FakeServer *server;
  Person ana, ben;
} Fixture;

/* --- Verbs -------------------------------------------------------------------------------------- */

/* Turns the main loop until it is so; the test fails when that does not come. */
#define AWAIT(condition)                                             \
  G_STMT_START                                                       \
  {                                                                  \
    int64_t _until = g_get_monotonic_time () + PATIENCE_US;          \
    guint _tick = g_timeout_add (20, on_tick, NULL);                 \
    while (!(condition) && g_get_monotonic_time () < _until)         \
      g_main_context_iteration (NULL, TRUE);                         \
    g_source_remove (_tick);                                         \
    g_assert_true (condition);                                       \
  }                                                                  \
  G_STMT_END

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_acknowledged (Person *person, guint64 counter, guint64 seq)
{
  g_assert_cmpuint (counter, >, 0);
  g_assert_cmpuint (seq, >, 0);
  person->n_acknowledged++;
  person->last_acknowledged = counter;
}

static void
on_left (Person *person, const char *member)
{
  person->n_left++;
}

static void
on_cast (Person *person, const char *member, BoardCast *cast)
{
  person->n_casts++;
  person->last_cast = *cast;
}

static void
on_trouble (Person *person, GError *error)
{
  g_test_message ("trouble: %s", error->message);
  person->n_troubles++;
  person->last_trouble = error->code;
}

static void
watch (Person *person)
{
  g_signal_connect_swapped (person->session, "acknowledged", G_CALLBACK (on_acknowledged), person);
  g_signal_connect_swapped (person->session, "member-left", G_CALLBACK (on_left), person);
  g_signal_connect_swapped (person->session, "cast", G_CALLBACK (on_cast), person);
  g_signal_connect_swapped (person->session, "trouble", G_CALLBACK (on_trouble), person);
}

/* Joins without connecting. */
static void
arrive (Person *person, FakeServer *server, const char *name)
{
  g_autoptr (GError) error = NULL;

  person->session = draw_session_join (person->directory, server->link, &error);
  g_assert_no_error (error);
  draw_session_set_profile (person->session, name, "#123456");
  watch (person);
}

static gboolean
is_online (Person *person)
{
  return draw_session_get_share_state (person->session) == DRAW_SHARE_ONLINE;
}

static void
join (Person *person, FakeServer *server, const char *name)
{
  arrive (person, server, name);
  draw_session_connect (person->session);
  AWAIT (is_online (person));
}

static void
leave (Person *person)
{
  if (person->session != NULL)
    draw_session_close (person->session);
  g_clear_object (&person->session);
}

static void
reopen (Person *person)
{
  g_autofree char *path = g_strdup (draw_session_get_path (person->session));
  g_autoptr (GError) error = NULL;

  leave (person);
  person->session = draw_session_open (path, &error);
  g_assert_no_error (error);
  watch (person);
}

static BoardOp *
make_stroke (DrawSession *session)
{
  const BoardPoint points[] = { { .x = 1, .y = 2 }, { .x = 30, .y = 40 }, { .x = 5, .y = 60 } };
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (draw_session_get_document (session));
  g_autoptr (BoardElement) element =
      board_element_new_freedraw (id, index, "#112233", 3, points, G_N_ELEMENTS (points));
  BoardOp *op = board_op_new ();

  board_op_add_element (op, element);
  return op;
}

static uint64_t
draw (Person *person)
{
  g_autoptr (BoardOp) op = make_stroke (person->session);
  g_autoptr (GError) error = NULL;
  uint64_t counter = draw_session_submit (person->session, op, &error);

  g_assert_no_error (error);
  return counter;
}

static void
draw_many (Person *person, guint n)
{
  for (guint i = 0; i < n; i++)
    draw (person);
}

static guint
count (Person *person)
{
  return board_document_get_n_elements (draw_session_get_document (person->session));
}

static char *
hash (Person *person)
{
  return board_replica_dup_visible_hash (draw_session_get_replica (person->session));
}

static gboolean
is_settled (Person *person)
{
  return draw_session_get_n_waiting (person->session) == 0 &&
         board_replica_get_n_pending (draw_session_get_replica (person->session)) == 0;
}

static gboolean
is_equal (Person *a, Person *b)
{
  g_autofree char *left = hash (a), *right = hash (b);

  return is_settled (a) && is_settled (b) && g_str_equal (left, right);
}

/* Each counter once, in order: what exactly-once means. */
static void
assert_log_is_sound (Fixture *f, Person *person, guint n)
{
  uint64_t counter = 0;

  for (guint i = 0; i < f->server->log->len; i++)
    {
      FakeEntry *entry = g_ptr_array_index (f->server->log, i);

      if (g_str_equal (entry->member, draw_session_get_member (person->session)))
        g_assert_cmpuint (entry->counter, ==, ++counter);
    }
  g_assert_cmpuint (counter, ==, n);
}

/* --- Fixture ------------------------------------------------------------------------------------ */

static void
remove_all (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = fake_server_new ();
  f->ana.directory = g_dir_make_tmp ("ana-XXXXXX", NULL);
  f->ben.directory = g_dir_make_tmp ("ben-XXXXXX", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  leave (&f->ana);
  leave (&f->ben);
  fake_server_free (f->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_all (f->ana.directory);
  remove_all (f->ben.directory);
  g_free (f->ana.directory);
  g_free (f->ben.directory);
}

/* --- Drawing together --------------------------------------------------------------------------- */

static void
test_two_draw (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  join (&f->ben, f->server, "Ben");
  draw_many (&f->ana, 5);
  draw_many (&f->ben, 3);
  AWAIT (f->ana.n_acknowledged == 5 && f->ben.n_acknowledged == 3);
  AWAIT (count (&f->ana) == 8 && is_equal (&f->ana, &f->ben));
  assert_log_is_sound (f, &f->ana, 5);
  assert_log_is_sound (f, &f->ben, 3);
  g_assert_cmpuint (f->ana.n_troubles, ==, 0);
}

static void
test_late (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 200);
  AWAIT (is_settled (&f->ana));
  join (&f->ben, f->server, "Ben");
  g_assert_cmpuint (count (&f->ben), ==, 200);
  g_assert_true (is_equal (&f->ana, &f->ben));
}

static void
test_title (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autofree char *title = NULL;

  join (&f->ana, f->server, "Ana");
  join (&f->ben, f->server, "Ben");
  board_op_set_title (op, "Plan <b>");
  draw_session_submit (f->ana.session, op, NULL);
  AWAIT (is_equal (&f->ana, &f->ben));
  g_object_get (f->ben.session, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Plan <b>");
}

static void
test_people (Fixture *f, gconstpointer data)
{
  g_autoptr (DrawMember) ben = NULL, self = NULL;
  GListModel *members;

  join (&f->ana, f->server, "Ana");
  join (&f->ben, f->server, "  B\u202een ");
  members = draw_session_get_members (f->ana.session);
  AWAIT (g_list_model_get_n_items (members) == 2);
  self = g_list_model_get_item (members, 0);
  ben = g_list_model_get_item (members, 1);
  g_assert_true (draw_member_is_self (self));
  g_assert_cmpstr (draw_member_get_name (self), ==, "Ana");
  g_assert_cmpstr (draw_member_get_name (ben), ==, "Ben");
  g_assert_cmpstr (draw_member_get_color (ben), ==, "#123456");
  g_assert_true (draw_member_get_here (ben));
  leave (&f->ben);
  AWAIT (f->ana.n_left == 1);
  g_assert_false (draw_member_get_here (ben));
}

static void
test_cursor (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  join (&f->ben, f->server, "Ben");
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
  arrive (&f->ana, f->server, "Ana");
  g_assert_cmpint (draw_session_get_share_state (f->ana.session), ==, DRAW_SHARE_OFFLINE);
  draw_session_connect (f->ana.session);
  draw_many (&f->ana, 300);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 300);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
  fake_server_start (f->server);
  draw_session_reconnect_now (f->ana.session);
  AWAIT (is_online (&f->ana) && is_settled (&f->ana));
  g_assert_cmpuint (f->ana.n_acknowledged, ==, 300);
  assert_log_is_sound (f, &f->ana, 300);
}

static void
test_comes_back (Fixture *f, gconstpointer data)
{
  gint64 retry_at;

  join (&f->ana, f->server, "Ana");
  join (&f->ben, f->server, "Ben");
  draw_many (&f->ana, 3);
  AWAIT (is_equal (&f->ana, &f->ben) && count (&f->ben) == 3);
  fake_server_stop (f->server);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
  /* Nobody else is here any more, and it says when it tries again. */
  AWAIT (f->ana.n_left == 1);
  g_object_get (f->ana.session, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at, >, 0);
  draw_many (&f->ana, 4);
  draw_many (&f->ben, 5);
  fake_server_start (f->server);
  AWAIT (is_equal (&f->ana, &f->ben) && count (&f->ana) == 12);
  assert_log_is_sound (f, &f->ana, 7);
  assert_log_is_sound (f, &f->ben, 5);
}

static void
test_kicked_often (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  for (guint i = 0; i < 5; i++)
    {
      draw_many (&f->ana, 10);
      AWAIT (f->ana.n_acknowledged > 10 * i);
      fake_server_kick (f->server);
      draw_many (&f->ana, 10);
      AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_OFFLINE);
      draw_session_reconnect_now (f->ana.session);
      AWAIT (is_online (&f->ana) && is_settled (&f->ana));
    }
  assert_log_is_sound (f, &f->ana, 100);
}

/* The op is in the log, its ack is lost with the connection. */
static void
test_lost_acks (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  f->server->mute = TRUE;
  f->server->drop_ops_event = 10;
  draw_many (&f->ana, 10);
  AWAIT (f->server->log->len == 10);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 10);
  f->server->mute = FALSE;
  fake_server_kick (f->server);
  AWAIT (is_settled (&f->ana));
  g_assert_cmpuint (f->server->log->len, ==, 10);
  g_assert_cmpuint (f->ana.n_acknowledged, ==, 10);
}

static void
test_disconnect (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  draw_session_disconnect (f->ana.session);
  g_assert_cmpint (draw_session_get_share_state (f->ana.session), ==, DRAW_SHARE_OFFLINE);
  draw (&f->ana);
  AWAIT (f->server->sockets->len == 0);
  g_assert_cmpuint (f->server->log->len, ==, 0);
  draw_session_connect (f->ana.session);
  AWAIT (is_settled (&f->ana));
}

/* --- Files -------------------------------------------------------------------------------------- */

static void
test_reopen (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;

  join (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 5);
  AWAIT (is_settled (&f->ana));
  draw_session_disconnect (f->ana.session);
  draw_many (&f->ana, 5);
  draw_session_undo (f->ana.session);
  before = hash (&f->ana);
  reopen (&f->ana);
  after = hash (&f->ana);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count (&f->ana), ==, 9);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 6);
  /* The history is there as well. */
  draw_session_redo (f->ana.session);
  g_assert_cmpuint (count (&f->ana), ==, 10);
  for (guint i = 0; i < 10; i++)
    draw_session_undo (f->ana.session);
  g_assert_cmpuint (count (&f->ana), ==, 0);
  draw_session_connect (f->ana.session);
  AWAIT (is_settled (&f->ana) && is_online (&f->ana));
  join (&f->ben, f->server, "Ben");
  g_assert_true (is_equal (&f->ana, &f->ben));
}

static void
test_local (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawSession) second = NULL;

  f->ana.session = draw_session_create (f->ana.directory, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draw_session_get_share_state (f->ana.session), ==, DRAW_SHARE_LOCAL);
  g_assert_cmpint (draw_session_get_role (f->ana.session), ==, BOARD_ROLE_HOST);
  draw_many (&f->ana, 3);
  second = draw_session_open (draw_session_get_path (f->ana.session), &error);
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_BUSY);
  reopen (&f->ana);
  g_assert_cmpuint (count (&f->ana), ==, 3);
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

  join (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 50);
  AWAIT (is_settled (&f->ana));
  before = hash (&f->ana);
  path = g_strdup (draw_session_get_path (f->ana.session));
  aside = g_strconcat (path, ".damaged-1", NULL);
  leave (&f->ana);
  /* The last pages hold the log; the first ones say what the board is. */
  {
    GStatBuf buf;

    g_assert_cmpint (g_stat (path, &buf), ==, 0);
    write_junk (path, (gsize) buf.st_size - 4096, 4096);
  }
  f->ana.session = draw_session_open (path, &error);
  g_assert_no_error (error);
  watch (&f->ana);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  AWAIT (f->ana.n_troubles == 1);
  g_assert_cmpint (f->ana.last_trouble, ==, DRAW_ERROR_DAMAGED);
  draw (&f->ana); /* before the server can tell that counters are taken */
  draw_session_connect (f->ana.session);
  AWAIT (is_online (&f->ana) && is_settled (&f->ana));
  g_assert_cmpuint (count (&f->ana), ==, 51);
  assert_log_is_sound (f, &f->ana, 51);
}

/* A file that was copied back from a backup gives counters to other ops than the server has. */
static void
test_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL, *bytes = NULL;
  gsize length;

  join (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 3);
  AWAIT (is_settled (&f->ana));
  path = g_strdup (draw_session_get_path (f->ana.session));
  leave (&f->ana);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  join (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 4);
  AWAIT (is_settled (&f->ana));
  leave (&f->ana);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  arrive (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 2);
  draw_session_connect (f->ana.session);
  AWAIT (is_online (&f->ana) && is_settled (&f->ana));
  g_assert_cmpuint (count (&f->ana), ==, 9);
  assert_log_is_sound (f, &f->ana, 9);
  join (&f->ben, f->server, "Ben");
  g_assert_true (is_equal (&f->ana, &f->ben));
}

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

  join (&f->ana, f->server, "Ana");
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
          g_assert_cmpuint (count (&f->ana), ==, 59);
        }
      draw_session_submit (f->ana.session, op, NULL);
    }
  g_assert_cmpuint (draw_session_submit (f->ana.session, none, NULL), ==, 61);
  g_assert_cmpuint (count (&f->ana), ==, 0);
  /* What undoes a small op may be large: it goes in several. */
  draw_session_undo (f->ana.session);
  g_assert_cmpuint (count (&f->ana), ==, 60);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), >, 62);
  reopen (&f->ana);
  g_assert_cmpuint (count (&f->ana), ==, 60);
  draw_session_connect (f->ana.session);
  AWAIT (is_online (&f->ana) && is_settled (&f->ana));
  g_assert_cmpuint (f->server->log->len, >, 62);
  assert_log_is_sound (f, &f->ana, f->server->log->len);
  join (&f->ben, f->server, "Ben");
  g_assert_true (is_equal (&f->ana, &f->ben));
}

static void
test_too_fast (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  refuse_op (f, 5, BOARD_REFUSAL_TOO_FAST, 1);
  draw_many (&f->ana, 20);
  AWAIT (is_settled (&f->ana));
  g_assert_cmpuint (f->server->refuse_times, ==, 0);
  g_assert_cmpuint (f->ana.n_troubles, ==, 0);
  assert_log_is_sound (f, &f->ana, 20);
}

static void
test_rejected (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  join (&f->ben, f->server, "Ben");
  refuse_op (f, 2, BOARD_REFUSAL_TOO_LARGE, 1);
  draw_many (&f->ana, 5);
  AWAIT (is_settled (&f->ana) && f->ana.n_troubles == 1);
  g_assert_cmpint (f->ana.last_trouble, ==, DRAW_ERROR_REFUSED);
  g_assert_cmpuint (count (&f->ana), ==, 4);
  /* The place of the rejected one is taken by an empty one. */
  assert_log_is_sound (f, &f->ana, 5);
  AWAIT (is_equal (&f->ana, &f->ben));
  reopen (&f->ana);
  g_assert_cmpuint (count (&f->ana), ==, 4);
}

static void
test_viewer (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardOp) op = NULL;
  g_autoptr (GError) error = NULL;

  arrive (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 3); /* not knowing yet */
  f->server->role = BOARD_ROLE_VIEWER;
  refuse_op (f, 1, BOARD_REFUSAL_READ_ONLY, 1000);
  draw_session_connect (f->ana.session);
  AWAIT (f->ana.n_troubles == 1);
  g_assert_cmpuint (count (&f->ana), ==, 0);
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
  arrive (&f->ana, f->server, "Ana");
  draw_session_connect (f->ana.session);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
  g_object_get (f->ana.session, "refusal-message", &message, NULL);
  g_assert_nonnull (message);
  draw (&f->ana); /* one may still draw */
  draw_session_reconnect_now (f->ana.session);
  AWAIT (is_online (&f->ana) && is_settled (&f->ana));
  g_clear_pointer (&message, g_free);
  g_object_get (f->ana.session, "refusal-message", &message, NULL);
  g_assert_null (message);
}

static void
test_passing_refusal (Fixture *f, gconstpointer data)
{
  f->server->refuse_connects = 2;
  f->server->refusal = BOARD_REFUSAL_UNAVAILABLE;
  arrive (&f->ana, f->server, "Ana");
  draw_session_connect (f->ana.session);
  AWAIT (is_online (&f->ana));
  g_assert_cmpuint (f->server->n_refused, ==, 2);
}

static void
test_older_copy (Fixture *f, gconstpointer data)
{
  join (&f->ana, f->server, "Ana");
  draw_many (&f->ana, 3);
  AWAIT (is_settled (&f->ana));
  draw_session_disconnect (f->ana.session);
  g_ptr_array_set_size (f->server->log, 1);
  draw_session_connect (f->ana.session);
  AWAIT (draw_session_get_share_state (f->ana.session) == DRAW_SHARE_REFUSED);
  g_assert_cmpuint (count (&f->ana), ==, 3);
}

/* --- A server that talks nonsense ---------------------------------------------------------------- */

static void
test_hole (Fixture *f, gconstpointer data)
{
  BoardKey stranger;

  board_key_generate (&stranger);
  join (&f->ana, f->server, "Ana");
  f->server->drop_ops_event = 1;
  fake_server_add_op (f->server, &stranger, 1, "{\"c\":[[\"title\",\"one\"]]}");
  fake_server_add_op (f->server, &stranger, 2, "{\"c\":[[\"title\",\"two\"]]}");
  AWAIT (f->server->n_connects == 2 && is_online (&f->ana));
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
  join (&f->ana, f->server, "Ana");
  draw (&f->ana);
  AWAIT (is_settled (&f->ana));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fake_server_add_op (f->server, &stranger, counter++, texts[i]);
  body = board_seal_op (&other_key, f->server->link->board, member, counter, "{\"c\":[]}");
  fake_server_add_body (f->server, member, counter++, body); /* another board's key */
  fake_server_add_body (f->server, member, counter++, "AAAA");
  /* Under Ana's name: the server cannot write as her. */
  fake_server_add_body (f->server, draw_session_get_member (f->ana.session), 2, body);
  AWAIT (board_replica_get_seq (draw_session_get_replica (f->ana.session)) == 8);
  g_assert_cmpuint (count (&f->ana), ==, 1);
  join (&f->ben, f->server, "Ben");
  g_assert_true (is_equal (&f->ana, &f->ben));
  reopen (&f->ana);
  g_assert_true (is_equal (&f->ana, &f->ben));
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

  join (&f->ana, f->server, "Ana");
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
  draw (&f->ana);
  AWAIT (is_settled (&f->ana));
  g_assert_cmpuint (count (&f->ana), ==, 1);
}

static void
test_closed_at_any_time (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      arrive (&f->ana, f->server, "Ana");
      draw (&f->ana);
      draw_session_connect (f->ana.session);
      for (guint k = 0; k < i; k++)
        g_main_context_iteration (NULL, FALSE);
      leave (&f->ana);
    }
  join (&f->ana, f->server, "Ana");
  AWAIT (is_settled (&f->ana));
  assert_log_is_sound (f, &f->ana, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/session/" name, Fixture, NULL, set_up, func, tear_down)
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
  ADD ("local", test_local);
  ADD ("healed", test_healed);
  ADD ("backup", test_backup);
  ADD ("too-large", test_too_large);
  ADD ("too-fast", test_too_fast);
  ADD ("rejected", test_rejected);
  ADD ("viewer", test_viewer);
  ADD ("not-invited", test_not_invited);
  ADD ("passing-refusal", test_passing_refusal);
  ADD ("older-copy", test_older_copy);
  ADD ("hole", test_hole);
  ADD ("forged", test_forged);
  ADD ("nonsense", test_nonsense);
  ADD ("closed-at-any-time", test_closed_at_any_time);
  return g_test_run ();
}
