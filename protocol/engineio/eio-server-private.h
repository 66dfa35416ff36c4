/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the HTTP surface (eio-endpoint.c) needs of the server.
 */
#pragma once

#include "engineio/eio-gate-stream.h"
#include "engineio/eio-server.h"
#include "engineio/eio-socket-private.h"

G_BEGIN_DECLS

/* Without the final slash: "/engine.io". */
const char *eio_server_get_base_path (EioServer *self);
EioTransports eio_server_get_transports (EioServer *self);
gboolean eio_server_get_allow_upgrades (EioServer *self);
gboolean eio_server_has_origins (EioServer *self);
const EioWebsocketHouse *eio_server_get_websocket_house (EioServer *self);
/* FALSE and @error: refused. */
gboolean eio_server_allow (EioServer *self, SoupServerMessage *message, GError **error);
/* Borrowed; NULL unless a live session of that id belongs to @address. */
EioSocket *eio_server_lookup (EioServer *self, const char *id, const char *address);
/* A new session, already announced. @websocket: (nullable): taken. Borrowed; NULL if the handler of
 * "connection" closed it at once. */
EioSocket *eio_server_open (EioServer *self,
                            SoupServerMessage *message,
                            GHashTable *query,
                            EioGateStream *stream,
                            EioWebsocket *websocket);

/* Adds the handlers. */
void eio_endpoint_attach (EioServer *server, SoupServer *soup);
/* A request was refused at the gate: the session that it named may have to end. */
void eio_endpoint_refused (EioServer *server,
                           const char *target,
                           const char *address,
                           guint status);

G_END_DECLS
