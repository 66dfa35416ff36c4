/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-code-picture.h"

#include <glib/gi18n.h>

#include "board/board-link.h"
#include "canvas/draw-image-codes.h"
#include "canvas/draw-image-header.h"

/* --- What is in it: a thread's work --- */

static void
fail (GTask *task, int code, const char *words)
{
  g_task_return_new_error (task, G_IO_ERROR, code, "%s", words);
}

static void
fail_with (GTask *task, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (task, G_IO_ERROR_CANCELLED, error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    fail (task, G_IO_ERROR_FAILED, _("This picture is too large. Cut out the code, and try that."));
  else
    fail (task, G_IO_ERROR_FAILED, _("This picture cannot be read. Use a PNG, JPEG, WebP or GIF file."));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) codes = draw_image_read_codes (data, &error);

  if (codes == NULL)
    {
      fail_with (task, error);
      return;
    }
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (BoardLink) link = board_link_parse (codes[i], NULL);

      if (link == NULL)
        continue;
      g_task_return_pointer (task, g_strdup (codes[i]), g_free);
      return;
    }
  fail (task, G_IO_ERROR_FAILED,
        codes[0] != NULL
            ? _("The code in this picture is not an invitation.")
            : _("There is no QR code in this picture, or it cannot be seen well. Go nearer, hold still."));
}

static void
read_bytes (GTask *task, GBytes *bytes)
{
  g_task_set_task_data (task, bytes, (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, read_in_thread);
}

/* --- Its bytes: one more than are taken says that there are too many --- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_task_get_task_data (task);
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      fail_with (task, error);
      return;
    }
  g_byte_array_set_size (bytes, (guint) length);
  read_bytes (task, g_byte_array_free_to_bytes (g_byte_array_ref (bytes)));
}

static void
read_stream (GTask *task, GInputStream *stream)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_set_size (bytes, DRAW_IMAGE_MAX_BYTES + 1);
  g_task_set_task_data (task, bytes, (GDestroyNotify) g_byte_array_unref);
  g_input_stream_read_all_async (stream, bytes->data, bytes->len, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), on_read, g_object_ref (task));
}

/* --- A file --- */

static void
on_file_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream != NULL)
    read_stream (task, G_INPUT_STREAM (stream));
  else
    fail_with (task, error);
}

static void
on_response (GtkNativeDialog *chooser, int response, GTask *task)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;

  if (file != NULL)
    g_file_read_async (file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_file_opened,
                       g_object_ref (task));
  else
    fail (task, G_IO_ERROR_CANCELLED, "");
  g_object_unref (task);
  g_object_unref (chooser);
}

void
draw_code_picture_choose_async (GtkWindow *parent, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  GtkFileChooserNative *chooser;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_return_if_fail (GTK_IS_WINDOW (parent));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_code_picture_choose_async);
  chooser = gtk_file_chooser_native_new (_("Picture of a QR Code"), parent,
                                         GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);
  gtk_file_filter_set_name (filter, _("Pictures"));
  for (DrawImageType type = DRAW_IMAGE_PNG; type <= DRAW_IMAGE_GIF; type++)
    {
      g_autofree char *mime = g_strconcat ("image/", draw_image_type_get_name (type), NULL);

      gtk_file_filter_add_mime_type (filter, mime);
    }
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- The clipboard --- */

static void
on_clipboard (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  if (stream != NULL)
    read_stream (task, stream);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail_with (task, error);
  else
    fail (task, G_IO_ERROR_FAILED, _("There is no picture on the clipboard."));
}

void
draw_code_picture_paste_async (GdkClipboard *clipboard, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  static const char *mimes[] = { "image/png", "image/jpeg", "image/webp", "image/gif", NULL };
  GTask *task;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_code_picture_paste_async);
  gdk_clipboard_read_async (clipboard, mimes, G_PRIORITY_DEFAULT, cancellable, on_clipboard, task);
}

char *
draw_code_picture_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
