/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/redis/sio-redis-private.h"
#include "socketio/redis/sio-redis-wire.h"

G_BEGIN_DECLS

/**
 * SioRedisAsker: another server that has asked something, and where its answers go.
 */
#define SIO_TYPE_REDIS_ASKER (sio_redis_asker_get_type ())
G_DECLARE_FINAL_TYPE (SioRedisAsker, sio_redis_asker, SIO, REDIS_ASKER, GObject)

SioRedisAsker *sio_redis_asker_new (SioRedis *redis, const char *channel, const char *request_id);
const char *sio_redis_asker_get_request_id (SioRedisAsker *self);
/* response: transfer full. */
void sio_redis_asker_answer (SioRedisAsker *self, GBytes *response);
/* (transfer full): for an event that it has for this server. */
SioAck *sio_redis_asker_new_ack (SioRedisAsker *self);
/* (transfer full): for an event that it has for this server's sockets. */
SioCollector *sio_redis_asker_new_collector (SioRedisAsker *self);

G_END_DECLS
