/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioNext:
 *
 * What a middleware answers with, once, now or later; refcounted, so that it can be carried through
 * async work. Never answering leaves the client to its own time-out.
 */
typedef struct _SioNext SioNext;
#define SIO_TYPE_NEXT (sio_next_get_type ())
SIO_API GType sio_next_get_type (void);
/**
 * sio_next_ref:
 * @self: what the middleware was given
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioNext *sio_next_ref (SioNext *self);
/**
 * sio_next_unref:
 * @self: (transfer full): what the middleware was given
 *
 * One reference less.
 */
SIO_API void sio_next_unref (SioNext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioNext, sio_next_unref)
/**
 * sio_next_accept:
 * @self: what the middleware was given
 *
 * Goes on with the next middleware, or lets the socket in.
 */
SIO_API void sio_next_accept (SioNext *self);
/**
 * sio_next_reject:
 * @self: what the middleware was given
 * @message: for people
 * @data: (nullable): for the program
 *
 * A client that wanted into a namespace is answered with CONNECT_ERROR
 * `{"message":message,"data":data}`, and its connection lives on; an event is dropped, and told at
 * the socket's "error"; for the name of a namespace the next rule is asked.
 */
SIO_API void sio_next_reject (SioNext *self, const char *message, JsonNode *data);

G_END_DECLS
