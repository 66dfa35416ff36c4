/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "store/bridge-blobs.h"

G_BEGIN_DECLS

/**
 * BridgeBlobHttp: PUT, GET and HEAD of /blob/BOARD/HASH, and of /snapshot/BOARD/HASH for the parts of
 * snapshots, which are kept apart, for members who are connected now: the
 * header Authorization proves it (board_blob_authorization_build()). HASH is the SHA-256 of the
 * sealed bytes. Bytes stream between the socket and the disk, a piece at a time.
 *
 * - PUT: 201; 400 other bytes than HASH says; 403 a viewer; 411 without Content-Length; 413; 507
 *   over the board's quota; 503
 * - GET, HEAD: 200; 404
 * - 401: no member who is here, or no proof of it
 */
typedef struct _BridgeBlobHttp BridgeBlobHttp;

/* The connected member's Engine.IO session and role; FALSE: not here. */
typedef gboolean (*BridgePresenceFunc) (const char *board,
                                        const char *member,
                                        const char **engine_id,
                                        BoardRole *role,
                                        gpointer user_data);

BridgeBlobHttp *bridge_blob_http_new (BridgeBlobs *blobs,
                                      const BridgeLimits *limits,
                                      BridgePresenceFunc presence,
                                      gpointer user_data);
void bridge_blob_http_free (BridgeBlobHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeBlobHttp, bridge_blob_http_free)
void bridge_blob_http_set_limits (BridgeBlobHttp *self, const BridgeLimits *limits);

/* rest: BOARD/HASH. The first when the head has come, the second when the body has. */
void bridge_blob_http_begin (BridgeBlobHttp *self, SoupServerMessage *message, const char *rest);
void bridge_blob_http_handle (BridgeBlobHttp *self, SoupServerMessage *message, const char *rest);

G_END_DECLS
