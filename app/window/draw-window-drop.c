/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is dragged from other programs, file managers, browsers and the library to the board or Home,
 * and what is selected to other programs. */
#include "window/draw-window-private.h"

#include <string.h>

#include "files/draw-offer.h"
#include "window/draw-drag-handle.h"

/* --- onto the board --- */

typedef struct
{
  DrawWindow *window; /* owned */
  GdkDrop *drop;      /* owned */
  double x, y;        /* board units */
} Landing;

/* The other program is told how it went. */
static void
landing_end (Landing *landing, gboolean taken)
{
  gdk_drop_finish (landing->drop, taken ? GDK_ACTION_COPY : 0);
  g_object_unref (landing->drop);
  g_object_unref (landing->window);
  g_free (landing);
}

static void
on_stream (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Landing *landing = user_data;
  const char *mime = NULL;
  g_autoptr (GInputStream) in = gdk_drop_read_finish (GDK_DROP (source), result, &mime, NULL);

  if (in != NULL)
    draw_window_take_stream (landing->window, in, mime, landing->x, landing->y);
  landing_end (landing, in != NULL);
}

/* A browser gives the picture and its address: the picture is what was meant. */
static void
read_stream (Landing *landing, gboolean with_uris)
{
  g_autoptr (GPtrArray) mimes = g_ptr_array_new ();

  for (guint i = 0; draw_window_mimes[i] != NULL; i++)
    if (strcmp (draw_window_mimes[i], "text/uri-list") != 0)
      g_ptr_array_add (mimes, (char *)draw_window_mimes[i]);
  if (with_uris)
    g_ptr_array_add (mimes, (char *)"text/uri-list");
  g_ptr_array_add (mimes, NULL);
  gdk_drop_read_async (landing->drop, (const char **)mimes->pdata, G_PRIORITY_DEFAULT, NULL,
                       on_stream, landing);
}

static gboolean
are_native (GSList *files)
{
  for (GSList *l = files; l != NULL; l = l->next)
    if (!g_file_is_native (l->data))
      return FALSE;
  return files != NULL;
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Landing *landing = user_data;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (source), result, NULL);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;
  guint i = 0;

  if (!are_native (files))
    {
      read_stream (landing, TRUE);
      return;
    }
  for (GSList *l = files; l != NULL && i < DRAW_WINDOW_MAX_FILES; l = l->next, i++)
    draw_window_add_file (landing->window, l->data, landing->x + 20 * i, landing->y + 20 * i);
  landing_end (landing, TRUE);
}

static gboolean
on_drop (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, DrawWindow *self)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);
  DrawViewport *viewport = draw_canvas_get_viewport (draw_board_view_get_canvas (self->view));
  Landing *landing;

  if (self->session == NULL || !(draw_board_view_get_facts (self->view) & DRAW_BOARD_WRITABLE))
    return FALSE;
  landing = g_new0 (Landing, 1);
  landing->window = g_object_ref (self);
  landing->drop = g_object_ref (drop);
  draw_viewport_to_board (viewport, x, y, &landing->x, &landing->y);
  /* A file says more than a picture of it: there may be a drawing inside. */
  if (!gdk_content_formats_contain_mime_type (formats, DRAW_OFFER_MIME)
      && gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_files, landing);
  else
    read_stream (landing, FALSE);
  return TRUE;
}

static GdkDragAction
on_drag_motion (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, DrawWindow *self)
{
  return draw_board_view_get_facts (self->view) & DRAW_BOARD_WRITABLE ? GDK_ACTION_COPY : 0;
}

static GtkEventController *
make_board_target (DrawWindow *self)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  GtkDropTargetAsync *target;

  for (guint i = 0; draw_window_mimes[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, draw_window_mimes[i]);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  target = gtk_drop_target_async_new (gdk_content_formats_builder_free_to_formats (builder),
                                      GDK_ACTION_COPY);
  g_signal_connect_object (target, "drag-enter", G_CALLBACK (on_drag_motion), self, 0);
  g_signal_connect_object (target, "drag-motion", G_CALLBACK (on_drag_motion), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  return GTK_EVENT_CONTROLLER (target);
}

/* --- onto Home --- */

static gboolean
on_home_drop (GtkDropTarget *target, const GValue *value, double x, double y, DrawWindow *self)
{
  guint i = 0;

  for (GSList *l = g_value_get_boxed (value); l != NULL && i < DRAW_WINDOW_MAX_FILES; l = l->next, i++)
    draw_window_open_file (self, l->data);
  return i > 0;
}

/* --- out of the board --- */

static GdkContentProvider *
on_prepare (DrawDragHandle *handle, DrawWindow *self)
{
  GPtrArray *ids = self->session != NULL ? draw_window_get_selection (self) : NULL;
  g_autoptr (DrawExport) export = NULL;
  g_autoptr (DrawBundle) bundle = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  char *elements, *words;

  if (ids == NULL)
    return NULL;
  export = draw_window_make_export (self, TRUE);
  bundle = draw_bundle_new_for_document (draw_session_get_document (self->session), ids);
  pictures = draw_bundle_get_file_ids (bundle);
  /* Their bytes are not at hand before the drag begins; who takes the drawing as a picture sees
   * them. */
  if (pictures->len > 0)
    return draw_offer_new (export, NULL, NULL);
  elements = draw_bundle_print (bundle, DRAW_BUNDLE_CLIPBOARD, NULL);
  words = draw_window_make_words (bundle);
  return draw_offer_new (export, elements, words != NULL ? words : g_strdup (elements));
}

void
draw_window_drop_init (DrawWindow *self)
{
  GtkDropTarget *home = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  DrawCanvas *canvas = draw_board_view_get_canvas (self->view);

  gtk_widget_add_controller (GTK_WIDGET (canvas), make_board_target (self));
  g_signal_connect_object (home, "drop", G_CALLBACK (on_home_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->home), GTK_EVENT_CONTROLLER (home));
  g_signal_connect_object (draw_board_view_get_drag_handle (self->view), "prepare",
                           G_CALLBACK (on_prepare), self, 0);
}
