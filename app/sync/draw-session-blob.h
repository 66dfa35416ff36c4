/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Pictures and whatever else is too large for an op. A blob has an id, the "fileId" of an image element: 64
 * lower-case hex digits, the same for the same bytes on one board.
 *
 * The bytes are sealed and on this computer's disk before the id is told; they are uploaded when there is a
 * server, after a restart too. So an element that names a blob may be submitted as soon as there is an id. */

/* bytes: at most BOARD_MAX_BLOB (board-blob.h). Errors: DRAW_ERROR_READ_ONLY, DRAW_ERROR_TOO_LARGE,
 * DRAW_ERROR_DISK. */
void draw_session_put_blob_async (DrawSession *self, GBytes *bytes, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* The id, (transfer full). */
char *draw_session_put_blob_finish (DrawSession *self, GAsyncResult *result, GError **error);

/* From this computer, else from the server. Errors: DRAW_ERROR_SERVER: not here, and there is no server now,
 * or it has not got it (yet: its author may be offline): worth another try after the next
 * notify::share-state; DRAW_ERROR_DAMAGED: not sealed by this board's key; it will not get better. */
void draw_session_get_blob_async (DrawSession *self, const char *id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* The bytes, opened; strangers' bytes still. (transfer full) */
GBytes *draw_session_get_blob_finish (DrawSession *self, GAsyncResult *result, GError **error);

/* How many blobs wait to be uploaded. */
guint draw_session_get_n_blobs_waiting (DrawSession *self);

G_END_DECLS
