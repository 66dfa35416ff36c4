/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "dialogs/draw-preferences-dialog.h"
#include "sync/draw-library.h"
#include "widgets/draw-palette.h"
#include "window/draw-announcing.h"
#include "window/draw-command-line.h"
#include "window/draw-meter.h"
#include "window/draw-pen-page.h"
#include "window/draw-resuming.h"
#include "window/draw-shortcuts.h"
#include "window/draw-staying.h"
#include "window/draw-window.h"

struct _DrawApplication
{
  AdwApplication parent_instance;

  /* owned */
  GSettings *settings;
  DrawHosting *hosting;
  DrawStaying *staying;
  DrawResuming *resuming;
  DrawShelf *shelf; /* NULL until somebody wants it */
  DrawAnnouncing *announcing;
  DrawNearby *nearby;
  DrawMeter *meter;
  gboolean options_read; /* the command line could be parsed */
};

G_DEFINE_FINAL_TYPE (DrawApplication, draw_application, ADW_TYPE_APPLICATION)

/* --- who this person is --- */

/* The name that the system knows them by. */
static const char *
get_fallback_name (void)
{
  const char *name = g_get_real_name ();

  return g_strcmp0 (name, "Unknown") != 0 && *name != '\0' && g_strcmp0 (name, "root") != 0
             ? name
             : g_get_user_name ();
}

/* The same colour every time, and not the same for everybody; never the first, black, which is no
 * person's. */
static const char *
get_fallback_color (void)
{
  guint n = draw_palette_get_n_colors () - 1;

  return draw_palette_get_nth_color (1 + g_str_hash (g_get_user_name ()) % n);
}

static void
set_profile (DrawApplication *self, DrawSession *session)
{
  g_autofree char *name = g_settings_get_string (self->settings, "name");
  g_autofree char *color = g_settings_get_string (self->settings, "color");

  draw_session_set_profile (session, *name != '\0' ? name : get_fallback_name (),
                            *color != '\0' ? color : get_fallback_color ());
}

static void
on_profile_changed (DrawApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DRAW_IS_WINDOW (l->data) && draw_window_get_session (l->data) != NULL)
      set_profile (self, draw_window_get_session (l->data));
}

/* --- boards and windows --- */

static DrawWindow *
find_window (DrawApplication *self, const char *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      DrawSession *session = DRAW_IS_WINDOW (l->data) ? draw_window_get_session (l->data) : NULL;

      if (session != NULL ? g_strcmp0 (draw_session_get_path (session), path) == 0
                          : DRAW_IS_WINDOW (l->data) && draw_window_is_opening (l->data, path))
        return l->data;
    }
  return NULL;
}

DrawSession *
draw_application_find_session (DrawApplication *self, const char *path)
{
  DrawWindow *window;

  g_return_val_if_fail (DRAW_IS_APPLICATION (self) && path != NULL, NULL);

  window = find_window (self, path);
  return window != NULL ? draw_window_get_session (window) : NULL;
}

static DrawWindow *
find_board (DrawApplication *self, const char *board)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      DrawSession *session = DRAW_IS_WINDOW (l->data) ? draw_window_get_session (l->data) : NULL;

      if (session != NULL && g_strcmp0 (draw_session_get_board (session), board) == 0)
        return l->data;
    }
  return NULL;
}

/* A window that shows Home: that one, another, or a new one. */
static DrawWindow *
take_window (DrawApplication *self, DrawWindow *window)
{
  if (window != NULL && draw_window_get_session (window) == NULL)
    return window;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DRAW_IS_WINDOW (l->data) && draw_window_get_session (l->data) == NULL
        && !draw_window_is_opening (l->data, NULL))
      return l->data;
  return draw_window_new (self);
}

/* Takes the session. On failure the error is told where the person asked, or on Home. */
static DrawWindow *
show_session (DrawApplication *self, DrawWindow *window, DrawSession *session, const GError *error)
{
  g_autoptr (DrawSession) owned = session;

  if (session == NULL)
    {
      window = window != NULL ? window : take_window (self, NULL);
      gtk_window_present (GTK_WINDOW (window));
      draw_window_say (window, error->message);
      return NULL;
    }
  window = take_window (self, window);
  set_profile (self, session);
  draw_window_set_session (window, session);
  gtk_window_present (GTK_WINDOW (window));
  if (draw_session_get_link (session) != NULL)
    draw_session_connect (session);
  return window;
}

void
draw_application_show_session (DrawApplication *self, DrawWindow *window, DrawSession *session)
{
  g_return_if_fail (DRAW_IS_APPLICATION (self) && DRAW_IS_WINDOW (window));
  g_return_if_fail (DRAW_IS_SESSION (session));

  set_profile (self, session);
  draw_window_set_session (window, session);
}

DrawWindow *
draw_application_place_session (DrawApplication *self, DrawWindow *window, DrawSession *session)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self) && DRAW_IS_SESSION (session), NULL);

  return show_session (self, window, g_object_ref (session), NULL);
}

void
draw_application_introduce (DrawApplication *self, DrawSession *session)
{
  g_return_if_fail (DRAW_IS_APPLICATION (self) && DRAW_IS_SESSION (session));

  set_profile (self, session);
}

gboolean
draw_application_present_board (DrawApplication *self, const char *board)
{
  DrawWindow *window;

  g_return_val_if_fail (DRAW_IS_APPLICATION (self) && board != NULL, FALSE);

  window = find_board (self, board);
  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  return window != NULL;
}

DrawWindow *
draw_application_create_board (DrawApplication *self, DrawWindow *window)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autoptr (GError) error = NULL;
  DrawSession *session;

  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  session = draw_session_create (directory, &error);
  return show_session (self, window, session, error);
}

DrawWindow *
draw_application_open_path (DrawApplication *self, DrawWindow *window, const char *path)
{
  g_autoptr (GError) error = NULL;
  DrawWindow *shown;
  DrawSession *session;

  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  shown = find_window (self, path);
  if (shown != NULL)
    {
      gtk_window_present (GTK_WINDOW (shown));
      return shown;
    }
  session = draw_session_open (path, &error);
  shown = show_session (self, window, session, error);
  if (shown != NULL)
    draw_window_return_to_view (shown);
  return shown;
}

DrawWindow *
draw_application_begin_path (DrawApplication *self, DrawWindow *window, const char *path)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (find_window (self, path) != NULL || !draw_window_is_large (path))
    return draw_application_open_path (self, window, path);
  window = take_window (self, window);
  draw_window_begin_opening (window, path);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

DrawWindow *
draw_application_join (DrawApplication *self, DrawWindow *window, const BoardLink *link)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autoptr (GError) error = NULL;
  DrawWindow *shown;
  DrawSession *session;

  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (link != NULL, NULL);

  shown = find_board (self, link->board);
  if (shown != NULL)
    {
      gtk_window_present (GTK_WINDOW (shown));
      return shown;
    }
  session = draw_session_join (directory, link, &error);
  return show_session (self, window, session, error);
}

DrawWindow *
draw_application_show_home (DrawApplication *self)
{
  DrawWindow *window;

  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  window = take_window (self, NULL);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* --- the app's actions --- */

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (draw_window_new (user_data)));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawApplication *self = user_data;
  DrawPreferencesDialog *dialog
      = draw_preferences_dialog_new (self->settings, get_fallback_name (), get_fallback_color ());

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (dialog),
                              ADW_PREFERENCES_PAGE (draw_pen_page_new (self->settings)));
  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const developers[] = { "The Drawbridge authors", NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name",
                         _("Drawbridge"), "application-icon", "org.drawbridge.Drawbridge",
                         "version", DRAWBRIDGE_VERSION, "developer-name",
                         _("The Drawbridge authors"), "developers", developers, "copyright",
                         "© 2026 The Drawbridge authors", "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Draw and think together on an endless board"),
                         /* Translators: your names, one a line */
                         "translator-credits", _("translator-credits"), NULL);
}

/* Each window closes its board: nothing that was drawn is lost. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  draw_staying_give_up (DRAW_APPLICATION (user_data)->staying);

  for (GList *l = windows; l != NULL; l = l->next)
    if (DRAW_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

/* Logging out, or Ctrl+C in a terminal: as Quit. */
static gboolean
on_terminated (gpointer user_data)
{
  g_action_group_activate_action (user_data, "quit", NULL);
  return G_SOURCE_CONTINUE;
}

/* From a notification: the board's window comes to the front, or comes back. */
static void
on_show_board (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawApplication *self = user_data;

  draw_application_open_path (self, NULL, g_variant_get_string (parameter, NULL));
}

static const GActionEntry app_actions[] = {
  { "show-board", on_show_board, "s" },
  { "new-window", on_new_window },
  { "preferences", on_preferences },
  { "about", on_about },
  { "quit", on_quit },
};

/* How the sheet is shown is the same in all windows. */
static void
add_setting_actions (DrawApplication *self)
{
  static const char *const keys[] = { "paper", "minimap", "snap-grid" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (self->settings, keys[i]);

      g_action_map_add_action (G_ACTION_MAP (self), action);
    }
}

static void
on_theme_changed (DrawApplication *self)
{
  g_autofree char *theme = g_settings_get_string (self->settings, "theme");
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (theme, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (theme, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

/* --- boards that are open --- */

/* Empty after Quit: what is left there was open when the app died. */
void
draw_application_note_boards (DrawApplication *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  g_return_if_fail (DRAW_IS_APPLICATION (self));

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      DrawSession *session = DRAW_IS_WINDOW (l->data) ? draw_window_get_session (l->data) : NULL;

      if (session != NULL)
        g_strv_builder_add (paths, draw_session_get_path (session));
    }
  list = g_strv_builder_end (paths);
  g_settings_set_strv (self->settings, "open-boards", (const char *const *)list);
}

void
draw_application_boards_changed (DrawApplication *self)
{
  g_return_if_fail (DRAW_IS_APPLICATION (self));

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DRAW_IS_WINDOW (l->data))
      draw_window_refresh_home (l->data);
}

static gboolean
reopen_boards (DrawApplication *self)
{
  g_auto (GStrv) paths = g_settings_get_strv (self->settings, "open-boards");
  DrawWindow *window = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_REGULAR))
      window = draw_application_begin_path (self, NULL, paths[i]);
  if (window != NULL)
    draw_window_say (window, _("What was open is open again; nothing was lost."));
  return window != NULL;
}

static DrawSession *
find_session (const char *path, gpointer user_data)
{
  return draw_application_find_session (user_data, path);
}

/* --- GApplication --- */

static void
draw_application_startup (GApplication *app)
{
  DrawApplication *self = DRAW_APPLICATION (app);
  g_autofree char *data_dir = g_build_filename (g_get_user_data_dir (), "drawbridge", "host", NULL);

  G_APPLICATION_CLASS (draw_application_parent_class)->startup (app);
  self->settings = g_settings_new ("org.drawbridge.Drawbridge");
  self->hosting = draw_hosting_new (data_dir);
  self->staying = draw_staying_new (GTK_APPLICATION (self), self->hosting, self->settings);
  self->resuming = draw_resuming_new (self->hosting, self->settings);
  self->announcing = draw_announcing_new (self->hosting, self->settings, get_fallback_name ());
  self->nearby = draw_nearby_new ();
  self->meter = draw_meter_new (GTK_APPLICATION (self));
  g_signal_connect_object (self->settings, "changed::name", G_CALLBACK (on_profile_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::color", G_CALLBACK (on_profile_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::theme", G_CALLBACK (on_theme_changed), self,
                           G_CONNECT_SWAPPED);
  on_theme_changed (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), app_actions, G_N_ELEMENTS (app_actions),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self), draw_meter_get_action (self->meter));
  add_setting_actions (self);
  draw_shortcuts_install (GTK_APPLICATION (self));
  g_unix_signal_add (SIGTERM, on_terminated, self);
  g_unix_signal_add (SIGINT, on_terminated, self);
  gtk_window_set_default_icon_name ("org.drawbridge.Drawbridge");
}

static void
draw_application_activate (GApplication *app)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (app));

  if (window != NULL)
    gtk_window_present (window);
  else if (reopen_boards (DRAW_APPLICATION (app)))
    draw_resuming_start (DRAW_APPLICATION (app)->resuming, find_session, app);
  else
    draw_application_show_home (DRAW_APPLICATION (app));
}

static void
draw_application_open (GApplication *app, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    draw_command_line_open_file (DRAW_APPLICATION (app), files[i]);
}

static int
draw_application_command_line (GApplication *app, GApplicationCommandLine *command_line)
{
  return draw_command_line_run (DRAW_APPLICATION (app), command_line);
}

static int
draw_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  DRAW_APPLICATION (app)->options_read = TRUE;
  return draw_command_line_check (app, options);
}

/* GApplication gives 1 for a command line that it cannot parse, too. */
static gboolean
draw_application_local_command_line (GApplication *app, char ***arguments, int *exit_status)
{
  DrawApplication *self = DRAW_APPLICATION (app);
  gboolean done = G_APPLICATION_CLASS (draw_application_parent_class)
                      ->local_command_line (app, arguments, exit_status);

  if (done && *exit_status == 1 && !self->options_read)
    *exit_status = DRAW_EXIT_USAGE;
  return done;
}

static void
draw_application_shutdown (GApplication *app)
{
  DrawApplication *self = DRAW_APPLICATION (app);

  if (self->hosting != NULL)
    draw_hosting_stop (self->hosting);
  if (self->shelf != NULL)
    draw_shelf_flush (self->shelf);
  if (self->settings != NULL)
    g_settings_sync ();
  G_APPLICATION_CLASS (draw_application_parent_class)->shutdown (app);
}

static void
draw_application_finalize (GObject *object)
{
  DrawApplication *self = DRAW_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->staying);
  g_clear_object (&self->resuming);
  g_clear_object (&self->shelf);
  g_clear_object (&self->announcing);
  g_clear_object (&self->nearby);
  g_clear_object (&self->meter);
  g_clear_object (&self->hosting);
  G_OBJECT_CLASS (draw_application_parent_class)->finalize (object);
}

static void
draw_application_class_init (DrawApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = draw_application_finalize;
  app_class->startup = draw_application_startup;
  app_class->activate = draw_application_activate;
  app_class->open = draw_application_open;
  app_class->local_command_line = draw_application_local_command_line;
  app_class->command_line = draw_application_command_line;
  app_class->handle_local_options = draw_application_handle_local_options;
  app_class->shutdown = draw_application_shutdown;
}

static void
draw_application_init (DrawApplication *self)
{
  draw_command_line_install (G_APPLICATION (self));
}

DrawApplication *
draw_application_new (void)
{
  return g_object_new (DRAW_TYPE_APPLICATION, "application-id", "org.drawbridge.Drawbridge",
                       "resource-base-path", "/org/drawbridge/Drawbridge", "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE
                           | G_APPLICATION_CAN_OVERRIDE_APP_ID,
                       NULL);
}

GSettings *
draw_application_get_settings (DrawApplication *self)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  return self->settings;
}

DrawHosting *
draw_application_get_hosting (DrawApplication *self)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  return self->hosting;
}

DrawShelf *
draw_application_get_shelf (DrawApplication *self)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  if (self->shelf == NULL)
    {
      g_autofree char *directory = draw_shelf_get_directory ();

      self->shelf = draw_shelf_new (directory);
    }
  return self->shelf;
}

DrawNearby *
draw_application_get_nearby (DrawApplication *self)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  return self->nearby;
}

DrawAnnouncer *
draw_application_get_announcer (DrawApplication *self)
{
  g_return_val_if_fail (DRAW_IS_APPLICATION (self), NULL);

  return draw_announcing_get_announcer (self->announcing);
}

gboolean
draw_application_hosts (const char *board, gpointer app)
{
  GPtrArray *sessions = draw_hosting_get_sessions (DRAW_APPLICATION (app)->hosting);

  for (guint i = 0; i < sessions->len; i++)
    if (g_str_equal (draw_session_get_board (sessions->pdata[i]), board))
      return TRUE;
  return FALSE;
}
