/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A request that came to somebody else's SoupServer: what the gate would have asked of it, as far as that
 * can still be asked once the HTTP library has read it.
 */
#pragma once

#include "engineio/eio-http-guard.h"
#include "engineio/eio-pipe.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Of a head: 0, or the status to refuse it with. */
guint eio_guest_judge (const EioHttpRules *rules, SoupServerMessage *message);
/* Counts the body as it comes. Beyond @max bytes the connection ends, the request with it. */
void eio_guest_limit_body (SoupServerMessage *message, uint64_t max);
gboolean eio_guest_is_tls (SoupServerMessage *message);
/* Of the connection; -1 where the server was given a stream instead of a socket. */
int eio_guest_get_fd (SoupServerMessage *message);
/* Takes the connection away from HTTP, once the answer is written. @early: (out) (nullable): bytes that
 * have come already. */
EioPipe *eio_guest_take (SoupServerMessage *message, EioReactor *reactor, GBytes **early);

G_END_DECLS
