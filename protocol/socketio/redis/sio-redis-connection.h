/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One connection to Redis in the thread's default main context: GIO's streams (so names are looked up
 * beside the loop, and TLS and unix sockets are there), hiredis's reader for what comes.
 */
#pragma once

#include <hiredis/hiredis.h>

#include "socketio/redis/sio-redis-address.h"

G_BEGIN_DECLS

typedef struct _SioRedisConnection SioRedisConnection;

/**
 * SioRedisConnectionFuncs:
 * @ready: connected and let in; commands can be sent
 * @reply: borrowed for the call
 * @lost: nothing follows; also when it could not be made
 *
 * Never called from inside of a function of this header.
 */
typedef struct {
  void (*ready) (gpointer user_data);
  void (*reply) (const redisReply *reply, gpointer user_data);
  void (*lost) (const GError *error, gpointer user_data);
} SioRedisConnectionFuncs;

/* Begins to connect. tls_database: nullable: the system's. address: not kept. */
SioRedisConnection *sio_redis_connection_new (const SioRedisAddress *address,
                                              GTlsDatabase *tls_database,
                                              const SioRedisConnectionFuncs *funcs,
                                              gpointer user_data);
/* Ends it; no function of it is called any more. */
void sio_redis_connection_close (SioRedisConnection *self);
gboolean sio_redis_connection_is_ready (SioRedisConnection *self);
/* words: strings, ended by NULL. payload: nullable: the last word. FALSE when it is not ready, or does
 * not take what was sent so far: nothing of it is kept then. */
gboolean
sio_redis_connection_send (SioRedisConnection *self, const char *const *words, GBytes *payload);
/* Whether anything has come since this was asked last. */
gboolean sio_redis_connection_has_heard (SioRedisConnection *self);
/* As if the other end had gone. */
void sio_redis_connection_fail (SioRedisConnection *self, const char *message);

G_END_DECLS
