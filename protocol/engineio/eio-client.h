/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioClient: one Engine.IO session as a client: opened once, closed once.
 *
 * Properties (construct only):
 *   uri (GUri)               http, https, ws or wss; its path is not used, its query goes along
 *   path "/engine.io/"
 *   transports (EioTransports, both)   with both, polling opens the session
 *   upgrade TRUE             whether a session opened by polling moves to a websocket
 *   open-timeout 20000 ms    for the whole opening, and again for the upgrade
 *   max-payload 1000000      bytes accepted in one message
 *   max-buffered 16777216    bytes waiting to be sent at which the session is given up (TOO_SLOW)
 *   session (SoupSession, NULL = its own)     for proxies, TLS databases, cookies. Compression and
 *                            redirects are off whatever its features are; it should allow three
 *                            connections to one host or more
 * Signals:
 *   "opened" ()                                 the open packet has come; id is known
 *   "message" (GBytes *data, gboolean binary)   text is valid UTF-8
 *   "upgraded" ()
 *   "drained" ()                                what could not leave at once has left
 *   "closed" (EioCloseReason reason, GError *error)   once, last; error (EIO_ERROR) is nullable. A
 *                                               failure to open ends in it as well, with an error
 *
 * Handlers may call everything, closing and dropping the client included. One main context: the
 * thread-default one of eio_client_open().
 */
#define EIO_TYPE_CLIENT (eio_client_get_type ())
EIO_API
G_DECLARE_FINAL_TYPE (EioClient, eio_client, EIO, CLIENT, GObject)

EIO_API EioClient *eio_client_new (GUri *uri, const char *path);
/* One parameter more of every request, decoded. Before opening. The protocol's own names (EIO,
 * transport, sid, t, j, b64) are left out. */
EIO_API void eio_client_set_query (EioClient *self, const char *name, const char *value);
/* One header more of every request. Before opening. */
EIO_API void eio_client_set_header (EioClient *self, const char *name, const char *value);
EIO_API void eio_client_open (EioClient *self);
/* Engine.IO session id, NULL before "opened". */
EIO_API const char *eio_client_get_id (EioClient *self);
EIO_API gboolean eio_client_is_open (EioClient *self);
/* What carries the session now; before "opened", what is tried. */
EIO_API EioTransports eio_client_get_transport (EioClient *self);
/* Bytes of one message that the server accepts; 0 when it did not say, or before "opened". A larger
 * one ends the session at the server. */
EIO_API gsize eio_client_get_max_payload (EioClient *self);
/* Nothing happens unless the session is open. */
EIO_API void eio_client_send_text (EioClient *self, GBytes *utf8);
EIO_API void eio_client_send_binary (EioClient *self, GBytes *data);
/* Bytes given to send that neither the kernel (websocket) nor the server (polling) has taken. */
EIO_API gsize eio_client_get_buffered_amount (EioClient *self);
/* Whether a message sent now would leave at once. */
EIO_API gboolean eio_client_is_writable (EioClient *self);
/* Whether the server's heartbeat is overdue (a suspended laptop): then closes with PING_TIMEOUT and
 * returns TRUE, so that the caller buffers rather than writes into a dead connection. */
EIO_API gboolean eio_client_check_heartbeat (EioClient *self);
/* Sends what is buffered (for 5 s at most), then ends the session: "closed" with FORCED_CLOSE, from
 * within this call when nothing was buffered. The client lives until then by itself. */
EIO_API void eio_client_close (EioClient *self);

G_END_DECLS
