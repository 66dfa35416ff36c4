/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What this server has asked the others and waits for.
 */
#pragma once

#include "socketio/redis/sio-redis-wire.h"

G_BEGIN_DECLS

typedef struct _SioRedisRequests SioRedisRequests;

SioRedisRequests *sio_redis_requests_new (void);
/* Fails all of them. */
void sio_redis_requests_free (SioRedisRequests *self);

/* Who is where. task: transfer full; returns sockets (transfer full), the answers added, when
 * n_servers have answered, or SIO_ERROR_TIMEOUT. */
void sio_redis_requests_add_fetch (SioRedisRequests *self,
                                   const char *id,
                                   GTask *task,
                                   GPtrArray *sockets,
                                   guint n_servers,
                                   guint timeout_ms);
/* An event that wants answers. n_servers: after so many answers there are no more; 0: nobody knows. */
void sio_redis_requests_add_event (SioRedisRequests *self,
                                   const char *id,
                                   SioCollector *collector,
                                   guint n_servers,
                                   guint timeout_ms);
/* Nothing happens when it is no answer to one of these. */
void sio_redis_requests_answer (SioRedisRequests *self,
                                const SioRedisMessage *response,
                                SioAdapter *adapter);

G_END_DECLS
