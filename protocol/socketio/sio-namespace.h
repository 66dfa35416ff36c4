/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-broadcast.h"
#include "socketio/sio-socket.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioNamespace: Signals: "connection" (SioSocket *socket), after the CONNECT reply was queued and
 * before any of its events is delivered.
 */
#define SIO_TYPE_NAMESPACE (sio_namespace_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioNamespace, sio_namespace, SIO, NAMESPACE, GObject)

SIO_API const char *sio_namespace_get_name (SioNamespace *self);
SIO_API guint sio_namespace_get_n_sockets (SioNamespace *self);
/* By id; NULL when not connected. Borrowed. */
SIO_API SioSocket *sio_namespace_get_socket (SioNamespace *self, const char *id);

/**
 * SioNext: what a middleware answers with, once, now or later; refcounted, so that it can be carried
 * through async work. Never answering leaves the client to its own time-out.
 */
typedef struct _SioNext SioNext;
#define SIO_TYPE_NEXT (sio_next_get_type ())
SIO_API GType sio_next_get_type (void);
SIO_API SioNext *sio_next_ref (SioNext *self);
SIO_API void sio_next_unref (SioNext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioNext, sio_next_unref)
SIO_API void sio_next_accept (SioNext *self);
/* CONNECT_ERROR {"message":message,"data":data}; data: nullable, transfer none. */
SIO_API void sio_next_reject (SioNext *self, const char *message, JsonNode *data);

typedef void (*SioMiddlewareFunc) (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data);
/* In order of registration, before "connection". Skipped when the client has gone meanwhile. */
SIO_API void sio_namespace_use (SioNamespace *self,
                                SioMiddlewareFunc func,
                                gpointer user_data,
                                GDestroyNotify destroy);

/* To all sockets of the namespace. args: nullable, transfer none. */
SIO_API void sio_namespace_emit (SioNamespace *self, const char *event, SioArgs *args);
/* To a room; more rooms by sio_broadcast_to(). Transfer full. */
SIO_API SioBroadcast *sio_namespace_to (SioNamespace *self, const char *room);

G_END_DECLS
