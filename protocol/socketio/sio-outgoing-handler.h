/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Who wants to know what is sent to a socket. */
#pragma once

#include "socketio/sio-socket.h"

G_BEGIN_DECLS

typedef struct _SioOutgoingHandler SioOutgoingHandler;

SioOutgoingHandler *
sio_outgoing_handler_new (SioOutgoingFunc func, gpointer user_data, GDestroyNotify destroy);
void sio_outgoing_handler_free (SioOutgoingHandler *self);
/* args: nullable, frozen by this. The handler may be freed in it. */
void sio_outgoing_handler_call (SioOutgoingHandler *self,
                                SioSocket *socket,
                                const char *event,
                                SioArgs *args);

G_END_DECLS
