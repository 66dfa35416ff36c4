/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioBroadcast:
 *
 * Whom an emit goes to: the union of the rooms (all, when none is named) without the excepted ones,
 * each socket once; encoded once for all. The functions change it, and it can be emitted any number
 * of times. Refcounted.
 */
typedef struct _SioBroadcast SioBroadcast;

#define SIO_TYPE_BROADCAST (sio_broadcast_get_type ())
SIO_API GType sio_broadcast_get_type (void);
SIO_API SioBroadcast *sio_broadcast_ref (SioBroadcast *self);
SIO_API void sio_broadcast_unref (SioBroadcast *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioBroadcast, sio_broadcast_unref)

/**
 * sio_broadcast_to:
 * @self: a broadcast
 * @room: one room more, or a socket's id
 */
SIO_API void sio_broadcast_to (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_except:
 * @self: a broadcast
 * @room: whose sockets are left out, or a socket's id
 */
SIO_API void sio_broadcast_except (SioBroadcast *self, const char *room);
/**
 * sio_broadcast_set_volatile:
 * @self: a broadcast
 * @is_volatile: whether it is dropped for every socket that is not writable now
 */
SIO_API void sio_broadcast_set_volatile (SioBroadcast *self, gboolean is_volatile);
/**
 * sio_broadcast_emit:
 * @self: a broadcast
 * @event: as of [method@Sio.Socket.emit]
 * @args: (nullable): frozen by this
 */
SIO_API void sio_broadcast_emit (SioBroadcast *self, const char *event, SioArgs *args);

G_END_DECLS
