/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a board of tens of thousands of strokes takes a thread a part of a second. The window shows
 * what was seen of it last until then: a picture, which nobody can draw on. */
#include "window/draw-window-private.h"

#include <glib/gstdio.h>

#include "sync/draw-journal.h"
#include "window/draw-thumbnails.h"

/* Bytes of a file that is read at once: some thousand strokes, in 50 ms. */
#define SMALL_FILE (4 * 1024 * 1024)

typedef struct
{
  GApplication *app;  /* owned, and held */
  DrawWindow *window; /* owned */
  char *path;
} Opening;

/* (element-type Opening): the threads that read. Who comes back to a board while it is still read for
 * nobody gets that. */
static GList *under_way;

static Opening *
find_under_way (const char *path)
{
  for (GList *l = under_way; l != NULL; l = l->next)
    if (g_str_equal (((Opening *)l->data)->path, path))
      return l->data;
  return NULL;
}

static void
opening_free (Opening *opening)
{
  under_way = g_list_remove (under_way, opening);
  g_application_release (opening->app);
  g_object_unref (opening->app);
  g_object_unref (opening->window);
  g_free (opening->path);
  g_free (opening);
}

/* Nobody waits for it any more. */
static void
drop (DrawSession *session)
{
  if (session != NULL)
    draw_session_close (session);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  DrawWindow *self = opening->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawSession) session = draw_session_open_finish (result, &error);

  if (!draw_window_is_opening (self, opening->path))
    drop (session);
  else if (session != NULL)
    draw_application_place_session (DRAW_APPLICATION (opening->app), self, session);
  else
    {
      draw_window_set_session (self, NULL);
      draw_window_say (self, error->message);
    }
  opening_free (opening);
}

static DrawStill *
find_still (DrawWindow *self, const DrawBoardInfo *info)
{
  DrawStill *still = info != NULL ? draw_thumbnails_load_still (info->board, TRUE) : NULL;

  return still != NULL ? still : draw_canvas_take_still (draw_board_view_get_canvas (self->view));
}

gboolean
draw_window_is_large (const char *path)
{
  GStatBuf status;

  g_return_val_if_fail (path != NULL, FALSE);

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size > SMALL_FILE;
}

static void
start (DrawWindow *self, const char *path)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->app = g_object_ref (G_APPLICATION (draw_window_get_app (self)));
  opening->window = g_object_ref (self);
  opening->path = g_strdup (path);
  under_way = g_list_prepend (under_way, opening);
  g_application_hold (opening->app);
  draw_session_open_async (path, on_opened, opening);
}

void
draw_window_begin_opening (DrawWindow *self, const char *path)
{
  g_autoptr (DrawBoardInfo) info = draw_journal_peek (path);
  g_autoptr (DrawStill) still = find_still (self, info);
  Opening *opening = find_under_way (path);

  if (opening != NULL)
    g_set_object (&opening->window, self);
  else
    start (self, path);
  g_free (self->opening);
  self->opening = g_strdup (path);
  draw_board_view_show_opening (self->view, info != NULL ? info->title : "", still);
  draw_window_show_board (self);
}

void
draw_window_end_opening (DrawWindow *self)
{
  if (self->opening == NULL)
    return;
  g_clear_pointer (&self->opening, g_free);
  draw_board_view_set_session (self->view, NULL);
}

gboolean
draw_window_is_opening (DrawWindow *self, const char *path)
{
  g_return_val_if_fail (DRAW_IS_WINDOW (self), FALSE);

  return self->opening != NULL && (path == NULL || g_str_equal (self->opening, path));
}

void
draw_window_return_to_view (DrawWindow *self)
{
  g_autoptr (DrawStill) still
      = draw_thumbnails_load_still (draw_session_get_board (self->session), FALSE);

  if (still != NULL)
    draw_canvas_go_to_still (draw_board_view_get_canvas (self->view), still);
}
