/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-command-line.h"

#include <glib/gi18n.h>

#include "sync/draw-library.h"
#include "window/draw-batch.h"
#include "window/draw-joining.h"
#include "window/draw-window.h"

static const GOptionEntry entries[] = {
  { "new", 'n', 0, G_OPTION_ARG_NONE, NULL, N_("Open a new board"), NULL },
  { "join", 'j', 0, G_OPTION_ARG_STRING, NULL, N_("Join a board at once, without asking"),
    N_("LINK") },
  { "host", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("Host the new (or the last) board for this computer and print its link"), NULL },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("With --host: share it on that server instead of on one of our own"), N_("ORIGIN") },
  { "export", 'e', 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Write a board, a drawing or the board of a link to FILE (.png, .svg, .pdf, .excalidraw)"),
    N_("FILE") },
  { "scale", 0, 0, G_OPTION_ARG_DOUBLE, NULL, N_("With --export to a .png: pixels per unit"),
    N_("FACTOR") },
  { "transparent", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("With --export to a .png or .svg: no white sheet beneath"), NULL },
  { "import", 'i', 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Make a new board of a drawing (.excalidraw, or a .png or .svg with one in it)"),
    N_("FILE") },
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE|LINK…]") },
  { NULL },
};

void
draw_command_line_install (GApplication *app)
{
  g_application_add_main_option_entries (app, entries);
  g_application_set_option_context_summary (app,
                                            _("Draw and think together on an endless board."));
  g_application_set_option_context_description (
      app, _("A LINK that is given as an argument is asked about before anything is joined.\n"
              "--host prints one line, “link drawbridge://…”, when others can join.\n"
              "--export and --import need no display; --import prints “board PATH”.\n\n"
              "Exit status: 0 done, 1 failure, 2 wrong usage."));
}

static int
usage_error (const char *message)
{
  g_printerr ("%s: %s\n", g_get_prgname (), message);
  return DRAW_EXIT_USAGE;
}

static gboolean
is_origin (const char *text)
{
  return g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://");
}

/* Settings without their schema end the process with a trap; a sentence helps more. */
static gboolean
has_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "org.drawbridge.Drawbridge", TRUE);
  return schema != NULL;
}

/* Without a display and without another instance: -1 when there is nothing of that kind to do. */
static int
run_batch (GVariantDict *options)
{
  DrawBatchExport how = { 0 };
  const char *target = NULL, *import = NULL;
  g_auto (GStrv) sources = NULL;

  g_variant_dict_lookup (options, "scale", "d", &how.scale);
  g_variant_dict_lookup (options, "transparent", "b", &how.clear);
  g_variant_dict_lookup (options, "export", "^&ay", &target);
  g_variant_dict_lookup (options, "import", "^&ay", &import);
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^aay", &sources);
  if (import != NULL)
    return target != NULL ? usage_error (_("--import does not go with --export"))
                          : draw_batch_import (import);
  if (target == NULL)
    return -1;
  if (!draw_batch_is_target (target))
    return usage_error (_("--export needs a name that ends in .png, .svg, .pdf or .excalidraw"));
  if (sources == NULL || sources[0] == NULL || sources[1] != NULL)
    return usage_error (_("--export needs one board, drawing or link to be written"));
  how.target = target;
  return draw_batch_export (&how, sources[0]);
}

int
draw_command_line_check (GApplication *app, GVariantDict *options)
{
  gboolean join = g_variant_dict_contains (options, "join");
  gboolean host = g_variant_dict_contains (options, "host");
  g_autoptr (BoardLink) link = NULL;
  const char *text = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("drawbridge %s\n", DRAWBRIDGE_VERSION);
      return 0;
    }
  if (join && (host || g_variant_dict_contains (options, "new")))
    return usage_error (_("--join goes neither with --new nor with --host"));
  if (g_variant_dict_lookup (options, "server", "&s", &text) && (!host || !is_origin (text)))
    return usage_error (_("--server needs --host, and an origin such as http://host:3729"));
  if (g_variant_dict_lookup (options, "join", "&s", &text)
      && (link = board_link_parse (text, NULL)) == NULL)
    return usage_error (_("--join needs a whole invitation link"));
  if (!has_schema ())
    {
      g_printerr ("%s: %s\n", g_get_prgname (),
                  _("The settings schema org.drawbridge.Drawbridge is not installed. From a build "
                     "directory, "
                     "set GSETTINGS_SCHEMA_DIR to its folder “data”."));
      return 1;
    }
  return run_batch (options);
}

/* --- hosting --- */

typedef struct
{
  GApplicationCommandLine *command_line; /* kept: whoever started it waits for the answer */
  DrawSession *session;
} Hosting;

static void
hosting_done (Hosting *hosting, const GError *error)
{
  if (error == NULL)
    {
      g_autofree char *text = board_link_to_text (draw_session_get_link (hosting->session));
      g_application_command_line_print (hosting->command_line, "link %s\n", text);
    }
  else
    {
      g_application_command_line_printerr (hosting->command_line, "%s: %s\n", g_get_prgname (),
                                           error->message);
      g_application_command_line_set_exit_status (hosting->command_line, 1);
    }
  g_object_unref (hosting->command_line);
  g_object_unref (hosting->session);
  g_free (hosting);
}

static void
on_hosted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  draw_hosting_share_finish (DRAW_HOSTING (source), result, &error);
  hosting_done (user_data, error);
}

static void
on_shared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  draw_session_share_finish (DRAW_SESSION (source), result, &error);
  hosting_done (user_data, error);
}

static void
host (DrawApplication *app,
      GApplicationCommandLine *command_line,
      DrawWindow *window,
      const char *server)
{
  Hosting *hosting = g_new0 (Hosting, 1);

  hosting->command_line = g_object_ref (command_line);
  hosting->session = g_object_ref (draw_window_get_session (window));
  if (server != NULL)
    draw_session_share_async (hosting->session, server, NULL, on_shared, hosting);
  else
    draw_hosting_share_async (draw_application_get_hosting (app), hosting->session, FALSE, NULL,
                              on_hosted, hosting);
}

/* --- boards --- */

static DrawWindow *
open_last_board (DrawApplication *app)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autoptr (GPtrArray) boards = draw_library_list (directory);
  const DrawBoardInfo *last = boards->len > 0 ? g_ptr_array_index (boards, 0) : NULL;

  return last != NULL ? draw_application_open_path (app, NULL, last->path)
                      : draw_application_create_board (app, NULL);
}

/* The one that was in use last, in front; a dialog of it may be before it. */
static DrawWindow *
find_window (DrawApplication *app)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (app)); l != NULL; l = l->next)
    if (DRAW_IS_WINDOW (l->data))
      {
        gtk_window_present (l->data);
        return l->data;
      }
  return draw_application_show_home (app);
}

/* A board, or a drawing that becomes one. at_once: its session is needed when this returns. */
static DrawWindow *
open_file (DrawApplication *app, GFile *file, const char *path, gboolean at_once)
{
  DrawWindow *window;

  if (g_str_has_suffix (path, DRAW_BOARD_SUFFIX))
    return at_once ? draw_application_open_path (app, NULL, path)
                   : draw_application_begin_path (app, NULL, path);
  /* The library is beside a board: it goes where one is shown. */
  window = g_str_has_suffix (path, ".excalidrawlib") ? find_window (app) : draw_application_show_home (app);
  draw_window_open_file (window, file);
  return window;
}

void
draw_command_line_open_file (DrawApplication *app, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = path == NULL ? g_file_get_uri (file) : NULL;

  if (path != NULL)
    open_file (app, file, path, FALSE);
  else
    draw_joining_start (find_window (app), uri);
}

static DrawWindow *
open_argument (DrawApplication *app,
               GApplicationCommandLine *command_line,
               const char *argument,
               gboolean at_once)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  /* Not through GFile: it would normalise a link. */
  if (strstr (argument, "://") != NULL && !g_str_has_prefix (argument, "file://"))
    {
      draw_joining_start (find_window (app), argument);
      return NULL;
    }
  file = g_application_command_line_create_file_for_arg (command_line, argument);
  path = g_file_get_path (file);
  return path != NULL ? open_file (app, file, path, at_once) : NULL;
}

static DrawWindow *
open_what_was_asked (DrawApplication *app,
                     GApplicationCommandLine *command_line,
                     GVariantDict *options,
                     gboolean with_host)
{
  g_auto (GStrv) arguments = NULL;
  const char *text = NULL;
  DrawWindow *window = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^aay", &arguments);
  if (g_variant_dict_lookup (options, "join", "&s", &text))
    {
      g_autoptr (BoardLink) link = board_link_parse (text, NULL);
      return link != NULL ? draw_application_join (app, NULL, link) : NULL;
    }
  if (g_variant_dict_contains (options, "new"))
    return draw_application_create_board (app, NULL);
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    window = open_argument (app, command_line, arguments[i], with_host);
  if (arguments != NULL && arguments[0] != NULL)
    return window;
  if (with_host)
    return open_last_board (app);
  g_application_activate (G_APPLICATION (app));
  return NULL;
}

int
draw_command_line_run (DrawApplication *app, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  gboolean with_host = g_variant_dict_contains (options, "host");
  const char *server = NULL;
  DrawWindow *window = open_what_was_asked (app, command_line, options, with_host);

  g_variant_dict_lookup (options, "server", "&s", &server);
  if (with_host && window != NULL)
    host (app, command_line, window, server);
  return 0;
}
