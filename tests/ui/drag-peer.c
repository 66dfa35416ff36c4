/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Another program to drag from and to: drag-peer give text WORDS | give file PATH... | give
 * picture PNG URI | take. It prints "ready", and what it takes: "took MIME BYTES". */
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static void
say (const char *words)
{
  printf ("%s\n", words);
  fflush (stdout);
}

/* --- giving --- */

static GdkContentProvider *
make_files (char **paths)
{
  GSList *files = NULL;
  GdkFileList *list;
  GdkContentProvider *provider;

  for (guint i = 0; paths[i] != NULL; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));
  list = gdk_file_list_new_from_list (files);
  g_slist_free_full (files, g_object_unref);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

/* As browsers do: the picture, and where it is from. */
static GdkContentProvider *
make_picture (const char *path, const char *uri)
{
  GdkContentProvider *both[2];
  g_autofree char *list = g_strconcat (uri, "\r\n", NULL);
  g_autoptr (GBytes) address = g_bytes_new (list, strlen (list));
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (data, length);
  both[0] = gdk_content_provider_new_for_bytes ("text/uri-list", address);
  both[1] = gdk_content_provider_new_for_bytes ("image/png", bytes);
  return gdk_content_provider_new_union (both, 2);
}

static GdkContentProvider *
make_content (char **arguments)
{
  if (g_strcmp0 (arguments[0], "text") == 0)
    return gdk_content_provider_new_typed (G_TYPE_STRING, arguments[1]);
  if (g_strcmp0 (arguments[0], "picture") == 0)
    return make_picture (arguments[1], arguments[2]);
  return make_files (arguments + 1);
}

static GtkEventController *
make_source (char **arguments)
{
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GdkContentProvider) content = make_content (arguments);

  gtk_drag_source_set_content (source, content);
  return GTK_EVENT_CONTROLLER (source);
}

/* --- taking --- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GdkDrop) drop = user_data;
  gssize n = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_autofree char *words
      = g_strdup_printf ("took %s %" G_GSSIZE_FORMAT,
                         (char *) g_object_get_data (G_OBJECT (source), "mime"), n);

  gdk_drop_finish (drop, GDK_ACTION_COPY);
  say (words);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const char *mime = NULL;
  g_autoptr (GInputStream) in = gdk_drop_read_finish (GDK_DROP (source), result, &mime, NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (in == NULL)
    {
      say ("took nothing");
      return;
    }
  g_object_set_data_full (G_OBJECT (out), "mime", g_strdup (mime), g_free);
  g_output_stream_splice_async (out, in, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, G_PRIORITY_DEFAULT,
                                NULL, on_read, g_object_ref (source));
}

static gboolean
on_drop (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, const char *mime)
{
  const char *mimes[] = { mime, NULL };

  gdk_drop_read_async (drop, mimes, G_PRIORITY_DEFAULT, NULL, on_opened, NULL);
  return TRUE;
}

static GtkEventController *
make_target (const char *mime)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (
      gdk_content_formats_new (&mime, 1), GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), (gpointer) mime);
  return GTK_EVENT_CONTROLLER (target);
}

int
main (int argc, char **argv)
{
  GtkWidget *window, *label;

  if (argc < 3)
    return 2;
  gtk_init ();
  window = gtk_window_new ();
  label = gtk_label_new (argv[1]);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 200);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_widget_add_controller (window, g_str_equal (argv[1], "give") ? make_source (argv + 2)
                                                                   : make_target (argv[2]));
  gtk_window_present (GTK_WINDOW (window));
  say ("ready");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
