/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-namespace.h"
#include "socketio/sio-outgoing.h"
#include "socketio/sio-packet.h"
#include "socketio/sio-session.h"
#include "socketio/sio-socket.h"

G_BEGIN_DECLS

/* One that wants into the namespace. auth: nullable, transfer none. */
SioSocket *sio_socket_new (SioSession *session, SioNamespace *nsp, JsonNode *auth);
SioNamespace *sio_socket_get_namespace (SioSocket *self);

/* While the middlewares have not decided, and the client is still there. */
gboolean sio_socket_is_connecting (SioSocket *self);
/* Their decision; nothing happens when it has gone meanwhile. */
void sio_socket_accept (SioSocket *self);
void sio_socket_refuse (SioSocket *self, const char *message, JsonNode *data);

void sio_socket_receive_event (SioSocket *self, SioPacket *packet);
void sio_socket_receive_ack (SioSocket *self, SioPacket *packet);
/* A broadcast's share. */
void sio_socket_deliver (SioSocket *self, SioOutgoing *outgoing, gboolean is_volatile);
/* Whether anybody listens to "drained". */
gboolean sio_socket_wants_drained (SioSocket *self);
void sio_socket_drained (SioSocket *self);
/* It is over: nothing is sent. */
void sio_socket_end (SioSocket *self, SioDisconnectReason reason);

G_END_DECLS
