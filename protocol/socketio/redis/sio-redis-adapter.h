/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/redis/sio-redis.h"
#include "socketio/sio-adapter.h"
#include "socketio/sio-server.h"

G_BEGIN_DECLS

/**
 * SioRedisAdapter:
 *
 * Joins servers to one cluster over Redis, with each other and with servers in Node that use
 * `@socket.io/redis-adapter` (its classic form, 7 and 8). `@socket.io/redis-emitter` reaches them, too.
 *
 * What goes to "all sockets" goes to those of the whole cluster, unless it is said to be local. While
 * Redis is gone, each server serves its own sockets; what the others would have got is lost to them.
 * Sessions are not recovered, as with the reference's.
 */
#define SIO_TYPE_REDIS_ADAPTER (sio_redis_adapter_get_type ())
SIO_API
G_DECLARE_FINAL_TYPE (SioRedisAdapter, sio_redis_adapter, SIO, REDIS_ADAPTER, SioAdapter)

/**
 * sio_redis_adapter_new:
 * @redis: over which
 *
 * An adapter for one namespace.
 *
 * Returns: (transfer full): an adapter for one namespace, for a function of one's own in
 *   [method@Sio.Server.set_adapter]
 */
SIO_API SioAdapter *sio_redis_adapter_new (SioRedis *redis);
/**
 * sio_redis_join:
 * @self: a Redis
 * @server: a server that nobody is connected to yet
 *
 * The server is part of the cluster from now on, with all its namespaces.
 */
SIO_API void sio_redis_join (SioRedis *self, SioServer *server);

G_END_DECLS
