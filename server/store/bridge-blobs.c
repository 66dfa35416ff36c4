/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "log/bridge-log.h"
#include "log/bridge-metrics.h"

/* Of files that are being received; no blob's name begins so. */
#define PART_PREFIX ".part-"

struct _BridgeBlobs {
  char *directory;        /* NULL: in memory */
  BridgeBlobs *snapshots; /* owned; NULL for those themselves */
  BridgeLimits limits;
  GHashTable *usage;  /* board -> int64_t *, owned; of boards that were counted */
  GHashTable *memory; /* "board/hash" -> descriptor + 1, without a directory */
  guint n_uploads;
};

struct _BridgeUpload {
  BridgeBlobs *blobs; /* owned */
  char *board;
  char *hash;
  int64_t size; /* that was reserved */
  int64_t got;
  int fd;
  char *part; /* path; NULL in memory */
  GChecksum *checksum;
  gboolean committed; /* it is there, and was not before */
};

static gboolean
fail (GError **error, BridgeStoreError code, const char *message)
{
  g_set_error_literal (error, BRIDGE_STORE_ERROR, code, message);
  return FALSE;
}

/* The disk said no: why goes to the log, not to a peer. */
static gboolean
fail_disk (GError **error, const char *path)
{
  bridge_log (G_LOG_LEVEL_WARNING, "blob-failed", "path", path, "reason", g_strerror (errno), NULL);
  return fail (error, BRIDGE_STORE_ERROR_UNAVAILABLE, "The server cannot store this now");
}

static char *
board_path (BridgeBlobs *self, const char *board)
{
  return g_build_filename (self->directory, board, NULL);
}

static char *
blob_path (BridgeBlobs *self, const char *board, const char *hash)
{
  return g_build_filename (self->directory, board, hash, NULL);
}

static char *
memory_key (const char *board, const char *hash)
{
  return g_strconcat (board, "/", hash, NULL);
}

static void
close_memory (gpointer value)
{
  g_close (GPOINTER_TO_INT (value) - 1, NULL);
}

static BridgeBlobs *
blobs_new (const char *directory, GError **error)
{
  BridgeBlobs *self;

  if (directory != NULL && g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", directory,
                   g_strerror (errno));
      return NULL;
    }
  self = g_rc_box_new0 (BridgeBlobs);
  self->directory = g_strdup (directory);
  self->usage = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, close_memory);
  return self;
}

BridgeBlobs *
bridge_blobs_new (const char *directory, const BridgeLimits *limits, GError **error)
{
  g_autoptr (BridgeBlobs) self = NULL;
  g_autofree char *snapshots = NULL;

  g_return_val_if_fail (limits != NULL, NULL);

  self = blobs_new (directory, error);
  if (self == NULL)
    return NULL;
  /* No board has that name: they are longer. */
  snapshots = directory != NULL ? g_build_filename (directory, "snapshots", NULL) : NULL;
  self->snapshots = blobs_new (snapshots, error);
  if (self->snapshots == NULL)
    return NULL;
  bridge_blobs_set_limits (self, limits);
  return g_steal_pointer (&self);
}

BridgeBlobs *
bridge_blobs_get_snapshots (BridgeBlobs *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->snapshots;
}

BridgeBlobs *
bridge_blobs_ref (BridgeBlobs *self)
{
  return g_rc_box_acquire (self);
}

static void
blobs_clear (gpointer data)
{
  BridgeBlobs *self = data;

  g_clear_pointer (&self->snapshots, bridge_blobs_unref);
  g_hash_table_unref (self->memory);
  g_hash_table_unref (self->usage);
  g_free (self->directory);
}

void
bridge_blobs_unref (BridgeBlobs *self)
{
  g_rc_box_release_full (self, blobs_clear);
}

void
bridge_blobs_set_limits (BridgeBlobs *self, const BridgeLimits *limits)
{
  g_return_if_fail (self != NULL && limits != NULL);

  self->limits = *limits;
  if (self->snapshots == NULL)
    return;
  self->snapshots->limits = *limits;
  self->snapshots->limits.blob_bytes_per_board = limits->snapshot_bytes_per_board;
}

/* --- Finding --- */

int
bridge_blobs_open (BridgeBlobs *self, const char *board, const char *hash, int64_t *size)
{
  GStatBuf info;
  int fd;

  g_return_val_if_fail (self != NULL && board_id_is_valid (board), -1);
  g_return_val_if_fail (board_blob_id_is_valid (hash), -1);

  if (self->directory != NULL)
    {
      g_autofree char *path = blob_path (self, board, hash);

      fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
    }
  else
    {
      g_autofree char *key = memory_key (board, hash);
      int kept = GPOINTER_TO_INT (g_hash_table_lookup (self->memory, key)) - 1;

      fd = kept >= 0 ? fcntl (kept, F_DUPFD_CLOEXEC, 0) : -1;
    }
  if (fd < 0)
    return -1;
  if (fstat (fd, &info) != 0)
    {
      g_close (fd, NULL);
      return -1;
    }
  if (size != NULL)
    *size = info.st_size;
  return fd;
}

int64_t
bridge_blobs_get_size (BridgeBlobs *self, const char *board, const char *hash)
{
  int64_t size = -1;
  int fd = bridge_blobs_open (self, board, hash, &size);

  if (fd >= 0)
    g_close (fd, NULL);
  return size;
}

/* What a crash left half received is removed: nothing of this board is being received yet. */
static int64_t
count_board (BridgeBlobs *self, const char *board)
{
  g_autofree char *directory = board_path (self, board);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  int64_t bytes = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      GStatBuf info;

      if (g_str_has_prefix (name, PART_PREFIX))
        g_unlink (path);
      else if (g_stat (path, &info) == 0)
        bytes += info.st_size;
    }
  return bytes;
}

static int64_t *
get_usage (BridgeBlobs *self, const char *board)
{
  int64_t *usage = g_hash_table_lookup (self->usage, board);

  if (usage == NULL)
    {
      usage = g_new0 (int64_t, 1);
      *usage = self->directory != NULL ? count_board (self, board) : 0;
      g_hash_table_insert (self->usage, g_strdup (board), usage);
    }
  return usage;
}

int64_t
bridge_blobs_get_usage (BridgeBlobs *self, const char *board)
{
  g_return_val_if_fail (self != NULL && board_id_is_valid (board), 0);

  return *get_usage (self, board);
}

/* --- Removing --- */

void
bridge_blobs_remove (BridgeBlobs *self, const char *board, const char *hash)
{
  int64_t size;
  int64_t *usage;

  g_return_if_fail (self != NULL);

  size = bridge_blobs_get_size (self, board, hash);
  if (size < 0)
    return;
  usage = get_usage (self, board);
  if (self->directory != NULL)
    {
      g_autofree char *path = blob_path (self, board, hash);

      if (g_unlink (path) != 0)
        return;
    }
  else
    {
      g_autofree char *key = memory_key (board, hash);

      g_hash_table_remove (self->memory, key);
    }
  *usage = MAX (*usage - size, 0);
}

/* Names of what is there. */
static GPtrArray *
list_board (BridgeBlobs *self, const char *board)
{
  GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix = memory_key (board, "");
  g_autofree char *directory = self->directory != NULL ? board_path (self, board) : NULL;
  g_autoptr (GDir) dir = directory != NULL ? g_dir_open (directory, 0, NULL) : NULL;
  GHashTableIter iter;
  gpointer key;
  const char *name;

  g_hash_table_iter_init (&iter, self->memory);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      g_ptr_array_add (hashes, g_strdup ((char *) key + strlen (prefix)));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (board_blob_id_is_valid (name))
      g_ptr_array_add (hashes, g_strdup (name));
  return hashes;
}

void
bridge_blobs_keep_only (BridgeBlobs *self, const char *board, const char *const *hashes)
{
  g_autoptr (GPtrArray) there = NULL;

  g_return_if_fail (self != NULL && board_id_is_valid (board) && hashes != NULL);

  there = list_board (self, board);
  for (guint i = 0; i < there->len; i++)
    if (!g_strv_contains (hashes, there->pdata[i]))
      bridge_blobs_remove (self, board, there->pdata[i]);
}

static gboolean
is_of_board (gpointer key, gpointer value, gpointer board)
{
  return g_str_has_prefix (key, board) && ((char *) key)[strlen (board)] == '/';
}

static void
remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

void
bridge_blobs_remove_board (BridgeBlobs *self, const char *board)
{
  g_return_if_fail (self != NULL && board_id_is_valid (board));

  if (self->snapshots != NULL)
    bridge_blobs_remove_board (self->snapshots, board);
  g_hash_table_remove (self->usage, board);
  if (self->directory != NULL)
    {
      g_autofree char *directory = board_path (self, board);

      remove_directory (directory);
    }
  else
    g_hash_table_foreach_remove (self->memory, is_of_board, (gpointer) board);
}

/* --- Receiving --- */

static int
open_part (BridgeBlobs *self, const char *board, char **part)
{
  g_autofree char *directory = NULL;

  if (self->directory == NULL)
    return memfd_create ("blob", MFD_CLOEXEC);

  directory = board_path (self, board);
  if (g_mkdir (directory, 0700) != 0 && errno != EEXIST)
    return -1;
  *part = g_build_filename (directory, PART_PREFIX "XXXXXX", NULL);
  return g_mkstemp_full (*part, O_RDWR | O_CLOEXEC, 0600);
}

BridgeUpload *
bridge_upload_begin (BridgeBlobs *blobs,
                     const char *board,
                     const char *hash,
                     int64_t size,
                     GError **error)
{
  BridgeUpload *upload;
  int64_t *usage;
  g_autofree char *part = NULL;
  int fd;

  g_return_val_if_fail (blobs != NULL && board_id_is_valid (board), NULL);
  g_return_val_if_fail (board_blob_id_is_valid (hash) && size >= 0, NULL);

  usage = get_usage (blobs, board);
  if (*usage + size > blobs->limits.blob_bytes_per_board)
    {
      fail (error, BRIDGE_STORE_ERROR_FULL, "No more pictures fit on this board");
      return NULL;
    }
  if (blobs->n_uploads >= blobs->limits.uploads)
    {
      fail (error, BRIDGE_STORE_ERROR_UNAVAILABLE, "Too much is being received at the same time");
      return NULL;
    }
  fd = open_part (blobs, board, &part);
  if (fd < 0)
    {
      fail_disk (error, part != NULL ? part : board);
      return NULL;
    }

  *usage += size;
  blobs->n_uploads++;
  upload = g_new0 (BridgeUpload, 1);
  upload->blobs = bridge_blobs_ref (blobs);
  upload->board = g_strdup (board);
  upload->hash = g_strdup (hash);
  upload->size = size;
  upload->fd = fd;
  upload->part = g_steal_pointer (&part);
  upload->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return upload;
}

gboolean
bridge_upload_write (BridgeUpload *upload, GBytes *bytes, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_return_val_if_fail (upload != NULL, FALSE);

  if ((int64_t) size > upload->size - upload->got)
    return fail (error, BRIDGE_STORE_ERROR_HASH, "These are more bytes than were announced");
  upload->got += (int64_t) size;
  g_checksum_update (upload->checksum, data, (gssize) size);
  while (size > 0)
    {
      ssize_t written = write (upload->fd, data, size);

      if (written < 0 && errno != EINTR)
        return fail_disk (error, upload->part);
      if (written > 0)
        {
          data += written;
          size -= (gsize) written;
        }
    }
  return TRUE;
}

static gboolean
sync_directory (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    g_close (fd, NULL);
  return ok;
}

/* First the bytes, then the name, then the directory that holds the name, and the one that holds that. */
static gboolean
publish (BridgeUpload *upload, GError **error)
{
  g_autofree char *path = blob_path (upload->blobs, upload->board, upload->hash);
  g_autofree char *directory = board_path (upload->blobs, upload->board);
  gboolean existed;

  if (fsync (upload->fd) != 0)
    return fail_disk (error, upload->part);
  existed = link (upload->part, path) != 0;
  if (existed && errno != EEXIST)
    return fail_disk (error, path);
  upload->committed = !existed;
  return (sync_directory (directory) && sync_directory (upload->blobs->directory))
         || fail_disk (error, directory);
}

gboolean
bridge_upload_commit (BridgeUpload *upload, GError **error)
{
  g_return_val_if_fail (upload != NULL, FALSE);

  if (upload->got != upload->size
      || !g_str_equal (g_checksum_get_string (upload->checksum), upload->hash))
    return fail (error, BRIDGE_STORE_ERROR_HASH, "These are not the bytes of that name");
  if (upload->part != NULL)
    return publish (upload, error);
  upload->committed = TRUE;
  return TRUE;
}

/* Its descriptor is the blob from now on. */
static void
keep_in_memory (BridgeUpload *upload)
{
  g_autofree char *key = memory_key (upload->board, upload->hash);

  upload->committed = !g_hash_table_contains (upload->blobs->memory, key);
  if (!upload->committed)
    return;
  g_hash_table_insert (upload->blobs->memory, g_steal_pointer (&key),
                       GINT_TO_POINTER (upload->fd + 1));
  upload->fd = -1;
}

void
bridge_upload_end (BridgeUpload *upload)
{
  BridgeBlobs *blobs;
  int64_t *usage;

  g_return_if_fail (upload != NULL);

  blobs = upload->blobs;
  if (upload->part == NULL && upload->committed)
    keep_in_memory (upload);
  if (upload->committed)
    {
      bridge_count (BRIDGE_COUNT_BLOBS, 1);
      bridge_count (BRIDGE_COUNT_BLOB_BYTES, upload->size);
    }
  usage = g_hash_table_lookup (blobs->usage, upload->board);
  if (usage != NULL && !upload->committed)
    *usage = MAX (*usage - upload->size, 0);
  blobs->n_uploads--;
  if (upload->part != NULL)
    g_unlink (upload->part);
  if (upload->fd >= 0)
    g_close (upload->fd, NULL);
  g_checksum_free (upload->checksum);
  g_free (upload->part);
  g_free (upload->hash);
  g_free (upload->board);
  g_free (upload);
  bridge_blobs_unref (blobs);
}
