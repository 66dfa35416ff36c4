/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Who listens to which channel. No I/O.
 */
#pragma once

#include "socketio/redis/sio-redis-private.h"

G_BEGIN_DECLS

typedef struct _SioRedisSubscriptions SioRedisSubscriptions;
typedef void (*SioRedisChannelFunc) (const char *channel, gboolean is_pattern, gpointer user_data);

SioRedisSubscriptions *sio_redis_subscriptions_new (void);
void sio_redis_subscriptions_free (SioRedisSubscriptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioRedisSubscriptions, sio_redis_subscriptions_free)

/* Whether nobody has listened to it before. */
gboolean sio_redis_subscriptions_add (SioRedisSubscriptions *self,
                                      const char *channel,
                                      gboolean is_pattern,
                                      SioRedisMessageFunc func,
                                      gpointer user_data);
/* All of that listener; is called for those that nobody listens to any more. */
void sio_redis_subscriptions_remove (SioRedisSubscriptions *self,
                                     gpointer listener,
                                     SioRedisChannelFunc unused,
                                     gpointer user_data);
void sio_redis_subscriptions_foreach (SioRedisSubscriptions *self,
                                      SioRedisChannelFunc func,
                                      gpointer user_data);
/* subscribed: what was subscribed to; channel: where the message came. Listeners may add and remove;
 * one that is removed meanwhile is not called. */
void sio_redis_subscriptions_deliver (SioRedisSubscriptions *self,
                                      const char *subscribed,
                                      gboolean is_pattern,
                                      const char *channel,
                                      GBytes *message);

G_END_DECLS
