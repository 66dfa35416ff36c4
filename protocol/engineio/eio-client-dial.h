/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opens a websocket: connects (through the session's proxies), TLS (with the session's database), then
 * the handshake of RFC 6455. Not by libsoup 3.2, whose websockets bound neither the fragments of a
 * message nor what they read in one turn of the loop.
 */
#pragma once

#include "engineio/eio-client-transport.h"

G_BEGIN_DECLS

/* message: the request; its fields are completed. Bounded by the cancellable alone. */
void eio_client_dial_async (EioClientTarget *target,
                            SoupMessage *message,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* The connection, whose streams are pollable. rest: (out) (transfer full): bytes that came behind the
 * server's answer. deflate: (out): whether messages may be compressed. Errors: EIO_ERROR_TRANSPORT. */
GIOStream *eio_client_dial_finish (GAsyncResult *result,
                                   GBytes **rest,
                                   gboolean *deflate,
                                   GError **error);

G_END_DECLS
