/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A host takes back all that somebody did: with what was changed of others' things, and nothing of what they
 * did since.
 */
#include "session-fixture.h"

/* Both see what the other did. */
static void
settle (Fixture *f)
{
  AWAIT (person_is_settled (&f->ana) && person_is_settled (&f->ben) && person_is_equal (&f->ana, &f->ben));
}

/* A stroke; its id. Transfer full. */
static char *
draw (Person *person)
{
  g_autoptr (BoardOp) op = make_stroke (person->session);
  g_autoptr (GPtrArray) before = board_document_query (draw_session_get_document (person->session), NULL);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpuint (draw_session_submit (person->session, op, NULL), >, 0);
  after = board_document_query (draw_session_get_document (person->session), NULL);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  return g_strdup (board_element_get_id (g_ptr_array_index (after, after->len - 1)));
}

static void
set_width (Person *person, const char *id, int width)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_int_member (props, "strokeWidth", width);
  board_op_set_props (op, id, props);
  g_assert_cmpuint (draw_session_submit (person->session, op, NULL), >, 0);
}

static int64_t
get_width (Person *person, const char *id)
{
  BoardElement *element = board_document_get_element (draw_session_get_document (person->session), id);

  return json_node_get_int (board_element_get_prop (element, "strokeWidth"));
}

static void
erase (Person *person, const char *id)
{
  g_autoptr (BoardOp) op = board_op_new ();

  board_op_remove_element (op, id);
  g_assert_cmpuint (draw_session_submit (person->session, op, NULL), >, 0);
}

static void
test_all (Fixture *f, gconstpointer data)
{
  g_autofree char *spoilt = NULL, *erased = NULL, *mended = NULL, *scribble = NULL;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  spoilt = draw (&f->ana);
  erased = draw (&f->ana);
  mended = draw (&f->ana);
  AWAIT (person_count (&f->ben) == 3);
  scribble = draw (&f->ben);
  set_width (&f->ben, spoilt, 20);
  set_width (&f->ben, spoilt, 30);
  set_width (&f->ben, mended, 40);
  erase (&f->ben, erased);
  settle (f);
  set_width (&f->ana, mended, 5);
  settle (f);

  g_assert_cmpuint (person_roll_back (&f->ana, &f->ben), ==, 3);
  g_assert_cmpint (get_width (&f->ana, spoilt), ==, 3);
  g_assert_cmpint (get_width (&f->ana, mended), ==, 5);
  settle (f);
  g_assert_null (board_document_get_element (draw_session_get_document (f->ben.session), scribble));
  g_assert_nonnull (board_document_get_element (draw_session_get_document (f->ben.session), erased));

  /* It is an act of Ana's, and Ben's undo has nothing to take back any more. */
  draw_session_undo (f->ana.session);
  settle (f);
  g_assert_nonnull (board_document_get_element (draw_session_get_document (f->ben.session), scribble));
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  person_draw_many (&f->ana, 3);
  settle (f);
  g_assert_cmpuint (person_roll_back (&f->ana, &f->ben), ==, 0);
  g_assert_cmpuint (person_count (&f->ana), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/removal/all", Fixture, NULL, session_fixture_set_up, test_all,
              session_fixture_tear_down);
  g_test_add ("/sync/removal/nothing", Fixture, NULL, session_fixture_set_up, test_nothing,
              session_fixture_tear_down);
  return g_test_run ();
}
