/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioRedis:
 *
 * A Redis server, over which Socket.IO servers find each other. It keeps two connections, one to
 * publish and one that listens, makes them anew when they are lost, and listens to the same channels
 * again. What is published while there is no connection goes nowhere, since whoever would get it
 * would get it late and without what was between.
 *
 * Works in the thread's default main context of its making.
 *
 * Signals: "connected" and "disconnected" (GError *why): the property ready has become %TRUE or
 * %FALSE; "disconnected" also for each attempt that fails.
 */
#define SIO_TYPE_REDIS (sio_redis_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioRedis, sio_redis, SIO, REDIS, GObject)

/**
 * sio_redis_new:
 * @uri: redis://[[user]:password@]host[:port], rediss:// for TLS, unix://[[user]:password@]/path
 * @error: G_IO_ERROR_INVALID_ARGUMENT: it is none of these
 *
 * Begins to connect.
 *
 * Returns: (transfer full) (nullable): it
 */
SIO_API SioRedis *sio_redis_new (const char *uri, GError **error);
/**
 * sio_redis_set_tls_database:
 * @self: a Redis
 * @database: (nullable): whom to trust; %NULL: whom the system trusts
 *
 * For connections to come; before the main loop runs, for all.
 */
SIO_API void sio_redis_set_tls_database (SioRedis *self, GTlsDatabase *database);
/**
 * sio_redis_set_key:
 * @self: a Redis, of which no adapter was made yet
 * @key: what the names of all channels begin with; "socket.io" unless set
 *
 * Clusters with different keys do not hear each other. The reference's option `key`.
 */
SIO_API void sio_redis_set_key (SioRedis *self, const char *key);
/**
 * sio_redis_get_key:
 * @self: a Redis
 *
 * The reference's option `key`.
 *
 * Returns: (transfer none): what the names of all channels begin with
 */
SIO_API const char *sio_redis_get_key (SioRedis *self);
/**
 * sio_redis_set_requests_timeout:
 * @self: a Redis
 * @timeout_ms: above 0; 5000 unless set
 *
 * How long other servers may take to answer. The reference's option `requestsTimeout`.
 */
SIO_API void sio_redis_set_requests_timeout (SioRedis *self, guint timeout_ms);
/**
 * sio_redis_get_requests_timeout:
 * @self: a Redis
 *
 * How long other servers may take to answer.
 *
 * Returns: milliseconds
 */
SIO_API guint sio_redis_get_requests_timeout (SioRedis *self);
/**
 * sio_redis_is_ready:
 * @self: a Redis
 *
 * Whether the cluster can be reached now.
 *
 * Returns: whether it is connected and listens to all that was asked of it
 */
SIO_API gboolean sio_redis_is_ready (SioRedis *self);

G_END_DECLS
