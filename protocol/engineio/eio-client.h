/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioClient: one Engine.IO session as a client: opened once, closed once.
 *
 * Properties (construct): uri (GUri), path "/engine.io/", transports (EioTransports, both),
 *   upgrade TRUE, open-timeout 20000 ms, max-payload 1000000 bytes accepted in one message,
 *   session (SoupSession, NULL = its own).
 * Signals:
 *   "opened" ()                                 the open packet has come; id is known
 *   "message" (GBytes *data, gboolean binary)
 *   "upgraded" ()
 *   "drained" ()
 *   "closed" (EioCloseReason reason, GError *error)   once, last; error is nullable. A failure to
 *                                                 open ends in it as well, with an error.
 */
#define EIO_TYPE_CLIENT (eio_client_get_type ())
EIO_API G_DECLARE_FINAL_TYPE (EioClient, eio_client, EIO, CLIENT, GObject)

EIO_API EioClient *eio_client_new (GUri *uri, const char *path);
EIO_API void eio_client_set_query (EioClient *self, const char *name, const char *value);
EIO_API void eio_client_set_header (EioClient *self, const char *name, const char *value);
EIO_API void eio_client_open (EioClient *self);
/* Engine.IO session id, NULL before "opened". */
EIO_API const char *eio_client_get_id (EioClient *self);
EIO_API gboolean eio_client_is_open (EioClient *self);
EIO_API EioTransports eio_client_get_transport (EioClient *self);
EIO_API void eio_client_send_text (EioClient *self, GBytes *utf8);
EIO_API void eio_client_send_binary (EioClient *self, GBytes *data);
EIO_API gsize eio_client_get_buffered_amount (EioClient *self);
EIO_API gboolean eio_client_is_writable (EioClient *self);
/* Whether the server's heartbeat is overdue (a suspended laptop): then closes with PING_TIMEOUT and
 * returns TRUE, so that the caller buffers rather than writes into a dead connection. */
EIO_API gboolean eio_client_check_heartbeat (EioClient *self);
EIO_API void eio_client_close (EioClient *self);

G_END_DECLS
