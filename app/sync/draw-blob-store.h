/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrawBlobStore: the sealed blobs of one board as files of a folder beside the board's file. Its calls
 * block and may be made from any thread; a file is written whole or not at all.
 *
 * What this computer brought is never removed; what came from a server is a copy, and the oldest copies go
 * when there is too much of them.
 */

/* Bytes of copies that are kept. */
#define DRAW_BLOB_STORE_MAX (512 * 1024 * 1024)

/* board_path: of the board's file. Transfer full: the folder of its blobs, which need not be there. */
char *draw_blob_store_get_directory (const char *board_path);
/* The sealed bytes; NULL when they are not here, or are not what the name says. Transfer full. */
GBytes *draw_blob_store_read (const char *directory, const char *id);
gboolean draw_blob_store_has (const char *directory, const char *id);
/* Own: synced to the disk, and waiting to be uploaded. Errors: G_FILE_ERROR. */
gboolean draw_blob_store_add (const char *directory, const char *id, GBytes *sealed, GError **error);
/* From a server: may go again. */
void draw_blob_store_add_copy (const char *directory, const char *id, GBytes *sealed);
/* A copy that nobody needs any more; what this computer brought stays. */
void draw_blob_store_remove_copy (const char *directory, const char *id);
/* Ids of those that wait to be uploaded. (element-type utf8) (transfer full) */
GPtrArray *draw_blob_store_list_waiting (const char *directory);
void draw_blob_store_set_uploaded (const char *directory, const char *id);
/* The board goes to another server, which has none of them. */
void draw_blob_store_set_all_waiting (const char *directory);

G_END_DECLS
