/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as a person or a service manager meets it: options, exit codes, what it prints,
 * signals. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define WATCHDOG_SECONDS 120

static const char *
program_path (void)
{
  return g_getenv ("DRAWBRIDGE_SERVER");
}

/* --- Runs to its end --- */

typedef struct {
  int status;
  char *out;
  char *err;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_free (outcome->out);
  g_free (outcome->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static Outcome
run (const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  Outcome outcome = { -1, NULL, NULL };
  const char *argument = first;
  va_list args;

  g_ptr_array_add (argv, (char *) program_path ());
  va_start (args, first);
  for (; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (argv, (char *) argument);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  process
      = g_subprocess_newv ((const char *const *) argv->pdata,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (
      g_subprocess_communicate_utf8 (process, NULL, NULL, &outcome.out, &outcome.err, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  outcome.status = g_subprocess_get_exit_status (process);
  return outcome;
}

/* One line that a person can read, and nothing on stdout. */
static void
assert_complaint (const Outcome *outcome, int status, const char *mentions)
{
  g_assert_cmpint (outcome->status, ==, status);
  g_assert_cmpstr (outcome->out, ==, "");
  g_assert_true (g_str_has_prefix (outcome->err, "drawbridge-server: "));
  g_assert_nonnull (strstr (outcome->err, mentions));
  g_assert_true (strchr (outcome->err, '\n') == outcome->err + strlen (outcome->err) - 1);
}

static void
test_help (void)
{
  static const char *const options[]
      = { "--listen", "--data-dir", "--config", "--memory", "--exit-with-parent", "--version" };
  g_auto (Outcome) outcome = run ("--help", NULL);

  g_assert_cmpint (outcome.status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    g_assert_nonnull (strstr (outcome.out, options[i]));
}

static void
test_version (void)
{
  g_auto (Outcome) outcome = run ("--version", NULL);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_true (
      g_regex_match_simple ("^drawbridge-server [0-9]+\\.[0-9]+\\.[0-9]+\n$", outcome.out, 0, 0));
}

static void
test_usage (void)
{
  g_auto (Outcome) unknown = run ("--nonsense", NULL);
  g_auto (Outcome) argument = run ("nonsense", NULL);
  g_auto (Outcome) address = run ("--listen", "somewhere:80", NULL);
  g_auto (Outcome) config = run ("--config", "/nowhere/at/all.conf", NULL);

  assert_complaint (&unknown, 2, "--nonsense");
  assert_complaint (&argument, 2, "nonsense");
  assert_complaint (&address, 2, "somewhere:80");
  assert_complaint (&config, 2, "/nowhere/at/all.conf");
}

static void
test_bad_config (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("bridge-XXXXXX.conf", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "[limits]\nbords=1\n", -1, NULL));

  g_auto (Outcome) outcome = run ("--config", path, NULL);

  assert_complaint (&outcome, 2, "bords");
  g_unlink (path);
}

/* --- Runs until it is ended --- */

typedef struct {
  GSubprocess *process;
  GDataInputStream *out;
  char *uri;
} Running;

/* store: the option that says where boards are. */
static Running
start (const char *store, const char *listen)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  Running running = { NULL };

  running.process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, program_path (), "--listen", listen, store, NULL);
  g_assert_no_error (error);
  running.out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (running.process));
  line = g_data_input_stream_read_line (running.out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "drawbridge-server ready http://"));
  running.uri = g_strdup (line + strlen ("drawbridge-server ready "));
  return running;
}

static void
end (Running *running, int signal_number, int status)
{
  g_subprocess_send_signal (running->process, signal_number);
  g_assert_true (g_subprocess_wait (running->process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (running->process));
  g_assert_cmpint (g_subprocess_get_exit_status (running->process), ==, status);
  g_object_unref (running->out);
  g_object_unref (running->process);
  g_free (running->uri);
}

static void
test_ready_and_term (void)
{
  Running running = start ("--memory", "127.0.0.1:0");

  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[1-9][0-9]*$", running.uri, 0, 0));
  end (&running, SIGTERM, 0);
  running = start ("--memory", "[::1]:0");
  g_assert_true (g_regex_match_simple ("^http://\\[::1\\]:[1-9][0-9]*$", running.uri, 0, 0));
  end (&running, SIGINT, 0);
}

static void
test_port_busy (void)
{
  Running running = start ("--memory", "127.0.0.1:0");
  const char *address = running.uri + strlen ("http://");
  g_auto (Outcome) outcome = run ("--memory", "--listen", address, NULL);

  assert_complaint (&outcome, 1, address);
  end (&running, SIGTERM, 0);
}

static void
remove_store (const char *directory)
{
  static const char *const files[]
      = { "boards.db", "boards.db-wal", "boards.db-shm", "lock", "blobs/snapshots",
          "blobs", "admin", "admin-key" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_data_dir (void)
{
  g_autofree char *directory = g_dir_make_tmp ("bridge-XXXXXX", NULL);
  g_autofree char *option = g_strconcat ("--data-dir=", directory, NULL);
  g_autofree char *database = g_build_filename (directory, "boards.db", NULL);
  Running running = start (option, "127.0.0.1:0");
  g_auto (Outcome) outcome = run ("--data-dir", directory, "--listen", "127.0.0.1:0", NULL);

  assert_complaint (&outcome, 1, "another server");
  end (&running, SIGTERM, 0);
  g_assert_true (g_file_test (database, G_FILE_TEST_IS_REGULAR));
  remove_store (directory);
}

static void
test_data_dir_impossible (void)
{
  g_auto (Outcome) outcome = run ("--data-dir", "/proc/nowhere", "--listen", "127.0.0.1:0", NULL);

  assert_complaint (&outcome, 1, "/proc/nowhere");
}

/* A shell starts it and is killed: the server ends too, by itself. */
static void
test_exit_with_parent (void)
{
  g_autofree char *command
      = g_strdup_printf ("%s --memory --listen 127.0.0.1:0 --exit-with-parent & wait",
                         program_path ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) shell
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, "/bin/sh", "-c", command, NULL);
  g_autoptr (GDataInputStream) out = NULL;
  gboolean ready = FALSE;

  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (shell));
  while (!ready)
    {
      g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

      g_assert_nonnull (line);
      ready = g_str_has_prefix (line, "drawbridge-server ready");
    }
  g_subprocess_force_exit (shell);
  /* Its end of the pipe closes when it has gone. */
  g_assert_null (g_data_input_stream_read_line (out, NULL, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (WATCHDOG_SECONDS);
  g_test_add_func ("/server/program/help", test_help);
  g_test_add_func ("/server/program/version", test_version);
  g_test_add_func ("/server/program/usage", test_usage);
  g_test_add_func ("/server/program/bad-config", test_bad_config);
  g_test_add_func ("/server/program/ready-and-term", test_ready_and_term);
  g_test_add_func ("/server/program/port-busy", test_port_busy);
  g_test_add_func ("/server/program/data-dir", test_data_dir);
  g_test_add_func ("/server/program/data-dir-impossible", test_data_dir_impossible);
  g_test_add_func ("/server/program/exit-with-parent", test_exit_with_parent);
  return g_test_run ();
}
