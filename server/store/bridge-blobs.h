/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "config/bridge-limits.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeBlobs: what is too large for the log: pictures and snapshots, sealed by the clients. Files
 * named by board and SHA-256, so that a blob never changes, is stored once, and what is there under
 * a name is whole. Without a directory they are kept in memory.
 *
 * Parts of snapshots are apart from the pictures, in a BridgeBlobs of their own with a quota of its own: they go
 * when a newer snapshot is there, or when nobody said that they are one, and no picture may go with them.
 *
 * Refcounted; of one thread, where not said otherwise.
 */
typedef struct _BridgeBlobs BridgeBlobs;

/* directory: made when it is not there; NULL = in memory. limits: copied. Errors: OPEN. */
BridgeBlobs *bridge_blobs_new (const char *directory, const BridgeLimits *limits, GError **error);
BridgeBlobs *bridge_blobs_ref (BridgeBlobs *self);
void bridge_blobs_unref (BridgeBlobs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeBlobs, bridge_blobs_unref)
void bridge_blobs_set_limits (BridgeBlobs *self, const BridgeLimits *limits);
/* The parts of snapshots, "snapshots" in the directory. Borrowed; has none itself. */
BridgeBlobs *bridge_blobs_get_snapshots (BridgeBlobs *self);

/* In bytes; -1: there is no such blob. */
int64_t bridge_blobs_get_size (BridgeBlobs *self, const char *board, const char *hash);
/* A descriptor of the caller's own, to be read by pread(): it stays good when the blob is removed.
 * -1: there is no such blob. */
int bridge_blobs_open (BridgeBlobs *self, const char *board, const char *hash, int64_t *size);
/* Bytes that a board's blobs hold, those being received included. */
int64_t bridge_blobs_get_usage (BridgeBlobs *self, const char *board);
void bridge_blobs_remove (BridgeBlobs *self, const char *board, const char *hash);
/* Those of the board that are not in the list, which may be empty. Those being received stay. */
void bridge_blobs_keep_only (BridgeBlobs *self, const char *board, const char *const *hashes);
/* With the parts of its snapshots. */
void bridge_blobs_remove_board (BridgeBlobs *self, const char *board);

/* A blob being received. Begun and ended by the thread of its BridgeBlobs; in between written and
 * committed by any one thread at a time. */
typedef struct _BridgeUpload BridgeUpload;

/* size: of the blob; reserved against the board's quota until the end. Errors: FULL, UNAVAILABLE. */
BridgeUpload *bridge_upload_begin (BridgeBlobs *blobs,
                                   const char *board,
                                   const char *hash,
                                   int64_t size,
                                   GError **error);
/* Errors: HASH (more than size), UNAVAILABLE. */
gboolean bridge_upload_write (BridgeUpload *upload, GBytes *bytes, GError **error);
/* All was written: on disk under its name when TRUE. Errors: HASH, UNAVAILABLE. */
gboolean bridge_upload_commit (BridgeUpload *upload, GError **error);
/* What was not committed leaves no trace. */
void bridge_upload_end (BridgeUpload *upload);

G_END_DECLS
