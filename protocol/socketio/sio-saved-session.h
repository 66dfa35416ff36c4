/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioMissedEvent:
 * @event: its name
 * @args: (nullable): its arguments with the offset behind them, frozen
 *
 * What a client has not got.
 */
typedef struct
{
  char *event;
  SioArgs *args;
} SioMissedEvent;

/**
 * SioSavedSession:
 * @sid: the socket's public id
 * @pid: its private id, that only the client knows
 * @rooms: (nullable): it was in these, without the one of its id
 * @data: (nullable): what [method@Sio.Socket.set_data] gave
 * @position: private to [class@Sio.Adapter]: where in its log the client is
 * @hole: private to [class@Sio.Adapter]: where in its log the first event is that was dropped, 0 for none
 * @missed: (nullable) (element-type SioMissedEvent): from restore_session: what it has not got
 *
 * A socket that went, and what it needs to go on when it comes back. Refcounted by
 * sio_saved_session_ref(); not changed once it was handed on.
 */
typedef struct
{
  char *sid;
  char *pid;
  GStrv rooms;
  JsonNode *data;
  uint64_t position;
  uint64_t hole;
  GPtrArray *missed;
} SioSavedSession;

#define SIO_TYPE_SAVED_SESSION (sio_saved_session_get_type ())
SIO_API GType sio_saved_session_get_type (void);
/**
 * sio_saved_session_new:
 * @sid: the public id
 * @pid: the private id
 *
 * For adapters: a session to be filled in.
 *
 * Returns: (transfer full): the rest is %NULL, to be filled in
 */
SIO_API SioSavedSession *sio_saved_session_new (const char *sid, const char *pid);
/**
 * sio_saved_session_ref:
 * @self: a session
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioSavedSession *sio_saved_session_ref (SioSavedSession *self);
/**
 * sio_saved_session_unref:
 * @self: (transfer full): a session
 *
 * One reference less.
 */
SIO_API void sio_saved_session_unref (SioSavedSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioSavedSession, sio_saved_session_unref)
/**
 * sio_saved_session_add_missed:
 * @self: a session
 * @event: the event's name
 * @args: (nullable): with the offset as the last one; frozen by this
 *
 * For adapters: adds an event that the client has not got.
 */
SIO_API void
sio_saved_session_add_missed (SioSavedSession *self, const char *event, SioArgs *args);

G_END_DECLS
