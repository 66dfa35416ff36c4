/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What one namespace has sent lately, and who went and may come back (socket.io, "Connection state
 * recovery"). No I/O and no clock. Each event in the log has a position, the next one more than the
 * last; on the wire it is the offset, an opaque string behind the event's arguments.
 *
 * Bounded in number, bytes and age. An event whose successors have been dropped is no position to go
 * on from: who comes back with it starts anew.
 */
#pragma once

#include "socketio/sio-outgoing.h"
#include "socketio/sio-saved-session.h"

G_BEGIN_DECLS

typedef struct _SioRecovery SioRecovery;

typedef struct
{
  guint max_age_ms; /* of events and of sessions; 0: there is no recovery */
  guint max_packets;
  gsize max_bytes; /* of events, and as many of sessions */
  guint max_sessions;
} SioRecoveryLimits;

/* limits: borrowed. */
SioRecovery *sio_recovery_new (const SioRecoveryLimits *limits);
void sio_recovery_free (SioRecovery *self);

/* Of the event that is added next. */
char *sio_recovery_dup_next_offset (SioRecovery *self);
/* outgoing: referenced. rooms, except: to whom; NULL or empty: all, none. now: ms. */
void sio_recovery_add (SioRecovery *self,
                       SioOutgoing *outgoing,
                       const char *const *rooms,
                       const char *const *except,
                       int64_t now);
/* Of the last event. */
uint64_t sio_recovery_get_position (SioRecovery *self);

/* session: referenced; its position: from where its client has everything to get. */
void sio_recovery_save (SioRecovery *self, SioSavedSession *session, int64_t now);
/* Each session is given out once. offset: nullable: of the last event that the client has; it becomes
 * the session's position. NULL: unknown, too old, too much has been dropped from the log since, or the
 * client has something from behind an event that was not sent to it: one position cannot say that. */
SioSavedSession *
sio_recovery_take (SioRecovery *self, const char *pid, const char *offset, int64_t now);
/* (element-type SioOutgoing) (transfer full): what was sent to the session's rooms behind its
 * position. NULL: some of that has been dropped. */
GPtrArray *sio_recovery_get_missed (SioRecovery *self, SioSavedSession *session);

/* Drops what is too old. */
void sio_recovery_expire (SioRecovery *self, int64_t now);
guint sio_recovery_get_max_age (SioRecovery *self); /* ms */
guint sio_recovery_get_n_sessions (SioRecovery *self);
guint sio_recovery_get_n_packets (SioRecovery *self);

G_END_DECLS
