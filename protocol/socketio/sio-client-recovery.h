/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-packet.h"

G_BEGIN_DECLS

/**
 * SioClientRecovery: what a client says to go on with a session after its connection was lost: the
 * private id that the server gave, and the offset of the last event that has come. All zero: a
 * server that does not recover sessions.
 */
typedef struct {
  char *pid;    /* owned, nullable */
  char *offset; /* owned, nullable */
} SioClientRecovery;

void sio_client_recovery_clear (SioClientRecovery *self);
/* The payload of CONNECT. auth: nullable, transfer full; its members override ours. Returns:
 * transfer full, NULL for none. */
JsonNode *sio_client_recovery_ask (const SioClientRecovery *self, JsonNode *auth);
/* The server's answer, nullable. Returns whether it goes on with the session. */
gboolean sio_client_recovery_accept (SioClientRecovery *self, JsonNode *answer);
/* Takes the offset, if there is one, out of the arguments of an event that is being delivered. What
 * looks like one is taken for one: at a server that recovers sessions, the last argument of a
 * volatile event should not be a word. */
void sio_client_recovery_take_offset (SioClientRecovery *self, SioPacket *event);

/* A member that is a string, else NULL: json-glib's own getter complains of other types. node:
 * nullable. */
const char *sio_client_get_member_string (JsonNode *node, const char *name);

G_END_DECLS
