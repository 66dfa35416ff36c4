/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-thumbnails.h"

#include <glib/gstdio.h>
#include <string.h>

/* Of a file of names: it is ours, but it is a file. */
#define NAMES_MAX 4096
#define SHOWN_MAX 3
/* Of a place without its picture. */
#define PLACE_MAX 256

static char *
get_path (const char *board, const char *suffix)
{
  g_autofree char *name = g_strconcat (board, suffix, NULL);

  return g_build_filename (g_get_user_cache_dir (), "drawbridge", "thumbnails", name, NULL);
}

typedef struct
{
  GApplication *app;  /* owned */
  char *board;        /* owned */
  DrawExport *export; /* owned */
  char *names;        /* owned, lines */
  DrawStill *still;   /* owned, or NULL */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->app);
  g_free (save->board);
  draw_export_unref (save->export);
  g_free (save->names);
  g_clear_pointer (&save->still, draw_still_unref);
  g_free (save);
}

static void
write_names (Save *save)
{
  g_autofree char *path = get_path (save->board, ".names");

  if (*save->names != '\0')
    g_file_set_contents_full (path, save->names, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

static void
write_still (Save *save)
{
  g_autofree char *path = get_path (save->board, ".still");
  g_autoptr (GBytes) bytes = save->still != NULL ? draw_still_save (save->still) : NULL;
  gsize size;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (data != NULL)
    g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  g_autofree char *path = get_path (save->board, ".png");
  g_autofree char *made = g_strconcat (path, ".new", NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  cairo_surface_t *surface = draw_export_make_thumbnail (save->export, DRAW_THUMBNAIL_WIDTH,
                                                         DRAW_THUMBNAIL_HEIGHT);

  g_mkdir_with_parents (directory, 0700);
  if (surface == NULL)
    g_unlink (path);
  else
    {
      if (cairo_surface_write_to_png (surface, made) == CAIRO_STATUS_SUCCESS)
        g_rename (made, path);
      cairo_surface_destroy (surface);
    }
  write_names (save);
  write_still (save);
  g_task_return_boolean (task, TRUE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Save *save = g_task_get_task_data (G_TASK (result));

  g_application_release (save->app);
}

static char *
join_names (GPtrArray *names)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < names->len && out->len < NAMES_MAX / 2; i++)
    {
      g_string_append (out, names->pdata[i]);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

void
draw_thumbnails_save (GApplication *app,
                      const char *board,
                      DrawExport *export,
                      GPtrArray *names,
                      DrawStill *still)
{
  g_autoptr (GTask) task = NULL;
  Save *save;

  g_return_if_fail (G_IS_APPLICATION (app));
  g_return_if_fail (board != NULL && export != NULL && names != NULL);

  save = g_new0 (Save, 1);
  save->app = g_object_ref (app);
  save->board = g_strdup (board);
  save->export = draw_export_ref (export);
  save->names = join_names (names);
  save->still = still != NULL ? draw_still_ref (still) : NULL;
  task = g_task_new (NULL, NULL, on_saved, NULL);
  g_task_set_source_tag (task, draw_thumbnails_save);
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);
  g_application_hold (app);
  g_task_run_in_thread (task, save_in_thread);
}

void
draw_thumbnails_forget (const char *board)
{
  static const char *const suffixes[] = { ".png", ".names", ".still" };

  g_return_if_fail (board != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = get_path (board, suffixes[i]);

      g_unlink (path);
    }
}

GdkTexture *
draw_thumbnails_load (const char *board)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (board != NULL, NULL);

  path = get_path (board, ".png");
  return g_file_test (path, G_FILE_TEST_IS_REGULAR)
             ? gdk_texture_new_from_filename (path, NULL)
             : NULL;
}

static GBytes *
read_start (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char start[PLACE_MAX];
  gsize size = 0;
  const char *end;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), start, sizeof start, &size, NULL, NULL))
    return NULL;
  end = memchr (start, '\n', size);
  return end != NULL ? g_bytes_new (start, (gsize) (end + 1 - start)) : NULL;
}

static GBytes *
read_whole (const char *path)
{
  char *data;
  gsize size;

  return g_file_get_contents (path, &data, &size, NULL) ? g_bytes_new_take (data, size) : NULL;
}

DrawStill *
draw_thumbnails_load_still (const char *board, gboolean picture)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (board != NULL, NULL);

  path = get_path (board, ".still");
  bytes = picture ? read_whole (path) : read_start (path);
  return bytes != NULL ? draw_still_load (bytes, NULL) : NULL;
}

char *
draw_thumbnails_load_names (const char *board)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  g_return_val_if_fail (board != NULL, NULL);

  path = get_path (board, ".names");
  if (!g_file_get_contents (path, &text, &length, NULL) || length > NAMES_MAX
      || !g_utf8_validate (text, (gssize)length, NULL))
    return NULL;
  lines = g_strsplit (g_strstrip (text), "\n", SHOWN_MAX + 1);
  if (lines[0] == NULL)
    return NULL;
  if (g_strv_length (lines) > SHOWN_MAX)
    {
      g_free (lines[SHOWN_MAX]);
      lines[SHOWN_MAX] = g_strdup ("…");
    }
  return g_strjoinv (", ", lines);
}
