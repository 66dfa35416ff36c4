/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-socket.h"
#include "socketio/sio-namespace.h"
#include "socketio/sio-outgoing.h"
#include "socketio/sio-packet.h"
#include "socketio/sio-server.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioSession: an Engine.IO session at the server with the sockets on it: carries messages between
 * the engine and them, and their ends to each other. Refcounted.
 */
typedef struct _SioSession SioSession;

/* Lives, by itself, until the engine's session has ended. server: borrowed; it ends its sessions
 * before it goes. */
SioSession *sio_session_new (SioServer *server, EioSocket *engine);
SioSession *sio_session_ref (SioSession *self);
void sio_session_unref (SioSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioSession, sio_session_unref)

/* NULL once it has ended. Borrowed. */
EioSocket *sio_session_get_engine (SioSession *self);
/* The id of the engine's session, also afterwards; to be kept: a GRefString. */
char *sio_session_ref_engine_id (SioSession *self);

/* A packet, with the attachments of args (nullable) behind its text. text: transfer full. */
void sio_session_send (SioSession *self, GBytes *text, SioArgs *args);
/* The same. compress: whether it may be compressed. */
void
sio_session_send_event (SioSession *self, GBytes *text, SioArgs *args, gboolean compress);

/* Whether that many bytes may be queued, as the server's overflow-policy has it. */
gboolean sio_session_has_place (SioSession *self, gsize size);
/* A broadcast's share; a volatile one only if it leaves at once. FALSE: it was dropped by that policy. Calls
 * nobody back. */
gboolean
sio_session_deliver (SioSession *self, SioOutgoing *outgoing, gboolean is_volatile);

/* What became of a CONNECT. */
/* pid: nullable. */
void
sio_session_accept (SioSession *self, SioNamespace *nsp, const char *id, const char *pid);
void sio_session_refuse (SioSession *self, const char *nsp, const char *message, JsonNode *data);
/* The server ends one namespace. */
void sio_session_leave (SioSession *self, SioNamespace *nsp);
/* All sockets leave their namespaces, then the connection ends, in order. */
void sio_session_disconnect_all (SioSession *self);
/* Ends it at once, without a word to a peer that is taken for gone. */
void sio_session_give_up (SioSession *self);
/* All sockets end with reason; the connection is left to the engine. */
void sio_session_end (SioSession *self, SioDisconnectReason reason);

G_END_DECLS
