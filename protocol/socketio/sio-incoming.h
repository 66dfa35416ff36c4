/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-chain.h"
#include "socketio/sio-socket-private.h"

G_BEGIN_DECLS

/* An event before the middlewares of its socket, which then has it, or tells of an error. ack:
 * nullable. */
void sio_incoming_ask (SioChain *chain, SioSocket *socket, SioPacket *packet, SioAck *ack);

G_END_DECLS
