/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioClient:
 *
 * One Engine.IO session as a client: opened once, closed once.
 *
 * Handlers may call everything, closing and dropping the client included. One main context: the
 * thread-default one of [method@Eio.Client.open].
 */
#define EIO_TYPE_CLIENT (eio_client_get_type ())
EIO_API
G_DECLARE_FINAL_TYPE (EioClient, eio_client, EIO, CLIENT, GObject)

/**
 * EioClient:uri:
 *
 * Where the server is: http, https, ws or wss. Its path is not used, its query goes along.
 */
/**
 * EioClient:path:
 *
 * The path of all requests. "/engine.io/" unless set.
 */
/**
 * EioClient:transports:
 *
 * What may carry the session, in the order in which it is tried: "polling", "websocket". Other names
 * are passed over. %NULL, as unless set: these two in this order.
 */
/**
 * EioClient:upgrade:
 *
 * Whether a session that was opened by polling moves to a websocket. %TRUE unless set.
 */
/**
 * EioClient:try-all-transports:
 *
 * Whether the next transport is tried when the one before fails to open the session. %FALSE unless
 * set.
 */
/**
 * EioClient:force-base64:
 *
 * Whether bytes travel as text on a websocket as well, for what stands between and takes no binary
 * frames. By polling they always do. %FALSE unless set.
 */
/**
 * EioClient:open-timeout:
 *
 * Milliseconds for the whole opening, and again for the upgrade. 20000 unless set.
 */
/**
 * EioClient:max-payload:
 *
 * Bytes of one message that are accepted. 1000000 unless set.
 */
/**
 * EioClient:per-message-deflate:
 *
 * Bytes of a message from which on it is compressed on a websocket, if the server agrees (RFC 7692); it may
 * compress its own then as well. [property@Eio.Client:max-payload] counts what comes out. 0: it is not
 * offered. 0 unless set; the reference's threshold is 1024. By polling, answers are compressed wherever the server
 * wants it; a header "Accept-Encoding: identity" ([method@Eio.Client.set_header]) says that it should not.
 */
/**
 * EioClient:max-buffered:
 *
 * Bytes waiting to be sent at which the session is given up as too slow. 16777216 unless set.
 */
/**
 * EioClient:session:
 *
 * For proxies, TLS databases, cookies; %NULL: its own, which has cookies. Compression and redirects
 * are off whatever its features are; it should allow three connections to one host or more.
 */
/**
 * EioClient::opened:
 * @self: the client
 *
 * The open packet has come; the id is known.
 */
/**
 * EioClient::message:
 * @self: the client
 * @data: what was sent
 * @binary: %FALSE: @data is valid UTF-8 (which may hold U+0000)
 *
 * The server has sent a message.
 */
/**
 * EioClient::upgraded:
 * @self: the client
 *
 * The session has moved to a websocket.
 */
/**
 * EioClient::ping:
 * @self: the client
 *
 * The server has asked whether anybody is there, and the answer is on its way.
 */
/**
 * EioClient::drained:
 * @self: the client
 *
 * What could not leave at once has left.
 */
/**
 * EioClient::accept-certificate:
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
 * EioClient::closed:
 * @self: the client
 * @reason: why
 * @error: (nullable): [error@Eio.Error], if something has gone wrong
 *
 * Once, last. A failure to open ends in it as well, with an error.
 */

/**
 * eio_client_new:
 * @uri: http, https, ws or wss
 * @path: of all requests, with a slash in front
 *
 * A client that does nothing yet.
 *
 * Returns: (transfer full): the client
 */
EIO_API EioClient *eio_client_new (GUri *uri, const char *path);
/**
 * eio_client_set_query:
 * @self: a client
 * @name: a name
 * @value: its value, not encoded
 *
 * One parameter of every request, in place of one of the same name. Before opening. The protocol's
 * own names (EIO, transport, sid, t, j, b64) are left out.
 */
EIO_API void eio_client_set_query (EioClient *self, const char *name, const char *value);
/**
 * eio_client_set_header:
 * @self: a client
 * @name: of a header
 * @value: its value
 *
 * One header of every request, in place of one of the same name. Before opening.
 */
EIO_API void eio_client_set_header (EioClient *self, const char *name, const char *value);
/**
 * eio_client_open:
 * @self: a client
 *
 * Opens the session. [signal@Eio.Client::opened] or [signal@Eio.Client::closed] tells how that
 * went.
 */
EIO_API void eio_client_open (EioClient *self);
/**
 * eio_client_get_id:
 * @self: a client
 *
 * The id that the server has given to the session.
 *
 * Returns: (transfer none) (nullable): the id; %NULL before "opened"
 */
EIO_API const char *eio_client_get_id (EioClient *self);
/**
 * eio_client_is_open:
 * @self: a client
 *
 * Whether messages can be sent and may come.
 *
 * Returns: whether it is open
 */
EIO_API gboolean eio_client_is_open (EioClient *self);
/**
 * eio_client_get_transport:
 * @self: a client
 *
 * What carries the session now; before "opened", what is tried.
 *
 * Returns: one transport
 */
EIO_API EioTransports eio_client_get_transport (EioClient *self);
/**
 * eio_client_get_max_payload:
 * @self: a client
 *
 * How large a message the server accepts. A larger one ends the session there.
 *
 * Returns: bytes; 0 when it did not say, or before "opened"
 */
EIO_API gsize eio_client_get_max_payload (EioClient *self);
/**
 * eio_client_send_text:
 * @self: a client
 * @utf8: valid UTF-8, which may hold U+0000
 *
 * Sends a text message. Nothing happens unless the session is open.
 */
EIO_API void eio_client_send_text (EioClient *self, GBytes *utf8);
/**
 * eio_client_send_binary:
 * @self: a client
 * @data: any bytes
 *
 * Sends a binary message. Nothing happens unless the session is open.
 */
EIO_API void eio_client_send_binary (EioClient *self, GBytes *data);
/**
 * eio_client_get_buffered_amount:
 * @self: a client
 *
 * What was given to send, and neither the kernel (websocket) nor the server (polling) has taken.
 *
 * Returns: bytes
 */
EIO_API gsize eio_client_get_buffered_amount (EioClient *self);
/**
 * eio_client_is_writable:
 * @self: a client
 *
 * Whether a message sent now would leave at once.
 *
 * Returns: whether it would
 */
EIO_API gboolean eio_client_is_writable (EioClient *self);
/**
 * eio_client_check_heartbeat:
 * @self: a client
 *
 * Looks whether the server's heartbeat is overdue, as after a laptop was suspended. If so, the
 * session closes, so that the caller buffers rather than writes into a dead connection.
 *
 * Returns: whether it was overdue
 */
EIO_API gboolean eio_client_check_heartbeat (EioClient *self);
/**
 * eio_client_close:
 * @self: a client
 *
 * Sends what is buffered, for 5 s at most, then ends the session: [signal@Eio.Client::closed] with
 * %EIO_CLOSE_REASON_FORCED_CLOSE, from within this call when nothing was buffered. The client lives
 * until then by itself.
 */
EIO_API void eio_client_close (EioClient *self);

G_END_DECLS
