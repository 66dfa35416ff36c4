/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The opening handshake of RFC 6455 section 4.2, over libsoup's messages: the server's side, and what both
 * sides have in common.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define EIO_WS_VERSION "13"
#define EIO_WS_KEY_BYTES 16

/* Sec-WebSocket-Accept for a Sec-WebSocket-Key. */
char *eio_ws_handshake_dup_accept (const char *key);
/* Whether the request asks for an upgrade to websocket, rightly or not. */
gboolean eio_ws_handshake_is_wanted (SoupServerMessage *message);
/* Answers it: 101 and TRUE, or an error status and FALSE. No subprotocol is taken. @deflate: whether
 * compression may be agreed to, and then whether it was. */
gboolean eio_ws_handshake_answer (SoupServerMessage *message, gboolean *deflate);

G_END_DECLS
