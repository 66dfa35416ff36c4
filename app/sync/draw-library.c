/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-library.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "draw-blob-store.h"
#include "draw-error.h"
#include "draw-file-lock.h"
#include "draw-journal.h"

/* More than anybody has; a directory of strangers' files must not hang Home. */
#define MAX_BOARDS 10000

void
draw_board_info_free (DrawBoardInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->path);
  g_free (info->board);
  g_free (info->title);
  g_free (info);
}

char *
draw_library_get_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "drawbridge", "boards", NULL);
}

/* Seconds since the epoch of the last change: the WAL's, where there is one. */
static int64_t
get_changed (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf buf;
  int64_t changed = 0;

  if (g_stat (path, &buf) == 0)
    changed = buf.st_mtime;
  if (g_stat (wal, &buf) == 0)
    changed = MAX (changed, (int64_t) buf.st_mtime);
  return changed;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const DrawBoardInfo *left = *(const DrawBoardInfo *const *) a;
  const DrawBoardInfo *right = *(const DrawBoardInfo *const *) b;

  if (left->changed != right->changed)
    return left->changed > right->changed ? -1 : 1;
  return g_strcmp0 (left->path, right->path);
}

char *
draw_library_make_path (const char *directory, const char *board)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (directory != NULL && board != NULL, NULL);

  name = g_strconcat (board, DRAW_BOARD_SUFFIX, NULL);
  return g_build_filename (directory, name, NULL);
}

GPtrArray *
draw_library_list (const char *directory)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) draw_board_info_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (directory != NULL, infos);

  dir = g_dir_open (directory, 0, NULL);
  while (dir != NULL && infos->len < MAX_BOARDS && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      /* Before it is read: reading may itself touch the file. */
      int64_t changed = get_changed (path);
      DrawBoardInfo *info = NULL;

      if (g_str_has_suffix (name, DRAW_BOARD_SUFFIX) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        info = draw_journal_peek (path);
      if (info == NULL)
        continue;
      info->changed = changed;
      g_ptr_array_add (infos, info);
    }
  g_ptr_array_sort (infos, compare_newest_first);
  return infos;
}

static void
remove_blobs (const char *path)
{
  g_autofree char *directory = draw_blob_store_get_directory (path);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *blob = g_build_filename (directory, name, NULL);
      g_unlink (blob);
    }
  if (dir != NULL)
    g_rmdir (directory);
}

gboolean
draw_library_delete (const char *path, GError **error)
{
  static const char *const companions[] = { "-wal", "-shm", "-journal", ".lock" };
  g_autoptr (DrawFileLock) lock = NULL;

  g_return_val_if_fail (path != NULL && g_str_has_suffix (path, DRAW_BOARD_SUFFIX), FALSE);

  lock = draw_file_lock_take (path, error);
  if (lock == NULL)
    return FALSE;
  if (g_unlink (path) != 0)
    {
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *companion = g_strconcat (path, companions[i], NULL);
      g_unlink (companion);
    }
  remove_blobs (path);
  return TRUE;
}
