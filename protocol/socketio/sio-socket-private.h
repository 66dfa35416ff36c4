/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-collector.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-outgoing.h"
#include "socketio/sio-packet.h"
#include "socketio/sio-rooms.h"
#include "socketio/sio-saved-session.h"
#include "socketio/sio-session.h"
#include "socketio/sio-socket.h"

G_BEGIN_DECLS

/* One that wants into the namespace. auth: nullable, transfer none. */
SioSocket *sio_socket_new (SioSession *session, SioNamespace *nsp, JsonNode *auth);
/* Its place in the namespace's rooms. */
SioMember *sio_socket_get_member (SioSocket *self);

/* While the middlewares have not decided, and the client is still there. */
gboolean sio_socket_is_connecting (SioSocket *self);
/* What its auth says of the session that it comes back from; taken out of it, the program does not
 * see that. NULL: nothing. */
void sio_socket_take_recovery (SioSocket *self, char **pid, char **offset);
/* It goes on as that one, once it is accepted. FALSE: it cannot. */
gboolean sio_socket_restore (SioSocket *self, SioSavedSession *saved);
/* Its client has come back elsewhere: the connection ends. */
void sio_socket_give_up (SioSocket *self);
/* Their decision; nothing happens when it has gone meanwhile. */
void sio_socket_accept (SioSocket *self);
void sio_socket_refuse (SioSocket *self, const char *message, JsonNode *data);

void sio_socket_receive_event (SioSocket *self, SioPacket *packet);
/* An event that the middlewares have let through, and what they say of one that they have not. */
void sio_socket_dispatch (SioSocket *self, const char *event, SioArgs *args, SioAck *ack);
void sio_socket_tell_error (SioSocket *self, const char *message, JsonNode *data);
void sio_socket_receive_ack (SioSocket *self, SioPacket *packet);
/* Whether a function of the program is told what is sent. */
gboolean sio_socket_has_outgoing (SioSocket *self);
/* A broadcast's share. Calls nobody back but that function. */
void sio_socket_deliver (SioSocket *self,
                         SioOutgoing *outgoing,
                         const char *event,
                         SioArgs *args,
                         gboolean is_volatile);
/* Its answer to a packet of that id goes to the collector. */
void sio_socket_expect (SioSocket *self, uint64_t id, guint timeout_ms, SioCollector *collector);
/* Whether anybody listens to "drained". */
gboolean sio_socket_wants_drained (SioSocket *self);
void sio_socket_drained (SioSocket *self);
/* It is over: nothing is sent. */
void sio_socket_end (SioSocket *self, SioDisconnectReason reason);

G_END_DECLS
