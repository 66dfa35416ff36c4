/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-socket.h"
#include "engineio/eio-types.h"

G_BEGIN_DECLS

#define EIO_TYPE_SERVER (eio_server_get_type ())
EIO_API G_DECLARE_FINAL_TYPE (EioServer, eio_server, EIO, SERVER, GObject)

/* Properties (all construct, writable until the first listen):
 *   path "/engine.io/"        exact match, with or without the final slash
 *   ping-interval 25000 ms    ping-timeout 20000 ms    upgrade-timeout 10000 ms
 *   max-payload 1000000       bytes of one message, POST body or websocket message
 *   max-body 1000000          bytes of a request body on any other path of the same port
 *   transports                EioTransports, both
 *   allow-upgrades TRUE
 *   max-buffered 4194304      bytes queued for one socket before it is closed as too slow; 0 = no limit
 *   max-connections 10000     TCP connections; max-connections-per-address 0 = no limit
 *   head-timeout 10000 ms     complete request head from the first byte on (total, not per byte)
 *   allowed-origins NULL      strv; NULL = any Origin is accepted and no CORS header is sent;
 *                             empty = only requests without Origin; entries are compared whole
 *   allowed-hosts NULL        strv of host names without port; NULL = any Host
 * Signals:
 *   "connection" (EioSocket *socket)
 */
EIO_API EioServer *eio_server_new (void);

/* Accepts or refuses a handshake; a refusal is answered 403 {"code":4,"message":...}. */
typedef gboolean (*EioAllowRequestFunc) (EioServer *server,
                                         SoupServerMessage *message,
                                         GError **error,
                                         gpointer user_data);
/**
 * eio_server_set_allow_request:
 * @self: a server
 * @func: (scope notified) (closure user_data) (destroy destroy) (nullable): who decides; %NULL: all are accepted
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 */
EIO_API void eio_server_set_allow_request (EioServer *self,
                                           EioAllowRequestFunc func,
                                           gpointer user_data,
                                           GDestroyNotify destroy);

/* Listens on one more address. Port 0 picks a free one. certificate: NULL for plain HTTP. */
EIO_API gboolean eio_server_listen (EioServer *self,
                                    GSocketAddress *address,
                                    GTlsCertificate *certificate,
                                    GError **error);
/* Listens on an already bound and listening socket (socket activation). */
EIO_API gboolean eio_server_listen_socket (EioServer *self,
                                           GSocket *socket,
                                           GTlsCertificate *certificate,
                                           GError **error);
/* The port of the first address, 0 before. */
EIO_API guint16 eio_server_get_port (EioServer *self);
/**
 * eio_server_get_soup_server:
 * @self: a server
 *
 * Returns: (transfer none): the HTTP server behind the gate, for other handlers on the same port
 */
EIO_API SoupServer *eio_server_get_soup_server (EioServer *self);
EIO_API guint eio_server_get_n_sockets (EioServer *self);
/* TCP connections, those included that are only being ended. */
EIO_API guint eio_server_get_n_connections (EioServer *self);
/* Stops listening and closes every session (flushing what is queued where the peer reads, which needs
 * the main loop to run: until eio_server_get_n_connections() is 0, or as long as you are patient). */
EIO_API void eio_server_close (EioServer *self);

G_END_DECLS
