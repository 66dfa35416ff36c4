/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "real-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "sync/draw-session-moderate.h"

void
real_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        real_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
real_join (Person *person, const BoardLink *link, const char *name)
{
  g_autoptr (GError) error = NULL;

  person->session = draw_session_join (person->directory, link, &error);
  g_assert_no_error (error);
  draw_session_set_profile (person->session, name, "#123456");
  person_watch (person);
  draw_session_connect (person->session);
  AWAIT (person_is_online (person));
}

DrawMember *
real_see (Person *person, Person *other)
{
  GListModel *members = draw_session_get_members (person->session);
  const char *id = draw_session_get_member (other->session);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      if (g_str_equal (draw_member_get_id (member), id))
        return member; /* the roster keeps it */
    }
  return NULL;
}

void
real_set_role (Real *f, Person *person, BoardRole role)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  draw_session_set_member_role_async (f->ada.session, draw_session_get_member (person->session), role,
                                      NULL, keep_result, &result);
  AWAIT (result != NULL);
  draw_session_ask_finish (f->ada.session, result, &error);
  g_assert_no_error (error);
  AWAIT (draw_session_get_role (person->session) == role);
}

int64_t
real_get_snapshot (Real *f, guint *n_parts)
{
  g_autofree char *path = g_build_filename (f->directory, "boards.db", NULL);
  sqlite3_stmt *stmt = NULL;
  sqlite3 *db = NULL;
  int64_t seq = 0;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "SELECT snapshot, blob FROM board", -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    {
      seq = sqlite3_column_int64 (stmt, 0);
      if (n_parts != NULL)
        *n_parts = (guint) sqlite3_column_bytes (stmt, 1) / 64;
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return seq;
}

static void
start_server (Real *f)
{
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;

  f->host = draw_host_new (f->directory);
  draw_host_start_async (f->host, FALSE, NULL, keep_result, &started);
  AWAIT (started != NULL);
  draw_host_start_finish (f->host, started, &error);
  g_assert_no_error (error);
}

/* --- Configurations ------------------------------------------------------------------------------ */

/* Where a script lies that starts the server with the file beside it; NULL: the server is started as it is. */
static char *scripts;

static void
configure (const char *text)
{
  g_autofree char *file = g_build_filename (scripts, "server.conf", NULL);

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

void
real_init_configurations (void)
{
  g_autofree char *script = NULL, *text = NULL;

  scripts = g_dir_make_tmp ("scripts-XXXXXX", NULL);
  script = g_build_filename (scripts, "server.sh", NULL);
  text = g_strdup_printf ("#!/bin/sh\nexec '%s' --config '%s/server.conf' \"$@\"\n",
                          g_getenv ("DRAWBRIDGE_SERVER"), scripts);
  g_assert_true (g_file_set_contents (script, text, -1, NULL));
  g_assert_no_errno (g_chmod (script, 0700));
  g_setenv ("DRAWBRIDGE_SERVER", script, TRUE);
  configure ("");
}

void
real_end_configurations (void)
{
  real_remove (scripts);
  g_clear_pointer (&scripts, g_free);
}

void
real_set_up_with (Real *f, const char *configuration)
{
  configure (configuration);
  real_set_up (f, NULL);
  configure ("");
}

void
real_set_up (Real *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) shared = NULL;
  g_autoptr (GError) error = NULL;

  f->directory = g_dir_make_tmp ("server-XXXXXX", NULL);
  f->ada.directory = g_dir_make_tmp ("ada-XXXXXX", NULL);
  f->ben.directory = g_dir_make_tmp ("ben-XXXXXX", NULL);
  f->eve.directory = g_dir_make_tmp ("eve-XXXXXX", NULL);
  start_server (f);
  f->ada.session = draw_session_create (f->ada.directory, &error);
  g_assert_no_error (error);
  draw_session_set_profile (f->ada.session, "Ada", "#3584e4");
  person_watch (&f->ada);
  draw_session_share_async (f->ada.session, draw_host_get_origin (f->host), NULL, keep_result,
                            &shared);
  AWAIT (shared != NULL);
  draw_session_share_finish (f->ada.session, shared, &error);
  g_assert_no_error (error);
  AWAIT (person_is_online (&f->ada));
}

static void
forget (Person *person)
{
  person_leave (person);
  real_remove (person->directory);
  g_free (person->directory);
}

void
real_tear_down (Real *f, gconstpointer data)
{
  forget (&f->ada);
  forget (&f->ben);
  forget (&f->eve);
  draw_host_stop (f->host);
  AWAIT (!draw_host_is_running (f->host));
  g_clear_object (&f->host);
  real_remove (f->directory);
  g_free (f->directory);
}
