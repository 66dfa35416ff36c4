/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-asker.h"

#include "socketio/sio-ack-private.h"

struct _SioRedisAsker {
  GObject parent_instance;
  SioRedis *redis;
  char *channel;
  char *request_id;
};

G_DEFINE_FINAL_TYPE (SioRedisAsker, sio_redis_asker, G_TYPE_OBJECT)

static void
sio_redis_asker_finalize (GObject *object)
{
  SioRedisAsker *self = SIO_REDIS_ASKER (object);

  g_object_unref (self->redis);
  g_free (self->channel);
  g_free (self->request_id);
  G_OBJECT_CLASS (sio_redis_asker_parent_class)->finalize (object);
}

static void
sio_redis_asker_class_init (SioRedisAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_redis_asker_finalize;
}

static void
sio_redis_asker_init (SioRedisAsker *self)
{
}

SioRedisAsker *
sio_redis_asker_new (SioRedis *redis, const char *channel, const char *request_id)
{
  SioRedisAsker *self = g_object_new (SIO_TYPE_REDIS_ASKER, NULL);

  self->redis = g_object_ref (redis);
  self->channel = g_strdup (channel);
  self->request_id = g_strdup (request_id);
  return self;
}

const char *
sio_redis_asker_get_request_id (SioRedisAsker *self)
{
  return self->request_id;
}

void
sio_redis_asker_answer (SioRedisAsker *self, GBytes *response)
{
  sio_redis_publish (self->redis, self->channel, response);
  g_bytes_unref (response);
}

static void
send_ack (GObject *target, uint64_t id, SioArgs *args)
{
  SioRedisAsker *self = SIO_REDIS_ASKER (target);

  sio_redis_asker_answer (self, sio_redis_write_answer (SIO_REDIS_SERVER_SIDE_EMIT,
                                                        self->request_id, args));
}

SioAck *
sio_redis_asker_new_ack (SioRedisAsker *self)
{
  return sio_ack_new (G_OBJECT (self), 0, send_ack);
}

static void
add_clients (guint n_clients, gpointer user_data)
{
  SioRedisAsker *self = user_data;

  sio_redis_asker_answer (self, sio_redis_write_client_count (self->request_id, n_clients));
}

static void
add_answer (SioArgs *args, gpointer user_data)
{
  SioRedisAsker *self = user_data;

  sio_redis_asker_answer (self,
                          sio_redis_write_answer (SIO_REDIS_BROADCAST_ACK, self->request_id, args));
}

SioCollector *
sio_redis_asker_new_collector (SioRedisAsker *self)
{
  static const SioCollectorFuncs funcs = { .add_clients = add_clients, .add_answer = add_answer };

  return sio_collector_new (&funcs, g_object_ref (self), g_object_unref);
}
