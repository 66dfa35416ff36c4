/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* drawbridge-server: reads what it shall be, then lets BridgeServer be it. */

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bridge-admin-client.h"
#include "bridge-server.h"
#include "bridge-systemd.h"
#include "log/bridge-log.h"

#define EXIT_USAGE 2

typedef struct {
  char **listen;
  char *data_dir;
  char *config;
  gboolean memory;
  gboolean exit_with_parent;
  gboolean debug;
  gboolean version;
} Options;

typedef struct {
  BridgeServer *server;
  GMainLoop *loop;
  const Options *options;
  gboolean stopping;
} Program;

static void
options_clear (Options *options)
{
  g_strfreev (options->listen);
  g_free (options->data_dir);
  g_free (options->config);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
complain (int status, const char *message)
{
  fprintf (stderr, "drawbridge-server: %s\n", message);
  return status;
}

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen", 'l', 0, G_OPTION_ARG_STRING_ARRAY, &options->listen,
      "Listen on this address, may be repeated; port 0 is any free one (default: 127.0.0.1:3729)",
      "ADDRESS:PORT" },
    { "data-dir", 'd', 0, G_OPTION_ARG_FILENAME, &options->data_dir,
      "Keep the boards in this directory", "DIR" },
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "Read this configuration file",
      "FILE" },
    { "memory", 'm', 0, G_OPTION_ARG_NONE, &options->memory, "Keep the boards in memory only",
      NULL },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_parent,
      "End when the process that started this one ends", NULL },
    { "debug", 0, 0, G_OPTION_ARG_NONE, &options->debug, "Log more, and allow a debugger", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Keeps and relays the boards of Drawbridge.");
  g_option_context_set_description (context,
                                    "drawbridge-server admin --help: what a running server "
                                    "may be asked.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "Unexpected argument “%s”",
                   (*argv)[1]);
      return FALSE;
    }
  return TRUE;
}

/* The file first, then what the command line says. */
static BridgeConfig *
make_config (const Options *options, GError **error)
{
  g_autoptr (BridgeConfig) config = bridge_config_new ();

  if (options->config != NULL && !bridge_config_load (config, options->config, error))
    return NULL;
  if (options->listen != NULL)
    g_ptr_array_set_size (config->listen, 0);
  for (guint i = 0; options->listen != NULL && options->listen[i] != NULL; i++)
    if (!bridge_config_add_listen (config, options->listen[i], error))
      return NULL;
  if (options->data_dir != NULL)
    {
      g_free (config->data_dir);
      config->data_dir = g_canonicalize_filename (options->data_dir, NULL);
    }
  config->memory = options->memory;
  if (!bridge_config_check (config, error))
    return NULL;
  return g_steal_pointer (&config);
}

/* Many sockets; no core file and no debugger that could read what passes through; files for us
 * alone. */
static void
prepare_process (const Options *options)
{
  struct rlimit files;

  umask (077);
  signal (SIGPIPE, SIG_IGN);
  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
#ifndef __SANITIZE_ADDRESS__ /* whose leak check is a debugger */
  if (!options->debug)
    prctl (PR_SET_DUMPABLE, 0);
#endif
}

/* FALSE: the parent was gone before the kernel could promise anything. (That a parent is process 1
 * is no sign of it: in a container that may well be the app.) */
static gboolean
tie_to_parent (pid_t parent)
{
  return prctl (PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid () == parent;
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;

  bridge_server_stop_finish (BRIDGE_SERVER (source), result, NULL);
  g_main_loop_quit (program->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  Program *program = user_data;

  if (program->stopping)
    _exit (EXIT_FAILURE);
  program->stopping = TRUE;
  bridge_server_stop_async (program->server, on_stopped, program);
  return G_SOURCE_CONTINUE;
}

static void
say_ready (BridgeServer *server)
{
  const char *const *uris = bridge_server_get_uris (server);

  for (guint i = 0; uris[i] != NULL; i++)
    {
      printf ("drawbridge-server ready %s\n", uris[i]);
      bridge_log (G_LOG_LEVEL_INFO, "listening", "uri", uris[i], NULL);
    }
  fflush (stdout);
}

/* A file that is wrong changes nothing. */
static gboolean
on_hangup (gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgeConfig) config = make_config (program->options, &error);

  if (config != NULL)
    bridge_server_reload (program->server, config);
  else
    bridge_log (G_LOG_LEVEL_WARNING, "reload-failed", "reason", error->message, NULL);
  return G_SOURCE_CONTINUE;
}

/* What the service manager has opened, or else what the configuration says. */
static gboolean
start_listening (BridgeServer *server, GError **error)
{
  g_autoptr (GPtrArray) sockets = bridge_systemd_take_sockets (error);

  if (sockets == NULL)
    return FALSE;
  return sockets->len > 0 ? bridge_server_listen_sockets (server, sockets, error)
                          : bridge_server_listen (server, error);
}

static int
run (const BridgeConfig *config, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgeServer) server = bridge_server_new (config, &error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program program = { server, loop, options, FALSE };

  if (server == NULL || !start_listening (server, &error))
    return complain (EXIT_FAILURE, error->message);

  g_unix_signal_add (SIGTERM, on_signal, &program);
  g_unix_signal_add (SIGINT, on_signal, &program);
  g_unix_signal_add (SIGHUP, on_hangup, &program);
  say_ready (server);
  bridge_systemd_notify ("READY=1");
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  pid_t parent = getppid ();
  g_auto (Options) options = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgeConfig) config = NULL;

  if (argc > 1 && g_str_equal (argv[1], "admin"))
    return bridge_admin_client_run (argc - 1, argv + 1);
  if (!parse_options (&options, &argc, &argv, &error))
    return complain (EXIT_USAGE, error->message);
  if (options.version)
    {
      printf ("drawbridge-server %s\n", BRIDGE_VERSION);
      return EXIT_SUCCESS;
    }
  config = make_config (&options, &error);
  if (config == NULL)
    return complain (EXIT_USAGE, error->message);

  bridge_log_init (options.debug);
  prepare_process (&options);
  if (options.exit_with_parent && !tie_to_parent (parent))
    return complain (EXIT_FAILURE, "the parent process has gone");
  return run (config, &options);
}
