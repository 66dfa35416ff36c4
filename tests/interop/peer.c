/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

struct _Peer
{
  GSubprocess *process; /* owned */
  guint port;
};

static const char *python; /* the first one that has socketio */

static gboolean
runs (const char *const *argv)
{
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (argv,
                           G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

gboolean
peer_prepare_node (void)
{
  g_autofree char *node = g_find_program_in_path ("node");
  g_autofree char *npm = g_find_program_in_path ("npm");
  g_autofree char *prepare = g_test_build_filename (G_TEST_DIST, "prepare.sh", NULL);
  const char *modules = g_getenv ("DRAWBRIDGE_NODE_MODULES");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (node == NULL || npm == NULL)
    {
      g_print ("1..0 # SKIP node and npm are not installed\n");
      return FALSE;
    }
  g_assert_nonnull (modules);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, prepare, modules, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  return TRUE;
}

gboolean
peer_prepare_python (void)
{
  static const char *const candidates[] = { "/usr/bin/python3", "python3" };

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      const char *argv[] = { candidates[i], "-c", "import socketio, aiohttp", NULL };

      if (runs (argv))
        {
          python = candidates[i];
          return TRUE;
        }
    }
  g_print ("1..0 # SKIP python3-socketio and python3-aiohttp are not installed\n");
  return FALSE;
}

static guint
read_port (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

  g_assert_no_error (error);
  if (line == NULL || !g_str_has_prefix (line, "ready "))
    g_error ("The peer said \"%s\" in place of its port", line != NULL ? line : "");
  return (guint)g_ascii_strtoull (line + strlen ("ready "), NULL, 10);
}

static Peer *
peer_new (const char *const *argv)
{
  Peer *self = g_new0 (Peer, 1);
  g_autoptr (GError) error = NULL;

  self->process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                           &error);
  g_assert_no_error (error);
  self->port = read_port (self->process);
  g_assert_cmpuint (self->port, >, 0);
  return self;
}

Peer *
peer_new_node (const char *script, const char *options)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, script, NULL);
  g_autofree char *json = g_strdup_printf ("{%s}", options != NULL ? options : "");
  const char *argv[] = { "node", path, json, NULL };

  return peer_new (argv);
}

Peer *
peer_new_python (const char *script)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, script, NULL);
  const char *argv[] = { python, path, NULL };

  return peer_new (argv);
}

guint
peer_get_port (Peer *self)
{
  return self->port;
}

void
peer_free (Peer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self);
}
