/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-admin-client.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bridge-admin-socket.h"
#include "bridge-server.h"
#include "json/wire-json.h"

#define EXIT_USAGE 2
/* Backups and restores of large stores take their time. */
#define TIMEOUT_S 3600
/* 200 boards of some 200 bytes are far below; a million boards would be too. */
#define MAX_ANSWER (256 * 1024 * 1024)

typedef struct {
  char *data_dir;
  char *config;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->data_dir);
  g_free (options->config);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = { { "data-dir", 'd', 0, G_OPTION_ARG_FILENAME, &options->data_dir,
                                     "The data directory of the server to be asked", "DIR" },
                                   { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config,
                                     "Or the configuration file of that server", "FILE" },
                                   { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
                                     "Print the answer as one line of JSON", NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND [ARGUMENT…]");
  g_autofree char *commands = bridge_admin_dup_help ();
  g_autofree char *help = g_strconcat ("Commands:\n", commands, NULL);

  g_option_context_set_summary (context, "Asks a running drawbridge-server.");
  g_option_context_set_description (context, help);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static char *
find_socket (const Options *options, GError **error)
{
  g_autoptr (BridgeConfig) config = bridge_config_new ();
  g_autofree char *data_dir = NULL;

  if (options->config != NULL && !bridge_config_load (config, options->config, error))
    return NULL;
  data_dir = options->data_dir != NULL ? g_strdup (options->data_dir)
                                       : bridge_server_dup_data_dir (config);
  return bridge_admin_socket_dup_path (data_dir);
}

/* Files are meant as seen from here, not from where the server runs. */
static char *
make_question (int argc, char **argv)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *arguments = json_array_new ();
  g_autofree char *text = NULL;
  gboolean has_file = g_str_equal (argv[1], "backup") || g_str_equal (argv[1], "restore")
                      || g_str_equal (argv[1], "import");

  json_object_set_string_member (object, "command", argv[1]);
  for (int i = 2; i < argc; i++)
    {
      g_autofree char *path
          = has_file && i == argc - 1 ? g_canonicalize_filename (argv[i], NULL) : NULL;

      json_array_add_string_element (arguments, path != NULL ? path : argv[i]);
    }
  json_object_set_array_member (object, "arguments", arguments);
  json_node_take_object (node, object);
  text = wire_json_print (node, NULL);
  return g_strconcat (text, "\n", NULL);
}

static char *
exchange (const char *path, const char *question, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) in = NULL;
  char *line;

  g_socket_client_set_timeout (client, TIMEOUT_S);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (connection == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                  question, strlen (question), NULL, NULL, error))
    return NULL;
  in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  line = g_data_input_stream_read_line (in, NULL, NULL, error);
  if (line == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server gave no answer");
  return line;
}

static char *
value_text (JsonNode *node)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return wire_json_print (node, NULL);
}

static void
print_row (JsonObject *row, GList *columns, const int *widths, gboolean head)
{
  int i = 0;

  for (GList *column = columns; column != NULL; column = column->next, i++)
    {
      g_autofree char *text = head ? g_ascii_strup (column->data, -1)
                                   : value_text (json_object_get_member (row, column->data));

      printf ("%-*s%s", column->next != NULL ? widths[i] : 0, text,
              column->next != NULL ? "  " : "\n");
    }
}

/* A table with a line for the names; nothing where there is no row. */
static void
print_rows (JsonArray *rows)
{
  g_autoptr (GList) columns = NULL;
  g_autofree int *widths = NULL;
  guint n = json_array_get_length (rows);

  if (n == 0)
    return;
  columns = json_object_get_members (json_array_get_object_element (rows, 0));
  widths = g_new0 (int, g_list_length (columns));
  for (guint r = 0; r < n; r++)
    {
      int i = 0;

      for (GList *column = columns; column != NULL; column = column->next, i++)
        {
          g_autofree char *text = value_text (
              json_object_get_member (json_array_get_object_element (rows, r), column->data));

          widths[i] = MAX (widths[i], (int) MAX (strlen (text), strlen (column->data)));
        }
    }
  print_row (json_array_get_object_element (rows, 0), columns, widths, TRUE);
  for (guint r = 0; r < n; r++)
    print_row (json_array_get_object_element (rows, r), columns, widths, FALSE);
}

static int
complain (int status, const char *message)
{
  fprintf (stderr, "drawbridge-server: %s\n", message);
  return status;
}

static int
print_answer (const char *line, gboolean json)
{
  static const WireJsonLimits limits
      = { .max_bytes = MAX_ANSWER, .max_depth = 8, .max_values = G_MAXINT, .max_members = 64 };
  g_autoptr (JsonNode) node = wire_json_parse (line, strlen (line), &limits, NULL);
  JsonObject *object
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return complain (EXIT_FAILURE, "the answer of the server cannot be read");
  if (json)
    printf ("%s\n", line);
  if (json_object_has_member (object, "error"))
    return json ? EXIT_FAILURE
                : complain (EXIT_FAILURE, json_object_get_string_member (object, "error"));
  if (!json)
    print_rows (json_object_get_array_member (object, "rows"));
  return EXIT_SUCCESS;
}

int
bridge_admin_client_run (int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *question = NULL;
  g_autofree char *line = NULL;

  if (!parse_options (&options, &argc, &argv, &error))
    return complain (EXIT_USAGE, error->message);
  if (argc < 2)
    return complain (EXIT_USAGE, "admin needs a command; see drawbridge-server admin --help");
  path = find_socket (&options, &error);
  if (path == NULL)
    return complain (EXIT_USAGE, error->message);
  question = make_question (argc, argv);
  line = exchange (path, question, &error);
  return line != NULL ? print_answer (line, options.json) : complain (EXIT_FAILURE, error->message);
}
