/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/redis/sio-redis.h"

G_BEGIN_DECLS

typedef void (*SioRedisMessageFunc) (const char *channel, GBytes *message, gpointer user_data);

/* Nothing happens without a connection. */
void sio_redis_publish (SioRedis *self, const char *channel, GBytes *message);
/* Until unsubscribed. channel: with is_pattern, a glob pattern of Redis. */
void sio_redis_subscribe (SioRedis *self,
                          const char *channel,
                          gboolean is_pattern,
                          SioRedisMessageFunc func,
                          gpointer user_data);
/* All of that user_data; its function is not called any more. */
void sio_redis_unsubscribe (SioRedis *self, gpointer user_data);
/* How many connections listen to it. task: transfer full; returns an int, or SIO_ERROR_TRANSPORT. */
void sio_redis_count_subscribers (SioRedis *self, const char *channel, GTask *task);

G_END_DECLS
