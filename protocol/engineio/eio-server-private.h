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
gboolean eio_server_has_credentials (EioServer *self);
/* What is asked of every request. */
const EioHttpRules *eio_server_get_rules (EioServer *self);
/* It opens no session any more. */
gboolean eio_server_is_closed (EioServer *self);
/* Tells the program that an answer's headers can be added to. @initial: of a session's first answer.
 * TRUE: somebody was told, and anything may have happened. */
gboolean eio_server_tell_headers (EioServer *self, SoupServerMessage *message, gboolean initial);
/* @error: why a request was refused. */
void eio_server_tell_refusal (EioServer *self, SoupServerMessage *message, const GError *error);
/* To the first answer of a session on polling. */
void eio_server_add_cookie (EioServer *self, EioSocket *socket, SoupServerMessage *message);
const EioWebsocketHouse *eio_server_get_websocket_house (EioServer *self);
/* Whether somebody decides about handshakes. */
gboolean eio_server_has_allow (EioServer *self);
/* Asks about a handshake; eio_endpoint_decided() is called, now or later, unless the client goes. */
void eio_server_ask (EioServer *self, SoupServerMessage *message);
/* Borrowed; NULL unless a live session of that id belongs to @address. */
EioSocket *eio_server_lookup (EioServer *self, const char *id, const char *address);
/* A new session, already announced; it gets an id. @websocket: (nullable): taken. Borrowed; NULL if the
 * handler of "connection" closed it at once. */
EioSocket *eio_server_open (EioServer *self,
                            const EioSocketIdentity *identity,
                            EioWebsocket *websocket);

/* Adds the handlers, and removes them. */
void eio_endpoint_attach (EioServer *server, SoupServer *soup);
void eio_endpoint_detach (EioServer *server, SoupServer *soup);
/* About a handshake. @refusal: (nullable): with @status; NULL: it may go on. */
void eio_endpoint_decided (EioServer *server,
                           SoupServerMessage *message,
                           const GError *refusal,
                           guint status);
/* A request was refused at the gate: the session that it named may have to end. */
void eio_endpoint_refused (EioServer *server,
                           const char *target,
                           const char *address,
                           guint status);

G_END_DECLS
