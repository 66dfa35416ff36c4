/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The opening handshake of RFC 6455 section 4.2, over libsoup's messages.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Whether the request asks for an upgrade to websocket, rightly or not. */
gboolean eio_ws_handshake_is_wanted (SoupServerMessage *message);
/* Answers it: 101 and TRUE, or an error status and FALSE. No extension and no subprotocol is taken. */
gboolean eio_ws_handshake_answer (SoupServerMessage *message);

G_END_DECLS
