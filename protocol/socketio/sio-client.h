/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "socketio/sio-client-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClient:
 *
 * A connection to a server that is kept up (the reference's Manager), and the sockets of the
 * namespaces over it. It connects when a socket is connected and closes when none is active any
 * more. It has to be kept for as long as its sockets are used.
 *
 * Handlers may do anything, this client's end included. All in one main context: the thread-default
 * one of the first connect.
 */
#define SIO_TYPE_CLIENT (sio_client_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioClient, sio_client, SIO, CLIENT, GObject)

/**
 * SioClient:reconnection:
 *
 * Whether a connection that failed or was lost is tried again. %TRUE unless set. As all properties
 * of a client it can be set at any time, and is in force from the next attempt to connect.
 */
/**
 * SioClient:reconnection-attempts:
 *
 * How often, then it is given up. 0 unless set: never.
 */
/**
 * SioClient:reconnection-delay:
 *
 * Milliseconds before the first new attempt. The delay doubles with each attempt. 1000 unless set.
 */
/**
 * SioClient:reconnection-delay-max:
 *
 * Milliseconds that a delay is at most. 5000 unless set.
 */
/**
 * SioClient:randomization-factor:
 *
 * By up to which part of itself a delay is made longer or shorter, 0 to 1. 0.5 unless set.
 */
/**
 * SioClient:timeout:
 *
 * Milliseconds of one attempt: for the connection to open, and again for a namespace's answer.
 * 20000 unless set.
 */
/**
 * SioClient:transports:
 *
 * What may carry the connection, in the order in which it is tried: "polling", "websocket". Other
 * names, such as the reference's "webtransport", are passed over. %NULL, as unless set: these two in
 * this order.
 */
/**
 * SioClient:upgrade:
 *
 * Whether a connection that was opened by polling moves to a websocket. %TRUE unless set.
 */
/**
 * SioClient:try-all-transports:
 *
 * Whether the next transport is tried when the one before fails to open the connection. %FALSE unless
 * set.
 */
/**
 * SioClient:force-base64:
 *
 * Whether bytes travel as text on a websocket as well, for what stands between and takes no binary
 * frames. By polling they always do. %FALSE unless set.
 */
/**
 * SioClient:remember-upgrade:
 *
 * Whether a websocket opens the connection when the one before was a websocket in the end. %FALSE
 * unless set.
 */
/**
 * SioClient:path:
 *
 * The path of all requests. "/socket.io/" unless set.
 */
/**
 * SioClient:max-payload:
 *
 * Bytes of one message that are accepted. 1000000 unless set.
 */
/**
 * SioClient:per-message-deflate:
 *
 * Bytes of a message from which on it is compressed on a websocket, if the server agrees (RFC 7692); it may
 * compress its own then as well. [property@Sio.Client:max-payload] counts what comes out. 0: it is not
 * offered. 0 unless set; the reference's threshold is 1024. By polling, answers are compressed wherever the server
 * wants it; a header "Accept-Encoding: identity" ([method@Sio.Client.set_header]) says that it should not.
 */
/**
 * SioClient:max-attachments:
 *
 * Binary attachments of one event, both ways. 10 unless set: the reference's servers refuse more.
 */
/**
 * SioClient:session:
 *
 * For proxies, TLS databases, cookies; %NULL: its own at each connection, with the cookies of that
 * connection, as balancers want it.
 */
/**
 * SioClient::open:
 * @self: the client
 *
 * The connection is open. Its namespaces are not joined yet.
 */
/**
 * SioClient::error:
 * @self: the client
 * @error: what
 *
 * Something has gone wrong with the connection: it could not be opened, first or again, or it broke. What
 * comes of it the other signals tell, after this.
 */
/**
 * SioClient::packet:
 * @self: the client
 * @type: what it is
 * @nsp: the namespace that it is for
 * @event: (nullable): the name, of an event
 * @args: (nullable): the arguments, of an event or an answer
 *
 * A packet has come, before it is handled, for whichever namespace: for programs that log or count. An
 * event's arguments are as on the wire; what recovery has put behind them is there.
 */
/**
 * SioClient::closed:
 * @self: the client
 * @reason: why
 * @error: (nullable): what went wrong, if something has
 *
 * The connection was open and is not any more.
 */
/**
 * SioClient::reconnect-scheduled:
 * @self: the client
 * @attempt: its number, from 1 since the loss
 * @delay_ms: milliseconds
 *
 * It waits before the next attempt.
 */
/**
 * SioClient::reconnect-attempt:
 * @self: the client
 * @attempt: its number, from 1 since the loss
 *
 * An attempt begins.
 */
/**
 * SioClient::reconnect-error:
 * @self: the client
 * @error: why
 *
 * An attempt has failed.
 */
/**
 * SioClient::reconnected:
 * @self: the client
 * @attempt: its number, from 1 since the loss
 *
 * An attempt has succeeded.
 */
/**
 * SioClient::reconnect-failed:
 * @self: the client
 *
 * It is given up; the sockets are not active any more.
 */
/**
 * SioClient::ping:
 * @self: the client
 *
 * The server has asked whether anybody is there, as it does at regular intervals, and the answer is on its way.
 */
/**
 * SioClient::accept-certificate:
 * @self: the client
 * @certificate: the server's
 * @errors: what is wrong with it
 *
 * The server's certificate is not trusted by the TLS database of the session. Without a handler it is
 * refused.
 *
 * Returns: %TRUE to take it all the same
 */

/**
 * sio_client_new:
 * @uri: http, https, ws or wss with a host; its path is not used, its query goes into the handshake
 * @error: return location for a G_URI_ERROR
 *
 * A client for one server.
 *
 * Returns: (transfer full) (nullable): a client that does nothing yet; %NULL when @uri is no such
 * address
 */
SIO_API SioClient *sio_client_new (const char *uri, GError **error);
/**
 * sio_client_set_header:
 * @self: a client
 * @name: of a header
 * @value: its value
 *
 * One header more of every request, from the next connection on.
 */
SIO_API void sio_client_set_header (SioClient *self, const char *name, const char *value);
/**
 * sio_client_set_query:
 * @self: a client
 * @name: of a parameter
 * @value: its value, not encoded
 *
 * One parameter more of the handshake's query, from the next connection on.
 */
SIO_API void sio_client_set_query (SioClient *self, const char *name, const char *value);
/**
 * sio_client_socket:
 * @self: a client
 * @nsp: a namespace: begins with a slash, has no comma
 *
 * The socket of one namespace.
 *
 * Returns: (transfer none): its socket, made at the first call, not connecting by itself
 */
SIO_API SioClientSocket *sio_client_socket (SioClient *self, const char *nsp);
/**
 * sio_client_get_engine_id:
 * @self: a client
 *
 * The id of the connection.
 *
 * Returns: (transfer none) (nullable): the Engine.IO session's id while it is open
 */
SIO_API const char *sio_client_get_engine_id (SioClient *self);
/**
 * sio_client_get_transport:
 * @self: a client
 *
 * What carries the connection.
 *
 * Returns: what carries the connection now, 0 while it is not open
 */
SIO_API EioTransports sio_client_get_transport (SioClient *self);
/**
 * sio_client_reconnect_now:
 * @self: a client
 *
 * Tries at once rather than when the delay is over. Nothing happens unless it waits for that.
 */
SIO_API void sio_client_reconnect_now (SioClient *self);
/**
 * sio_client_close:
 * @self: a client
 *
 * Disconnects all sockets, which ends the connection; what is under way leaves first, for 5 s at
 * most.
 */
SIO_API void sio_client_close (SioClient *self);

G_END_DECLS
