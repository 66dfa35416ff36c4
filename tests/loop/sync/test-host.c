/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host, with a shell script in the place of the server: it writes its arguments down and does what
 * the file "behaviour" says.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "sync/draw-error.h"
#include "sync/draw-host.h"

static const char script[] =
    "#!/bin/sh\n"
    "here=$(dirname \"$0\")\n"
    "echo \"$@\" >> \"$here/arguments\"\n"
    "for word in \"$@\"; do case $word in 127.0.0.1:*|0.0.0.0:*) address=$word;; esac; done\n"
    "case $(cat \"$here/behaviour\") in\n"
    "  ready) echo $$ > \"$here/pid\"; echo noise; echo \"drawbridge-server ready http://$address\"\n"
    "    exec sleep 60;;\n"
    "  silent) echo > \"$here/pid\"; exec sleep 60;;\n"
    "  fail) exit 1;;\n"
    "  fail-once) echo ready > \"$here/behaviour\"; exit 1;;\n"
    "esac\n";

static char *directory;

typedef struct {
  char *data;
  DrawHost *host;
  GError *error;
  gboolean done;
  guint n_exits;
  gboolean will_restart;
} Fixture;

static void
write_file (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_file (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
on_exited (DrawHost *host, gboolean will_restart, Fixture *f)
{
  f->n_exits++;
  f->will_restart = will_restart;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *program = g_build_filename (directory, "server", NULL);

  f->data = g_build_filename (directory, "data", NULL);
  write_file (f, "server", script);
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  f->host = draw_host_new (f->data);
  g_signal_connect (f->host, "exited", G_CALLBACK (on_exited), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const files[] = { "server", "arguments", "behaviour", "pid", "data/port", "data" };

  g_assert_finalize_object (f->host);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i], NULL);

      g_remove (path);
    }
  g_clear_error (&f->error);
  g_free (f->data);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  draw_host_start_finish (DRAW_HOST (source), result, &f->error);
  f->done = TRUE;
}

static void
start (Fixture *f, gboolean all_interfaces)
{
  f->done = FALSE;
  draw_host_start_async (f->host, all_interfaces, NULL, on_started, f);
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
await_running (Fixture *f)
{
  while (!draw_host_is_running (f->host))
    g_main_context_iteration (NULL, TRUE);
}

static void
kill_child (Fixture *f)
{
  g_autofree char *pid = read_file (f, "pid");

  g_assert_nonnull (pid);
  kill ((pid_t) g_ascii_strtoll (pid, NULL, 10), SIGKILL);
}

static void
test_ready (Fixture *f, gconstpointer data)
{
  g_autofree char *arguments = NULL, *port = NULL, *expected = NULL;
  g_auto (GStrv) addresses = NULL;

  write_file (f, "behaviour", "ready");
  g_assert_false (draw_host_is_running (f->host));
  start (f, FALSE);
  g_assert_no_error (f->error);
  g_assert_true (draw_host_is_running (f->host));
  port = read_file (f, "data/port");
  expected = g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
  g_assert_cmpstr (draw_host_get_origin (f->host), ==, expected);
  arguments = read_file (f, "arguments");
  g_assert_nonnull (strstr (arguments, "--exit-with-parent"));
  g_assert_nonnull (strstr (arguments, "--listen 127.0.0.1:"));
  g_assert_nonnull (strstr (arguments, f->data));
  /* Nobody can reach it from elsewhere. */
  addresses = draw_host_list_addresses (f->host);
  g_assert_cmpuint (g_strv_length (addresses), ==, 0);
  draw_host_stop (f->host);
  g_assert_false (draw_host_is_running (f->host));
  g_assert_null (draw_host_get_origin (f->host));
  g_assert_cmpuint (f->n_exits, ==, 0);
}

static void
test_network (Fixture *f, gconstpointer data)
{
  g_autofree char *arguments = NULL;

  write_file (f, "behaviour", "ready");
  start (f, TRUE);
  g_assert_no_error (f->error);
  arguments = read_file (f, "arguments");
  g_assert_nonnull (strstr (arguments, "--listen 0.0.0.0:"));
  /* The app itself goes by loopback. */
  g_assert_true (g_str_has_prefix (draw_host_get_origin (f->host), "http://127.0.0.1:"));
}

static void
test_comes_back (Fixture *f, gconstpointer data)
{
  g_autofree char *origin = NULL;

  write_file (f, "behaviour", "ready");
  start (f, FALSE);
  origin = g_strdup (draw_host_get_origin (f->host));
  for (guint i = 1; i <= 2; i++)
    {
      kill_child (f);
      while (f->n_exits < i)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (f->will_restart);
      g_assert_null (draw_host_get_origin (f->host));
      await_running (f);
      /* Links stay valid. */
      g_assert_cmpstr (draw_host_get_origin (f->host), ==, origin);
    }
}

static void
test_second_try (Fixture *f, gconstpointer data)
{
  write_file (f, "behaviour", "fail-once");
  start (f, FALSE);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->n_exits, ==, 1);
}

static void
test_fails (Fixture *f, gconstpointer data)
{
  write_file (f, "behaviour", "fail");
  start (f, FALSE);
  g_assert_error (f->error, DRAW_ERROR, DRAW_ERROR_SERVER);
  g_assert_false (f->will_restart);
  g_clear_error (&f->error);
  /* And may be tried again. */
  write_file (f, "behaviour", "ready");
  start (f, FALSE);
  g_assert_no_error (f->error);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *program = g_build_filename (directory, "server", NULL);

  g_unlink (program);
  start (f, FALSE);
  g_assert_error (f->error, DRAW_ERROR, DRAW_ERROR_SERVER);
}

static void
test_port_is_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *text = g_strdup_printf ("%u\n", port);
  g_autofree char *suffix = g_strdup_printf (":%u", port);
  g_autoptr (DrawHost) second = NULL;

  g_assert_cmpint (g_mkdir (f->data, 0700), ==, 0);
  write_file (f, "data/port", text);
  write_file (f, "behaviour", "ready");
  g_socket_listener_close (listener);
  start (f, FALSE);
  g_assert_no_error (f->error);
  g_assert_true (g_str_has_suffix (draw_host_get_origin (f->host), suffix));
}

static void
test_stop_while_starting (Fixture *f, gconstpointer data)
{
  write_file (f, "behaviour", "silent");
  f->done = FALSE;
  draw_host_start_async (f->host, FALSE, NULL, on_started, f);
  for (g_autofree char *pid = NULL; pid == NULL; pid = read_file (f, "pid"))
    g_main_context_iteration (NULL, FALSE);
  draw_host_stop (f->host);
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (f->error, DRAW_ERROR, DRAW_ERROR_SERVER);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("host-XXXXXX", NULL);
  program = g_build_filename (directory, "server", NULL);
  g_setenv ("DRAWBRIDGE_SERVER", program, TRUE);
#define ADD(name, func) g_test_add ("/sync/host/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("ready", test_ready);
  ADD ("network", test_network);
  ADD ("comes-back", test_comes_back);
  ADD ("second-try", test_second_try);
  ADD ("fails", test_fails);
  ADD ("missing", test_missing);
  ADD ("port-is-kept", test_port_is_kept);
  ADD ("stop-while-starting", test_stop_while_starting);
  result = g_test_run ();
  g_assert_cmpint (g_rmdir (directory), ==, 0);
  g_free (directory);
  return result;
}
