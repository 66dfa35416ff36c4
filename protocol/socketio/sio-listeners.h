/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-client-socket.h"

G_BEGIN_DECLS

/**
 * SioListeners: who is told of the events of a socket, in order. Names are compared and never made
 * quarks of: a program registers few, strangers send any. All zero is empty.
 */
typedef struct {
  GPtrArray *list; /* owned, nullable: of Listener */
} SioListeners;

void sio_listeners_clear (SioListeners *self);
/* id: not used before. event: NULL for all. first: before those that are there. */
void sio_listeners_add (SioListeners *self,
                        guint id,
                        const char *event,
                        gboolean first,
                        gboolean once,
                        SioClientEventFunc func,
                        gpointer user_data,
                        GDestroyNotify destroy);
/* Whether there was one of that id. */
gboolean sio_listeners_remove (SioListeners *self, guint id);
/* Tells those for that event, else those for all. They may do everything; who is removed meanwhile is not
 * told, who is added meanwhile hears of the next event. The caller keeps socket. ack: nullable. */
void sio_listeners_tell (SioListeners *self,
                         gboolean named,
                         SioClientSocket *socket,
                         const char *event,
                         SioArgs *args,
                         SioAck *ack);

G_END_DECLS
