/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioRequest:
 *
 * A client that wants to open a session and waits for whoever was set by
 * [method@Eio.Server.set_allow_request] to decide. It is answered once, at once or later, and no later than
 * [property@Eio.Server:allow-request-timeout]; then it has been refused. Answers to one that has been
 * answered, or whose client has gone, mean nothing.
 */
#define EIO_TYPE_REQUEST (eio_request_get_type ())
EIO_API G_DECLARE_FINAL_TYPE (EioRequest, eio_request, EIO, REQUEST, GObject)

/**
 * eio_request_get_message:
 * @self: a request
 *
 * The handshake as HTTP. Headers that are added to its response until it is answered go out with the answer,
 * whatever that is.
 *
 * Returns: (transfer none) (nullable): with address, headers and query; %NULL once the request is not open any
 *   more
 */
EIO_API SoupServerMessage *eio_request_get_message (EioRequest *self);
/**
 * eio_request_is_open:
 * @self: a request
 *
 * Whether an answer still means something.
 *
 * Returns: %FALSE: it has been answered, or its client has gone, or time is up
 */
EIO_API gboolean eio_request_is_open (EioRequest *self);
/**
 * eio_request_allow:
 * @self: a request
 *
 * Opens the session.
 */
EIO_API void eio_request_allow (EioRequest *self);
/**
 * eio_request_refuse:
 * @self: a request
 * @status: of HTTP, 400 to 599; the reference's is 403
 * @text: (nullable): told to the client; %NULL: "Forbidden"
 *
 * Opens no session. The client is told `{"code":4,"message":text}`, the protocol's word for it whatever the
 * status.
 */
EIO_API void eio_request_refuse (EioRequest *self, guint status, const char *text);

G_END_DECLS
