/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host is gone: a guest's copy is a board again, and can be hosted.
 */
#include "real-fixture.h"
#include "sync/draw-session-copy.h"
#include "sync/draw-session-moderate.h"

static void
test_ended (Real *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) ended = NULL, shared = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawSession) copy = NULL;
  gboolean is_ended;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  for (guint i = 0; i < 300; i++)
    person_draw (&f->ada);
  AWAIT (person_count (&f->ben) == 300 && person_is_settled (&f->ada));
  draw_session_end_async (f->ada.session, NULL, keep_result, &ended);
  AWAIT (ended != NULL);
  g_assert_true (draw_session_ask_finish (f->ada.session, ended, NULL));
  AWAIT (draw_session_get_share_state (f->ben.session) == DRAW_SHARE_REFUSED);
  g_object_get (f->ben.session, "ended", &is_ended, NULL);
  g_assert_true (is_ended);

  copy = draw_session_copy (f->ben.session, f->ben.directory, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (draw_session_get_board (copy), !=, draw_session_get_board (f->ben.session));
  g_assert_cmpuint (board_document_get_n_elements (draw_session_get_document (copy)), ==, 300);
  g_assert_cmpint (draw_session_get_role (copy), ==, BOARD_ROLE_HOST);
  draw_session_share_async (copy, draw_host_get_origin (f->host), NULL, keep_result, &shared);
  AWAIT (shared != NULL);
  g_assert_true (draw_session_share_finish (copy, shared, NULL));
  real_join (&f->eve, draw_session_get_link (copy), "Eve");
  AWAIT (person_count (&f->eve) == 300);
  {
    g_autofree char *theirs = person_hash (&f->eve);
    g_autofree char *before = person_hash (&f->ben);

    g_assert_cmpstr (theirs, ==, before); /* the same things in the same places */
  }
  draw_session_close (copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/copy/ended", Real, NULL, real_set_up, test_ended, real_tear_down);
  return g_test_run ();
}
