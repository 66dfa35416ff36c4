/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "config/bridge-config.h"
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
 */
typedef struct _BridgeHttp BridgeHttp;

/* Adds its handlers to soup. Host and Origin are judged before a request gets here: by the engine's
 * gate, for everything on the port. */
BridgeHttp *bridge_http_new (SoupServer *soup, BridgeStore *store, BridgeCreatePolicy create);
void bridge_http_free (BridgeHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeHttp, bridge_http_free)

G_END_DECLS
