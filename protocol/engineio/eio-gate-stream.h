/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A connection as SoupServer sees it: guarded, budgeted, with deadlines, and able to be taken back.
 */
#pragma once

#include "engineio/eio-gate.h"
#include "engineio/eio-hangup.h"

G_BEGIN_DECLS

#define EIO_TYPE_GATE_STREAM (eio_gate_stream_get_type ())
G_DECLARE_FINAL_TYPE (EioGateStream, eio_gate_stream, EIO, GATE_STREAM, GIOStream)

/* @base: the socket's or TLS's stream. @address: of the peer, as the gate counts it. */
EioGateStream *eio_gate_stream_new (EioGate *gate, GIOStream *base, const char *address);
/* Of the message's connection, or NULL if it did not come through a gate. Borrowed. */
EioGateStream *eio_gate_stream_get (SoupServerMessage *message);
/* Marks the address object that the HTTP server is given, so that the stream is found again by it. */
void eio_gate_stream_mark_address (EioGateStream *self, GSocketAddress *address);

const char *eio_gate_stream_get_address (EioGateStream *self);
gboolean eio_gate_stream_is_tls (EioGateStream *self);
/* Ends it unless a request is under way. */
void eio_gate_stream_end_if_idle (EioGateStream *self);
/* What of an answer waits for more of it goes out. */
void eio_gate_stream_uncork (EioGateStream *self);
/* Takes the connection away from HTTP; whatever is sent next takes along what waits for more. @early: (out) (nullable): bytes that have come already. */
EioPipe *eio_gate_stream_take (EioGateStream *self, GBytes **early);

/* Tells, once, that the peer went away while nobody reads. */
void eio_gate_stream_watch (EioGateStream *self, EioHangupFunc func, gpointer user_data);
void eio_gate_stream_unwatch (EioGateStream *self);

G_END_DECLS
