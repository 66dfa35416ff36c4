/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes to a window from outside, chosen, dropped or pasted. */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"
#include "files/draw-incoming.h"
#include "files/draw-stencil-file.h"
#include "sync/draw-library.h"
#include "window/draw-transfer.h"

/* What is read of one file at most. */
#define READ_MAX ((gsize) DRAW_BUNDLE_MAX_BYTES)

static void
say_error (DrawWindow *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    draw_window_say (self, error->message);
}

/* --- adding to the board --- */

typedef struct
{
  DrawWindow *window; /* owned */
  DrawSession *session; /* owned; NULL: it becomes a board of its own */
  double x, y;        /* the middle of what comes; as it says, when there is no place */
  gboolean placed;
  char *title; /* owned: what the board is called then, or NULL */
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  g_object_unref (arrival->window);
  g_clear_object (&arrival->session);
  g_free (arrival->title);
  g_free (arrival);
}

static Arrival *
arrival_new (DrawWindow *self, DrawSession *session, const double *place, const char *title)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->window = g_object_ref (self);
  g_set_object (&arrival->session, session);
  arrival->placed = place != NULL;
  if (place != NULL)
    {
      arrival->x = place[0];
      arrival->y = place[1];
    }
  arrival->title = g_strdup (title);
  return arrival;
}

static void
set_title (Arrival *arrival)
{
  g_autoptr (BoardOp) op = NULL;
  g_autofree char *short_title = NULL;

  if (arrival->title == NULL)
    return;
  op = board_op_new ();
  short_title = g_utf8_substring (arrival->title, 0,
                                  MIN (g_utf8_strlen (arrival->title, -1), BOARD_MAX_TITLE));
  board_op_set_title (op, short_title);
  draw_session_submit (arrival->session, op, NULL);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Arrival *arrival = user_data;
  DrawWindow *self = arrival->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids
      = draw_transfer_add_finish (DRAW_SESSION (source), result, &error);

  if (ids == NULL)
    say_error (self, error);
  else if (self->session == arrival->session)
    {
      DrawCanvas *canvas = draw_board_view_get_canvas (self->view);

      set_title (arrival);
      if (arrival->placed)
        {
          g_object_set (self->view, "tool", "select", NULL);
          draw_tool_host_set_selection (DRAW_TOOL_HOST (canvas), ids);
        }
      else
        draw_canvas_fit (canvas);
    }
  arrival_free (arrival);
}

void
draw_window_say_skipped (DrawWindow *self, guint n_skipped)
{
  g_autofree char *words = NULL;

  g_return_if_fail (DRAW_IS_WINDOW (self));

  words = g_strdup_printf (ngettext ("%u object could not be read.", "%u objects could not be read.",
                                     n_skipped),
                           n_skipped);
  draw_window_say (self, words);
}

/* Takes both. */
static void
add_bundle (Arrival *arrival, DrawBundle *bundle)
{
  DrawSession *session = arrival->session;
  BoardRect bounds;

  /* The person has gone to another board meanwhile. */
  if (session == NULL || arrival->window->session != session)
    {
      draw_bundle_free (bundle);
      arrival_free (arrival);
      return;
    }
  if (bundle->n_skipped > 0)
    draw_window_say_skipped (arrival->window, bundle->n_skipped);
  if (arrival->placed && draw_bundle_get_bounds (bundle, &bounds))
    {
      DrawBundle *copies = draw_bundle_make_copies (
          bundle, draw_session_get_document (session), arrival->x - bounds.x - bounds.width / 2,
          arrival->y - bounds.y - bounds.height / 2);

      draw_bundle_free (bundle);
      bundle = copies;
    }
  draw_transfer_add_async (session, bundle, arrival->window->transfers, on_added, arrival);
}

void
draw_window_add_bundle (DrawWindow *self, DrawBundle *bundle, double x, double y)
{
  const double place[] = { x, y };

  g_return_if_fail (DRAW_IS_WINDOW (self) && bundle != NULL);

  if (self->session == NULL)
    draw_bundle_free (bundle);
  else
    add_bundle (arrival_new (self, self->session, place, NULL), bundle);
}

/* --- reading --- */

/* One of the two. */
typedef struct
{
  DrawBundle *bundle;  /* owned */
  GPtrArray *stencils; /* owned: it was a library */
  guint n_skipped;     /* of the library */
} Loaded;

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->bundle, draw_bundle_free);
  g_clear_pointer (&loaded->stencils, g_ptr_array_unref);
  g_free (loaded);
}

static void
load_bytes_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Loaded *loaded = g_new0 (Loaded, 1);
  gsize length;
  const char *text = g_bytes_get_data (data, &length);

  if (draw_stencil_file_sniff (data))
    loaded->stencils = draw_stencil_file_parse (text, length, &loaded->n_skipped, NULL);
  if (loaded->stencils == NULL)
    loaded->bundle = draw_incoming_load (data, &error);
  if (error == NULL)
    {
      g_task_return_pointer (task, loaded, (GDestroyNotify)loaded_free);
      return;
    }
  loaded_free (loaded);
  g_task_return_error (task, error);
}

/* Only now that there is something to be put on it. */
static void
make_board (Arrival *arrival)
{
  DrawWindow *shown = draw_application_create_board (draw_window_get_app (arrival->window),
                                                     arrival->window);

  if (shown == NULL)
    return;
  g_set_object (&arrival->window, shown);
  g_set_object (&arrival->session, shown->session);
}

static void
on_bytes_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Arrival *arrival = user_data;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), &error);

  if (loaded != NULL && loaded->bundle != NULL)
    {
      if (arrival->session == NULL)
        make_board (arrival);
      add_bundle (arrival, g_steal_pointer (&loaded->bundle));
    }
  else
    {
      if (loaded != NULL)
        draw_window_add_stencils (arrival->window, loaded->stencils, loaded->n_skipped);
      else
        say_error (arrival->window, error);
      arrival_free (arrival);
    }
  g_clear_pointer (&loaded, loaded_free);
}

static void
load_bytes (Arrival *arrival, GBytes *bytes)
{
  g_autoptr (GTask) task = g_task_new (NULL, arrival->session != NULL ? arrival->window->transfers : NULL,
                                       on_bytes_loaded, arrival);

  g_task_set_source_tag (task, load_bytes);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, load_bytes_in_thread);
}

void
draw_window_add_bytes (DrawWindow *self, GBytes *bytes, double x, double y)
{
  const double place[] = { x, y };

  g_return_if_fail (DRAW_IS_WINDOW (self) && bytes != NULL);

  if (self->session != NULL)
    load_bytes (arrival_new (self, self->session, place, NULL), bytes);
}

static void
load_file_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (
      data, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (info != NULL && (gsize)g_file_info_get_size (info) > READ_MAX)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                         _("The file is too large."));
  if (error == NULL)
    bytes = g_file_load_bytes (data, cancellable, NULL, &error);
  if (bytes != NULL)
    load_bytes_in_thread (task, source, bytes, cancellable);
  else
    g_task_return_error (task, error);
}

static void
load_file (Arrival *arrival, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (NULL, arrival->session != NULL ? arrival->window->transfers : NULL,
                                       on_bytes_loaded, arrival);

  g_task_set_source_tag (task, load_file);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_file_in_thread);
}

void
draw_window_add_file (DrawWindow *self, GFile *file, double x, double y)
{
  const double place[] = { x, y };

  g_return_if_fail (DRAW_IS_WINDOW (self) && G_IS_FILE (file));

  if (self->session != NULL)
    load_file (arrival_new (self, self->session, place, NULL), file);
}

static char *
make_title (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  char *dot = base != NULL ? strrchr (base, '.') : NULL;

  if (dot != NULL && dot != base)
    *dot = '\0';
  return base != NULL ? g_filename_display_name (base) : g_strdup ("");
}

void
draw_window_open_file (DrawWindow *self, GFile *file)
{
  g_autofree char *path = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (DRAW_IS_WINDOW (self) && G_IS_FILE (file));

  path = g_file_get_path (file);
  if (path != NULL && g_str_has_suffix (path, DRAW_BOARD_SUFFIX))
    {
      draw_application_open_path (draw_window_get_app (self), self, path);
      return;
    }
  title = make_title (file);
  load_file (arrival_new (self, NULL, NULL, title), file);
}

/* --- choosing --- */

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkNativeDialog *
make_chooser (DrawWindow *self, const char *title, const char *accept)
{
  static const char *const all[]
      = { "excalidraw", "excalidrawlib", "png", "svg", "jpg", "jpeg", "webp", "gif", "pdf", "drawbridge", NULL };
  static const char *const drawings[] = { "excalidraw", "excalidrawlib", "drawbridge", NULL };
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, accept, NULL);

  add_filter (GTK_FILE_CHOOSER (chooser), _("Drawings, pictures and PDF"), all);
  add_filter (GTK_FILE_CHOOSER (chooser), _("Drawings"), drawings);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return GTK_NATIVE_DIALOG (chooser);
}

void
draw_window_on_open_response (GtkNativeDialog *chooser, int response, DrawWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    draw_window_open_file (self, file);
  g_object_unref (chooser);
}

static void
on_insert_response (GtkNativeDialog *chooser, int response, DrawWindow *self)
{
  g_autoptr (GFile) file = NULL;
  double place[2];

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL && self->session != NULL)
    {
      draw_window_get_place (self, place);
      draw_window_add_file (self, file, place[0], place[1]);
    }
  g_object_unref (chooser);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkNativeDialog *chooser = make_chooser (DRAW_WINDOW (widget), _("Open"), _("_Open"));

  g_signal_connect_object (chooser, "response", G_CALLBACK (draw_window_on_open_response), widget, 0);
  gtk_native_dialog_show (chooser);
}

static void
action_insert (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkNativeDialog *chooser
      = make_chooser (DRAW_WINDOW (widget), _("Insert Picture or Drawing"), _("_Insert"));

  g_signal_connect_object (chooser, "response", G_CALLBACK (on_insert_response), widget, 0);
  gtk_native_dialog_show (chooser);
}

void
draw_window_incoming_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "board.insert", NULL, action_insert);
}

void
draw_window_incoming_update (DrawWindow *self, DrawBoardFacts facts)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.insert",
                                 (facts & DRAW_BOARD_WRITABLE) != 0);
}
