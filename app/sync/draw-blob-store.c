/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is true of a blob is in its file's name, so one rename changes it and nothing can disagree:
 * ID.new waits to be uploaded, ID is at the server too, ID.copy came from there. */
#include "draw-blob-store.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "board/board-blob.h"
#include "board/board-message.h"
#include "sync/draw-library.h"

static const char *const suffixes[] = { ".new", "", ".copy" };

#define SUFFIX_NEW suffixes[0]
#define SUFFIX_KEPT suffixes[1]
#define SUFFIX_COPY suffixes[2]

static char *
make_path (const char *directory, const char *id, const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (directory, name, NULL);
}

/* Transfer full; NULL when it is not here. */
static char *
find (const char *directory, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = make_path (directory, id, suffixes[i]);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
draw_blob_store_get_directory (const char *board_path)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (board_path != NULL, NULL);

  stem = g_strdup (board_path);
  if (g_str_has_suffix (stem, DRAW_BOARD_SUFFIX))
    stem[strlen (stem) - strlen (DRAW_BOARD_SUFFIX)] = '\0';
  return g_strconcat (stem, ".blobs", NULL);
}

gboolean
draw_blob_store_has (const char *directory, const char *id)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (directory != NULL && board_blob_id_is_valid (id), FALSE);

  path = find (directory, id);
  return path != NULL;
}

GBytes *
draw_blob_store_read (const char *directory, const char *id)
{
  g_autofree char *path = NULL;
  g_autofree char *actual = NULL;
  g_autoptr (GBytes) sealed = NULL;
  char *data = NULL;
  gsize length = 0;
  GStatBuf buf;

  g_return_val_if_fail (directory != NULL && board_blob_id_is_valid (id), NULL);

  path = find (directory, id);
  if (path == NULL || g_stat (path, &buf) != 0 || buf.st_size > 2 * (goffset) BOARD_MAX_BLOB ||
      !g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  sealed = g_bytes_new_take (data, length);
  actual = board_blob_make_id (sealed);
  if (!g_str_equal (actual, id))
    {
      g_unlink (path); /* damaged: another computer may have it */
      return NULL;
    }
  if (g_str_has_suffix (path, SUFFIX_COPY))
    g_utime (path, NULL); /* used: the last to go */
  return g_steal_pointer (&sealed);
}

static gboolean
write_file (const char *path, GBytes *sealed, GFileSetContentsFlags flags, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (sealed, &size);

  return g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT | flags,
                                   0600, error);
}

gboolean
draw_blob_store_add (const char *directory, const char *id, GBytes *sealed, GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (directory != NULL && board_blob_id_is_valid (id) && sealed != NULL, FALSE);

  g_mkdir_with_parents (directory, 0700);
  known = find (directory, id);
  if (known != NULL && !g_str_has_suffix (known, SUFFIX_COPY))
    return TRUE;
  path = make_path (directory, id, SUFFIX_NEW);
  if (known != NULL && g_rename (known, path) == 0)
    return TRUE;
  return write_file (path, sealed, G_FILE_SET_CONTENTS_DURABLE, error);
}

/* --- Copies ------------------------------------------------------------------------------------- */

typedef struct {
  char *path;
  goffset size;
  int64_t used;
} Copy;

static void
copy_clear (gpointer data)
{
  g_free (((Copy *) data)->path);
}

static int
compare_oldest_first (gconstpointer a, gconstpointer b)
{
  const Copy *left = a, *right = b;

  return (left->used > right->used) - (left->used < right->used);
}

static goffset
list_copies (const char *directory, GArray *copies)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  goffset total = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      GStatBuf buf;

      if (g_str_has_suffix (name, SUFFIX_COPY) && g_stat (path, &buf) == 0)
        {
          Copy copy = { g_steal_pointer (&path), buf.st_size, buf.st_mtime };

          g_array_append_val (copies, copy);
          total += buf.st_size;
        }
    }
  return total;
}

static void
make_room (const char *directory, goffset bytes)
{
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (Copy));
  goffset total;

  g_array_set_clear_func (copies, copy_clear);
  total = list_copies (directory, copies);
  g_array_sort (copies, compare_oldest_first);
  for (guint i = 0; i < copies->len && total + bytes > DRAW_BLOB_STORE_MAX; i++)
    {
      const Copy *copy = &g_array_index (copies, Copy, i);

      g_unlink (copy->path);
      total -= copy->size;
    }
}

void
draw_blob_store_add_copy (const char *directory, const char *id, GBytes *sealed)
{
  g_autofree char *path = NULL;

  g_return_if_fail (directory != NULL && board_blob_id_is_valid (id) && sealed != NULL);

  g_mkdir_with_parents (directory, 0700);
  if (draw_blob_store_has (directory, id))
    return;
  make_room (directory, (goffset) g_bytes_get_size (sealed));
  path = make_path (directory, id, SUFFIX_COPY);
  write_file (path, sealed, 0, NULL); /* else it comes again from where it came */
}

void
draw_blob_store_remove_copy (const char *directory, const char *id)
{
  g_autofree char *path = NULL;

  g_return_if_fail (directory != NULL && board_blob_id_is_valid (id));

  path = make_path (directory, id, SUFFIX_COPY);
  g_unlink (path);
}

/* --- Waiting ------------------------------------------------------------------------------------ */

/* The id in a file's name; NULL when it has another suffix. Transfer full. */
static char *
id_of (const char *name, const char *suffix)
{
  g_autofree char *id = NULL;

  if (!g_str_has_suffix (name, suffix))
    return NULL;
  id = g_strndup (name, strlen (name) - strlen (suffix));
  return board_blob_id_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

static GPtrArray *
list_ids (const char *directory, const char *suffix)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      char *id = id_of (name, suffix);

      if (id != NULL)
        g_ptr_array_add (ids, id);
    }
  return ids;
}

static void
rename_one (const char *directory, const char *id, const char *from, const char *to)
{
  g_autofree char *before = make_path (directory, id, from);
  g_autofree char *after = make_path (directory, id, to);

  g_rename (before, after);
}

GPtrArray *
draw_blob_store_list_waiting (const char *directory)
{
  g_return_val_if_fail (directory != NULL, NULL);

  return list_ids (directory, SUFFIX_NEW);
}

void
draw_blob_store_set_uploaded (const char *directory, const char *id)
{
  g_return_if_fail (directory != NULL && board_blob_id_is_valid (id));

  rename_one (directory, id, SUFFIX_NEW, SUFFIX_KEPT);
}

void
draw_blob_store_set_all_waiting (const char *directory)
{
  const char *const kinds[] = { SUFFIX_KEPT, SUFFIX_COPY };

  g_return_if_fail (directory != NULL);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) ids = list_ids (directory, kinds[k]);

      for (guint i = 0; i < ids->len; i++)
        rename_one (directory, g_ptr_array_index (ids, i), kinds[k], SUFFIX_NEW);
    }
}
