/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session-fixture.h"

#include <glib/gstdio.h>
#include <math.h>

#include "sync/draw-session-removal.h"

void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

gboolean
session_fixture_tick (gpointer data)
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

void
person_watch (Person *person)
{
  g_signal_connect_swapped (person->session, "acknowledged", G_CALLBACK (on_acknowledged), person);
  g_signal_connect_swapped (person->session, "member-left", G_CALLBACK (on_left), person);
  g_signal_connect_swapped (person->session, "cast", G_CALLBACK (on_cast), person);
  g_signal_connect_swapped (person->session, "trouble", G_CALLBACK (on_trouble), person);
}

void
person_arrive (Person *person, FakeServer *server, const char *name)
{
  g_autoptr (GError) error = NULL;

  person->session = draw_session_join (person->directory, server->link, &error);
  g_assert_no_error (error);
  draw_session_set_profile (person->session, name, "#123456");
  person_watch (person);
}

gboolean
person_is_online (Person *person)
{
  return draw_session_get_share_state (person->session) == DRAW_SHARE_ONLINE;
}

void
person_join (Person *person, FakeServer *server, const char *name)
{
  person_arrive (person, server, name);
  draw_session_connect (person->session);
  AWAIT (person_is_online (person));
}

void
person_leave (Person *person)
{
  if (person->session != NULL)
    draw_session_close (person->session);
  g_clear_object (&person->session);
}

void
person_reopen (Person *person)
{
  g_autofree char *path = g_strdup (draw_session_get_path (person->session));
  g_autoptr (GError) error = NULL;

  person_leave (person);
  person->session = draw_session_open (path, &error);
  g_assert_no_error (error);
  person_watch (person);
}

BoardOp *
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

/* A hand that goes on in about the direction in which it went. */
BoardOp *
make_pen_stroke (DrawSession *session, GRand *rand, guint n_samples)
{
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (draw_session_get_document (session));
  g_autoptr (BoardElement) element = NULL;
  BoardOp *op = board_op_new ();
  g_autofree BoardPoint *points = g_new0 (BoardPoint, n_samples);
  double angle = g_rand_double (rand) * 6;

  points[0] = (BoardPoint){ .x = g_rand_double_range (rand, 0, 20000),
                            .y = g_rand_double_range (rand, 0, 20000), .pressure = 0.3 };
  for (guint i = 1; i < n_samples; i++)
    {
      angle += g_rand_double_range (rand, -0.3, 0.3);
      points[i] = points[i - 1];
      points[i].x += 2 * cos (angle);
      points[i].y += 2 * sin (angle);
      points[i].pressure = CLAMP (points[i].pressure + g_rand_double_range (rand, -0.02, 0.02), 0.05, 1);
      points[i].time = 7 * i;
    }
  element = board_element_new_freedraw (id, index, "#112233", 3, points, n_samples);
  board_op_add_element (op, element);
  return op;
}

static uint64_t
submit (Person *person, BoardOp *op)
{
  g_autoptr (GError) error = NULL;
  uint64_t counter = draw_session_submit (person->session, op, &error);

  g_assert_no_error (error);
  return counter;
}

uint64_t
person_draw (Person *person)
{
  g_autoptr (BoardOp) op = make_stroke (person->session);

  return submit (person, op);
}

void
person_draw_many (Person *person, guint n)
{
  for (guint i = 0; i < n; i++)
    person_draw (person);
}

void
person_draw_with_pen (Person *person, GRand *rand, guint n, guint n_samples)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BoardOp) op = make_pen_stroke (person->session, rand, n_samples);
      uint64_t counter = 0; /* the disk may have to catch up */

      AWAIT (counter > 0 || (counter = draw_session_submit (person->session, op, NULL)) > 0);
    }
}

guint
person_roll_back (Person *person, Person *other)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  draw_session_roll_back_member_async (person->session, draw_session_get_member (other->session), NULL,
                                       keep_result, &result);
  AWAIT (result != NULL);
  draw_session_roll_back_member_finish (person->session, result, &n, &error);
  g_assert_no_error (error);
  return n;
}

guint
person_count (Person *person)
{
  return board_document_get_n_elements (draw_session_get_document (person->session));
}

char *
person_hash (Person *person)
{
  return board_replica_dup_visible_hash (draw_session_get_replica (person->session));
}

gboolean
person_is_settled (Person *person)
{
  return draw_session_get_n_waiting (person->session) == 0 &&
         board_replica_get_n_pending (draw_session_get_replica (person->session)) == 0;
}

gboolean
person_is_equal (Person *a, Person *b)
{
  g_autofree char *left = person_hash (a), *right = person_hash (b);

  return person_is_settled (a) && person_is_settled (b) && g_str_equal (left, right);
}

void
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

void
session_fixture_set_up (Fixture *f, gconstpointer data)
{
  f->server = fake_server_new ();
  f->ana.directory = g_dir_make_tmp ("ana-XXXXXX", NULL);
  f->ben.directory = g_dir_make_tmp ("ben-XXXXXX", NULL);
}

void
session_fixture_tear_down (Fixture *f, gconstpointer data)
{
  person_leave (&f->ana);
  person_leave (&f->ben);
  fake_server_free (f->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_all (f->ana.directory);
  remove_all (f->ben.directory);
  g_free (f->ana.directory);
  g_free (f->ben.directory);
}
