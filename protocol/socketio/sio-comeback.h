/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-id.h"
#include "socketio/sio-recovery.h"
#include "socketio/sio-session.h"

G_BEGIN_DECLS

/**
 * SioComeback: what lets one socket come back after a loss of its connection, or what one has come
 * back with.
 */
typedef struct
{
  char pid[SIO_ID_LENGTH + 1];
  uint64_t position;         /* in the log: all that it was sent came later */
  uint64_t hole;             /* in the log: the first event that was dropped; 0: none was */
  SioSavedSession *restored; /* owned; NULL: it is new */
} SioComeback;

SioComeback *sio_comeback_new (SioRecovery *recovery);
/* saved: referenced. NULL: its ids are none of ours. */
SioComeback *sio_comeback_new_restored (SioSavedSession *saved);
void sio_comeback_free (SioComeback *self);

/* What a CONNECT says of the session that its client comes back from. Taken out of auth (nullable):
 * the program does not see that. NULL: nothing. */
void sio_comeback_take (JsonNode *auth, char **pid, char **offset);
/* An event was dropped. position: in the log, 0 if it is not in there. */
void sio_comeback_note_drop (SioComeback *self, uint64_t position);
/* rooms: its id first. data: nullable. */
SioSavedSession *
sio_comeback_save (SioComeback *self, const char *id, const char *const *rooms, JsonNode *data);
/* Whether one that ends so may come back. */
gboolean sio_comeback_is_possible (SioDisconnectReason reason);
/* Nothing unless it was restored. recovery: nullable. */
void sio_comeback_send_missed (SioComeback *self,
                               SioRecovery *recovery,
                               SioSession *session,
                               const char *nsp);

G_END_DECLS
