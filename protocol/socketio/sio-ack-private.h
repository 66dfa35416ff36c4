/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/* Sends the answer. args: never NULL, frozen. Has to bear a target that is disconnected by now. */
typedef void (*SioAckSendFunc) (GObject *target, uint64_t id, SioArgs *args);

/* An answer that is owed. target: the socket that the event came by, referenced. */
SioAck *sio_ack_new (GObject *target, uint64_t id, SioAckSendFunc send);

G_END_DECLS
