/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What servers say to each other: the messages of @socket.io/redis-adapter 8, read and written. No
 * I/O. Everything that is read is judged; what is not understood is nothing.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "socketio/redis/sio-msgpack.h"
#include "socketio/sio-adapter.h"

G_BEGIN_DECLS

/* On the wire. */
typedef enum {
  SIO_REDIS_SOCKETS = 0,
  SIO_REDIS_ALL_ROOMS = 1,
  SIO_REDIS_REMOTE_JOIN = 2,
  SIO_REDIS_REMOTE_LEAVE = 3,
  SIO_REDIS_REMOTE_DISCONNECT = 4,
  SIO_REDIS_REMOTE_FETCH = 5,
  SIO_REDIS_SERVER_SIDE_EMIT = 6,
  SIO_REDIS_BROADCAST = 7,
  SIO_REDIS_BROADCAST_CLIENT_COUNT = 8,
  SIO_REDIS_BROADCAST_ACK = 9,
} SioRedisType;

/**
 * SioRedisTarget: to whom, as another server says it. Owns what its selection borrows.
 */
typedef struct {
  GStrv rooms;
  GStrv except;
  SioSelection selection;
} SioRedisTarget;

void sio_redis_target_clear (SioRedisTarget *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SioRedisTarget, sio_redis_target_clear)

/**
 * SioRedisBroadcast: an event for many, of another server.
 */
typedef struct {
  char *event;
  SioArgs *args;
  SioRedisTarget target;
} SioRedisBroadcast;

/* FALSE: it is one's own, is for another namespace, or is not understood. Cleared in each case. */
gboolean sio_redis_broadcast_read (SioRedisBroadcast *self,
                                   GBytes *message,
                                   const char *own_uid,
                                   const char *nsp);
void sio_redis_broadcast_clear (SioRedisBroadcast *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SioRedisBroadcast, sio_redis_broadcast_clear)

/**
 * SioRedisMessage: a request or a response, that came as JSON or as MessagePack.
 * @type: -1 when it has none, as most responses
 * @uid: (nullable): whose; redis-emitter has none
 * @request_id: (nullable): where an answer is wanted, or given
 */
typedef struct {
  int64_t type;
  char *uid;
  char *request_id;
  GBytes *packed;
  SioMsgpackReader map;
} SioRedisMessage;

gboolean sio_redis_message_read (SioRedisMessage *self, GBytes *message);
void sio_redis_message_clear (SioRedisMessage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SioRedisMessage, sio_redis_message_clear)
gboolean sio_redis_message_has (const SioRedisMessage *self, const char *key);
/* (nullable) (transfer full), each. */
char *sio_redis_message_dup_name (const SioRedisMessage *self, const char *key);
GStrv sio_redis_message_dup_names (const SioRedisMessage *self, const char *key);
gboolean sio_redis_message_get_boolean (const SioRedisMessage *self, const char *key);
/* 0 when there is none, and at most 1,000,000. */
guint sio_redis_message_get_count (const SioRedisMessage *self, const char *key);
/* The member opts. FALSE: there is none that is understood. */
gboolean sio_redis_message_get_target (const SioRedisMessage *self, SioRedisTarget *target);
/* data, or with in_packet, packet.data: an event's name and its arguments. (transfer full) */
gboolean sio_redis_message_get_event (const SioRedisMessage *self,
                                      gboolean in_packet,
                                      char **event,
                                      SioArgs **args);
/* (transfer full): one argument; null when there is no such member. */
SioArgs *sio_redis_message_get_value (const SioRedisMessage *self, const char *key);
/* The member sockets of an answer to REMOTE_FETCH, appended to sockets (element-type
 * SioRemoteSocket). FALSE: there is none. */
gboolean sio_redis_message_get_sockets (const SioRedisMessage *self,
                                        SioAdapter *adapter,
                                        GPtrArray *sockets);

/* Writers: (transfer full) */

GBytes *sio_redis_write_broadcast (const char *uid,
                                   const char *nsp,
                                   const SioSelection *to,
                                   const char *event,
                                   SioArgs *args);
GBytes *sio_redis_write_broadcast_request (const char *uid,
                                           const char *request_id,
                                           const char *nsp,
                                           const SioSelection *to,
                                           const char *event,
                                           SioArgs *args);
/* rooms: nullable: that are joined or left. close: -1: not said. */
GBytes *sio_redis_write_request (SioRedisType type,
                                 const char *uid,
                                 const char *request_id,
                                 const SioSelection *to,
                                 const char *const *rooms,
                                 int close);
GBytes *sio_redis_write_server_event (const char *uid,
                                      const char *request_id,
                                      const char *event,
                                      SioArgs *args);
/* names: nullable: the member of that key. */
GBytes *
sio_redis_write_response (const char *request_id, const char *key, const char *const *names);
GBytes *sio_redis_write_sockets (const char *request_id, GPtrArray *sockets);
GBytes *sio_redis_write_client_count (const char *request_id, guint n_clients);
/* type: SERVER_SIDE_EMIT or BROADCAST_ACK; the first of the arguments is the answer. */
GBytes *sio_redis_write_answer (SioRedisType type, const char *request_id, SioArgs *args);

G_END_DECLS
