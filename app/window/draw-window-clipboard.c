/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements, pictures and text between the board and the clipboard. What is dropped is read in the same
 * way (draw-window-drop.c). */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "files/draw-bundle.h"
#include "files/draw-incoming.h"
#include "files/draw-offer.h"
#include "window/draw-transfer.h"

/* What is read of another program at most. */
#define READ_MAX (64 * 1024 * 1024)

/* --- copying --- */

typedef struct
{
  DrawWindow *window; /* owned */
  DrawExport *export; /* owned */
} Copy;

static gboolean
is_wording (BoardElement *element)
{
  const BoardElementType kind = board_element_get_kind (element);

  return kind == BOARD_ELEMENT_TEXT || kind == BOARD_ELEMENT_NOTE;
}

char *
draw_window_make_words (DrawBundle *bundle)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (bundle != NULL, NULL);

  for (guint i = 0; i < bundle->elements->len; i++)
    {
      JsonNode *text;

      if (!is_wording (bundle->elements->pdata[i]))
        return NULL;
      text = board_element_get_prop (bundle->elements->pdata[i], "originalText");
      if (text == NULL)
        text = board_element_get_prop (bundle->elements->pdata[i], "text");
      if (text == NULL)
        continue;
      if (out->len > 0)
        g_string_append (out, "\n\n");
      g_string_append (out, json_node_get_string (text));
    }
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  g_autoptr (DrawBundle) bundle
      = draw_transfer_collect_finish (DRAW_SESSION (source), result, NULL);

  if (bundle != NULL)
    {
      char *elements = draw_bundle_print (bundle, DRAW_BUNDLE_CLIPBOARD, NULL);
      char *words = draw_window_make_words (bundle);
      g_autoptr (GdkContentProvider) offer
          = draw_offer_new (copy->export, elements, words != NULL ? words : g_strdup (elements));

      gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (copy->window)), offer);
    }
  draw_export_unref (copy->export);
  g_object_unref (copy->window);
  g_free (copy);
}

static void
copy_selection (DrawWindow *self)
{
  GPtrArray *ids = draw_window_get_selection (self);
  Copy *copy;

  if (ids == NULL)
    return;
  copy = g_new0 (Copy, 1);
  copy->window = g_object_ref (self);
  copy->export = draw_window_make_export (self, TRUE);
  draw_transfer_collect_async (
      self->session, draw_bundle_new_for_document (draw_session_get_document (self->session), ids),
      NULL, on_collected, copy);
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy_selection (DRAW_WINDOW (widget));
}

static void
action_cut (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawWindow *self = DRAW_WINDOW (widget);

  copy_selection (self);
  draw_canvas_delete_selection (draw_board_view_get_canvas (self->view));
}

/* --- pasting --- */

typedef struct
{
  DrawWindow *window; /* owned */
  char *mime;
  double x, y;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->window);
  g_free (paste->mime);
  g_free (paste);
}

static void
add_text (DrawWindow *self, const char *text, double x, double y)
{
  DrawBundle *bundle = draw_incoming_load_text (text);

  if (bundle != NULL)
    draw_window_add_bundle (self, bundle, x, y);
}

/* A page of the web is not fetched: its address is text. */
static void
add_uris (DrawWindow *self, const char *list, double x, double y)
{
  g_auto (GStrv) uris = g_uri_list_extract_uris (list);

  for (guint i = 0; uris[i] != NULL && i < DRAW_WINDOW_MAX_FILES; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);

      if (g_file_is_native (file))
        draw_window_add_file (self, file, x + 20 * i, y + 20 * i);
      else
        add_text (self, uris[i], x, y + 40 * i);
    }
}

static void
use_pasted (Paste *paste, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = NULL;

  if (length == 0)
    return;
  if (g_str_has_prefix (paste->mime, "image/"))
    {
      draw_window_add_bytes (paste->window, bytes, paste->x, paste->y);
      return;
    }
  text = g_utf8_make_valid (data, (gssize)length);
  if (g_str_equal (paste->mime, "text/uri-list"))
    add_uris (paste->window, text, paste->x, paste->y);
  else
    add_text (paste->window, text, paste->x, paste->y);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);

  if (n >= 0)
    {
      g_autoptr (GBytes) bytes
          = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
      use_pasted (paste, bytes);
    }
  else
    draw_window_say (paste->window, error->message);
  paste_free (paste);
}

/* A buffer that ends: what another program sends has no bound. */
static gpointer
grow (gpointer data, gsize size)
{
  return size <= READ_MAX ? g_realloc (data, size) : NULL;
}

void
draw_window_take_stream (
    DrawWindow *self, GInputStream *in, const char *mime, double x, double y)
{
  g_autoptr (GOutputStream) out = NULL;
  Paste *paste;

  g_return_if_fail (DRAW_IS_WINDOW (self) && G_IS_INPUT_STREAM (in) && mime != NULL);

  paste = g_new0 (Paste, 1);
  paste->window = g_object_ref (self);
  paste->mime = g_strdup (mime);
  paste->x = x;
  paste->y = y;
  out = g_memory_output_stream_new (NULL, 0, grow, g_free);
  g_output_stream_splice_async (
      out, in, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
      G_PRIORITY_DEFAULT, NULL, on_read, paste);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  double place[2];
  const char *mime = NULL;
  g_autoptr (GInputStream) in
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &mime, NULL);

  draw_window_get_place (self, place);
  if (in != NULL)
    draw_window_take_stream (self, in, mime, place[0], place[1]);
}

const char *const draw_window_mimes[]
    = { DRAW_OFFER_MIME, "text/uri-list", "image/png",       "image/jpeg",
        "image/webp",    "image/gif",     "text/plain;charset=utf-8", "text/plain", NULL };

static void
action_paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget), (const char **)draw_window_mimes,
                            G_PRIORITY_DEFAULT, NULL, on_opened, g_object_ref (widget));
}

/* --- where --- */

static void
on_pointer (DrawCanvas *canvas, double x, double y, DrawWindow *self)
{
  self->has_pointer = TRUE;
  self->pointer[0] = x;
  self->pointer[1] = y;
}

static void
on_pointer_left (DrawCanvas *canvas, DrawWindow *self)
{
  self->has_pointer = FALSE;
}

void
draw_window_get_place (DrawWindow *self, double place[2])
{
  DrawViewport *viewport = draw_canvas_get_viewport (draw_board_view_get_canvas (self->view));
  BoardRect visible;

  draw_viewport_get_visible (viewport, &visible);
  place[0] = visible.x + visible.width / 2;
  place[1] = visible.y + visible.height / 2;
  if (self->has_pointer && board_rect_contains (&visible, self->pointer[0], self->pointer[1]))
    {
      place[0] = self->pointer[0];
      place[1] = self->pointer[1];
    }
}

void
draw_window_clipboard_init (DrawWindow *self)
{
  DrawCanvas *canvas = draw_board_view_get_canvas (self->view);

  g_signal_connect_object (canvas, "pointer", G_CALLBACK (on_pointer), self, 0);
  g_signal_connect_object (canvas, "pointer-left", G_CALLBACK (on_pointer_left), self, 0);
}

void
draw_window_clipboard_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.copy", NULL, action_copy);
  gtk_widget_class_install_action (widget_class, "board.cut", NULL, action_cut);
  gtk_widget_class_install_action (widget_class, "board.paste", NULL, action_paste);
}

void
draw_window_clipboard_update (DrawWindow *self, DrawBoardFacts facts)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean writable = (facts & DRAW_BOARD_WRITABLE) != 0;
  const gboolean selected = (facts & DRAW_BOARD_SELECTION) != 0;

  gtk_widget_action_set_enabled (widget, "board.copy", selected);
  gtk_widget_action_set_enabled (widget, "board.cut", writable && selected);
  gtk_widget_action_set_enabled (widget, "board.paste", writable);
  gtk_widget_set_visible (GTK_WIDGET (draw_board_view_get_drag_handle (self->view)), selected);
}
