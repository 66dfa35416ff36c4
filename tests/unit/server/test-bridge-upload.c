/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Blobs on a disk: what a crash or a full disk leaves, and quotas. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "log/bridge-log.h"
#include "store/bridge-blobs.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"

typedef struct
{
  char *directory;
  BridgeLimits limits;
  BridgeBlobs *blobs;
} Fixture;

static void
open_blobs (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->blobs = bridge_blobs_new (fixture->directory, &fixture->limits, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("bridge-upload-XXXXXX", NULL);
  bridge_limits_init (&fixture->limits);
  fixture->limits.blob_bytes_per_board = 100000;
  fixture->limits.uploads = 2;
  open_blobs (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *snapshots = g_build_filename (fixture->directory, "snapshots", NULL);

  bridge_blobs_remove_board (fixture->blobs, BOARD);
  bridge_blobs_unref (fixture->blobs);
  g_assert_cmpint (g_rmdir (snapshots), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
}

/* -1, or the code of the error. */
static int
upload (Fixture *fixture, const char *text, int64_t size)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BridgeUpload *one = bridge_upload_begin (fixture->blobs, BOARD, hash, size, &error);

  if (one != NULL)
    {
      if (bridge_upload_write (one, bytes, &error))
        bridge_upload_commit (one, &error);
      bridge_upload_end (one);
    }
  g_assert_true (error == NULL || error->domain == BRIDGE_STORE_ERROR);
  return error != NULL ? error->code : -1;
}

/* Names of files of the board, hidden ones too. */
static guint
count_files (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, BOARD, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (upload (fixture, "abc", 3), ==, -1);
  g_assert_cmpint (upload (fixture, "abcd", 3), ==, BRIDGE_STORE_ERROR_HASH);
  g_assert_cmpint (upload (fixture, "abcde", 6), ==, BRIDGE_STORE_ERROR_HASH);
  g_assert_cmpint (upload (fixture, "abc", 3), ==, -1);
  g_assert_cmpint (upload (fixture, "x", 100000), ==, BRIDGE_STORE_ERROR_FULL);
  g_assert_cmpint (upload (fixture, "", 0), ==, -1);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 3);
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

static void
test_many_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", -1);
  BridgeUpload *first = bridge_upload_begin (fixture->blobs, BOARD, hash, 3, NULL);
  BridgeUpload *second = bridge_upload_begin (fixture->blobs, BOARD, hash, 3, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);

  g_assert_cmpint (upload (fixture, "more", 4), ==, BRIDGE_STORE_ERROR_UNAVAILABLE);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 6);
  g_assert_true (bridge_upload_write (first, bytes, NULL) && bridge_upload_commit (first, NULL));
  g_assert_true (bridge_upload_write (second, bytes, NULL) && bridge_upload_commit (second, NULL));
  bridge_upload_end (first);
  bridge_upload_end (second);
  /* The same twice is there once, and counted once. */
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 3);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* What a crash left half received goes; what was there is counted. */
static void
test_after_crash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *part = g_build_filename (fixture->directory, BOARD, ".part-abcdef", NULL);

  g_assert_cmpint (upload (fixture, "abc", 3), ==, -1);
  g_assert_true (g_file_set_contents (part, "half", 4, NULL));
  bridge_blobs_unref (fixture->blobs);
  open_blobs (fixture);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 3);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
set_disk_full (gboolean full)
{
  struct rlimit size;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &size), ==, 0);
  size.rlim_cur = full ? 1000 : size.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &size), ==, 0);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (5000, 'l');

  signal (SIGXFSZ, SIG_IGN);
  set_disk_full (TRUE);
  g_assert_cmpint (upload (fixture, large, 5000), ==, BRIDGE_STORE_ERROR_UNAVAILABLE);
  set_disk_full (FALSE);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 0);
  g_assert_cmpint (upload (fixture, large, 5000), ==, -1);
}

/* The board ends while one of its pictures is on its way: nothing comes back. */
static void
test_board_ends (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", -1);
  BridgeUpload *one = bridge_upload_begin (fixture->blobs, BOARD, hash, 3, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (bridge_upload_write (one, bytes, NULL));
  bridge_blobs_remove_board (fixture->blobs, BOARD);
  g_assert_false (bridge_upload_commit (one, &error));
  g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE);
  bridge_upload_end (one);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 0);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", -1);
  int64_t size = 0;
  int fd;

  upload (fixture, "abc", 3);
  fd = bridge_blobs_open (fixture->blobs, BOARD, hash, &size);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (size, ==, 3);
  bridge_blobs_remove (fixture->blobs, BOARD, hash);
  bridge_blobs_remove (fixture->blobs, BOARD, hash);
  g_assert_cmpint (bridge_blobs_get_size (fixture->blobs, BOARD, hash), ==, -1);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 0);
  g_close (fd, NULL);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/server/upload/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
put (BridgeBlobs *blobs, const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  BridgeUpload *upload = bridge_upload_begin (blobs, BOARD, hash, (int64_t) strlen (text), NULL);

  g_assert_nonnull (upload);
  g_assert_true (bridge_upload_write (upload, bytes, NULL));
  g_assert_true (bridge_upload_commit (upload, NULL));
  bridge_upload_end (upload);
}

/* Parts of snapshots have a quota of their own; those that no snapshot has go, and no picture, and nothing that
 * is being received. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  BridgeBlobs *parts = bridge_blobs_get_snapshots (fixture->blobs);
  g_autofree char *one = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "one", -1);
  g_autofree char *late = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "late", -1);
  g_autofree char *large = g_strnfill (200000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new_static ("late", 4);
  const char *const keep[] = { one, NULL };
  BridgeUpload *upload;

  put (fixture->blobs, "picture");
  put (parts, "one");
  put (parts, "two");
  put (parts, large); /* twice what pictures may have */
  upload = bridge_upload_begin (parts, BOARD, late, 4, NULL);
  bridge_blobs_keep_only (parts, BOARD, keep);
  g_assert_cmpint (bridge_blobs_get_size (parts, BOARD, one), ==, 3);
  g_assert_cmpint (bridge_blobs_get_usage (parts, BOARD), ==, 3 + 4);
  g_assert_cmpint (bridge_blobs_get_usage (fixture->blobs, BOARD), ==, 7);
  g_assert_true (bridge_upload_write (upload, bytes, NULL));
  g_assert_true (bridge_upload_commit (upload, NULL));
  bridge_upload_end (upload);
  g_assert_cmpint (bridge_blobs_get_size (parts, BOARD, late), ==, 4);
  bridge_blobs_keep_only (parts, BOARD, keep + 1);
  g_assert_cmpint (bridge_blobs_get_usage (parts, BOARD), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  add ("sizes", test_sizes);
  add ("many-at-once", test_many_at_once);
  add ("after-crash", test_after_crash);
  add ("disk-full", test_disk_full);
  add ("board-ends", test_board_ends);
  add ("remove", test_remove);
  add ("parts", test_parts);
  return g_test_run ();
}
