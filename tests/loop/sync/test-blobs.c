/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures between people: sealed, on the disk first, uploaded later, and never what they are not.
 */
#include <glib/gstdio.h>

#include "blob-fixture.h"
#include "board/board-blob.h"
#include "sync/draw-blob-store.h"
#include "sync/draw-session-blob.h"

static gboolean
is_uploaded (Person *person)
{
  return draw_session_get_n_blobs_waiting (person->session) == 0;
}

static void
test_across (Real *f, gconstpointer data)
{
  g_autoptr (GBytes) large = make_bytes (3000000, 1);
  g_autoptr (GBytes) small = make_bytes (1, 2);
  g_autofree char *first = put (&f->ada, large);
  g_autofree char *again = put (&f->ada, large);
  g_autofree char *second = put (&f->ada, small);
  g_autofree char *path = NULL;

  g_assert_cmpstr (first, ==, again);
  AWAIT (is_uploaded (&f->ada));
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  assert_gets (&f->ben, first, large);
  assert_gets (&f->ben, second, small);
  assert_gets (&f->ada, first, large);
  /* Kept: it is there without the server. */
  draw_session_disconnect (f->ben.session);
  assert_gets (&f->ben, first, large);
  path = draw_blob_store_get_directory (draw_session_get_path (f->ben.session));
  g_assert_true (draw_blob_store_has (path, first));
}

/* What was put offline is uploaded when there is a server, after a restart too. */
static void
test_later (Real *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_bytes (70000, 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  draw_session_disconnect (f->ada.session);
  id = put (&f->ada, bytes);
  g_assert_null (get (&f->ben, id, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_SERVER);
  person_reopen (&f->ada);
  g_assert_cmpuint (draw_session_get_n_blobs_waiting (f->ada.session), ==, 1);
  assert_gets (&f->ada, id, bytes);
  draw_session_connect (f->ada.session);
  AWAIT (is_uploaded (&f->ada));
  assert_gets (&f->ben, id, bytes);
}

static void
test_bad (Real *f, gconstpointer data)
{
  const char *const ids[] = { "", "../x", "ABC", "0",
                              "G00000000000000000000000000000000000000000000000000000000000000a" };
  g_autoptr (GBytes) huge = make_bytes (BOARD_MAX_BLOB + 1, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) bad = NULL;

      g_assert_null (get (&f->ada, ids[i], &bad));
      g_assert_error (bad, DRAW_ERROR, DRAW_ERROR_DAMAGED);
    }
  draw_session_put_blob_async (f->ada.session, huge, NULL, keep_result, &result);
  AWAIT (result != NULL);
  g_assert_null (draw_session_put_blob_finish (f->ada.session, result, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_TOO_LARGE);
}

/* A damaged file comes again from the server; one that nobody has is said. */
static void
test_damaged (Real *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_bytes (5000, 9);
  g_autofree char *id = put (&f->ada, bytes);
  g_autofree char *directory = draw_blob_store_get_directory (draw_session_get_path (f->ada.session));
  g_autofree char *path = g_build_filename (directory, id, NULL);
  g_autoptr (GError) error = NULL;

  AWAIT (is_uploaded (&f->ada));
  g_assert_true (g_file_set_contents (path, "not that", -1, NULL));
  assert_gets (&f->ada, id, bytes);
  assert_gets (&f->ada, id, bytes);
  draw_session_disconnect (f->ada.session);
  g_assert_null (get (&f->ada, "00000000000000000000000000000000000000000000000000000000000000ff", &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_SERVER);
}

static void
test_viewer (Real *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = make_bytes (10, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  real_set_role (f, &f->ben, BOARD_ROLE_VIEWER);
  draw_session_put_blob_async (f->ben.session, bytes, NULL, keep_result, &result);
  AWAIT (result != NULL);
  g_assert_null (draw_session_put_blob_finish (f->ben.session, result, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_READ_ONLY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Real, NULL, real_set_up, func, real_tear_down)
  ADD ("/blobs/across", test_across);
  ADD ("/blobs/later", test_later);
  ADD ("/blobs/bad", test_bad);
  ADD ("/blobs/damaged", test_damaged);
  ADD ("/blobs/viewer", test_viewer);
#undef ADD
  return g_test_run ();
}
