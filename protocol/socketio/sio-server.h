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
 * Properties:
 * - path "/socket.io/" (construct)
 * - cleanup-empty-child-namespaces FALSE: namespaces made by a rule go with their last socket
 * - max-child-namespaces 10000: that rules make; beyond it clients are refused
 * - connect-timeout 45000 ms: a connection that has joined no namespace by then is closed
 * - attachment-timeout 60000 ms: between the messages of one packet with binary; 0 = none
 * - max-namespaces 100: joined and being joined by one connection; also so many refusals without
 * one that is accepted in between
 * - max-attachments 10: binary messages of one packet
 * - max-ack-id 2^53 - 1: that a client may ask by
 * - max-auth 0: bytes of a CONNECT packet, beyond it the namespace is refused; 0 = any
 * - max-namespace-name 1024, max-event-name 0: bytes; 0 = any
 * - max-depth 128, max-values, max-members, unique-keys FALSE: of the JSON in a packet
 * (wire-json.h)
 * - plain-names FALSE: namespaces only of A-Z a-z 0-9 / _ -, events of printable ASCII
 * - numeric-events TRUE: an event may be named by a number
 *
 * The defaults accept all that the reference's clients may rightly send. A limit that is set holds
 * for packets from then on, those per connection for new connections. A packet beyond a limit ends
 * its connection. max-buffered, max-payload and the other limits below are the engine's.
 *
 * Signals: "new-namespace" (SioNamespace *nsp): one that was not there; not told of "/".
 *
 * It has ports of its own (sio_server_listen()), and serves one path there, "path". Anything else on
 * them is for the handlers of eio_server_get_soup_server(): that is how it shares a port with an HTTP
 * server. It cannot be hung into a foreign SoupServer, which reads strangers' bytes before it could.
 *
 * One main context; every call from the thread that iterates it.
 */
#define SIO_TYPE_SERVER (sio_server_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioServer, sio_server, SIO, SERVER, GObject)

SIO_API SioServer *sio_server_new (void);
/**
 * sio_server_get_engine:
 * @self: a server
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

G_END_DECLS
