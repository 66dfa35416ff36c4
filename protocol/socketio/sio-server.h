/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-server.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioServer:
 *
 * Namespaces over an EioServer.
 *
 * The defaults accept all that the reference's clients may rightly send. A limit that is set holds
 * for packets from then on, those per connection for new connections. A packet beyond a limit ends
 * its connection. max-buffered, max-payload and the other limits of connections are the engine's.
 *
 * It has ports of its own ([method@Sio.Server.listen]), and serves one path there, "path". Anything else on
 * them is for the handlers of [method@Eio.Server.get_soup_server]: that is how it shares a port with an HTTP
 * server, safely. It can serve its path on an HTTP server that is there already as well, with fewer
 * guarantees: [method@Sio.Server.attach].
 *
 * One main context: every call from the thread that iterates it.
 */
#define SIO_TYPE_SERVER (sio_server_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioServer, sio_server, SIO, SERVER, GObject)

/**
 * SioServer:path:
 *
 * The path of its requests. "/socket.io/" unless set at construction.
 */
/**
 * SioServer:connect-timeout:
 *
 * Milliseconds after which a connection that has joined no namespace is closed. 45000 unless set.
 */
/**
 * SioServer:attachment-timeout:
 *
 * Milliseconds between the messages of one packet with binary. 60000 unless set; 0: no limit.
 */
/**
 * SioServer:max-namespaces:
 *
 * Namespaces joined and being joined by one connection; also so many refusals without one that is
 * accepted in between. 100 unless set.
 */
/**
 * SioServer:max-attachments:
 *
 * Binary messages of one packet. 10 unless set.
 */
/**
 * SioServer:max-ack-id:
 *
 * The highest id that a client may ask for an answer by. 2^53 - 1 unless set.
 */
/**
 * SioServer:max-auth:
 *
 * Bytes of a CONNECT packet; beyond them the namespace is refused. 0 unless set: any.
 */
/**
 * SioServer:max-namespace-name:
 *
 * Bytes of the name of a namespace. 1024 unless set.
 */
/**
 * SioServer:max-event-name:
 *
 * Bytes of the name of an event. 0 unless set: any.
 */
/**
 * SioServer:max-depth:
 *
 * How deep arrays and objects in a packet may nest. 128 unless set.
 */
/**
 * SioServer:max-values:
 *
 * Values of all kinds in a packet.
 */
/**
 * SioServer:max-members:
 *
 * Members of one object or elements of one array in a packet.
 */
/**
 * SioServer:unique-keys:
 *
 * Whether a packet in which an object has a key twice ends the connection. %FALSE unless set: the
 * last one counts.
 */
/**
 * SioServer:plain-names:
 *
 * Whether namespaces may have names only of A-Z a-z 0-9 / _ -, and events only of printable ASCII.
 * %FALSE unless set.
 */
/**
 * SioServer:numeric-events:
 *
 * Whether an event may be named by a number. %TRUE unless set.
 */
/**
 * SioServer:overflow-policy:
 *
 * What becomes of an event that would take a connection beyond the engine's max-buffered. The connection ends
 * unless set. Volatile events never come so far: they are dropped as soon as the kernel takes no more. What
 * the protocol itself has to say (answers, CONNECT, DISCONNECT) is never dropped; when there is no place for
 * that either, the connection ends.
 */
/**
 * SioServer:cleanup-empty-child-namespaces:
 *
 * Whether namespaces made by a rule go with their last socket. %FALSE unless set.
 */
/**
 * SioServer:max-child-namespaces:
 *
 * Namespaces that rules may make; beyond it clients are refused. 10000 unless set.
 */
/**
 * SioServer:max-disconnection-duration:
 *
 * How many ms after the loss of its connection a client may come back to its id, rooms and data, and
 * get the events that it missed. 0, as it is unless set: there is no recovery. To be set before
 * anybody is connected.
 */
/**
 * SioServer:recovery-skips-middlewares:
 *
 * Whether a client that comes back so is let in without asking the middlewares again. %TRUE unless
 * set.
 */
/**
 * SioServer:recovery-max-packets:
 *
 * Events that each namespace remembers. Who has missed more starts anew. 10000 unless set.
 */
/**
 * SioServer:recovery-max-bytes:
 *
 * Bytes of those events, and as many of sessions, in each namespace. 4194304 unless set: who would
 * get more at once than the engine's max-buffered would be cut off as too slow.
 */
/**
 * SioServer:recovery-max-sessions:
 *
 * Clients that each namespace waits for. Beyond it, the one that has been gone for longest starts
 * anew. 10000 unless set.
 */

/**
 * sio_server_new:
 *
 * A server with the defaults of all its properties, that does not listen yet.
 *
 * Returns: (transfer full): the server
 */
SIO_API SioServer *sio_server_new (void);
/**
 * sio_server_get_engine:
 * @self: a server
 *
 * What accepts the connections. Its properties are the limits of connections and messages.
 *
 * Returns: (transfer none): the engine; set its limits before listening
 */
SIO_API EioServer *sio_server_get_engine (SioServer *self);
/**
 * sio_server_listen:
 * @self: a server
 * @address: port 0 picks a free one
 * @certificate: (nullable): %NULL for plain HTTP
 * @error: return location
 *
 * Listens on one more address.
 *
 * Returns: whether it does
 */
SIO_API gboolean sio_server_listen (SioServer *self,
                                    GSocketAddress *address,
                                    GTlsCertificate *certificate,
                                    GError **error);
/**
 * sio_server_attach:
 * @self: a server
 * @soup: an HTTP server of the same thread, with no other handler for this server's path
 * @error: return location
 *
 * Serves its path on an HTTP server that is there already. [method@Eio.Server.attach] says what that HTTP
 * server does not guard against.
 *
 * Returns: whether it serves there
 */
SIO_API gboolean sio_server_attach (SioServer *self, SoupServer *soup, GError **error);
/**
 * sio_server_of_pattern:
 * @self: a server
 * @pattern: of names, the leading slash included
 *
 * Namespaces that are made when a client, or [method@Sio.Server.of], asks for one whose name matches.
 * Each has the middlewares that the parent has then, and tells of its connections at its own
 * "connection" and at the parent's. What is emitted to the parent is emitted to each. The rules are
 * asked in the order of their registration.
 *
 * Returns: (transfer none): the parent; nobody is in it itself
 */
SIO_API SioNamespace *sio_server_of_pattern (SioServer *self, GRegex *pattern);
/**
 * SioNamespaceFunc:
 * @name: what a client wants into
 * @auth: (nullable): what its CONNECT says, an object
 * @next: to answer with, now or later: whether there is to be such a namespace
 * @user_data: data
 *
 * Decides whether there is to be a namespace of that name: it answers by [method@Sio.Next.accept]
 * or [method@Sio.Next.reject].
 */
typedef void (*SioNamespaceFunc) (const char *name,
                                  JsonNode *auth,
                                  SioNext *next,
                                  gpointer user_data);
/**
 * sio_server_of_func:
 * @self: a server
 * @func: (scope notified) (closure user_data) (destroy destroy): what decides
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * As [method@Sio.Server.of_pattern], by a function. [method@Sio.Server.of] does not ask it.
 *
 * Returns: (transfer none): the parent; nobody is in it itself
 */
SIO_API SioNamespace *sio_server_of_func (SioServer *self,
                                          SioNamespaceFunc func,
                                          gpointer user_data,
                                          GDestroyNotify destroy);
/**
 * sio_server_of:
 * @self: a server
 * @name: a leading slash is added; no comma
 *
 * The namespace of that name, made at first use. Clients are refused by namespaces that nobody has
 * asked for so. "/" exists from the start.
 *
 * Returns: (transfer none): the namespace
 */
SIO_API SioNamespace *sio_server_of (SioServer *self, const char *name);
/**
 * SioAdapterFunc:
 * @nsp: a namespace of the server
 * @user_data: data
 *
 * Makes the adapter of a namespace.
 *
 * Returns: (transfer full): an adapter for it, of its own
 */
typedef SioAdapter *(*SioAdapterFunc) (SioNamespace *nsp, gpointer user_data);
/**
 * sio_server_set_adapter:
 * @self: a server, nobody is connected to it yet
 * @func: (scope notified) (closure user_data) (destroy destroy) (nullable): what makes them; %NULL:
 *   for this process alone
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * What brings broadcasts to sockets, for the namespaces that are there and those to come.
 */
SIO_API void sio_server_set_adapter (SioServer *self,
                                     SioAdapterFunc func,
                                     gpointer user_data,
                                     GDestroyNotify destroy);
/**
 * sio_server_close:
 * @self: a server
 *
 * Ends all sockets ("server shutting down"; their clients come back when there is a server again)
 * and closes the engine. It does not listen again.
 */
SIO_API void sio_server_close (SioServer *self);
/**
 * sio_server_close_async:
 * @self: a server
 * @timeout_ms: how long clients may take
 * @cancellable: (nullable): cuts what is left
 * @callback: (scope async): called when it is over
 * @user_data: for @callback
 *
 * As [method@Sio.Server.close], and waits until all that was emitted has been taken and all connections are
 * gone. What is left when time is up is cut. Once for each server.
 */
SIO_API void sio_server_close_async (SioServer *self,
                                     guint timeout_ms,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/**
 * sio_server_close_finish:
 * @self: a server
 * @result: of [method@Sio.Server.close_async]
 * @error: %G_IO_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED: it is closed as well, but somebody was cut off
 *
 * How it ended.
 *
 * Returns: whether everybody left in order
 */
SIO_API gboolean sio_server_close_finish (SioServer *self, GAsyncResult *result, GError **error);

G_END_DECLS
