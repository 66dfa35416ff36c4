/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioBroadcast: whom an emit goes to: the union of the rooms (all, when none is named) without the
 * excepted ones, each socket once; encoded once for all. Refcounted; the functions change it.
 */
typedef struct _SioBroadcast SioBroadcast;

#define SIO_TYPE_BROADCAST (sio_broadcast_get_type ())
SIO_API GType sio_broadcast_get_type (void);
SIO_API SioBroadcast *sio_broadcast_ref (SioBroadcast *self);
SIO_API void sio_broadcast_unref (SioBroadcast *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioBroadcast, sio_broadcast_unref)

SIO_API void sio_broadcast_to (SioBroadcast *self, const char *room);
/* room: or a socket's id. */
SIO_API void sio_broadcast_except (SioBroadcast *self, const char *room);
/* Dropped for every socket that is not writable now. */
SIO_API void sio_broadcast_set_volatile (SioBroadcast *self, gboolean is_volatile);
/* args: nullable, transfer none. */
SIO_API void sio_broadcast_emit (SioBroadcast *self, const char *event, SioArgs *args);

G_END_DECLS
