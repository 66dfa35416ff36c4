/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-request.h"
#include "engineio/eio-socket.h"
#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioServer:
 *
 * Accepts Engine.IO sessions, on one or several addresses. Other handlers may share its port:
 * [method@Eio.Server.get_soup_server].
 *
 * Its properties can be set until it listens for the first time.
 *
 * One main context: the thread-default one when it was told to listen.
 */
#define EIO_TYPE_SERVER (eio_server_get_type ())
EIO_API G_DECLARE_FINAL_TYPE (EioServer, eio_server, EIO, SERVER, GObject)

/**
 * EioServer:path:
 *
 * The path of its requests, matched whole, with or without the final slash. "/engine.io/" unless
 * set.
 */
/**
 * EioServer:ping-interval:
 *
 * Milliseconds from one answer of the client to the next ping. 25000 unless set.
 */
/**
 * EioServer:ping-timeout:
 *
 * Milliseconds that the answer to a ping may take; then the session ends. 20000 unless set.
 */
/**
 * EioServer:upgrade-timeout:
 *
 * Milliseconds that a websocket may take to replace polling; then the session stays on polling.
 * 10000 unless set.
 */
/**
 * EioServer:max-payload:
 *
 * Bytes of one message, one POST body or one websocket message that are accepted. 1000000 unless
 * set.
 */
/**
 * EioServer:max-body:
 *
 * Bytes of a request body that are accepted on any other path of the same port. 1000000 unless set.
 */
/**
 * EioServer:transports:
 *
 * What sessions may use. All unless set.
 */
/**
 * EioServer:allow-upgrades:
 *
 * Whether a session may move from polling to a websocket. %TRUE unless set.
 */
/**
 * EioServer:max-buffered:
 *
 * Bytes that may be queued for one session; beyond them it is closed as too slow. 4194304 unless
 * set; 0: no limit.
 */
/**
 * EioServer:max-connections:
 *
 * TCP connections at a time. 10000 unless set.
 */
/**
 * EioServer:max-connections-per-address:
 *
 * TCP connections at a time from one address. 0 unless set: no limit.
 */
/**
 * EioServer:head-timeout:
 *
 * Milliseconds for a complete request head, from its first byte on, in all and not per byte. 10000
 * unless set.
 */
/**
 * EioServer:allow-request-timeout:
 *
 * Milliseconds that whoever was set by [method@Eio.Server.set_allow_request] may take for a decision; then
 * the client is refused. 10000 unless set.
 */
/**
 * EioServer:write-delay:
 *
 * Milliseconds between two writes to a websocket, 0 to 1000: after a pause what is sent leaves at once,
 * what follows within this time leaves together. Fewer system calls for a later arrival. 0 unless set:
 * what was sent in one turn of the loop leaves at its end.
 */
/**
 * EioServer:http-compression:
 *
 * Bytes of an answer to a poll from which on it is compressed (up to a MiB), with gzip or deflate, for clients
 * that ask for it; unless all that is in it was sent with `compress` at %FALSE. 0: never. 1024 unless set.
 * Browsers ask for it. On TLS, what is compressed tells by its length whether words of a stranger are also in a secret
 * beside them.
 */
/**
 * EioServer:per-message-deflate:
 *
 * Bytes of a message from which on it is compressed (up to a MiB) on websockets whose clients have agreed to
 * that (RFC 7692); they may compress theirs then as well. A message is compressed once for all who get it, and no
 * connection costs memory for it. [property@Eio.Server:max-payload] counts what comes out. 0: it is not agreed
 * to. 0 unless set; the reference's threshold is 1024.
 */
/**
 * EioServer:allowed-origins:
 *
 * Which Origin headers are accepted, compared whole; "*" accepts any. %NULL unless set: any, and no CORS
 * header is sent. Empty: only requests without Origin.
 */
/**
 * EioServer:cors-credentials:
 *
 * Whether pages of the allowed origins may send cookies and see what comes (`withCredentials`). %FALSE
 * unless set.
 */
/**
 * EioServer:allowed-hosts:
 *
 * Which Host headers are accepted: names without port. %NULL unless set: any.
 */

/**
 * eio_server_new:
 *
 * A server with the defaults of all its properties, that does not listen yet.
 *
 * Returns: (transfer full): the server
 */
EIO_API EioServer *eio_server_new (void);

/**
 * EioAllowRequestFunc:
 * @server: the server
 * @request: a client that wants to open a session
 * @user_data: data
 *
 * Decides about a handshake by [method@Eio.Request.allow] or [method@Eio.Request.refuse], at once, or later
 * with a reference of its own to @request.
 */
typedef void (*EioAllowRequestFunc) (EioServer *server, EioRequest *request, gpointer user_data);
/**
 * eio_server_set_allow_request:
 * @self: a server
 * @func: (scope notified) (closure user_data) (destroy destroy) (nullable): who decides; %NULL: all are accepted
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Sets who decides about each handshake, before a session is made.
 */
EIO_API void eio_server_set_allow_request (EioServer *self,
                                           EioAllowRequestFunc func,
                                           gpointer user_data,
                                           GDestroyNotify destroy);

/**
 * eio_server_set_cookie:
 * @self: a server
 * @name: (nullable): a token; %NULL: there is no cookie, as it is unless set
 * @path: (nullable): which paths of the host it is for; %NULL: "/"
 * @max_age: seconds; negative: until the browser is closed
 * @flags: whether scripts see it and whether it wants TLS
 * @same_site: which requests of other sites it goes with
 *
 * Gives each session that begins on polling its id as a cookie, for a balancer between several servers that
 * has to send all requests of a session to the same one. This server never reads it. The reference's
 * default is `"io", "/", -1, EIO_COOKIE_HTTP_ONLY, SOUP_SAME_SITE_POLICY_LAX`.
 */
EIO_API void eio_server_set_cookie (EioServer *self,
                                    const char *name,
                                    const char *path,
                                    int max_age,
                                    EioCookieFlags flags,
                                    SoupSameSitePolicy same_site);

/**
 * eio_server_listen:
 * @self: a server
 * @address: port 0 picks a free one
 * @certificate: (nullable): %NULL for plain HTTP
 * @error: of GIO: the address is in use, or not this machine's
 *
 * Listens on one more address.
 *
 * Returns: whether it does
 */
EIO_API gboolean eio_server_listen (EioServer *self,
                                    GSocketAddress *address,
                                    GTlsCertificate *certificate,
                                    GError **error);
/**
 * eio_server_listen_socket:
 * @self: a server
 * @socket: bound and listening
 * @certificate: (nullable): %NULL for plain HTTP
 * @error: of GIO
 *
 * Listens on a socket that somebody else has opened (socket activation).
 *
 * Returns: whether it does
 */
EIO_API gboolean eio_server_listen_socket (EioServer *self,
                                           GSocket *socket,
                                           GTlsCertificate *certificate,
                                           GError **error);
/**
 * eio_server_attach:
 * @self: a server
 * @soup: an HTTP server of the same thread, with no other handler for this server's path
 * @error: of the kernel: no descriptors are left
 *
 * Serves its path on an HTTP server that is there already, with or without ports of its own beside it.
 * Websockets are taken over from it and are as guarded as elsewhere, and so are Host, Origin and the size of
 * bodies. What reads the requests is libsoup's server as it is, though, so none of these holds there:
 * max-connections, max-connections-per-address, head-timeout, the limits of heads and the strictness about
 * them, the deadlines of bodies and answers; and libsoup 3.2 stops listening for good when accepting fails
 * once, as it does when descriptors run out. Use it behind a proxy that does all this, or among friends; for
 * strangers, listen here and put the other handlers on [method@Eio.Server.get_soup_server].
 *
 * libsoup 3.2 also loses some 500 bytes for each websocket that is taken over from it.
 *
 * It is detached when it is disposed of; until then it holds a reference to @soup.
 *
 * Returns: whether it serves there
 */
EIO_API gboolean eio_server_attach (EioServer *self, SoupServer *soup, GError **error);
/**
 * eio_server_get_port:
 * @self: a server
 *
 * The port of the first address, also when port 0 was asked for.
 *
 * Returns: the port, 0 before it listens
 */
EIO_API guint16 eio_server_get_port (EioServer *self);
/**
 * eio_server_get_soup_server:
 * @self: a server
 *
 * The HTTP server behind the gate, for other handlers on the same port. It is not to be told to
 * listen itself.
 *
 * Returns: (transfer none): the HTTP server
 */
EIO_API SoupServer *eio_server_get_soup_server (EioServer *self);
/**
 * eio_server_get_n_sockets:
 * @self: a server
 *
 * How many sessions are open.
 *
 * Returns: their number
 */
EIO_API guint eio_server_get_n_sockets (EioServer *self);
/**
 * eio_server_get_n_connections:
 * @self: a server
 *
 * How many TCP connections there are, those included that are only being ended, those of servers that it
 * is attached to not included.
 *
 * Returns: their number
 */
EIO_API guint eio_server_get_n_connections (EioServer *self);
/**
 * eio_server_close:
 * @self: a server
 *
 * Stops listening and closes every session. What is queued is flushed where the peer reads, which
 * needs the main loop to run: until [method@Eio.Server.get_n_connections] gives 0, or as long as you
 * are patient.
 */
EIO_API void eio_server_close (EioServer *self);
/**
 * eio_server_close_async:
 * @self: a server
 * @timeout_ms: how long peers may take
 * @cancellable: (nullable): cuts what is left
 * @callback: (scope async): called when it is over
 * @user_data: for @callback
 *
 * Stops listening and closes every session, as [method@Eio.Server.close], and waits until all that was
 * queued has been taken and all connections are gone, those of other handlers of its port included. What is
 * left when time is up is cut. Once for each server.
 */
EIO_API void eio_server_close_async (EioServer *self,
                                     guint timeout_ms,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/**
 * eio_server_close_finish:
 * @self: a server
 * @result: of [method@Eio.Server.close_async]
 * @error: %G_IO_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED: it is closed as well, but somebody was cut off
 *
 * How it ended.
 *
 * Returns: whether everybody left in order
 */
EIO_API gboolean eio_server_close_finish (EioServer *self, GAsyncResult *result, GError **error);

G_END_DECLS
