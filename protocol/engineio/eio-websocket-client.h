/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-client-transport.h"

G_BEGIN_DECLS

/* Packets over a websocket. Without a sid in the target it opens a session of its own, with one it
 * is a candidate for the upgrade; which of the two it is makes no difference here. */
#define EIO_TYPE_WEBSOCKET_CLIENT (eio_websocket_client_get_type ())
G_DECLARE_FINAL_TYPE (EioWebsocketClient,
                      eio_websocket_client,
                      EIO,
                      WEBSOCKET_CLIENT,
                      EioClientTransport)

EioClientTransport *eio_websocket_client_new (EioClientTarget *target);

G_END_DECLS
