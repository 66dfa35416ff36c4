/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-socket.h"

G_BEGIN_DECLS

/**
 * SioHandlers: what is called for which event of a socket. Names come from strangers, so this is a
 * table and never the details of a signal.
 */
typedef struct _SioHandlers SioHandlers;

SioHandlers *sio_handlers_new (void);
void sio_handlers_free (SioHandlers *self);
/* Replaces the one for the same event. destroy: nullable. */
void sio_handlers_set (SioHandlers *self,
                       const char *event,
                       SioEventFunc func,
                       gpointer user_data,
                       GDestroyNotify destroy);
/* Nothing happens when there is none. */
void sio_handlers_remove (SioHandlers *self, const char *event);
/* Nothing happens when there is none. It may replace itself, and self may be freed by it. */
void sio_handlers_call (SioHandlers *self,
                        SioSocket *socket,
                        const char *event,
                        SioArgs *args,
                        SioAck *ack);

G_END_DECLS
