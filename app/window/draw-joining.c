/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dialog owns this: when it goes, what is under way is given up. */
#include "window/draw-joining.h"

#include <glib/gi18n.h>

#include "canvas/draw-image-codes.h"
#include "sync/draw-library.h"
#include "sync/draw-probe.h"
#include "window/draw-code-picture.h"
#include "window/draw-window-private.h"

#define TICK_MS 100
/* So long a server may take before we ask what keeps it. */
#define PATIENCE_US (3 * G_USEC_PER_SEC)

typedef struct
{
  /* borrowed */
  DrawWindow *window;
  DrawJoinDialog *dialog;

  /* owned; NULL while nothing is under way */
  DrawSession *session;
  BoardLink *link;
  GCancellable *probing;
  GCancellable *reading; /* of a picture */
  gboolean fresh;     /* the board was not on this computer before */
  guint timer;
  int64_t started_at; /* monotonic us: the attempt, or the last answer of a probe */
} Joining;

static DrawApplication *
get_app (Joining *self)
{
  return draw_window_get_app (self->window);
}

/* --- Ends --- */

static void
stop_watching (Joining *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->probing);
  g_clear_object (&self->probing);
}

/* As if it had never been tried. */
static void
give_up (Joining *self)
{
  g_autoptr (DrawSession) session = g_steal_pointer (&self->session);
  g_autoptr (GError) error = NULL;

  stop_watching (self);
  g_clear_pointer (&self->link, board_link_free);
  if (session == NULL)
    return;
  draw_session_take_former_link (session);
  draw_session_close (session);
  if (self->fresh && !draw_library_delete (draw_session_get_path (session), &error))
    g_message ("%s", error->message);
}

/* The board comes into its window, and the dialog has done its work. */
static void
arrive (Joining *self)
{
  g_autoptr (DrawSession) session = g_steal_pointer (&self->session);

  stop_watching (self);
  draw_application_place_session (get_app (self), self->window, session);
  gtk_window_destroy (GTK_WINDOW (self->dialog));
}

/* --- What stands in the way --- */

static void
fail (Joining *self, const char *title, const char *advice, gboolean again)
{
  stop_watching (self);
  draw_session_disconnect (self->session);
  draw_join_dialog_set_failed (self->dialog, title, advice, again, !self->fresh);
  if (self->fresh)
    give_up (self);
}

static void
fail_at (Joining *self, DrawObstacle obstacle)
{
  fail (self, draw_obstacle_get_title (obstacle), draw_obstacle_get_advice (obstacle),
        draw_obstacle_may_pass (obstacle));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  DrawObstacle obstacle = draw_probe_finish (result, &error);
  Joining *self = user_data;

  if (error != NULL)
    return; /* given up: there is no self any more */
  g_clear_object (&self->probing);
  self->started_at = g_get_monotonic_time ();
  /* It is there after all: the connection tries on by itself. */
  if (obstacle != DRAW_OBSTACLE_NONE)
    fail_at (self, obstacle);
}

static void
ask_what_keeps_it (Joining *self)
{
  if (self->probing != NULL)
    return;
  self->probing = g_cancellable_new ();
  draw_probe_async (self->link, self->probing, on_probed, self);
}

/* --- Under way --- */

static gboolean
is_late (Joining *self, DrawLoading loading)
{
  return loading == DRAW_LOADING_GREETING
         && g_get_monotonic_time () - self->started_at > PATIENCE_US;
}

static void
look (Joining *self)
{
  DrawShareState state = draw_session_get_share_state (self->session);
  DrawObstacle obstacle = draw_session_get_obstacle (self->session);
  guint64 done, total;
  DrawLoading loading = draw_session_get_loading (self->session, &done, &total);

  if (state == DRAW_SHARE_ONLINE)
    {
      arrive (self);
      return;
    }
  if (obstacle != DRAW_OBSTACLE_NONE && loading < DRAW_LOADING_SNAPSHOT)
    {
      fail_at (self, obstacle);
      return;
    }
  draw_join_dialog_set_progress (self->dialog, loading, done, total);
  if (state == DRAW_SHARE_OFFLINE || is_late (self, loading))
    ask_what_keeps_it (self);
}

static gboolean
on_tick (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
begin (Joining *self, const BoardLink *link)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autofree char *path = draw_library_make_path (directory, link->board);
  g_autoptr (GError) error = NULL;

  give_up (self);
  self->fresh = !g_file_test (path, G_FILE_TEST_EXISTS);
  self->session = draw_session_join (directory, link, &error);
  if (self->session == NULL)
    {
      draw_join_dialog_set_failed (self->dialog, _("This Board Cannot Be Opened"), error->message,
                                   FALSE, FALSE);
      return;
    }
  self->link = board_link_copy (link);
  self->started_at = g_get_monotonic_time ();
  self->timer = g_timeout_add (TICK_MS, on_tick, self);
  draw_application_introduce (get_app (self), self->session);
  draw_join_dialog_set_progress (self->dialog, DRAW_LOADING_GREETING, 0, 0);
  draw_session_connect (self->session);
}

/* --- The dialog --- */

static void
on_join (DrawJoinDialog *dialog, const BoardLink *link, Joining *self)
{
  if (draw_application_present_board (get_app (self), link->board))
    gtk_window_destroy (GTK_WINDOW (dialog));
  else
    begin (self, link);
}

static void
on_cancelled (DrawJoinDialog *dialog, Joining *self)
{
  give_up (self);
}

static void
on_open_copy (DrawJoinDialog *dialog, Joining *self)
{
  if (self->session == NULL)
    return;
  draw_session_take_former_link (self->session);
  arrive (self);
}

/* --- Pictures of QR codes --- */

static void
stop_reading (Joining *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
on_picture_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = draw_code_picture_finish (result, &error);
  Joining *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* perhaps there is no self any more */
  if (text != NULL)
    draw_join_dialog_set_text (self->dialog, text);
  else
    draw_join_dialog_say (self->dialog, error->message);
}

static void
on_open_picture (DrawJoinDialog *dialog, Joining *self)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  draw_code_picture_choose_async (GTK_WINDOW (dialog), self->reading, on_picture_read, self);
}

static void
on_paste_picture (DrawJoinDialog *dialog, Joining *self)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  draw_code_picture_paste_async (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), self->reading,
                                 on_picture_read, self);
}

/* --- Boards near --- */

/* The link of a board that is on this computer, with the address where it is now; NULL when there is none. */
static char *
find_link (DrawNearbyBoard *board)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autofree char *path = draw_library_make_path (directory, draw_nearby_board_get_id (board));
  g_autoptr (DrawSession) session
      = g_file_test (path, G_FILE_TEST_EXISTS) ? draw_session_open (path, NULL) : NULL;
  const BoardLink *known = session != NULL ? draw_session_get_link (session) : NULL;
  g_autoptr (BoardLink) link
      = known != NULL ? board_link_copy_with_host (known, draw_nearby_board_get_host (board)) : NULL;

  if (session != NULL)
    draw_session_close (session);
  if (link == NULL)
    return NULL;
  link->port = draw_nearby_board_get_port (board);
  return board_link_to_text (link);
}

static void
on_near (DrawJoinDialog *dialog, DrawNearbyBoard *board, Joining *self)
{
  g_autofree char *text = NULL;

  if (draw_application_present_board (get_app (self), draw_nearby_board_get_id (board)))
    {
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  text = find_link (board);
  draw_join_dialog_set_wanted (dialog, board, text);
}

/* --- The start --- */

static void
on_dialog_destroyed (Joining *self)
{
  stop_reading (self);
  give_up (self);
}

static Joining *
joining_new (DrawWindow *window)
{
  Joining *self = g_new0 (Joining, 1);
  DrawApplication *app = draw_window_get_app (window);

  self->window = window;
  self->dialog = draw_join_dialog_new ();
  draw_join_dialog_set_nearby (self->dialog, draw_application_get_nearby (app), draw_application_hosts,
                               app);
  g_object_set_data_full (G_OBJECT (self->dialog), "joining", self, g_free);
  g_signal_connect_swapped (self->dialog, "destroy", G_CALLBACK (on_dialog_destroyed), self);
  g_signal_connect (self->dialog, "join", G_CALLBACK (on_join), self);
  g_signal_connect (self->dialog, "cancelled", G_CALLBACK (on_cancelled), self);
  g_signal_connect (self->dialog, "open-copy", G_CALLBACK (on_open_copy), self);
  g_signal_connect (self->dialog, "near", G_CALLBACK (on_near), self);
  g_signal_connect (self->dialog, "open-picture", G_CALLBACK (on_open_picture), self);
  g_signal_connect (self->dialog, "paste-picture", G_CALLBACK (on_paste_picture), self);
  draw_join_dialog_set_reads_pictures (self->dialog, draw_image_can_read_codes ());
  gtk_window_set_transient_for (GTK_WINDOW (self->dialog), GTK_WINDOW (window));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->dialog), TRUE);
  return self;
}

/* The one that asks or joins already, or NULL. */
static Joining *
find_joining (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (all, i);
      Joining *self = DRAW_IS_JOIN_DIALOG (toplevel) ? g_object_get_data (G_OBJECT (toplevel), "joining") : NULL;

      if (self != NULL && gtk_widget_is_visible (toplevel))
        return self;
    }
  return NULL;
}

/* A page may open link after link. FALSE: something is under way, which nobody but the person gives up. */
static gboolean
make_room (void)
{
  Joining *other = find_joining ();

  if (other != NULL && other->session != NULL)
    {
      gtk_window_present (GTK_WINDOW (other->dialog));
      return FALSE;
    }
  if (other != NULL)
    gtk_window_destroy (GTK_WINDOW (other->dialog));
  return TRUE;
}

void
draw_joining_start (DrawWindow *window, const char *text)
{
  Joining *self;

  g_return_if_fail (DRAW_IS_WINDOW (window));

  if (!make_room ())
    return;
  self = joining_new (window);
  if (text != NULL)
    draw_join_dialog_set_text (self->dialog, text);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

void
draw_joining_start_near (DrawWindow *window, DrawNearbyBoard *board)
{
  Joining *self;

  g_return_if_fail (DRAW_IS_WINDOW (window) && DRAW_IS_NEARBY_BOARD (board));

  if (draw_application_present_board (draw_window_get_app (window), draw_nearby_board_get_id (board))
      || !make_room ())
    return;
  self = joining_new (window);
  on_near (self->dialog, board, self);
  gtk_window_present (GTK_WINDOW (self->dialog));
}
