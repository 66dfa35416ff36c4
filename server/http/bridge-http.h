/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "config/bridge-config.h"
#include "http/bridge-blob-http.h"
#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeHttp: what the server answers beside Socket.IO, on the same port:
 *
 * - GET /healthz: 200 {"status":"ok"}, or 503 while the store cannot write
 * - POST /api/boards: creates a board (BoardCreate) within the policy: 201 {"board":id} or a
 * refusal
 * - GET /b/BOARD: the invitation page; the invitation itself, in the fragment, stays in the browser
 * - GET /b/-/page.css, /b/-/page.js: what that page needs
 * - /blob/BOARD/HASH: bridge-blob-http.h
 * - GET /metrics: Prometheus, within the policy
 */
typedef struct _BridgeHttp BridgeHttp;

/* What it needs of others. */
typedef struct {
  SoupServer *soup;
  BridgeStore *store;
  BridgeBlobs *blobs;
  BridgePresenceFunc presence; /* of blobs */
  /* Appends what only others know to the metrics. */
  void (*print_gauges) (GString *out, gpointer user_data);
  gpointer user_data; /* of both */
} BridgeHttpOptions;

/* Adds its handlers to soup. Host and Origin are judged before a request gets here: by the engine's
 * gate, for everything on the port. */
BridgeHttp *bridge_http_new (const BridgeHttpOptions *options, const BridgeConfig *config);
/* Policies and limits from now on. */
void bridge_http_configure (BridgeHttp *self, const BridgeConfig *config);
void bridge_http_free (BridgeHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeHttp, bridge_http_free)

G_END_DECLS
