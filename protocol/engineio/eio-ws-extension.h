/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The negotiation of permessage-deflate, RFC 7692 section 7.1, without I/O. Neither side ever keeps its
 * window from one message to the next: so no connection costs memory for it, and a server can compress
 * a message once for all who get it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What our client offers. */
#define EIO_WS_DEFLATE_OFFER                                                                       \
  "permessage-deflate; server_no_context_takeover; client_no_context_takeover"

/* The server's answer to a Sec-WebSocket-Extensions, which is nullable. NULL: nothing in it can be
 * accepted; a smaller window of ours, for one, would be another one for each who asks. */
const char *eio_ws_extension_accept (const char *offers);
/* Whether a server's answer to EIO_WS_DEFLATE_OFFER is one that it may give. */
gboolean eio_ws_extension_is_good_answer (const char *answer);

G_END_DECLS
